"""A form that follows from the options of a method: its type chooses the widget, its description is the help."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Literal, TypeVar, get_args, get_origin

import streamlit as st
from annotated_types import Ge, Gt, Le, Lt
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from curation.methods import Json, Plugin
from pages._parts.plain import plain

P = TypeVar("P", bound=Plugin)
PathField = Callable[[FieldInfo, str], Path | None]
"""Draws the choice of a file: (field, name of the widget) → the path, None while none is chosen."""
COLUMNS = 3
FIRST = 6
"""So many options are shown at once; a method names them in the order of their weight, the others can be unfolded."""
LINE = 24
"""Pixels of one line in a text area."""


def method_form(method: type[P], key: str, choose_path: PathField, start: Mapping[str, Json] | None = None) -> P | None:
    """Draw one widget per option and give the configured method, None while something is missing.

    Args:
        method: the kind of plug-in.
        key: prefix of the widgets' names.
        choose_path: draws the options that name a file; they and long texts come first and over the whole width.
        start: what options start from where that is not their default.
    """
    fields = {name: _starting(name, field, start or {}) for name, field in method.model_fields.items()}
    values: dict[str, Json | Path] = {}
    wide = [name for name, field in fields.items() if field.annotation is Path or _lines(field)]
    for name in wide:
        values[name] = _wide(name, fields[name], f"{key}.{name}", choose_path)
    others = [name for name in fields if name not in wide]
    values |= _in_columns(fields, others[:FIRST], key)
    if others[FIRST:]:
        with st.expander(f"More options ({len(others) - FIRST})"):
            values |= _in_columns(fields, others[FIRST:], key)
    return None if None in values.values() else _validated(method, values)


def _starting(name: str, field: FieldInfo, start: Mapping[str, Json]) -> FieldInfo:
    if name not in start:
        return field
    field = copy(field)
    field.default = start[name]
    return field


def _in_columns(fields: Mapping[str, FieldInfo], names: Sequence[str], key: str) -> dict[str, Json | Path]:
    values: dict[str, Json | Path] = {}
    for first in range(0, len(names), COLUMNS):
        # A row at a time, so that a low switch moves nothing in the rows below it.
        row = st.columns(COLUMNS, vertical_alignment="bottom")
        for column, name in zip(row, names[first : first + COLUMNS], strict=False):
            with column:
                values[name] = _widget(name, fields[name], f"{key}.{name}")
    return values


def _lines(field: FieldInfo) -> int:
    """How many lines a text wants to be written in, 0 for one that is no long text."""
    extra = field.json_schema_extra
    return int(str(extra.get("lines", 0))) if isinstance(extra, dict) else 0


def _wide(name: str, field: FieldInfo, key: str, choose_path: PathField) -> Json | Path:
    """A file or a long text; a long text that must be given is None while it is empty."""
    if field.annotation is Path:
        return choose_path(field, key)
    default = "" if field.is_required() else str(field.default)
    typed = st.text_area(_title(name), default, key=key, help=field.description, height=40 + LINE * _lines(field))
    return None if field.is_required() and not typed.strip() else typed


def _validated(method: type[P], values: Mapping[str, Json | Path]) -> P | None:
    try:
        return method.model_validate(values)
    except ValidationError as error:
        for problem in error.errors():
            st.warning(plain(f"{_title(str(problem['loc'][0]))}: {problem['msg']}"))
        return None


def _widget(name: str, field: FieldInfo, key: str) -> Json:
    kind, title = field.annotation, _title(name)
    if kind is bool:
        return st.toggle(title, value=bool(field.default), key=key, help=field.description)
    if kind is int or kind is float:
        return _number(title, field, key)
    if get_origin(kind) is Literal:
        options = [str(option) for option in get_args(kind)]
        return st.selectbox(
            title, options, index=options.index(field.default), key=key, help=field.description, format_func=_title
        )
    if get_origin(kind) is tuple:
        return _several(title, field, key)
    default = "" if field.is_required() else str(field.default)
    return st.text_input(title, value=default, key=key, help=field.description)


def _number(title: str, field: FieldInfo, key: str) -> int | float:
    one = 1 if field.annotation is int else 0.1
    least, most = _bounds(field, one)
    convert = int if field.annotation is int else float
    given = st.number_input(
        title,
        min_value=None if least is None else convert(least),
        max_value=None if most is None else convert(most),
        value=convert(field.default),
        step=one,
        key=key,
        help=field.description,
    )
    return convert(given)


def _bounds(field: FieldInfo, one: float) -> tuple[float | None, float | None]:
    """(least, most) that the field allows; an open end is one step inside."""
    least = most = None
    for bound in field.metadata:
        if isinstance(bound, Ge | Gt):
            least = float(str(bound.ge)) if isinstance(bound, Ge) else float(str(bound.gt)) + one
        if isinstance(bound, Le | Lt):
            most = float(str(bound.le)) if isinstance(bound, Le) else float(str(bound.lt)) - one
    return least, most


def _several(title: str, field: FieldInfo, key: str) -> Sequence[str]:
    """Several of a fixed set of words, or words of one's own with commas between them."""
    inner = get_args(field.annotation)[0]
    if get_origin(inner) is Literal:
        return st.multiselect(
            title, get_args(inner), default=list(field.default), key=key, help=field.description, format_func=_title
        )
    typed = st.text_input(
        title, value=", ".join(field.default), key=key, help=f"{field.description}. Put commas between them."
    )
    return [word.strip() for word in typed.split(",") if word.strip()]


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()
