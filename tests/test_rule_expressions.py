"""Conditions as text: what is not part of the language is turned away with its place, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies_rules import conditions

from coherence.engine.compilation import compile_condition
from coherence.rule_expressions import Expression, conjuncts, facts_in, parse_expression, swap_roles
from coherence.rule_syntax import Problem

ROOTS = ("a", "b", "pair")
WORDS = (
    "a.area_ha",
    "b.themes",
    "pair.interaction",
    "a",
    "a.",
    ".",
    "and",
    "or",
    "not",
    "in",
    "is",
    "known",
    "unknown",
    "has",
    "==",
    "!=",
    "<",
    ">=",
    "=~~",
    "&",
    "|",
    "^",
    "-",
    "+",
    "*",
    "**",
    "/",
    "//",
    "%",
    "??",
    "?",
    ":",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    '"x"',
    "'",
    '"',
    "3",
    "0.5",
    "1e9",
    "0x1",
    "true",
    "null",
    "nan",
    "inf",
    "for",
    "if",
    "$now",
    "d'2020'",
    "t'P1D'",
    "b'x'",
    "s'x'",
    "r'x'",
    "length",
    ".length",
    "#",
    "\n",
    "é",
    "\\",
    "a.area_ha.length",
    "__class__",
    "a.themes.__class__",
)


def parsed(text: str) -> Expression | Problem:
    try:
        return parse_expression(text, ROOTS)
    except Problem as problem:
        return problem


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
@example("9 ** 9 ** 9 ** 9")
@example("(" * 5000)
@example("not " * 300 + "a.gender")
@example("a.area_ha " + "+ a.area_ha " * 199)
@example('a.action =~~ "(a|aa)+$"')
@example('a.action =~~ "(((((((x{900}){900}){900}){900})))"')
@example('"' + "\\" * 99 + '"')
@example("{{1}} & a.themes")
@example("a.theme in {a.theme}")
@example("1 / 0 == 1")
@example("0 % 0 == 1 or a.gender")
@example("- - - - 1 == 1")
@example("{} == a.themes")
def test_any_text_is_a_condition_or_a_problem(text: str) -> None:
    outcome = parsed(text)
    if isinstance(outcome, Problem):
        assert 0 <= outcome.at <= len(text)
        assert outcome.what
    else:
        assert outcome.node.kind in ("truth", "set")
        assert outcome.roots <= set(ROOTS)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_characters_are_a_condition_or_a_problem(text: str) -> None:
    outcome = parsed(text)
    assert isinstance(outcome, Expression) or 0 <= outcome.at <= len(text)


@settings(deadline=None)
@given(conditions())
def test_well_formed_conditions_are_understood(text: str) -> None:
    expression = parse_expression(text, ROOTS)
    assert {node.op for node in facts_in(expression.node)} <= {"fact"}
    assert swap_roles(swap_roles(expression.node)) == expression.node
    assert list(conjuncts(expression.node))


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("a.gender and a.them", 15, "unknown fact 'them'"),
        ('a.gender and a.area_ha == "x"', 13, "cannot compare a number with a text"),
        ("a.gender\nand a.nothing", 15, "unknown fact 'nothing'"),
        ('pair.shared_themes has "waste" and a.area_ha', 35, "a condition must be true or false"),
        ("a.gender and and b.gender", 13, "'and' cannot stand here"),
        ("a.gender and", 9, "ends too early, after 'and'"),
        ("a.gender b.gender", 9, "'b.gender' cannot stand here"),
        ("a.target_year ?? 5 > 3", 0, "'??' needs two of a kind"),
        ("a.area_ha is large", 10, "'is' must be followed by known or unknown"),
        ("a.themes has b.themes & c", 24, "'c' is not a fact"),
        ("x" * 2001, 0, "longer than 2,000 characters"),
        ("a.quote == 'x'", 0, "may stand in explanations only"),
        ("a.theme in a.theme and a.area_ha in a.themes", 23, "a number cannot be in this set"),
    ],
)
def test_a_problem_is_told_at_its_place(text: str, at: int, what: str) -> None:
    with pytest.raises(Problem) as raised:
        parse_expression(text, ROOTS)
    assert what in raised.value.what
    assert raised.value.at == at


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r'"\p{Lu}"', "Plant", True),
        (r'"\\p{Lu}"', "plant", False),
        (r'"^[[:alpha:]]+\z"', "plant", True),
        (r'("^[[:alpha:]]+\z")', "plant 2", False),
        (r'"\bland"', "wet land", True),
        (r'r"\bland"', "wetland", False),
        (r"'it\'s'", "it's", True),
        ('"[[a]]"', "[a]", True),
    ],
)
@pytest.mark.filterwarnings("error")
def test_re2_alone_reads_patterns(pattern: str, text: str, *, found: bool) -> None:
    expression = parse_expression(f"a.gender or a.action =~~ {pattern} or a.kind in {{'goal'}}", ROOTS)
    condition = compile_condition(expression.node)
    assert condition({"a": {"gender": False, "action": text, "kind": "target"}}) is found


@pytest.mark.parametrize(
    ("condition", "what", "remedy"),
    [
        ('a.action =~~ "("', "not valid in RE2: missing )", "close the parenthesis"),
        ('a.action =~~ "a]["', "not valid in RE2: missing ]", "close the bracket"),
        ('a.action =~ "*"', "not valid in RE2: no argument for repetition", "put what is repeated before"),
        ('a.action !~ "(?=x)"', "not valid in RE2: invalid perl operator", "no look-around"),
        ('a.action =~~ "\\p{Nothing}"', "not valid in RE2: invalid character class", "[[:alpha:]]"),
        ("a.action =~~ a.theme", "the pattern must be written out", "quotes"),
        ('a.action =~~ ("0" ?? a.theme)', "the pattern must be written out", "quotes"),
        ('a.gender or "land" =~~ "a"', "a pattern is compared with a constant", "with a fact"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_a_pattern_that_re2_refuses_is_told_with_its_reason(condition: str, what: str, remedy: str) -> None:
    with pytest.raises(Problem) as raised:
        parse_expression(condition, ROOTS)
    assert what in raised.value.what
    assert remedy in raised.value.remedy


@pytest.mark.parametrize(
    ("text", "at", "what", "remedy"),
    [
        ("a.themes has finance", 13, "'finance' is not a fact", 'in quotes if it is text: "finance"'),
        ("a.gender AND b.gender", 9, "'AND' is not part", "write and"),
        ("a.gender && b.gender", 9, "'&&' is not part", "write and"),
        ("a.gender || NOT b.gender", 9, "'||' is not part", "write or"),
        ('a.instrument in ["NDC"]', 16, "'[' is not part", 'in braces: {"NDC", "NAP"}'),
        ('a.instrument in ("NDC","NAP")', 22, "',' cannot stand here", 'in braces: {"NDC", "NAP"}'),
        ("a.themes == {}", 0, "'{}' is an empty set", "a.themes.is_empty"),
        ("a.area_ha >= 1,000,000", 13, "'1,000,000' is not a number", "write 1000000, without separators"),
    ],
)
def test_habits_of_other_languages_are_told_how_it_is_written_here(text: str, at: int, what: str, remedy: str) -> None:
    with pytest.raises(Problem) as raised:
        parse_expression(text, ROOTS)
    assert what in raised.value.what
    assert remedy in raised.value.remedy
    assert raised.value.at == at


@pytest.mark.parametrize(
    "text",
    ["a.target_year in {1,200}", 'a.action == "1,000 && AND []"', "share(1,200) > a.area_ha", "a.themes & b.themes"],
)
def test_what_only_looks_like_a_habit_is_no_fault(text: str) -> None:
    assert parse_expression(text, ROOTS).text == text
