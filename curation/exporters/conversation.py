"""A sample as a list of messages."""

from curation.methods import Row
from curation.sample import Message, Sample


def opening(sample: Sample) -> list[Message]:
    """The system message, where there is one, and what is asked."""
    system = [Message("system", sample.system)] if sample.system else []
    return [*system, Message("user", sample.prompt)]


def conversation(sample: Sample) -> list[Message]:
    """Every message of a sample that is answered, the system message first."""
    return [*opening(sample), Message("assistant", sample.output), *sample.followups]


def turns(sample: Sample) -> list[Message]:
    """Every message after the system message, from the first question to the last answer."""
    return [Message("user", sample.prompt), Message("assistant", sample.output), *sample.followups]


def asked(sample: Sample) -> list[Message]:
    """Every message before the last answer; all of them where a question stands last or nothing was answered."""
    said = conversation(sample) if sample.output or sample.followups else opening(sample)
    return said[:-1] if said[-1].role == "assistant" else said


def text_prompt(sample: Sample, separator: str) -> str:
    """System message and question as one text that ends with the separator.

    TRL puts prompt and answer together with nothing between them.
    """
    return separator.join([*(message.content for message in opening(sample)), ""])


def is_pair(sample: Sample) -> bool:
    """Whether there are two different answers to one question; messages after them would belong to one of the two."""
    both = bool(sample.prompt and sample.output and sample.rejected)
    return both and sample.output != sample.rejected and not sample.followups


def is_answered(sample: Sample) -> bool:
    """Whether every message has text and an answer stands last: nothing to train on otherwise."""
    later = sample.followups
    ends = not later or later[-1].role == "assistant"
    return ends and bool(sample.prompt and sample.output) and all(message.content for message in later)


def takes_turns(sample: Sample, *asking: str) -> bool:
    """Whether after question and answer a message of a role in `asking` and an answer follow each other to the end."""
    later = sample.followups
    return (
        is_answered(sample)
        and all(message.role in asking for message in later[::2])
        and all(message.role == "assistant" for message in later[1::2])
    )


def as_rows(messages: list[Message]) -> list[Row]:
    """Messages the way OpenAI and TRL write them."""
    return [{"role": message.role, "content": message.content} for message in messages]
