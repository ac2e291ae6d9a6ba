"""The words of a condition: checked against the declared facts, then written as rule-engine reads them.

The rule language is a part of rule-engine's, with four phrases added: ``X is known``, ``X is unknown``,
``X is not known`` and ``SET has "member"``. Everything that could reach beyond
the declared facts and functions (attributes, other functions, comprehensions) or run long (powers, shifts) is turned
away here, before rule-engine sees the text, because rule-engine computes constant parts while it parses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.fact_models import FACTS, FactSpec
from coherence.form_faults import closest
from coherence.rule_functions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["Problem", "Translation", "nearest", "translate"]

LONGEST = 2_000
"""Characters of one expression."""
_DEEPEST = 20
_MOST_TOKENS = 400
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    | (?P<text>r?"(?:[^"\\\n]|\\.)*"|r?'(?:[^'\\\n]|\\.)*')
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?![\w.]))
    | (?P<word>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)
    | (?P<barred>\*\*|<<|>>|&\.|&\[|[\[\]?:$#;](?!\?))
    | (?P<sign>\?\?|=~~?|!~~?|[=!<>]=|//|[<>+\-*/%&|^(){},.])
    """,
    re.VERBOSE,
)
_OPERATORS = frozenset({"and", "or", "not", "in", "true", "false"})
_MEANT = {"=": "write == to compare, >= for at least, <= for at most", "!": "write not before the whole, or !="}
_WORDS = {
    "&&": "and", "||": "or",
    **{form: word for word in ("and", "or", "not", "in", "has", "is", "true", "false")
       for form in (word.upper(), word.capitalize())},
}  # fmt: skip
"""What other languages write, and what this one does."""
LISTED = 'write several in braces: {"NDC", "NAP"}'
_SEPARATED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_PATTERN_SIGNS = frozenset({"=~", "=~~", "!~", "!~~"})
_PROPERTIES = frozenset({"length", "is_empty"})


class Problem(Exception):  # noqa: N818 - becomes a Fault once its file is known
    """What is wrong with an expression, at a 0-based character of it."""

    def __init__(self, at: int, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.at = at
        self.what = what
        self.remedy = remedy


@dataclass(slots=True)
class _Token:
    kind: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Translation:
    """An expression in rule-engine's words; ``places`` are the 0-based offsets of its facts as written, in order."""

    text: str
    facts: tuple[tuple[str, str], ...]
    places: tuple[int, ...]
    origins: tuple[tuple[int, int], ...]
    """For every word: its offset in ``text``, and in the expression as written."""

    calls: tuple[int, ...] = ()
    """The 0-based offsets of its function calls as written, in order."""

    patterns: tuple[str, ...] = ()
    """The patterns as written, quotes included; ``text`` has their numbers from 0 in their stead, in quotes.

    rule-engine would compile them with ``re``, which refuses what RE2 allows.
    """

    whole: str = ""
    """``text`` with the patterns themselves."""

    def origin(self, at: int) -> int:
        """Return the offset, in the expression as written, of the word at or before ``at`` in ``text``."""
        return max((pair for pair in self.origins if pair[0] <= at), default=(0, 0))[1]


def nearest(word: str, known: Collection[str]) -> str:
    """Return ``did you mean 'x'?`` for the closest known word, or an empty string."""
    meant = closest(word, known)
    return f"did you mean '{meant}'?" if meant else ""


def translate(expression: str, roots: Collection[str]) -> Translation:
    """Check an expression's words against the facts under ``roots`` and translate it; raises Problem."""
    if len(expression) > LONGEST:
        raise Problem(0, f"the condition is longer than {LONGEST:,} characters", "split it into several conditions")
    tokens = _tokens(expression)
    _check_depth(tokens)
    tokens = _phrases(tokens)
    facts, places, calls, origins, patterns, text, whole = [], [], [], [], [], "", ""
    for index, token in enumerate(tokens):
        after_dot = index > 0 and tokens[index - 1].text == "."
        word = token.text
        if token.kind == "word" and after_dot:
            word = _property(token)
        elif (
            token.kind == "word"
            and word in FUNCTIONS
            and tokens[index + 1 : index + 2]
            and tokens[index + 1].text == "("
        ):
            calls.append(token.at)
        elif token.kind == "word" and word not in _OPERATORS:
            root, name, rest = _fact(token, roots)
            facts.append((root, name))
            places.append(token.at)
            word = f"{root}_{name}{rest}"
        space = "" if after_dot or word == "." else " "
        origins.append((len(text + space), token.at))
        whole += space + word
        if token.kind == "text" and _is_pattern(tokens, index):
            patterns.append(word)
            word = f'"{len(patterns) - 1}"'
        text += space + word
    return Translation(text, tuple(facts), tuple(places), tuple(origins), tuple(calls), tuple(patterns), whole.strip())


def _is_pattern(tokens: list[_Token], index: int) -> bool:
    """Return whether the token follows a sign that takes a pattern, parentheses between them aside."""
    before = next((each.text for each in reversed(tokens[:index]) if each.text != "("), "")
    return before in _PATTERN_SIGNS


def _tokens(expression: str) -> list[_Token]:
    tokens, at = [], 0
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None:
            remedy = _MEANT.get(
                expression[at], "quote text, and write numbers in digits, without separators or exponent"
            )
            raise Problem(at, f"'{expression[at]}' cannot stand here", remedy)
        kind = str(match.lastgroup)
        _check_habits(expression, at, match.group(), kind)
        if kind == "barred":
            remedy = LISTED if match.group() in ("[", "]") else "see docs/reference/rule-language.md"
            raise Problem(at, f"'{match.group()}' is not part of the rule language", remedy)
        if kind != "space":
            tokens.append(_Token(kind, match.group(), at))
        at = match.end()
    if not tokens:
        raise Problem(0, "the condition is empty", "write an expression or remove it")
    if len(tokens) > _MOST_TOKENS:
        raise Problem(0, f"the condition has more than {_MOST_TOKENS} words", "split it into several conditions")
    return tokens


def _check_habits(expression: str, at: int, word: str, kind: str) -> None:
    """Raise Problem for what is written otherwise in other languages: ``&&``, ``AND``, ``1,000``."""
    doubled = expression[at : at + 2]
    written = doubled if doubled in _WORDS else word
    if written in _WORDS:
        raise Problem(at, f"'{written}' is not part of the rule language", f"write {_WORDS[written]}")
    separated = _SEPARATED.match(expression, at) if kind == "number" else None
    # Within braces and calls a comma parts two values.
    outside = all(expression.count(one, 0, at) == expression.count(other, 0, at) for one, other in ("{}", "()"))
    if separated is not None and outside:
        digits = separated.group().replace(",", "")
        raise Problem(at, f"'{separated.group()}' is not a number", f"write {digits}, without separators")


def _check_depth(tokens: list[_Token]) -> None:
    depth = 0
    for previous, token in zip([None, *tokens], tokens, strict=False):
        if token.text == "(" and previous is not None:
            _check_call(previous, token)
        depth += (token.text in ("(", "{", "not")) - (token.text in (")", "}"))
        if depth > _DEEPEST:
            raise Problem(token.at, f"nested deeper than {_DEEPEST} levels", "split it into several conditions")


def _check_call(name: _Token, bracket: _Token) -> None:
    """Check what stands before an opening parenthesis: an operator, or the name of a function."""
    if name.kind == "word" and _is_operand(name) and name.text not in FUNCTIONS:
        listed = "functions: " + ", ".join(FUNCTIONS)
        raise Problem(name.at, f"unknown function '{name.text}'", nearest(name.text, FUNCTIONS) or listed)
    if name.kind in ("text", "number") or name.text in (")", "}"):
        raise Problem(bracket.at, "'(' cannot stand here", "an operator is missing before it")


def _is_operand(token: _Token) -> bool:
    return token.kind in ("text", "number") or (
        token.kind == "word" and token.text not in _OPERATORS and token.text not in ("has", "is", "known", "unknown")
    )


def _phrases(tokens: list[_Token]) -> list[_Token]:
    """Rewrite ``is known``, ``is unknown`` and ``has``."""
    result: list[_Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "word" and token.text == "is":
            following = [each.text for each in tokens[index + 1 : index + 3]]
            negated = following[:1] == ["not"]
            word = following[negated] if len(following) > negated else ""
            if word not in ("known", "unknown"):
                raise Problem(token.at, "'is' must be followed by known or unknown", "use == to compare values")
            sign = "!=" if (word == "known") is not negated else "=="
            result += [_Token("sign", sign, token.at), _Token("null", "null", token.at)]
            index += 2 + negated
        elif token.kind == "word" and token.text == "has":
            index = _has(tokens, index, result)
        else:
            result.append(token)
            index += 1
    return result


def _has(tokens: list[_Token], index: int, result: list[_Token]) -> int:
    """Rewrite ``SET has member`` as ``member in SET``; return the index after it."""
    member = tokens[index + 1] if index + 1 < len(tokens) else None
    if not result or result[-1].kind != "word" or result[-1].text in _OPERATORS:
        raise Problem(
            tokens[index].at, "'has' must follow a set fact", 'write for instance: a.themes has "agroforestry"'
        )
    if member is not None and member.kind == "word" and "." not in member.text and _is_operand(member):
        raise Problem(member.at, f"'{member.text}' is not a fact", _quote_hint(member.text))
    if member is None or not _is_operand(member):
        remedy = "for several members write: a.themes & {...}"
        raise Problem(tokens[index].at, "'has' must be followed by one text or one fact", remedy)
    container = result.pop()
    result += [member, _Token("word", "in", tokens[index].at), container]
    return index + 2


def _property(token: _Token) -> str:
    if token.text not in _PROPERTIES:
        raise Problem(token.at, f"'.{token.text}' is not part of the rule language", "sets have .length and .is_empty")
    return token.text


def _fact(token: _Token, roots: Collection[str]) -> tuple[str, str, str]:
    root, _, path = token.text.partition(".")
    if token.text == "null":
        raise Problem(token.at, "null is never equal to anything", "write 'is known' or 'is unknown'")
    if not path:
        suggestions = {f"{each}.{token.text}" for each in roots if token.text in FACTS[each]}
        remedy = nearest(token.text, suggestions) or _quote_hint(token.text)
        raise Problem(token.at, f"'{token.text}' is not a fact", remedy)
    if root not in roots:
        what = f"'{root}' is not available in this scope" if root in FACTS else f"unknown name '{root}'"
        raise Problem(token.at, what, "available here: " + ", ".join(sorted(roots)))
    name, _, rest = path.partition(".")
    specs: Mapping[str, FactSpec] = FACTS[root]
    usable = [each for each, spec in specs.items() if not spec.shown_only]
    if name not in specs:
        at = token.at + len(root) + 1
        raise Problem(
            at, f"unknown fact '{name}' of {root}", nearest(name, usable) or "see docs/reference/rule-language.md"
        )
    if specs[name].shown_only:
        raise Problem(token.at, f"'{root}.{name}' may stand in explanations only", "use a declared fact")
    if rest and (rest not in _PROPERTIES or specs[name].kind != "set"):
        raise Problem(token.at, f"'{root}.{name}' has no '{rest}'", "sets have .length and .is_empty")
    return root, name, f".{rest}" if rest else ""


def _quote_hint(word: str) -> str:
    return f'write it in quotes if it is text: "{word}"'
