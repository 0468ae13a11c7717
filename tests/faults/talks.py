"""A generation in a process that logs everything it can: `python -m tests.faults.talks WORKSPACE ENDPOINT`."""

import logging
import sys
from dataclasses import replace

from curation import runs
from curation.errors import CurationError
from curation.model import test_connection
from curation.stages.asking import find_endpoint
from curation.stages.synthesis import synthesis_job
from curation.store import open_workspace
from tests.faults.child import order


def main():
    logging.basicConfig(level=logging.DEBUG)
    workspace = open_workspace(sys.argv[1])
    try:
        test_connection(find_endpoint(workspace, sys.argv[2]))
    except CurationError as error:
        logging.exception("checked")
        sys.stdout.write(str(error))
    run = runs.start(workspace, synthesis_job(workspace, replace(order(7, 50, 12), endpoint=sys.argv[2])))
    runs.wait(run, 60)
    workspace.close()


if __name__ == "__main__":
    main()
