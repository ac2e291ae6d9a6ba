"""report.docx: opened with another library's reader, and looked at as the XML that Word reads."""
# ruff: noqa: SLF001 - the XML that Word reads lies behind these

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from sample_report import ARABIC_QUOTE, HOSTILE_QUOTE, large_report, sample_report

from coherence.models import Provenance
from coherence.reports import render_docx
from coherence.reports.wording import Wording
from coherence.vocabulary import REPORT_LANGUAGES

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    from coherence.models import Report


def opened(report: Report) -> Document:
    return docx.Document(BytesIO(render_docx(report)))


def all_paragraphs(document: Document) -> list[Paragraph]:
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]


def with_quote(report: Report, quote: str) -> Report:
    """Return the report with another quote of its first commitment."""
    first, *others = report.commitments
    place = Provenance.model_validate({**first.provenance.model_dump(), "quote": quote, "continued": ()})
    return report.model_copy(update={"commitments": (first.model_copy(update={"provenance": place}), *others)})


def pair_tables(document: Document) -> list[Table]:
    return [
        table
        for table in document.tables
        if table.rows[0].cells[0].text == "Finding" and table.rows[0].cells[-1].text != "Decision"
    ]


@pytest.fixture(scope="module")
def document() -> Document:
    return opened(sample_report())


def test_every_recommendation_stands_with_its_draft_in_a_style_of_its_own(document: Document) -> None:
    titles = {paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"}
    assert {"1. Count the restoration area once", "2. =1+1 Name a date", "1. =Restoration <together>"} <= titles
    drafts = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Draft Wording"]
    assert drafts == [
        "The 200\N{NO-BREAK SPACE}000 ha of this target are those of the NDC.",
        "They are counted once.",
        "“Restoration” joins commitments.",
    ]


def test_addressees_and_bases_are_told_with_what_was_verified(document: Document) -> None:
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "For: UNCCD focal point, UNFCCC focal point" in texts
    assert "UNCCD decision 3/COP.16 (✓ checked against its source)" in texts
    assert "KMGBF target 2 (? not verified: check before citing)" in texts
    assert not any("SECRET UNVERIFIED WORDS" in text for text in texts)


def test_quotes_of_pairs_stand_verbatim_with_page_and_reference(document: Document) -> None:
    texts = [cell.text for table in pair_tables(document) for row in table.rows for cell in row.cells]
    for quote in (HOSTILE_QUOTE, ARABIC_QUOTE, "Restaurer 200 000 ha de terres dégradées d’ici 2030"):
        assert any(quote in text for text in texts), quote
    assert any("page 12" in text and "[continues on page 13] et 50 000 ménages." in text for text in texts)
    finding = next(each for each in sample_report().findings if each.relation == "nested")
    (told,) = [text for text in texts if finding.fingerprint.rsplit("-", maxsplit=1)[-1][:8] in text]
    assert "How the two stand: one may lie within the other" in told


def test_every_quote_of_a_finding_on_more_than_two_commitments_stands() -> None:
    report = sample_report()
    overlap = next(each for each in report.findings if each.kind == "overlap")
    third = next(each for each in report.commitments if each.id not in overlap.commitments)
    wider = overlap.model_copy(update={"commitments": (*overlap.commitments, third.id)})
    findings = tuple(wider if each is overlap else each for each in report.findings)
    tables = pair_tables(opened(report.model_copy(update={"findings": findings})))
    told = "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    quotes = {each.id: each.quote for each in report.commitments}
    assert all(quotes[name].split("\t")[0][:40] in told for name in wider.commitments)


def test_what_all_findings_of_a_rule_share_stands_once(document: Document) -> None:
    (table,) = [each for each in document.tables if each.rows[0].cells[0].text == "Rule"]
    told = {row.cells[0].text.split(" · ")[0]: row.cells[1].text for row in table.rows[1:]}
    related = [each for each in sample_report().findings if each.kind in {"overlap", "conflict", "synergy"}]
    assert set(told) == {each.rule for each in related}
    assert any("Arises where: Both mean <one> area" in text for text in told.values())
    for check in {check for each in related for check in each.falsepositives}:
        assert sum(check in cell.text for each in document.tables for row in each.rows for cell in row.cells) == sum(
            any(check in each.falsepositives for each in related if each.rule == rule) for rule in told
        )


def test_a_synergy_stands_as_a_sentence_with_its_pages_and_reference(document: Document) -> None:
    report = sample_report()
    synergy = next(each for each in report.findings if each.kind == "synergy")
    texts = [each.text for each in document.paragraphs]
    place = texts.index(synergy.explanation)
    assert texts[place + 1].startswith("Pages: ")
    assert synergy.fingerprint.rsplit("-", maxsplit=1)[-1][:8] in texts[place + 2]


def test_what_stands_behind_the_report_is_numbered_and_each_decision_is_explained_once(document: Document) -> None:
    heads = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    annexes = [head for head in heads if head.startswith("Appendix ")]
    assert heads[-len(annexes) :] == annexes
    assert [head.split(" · ")[0] for head in annexes] == [f"Appendix {n}" for n in range(1, len(annexes) + 1)]
    texts = [each.text for each in document.paragraphs]
    assert texts.count("UNCCD decision 3/COP.16 (✓ checked against its source)") == 1


def test_who_sits_at_the_table_is_said_once_where_it_is_always_the_same() -> None:
    report = sample_report()
    (item,) = report.agenda
    again = item.model_copy(update={"rank": 2})
    texts = [each.text for each in opened(report.model_copy(update={"agenda": (item, again)})).paragraphs]
    assert sum(text.startswith("At the table: ") for text in texts) == 1
    other = again.model_copy(update={"addressees": ("Water authority",)})
    texts = [each.text for each in opened(report.model_copy(update={"agenda": (item, other)})).paragraphs]
    assert sum(text.startswith("At the table: ") for text in texts) == 2


def test_headings_of_tables_repeat_and_the_foot_counts_pages(document: Document) -> None:
    assert len(document.tables) > 4
    for table in document.tables:
        assert table.style.name == "Report Table"
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in table.rows[1:])
    fields = [each.get(qn("w:instr")) for each in document.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "Côte & Île" in document.sections[0].footer.paragraphs[0].text


def test_words_of_documents_make_no_field_link_or_formula() -> None:
    hostile = 'see { HYPERLINK "https://example.org" } DDEAUTO \x00\x07\x1b\ufffe\ud800</w:t><w:p/> ]]> &amp;'
    data = render_docx(with_quote(sample_report(), hostile))
    document = docx.Document(BytesIO(data))
    shown = 'see { HYPERLINK "https://example.org" } DDEAUTO      </w:t><w:p/> ]]> &amp;'
    assert any(paragraph.text == shown for paragraph in all_paragraphs(document))
    with zipfile.ZipFile(BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
                assert b'TargetMode="External"' not in parts.read(name)
        body = parts.read("word/document.xml")
    assert b"w:instrText" not in body
    assert b"w:hyperlink" not in body


def test_equal_reports_give_equal_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_docx(sample_report())
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert render_docx(sample_report()) == first
    with zipfile.ZipFile(BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in parts.namelist())


def test_a_quote_is_marked_with_its_language_and_direction(document: Document) -> None:
    (french,) = {
        run._r.rPr.find(qn("w:lang")).get(qn("w:val"))
        for paragraph in all_paragraphs(document)
        for run in paragraph.runs
        if run.text.startswith("Restaurer 200 000 ha")
    }
    assert french == "fr-FR"
    arabic = [paragraph for paragraph in all_paragraphs(document) if paragraph.text == ARABIC_QUOTE]
    assert arabic
    for paragraph in arabic:
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None
        assert all(run.font.rtl for run in paragraph.runs)


def test_an_arabic_report_runs_from_right_to_left_but_for_its_latin_quotes() -> None:
    document = opened(sample_report("ar"))
    normal = document.styles["Normal"].element
    assert normal.pPr.find(qn("w:bidi")) is not None
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    title = document.paragraphs[0]
    assert title._p.pPr.find(qn("w:bidi")).get(qn("w:val")) is None
    assert all(run.font.rtl for run in title.runs)
    (hostile, *_) = [paragraph for paragraph in all_paragraphs(document) if paragraph.text == HOSTILE_QUOTE]
    assert hostile._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"
    assert not any(run.font.rtl for run in hostile.runs)


def test_the_most_pressing_findings_stand_and_the_others_are_counted() -> None:
    report = large_report(commitments=90, findings=200)
    related = [each for each in report.findings if each.kind in {"overlap", "conflict", "synergy"}]
    document = opened(report)
    rows = [row for table in pair_tables(document) for row in table.rows[1:]]
    assert len(rows) == 40
    assert sum(each.severity == "high" for each in related) < 40
    assert sum("Attention: high" in row.cells[0].text for row in rows) == sum(
        each.severity == "high" for each in related
    )
    assert any(paragraph.text.startswith(f"Findings shown: 40 of {len(related)}") for paragraph in document.paragraphs)


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_the_report_is_titled_and_marked_in_its_language(language: str) -> None:
    document = opened(sample_report(language))
    title = Wording(language).text("page.title", country="Côte & Île")  # type: ignore[arg-type]
    assert document.core_properties.title == title
    assert document.paragraphs[0].text == title
    assert document.core_properties.language == language
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    marks = defaults.find(qn("w:lang"))
    assert language in {mark.split("-")[0] for mark in marks.attrib.values()}


def test_a_long_quote_is_cut_with_a_mark() -> None:
    document = opened(with_quote(sample_report(), "restore wetlands " * 100))
    (cut,) = {paragraph.text for paragraph in all_paragraphs(document) if paragraph.text.startswith("restore wetlands")
              and len(paragraph.text) > 300}  # fmt: skip
    assert cut.endswith(("restore […]", "wetlands […]"))
    assert len(cut) < 910


def test_what_has_no_translation_reads_from_left_to_right_in_an_arabic_report() -> None:
    (draft,) = [each for each in opened(sample_report("ar")).paragraphs if each.text == "They are counted once."]
    assert draft._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"
    assert draft.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"


def test_french_signs_stay_with_their_words_and_quotes_as_they_are() -> None:
    quote = "Reboiser 3 000 ha : « zones sèches » ; suivi annuel"
    document = opened(with_quote(sample_report("fr"), quote))
    note = next(each.text for each in document.paragraphs if "Les paragraphes dans le style" in each.text)
    assert "«\N{NO-BREAK SPACE}Formulation proposée\N{NO-BREAK SPACE}»" in note
    drafts = [each for each in document.paragraphs if each.style.name == "Formulation proposée"]
    assert drafts
    assert {each.style.style_id for each in drafts} == {"DraftWording"}
    assert any(each.text == quote for each in all_paragraphs(document))


def test_the_first_page_says_what_to_talk_about_first(document: Document) -> None:
    texts = [each.text for each in document.paragraphs]
    place = texts.index("What to talk about first")
    assert texts[place + 2] == "1. Condition of land and soils · Attention: high"
    assert texts[place + 3].startswith("NDC ↔ LDN: 1 possible overlap · ")
    assert texts[place + 4].startswith("Begin with: The same area may be counted twice. Potential overlap")
    assert place < texts.index("Documents used")


def test_what_cannot_be_compared_has_a_table_of_its_own(document: Document) -> None:
    wanted = "Why the others cannot be compared"
    (table,) = [each for each in document.tables if wanted in [cell.text for cell in each.rows[0].cells]]
    assert [cell.text for cell in table.rows[1].cells[:3]] == ["NDC ↔ LDN", "4", "1"]
    assert "figures in different units: 2" in table.rows[1].cells[3].text


def test_the_small_table_of_counts_is_not_parted_by_a_page(document: Document) -> None:
    counts = document.tables[1]
    assert [row.cells[-1].text for row in counts.rows] == ["Total", "3", "1", "1", "2", "1"]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in counts.rows]
    assert kept == [True] * 5 + [None]


def test_findings_set_aside_stand_with_who_decided_and_why() -> None:
    report = sample_report()
    assert report.suppressed
    written = opened(report)
    said = [paragraph.text for paragraph in written.paragraphs]
    assert any(text.endswith(f"{len(report.suppressed)} finding set aside") or "findings set aside" in text
               for text in said)  # fmt: skip
    (table,) = (table for table in written.tables if table.rows[0].cells[-1].text == "Decision")
    told = "\n".join(cell.text for row in table.rows for cell in row.cells)
    for entry in report.suppressed:
        assert entry.suppression.reason in told
        assert entry.suppression.author in told
        assert entry.finding.title in told
    none_aside = opened(report.model_copy(update={"suppressed": ()}))
    assert not any("set aside" in paragraph.text for paragraph in none_aside.paragraphs)
