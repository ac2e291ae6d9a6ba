"""report.html: self-contained, escaped, accessible, complete."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_report import ARABIC_QUOTE, HOSTILE_QUOTE, LONG_QUOTE, large_report, sample_report
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from coherence.models import Missing
from coherence.reports import render_html
from coherence.reports.html_report import anchor
from coherence.reports.typography import typeset
from coherence.vocabulary import REPORT_LANGUAGES

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def page() -> HTMLParser:
    return HTMLParser(render_html(sample_report()))


def attribute(node: Node, name: str) -> str:
    return node.attributes[name] or ""


def ancestors(node: Node) -> list[Node]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def relative_luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_nothing_is_loaded_from_outside(language: str) -> None:
    html = render_html(sample_report(language))
    page = HTMLParser(html)
    for name in ("src", "href", "action", "srcset", "data", "poster"):
        assert all(attribute(node, name).startswith("#") for node in page.css(f"[{name}]"))
    assert page.css("link, img, iframe, object, embed, base") == []
    assert re.search(r"url\(|@import|https?://[^<\s]*\.(js|css)", html) is None


def test_the_security_policy_admits_the_pages_own_style_and_script_only() -> None:
    html = render_html(sample_report())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    for tag in ("style", "script"):
        own = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert own is not None
        wanted = base64.b64encode(hashlib.sha256(own[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{wanted}'" in policy[1].replace("&#39;", "'")


def test_words_of_documents_are_never_markup(page: HTMLParser) -> None:
    html = render_html(sample_report())
    assert "<script>alert" not in html
    assert len(page.css("script")) == 1
    assert any(node.text() == HOSTILE_QUOTE for node in page.css("blockquote"))


def test_quotes_stand_verbatim_in_their_language_and_direction(page: HTMLParser) -> None:
    quotes = page.css("blockquote")
    arabic = [node for node in quotes if node.text() == ARABIC_QUOTE]
    assert arabic
    assert all((attribute(node, "lang"), attribute(node, "dir")) == ("ar", "rtl") for node in arabic)
    assert any(node.text() == LONG_QUOTE for node in quotes)
    assert any(node.text() == "Region\t+5 000 ha\t@2025" for node in quotes)


def test_every_link_has_its_target_and_ids_are_distinct(page: HTMLParser) -> None:
    ids = [attribute(node, "id") for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {attribute(node, "href")[1:] for node in page.css("a[href]")} <= set(ids)


def test_every_finding_shows_its_quotes_rule_version_and_fingerprint(page: HTMLParser) -> None:
    report = sample_report()
    for finding in report.findings:
        card = page.css_first(f"#{anchor('finding', finding.fingerprint)}")
        assert card is not None
        text = card.text()
        assert finding.fingerprint in card.html
        assert ("one may lie within the other" in text) is (finding.relation == "nested")
        wholes = {"hub", "finding gap", "finding quality"}
        whole = next(node for node in (*ancestors(card), card) if node.attributes.get("class") in wholes)
        assert finding.explanation in whole.text()
        quotes = {commitment.id: commitment.quote for commitment in report.commitments}
        assert f"{finding.rule} {finding.rule_version}" in whole.text()
        if finding.kind in {"gap", "quality"}:
            assert all(quotes[name][:100] in whole.text() for name in finding.commitments)
        else:
            assert all(quotes[name] in whole.text() for name in finding.commitments)
            assert all(entry.condition in text for entry in finding.conditions)


def test_conflicts_say_what_kind_they_are_when_they_arise_and_how_to_handle_them(page: HTMLParser) -> None:
    section = page.css_first("#kind-conflict")
    assert section is not None
    text = section.text()
    assert "1 possible contradiction to clear up" in text
    assert "tension" not in text
    assert "Arises where: Both mean <one> area" in text
    assert "Can be handled by: one value or an explanation of both" in text
    overlaps = page.css_first("#kind-overlap")
    assert overlaps is not None
    assert "Arises where" not in overlaps.text()


def test_the_matrix_counts_every_finding_once(page: HTMLParser) -> None:
    numbers = [int(node.text()) for node in page.css(".matrix a b, .across a b")]
    assert sum(numbers) == len(sample_report().findings)
    assert [int(node.text()) for node in page.css(".across a b")] == [1]


def test_what_cannot_be_compared_is_said(page: HTMLParser) -> None:
    assert len(page.css(".matrix td.no_document")) == 4
    assert "not comparable: no document" in page.css_first(".matrix").text()


def test_unverified_basis_is_marked_and_its_source_not_quoted(page: HTMLParser) -> None:
    assert "SECRET UNVERIFIED WORDS" not in page.html
    marks = [node.text() for node in page.css(".basis li") if "KMGBF target 2" in node.text()]
    assert marks
    assert all("not verified" in mark for mark in marks)


def test_what_was_left_out_stands_in_the_snapshot(page: HTMLParser) -> None:
    snapshot = page.css_first("#snapshot").text()
    assert "scan.pdf" in snapshot
    assert "1–3, 9" in snapshot
    assert "No document in the folder for: NAP" in snapshot


def test_findings_set_aside_stand_apart_with_reason_author_and_end(page: HTMLParser) -> None:
    section = page.css_first("#suppressed")
    assert section is not None
    shown = section.text()
    for entry in sample_report().suppressed:
        words = (entry.finding.fingerprint, entry.suppression.reason, entry.suppression.author, "31 December 2027")
        assert all(each in shown for each in words)
        assert all(entry.finding.fingerprint not in each.text() for each in page.css("#findings, #matrix, #snapshot"))
    assert "8 findings" in page.css_first("#snapshot").text()
    assert "2 findings set aside" in page.css_first("#snapshot").text()


def test_the_appendix_names_the_packs_and_what_they_change(page: HTMLParser) -> None:
    shown = page.css_first("#appendix").text()
    for pack in sample_report().packs:
        assert pack.name in shown
        assert pack.hash in shown
    assert "OVL-001 0.9.0 of coherence by 1.0.0" in shown
    assert "QUA-009: @Stated in <annex>" in shown
    assert "coherence 1.0.0" in page.css_first("footer").text()


def test_absent_and_missing_are_told_apart(page: HTMLParser) -> None:
    gaps = page.css_first("#kind-gap").text()
    assert "Looked for in" in gaps
    assert "No document of this instrument is in the folder: NAP" in gaps
    assert "not found in the text" in page.css_first("#kind-quality").text().lower()


def test_findings_on_one_commitment_stand_together_with_one_mark_each() -> None:
    report = sample_report()
    model = next(finding for finding in report.findings if finding.kind == "quality")
    more = tuple(
        model.model_copy(update={"fingerprint": f"f-{name}", "missing": Missing(instrument="NDC", element=name)})
        for name in ("quantity", "place", "gender")
    )
    page = HTMLParser(render_html(report.model_copy(update={"findings": (*report.findings, *more)})))
    (row,) = page.css("#kind-quality tbody.finding")
    assert len(row.css(".mark-of")) == 4
    assert attribute(row, "data-count") == "4"
    assert len(row.css("q")) == 1
    heads = [node.text() for node in page.css("#kind-quality .together > thead th")]
    assert heads == ["Quote", "Figure", "Date", "Place", "Gender"]


def test_the_words_that_several_findings_share_stand_once() -> None:
    report = sample_report()
    page = HTMLParser(render_html(report))
    first = report.commitments[0]
    (hub,) = [node for node in page.css("#kind-overlap .hub") if len(node.css(".finding")) > 1]
    assert len([node for node in hub.css("blockquote") if first.quote in node.text()]) == 1
    assert "2 findings" in hub.css_first("h5").text()


def test_gaps_of_one_subject_and_reason_stand_in_one_row() -> None:
    report = sample_report()
    gap = report.findings[4]
    other = gap.model_copy(update={"fingerprint": "f-second", "commitments": (report.commitments[1].id,)})
    page = HTMLParser(render_html(report.model_copy(update={"findings": (gap, other), "subjects": ()})))
    (row,) = page.css("#kind-gap table.subjects tbody")
    assert attribute(row, "data-count") == "2"
    assert [attribute(node, "id") for node in row.css("li")] == [
        anchor("finding", name) for name in sorted((gap.fingerprint, "f-second"))
    ]
    assert row.text().count(gap.explanation) == 1


def test_the_brief_says_what_to_talk_about_first_and_what_could_not_be_compared(page: HTMLParser) -> None:
    (item,) = page.css("#snapshot .agenda > li")
    text = item.text()
    assert "Condition of land and soils" in text
    assert "NDC ↔ LDN: 1 possible overlap" in text
    assert "At the table: UNFCCC national focal point, CBD national focal point, UNCCD national focal point" in text
    cells = [node.text() for node in page.css("#comparisons tbody tr > *")]
    assert cells[:3] == ["NDC ↔ LDN", "4", "1"]
    without = sample_report().model_copy(update={"agenda": (), "comparisons": ()})
    assert not HTMLParser(render_html(without)).css("#comparisons, .agenda")


def test_parts_stand_under_their_main_commitment() -> None:
    report = sample_report()
    main = report.commitments[0]
    cost = main.model_copy(update={"id": "c-cost", "part_of": main.id, "part": "cost"})
    page = HTMLParser(render_html(report.model_copy(update={"commitments": (cost, *report.commitments)})))
    rows = page.css(".commitments tbody tr")
    ids = [attribute(node, "id") for node in rows]
    place = ids.index(anchor("commitment", "c-cost"))
    assert ids[place - 1] == anchor("commitment", main.id)
    assert attribute(rows[place], "class") == "part"
    assert "cost" in rows[place].text()
    assert rows[place].css("blockquote") == []
    assert "6 commitments (1 milestone, cost or effect within them)" in page.css_first("#snapshot").text()


def test_the_page_can_be_used_by_keyboard_and_screen_reader(page: HTMLParser) -> None:
    assert attribute(page.css_first("html"), "lang") == "en"
    assert page.css_first("body a").attributes["class"] == "skip"
    assert all("scope" in node.attributes for node in page.css("th"))
    assert all(node.parent is not None and node.parent.tag == "label" for node in page.css("form input, form select"))
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4, h5")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_colours_have_contrast_and_none_is_red() -> None:
    html = render_html(sample_report())
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", html))
    for name in ("ink", "soft", "link", "overlap", "synergy", "conflict", "gap", "quality"):
        for ground in ("ground", "shade"):
            low, high = sorted((relative_luminance(colours[name]), relative_luminance(colours[ground])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (name, ground)
        red, green, blue = (int(colours[name][index : index + 2], 16) for index in (1, 3, 5))
        assert not (red > 2 * green and red > 2 * blue), name


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_the_report_speaks_its_language(language: str) -> None:
    page = HTMLParser(render_html(sample_report(language)))
    title = {
        "en": "Snapshot", "fr": "En un coup d’œil", "es": "De un vistazo",
        "ar": "لمحة عامة", "ru": "Обзор", "zh": "概览",
    }[language]  # fmt: skip
    assert attribute(page.css_first("html"), "lang") == language
    assert attribute(page.css_first("html"), "dir") == ("rtl" if language == "ar" else "ltr")
    assert page.css_first("#snapshot h2").text() == title
    # Quotes keep the language and the direction of their document.
    directions = {(quote.attributes["lang"], quote.attributes["dir"]) for quote in page.css("blockquote")}
    assert directions <= {("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")}


def test_what_is_not_translated_is_marked_as_english() -> None:
    page = HTMLParser(render_html(sample_report("ar")))
    titles = page.css('.finding p span[lang="en"][dir="ltr"]')
    assert titles
    assert not HTMLParser(render_html(sample_report("fr"))).css('span[lang="en"]')


def test_a_large_report_stays_small() -> None:
    html = render_html(large_report())
    assert len(html.encode()) < 5_000_000
    assert html.count('class="finding ') == 400
    closed = [node for node in HTMLParser(html).css("details.rule, details.document") if "open" not in node.attributes]
    assert closed


def test_an_empty_report_is_a_whole_page() -> None:
    empty = {"commitments": (), "findings": (), "recommendations": (), "rules": (), "notices": (), "left_out": ()}
    page = HTMLParser(render_html(sample_report().model_copy(update=empty)))
    assert "Every document of the folder was read" in page.css_first("#snapshot").text()
    assert page.css_first("#filter") is None
    assert "not comparable: no commitment found in the text" in page.css_first(".matrix").text()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1), min_size=2, max_size=2, unique=True))
def test_anchors_are_distinct_and_plain(names: list[str]) -> None:
    first, second = (anchor("x", name) for name in names)
    assert first != second
    assert re.fullmatch(r"[A-Za-z0-9-]+", first)


@settings(max_examples=30, deadline=None)
@given(st.text())
def test_any_words_survive_as_text(words: str) -> None:
    report = sample_report()
    finding = report.findings[0].model_copy(update={"explanation": f"x{words}x"})
    page = HTMLParser(render_html(report.model_copy(update={"findings": (finding,)})))
    shown = page.css_first(".finding p.explanation").text()
    plain = re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", typeset(f"x{words}x", "en")
    )
    assert shown == plain.replace("\r\n", "\n").replace("\r", "\n")


def test_candidate_projects_stand_with_their_members_and_are_left_out_where_there_are_none() -> None:
    page = render_html(sample_report())
    assert 'href="#clusters"' in page
    assert "=Restoration &lt;together&gt;" in page
    assert "1,000 ha to 200,000 ha, stated singly" in page
    without = render_html(sample_report().model_copy(update={"clusters": ()}))
    assert "clusters" not in without


def test_no_rule_of_the_style_sheet_stands_twice() -> None:
    sheet = (ROOT / "coherence" / "reports" / "templates" / "report.css").read_text(encoding="utf-8")
    rules = [line.strip() for line in sheet.splitlines() if line.strip().endswith("}") and "{" in line]
    assert [line for line, times in Counter(rules).items() if times > 1] == []
    printed = sheet[sheet.index("@media print {") :]
    assert "break-inside: avoid" in printed


def test_a_draft_sets_its_items_as_a_list() -> None:
    report = sample_report()
    first, *others = report.recommendations
    told = first.model_copy(update={"draft": "Both are meant:\n– one <b>;\n– the other.\nIt ends."})
    page = HTMLParser(render_html(report.model_copy(update={"recommendations": (told, *others)})))
    draft = page.css_first("#recommendations dd.draft")
    assert [each.text() for each in draft.css("li")] == ["one <b>;", "the other."]
    assert [each.text() for each in draft.css("p")] == ["Both are meant:", "It ends."]


def test_a_repetition_is_told_where_it_is_on_another_page() -> None:
    report = sample_report()
    first, *others = report.commitments
    place = first.provenance
    pages = (place.page, place.page + 4)
    again = first.model_copy(update={"repeats": tuple(place.model_copy(update={"page": page}) for page in pages)})
    same = first.model_copy(update={"repeats": (place,)})
    told = {
        name: HTMLParser(render_html(report.model_copy(update={"commitments": (each, *others)}))).text()
        for name, each in (("again", again), ("same", same))
    }
    assert f"also on page {place.page + 4}" in told["again"]
    assert "also on page" not in told["same"]


def test_the_sentence_of_a_synergy_of_several_goes_before_its_quotes() -> None:
    report = sample_report()
    synergy = next(each for each in report.findings if each.kind == "synergy")
    others = [each for each in report.commitments if each.id not in synergy.commitments]
    several = synergy.model_copy(update={"commitments": (*synergy.commitments, others[0].id)})
    findings = tuple(several if each is synergy else each for each in report.findings)
    page = HTMLParser(render_html(report.model_copy(update={"findings": findings})))
    entry = page.css_first(f"#{anchor('finding', several.fingerprint)}")
    inside = [each.tag for each in entry.iter() if each.tag in {"p", "details", "figure"}]
    assert inside[1:3] == ["p", "details"]
    assert len(entry.css("details.supporting figure")) == len(several.commitments) - 1
    assert synergy.explanation in entry.css_first("p.explanation").text()
