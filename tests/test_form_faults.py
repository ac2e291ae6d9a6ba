"""What a person reads where a YAML file does not have the form of its model."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, StrictBool, ValidationError

from coherence.form_faults import closest, did_you_mean, form_faults
from coherence.models import Frozen
from coherence.strict_yaml import load_marked

if TYPE_CHECKING:
    from pathlib import Path


class Wheel(Frozen):
    size: float = Field(gt=0, le=30)
    colour: Literal["red", "green"]


class Cart(Frozen):
    name: str = Field(min_length=1)
    wheels: tuple[Wheel, ...] = Field(min_length=1)
    sold: StrictBool = False
    on: date | None = None


GOOD = "name: Cart\nwheels:\n  - {size: 3, colour: red}\n"


def told(folder: Path, text: str) -> list[str]:
    path = folder / "cart.yaml"
    path.write_text(text, encoding="utf-8")
    marked = load_marked(path)
    try:
        Cart.model_validate(marked.data)
    except ValidationError as problem:
        found = form_faults(problem, marked, Cart, "the manual")
        return [str(each).removeprefix(f"{path}:") for each in found]
    return []


@pytest.mark.parametrize(
    ("text", "where", "what", "remedy"),
    [
        (GOOD + "nmae: x\n", "4:1", "unknown key 'nmae'", "did you mean 'name'?"),
        (
            GOOD + "sold: yes\n",
            "4:7",
            "'sold' must be true or false, not 'yes'",
            "write true or false: yes, no, on and off are plain words",
        ),
        (GOOD + "on: soon\n", "4:5", "'on' must be a date, not 'soon'", "write year, month and day, as 2027-12-31"),
        (GOOD.replace("red", "rde"), "3:23", "unknown colour 'rde'", "did you mean 'red'?"),
        (GOOD.replace("red", "blue"), "3:23", "unknown colour 'blue'", "one of: red, green"),
        (
            GOOD.replace("size: 3", "size: big"),
            "3:12",
            "'size' must be a number, not 'big'",
            "write digits, with a point before decimals",
        ),
        (GOOD.replace("size: 3", "size: 300"), "3:12", "size 300 is too large", "the largest is 30.0"),
        (GOOD.replace("size: 3", "size: 0"), "3:12", "size 0 is too small", "it must be more than 0.0"),
        (GOOD.replace("size: 3, ", ""), "3:5", "'size' is missing in 'wheels'", "add 'size'"),
        (GOOD.replace("Cart", "''"), "1:7", "'name' is empty", "fill it in"),
        (
            GOOD.replace("Cart", "[a]"),
            "1:7",
            "'name' must be a text, not a list",
            "write it on one line, in quotes if it holds a colon",
        ),
        (
            "name: Cart\nwheels: 4\n",
            "2:9",
            "'wheels' must be a list, not '4'",
            "begin each entry with a hyphen, or write [one, two]",
        ),
        ("name: Cart\nwheels: []\n", "2:9", "'wheels' is empty", "fill it in"),
        (
            "name: Cart\nwheels: [4]\n",
            "2:10",
            "an entry of 'wheels' must have keys, not be '4'",
            "write - {size: ..., colour: ...}",
        ),
        ("name: Cart\n", "1:1", "'wheels' is missing", "add 'wheels'"),
    ],
)
def test_a_fault_says_where_what_and_what_next(tmp_path: Path, text: str, where: str, what: str, remedy: str) -> None:
    assert told(tmp_path, text) == [f"{where}: {what}; {remedy}"]


def test_a_file_of_the_right_form_has_no_fault(tmp_path: Path) -> None:
    assert told(tmp_path, GOOD) == []


def test_all_faults_are_told_at_once_and_each_once(tmp_path: Path) -> None:
    found = told(tmp_path, "nam: Cart\nwheels:\n  - {size: 0, colour: rde}\n  - {size: 1, colour: red, x: 1}\n")
    assert len(found) == 5
    assert not any("is empty" in each for each in found)


def test_letters_in_another_order_are_the_likeliest_meaning() -> None:
    assert closest("LND", ["NDC", "NAP", "LDN", "NBSAP"]) == "LDN"
    assert did_you_mean("Ndc", ["NDC", "LDN"]) == "did you mean 'NDC'?"
    assert did_you_mean("xyz", []) == ""


@given(st.text(max_size=8), st.lists(st.text(min_size=1, max_size=8), max_size=6))
def test_what_was_meant_is_known_whatever_was_written(word: str, known: list[Any]) -> None:
    assert closest(word, known) in {"", *known}
    assert all(closest(each, [each]) == each for each in known)
