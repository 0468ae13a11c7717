"""What commands that ask a model share: the method's options, whom to ask, and the cost before it is spent."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from curation.cli.talking import follow, say
from curation.errors import BadInput

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Plugin
    from curation.model import Estimate
    from curation.stages.asking import Caps
    from curation.store import Workspace

    P = TypeVar("P", bound=Plugin)

PRACTICE = "practice"
"""What the practice model is called on the command line."""

Models = Annotated[
    list[str] | None,
    typer.Option("--model", "-m", help="Endpoint of the settings, a model at --base-url, or practice."),
]
BaseUrl = Annotated[
    str, typer.Option("--base-url", help="Address of an OpenAI-compatible model, for example https://…/v1.")
]
KeyEnv = Annotated[str, typer.Option("--key-env", help="Environment variable that holds the key; never the key.")]
Options = Annotated[
    list[str] | None, typer.Option("--set", "-s", metavar="NAME=VALUE", help="An option of the method; repeat it.")
]
MostTokens = Annotated[int, typer.Option("--tokens", min=0, help="Cap of tokens, read and written; 0 for none.")]
MostDollars = Annotated[float, typer.Option("--cap", min=0, metavar="USD", help="Cap of US dollars; 0 for none.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Spend what is expected without a question.")]
Resume = Annotated[str, typer.Option("--resume", metavar="RUN", help="Go on with this run instead of a new one.")]


@dataclass(frozen=True)
class Asked:
    """Whom to ask, as it was typed: endpoints or models, an address, the variable of a key."""

    models: Sequence[str]
    base_url: str = ""
    key_env: str = ""


def plugin(found: "dict[str, type[P]]", name: str, what: str) -> "type[P]":
    """The method of this name.

    Raises:
        BadInput: there is none; the message lists them.
    """
    if name not in found:
        said = f"There is no {what} called {name}" if name else f"Name a {what}"
        raise BadInput(f"{said}; there are {', '.join(found)}.")
    return found[name]


def configured(kind: "type[P]", typed: Sequence[str], usual: Mapping[str, int]) -> "P":
    """A method with the options that were typed as NAME=VALUE; JSON where it is JSON, else text.

    `usual` are values for options that were not typed, where the method has them and they are not 0.

    Raises:
        BadInput: an option is not written so, unknown, missing or out of its bounds.
    """
    from pydantic import ValidationError

    values = {key: value for key, value in usual.items() if value and key in kind.model_fields}
    try:
        return kind.model_validate(values | dict(_option(one) for one in typed))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = str(first["loc"][0]) if first["loc"] else "its options"
        raise BadInput(
            f"{kind.name}, {place}: {first['msg']}. Its options are {', '.join(kind.model_fields)}: --set NAME=VALUE."
        ) from error


def endpoints(workspace: "Workspace", asked: Asked) -> tuple[str, ...]:
    """The names of the endpoints to ask; a model at an address becomes an endpoint of the settings.

    Raises:
        BadInput: nobody is named, or an address comes with several models.
        NotReady: there is no endpoint of this name.
    """
    from curation.stages.asking import endpoint_names
    from curation.stages.practice import NAME

    if asked.base_url:
        return (_kept(workspace, asked),)
    names = tuple(NAME if name == PRACTICE else name for name in asked.models)
    known = endpoint_names(workspace)
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        said = f"There is no endpoint named {unknown[0]}. " if unknown else "Say whom to ask with --model. "
        raise BadInput(f"{said}There are {', '.join([*known[:-1], PRACTICE])}; any other needs --base-url.")
    return names


def confirm(expected: "Estimate", yes: bool) -> None:
    """Say what is expected on standard error; where it costs money, or may, go on only after a yes.

    Raises:
        BadInput: nobody is there to ask.
        typer.Abort: the answer is no.
    """
    price = f"about ${expected.cost:,.4f}, ${expected.most_cost:,.4f} at most" if expected.most_cost else "free"
    price = "price not known" if isnan(expected.most_cost) else price
    tokens = expected.prompt_tokens + expected.completion_tokens
    typer.echo(f"About {expected.calls:,.0f} calls and {tokens:,.0f} tokens: {price}.", err=True)
    if yes or expected.most_cost == 0:
        return
    if not sys.stdin.isatty():
        raise BadInput("This may cost money and nobody is there to say yes. Add --yes to go on.")
    typer.confirm("Go on?", abort=True, err=True)


def raised(before: "Caps", typed: "Caps") -> "Caps":
    """The caps of a run that goes on: those that were typed in place of its own."""
    from dataclasses import replace

    return replace(before, **{name: value for name, value in vars(typed).items() if value})


def tell(workspace: "Workspace", started: str, as_json: bool) -> None:
    """Wait for the end of a run and say what it did."""
    run = follow(workspace, started)
    say({"run": run.id, "result": run.note, "status": run.status}, as_json, f"{run.note} (run {run.id})")


def _option(typed: str) -> tuple[str, object]:
    import json

    name, equals, value = typed.partition("=")
    if not equals:
        raise BadInput(f"--set {typed} is not NAME=VALUE, for example --set seed=7.")
    try:
        return name.strip(), json.loads(value)
    except ValueError:
        return name.strip(), value


def _kept(workspace: "Workspace", asked: Asked) -> str:
    """The name of the endpoint for a model at an address; kept in the settings, so that its run can be resumed."""
    from dataclasses import replace

    from curation.model import Endpoint
    from curation.stages.endpoints import read_endpoints, save_endpoint

    if len(asked.models) != 1:
        raise BadInput("An address goes with one --model: the model as that address names it.")
    model = asked.models[0]
    wanted = Endpoint(model, asked.base_url, model, asked.key_env)
    known = read_endpoints(workspace)
    wanted = replace(wanted, name=f"{model} at {wanted.host}:{wanted.port}")
    saved = next((one for one in known if one.name == wanted.name), None)
    if saved is not None:
        in_keyring = saved.in_keyring and not asked.key_env
        key_env = asked.key_env or saved.key_env
        wanted = replace(saved, base_url=wanted.base_url, key_env=key_env, in_keyring=in_keyring)
    save_endpoint(workspace, known, wanted.name if saved else "", wanted)
    return wanted.name
