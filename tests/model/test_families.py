import pytest

from curation.model.families import family_of
from curation.practice import PRACTICE_MODEL

NAMES = {
    "gpt": [
        "gpt-4o",
        "GPT-3.5-turbo-0125",
        "openai/gpt-oss-20b",
        "o1",
        "o4-mini",
        "chatgpt-4o-latest",
        "azure/gpt-4.1",
    ],
    "claude": ["claude-3-5-sonnet-20241022", "anthropic/claude-opus-4", "us.anthropic.claude-3-haiku-20240307-v1:0"],
    "llama": ["meta-llama/Llama-3.3-70B-Instruct", "llama3.2:3b", "CodeLlama-7b", "TinyLlama-1.1B", "vicuna-13b"],
    "qwen": ["Qwen/Qwen2.5-7B-Instruct", "qwen3:8b", "QwQ-32B"],
    "mistral": ["mistral-large-latest", "mistralai/Mixtral-8x7B-Instruct-v0.1", "open-mixtral-8x22b", "codestral-2405"],
    "gemma": ["google/gemma-2-9b-it", "gemini-1.5-pro", "models/gemini-2.0-flash"],
    "deepseek": ["deepseek-chat", "deepseek-ai/DeepSeek-V3", "DeepSeek-R1-Distill-Qwen-7B"],
    "phi": ["microsoft/phi-4", "phi3:mini", "Phi-3.5-mini-instruct"],
    "command": ["command-r-plus", "CohereForAI/c4ai-command-r-v01"],
    "practice": [PRACTICE_MODEL],
}


@pytest.mark.parametrize(("family", "name"), [(family, name) for family, names in NAMES.items() for name in names])
def test_known_names(family: str, name: str) -> None:
    assert family_of(name) == family


@pytest.mark.parametrize("name", ["sparrow-7b", "acme/Sparrow-70B", "sparrow:latest", "sparrow-v2"])
def test_an_unknown_name_is_a_family_of_its_own_whatever_its_size(name: str) -> None:
    assert family_of(name) == "sparrow"


@pytest.mark.parametrize("name", ["", "7b", "///", "🦊", "philosopher", "commandeer-x"])
def test_any_name_has_a_family_and_looks_alone_are_none(name: str) -> None:
    assert family_of(name) not in NAMES
