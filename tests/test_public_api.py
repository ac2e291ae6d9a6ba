"""What a program that embeds the library leans on: names with descriptions, and errors of one family."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import coherence

GHANA = Path(__file__).parents[1] / "corpora" / "ghana"
MODULES = sorted(each.name for each in pkgutil.walk_packages(coherence.__path__, "coherence."))


@pytest.mark.parametrize("name", ["coherence", *MODULES])
def test_everything_public_says_what_it_is(name: str) -> None:
    module = importlib.import_module(name)
    silent = []
    for each in getattr(module, "__all__", ()):
        found = getattr(module, each)
        if inspect.isclass(found) or (inspect.isfunction(found) and found.__name__ != "<lambda>"):
            silent += [each] if not found.__dict__.get("__doc__", found.__doc__) else []
        if inspect.isclass(found):
            methods = (value for key, value in vars(found).items() if not key.startswith("_"))
            silent += [f"{each}.{one.__name__}" for one in methods if inspect.isfunction(one) and not one.__doc__]
    assert silent == []


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"language": "de"}, coherence.CoherenceError, "choose from en, fr, es"),
        ({"as_of": "2026-01-01"}, coherence.CoherenceError, "give a datetime.date"),
        ({"as_of": datetime(2026, 1, 1, tzinfo=UTC)}, coherence.CoherenceError, "give a datetime.date"),
        ({"rules": ["no such folder"]}, coherence.RuleError, "there is no such folder of rules"),
        ({"rules": "no such folder"}, coherence.RuleError, "no such folder: there is"),
    ],
)
def test_an_argument_that_cannot_be_used_is_told_before_anything_is_read(
    arguments: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        coherence.assess(GHANA, **arguments)


def test_what_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(coherence.ReadingError, match="no such file or folder"):
        coherence.extract([tmp_path / "absent.pdf"])
    with pytest.raises(coherence.DossierError, match="no such folder"):
        coherence.assess(tmp_path / "absent")
    assert [fault.what for fault in coherence.load_rules(tmp_path / "absent").faults] == [
        "there is no such folder of rules"
    ]


def test_one_path_stands_for_a_list_of_one(tmp_path: Path) -> None:
    plan = tmp_path / "ndc_2021_kenya.md"
    plan.write_text("# Kenya: NDC\n\nKenya will plant 900 ha of mangroves by 2030.\n", encoding="utf-8")
    assert coherence.extract(str(plan)) == coherence.extract([plan])
