"""What a report says is set as its language sets it; what a document says stays as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.reports import render_html
from coherence.reports.digest import digest
from coherence.reports.typography import typeset
from coherence.reports.wording import Wording
from tests.sample_report import sample_report

NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
SAID = "L'un dit : « l'eau des 40 000 ha ; lot n° 2 » ; l'autre non ? Oui (25 %) ; voir ici !"


def test_french_signs_stay_with_their_words_and_apostrophes_are_curved_outside_quotes() -> None:
    assert typeset(SAID, "fr") == (
        f"L’un dit{NO_BREAK}: «{NO_BREAK}l'eau des 40{NO_BREAK}000 ha{NARROW}; lot n° 2{NO_BREAK}»{NARROW}; l’autre non"
        f"{NARROW}? Oui (25{NO_BREAK}%){NARROW}; voir ici{NARROW}!"
    )


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "the target's 3 500 ha: “the state's own”", f"the target’s 3{NO_BREAK}500 ha: “the state's own”"),
        ("es", "Las 1 200 ha: «agua» ; fin", f"Las 1{NO_BREAK}200 ha: «agua» ; fin"),
        ("fr", "en 2030 12 projets", "en 2030 12 projets"),
        ("fr", "a.unit != b.unit", "a.unit != b.unit"),
        ("ru", "«леса» : 12 000 га", f"«леса» : 12{NO_BREAK}000 га"),
    ],
)
def test_each_language_keeps_its_own_signs(language: str, text: str, expected: str) -> None:
    assert typeset(text, language) == expected  # type: ignore[arg-type]


@given(st.text(alphabet="aé' «»“”:;?!% 0123(\n"), st.sampled_from(["en", "fr", "es", "ar", "ru", "zh"]))
def test_only_spaces_and_apostrophes_are_set_and_setting_twice_changes_nothing(text: str, language: str) -> None:
    found = typeset(text, language)  # type: ignore[arg-type]
    assert re.sub(f"[{NO_BREAK}{NARROW}]", " ", found).replace("’", "'") == text
    assert typeset(found, language) == found  # type: ignore[arg-type]


def test_sentences_of_rules_are_set_and_quotes_of_documents_are_not() -> None:
    report = sample_report("fr")
    first, *others = report.findings
    told = first.model_copy(update={"explanation": SAID, "falsepositives": (SAID,), "title": "L'eau : deux plans"})
    view = digest(report.model_copy(update={"findings": (told, *others)}))
    found = view.findings[told.fingerprint]
    assert found.explanation == typeset(SAID, "fr") != SAID
    assert found.falsepositives == (found.explanation,)
    assert found.title == f"L’eau{NO_BREAK}: deux plans"
    assert {each.id: each.quote for each in view.report.commitments} == {
        each.id: each.quote for each in report.commitments
    }


def test_labels_are_set_and_the_values_in_them_are_not() -> None:
    assert Wording("fr").labelled("Page", "a : b") == f"Page{NO_BREAK}: a : b"


def test_counts_by_attention_read_as_a_list_and_not_as_a_broken_phrase() -> None:
    page = render_html(sample_report("fr"))
    tiles = re.findall(r"<small>(.*?)</small>", page)
    assert tiles
    assert any(re.search(rf"^Attention{NO_BREAK}:\s+(?:élevée|moyenne|faible)&nbsp;\d", tile) for tile in tiles)
    assert not any(re.search(r"\d (?:élevée|moyenne|faible)", tile) for tile in tiles)
