"""Bytes from a browser → a private file that lives as long as it is needed."""

import shutil
import tempfile
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from curation.runs import Job, Step

LONGEST = 120
"""Characters of a file name that are kept, counted from its end so that the ending stays."""


class Upload:
    """An uploaded file in a folder that only its owner can enter.

    It is removed by `remove`, and at the latest when nobody holds it any more (the tab was closed) or Sift ends.

    Args:
        name: the file name as the browser sent it; only its last part is used.
        content: the bytes.
    """

    def __init__(self, name: str, content: bytes | memoryview) -> None:
        """Write the bytes."""
        folder = Path(tempfile.mkdtemp(prefix="sift-upload-"))
        self.remove: Callable[[], object] = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.name = clean_name(name)
        self.path = folder / self.name
        self.path.write_bytes(content)

    def job(self, job: Job) -> Job:
        """The same job, after which the file is removed; in front of the reader it works on the file's name."""

        def work(run: str, step: Step) -> str:
            try:
                return job.work(run, step)
            finally:
                self.remove()

        return replace(job, options={**job.options, "file": self.name}, work=work)


def clean_name(name: str) -> str:
    r"""The last part of a file name, without what no file system takes.

    >>> clean_name("../../etc/passwd"), clean_name("C:\\data\\pool.jsonl"), clean_name("..")
    ('passwd', 'pool.jsonl', 'upload')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(letter for letter in last if letter.isprintable())
    while len(printable.encode()) > LONGEST:
        printable = printable[1:]
    return printable if printable.strip(" .") else "upload"
