"""Arabic plans: clitics, feminine and plural forms, figures of both scripts, conditions and horizons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import OxmlElement
from sample_passages import document, paragraph

from coherence.extraction import extract_commitments
from coherence.extraction.lexicon import TermIndex
from coherence.models import ManifestEntry
from coherence.reading import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.models import Commitment

Figure = tuple[float, str, int | None]
TARGETS = "الأهداف والتدابير"


def promises(text: str, heading: str = TARGETS) -> tuple[Commitment, ...]:
    return extract_commitments(document(paragraph(text, heading), language="ar", year=2016))


def figures(text: str, heading: str = TARGETS) -> list[Figure]:
    """Return value (the lower end of a range), unit and target year of each figure, in a fixed order."""
    return sorted(
        (round(q.value if q.value is not None else q.low or 0, 1), q.unit, c.target_year)
        for c in promises(text, heading)
        for q in c.quantities
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "تلتزم الحكومة بخفض انبعاثات غازات الدفيئة بنسبة 12% بحلول عام 2030 مقارنة بسيناريو العمل المعتاد.",
            [(12.0, "percent", 2030)],
        ),
        (
            "ويمكن رفع هذه النسبة إلى 27 في المائة بحلول سنة 2030 شريطة الحصول على دعم دولي.",
            [(27.0, "percent", 2030)],
        ),
        (
            "خفض انبعاثات غازات الاحتباس الحراري بنسبة ٪١٥ بحلول عام ٢٠٣٠ مقارنةً بسنة الأساس ٢٠١٠.",
            [(15.0, "percent", 2030)],
        ),
        (
            "تخفيض تراكمي قدره 33,5 مليون طن مكافئ ثاني أكسيد الكربون خلال الفترة 2021-2030.",
            [(33500000.0, "tCO2e", 2030)],
        ),
        (
            "وستعمل الوزارة على زراعة ٢٫٥ مليون شجرة بحلول عام ٢٠٢٨.",
            [(2500000.0, "count", 2028)],
        ),
        (
            "غرس مليوني شتلة من أشجار المانغروف على امتداد السواحل الغربية حتى عام 2027.",
            [(2000000.0, "count", 2027)],
        ),
        (
            "استصلاح ١٢٠٬٠٠٠ فدان من الأراضي المتدهورة في أفق 2035.",
            [(50400.0, "ha", 2035)],
        ),
        (
            "تأهيل 45 ألف دونم من المراعي المتدهورة في البادية بحلول نهاية عام 2026.",
            [(4500.0, "ha", 2026)],
        ),
        (
            "إعادة تأهيل 350 000 هكتار من الأراضي المتأثرة بالتملح قبل عام 2030، بتكلفة 180 مليون دولار.",
            [(350000.0, "ha", 2030), (180000000.0, "USD", 2030)],
        ),
        (
            "توسيع شبكة المناطق المحمية البحرية لتصل إلى 1,250 كم² بحلول عام 2032.",
            [(125000.0, "ha", 2032)],
        ),
        (
            "حماية ما لا يقل عن 30% من المناطق البرية و10% من المناطق البحرية بحلول 2030.",
            [(30.0, "percent", 2030), (10.0, "percent", 2030)],
        ),
        (
            "تحييد أثر تدهور الأراضي بحلول عام 2030 وتحسين إنتاجية 600 ألف هكتار من الأراضي الزراعية.",
            [(600000.0, "ha", 2030)],
        ),
        (
            "رفع حصة الطاقات المتجددة في المزيج الكهربائي من 8% عام 2019 إلى 35% عام 2030.",
            [(35.0, "percent", 2030)],
        ),
        (
            "إنشاء محطات طاقة شمسية بقدرة إجمالية تبلغ 1200 ميجاواط بحلول عام 2027.",
            [(1200.0, "MW", 2027)],
        ),
        (
            "تركيب مزرعة رياح بقدرة 250 ميغاواط، مشروطة بالدعم الدولي.",
            [(250.0, "MW", None)],
        ),
        (
            "كهربة 60% من القرى النائية بواسطة أنظمة الطاقة الشمسية المنزلية.",
            [(60.0, "percent", None)],
        ),
        (
            "توزيع 50000 موقد محسن على الأسر الريفية بحلول عام 2025.",
            [(50000.0, "count", 2025)],
        ),
        (
            "تقدر الاحتياجات المالية لتنفيذ تدابير التكيف بنحو 7.6 مليار دولار حتى عام 2030.",
            [(7600000000.0, "USD", 2030)],
        ),
        (
            "تبلغ الكلفة الإجمالية لهذا البرنامج 4,2 مليار أوقية.",
            [(4200000000.0, "MRU", None)],
        ),
        (
            "خفض معدل إزالة الغابات بمقدار النصف مع حلول عام 2030.",
            [(50.0, "percent", 2030)],
        ),
        (
            "زيادة الغطاء الغابي من 4 في المائة إلى 6 في المائة من مساحة البلاد في غضون عام 2035.",
            [(6.0, "percent", 2035)],
        ),
        (
            "بناء ستة سدود لحصاد مياه الأمطار بسعة 14 مليون متر مكعب.",
            [(6.0, "count", None), (14000000.0, "m3", None)],
        ),
        (
            "سيتم تحويل 80 بالمئة من الحافلات العامة إلى الغاز الطبيعي المضغوط خلال السنوات العشر القادمة.",
            [(80.0, "percent", None)],
        ),
        (
            "كما تعتزم السلطات تدريب ثلاثة آلاف مزارع على تقنيات الري بالتنقيط سنوياً.",
            [(3000.0, "count", None)],
        ),
        (
            "تخفيض الفاقد في شبكات الكهرباء من 22% إلى 12% بحلول العام 2030.",
            [(12.0, "percent", 2030)],
        ),
        (
            "ستنخفض الانبعاثات بما يتراوح بين 7 و22 في المائة بحلول عام 2030.",
            [(7.0, "percent", 2030)],
        ),
        (
            "تثبيت الكثبان الرملية على مساحة 8 آلاف هكتار وإقامة أحزمة خضراء بطول 120 كيلومتراً حول المدن.",
            [(8000.0, "ha", None), (120.0, "km", None)],
        ),
        (
            "معالجة 70% من مياه الصرف الصحي وإعادة استخدام 40% منها في الري مع نهاية عام 2029.",
            [(70.0, "percent", 2029), (40.0, "percent", 2029)],
        ),
        (
            "زيادة مخزون الكربون العضوي في التربة بنسبة 5% في الأراضي البعلية.",
            [(5.0, "percent", None)],
        ),
        (
            "استعادة ما بين 10 آلاف و15 ألف هكتار من الأهوار بين عامي 2022 و2030.",
            [(10000.0, "ha", 2030)],
        ),
        (
            "ينفذ المشروع في محافظة نينوى ويستهدف إعادة تشجير خمسة آلاف هكتار.",
            [(5000.0, "ha", None)],
        ),
        (
            "الوصول إلى صافي انبعاثات صفري بحلول عام 2060.",
            [(0.0, "tCO2e", 2060)],
        ),
        (
            "خفض هدر الغذاء بواقع 50٪ والحد من استخدام المبيدات الكيميائية بمقدار الثلث بحلول 2030.",
            [(50.0, "percent", 2030), (33.3, "percent", 2030)],
        ),
        (
            "القضاء على 15 نوعاً من الأنواع الغريبة الغازية أو السيطرة عليها بحلول عام 2028.",
            [(15.0, "count", 2028)],
        ),
        (
            "تتعهد الدولة بألا تتجاوز انبعاثاتها 90 مليون طن من مكافئ ثاني أكسيد الكربون في عام 2030.",
            [(90000000.0, "tCO2e", 2030)],
        ),
        (
            "الهدف غير المشروط: تقليص الانبعاثات بنسبة 4%؛ الهدف المشروط: تقليص الانبعاثات بنسبة 18%.",
            [(4.0, "percent", None), (18.0, "percent", None)],
        ),
        (
            "ويتطلب ذلك استثمارات بقيمة 320 مليون يورو، منها 25% من الميزانية الوطنية.",
            [(320000000.0, "EUR", None)],
        ),
        (
            "وبحلول عام 2040 ستغطي مصادر الطاقة النظيفة نصف الطلب على الكهرباء.",
            [(50.0, "percent", 2040)],
        ),
    ],
)
def test_promises_and_their_horizon(text: str, expected: list[Figure]) -> None:
    assert figures(text) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "تبلغ مساحة البلاد 435 ألف كيلومتر مربع ويقدر عدد السكان بنحو 38 مليون نسمة.",
        "فقدت البلاد 120 ألف هكتار من غاباتها بين عامي 1990 و2010.",
        "بلغت انبعاثات قطاع الطاقة 62 مليون طن من مكافئ ثاني أكسيد الكربون في عام 2010.",
        "ويمثل قطاع الطاقة الذي يشكل 75% من إجمالي الانبعاثات المصدر الرئيسي لها.",
        "من المتوقع أن ترتفع درجات الحرارة بمقدار 2 درجة مئوية بحلول عام 2050.",
        "تنص المادة 12 من القانون رقم 27 لسنة 2009 على حماية الغابات.",
        "وقد تم غرس 3 ملايين شجرة خلال الفترة 2010-2014.",
        "يساهم القطاع الزراعي بنسبة 6% من الناتج المحلي الإجمالي.",
        "ويعيش 40% من السكان في المناطق الريفية.",
        "انخفض معدل هطول الأمطار بنسبة 20% منذ سبعينيات القرن الماضي.",
        "لا تتجاوز مساهمة الدولة في الانبعاثات العالمية 0.2%.",
        "أدى الجفاف إلى تضرر 70% من القطيع الوطني وخسائر تقدر بـ 500 مليون دولار.",
        "وشهدت الفترة من 2000 إلى 2012 تدهور 15% من المراعي.",
    ],
)
def test_circumstances_and_history_are_no_promises(text: str) -> None:
    assert figures(text, "الظروف الوطنية") == []


@pytest.mark.parametrize(
    ("text", "conditionality"),
    [
        ("خفض الانبعاثات بنسبة 9% بحلول عام 2030 اعتماداً على الموارد الوطنية.", "unconditional"),
        ("خفض الانبعاثات بنسبة 21% بحلول عام 2030 بشرط توافر الدعم المالي والتقني.", "conditional"),
        ("خفض الانبعاثات بنسبة 21% بحلول عام 2030، وهو هدف مرهون بحشد التمويل.", "conditional"),
        ("زراعة 4 آلاف هكتار بحلول عام 2030.", "unstated"),
    ],
)
def test_conditions(text: str, conditionality: str) -> None:
    assert [c.conditionality for c in promises(text)] == [conditionality]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("غرس مليوني شتلة من أشجار المانغروف حتى عام 2027.", "mangrove_restoration"),
        ("تأهيل 45 ألف دونم من المراعي المتدهورة بحلول عام 2026.", "rangeland_restoration"),
        ("توزيع 50000 موقد محسن على الأسر الريفية بحلول عام 2025.", "clean_cooking"),
        ("رفع نسبة الأراضي المروية بالتنقيط إلى 60% بحلول عام 2030.", "irrigation"),
        ("تغطية 80% من السكان بأنظمة الإنذار المبكر بحلول عام 2028.", "early_warning"),
        ("تجهيز 200 مدرسة ببرامج توعوية سنوياً.", "awareness_education"),
        ("إنشاء بنك جينات وإكثار 40 صنفاً من البذور المحلية.", "genetic_resources"),
        ("خفض صيد الأسماك المفرط بنسبة 30% بحلول عام 2030.", "sustainable_fisheries"),
    ],
)
def test_themes(text: str, theme: str) -> None:
    assert any(theme in c.themes for c in promises(text))


@pytest.mark.parametrize("word", ["انبعاثاتها", "وبانبعاثاتهم", "لانبعاثاتنا", "والانبعاثات", "انبعاثات"])
def test_words_are_found_with_what_is_written_onto_them(word: str) -> None:
    (hit,) = TermIndex([("emissions", "انبعاثات")], "ar").find(f"خفض {word} الوطنية")
    assert hit.end == len(f"خفض {word}")


def test_an_open_ta_marbuta_closes_before_a_possessive() -> None:
    index = TermIndex([("area", "مساحة")], "ar")
    assert [hit.id for hit in index.find("توسيع مساحتها")] == ["area"]
    assert index.find("توسيع مساحات") == ()


@pytest.mark.parametrize("lead", ["بحلول عام", "وبحلول عام", "فبحلول عام", "ولغاية عام", "مع حلول العام"])
def test_a_deadline_after_a_conjunction(lead: str) -> None:
    assert figures(f"{lead} 2030 سيتم تشجير 700 هكتار.") == [(700, "ha", 2030)]


def test_numbers_of_articles_count_nothing() -> None:
    text = "تبين المادتان 88 و89 أسس وضع برنامج لإدارة المياه في البلاد."
    assert figures(text) == []


def test_the_number_of_a_law_is_no_period() -> None:
    (found,) = promises("وفقاً للقانون رقم 2014/42 سيتم تشجير 700 هكتار.")
    assert found.target_year is None


def test_table_from_right_to_left(tmp_path: Path) -> None:
    rows = (
        ("الإجراء", "الهدف بحلول عام 2030", "التكلفة (مليون دولار)"),
        ("تأهيل المراعي المتدهورة", "120 ألف هكتار", "35"),
        ("إنشاء أحزمة خضراء", "٣٬٥٠٠ هكتار", "١٢٫٥"),
    )
    made = docx.Document()
    made.add_heading(TARGETS, 1)
    table = made.add_table(rows=len(rows), cols=3)
    table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))  # noqa: SLF001  # python-docx offers no other way
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    path = tmp_path / "ndc.docx"
    made.save(str(path))
    read = read_document(
        ManifestEntry(file="ndc.docx", path=str(path), instrument="NDC", year=2018, language="ar"), "IRQ"
    )
    found = {(q.value, q.unit) for c in extract_commitments(read) for q in c.quantities}
    assert found == {(120_000, "ha"), (35e6, "USD"), (3_500, "ha"), (12.5e6, "USD")}


def test_a_bare_majority_of_years_is_no_horizon_of_the_plan() -> None:
    dated = [f"سيتم تشجير {area} هكتار بحلول عام {year}." for area, year in ((100, 2030), (200, 2030), (300, 2026))]
    undated = "سيتم تأهيل 900 هكتار من المراعي المتدهورة."

    def horizon(*texts: str) -> int | None:
        made = document(*(paragraph(text, TARGETS) for text in texts), language="ar", year=2016)
        return next(c.target_year for c in extract_commitments(made) for q in c.quantities if q.value == 900)

    assert horizon(*dated, undated) is None
    assert horizon(*(text.replace("2026", "2030") for text in dated), undated) == 2030
