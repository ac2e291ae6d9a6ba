"""Words that rules compare facts with: a misspelt theme or instrument would never match, and nobody would notice."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args, get_type_hints

from coherence.graph import theme_table
from coherence.models import Baseline, Commitment, Quantity
from coherence.rule_functions import FUNCTIONS, unit_names
from coherence.rule_syntax import Problem, nearest
from coherence.vocabulary import LANGUAGES, term_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.rule_expressions import Expression, Node
    from coherence.rule_functions import Parameter

__all__ = ["check_terms", "terms_of"]

_COMPARING = frozenset({"eq", "ne", "in", "bwand", "bwor", "bwxor"})


def terms_of(fact: str) -> frozenset[str] | None:
    """Return the values that a fact can have, or None where they are open."""
    return _terms().get(fact)


def check_terms(expression: Expression) -> None:
    """Raise Problem for a constant that the fact it is compared with can never have."""
    for fact, constant in _comparisons(expression.node):
        _check(expression, constant, terms_of(fact.name), f"value of '{fact.name}'")
    for parameter, constant in _arguments(expression.node):
        _check(expression, constant, _words(parameter.words), str(parameter.words))


def _check(expression: Expression, constant: Node, allowed: frozenset[str] | None, what: str) -> None:
    for term in sorted(_texts(constant)):
        if allowed is not None and term not in allowed:
            at = max(expression.text.find(term), 0)
            remedy = nearest(term, allowed) or "see docs/reference/rule-language.md"
            raise Problem(at, f"'{term}' is not a {what}", remedy)


def _words(kind: str | None) -> frozenset[str] | None:
    if kind == "theme or group":
        return frozenset(theme_table()) | {each.group for each in theme_table().values()}
    return unit_names() if kind == "unit" else None


def _arguments(node: Node) -> Iterator[tuple[Parameter, Node]]:
    """Yield the constants given to functions, with what they are given for."""
    if node.op == "call":
        for parameter, part in zip(FUNCTIONS[node.name].parameters, node.parts, strict=True):
            if part.op == "constant":
                yield parameter, part
    for part in node.parts:
        yield from _arguments(part)


def _comparisons(node: Node) -> Iterator[tuple[Node, Node]]:
    if node.op in _COMPARING:
        for one, other in (node.parts, node.parts[::-1]):
            if one.op == "fact" and other.op == "constant":
                yield one, other
    for part in node.parts:
        yield from _comparisons(part)


def _texts(constant: Node) -> frozenset[str]:
    members = constant.value if isinstance(constant.value, frozenset) else {constant.value}
    return frozenset(member for member in members if isinstance(member, str))


@cache
def _terms() -> dict[str, frozenset[str]]:
    themes = frozenset(theme_table())
    instruments = frozenset(term_list("instruments"))
    conventions = frozenset(str(entry["convention"]) for entry in term_list("instruments").values())
    return {
        **dict.fromkeys(("theme", "themes", "shared_themes", "interaction_from", "interaction_to"), themes),
        **dict.fromkeys(
            ("theme_groups", "shared_theme_groups"), frozenset(each.group for each in theme_table().values())
        ),
        **dict.fromkeys(("ecosystems", "shared_ecosystems"), frozenset(term_list("ecosystems"))),
        **dict.fromkeys(("instrument", "instruments", "missing_instruments"), instruments),
        "convention": conventions,
        "mentions": instruments | conventions,
        "language": frozenset(LANGUAGES),
        **{name: _choices(Commitment, name) for name in ("kind", "modality", "conditionality", "ldn_response")},
        "baseline_kind": _choices(Baseline, "kind"),
        "qualifier": _choices(Quantity, "qualifier"),
    }


def _choices(model: type, field: str) -> frozenset[str]:
    """Return the texts of a field's Literal, through ``| None``."""
    annotation = get_type_hints(model)[field]
    parts = get_args(annotation)
    return frozenset(each for part in parts for each in (get_args(part) or (part,)) if isinstance(each, str))
