"""`sift judge`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from curation.cli.asking import (
    Asked,
    BaseUrl,
    KeyEnv,
    Models,
    MostDollars,
    MostTokens,
    Options,
    Resume,
    Yes,
    configured,
    confirm,
    endpoints,
    plugin,
    raised,
    tell,
)
from curation.cli.talking import AsJson, InWorkspace, opened, say

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.stages.asking import Caps
    from curation.stages.judging_order import Judging
    from curation.store import Workspace


@dataclass(frozen=True)
class _Typed:
    """What was typed: the judge, its options, the samples, whom to ask, the caps, what is allowed."""

    judge: str
    options: list[str]
    most: int
    those: Literal["in", "all"]
    asked: Asked
    caps: "Caps"
    own_family: bool


def judge(  # noqa: PLR0913 - one parameter per option of the command
    name: Annotated[str, typer.Argument(metavar="[JUDGE]", help="Name of a judge; left out, all are listed.")] = "",
    workspace: InWorkspace = None,
    model: Models = None,
    base_url: BaseUrl = "",
    key_env: KeyEnv = "",
    most: Annotated[int, typer.Option(min=0, help="The first so many that wait for this judge; 0 for all.")] = 0,
    samples: Annotated[Literal["in", "all"], typer.Option(help="Judge what is in (accepted or kept), or all.")] = "in",
    own_family: Annotated[bool, typer.Option("--own-family", help="Let it judge its own family's answers.")] = False,
    options: Options = None,
    tokens: MostTokens = 0,
    cap: MostDollars = 0.0,
    yes: Yes = False,
    resume: Resume = "",
    as_json: AsJson = False,
) -> None:
    """Score samples with one model or, as a jury, with several.

    Example: sift judge adherence --model practice --most 20 -w pool.duckdb

    Reads samples from the workspace and writes scores into it, which become signals for recipes. A cap or Ctrl+C makes
    it stand still: --resume goes on, and no answer is paid for twice.
    """
    from curation.judges import JUDGES
    from curation.stages.asking import Caps

    if not name and not resume:
        labels = {one: kind.label() for one, kind in JUDGES.items()}
        say({"judges": labels}, as_json, "\n".join(f"{one:<12}{label}" for one, label in labels.items()))
        return
    found = opened(workspace)
    caps = Caps(0, tokens, cap)
    if resume:
        _resume(found, resume, caps)
    else:
        typed = _Typed(name, options or [], most, samples, Asked(model or (), base_url, key_env), caps, own_family)
        resume = _start(found, typed, yes)
    tell(found, resume, as_json)


def _resume(workspace: "Workspace", run: str, caps: "Caps") -> None:
    from curation.stages.judging import resume_judging
    from curation.stages.judging_order import read_judging

    resume_judging(workspace, run, raised(read_judging(workspace, run).caps, caps))


def _start(workspace: "Workspace", typed: _Typed, yes: bool) -> str:
    """The id of the run, after its cost was agreed to."""
    from curation import runs
    from curation.stages.judging import judge_job
    from curation.stages.judging_order import check_families, expect_judging

    order = _order(workspace, typed)
    check_families(workspace, order)
    confirm(expect_judging(workspace, order), yes)
    return runs.start(workspace, judge_job(workspace, order))


def _order(workspace: "Workspace", typed: _Typed) -> "Judging":
    from dataclasses import replace

    from curation.errors import NotReady
    from curation.facets import Facets
    from curation.judges import JUDGES
    from curation.stages.judging_order import Judging, choose_samples
    from curation.stages.seeds import IN

    kind = plugin(JUDGES, typed.judge, "judge")
    names = endpoints(workspace, typed.asked)
    order = Judging(configured(kind, typed.options, {}), names, caps=typed.caps, own_family=typed.own_family)
    facets = Facets() if typed.those == "all" else Facets(states=IN)
    numbers = choose_samples(workspace, order, facets, typed.most)
    if not numbers:
        raise NotReady("Nothing waits for this judge: all of these samples are judged in this very way, or lack text.")
    return replace(order, numbers=numbers)
