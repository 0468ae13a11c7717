"""`sift measure`."""

from curation.cli.talking import AsJson, InWorkspace, do, opened, say
from curation.stages.measuring import measure_job


def measure(workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """Measure every signal on every sample that lacks it."""
    found = opened(workspace)
    note = do(found, measure_job(found))
    say({"measured": note}, as_json, note)
