"""The practice server as a process: `python -m curation.practice --port 0 --faults server=0.1,hang=0.05`.

The first line on standard output is its address. It ends with SIGTERM, SIGINT or the end of standard input where
`--with-parent` is given.
"""

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from curation.errors import BadInput
from curation.practice.faults import Fault, Faults, every
from curation.practice.log import Log
from curation.practice.server import serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop."""
    given = _options().parse_args(arguments)
    try:
        faults = read_faults(given.faults, given.seed, given.retry_after)
    except BadInput as error:
        sys.stderr.write(f"{error}\n")
        return 2
    log = Log(given.log) if given.log else Log()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with serve(faults, given.delay, given.port, log) as serving:
        sys.stdout.write(f"{serving.base_url}\n")
        sys.stdout.flush()
        if given.with_parent:
            threading.Thread(target=_until_end, args=(stop,), daemon=True).start()
        stop.wait()
    return 0


def read_faults(text: str, seed: int = 0, retry_after: str = "1") -> Faults:
    """Faults as written on the command line.

    Raises:
        BadInput: it cannot be read.

    >>> read_faults("server=0.1,hang=0.05").shares
    {'server': 0.1, 'hang': 0.05}
    """
    try:
        shares = {
            name.strip(): float(share) for name, _, share in (part.partition("=") for part in text.split(",") if part)
        }
    except ValueError:
        raise BadInput(f"Faults are written like server=0.1,hang=0.05, not {text!r}.") from None
    if "every" in shares:
        return every(shares["every"], seed)
    return Faults(cast(dict[Fault, float], shares), seed=seed, retry_after=retry_after)


def _until_end(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m curation.practice", description="Serve the practice model.")
    parser.add_argument("--port", type=int, default=0, help="0 for any that is free")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds from a request to its answer")
    parser.add_argument("--faults", default="", help="for example server=0.1,hang=0.05, or every=0.3")
    parser.add_argument("--seed", type=int, default=0, help="for the faults")
    parser.add_argument("--retry-after", default="1", help="what 429 with Retry-After says")
    parser.add_argument("--log", type=Path, default=None, help="file that gets a line per request and per answer")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")
    return parser


if __name__ == "__main__":
    sys.exit(main())
