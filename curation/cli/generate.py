"""`sift generate`."""

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
from curation.cli.talking import AsJson, NewWorkspace, opened, say

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.runs import Job
    from curation.stages.asking import Caps
    from curation.store import Workspace


@dataclass(frozen=True)
class _Typed:
    """What was typed: the method, its options, how many samples, the seeds, whom to ask, the caps, the yes."""

    method: str
    options: list[str]
    want: int
    seeds: Literal["in", "people", "all"]
    asked: Asked
    caps: "Caps"
    yes: bool


def generate(  # noqa: PLR0913 - one parameter per option of the command
    method: Annotated[str, typer.Argument(help="Name of a method; left out, all are listed.")] = "",
    workspace: NewWorkspace = None,
    model: Models = None,
    base_url: BaseUrl = "",
    key_env: KeyEnv = "",
    want: Annotated[int, typer.Option(min=0, help="Samples wanted; the run ends when it has kept so many.")] = 0,
    seeds: Annotated[
        Literal["in", "people", "all"], typer.Option(help="Start from what is in, of this what people wrote, or all.")
    ] = "in",
    options: Options = None,
    tokens: MostTokens = 0,
    cap: MostDollars = 0.0,
    yes: Yes = False,
    resume: Resume = "",
    as_json: AsJson = False,
) -> None:
    """Make samples with a model or by rule, the way the Generate page does.

    Example: sift generate self_instruct --model practice --want 50 -w pool.duckdb

    Reads seeds from the workspace and writes kept and dropped samples into it as they come. A cap or Ctrl+C makes it
    stand still: --resume goes on, and no answer is paid for twice.
    """
    from curation.stages.asking import Caps

    if not method and not resume:
        _list(as_json)
        return
    found = opened(workspace, make=True)
    caps = Caps(want, tokens, cap)
    typed = _Typed(method, options or [], want, seeds, Asked(model or (), base_url, key_env), caps, yes)
    tell(found, _resumed(found, resume, caps) if resume else _started(found, typed), as_json)


def _list(as_json: bool) -> None:
    """The methods with their labels."""
    from curation.generators import GENERATORS, MODEL_GENERATORS

    labels = {name: one.label() for name, one in (*MODEL_GENERATORS.items(), *GENERATORS.items())}
    asks = {name: "" if name in MODEL_GENERATORS else "  (asks no model)" for name in labels}
    say({"methods": labels}, as_json, "\n".join(f"{name:<26}{label}{asks[name]}" for name, label in labels.items()))


def _resumed(workspace: "Workspace", run: str, caps: "Caps") -> str:
    from curation.stages.synthesis import read_order, resume_synthesis

    resume_synthesis(workspace, run, raised(read_order(workspace, run).caps, caps))
    return run


def _started(workspace: "Workspace", typed: _Typed) -> str:
    from curation import runs

    return runs.start(workspace, _job(workspace, typed))


def _job(workspace: "Workspace", typed: _Typed) -> "Job":
    """The run that was asked for, after its cost was agreed to."""
    from curation.facets import Facets
    from curation.generators import GENERATORS, MODEL_GENERATORS
    from curation.stages.generating import generate_job
    from curation.stages.seeds import IN, choose_seeds
    from curation.stages.synthesis import Order, expect, synthesis_job

    if typed.method in GENERATORS:
        by_rule = configured(GENERATORS[typed.method], typed.options, {"limit": typed.want})
        return generate_job(workspace, by_rule, Facets() if typed.seeds == "all" else Facets(states=IN))
    kind = plugin({**MODEL_GENERATORS, **GENERATORS}, typed.method, "method")
    made = configured(MODEL_GENERATORS[kind.name], typed.options, {"target": typed.want})
    names = endpoints(workspace, typed.asked)
    order = Order(made, names[0], choose_seeds(workspace, Facets(), typed.seeds), typed.caps)
    confirm(expect(workspace, order), typed.yes)
    return synthesis_job(workspace, order)
