"""A sample as a list of messages."""

from curation.methods import Row
from curation.sample import Message, Sample


def opening(sample: Sample) -> list[Message]:
    """The system message, where there is one, and what is asked."""
    system = [Message("system", sample.system)] if sample.system else []
    return [*system, Message("user", sample.prompt)]


def turns(sample: Sample) -> list[Message]:
    """Every message after the system message, from the first question to the last answer."""
    return [Message("user", sample.prompt), Message("assistant", sample.output), *sample.followups]


def asked(sample: Sample) -> list[Message]:
    """Every message before the last answer; all of them where a question stands last or nothing was answered."""
    said = opening(sample) + (turns(sample)[1:] if sample.output or sample.followups else [])
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
    messages = turns(sample)
    return messages[-1].role == "assistant" and all(message.content for message in messages)


def takes_turns(sample: Sample, *asking: str) -> bool:
    """Whether a message of one of the roles `asking` and one of the assistant follow each other to the end."""
    messages = turns(sample)
    return (
        is_answered(sample)
        and all(message.role in asking for message in messages[::2])
        and all(message.role == "assistant" for message in messages[1::2])
    )


def as_rows(messages: list[Message]) -> list[Row]:
    """Messages the way OpenAI and TRL write them."""
    return [{"role": message.role, "content": message.content} for message in messages]
