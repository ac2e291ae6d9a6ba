"""What pydantic finds wrong with a YAML file, told as a person would: where, what, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from coherence.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from coherence.strict_yaml import KeyPath, Marked

__all__ = ["closest", "did_you_mean", "form_faults"]

_FORMS = {"id": "write capital letters, a hyphen and three digits, as OVL-001",
          "version": "write three whole numbers, as 1.0.0",
          "rule": "write the id of a rule, as OVL-001",
          "finding": "write its reference, as finding-0123456789abcdef"}  # fmt: skip
_LANGUAGE_NAMES = {"en": "English", "fr": "French", "es": "Spanish"}
_MOST_LISTED = 12


def form_faults(problem: ValidationError, marked: Marked, model: type[BaseModel], manual: str) -> list[Fault]:
    """Return a fault for each error of validating ``marked`` as ``model``; ``manual`` is where its form is told."""
    errors = problem.errors()
    inner = {error["loc"][:length] for error in errors for length in range(len(error["loc"]))}
    # A list whose entries are faulty is told to be too short as well.
    told = [error for error in errors if error["type"] != "too_short" or error["loc"] not in inner]
    return [_fault(error, marked, model, f"see {manual}") for error in told]


def closest(word: str, known: Collection[str]) -> str:
    """Return the known word that was most likely meant: the same letters in another order go first; or nothing."""
    folded = {each.casefold(): each for each in sorted(known)}
    close = difflib.get_close_matches(word.casefold(), folded, n=5, cutoff=0.6)
    swapped = [each for each in close if sorted(each) == sorted(word.casefold())]
    return folded[(swapped or close)[0]] if close else ""


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return ``did you mean 'x'?`` for the closest known word, the known words if they are few, or nothing."""
    meant = closest(word, known)
    if meant:
        return f"did you mean '{meant}'?"
    return f"one of: {', '.join(known)}" if 0 < len(known) <= _MOST_LISTED else ""


def _fault(error: ErrorDetails, marked: Marked, model: type[BaseModel], manual: str) -> Fault:
    path, kind = tuple(error["loc"]), error["type"]
    if kind == "missing":
        return _missing(path, marked)
    if kind == "extra_forbidden":
        # The place of the key itself is kept under the empty key.
        where = marked.where(*path, "") if (*path, "") in marked.places else marked.where(*path)
        inner = _model_at(model, path[:-1])
        remedy = did_you_mean(str(path[-1]), _keys(inner)) if inner else ""
        return Fault(where, f"unknown key '{path[-1]}'", remedy or manual)
    written = path
    while written and written not in marked.places:
        written = written[:-1]
    name = next((part for part in reversed(written) if isinstance(part, str)), "")
    inner = _model_at(model, path)
    if written and isinstance(written[-1], int):
        if kind == "literal_error":
            name = f"value in {name}:"
        elif kind.startswith("model"):
            return Fault(marked.where(*path), *_plain_entry(name, error["input"], inner))
    what, remedy = _said(error, name, inner)
    return Fault(marked.where(*path), what, remedy or manual)


def _plain_entry(name: str, given: Any, inner: type[BaseModel] | None) -> tuple[str, str]:
    keys = ", ".join(f"{key}: ..." for key in _keys(inner)[:3])
    return f"an entry of '{name}' must have keys, not be {_shown(given)}", f"write - {{{keys}}}"


def _missing(path: KeyPath, marked: Marked) -> Fault:
    name = str(path[-1])
    inside = next((f" in '{part}'" for part in reversed(path[:-1]) if isinstance(part, str)), "")
    remedy = f"add the {_LANGUAGE_NAMES[name]} text" if name in _LANGUAGE_NAMES and inside else f"add '{name}'"
    return Fault(marked.where(*path[:-1]), f"'{name}' is missing{inside}", remedy)


def _said(error: ErrorDetails, name: str, inner: type[BaseModel] | None) -> tuple[str, str]:
    """Return what is wrong and what to do; the remedy is empty where only the manual tells."""
    kind, given = error["type"], error["input"]
    for prefix, say in _SAYINGS.items():
        if kind.startswith(prefix):
            return say(name, given, error.get("ctx") or {}, inner)
    told = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {told}" if name else told, ""


_Saying = Callable[[str, Any, "Mapping[str, Any]", "type[BaseModel] | None"], tuple[str, str]]


def _not_a_choice(name: str, given: Any, context: Mapping[str, Any], _: Any) -> tuple[str, str]:
    choices = [each.strip("'") for each in str(context["expected"]).replace(" or ", ", ").split(", ")]
    return f"unknown {name} '{given}'", did_you_mean(str(given), choices)


def _not_the_form(name: str, given: Any, _: Any, __: Any) -> tuple[str, str]:
    return f"{name} '{given}' does not have the right form", _FORMS.get(name, "")


def _not_true_or_false(name: str, given: Any, _: Any, __: Any) -> tuple[str, str]:
    return f"'{name}' must be true or false, not '{given}'", "write true or false: yes, no, on and off are plain words"


def _not_a_number(name: str, given: Any, _: Any, __: Any) -> tuple[str, str]:
    return f"'{name}' must be a number, not {_shown(given)}", "write digits, with a point before decimals"


def _not_a_date(name: str, given: Any, _: Any, __: Any) -> tuple[str, str]:
    return f"'{name}' must be a date, not {_shown(given)}", "write year, month and day, as 2027-12-31"


def _too_small(name: str, given: Any, context: Mapping[str, Any], _: Any) -> tuple[str, str]:
    bound = f"it must be more than {context['gt']}" if "gt" in context else f"the smallest is {context['ge']}"
    return f"{name} {given} is too small", bound


def _too_large(name: str, given: Any, context: Mapping[str, Any], _: Any) -> tuple[str, str]:
    bound = f"it must be less than {context['lt']}" if "lt" in context else f"the largest is {context['le']}"
    return f"{name} {given} is too large", bound


def _not_text(name: str, given: Any, _: Any, __: Any) -> tuple[str, str]:
    return f"'{name}' must be a text, not {_shown(given)}", _FORMS.get(
        name, "write it on one line, in quotes if it holds a colon"
    )


def _not_a_list(name: str, given: Any, _: Any, __: Any) -> tuple[str, str]:
    return f"'{name}' must be a list, not {_shown(given)}", "begin each entry with a hyphen, or write [one, two]"


def _empty(name: str, _: Any, __: Any, ___: Any) -> tuple[str, str]:
    return f"'{name}' is empty", "fill it in"


def _without_keys(name: str, given: Any, _: Any, inner: type[BaseModel] | None) -> tuple[str, str]:
    keys = ", ".join(f"{key}: ..." for key in _keys(inner)[:3]) if inner else "key: value"
    if not name:
        return f"keys are needed here, not {_shown(given)}", f"write for instance {keys}"
    return f"'{name}' must have keys, not be {_shown(given)}", f"write {name}: {{{keys}}}"


_SAYINGS: dict[str, _Saying] = {
    "literal_error": _not_a_choice,
    "string_pattern_mismatch": _not_the_form,
    "string_too_short": _empty,
    "too_short": _empty,
    "bool": _not_true_or_false,
    "int": _not_a_number,
    "float": _not_a_number,
    "date": _not_a_date,
    "greater_than": _too_small,
    "less_than": _too_large,
    "string_type": _not_text,
    "tuple_type": _not_a_list,
    "list_type": _not_a_list,
    "model": _without_keys,
    "dict_type": _without_keys,
}
"""By the beginning of pydantic's error type."""


def _shown(given: Any) -> str:
    if given is None:
        return "left empty"
    if isinstance(given, (list, tuple)):
        return "a list"
    if isinstance(given, dict):
        return "keys with values"
    return f"'{given}'"


def _keys(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    """Return the model of the mapping at ``path``, or None where there is none."""
    found: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, str) and found is not None:
            fields = {field.alias or name: field for name, field in found.model_fields.items()}
            found = _model_in(fields[part].annotation) if part in fields else None
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)
