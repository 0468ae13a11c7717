"""What a sample can be exported as. To add a format: write its file, then name it here."""

from curation.exporters.alpaca import Alpaca
from curation.exporters.card import Card, Section
from curation.exporters.contents import Part
from curation.exporters.earlier import Earlier, Options, Read, read_manifest
from curation.exporters.file_format import Column, Columns, Container, FileFormat
from curation.exporters.folder import export_folder
from curation.exporters.llama_factory_kto import LlamaFactoryKto
from curation.exporters.llama_factory_preference import LlamaFactoryPreference
from curation.exporters.manifest import Manifest, Provenance
from curation.exporters.openai_chat import OpenAiChat
from curation.exporters.openai_preference import OpenAiPreference
from curation.exporters.parquet import Parquet
from curation.exporters.pictures import bars
from curation.exporters.sharegpt import ShareGpt
from curation.exporters.trl_kto import TrlKto
from curation.exporters.trl_language_modelling import TrlLanguageModelling
from curation.exporters.trl_preference import TrlPreference
from curation.exporters.trl_prompt_completion import TrlPromptCompletion
from curation.exporters.trl_prompt_only import TrlPromptOnly
from curation.exporters.viewing_csv import Csv
from curation.exporters.writing import Written, write_rows
from curation.methods import by_name

FORMATS: dict[str, type[FileFormat]] = by_name(
    OpenAiChat,
    Alpaca,
    ShareGpt,
    TrlPromptCompletion,
    TrlLanguageModelling,
    TrlPromptOnly,
    TrlPreference,
    TrlKto,
    OpenAiPreference,
    LlamaFactoryPreference,
    LlamaFactoryKto,
    Parquet,
    Csv,
)

__all__ = [
    "FORMATS",
    "Alpaca",
    "Card",
    "Column",
    "Columns",
    "Container",
    "Csv",
    "Earlier",
    "FileFormat",
    "LlamaFactoryKto",
    "LlamaFactoryPreference",
    "Manifest",
    "OpenAiChat",
    "OpenAiPreference",
    "Options",
    "Parquet",
    "Part",
    "Provenance",
    "Read",
    "Section",
    "ShareGpt",
    "TrlKto",
    "TrlLanguageModelling",
    "TrlPreference",
    "TrlPromptCompletion",
    "TrlPromptOnly",
    "Written",
    "bars",
    "export_folder",
    "read_manifest",
    "write_rows",
]
