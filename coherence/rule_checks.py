"""What must hold of one rule file beyond its form; every fault is found, with its line and column."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coherence.errors import Fault, Location
from coherence.fact_models import FACTS, FactSpec
from coherence.rule_expressions import Expression, parse_expression
from coherence.rule_models import Condition, ConditionSpec, Example, Rule, RuleSpec
from coherence.rule_syntax import Problem, nearest
from coherence.rule_terms import check_terms, unfit
from coherence.vocabulary import REPORT_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from coherence.frameworks import Texts
    from coherence.strict_yaml import KeyPath, Marked

__all__ = ["GROUP_PLACEHOLDERS", "PLACEHOLDER", "Known", "check_rule", "explain_roots"]

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
GROUP_PLACEHOLDERS = ("group.items", "group.count")
"""In the explanation of a rule with ``group``: what its items say together, and how many there are."""
_FORM = "see docs/reference/rule-language.md"
_PAIR_KINDS = frozenset({"overlap", "synergy", "conflict"})
_WHERE_ROOTS = {
    "commitment": ("a", "doc", "dossier"),
    "pair": ("a", "b", "pair", "dossier"),
    "absence": ("a", "doc", "missing", "dossier"),
}
_ACROSS_ROOTS = ("a", "b", "pair")
_DOSSIER_ROOTS = {
    "document": ("doc", "dossier"),
    "instrument": ("missing", "dossier"),
    "statement": ("said", "missing", "doc", "dossier"),
    None: ("dossier",),
}
_UNLESS_ROOTS = ("a", "b", "pair", "missing", "dossier")
_KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,), "number": (int, float), "truth": (bool,), "set": (list,),
}  # fmt: skip
_LONGEST_EXPLANATION = 1_000
_WANTED = {
    "text": ("a text", "put it in quotes"),
    "number": ("a number", "write digits, with a point before decimals"),
    "truth": ("true or false", "write true or false: yes, no, on and off are plain words"),
    "set": ("a list", "write it as [one, two]"),
}


@dataclass(frozen=True)
class Known:
    """What rules may refer to; None where it cannot be checked."""

    basis: Collection[str] | None = None
    recommendations: Collection[str] | None = None


def explain_roots(spec: RuleSpec) -> tuple[str, ...]:
    """Return the names through which a rule's conditions and explanation read facts."""
    if spec.across:
        return _ACROSS_ROOTS
    return _DOSSIER_ROOTS[spec.each] if spec.scope == "dossier" else _WHERE_ROOTS[spec.scope]


def check_rule(spec: RuleSpec, marked: Marked, known: Known) -> tuple[Rule | None, list[Fault]]:
    """Return the rule ready to run, or None and all its faults."""
    checker = _Checker(spec, marked)
    where = checker.conditions("where", spec.where, explain_roots(spec))
    unless = checker.conditions("unless", spec.unless, _UNLESS_ROOTS)
    severities = checker.cases("severity", [(case.severity, case.when) for case in spec.severity])
    confidences, additions = checker.confidence()
    relations = checker.cases("relation", [(case.value, case.when) for case in spec.relation])
    for check in (checker.shape, checker.sign, checker.nature, checker.texts, checker.examples):
        check()
    checker.references(known)
    if checker.faults:
        return None, checker.faults
    places = tuple(marked.where("examples", index) for index in range(len(spec.examples)))
    return Rule(spec, str(marked.path), where, unless, severities, confidences, additions, relations, places), []


def condition_faults(marked: Marked) -> list[Fault]:
    """Return the faults of the conditions of a file whose form is wrong elsewhere, so that all are told at once."""
    faults: list[Fault] = []
    scope = marked.data.get("scope")
    roots = _WHERE_ROOTS.get(scope) if isinstance(scope, str) else None
    if roots is not None and marked.data.get("across") is True:
        roots = _ACROSS_ROOTS
    if roots is None:
        return faults
    for key, named_roots in (("where", roots), ("unless", _UNLESS_ROOTS)):
        items = marked.data.get(key)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            named = isinstance(item, dict)
            text = item.get("if") if named else item
            if isinstance(text, str):
                _parsed(marked, (key, index, "if") if named else (key, index), text, named_roots, faults)
    return faults


def _parsed(marked: Marked, path: KeyPath, text: str, roots: Collection[str], faults: list[Fault]) -> Expression | None:
    try:
        expression = parse_expression(text, roots)
        check_terms(expression)
    except Problem as problem:
        faults.append(Fault(_place_within(marked, path, text, problem.at), problem.what, problem.remedy))
        return None
    return expression


@dataclass
class _Checker:
    spec: RuleSpec
    marked: Marked
    faults: list[Fault] = field(default_factory=list)

    def fault(self, key_path: KeyPath, what: str, remedy: str = _FORM) -> None:
        self.faults.append(Fault(self.marked.where(*key_path), what, remedy))

    def conditions(self, key: str, specs: Sequence[ConditionSpec], roots: Collection[str]) -> tuple[Condition, ...]:
        found = []
        for index, spec in enumerate(specs):
            path = (key, index, "if") if (key, index, "if") in self.marked.places else (key, index)
            expression = self._expression(path, spec.if_, roots)
            if expression is not None:
                found.append(Condition(expression, spec.because))
        return tuple(found)

    def cases(
        self, key: str, cases: Sequence[tuple[Any, str | None]], indexes: Sequence[int] | None = None
    ) -> tuple[Any, ...]:
        """Return values with their conditions; ``indexes`` are their places in the file where others stand between."""
        result: list[tuple[Any, Any]] = []
        for index, (value, when) in zip(indexes or range(len(cases)), cases, strict=True):
            last = len(result) == len(cases) - 1
            if last != (when is None):
                what = (
                    f"the last {key} must stand without 'when'" if last else f"only the last {key} goes without 'when'"
                )
                self.fault((key, index), what, "order the cases from the special to the default")
            expression = None
            if when is not None:
                expression = self._expression((key, index, "when"), when, explain_roots(self.spec))
            result.append((value, None if expression is None else expression.node))
        return tuple(result)

    def confidence(self) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Return the values with their conditions, and what is added to them with its conditions."""
        values, indexes, additions = [], [], []
        for index, case in enumerate(self.spec.confidence):
            if case.add is None:
                values.append((case.value, case.when))
                indexes.append(index)
            elif case.when is None:
                self.fault(("confidence", index), "what is added needs a 'when'", "say when it is added")
            else:
                found = self._expression(("confidence", index, "when"), case.when, explain_roots(self.spec))
                additions.append((case.add, None if found is None else found.node))
        if not values:
            self.fault(("confidence",), "no confidence to add to", "end with {value: ...}")
        return self.cases("confidence", values, indexes), tuple(additions)

    def _expression(self, path: KeyPath, text: str, roots: Collection[str]) -> Expression | None:
        return _parsed(self.marked, path, text, roots, self.faults)

    def shape(self) -> None:
        spec = self.spec
        needs: list[tuple[str, bool, bool]] = [
            ("unless", bool(spec.unless), spec.scope == "absence"),
            ("counterpart_in", bool(spec.counterpart_in), spec.scope == "absence"),
            ("within", spec.within is not None, False),
            ("restated", spec.restated, False),
            ("across", spec.across, False),
            ("each", spec.each is not None, False),
            ("group", spec.group is not None, False),
            ("where", bool(spec.where), spec.scope in ("pair", "commitment")),
            ("missing", spec.missing is not None, spec.kind in ("gap", "quality")),
            ("conflict", spec.conflict is not None, spec.kind == "conflict"),
        ]
        allowed = {"unless": ("absence",), "counterpart_in": ("absence",), "within": ("pair",), "restated": ("pair",),
                   "across": ("pair",), "each": ("dossier",), "group": ("pair",)}  # fmt: skip
        for key, given, needed in needs:
            if needed and not given:
                self.fault((), f"a rule of kind {spec.kind} and scope {spec.scope} needs '{key}'", f"add '{key}'")
            if given and spec.scope not in allowed.get(key, (spec.scope,)):
                self.fault((key,), f"'{key}' has no meaning in scope {spec.scope}", "remove it or change the scope")

        if spec.across and spec.within is not None:
            self.fault(("within",), "'within' has no meaning with 'across'", "remove one of the two")

    def sign(self) -> None:
        spec = self.spec
        if spec.yields and spec.scope != "pair":
            self.fault(("yields",), f"'yields' has no meaning in scope {spec.scope}", "remove it or change the scope")
        if spec.relation and spec.kind != "overlap":
            self.fault(("relation",), f"rules of kind {spec.kind} have no relation", "remove it")
        if spec.kind not in _PAIR_KINDS:
            if spec.score is not None:
                self.fault(("score",), f"rules of kind {spec.kind} have no score", "remove it")
            return
        if spec.scope != "pair":
            self.fault(("scope",), f"rules of kind {spec.kind} concern pairs", "write scope: pair")
        if spec.score is None:
            self.fault(
                (), f"a rule of kind {spec.kind} needs a score", "add score: a number from -3 to 3, or interaction"
            )
        elif isinstance(spec.score, int) and (spec.score < 0) is not (spec.kind == "conflict"):
            expected = "below 0" if spec.kind == "conflict" else "above 0"
            self.fault(("score",), f"score {spec.score} does not fit kind {spec.kind}", f"give a score {expected}")
        elif spec.score == 0:
            self.fault(("score",), "score 0 says that nothing interacts", "give a score above 0")

    def nature(self) -> None:
        """Check that what is said of a conflict fits its kind: only what is stated twice can differ as a statement."""
        spec = self.spec
        if spec.conflict is None:
            return
        if spec.kind != "conflict":
            self.fault(("conflict",), f"'conflict' has no meaning for kind {spec.kind}", "remove it")
        differs = spec.conflict.mechanism == "differing_statements"
        if differs is not (spec.conflict.type == "contradiction"):
            remedy = "differing_statements is the mechanism of contradictions, and of nothing else"
            what = f"mechanism '{spec.conflict.mechanism}' does not fit type '{spec.conflict.type}'"
            self.fault(("conflict", "mechanism"), what, remedy)

    def texts(self) -> None:
        group = self.spec.group
        self._texts(("explain",), self.spec.explain, GROUP_PLACEHOLDERS if group else ())
        if group is not None:
            self._texts(("group", "item"), group.item, ())
            if group.because is not None:
                self._texts(("group", "because"), group.because, ("group.alike",))

    def _texts(self, path: KeyPath, texts: Texts, more: Collection[str]) -> None:
        """Check the placeholders of a text in every language; ``more`` are those beside the facts."""
        before = len(self.faults)
        for language, text in _written(texts).items():
            if len(text) > _LONGEST_EXPLANATION:
                what = f"the explanation is longer than {_LONGEST_EXPLANATION:,} characters"
                self.fault((*path, language), what, "say it in one or two sentences")
                continue
            for match in PLACEHOLDER.finditer(text):
                if match.group(1) not in more:
                    self._placeholder((*path, language), text, match.start(), match.group(1))
            if set("{}") & set(PLACEHOLDER.sub("", text)):
                self.fault((*path, language), "a brace stands alone", "write placeholders as {a.quantity}")
        if len(self.faults) == before:
            self._translations(path, texts)

    def _translations(self, path: KeyPath, texts: Texts) -> None:
        """Check that every language shows the same facts; an instrument may go by its short or by its full name."""
        shown = {language: _placeholders(text) for language, text in _written(texts).items()}
        every = dict.fromkeys(name for names in shown.values() for name in names)
        for language, names in shown.items():
            for name in (each for each in every if each not in names):
                others = " and ".join(each for each in shown if name in shown[each])
                what = f"'{{{name}}}' is shown in {others} but not in {language}"
                self.fault((*path, language), what, f"add {{{name}}} to the text in {language}, or remove it there")

    def _placeholder(self, path: KeyPath, text: str, at: int, name: str) -> None:
        root, _, fact = name.partition(".")
        roots = explain_roots(self.spec)
        if root in roots and fact in FACTS[root]:
            return
        place = _place_within(self.marked, path, text, at)
        if root not in roots:
            names = ", ".join(roots)
            self.faults.append(Fault(place, f"unknown placeholder '{{{name}}}'", f"available here: {names}"))
        else:
            remedy = nearest(fact, FACTS[root]) or _FORM
            self.faults.append(Fault(place, f"unknown fact '{fact}' of {root} in the explanation", remedy))

    def references(self, known: Known) -> None:
        recommend = self.spec.recommend
        if known.recommendations is not None and recommend is not None and recommend not in known.recommendations:
            # Ids that differ in their number only are no misspelling of each other.
            close = difflib.get_close_matches(recommend, sorted(known.recommendations), n=1, cutoff=0.8)
            own = f"choose one of rules/recommendation, or add recommendation/{recommend}.yaml"
            remedy = f"did you mean '{close[0]}'?" if close else own
            self.fault(("recommend",), f"unknown recommendation '{recommend}'", remedy)
        for index, basis in enumerate(self.spec.basis):
            if known.basis is not None and basis not in known.basis:
                remedy = nearest(basis, known.basis) or "use an id of rules/frameworks"
                self.fault(("basis", index), f"unknown basis '{basis}'", remedy)

    def examples(self) -> None:
        for fires in (True, False):
            if not any(example.fires is fires for example in self.spec.examples):
                word = "fires" if fires else "does not fire"
                self.fault(
                    ("examples",), f"no example on which the rule {word}", f"add one with fires: {str(fires).lower()}"
                )
        for index, example in enumerate(self.spec.examples):
            for path, root, overrides in _overrides(index, example):
                for name, value in overrides.items():
                    self._override((*path, name), FACTS[root], root, name, value)

    def _override(self, path: KeyPath, specs: dict[str, FactSpec], root: str, name: str, value: Any) -> None:
        spec = specs.get(name)
        if spec is None:
            self.fault(path, f"unknown fact '{name}' of {root} in an example", nearest(name, specs) or _FORM)
        elif value is None:
            if not spec.nullable:
                self.fault(path, f"'{name}' is always known", "give a value")
        elif not isinstance(value, _KINDS[spec.kind]) or (isinstance(value, bool) and spec.kind != "truth"):
            what, remedy = _WANTED[spec.kind]
            self.fault(path, f"'{name}' must be {what}, not {_shown(value)}", remedy)
        else:
            for member in value if isinstance(value, list) else [value]:
                self._member(path, spec, member)

    def _member(self, path: KeyPath, spec: FactSpec, member: Any) -> None:
        if spec.kind == "set" and not isinstance(member, str):
            self.fault(path, f"'{spec.name}' must hold texts", "quote them")
        elif (found := unfit(spec.name, member)) is not None:
            self.fault(path, found.what, found.remedy)


def _shown(value: Any) -> str:
    named = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else None
    return (
        "a list" if isinstance(value, list) else "keys with values" if isinstance(value, dict) else named or repr(value)
    )


def _written(texts: Texts) -> dict[str, str]:
    """Return the text in each language that the rule writes it in."""
    written = {language: getattr(texts, language) for language in REPORT_LANGUAGES}
    return {language: text for language, text in written.items() if text is not None}


def _placeholders(text: str) -> dict[str, None]:
    return dict.fromkeys(name.removesuffix("_name") for name in PLACEHOLDER.findall(text))


def _overrides(index: int, example: Example) -> Iterator[tuple[KeyPath, str, dict[str, Any]]]:
    """Yield the facts that an example states: their place in the file, the name they are reached by, and the facts."""
    for root in ("a", "b", "doc", "said", "dossier"):
        yield ("examples", index, root), root, getattr(example, root)
    for number, facts in enumerate(example.others):
        yield ("examples", index, "others", number), "b", facts


def _place_within(marked: Marked, path: KeyPath, text: str, at: int) -> Location:
    """Return the place of character ``at`` of a scalar's text, or of the scalar where that cannot be told."""
    start = marked.where(*path)
    if start.line is None or start.column is None:
        return start
    lines = marked.path.read_text(encoding="utf-8").splitlines()
    here = lines[start.line - 1][start.column - 1 :]
    for skip in (0, 1):
        if here[skip:].startswith(text):
            return Location(start.path, line=start.line, column=start.column + skip + at)
    if here[:1] in ("|", ">") and start.line < len(lines):
        below = lines[start.line]
        indent = len(below) - len(below.lstrip())
        if below.strip() == text.strip():
            return Location(start.path, line=start.line + 1, column=indent + 1 + at)
    return start
