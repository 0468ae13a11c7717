"""What a sample can be exported as. To add a format: write its file, then name it here."""

from curation.exporters.alpaca import Alpaca
from curation.exporters.card import Card
from curation.exporters.contents import Part
from curation.exporters.file_format import Column, Columns, Container, FileFormat
from curation.exporters.folder import export_folder
from curation.exporters.manifest import Manifest, Provenance
from curation.exporters.openai_chat import OpenAiChat
from curation.exporters.parquet import Parquet
from curation.exporters.sharegpt import ShareGpt
from curation.exporters.trl_preference import TrlPreference
from curation.exporters.trl_prompt_completion import TrlPromptCompletion
from curation.exporters.viewing_csv import Csv
from curation.exporters.writing import Written, write_rows
from curation.methods import by_name

FORMATS: dict[str, type[FileFormat]] = by_name(
    OpenAiChat, Alpaca, ShareGpt, TrlPromptCompletion, TrlPreference, Parquet, Csv
)

__all__ = [
    "FORMATS",
    "Alpaca",
    "Card",
    "Column",
    "Columns",
    "Container",
    "Csv",
    "FileFormat",
    "Manifest",
    "OpenAiChat",
    "Parquet",
    "Part",
    "Provenance",
    "ShareGpt",
    "TrlPreference",
    "TrlPromptCompletion",
    "Written",
    "export_folder",
    "write_rows",
]
