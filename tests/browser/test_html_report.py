"""report.html in a real browser: quiet, filterable, usable by keyboard and without scripts, whole on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from devtools import Browser, find_browser
from sample_report import large_report, sample_report

from coherence.reports import render_html
from coherence.reports.digest import short_reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXECUTABLE = find_browser()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium is installed (Debian: apt-get install chromium)"),
]

SHOWN = "[...document.querySelectorAll('.finding')].filter((node) => node.checkVisibility()).length"
SETTLED = "new Promise((done) => setTimeout(done, 50))"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert EXECUTABLE is not None
    with Browser(EXECUTABLE, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_html(sample_report()), encoding="utf-8")
    return path


def test_the_page_opens_quietly_and_asks_the_network_for_nothing(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.value(SETTLED)
    asked = {
        event["params"]["request"]["url"]
        for event in browser.events
        if event.get("method") == "Network.requestWillBeSent"
    }
    assert asked == {page.as_uri()}
    complaints = [
        event
        for event in browser.events
        if event.get("method") in {"Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"}
    ]
    assert complaints == []


def test_words_filter_the_findings(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.value(SHOWN) == 8
    find = "(() => {{ const form = document.getElementById('filter'); form.words.value = {0!r}; form.words.dispatchEvent(new Event('input', {{bubbles: true}})); }})()"  # noqa: E501 - one call
    browser.value(find.format("DEGRADEES menages"))  # without accents and case, in any place
    assert browser.value(SHOWN) == 4
    assert browser.value("document.querySelector('#filter [role=status]').textContent") == "4 of 8 shown"
    browser.value(find.format("no such words"))
    assert browser.value(SHOWN) == 0
    browser.value("document.querySelector('#filter [type=reset]').click()")
    browser.value(SETTLED)
    assert browser.value(SHOWN) == 8


def test_words_filter_the_commitments(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    path.write_text(render_html(large_report(60, 8)), encoding="utf-8")
    browser.open(path)
    browser.value(
        "(() => { const form = document.getElementById('filter-commitments'); form.words.value = 'restore 17 ha';"
        " form.words.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    rows = "[...document.querySelectorAll('.commitments tbody tr')].filter((node) => node.checkVisibility()).length"
    assert browser.value(rows) == 2  # one restores 17 ha, one stands on page 17
    assert browser.value("document.querySelector('#filter-commitments [role=status]').textContent") == "2 of 60 shown"
    assert browser.value(SHOWN) == 8


def test_a_number_of_the_matrix_shows_its_findings(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.value("document.querySelector('.matrix a[data-filter-pair=NDC-LDN]').click()")
    browser.value(SETTLED)
    assert browser.value(SHOWN) == 1
    assert browser.value("document.getElementById('filter').pair.value") == "NDC-LDN"


def test_a_link_to_a_finding_that_the_filter_hides_shows_it(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.value("document.querySelector('.matrix a[data-filter-pair=NDC-LDN]').click()")
    browser.value(SETTLED)
    browser.value("document.querySelector('.across a').hash")
    target = browser.value("document.querySelector('.across a').hash.slice(1)")
    browser.value(f"location.hash = '{target}'")
    browser.value(SETTLED)
    assert browser.value(f"document.getElementById('{target}').checkVisibility()")


def test_the_keyboard_reaches_the_content_first(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press("Tab")
    assert browser.value("document.activeElement.className") == "skip"
    assert browser.value("document.activeElement.getBoundingClientRect().left >= 0")
    browser.press("Enter")
    browser.value(SETTLED)
    assert browser.value("document.activeElement.id") == "content"


def test_a_page_from_right_to_left_does_not_scroll_sideways(browser: Browser, tmp_path: Path) -> None:
    """What is kept off the page must lie on the side to which such a page cannot be scrolled."""
    arabic = tmp_path / "report.html"
    arabic.write_text(render_html(sample_report("ar")), encoding="utf-8")
    browser.open(arabic)
    assert browser.value("document.dir") == "rtl"
    root = "document.documentElement"
    assert browser.value(f"{root}.scrollWidth <= {root}.clientWidth")


def test_a_narrow_screen_does_not_scroll_sideways(browser: Browser, page: Path) -> None:
    browser.call("Emulation.setDeviceMetricsOverride", width=360, height=700, deviceScaleFactor=1, mobile=True)
    try:
        browser.open(page)
        assert browser.value("document.documentElement.scrollWidth") <= 360
    finally:
        browser.call("Emulation.clearDeviceMetricsOverride")


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_shows_the_findings_without_the_conditions_of_rules(
    browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    path = tmp_path / "large.html"
    report = large_report(60, 40)
    path.write_text(render_html(report), encoding="utf-8")
    browser.call("Emulation.setScriptExecutionDisabled", value=not scripts)
    try:
        browser.open(path)
        printed = browser.pdf()
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    document = pypdfium2.PdfDocument(printed)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    text = re.sub(r"\s+", "", text)
    assert all(
        short_reference(finding.fingerprint) in text for finding in report.findings if len(finding.commitments) > 1
    )
    assert "a.area_ha==b.area_ha" not in text
    assert "Commitmentsbydocument" not in text
    assert "Notprintedhere" in text
    assert "Searchandfilter" not in text


def test_everything_is_printed_when_asked_for(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    report = large_report(60, 40)
    path.write_text(render_html(report), encoding="utf-8")
    browser.open(path)
    browser.value("print = () => {}")
    browser.value("document.querySelector('[data-print=all]').click()")
    document = pypdfium2.PdfDocument(browser.pdf())
    text = re.sub(r"\s+", "", "".join(page.get_textpage().get_text_bounded() for page in document))
    document.close()
    assert all(finding.fingerprint in text for finding in report.findings)
    assert "a.area_ha==b.area_ha" in text
    assert "Commitmentsbydocument" in text


def test_the_brief_has_three_pages_at_most(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    path.write_text(render_html(large_report()), encoding="utf-8")
    browser.open(path)
    browser.value("print = () => {}")
    browser.value("document.querySelector('[data-print=brief]').click()")
    document = pypdfium2.PdfDocument(browser.pdf())
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    pages = len(document)
    document.close()
    assert pages <= 3
    assert "Snapshot" in text
    assert "Where the instruments meet" in text
    assert "Commitments by document" not in text


def test_the_page_is_whole_without_scripts(browser: Browser, page: Path) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page)
        root = browser.call("DOM.getDocument")["root"]["nodeId"]
        html = browser.call("DOM.getOuterHTML", nodeId=root)["outerHTML"]
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert 'id="filter" hidden=""' in html
    assert html.count('<div class="finding') == 6
    assert html.count('class="mark-of ') == 1
    assert html.count('<tbody class="finding') == 2
