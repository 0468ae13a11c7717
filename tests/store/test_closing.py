"""A workspace is closed while other threads are at it."""

import threading
from contextlib import suppress

from curation.store import open_workspace


def test_closing_waits_for_what_other_threads_read(tmp_path):
    for place in range(15):
        workspace = open_workspace(tmp_path / f"{place}.duckdb")
        begun, over = threading.Event(), threading.Event()

        def read(workspace=workspace, begun=begun, over=over):
            # What is asked of a closed workspace is refused, as at the end of a program.
            with suppress(Exception):
                while not over.is_set():
                    workspace.execute("SELECT count(*) FROM samples")
                    begun.set()

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        begun.wait(10)
        workspace.close()
        over.set()
        for reader in readers:
            reader.join(10)
        open_workspace(tmp_path / f"{place}.duckdb").close()
