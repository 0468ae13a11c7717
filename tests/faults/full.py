"""A generation whose disk is full in the middle: `python -m tests.faults.full WORKSPACE LIMIT`.

No file may grow past the limit (in bytes) from the tenth sample on, as on a full disk; then there is room again, and
the run is resumed. Says as JSON what a reader would see.
"""

import json
import logging
import resource
import sys
import time

from curation import runs
from curation.stages.synthesis import resume_synthesis, synthesis_job
from curation.store import open_workspace
from curation.store.candidates import count_kept
from curation.store.runs import read_run, standing_runs
from tests.faults.child import order


def main():
    path, limit = sys.argv[1], int(sys.argv[2])
    logging.basicConfig(level=logging.WARNING)
    workspace = open_workspace(path)
    run = runs.start(workspace, synthesis_job(workspace, order(1, 50, 80)))
    while count_kept(workspace, run)[0] < 10:
        time.sleep(0.01)
    free = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, free[1]))
    runs.wait(run, 60)
    stopped = not runs.running(workspace)
    resource.setrlimit(resource.RLIMIT_FSIZE, free)
    again = open_workspace(path)
    runs.settle(again)
    found = read_run(again, run)
    kept = count_kept(again, run)[0]
    standing = [one.id for one in standing_runs(again)]
    resume_synthesis(again, run)
    runs.wait(run, 120)
    ended = read_run(again, run)
    said = {"stopped": stopped, "same": again is workspace, "loss": again.loss is not None, "kept": kept}
    said |= {"status": found.status, "note": found.note, "offered": run in standing}
    said |= {"ended": ended.status, "end": ended.note}
    again.close()
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
