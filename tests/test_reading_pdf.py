"""Reading of PDFs that are made here: prose, lists, notes, faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import reportlab
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from coherence.errors import ReadingError
from coherence.reading.paragraphs import split_marker
from coherence.reading.pdf import PdfReading, read_pdf
from coherence.reading.rtl import logical_text, mend_ligatures

HEIGHT = A4[1]


def write_lines(canvas: Canvas, lines: list[str], top: float, left: float = 72, size: float = 11) -> float:
    canvas.setFont("Helvetica", size)
    for line in lines:
        canvas.drawString(left, HEIGHT - top, line)
        top += 1.25 * size
    return top


def passages(reading: PdfReading, kind: str) -> list[str]:
    return [passage.text for passage in reading.passages if passage.kind == kind]


def assert_verbatim(reading: PdfReading) -> None:
    for passage in reading.passages:
        for span in passage.spans:
            assert reading.pages[span.page - 1].text[span.start : span.end] == span.text
        for cell in passage.cells:
            assert cell.start == cell.end or passage.text[cell.start : cell.end] == cell.text


def test_sentence_over_page_break_is_one_passage_without_running_head(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    texts = [
        [
            "The country will restore four hundred thousand hectares of land that",
            "has been degraded and will protect the",
        ],
        ["forests of the north by 2030. The ministry will report on it each year", "to the parliament."],
        ["A third page ends the plan with a sentence that says nothing new here."],
    ]
    for number, lines in enumerate(texts, start=1):
        write_lines(canvas, [f"National plan of the Republic - page {number}"], 30, size=8)
        write_lines(canvas, lines, 100)
        canvas.showPage()
    canvas.save()
    reading = read_pdf(path)
    assert all("National plan" not in page.text for page in reading.pages)
    joined = reading.passages[0]
    assert [span.page for span in joined.spans] == [1, 2]
    assert "will protect the forests of the north by 2030." in joined.text
    assert_verbatim(reading)


def test_a_head_below_a_wide_margin_is_no_heading_of_every_page(tmp_path: Path) -> None:
    path = tmp_path / "wide.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    texts = ["Measures of the ministry for", "the wells of the north and their", "herders, who wait for them."]
    for text in texts:
        write_lines(canvas, ["MINISTRY OF PASTURES AND WELLS"], 125, size=12)
        write_lines(canvas, [text], 160)
        canvas.showPage()
    canvas.save()
    reading = read_pdf(path)
    assert [passage.text for passage in reading.passages] == [" ".join(texts)]


def test_first_rows_that_differ_stay(tmp_path: Path) -> None:
    path = tmp_path / "starts.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for district in ("Northern", "Southern", "Eastern"):
        write_lines(canvas, [f"{district} districts need wells for their herds."], 125)
        canvas.showPage()
    canvas.save()
    assert len(read_pdf(path).passages) == 3


def test_a_lead_in_that_ends_overleaf_governs_its_items(tmp_path: Path) -> None:
    path = tmp_path / "overleaf.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    write_lines(canvas, ["The ministry has a plan for herders and their animals in the dry north. The"], 100)
    canvas.showPage()
    top = write_lines(canvas, ["further benefits of the plan are:"], 100)
    write_lines(canvas, ["- healthy children and", "- more milk."], top + 8, left=90)
    canvas.save()
    items = [p for p in read_pdf(path).passages if p.kind == "list_item"]
    assert [p.headings[-1:] for p in items] == [("The further benefits of the plan are:",)] * 2


@pytest.mark.parametrize("mark", ["\u2212 ", "\u2212", "\u208b ", "- ", "-", "\u2013 ", "II- ", "iv \u2013 "])
def test_lines_behind_dashes_and_numerals_are_items(mark: str) -> None:
    marker, rest = split_marker(f"{mark}Wells for herders")
    assert (marker, rest.lstrip()) == (mark.strip(), "Wells for herders")


@pytest.mark.parametrize("line", ["-based wells", "\u2212 5.5", "Well-known wells", "-5 degrees", "VIA - Rome"])
def test_dashes_within_words_and_before_figures_open_no_item(line: str) -> None:
    marker, rest = split_marker(line)
    assert not marker or rest[0].isdigit()


def test_list_items_carry_their_lead_in(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(72, HEIGHT - 80, "2. Targets")
    write_lines(canvas, ["The plan was adopted. By 2030 the country will:"], 110)
    write_lines(canvas, ["\u2022 plant 5 million trees;", "\u2022 protect 30% of the land."], 126, left=90)
    canvas.save()
    items = [passage for passage in read_pdf(path).passages if passage.kind == "list_item"]
    assert [item.text for item in items] == ["plant 5 million trees;", "protect 30% of the land."]
    assert all(item.headings == ("2. Targets", "By 2030 the country will:") for item in items)


def test_footnote_marks_go_and_subscripts_stay(tmp_path: Path) -> None:
    path = tmp_path / "marks.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    text = canvas.beginText(72, HEIGHT - 100)
    for piece, size, rise in (
        ("Emissions fall by 45%", 11, 0), ("14", 7, 4), (" to 12 MtCO", 11, 0), ("2", 7, -2), ("e in 20 km", 11, 0),
        ("2", 7, 4), (" of forest by then.", 11, 0),
    ):  # fmt: skip
        text.setFont("Helvetica", size)
        text.setRise(rise)
        text.textOut(piece)
    canvas.drawText(text)
    canvas.save()
    assert passages(read_pdf(path), "paragraph") == ["Emissions fall by 45% to 12 MtCO2e in 20 km2 of forest by then."]


def test_small_figures_at_the_foot_of_a_page_are_no_footnotes(tmp_path: Path) -> None:
    path = tmp_path / "foot.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    write_lines(canvas, [f"The plan names {word} and says how it is reached." for word in ("a", "b", "c", "d")], 100)
    for top, line in ((700, "2025: 1,200 tonnes"), (725, "12% less than today"), (750, "3 Law of the forests.")):
        write_lines(canvas, [line], top, size=8)
    canvas.save()
    reading = read_pdf(path)
    assert passages(reading, "footnote") == ["3 Law of the forests."]
    assert {"2025: 1,200 tonnes", "12% less than today"} <= set(passages(reading, "paragraph"))


def test_hyphens_at_line_ends_are_mended_and_compounds_kept(tmp_path: Path) -> None:
    path = tmp_path / "hyphen.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    write_lines(
        canvas,
        ["The rehabilitation of land is a long-term aim. The rehabili-", "tation of soils is a long-", "term aim too."],
        100,
    )
    canvas.save()
    text = read_pdf(path).pages[0].text
    assert "The rehabilitation of soils is a long-term aim too." in text


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "columns.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    left = [f"left line number {n} goes on and on here" for n in range(12)]
    right = [f"right line number {n} goes on and on too" for n in range(12)]
    write_lines(canvas, left, 100, left=60, size=10)
    write_lines(canvas, right, 100, left=320, size=10)
    canvas.save()
    text = read_pdf(path).pages[0].text.replace("\n", " ")
    assert text == " ".join(left + right)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 a word document", "not a PDF"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "damaged"),
    ],
)
def test_bad_files_say_what_is_wrong(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    with pytest.raises(ReadingError, match=what) as raised:
        read_pdf(path)
    assert str(path) in str(raised.value)
    assert raised.value.faults[0].remedy


def test_encrypted_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), pagesize=A4, encrypt=StandardEncryption("secret"))
    write_lines(canvas, ["hidden"], 100)
    canvas.save()
    with pytest.raises(ReadingError, match="encrypted"):
        read_pdf(path)


def test_pages_without_text_are_named_or_recognised(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    write_lines(canvas, ["A page with text."], 100)
    canvas.showPage()
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    plain = read_pdf(path)
    assert plain.pages_without_text == (2,)
    assert plain.notices == ()
    recognised = read_pdf(path, ocr=lambda _image, number: f"Recognised\npage {number}.\n\n- one aim")
    assert recognised.pages_without_text == ()
    assert recognised.pages[1].ocr
    assert recognised.pages[1].text == "Recognised page 2.\n- one aim"
    assert_verbatim(recognised)


_WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_WORD, min_size=1, max_size=60), min_size=1, max_size=8))
def test_every_word_stands_in_the_page_text_once(tmp_path: Path, paragraphs: list[list[str]]) -> None:
    path = tmp_path / "words.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    top = 130.0
    for words in paragraphs:
        lines = [" ".join(words[start : start + 8]) for start in range(0, len(words), 8)]
        top = write_lines(canvas, lines, top) + 6
    canvas.save()
    reading = read_pdf(path)
    assert reading.pages[0].text.split() == [word for words in paragraphs for word in words]
    assert_verbatim(reading)


def test_lam_alef_is_put_in_order() -> None:
    glyphs = [("ا", 0.0, 5.0), ("ل", 0.0, 5.0), ("ن", 6.0, 9.0)]
    assert mend_ligatures(glyphs) == "لان"
    apart = [("ا", 10.0, 12.0), ("ل", 6.0, 9.0)]
    assert mend_ligatures(apart) == "ال"


@pytest.mark.parametrize(
    ("seen", "meant"), [(")3(", "(3)"), ("%93", "93%"), (".1الظروف", "1. الظروف"), ("2030", "2030")]
)
def test_visual_order_becomes_logical(seen: str, meant: str) -> None:
    assert logical_text(seen) == meant


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "same.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    write_lines(canvas, ["One aim of the plan is to plant trees.", "Another is to keep them."], 100)
    canvas.save()
    assert read_pdf(path) == read_pdf(path)
    assert not re.search(r"\s{2,}", read_pdf(path).pages[0].text)


SENTENCE = "By 2031 the country plants 4567 trees in 1234 places."


def broken_font_pdf(path: Path, codes: dict[bytes, bytes], *pages: str) -> Path:
    """Write pages of one line and replace characters in their font's table, as broken producers write it."""
    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(font)))
    canvas = Canvas(str(path), pagesize=A4, pageCompression=0)
    for line in pages or (SENTENCE,):
        canvas.setFont("Vera", 11)
        canvas.drawString(72, 700, line)
        canvas.showPage()
    canvas.save()
    content = path.read_bytes()
    for code, other in codes.items():
        assert b"> <%b>" % code in content
        content = content.replace(b"> <%b>" % code, b"> <%b>" % other)
    path.write_bytes(content)
    return path


def test_digits_that_the_fonts_mix_up_are_told_and_left_out(tmp_path: Path) -> None:
    assert read_pdf(broken_font_pdf(tmp_path / "sound.pdf", {})).notices == ()
    mixed = {b"0032": b"0031", b"0033": b"0031", b"0037": b"0034"}
    pages = (SENTENCE, "The forest covers 18 places.", "No figure stands here.")
    reading = read_pdf(broken_font_pdf(tmp_path / "digits.pdf", mixed, *pages))
    assert reading.pages[0].text.startswith("By \ufffd\ufffd\ufffd\ufffd the country")
    assert not re.search(r"\d", "".join(page.text for page in reading.pages))
    assert "numbers are left out" in reading.notices[0].what
    assert "page(s) 1–2:" in reading.notices[0].what or "page(s) 1–2 " in reading.notices[0].what


def test_stroke_that_the_font_calls_a_letter_is_no_letter(tmp_path: Path) -> None:
    arabic = {b"%04X" % ord(sign): b"%04X" % ord(letter) for sign, letter in zip("gahtr_", "شجرةتر", strict=True)}
    reading = read_pdf(broken_font_pdf(tmp_path / "stroke.pdf", arabic, "g_a__h_t", "gahr_t"))
    letters = ["".join(sorted(page.text)) for page in reading.pages]
    assert letters == ["".join(sorted("شجرة")), "".join(sorted("شجرتة"))]


def test_fonts_that_do_not_tell_their_letters_are_told(tmp_path: Path) -> None:
    unknown = {b"%04X" % ord(letter): b"E0%02X" % ord(letter) for letter in "aeilnorst"}
    reading = read_pdf(broken_font_pdf(tmp_path / "letters.pdf", unknown))
    assert "do not tell which characters" in reading.notices[0].what
    recognised = read_pdf(tmp_path / "letters.pdf", ocr=lambda _page, _number: "By 2031 the country plants trees.")
    assert recognised.notices == ()
    assert recognised.pages[0].ocr
    assert passages(recognised, "paragraph") == ["By 2031 the country plants trees."]
