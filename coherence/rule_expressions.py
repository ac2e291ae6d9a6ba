"""Conditions as typed trees: parsed by rule-engine, checked against the declared facts, free of rule-engine's classes.

Semantics are rule-engine's (numbers are exact decimals; a set is true when it is not empty) except for what is not
known: see docs/reference/rule-language.md. Source of the parser: https://zerosteiner.github.io/rule-engine/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import re2
import rule_engine
import rule_engine.errors

from coherence.fact_models import FACTS, FactKind
from coherence.rule_functions import FUNCTIONS
from coherence.rule_syntax import LISTED, Problem, Translation, translate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["Expression", "Node", "conjuncts", "facts_in", "parse_expression", "roots_in", "swap_roles"]

Value = str | Decimal | bool | frozenset[Any] | None


class Node(NamedTuple):
    """One step of a condition: an operator over parts, a fact (``root``, ``name``) or a constant (``value``)."""

    op: str
    kind: FactKind
    parts: tuple[Node, ...] = ()
    root: str = ""
    name: str = ""
    value: Value = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked condition: its text as written and its tree, which yields a truth value."""

    text: str
    node: Node
    engine_text: str
    """The text in rule-engine's words (facts flattened: ``a_area_ha``)."""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The facts read, in the order of their first mention."""
        return tuple(dict.fromkeys((node.root, node.name) for node in facts_in(self.node)))

    @property
    def roots(self) -> frozenset[str]:
        """The names through which facts are read (a, b, pair, ...)."""
        return frozenset(root for root, _ in self.facts)


def parse_expression(text: str, roots: Collection[str]) -> Expression:
    """Parse one condition over the facts of ``roots``; raises Problem with the place in the text."""
    return _parsed(text, tuple(roots))


@lru_cache(maxsize=8192)  # rules share most of their conditions, and parsing them is half of what loading takes
def _parsed(text: str, roots: tuple[str, ...]) -> Expression:
    translation = translate(text, roots)
    # The grammar is parsed without types first, so that type errors can be told with their place.
    tree = _parse(text, translation, _untyped_context())
    node = _Converter(translation).whole(tree)
    _parse(text, translation, _typed_context())
    return Expression(text, node, translation.whole)


def conjuncts(node: Node) -> Iterator[Node]:
    """Yield the parts that must all hold."""
    if node.op == "and":
        for part in node.parts:
            yield from conjuncts(part)
    else:
        yield node


def facts_in(node: Node) -> Iterator[Node]:
    """Yield the fact nodes, left to right."""
    if node.op == "fact":
        yield node
    for part in node.parts:
        yield from facts_in(part)


@lru_cache(maxsize=8192)
def roots_in(node: Node) -> frozenset[str]:
    """Return the names through which a condition reads facts."""
    return frozenset(each.root for each in facts_in(node))


@lru_cache(maxsize=8192)
def swap_roles(node: Node) -> Node:
    """Return the tree with a and b exchanged."""
    other = {"a": "b", "b": "a"}.get(node.root, node.root)
    return node._replace(root=other, parts=tuple(swap_roles(part) for part in node.parts))


def _parse(text: str, translation: Translation, context: rule_engine.Context) -> Any:
    try:
        return rule_engine.Rule(translation.text, context=context).statement.expression
    except rule_engine.errors.RuleSyntaxError as problem:
        raise _not_readable(text, translation, getattr(problem.token, "lexpos", None)) from None
    except (rule_engine.errors.ArithmeticError, ArithmeticError):
        what = "the condition computes with constants that have no result"
        raise Problem(0, what, "divide by something other than 0") from None
    except (rule_engine.errors.EngineError, RecursionError) as problem:
        what = getattr(problem, "message", "") or "nested too deeply"
        raise Problem(0, f"the condition is not valid: {what}", "check the types of both sides") from None


def _not_readable(text: str, translation: Translation, lexpos: int | None) -> Problem:
    """Return the problem of a condition that is no sentence of the language, at the word where that shows."""
    at = translation.origin(len(translation.text) if lexpos is None else lexpos)
    word = (text[at:].split() or [""])[0]
    if lexpos is None:
        return Problem(at, f"the condition ends too early, after '{word}'", "complete it, or close what is open")
    if word.startswith(","):
        return Problem(at, "',' cannot stand here", LISTED)
    return Problem(at, f"'{word}' cannot stand here", "check the operator before it and the parentheses around it")


@cache
def _untyped_context() -> rule_engine.Context:
    return rule_engine.Context(default_timezone="utc")


@cache
def _typed_context() -> rule_engine.Context:
    data = rule_engine.DataType
    kinds = {"text": data.STRING, "number": data.FLOAT, "truth": data.BOOLEAN, "set": data.SET(data.STRING)}
    types = {f"{root}_{name}": kinds[spec.kind] for root, specs in FACTS.items() for name, spec in specs.items()}
    for each in FUNCTIONS.values():
        taken = [kinds[one.kinds[0]] if len(one.kinds) == 1 else data.UNDEFINED for one in each.parameters]
        types[each.name] = data.FUNCTION(each.name, return_type=kinds[each.kind], argument_types=tuple(taken))
    return rule_engine.Context(type_resolver=types, default_timezone="utc")


_COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_ARITHMETIC = {"add": "+", "sub": "-", "mul": "*", "tdiv": "/", "fdiv": "//", "mod": "%"}
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_SET_OPERATORS = {"bwand": "&", "bwor": "|", "bwxor": "^"}
_REGEX = {"eq_fzm": "match", "eq_fzs": "search", "ne_fzm": "match", "ne_fzs": "search"}
_ESCAPED = re.compile(r"""\\([\\"'])""")
_NOT_IN_RE2 = "RE2 has no look-around and no back-references"
_RE2_REMEDIES = (
    ("missing )", r"close the parenthesis, or write \( where the sign itself is meant"),
    ("unexpected )", r"open the parenthesis, or write \) where the sign itself is meant"),
    ("missing ]", r"close the bracket, or write \[ where the sign itself is meant"),
    ("repetition operator", r"put what is repeated before the sign, or write \* where the sign itself is meant"),
    ("range", r"write a class as [a-z], or by a name that RE2 has: [[:alpha:]], \p{L}"),
    ("trailing", "write two backslashes where one is meant"),
)
"""Part of RE2's reason, and what to do."""


def _unquoted(written: str) -> str:
    """Return the pattern of a text in quotes: RE2 reads its backslashes, two of them stand for one unless after r."""
    if written.startswith("r"):
        return written[2:-1]
    return _ESCAPED.sub(r"\1", written[1:-1])


def _alike(one: Node, constant: Node) -> str:
    """Return how to write a constant so that it is of the other side's kind, or nothing."""
    if constant.op != "constant":
        return ""
    if one.kind == "number" and isinstance(constant.value, str) and _NUMBER.fullmatch(constant.value):
        return f"write {constant.value} without quotes"
    if one.kind == "text" and isinstance(constant.value, Decimal):
        return f'write "{constant.value}" in quotes'
    if one.kind == "set" and isinstance(constant.value, str):
        return f'write has "{constant.value}": the set holds several'
    return ""


class _MismatchError(Exception):
    """Parts that do not fit together; becomes a Problem at the first fact of the whole."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def _mismatch(what: str, remedy: str) -> NoReturn:
    raise _MismatchError(what, remedy)


class _Converter:
    """Turns rule-engine's tree into Nodes, left to right, so that facts meet their places in order."""

    def __init__(self, translation: Translation) -> None:
        self._patterns = translation.patterns
        self._patterns_read = 0
        self._facts = translation.facts
        self._places = (*translation.places, translation.places[-1] if translation.places else 0)
        self._calls = iter(translation.calls)
        self._read = 0
        self._steps = {
            "SymbolExpression": self._fact, "BooleanExpression": self._constant, "FloatExpression": self._constant,
            "StringExpression": self._constant, "SetExpression": self._set, "LogicExpression": self._logic,
            "UnaryExpression": self._unary, "ComparisonExpression": self._comparison,
            "ArithmeticComparisonExpression": self._comparison, "ContainsExpression": self._contains,
            "FuzzyComparisonExpression": self._regex, "ArithmeticExpression": self._arithmetic,
            "AddExpression": self._arithmetic, "SubtractExpression": self._arithmetic,
            "BitwiseExpression": self._set_operation, "CoalesceExpression": self._coalesce,
            "GetAttributeExpression": self._attribute, "FunctionCallExpression": self._call,
        }  # fmt: skip

    def whole(self, tree: Any) -> Node:
        """Convert the tree of the whole condition."""
        node = self.condition(tree)
        if self._patterns_read < len(self._patterns):
            # rule-engine has computed a constant part, with the number of its pattern.
            raise Problem(0, "a pattern is compared with a constant", "compare it with a fact: a.action =~~ ...")
        return node

    def condition(self, tree: Any) -> Node:
        """Convert a tree that must be a truth value or a set."""
        start = self._places[self._read]
        node = self._convert(tree)
        if node.kind not in ("truth", "set"):
            what = f"a condition must be true or false, this is a {node.kind}"
            raise Problem(start, what, "compare it with something")
        return node

    def _convert(self, tree: Any) -> Node:
        start = self._places[self._read]
        name = type(tree).__name__
        if name == "MappingExpression":
            raise Problem(
                start, "'{}' is an empty set: nothing is in it", "write a.themes.is_empty to ask whether a set is empty"
            )
        if name not in self._steps:
            raise Problem(start, f"{name} is not part of the rule language", "see docs/reference/rule-language.md")
        try:
            return self._steps[name](tree)
        except _MismatchError as mismatch:
            raise Problem(start, mismatch.what, mismatch.remedy) from None

    def _fact(self, _: Any) -> Node:
        root, name = self._facts[self._read]
        self._read += 1
        return Node("fact", FACTS[root][name].kind, root=root, name=name)

    def _constant(self, tree: Any) -> Node:
        kinds: dict[type, FactKind] = {bool: "truth", Decimal: "number", str: "text"}
        return Node("constant", kinds[type(tree.value)], value=tree.value)

    def _set(self, tree: Any) -> Node:
        members = [
            member.value for member in tree.value if type(member).__name__ in ("StringExpression", "FloatExpression")
        ]
        if len(members) != len(tree.value) or len({type(member) for member in members}) > 1:
            _mismatch("a set may hold texts only, or numbers only", 'write for instance {"NDC", "NAP"}')
        return Node("constant", "set", value=frozenset(members))

    def _logic(self, tree: Any) -> Node:
        return Node(tree.type, "truth", (self.condition(tree.left), self.condition(tree.right)))

    def _unary(self, tree: Any) -> Node:
        if tree.type == "not":
            return Node("not", "truth", (self.condition(tree.right),))
        return Node("negative", "number", (self._of_kind(tree.right, "number", "-"),))

    def _of_kind(self, tree: Any, kind: FactKind, operator: str) -> Node:
        node = self._convert(tree)
        if node.kind != kind:
            _mismatch(f"'{operator}' needs a {kind}, this is a {node.kind}", "compare like with like")
        return node

    def _comparison(self, tree: Any) -> Node:
        left = self._convert(tree.left)
        if type(tree.right).__name__ == "NullExpression":
            return Node("known" if tree.type == "ne" else "unknown", "truth", (left,))
        right = self._convert(tree.right)
        sign = _COMPARISONS[tree.type]
        if left.kind != right.kind:
            what = f"cannot compare a {left.kind} with a {right.kind} by '{sign}'"
            _mismatch(what, _alike(left, right) or _alike(right, left) or "compare like with like")
        if tree.type not in ("eq", "ne") and left.kind != "number":
            _mismatch(f"'{sign}' needs numbers, this is a {left.kind}", "use == or != or in")
        return Node(tree.type, "truth", (left, right))

    def _contains(self, tree: Any) -> Node:
        member = self._convert(tree.member)
        container = self._convert(tree.container)
        if container.kind == "text" and member.kind == "text":
            return Node("within", "truth", (member, container))
        numbers = container.op == "constant" and isinstance(container.value, frozenset) and all(
            isinstance(each, Decimal) for each in container.value)  # fmt: skip
        if container.kind != "set" or member.kind != ("number" if numbers else "text"):
            _mismatch(f"a {member.kind} cannot be in this {container.kind}", "sets of facts hold texts")
        return Node("in", "truth", (member, container))

    def _regex(self, tree: Any) -> Node:
        text = self._of_kind(tree.left, "text", "=~")
        if type(tree.right).__name__ != "StringExpression":
            _mismatch("the pattern must be written out", "put it in quotes")
        pattern = self._pattern(tree.right.value)
        node = Node(_REGEX[tree.type], "truth", (text, Node("constant", "text", value=pattern)))
        return Node("not", "truth", (node,)) if tree.type.startswith("ne") else node

    def _pattern(self, number: str) -> str:
        """Return the pattern that stands for its number in the text given to rule-engine, once RE2 has taken it."""
        if not number.isdecimal() or int(number) >= len(self._patterns):
            _mismatch("the pattern must be written out", "put it in quotes")
        pattern = _unquoted(self._patterns[int(number)])
        self._patterns_read += 1
        try:
            re2.compile(pattern, _quiet())
        except re2.error as problem:
            told = problem.args[0] if problem.args else ""
            reason = told.decode() if isinstance(told, bytes) else str(told)
            remedy = next((each for word, each in _RE2_REMEDIES if word in reason), _NOT_IN_RE2)
            _mismatch(f"the pattern is not valid in RE2: {reason}", remedy)
        return pattern

    def _arithmetic(self, tree: Any) -> Node:
        if tree.type not in _ARITHMETIC:
            _mismatch(f"'{tree.type}' is not part of the rule language", "see docs/reference/rule-language.md")
        sign = _ARITHMETIC[tree.type]
        return Node(
            tree.type, "number", (self._of_kind(tree.left, "number", sign), self._of_kind(tree.right, "number", sign))
        )

    def _set_operation(self, tree: Any) -> Node:
        sign = _SET_OPERATORS[tree.type]
        return Node(tree.type, "set", (self._of_kind(tree.left, "set", sign), self._of_kind(tree.right, "set", sign)))

    def _coalesce(self, tree: Any) -> Node:
        left, right = self._convert(tree.left), self._convert(tree.right)
        if left.kind != right.kind:
            what = f"'??' needs two of a kind, these are a {left.kind} and a {right.kind}"
            _mismatch(what, "put the whole in parentheses: (a.target_year ?? 2030) > 2025")
        return Node("otherwise", left.kind, (left, right))

    def _call(self, tree: Any) -> Node:
        function, start = FUNCTIONS[tree.function.name], next(self._calls)
        if len(tree.arguments) != len(function.parameters):
            what = f"'{function.name}' takes {len(function.parameters)} values, not {len(tree.arguments)}"
            raise Problem(start, what, f"write {function.form}")
        parts = []
        for parameter, argument in zip(function.parameters, tree.arguments, strict=True):
            part = self._convert(argument)
            if part.kind not in parameter.kinds:
                what = (
                    f"'{parameter.name}' of {function.name} must be a {' or '.join(parameter.kinds)}, not a {part.kind}"
                )
                raise Problem(start, what, f"write {function.form}")
            parts.append(part)
        return Node("call", function.kind, tuple(parts), name=function.name)

    def _attribute(self, tree: Any) -> Node:
        part = self._of_kind(tree.object, "set", f".{tree.name}")
        return Node(tree.name, "number" if tree.name == "length" else "truth", (part,))


@cache
def _quiet() -> Any:
    options = re2.Options()
    options.log_errors = False
    return options
