"""How open models write a conversation down as one text, up to where the user, or the assistant, is to speak.

Each is as in the `tokenizer_config.json` of its models, and the start of the user's turn as in the settings of Magpie
(magpie-align/magpie, configs/model_configs.json). The mark at the start of a text (BOS) is left out: servers with
`/v1/completions` put it there themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

TemplateName = Literal["ChatML", "Qwen 3", "Llama 3", "Mistral", "Gemma", "Phi 3", "Phi 4"]


@dataclass(frozen=True)
class ChatTemplate:
    """The texts around what is said.

    Args:
        user: before what the user says.
        system: the same with a system message; `{}` stands for it.
        assistant: between what the user says and what the assistant says.
        stops: at these somebody's turn is over; at most four, which is what OpenAI's protocol allows.
    """

    user: str
    system: str
    assistant: str
    stops: tuple[str, ...]

    def before_user(self, system: str = "") -> str:
        r"""Where the user is to speak.

        >>> TEMPLATES["ChatML"].before_user()
        '<|im_start|>user\n'
        """
        return self.system.replace("{}", system) if system else self.user

    def before_assistant(self, instruction: str, system: str = "") -> str:
        """Where the assistant is to speak."""
        return self.before_user(system) + instruction + self.assistant


_CHATML = ChatTemplate(
    user="<|im_start|>user\n",
    system="<|im_start|>system\n{}<|im_end|>\n<|im_start|>user\n",
    assistant="<|im_end|>\n<|im_start|>assistant\n",
    stops=("<|im_end|>", "<|im_start|>", "<|endoftext|>"),
)
TEMPLATES: Mapping[TemplateName, ChatTemplate] = {
    "ChatML": _CHATML,
    # An empty thought makes these models answer at once.
    "Qwen 3": ChatTemplate(_CHATML.user, _CHATML.system, f"{_CHATML.assistant}<think>\n\n</think>\n\n", _CHATML.stops),
    "Llama 3": ChatTemplate(
        user="<|start_header_id|>user<|end_header_id|>\n\n",
        system="<|start_header_id|>system<|end_header_id|>\n\n{}<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n",
        assistant="<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
        stops=("<|eot_id|>", "<|start_header_id|>", "<|end_of_text|>"),
    ),
    "Mistral": ChatTemplate(
        user="[INST] ",
        system="[INST] {}\n\n",
        assistant="[/INST]",
        stops=("[/INST]", "[INST]", "</s>"),
    ),
    "Gemma": ChatTemplate(
        user="<start_of_turn>user\n",
        system="<start_of_turn>user\n{}\n\n",
        assistant="<end_of_turn>\n<start_of_turn>model\n",
        stops=("<end_of_turn>", "<start_of_turn>", "<eos>"),
    ),
    "Phi 3": ChatTemplate(
        user="<|user|>\n",
        system="<|system|>\n{}<|end|>\n<|user|>\n",
        assistant="<|end|>\n<|assistant|>\n",
        stops=("<|end|>", "<|user|>", "<|assistant|>", "<|endoftext|>"),
    ),
    "Phi 4": ChatTemplate(
        user="<|im_start|>user<|im_sep|>",
        system="<|im_start|>system<|im_sep|>{}<|im_end|><|im_start|>user<|im_sep|>",
        assistant="<|im_end|><|im_start|>assistant<|im_sep|>",
        stops=("<|im_end|>", "<|im_start|>", "<|endoftext|>"),
    ),
}
"""ChatML: Qwen 2 and 2.5, Yi, Hermes, SmolLM and others. Llama 3: also 3.1 to 3.3. Gemma: 2 and 3. Phi 3: also 3.5."""
