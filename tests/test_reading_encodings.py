from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.reading.encodings import decode

FRENCH = "D'ici à 2030, le pays restaurera 5,16 millions d'hectares de terres dégradées. "
RUSSIAN = "К 2030 году площадь лесов будет увеличена до 10 млн гектаров. "
ARABIC = "تهدف الدولة إلى استعادة مليون هكتار من الأراضي المتدهورة بحلول عام 2030. "
SIMPLIFIED = "到2030年，全国森林覆盖率达到25%，恢复退化土地100万公顷，加强生物多样性保护。"
TRADITIONAL = "到2030年，全國森林覆蓋率達到25%，恢復退化土地100萬公頃，加強生物多樣性保護。"


@pytest.mark.parametrize("times", [1, 30])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", FRENCH), ("cp1251", RUSSIAN), ("koi8_r", RUSSIAN), ("cp1256", ARABIC), ("gb18030", SIMPLIFIED),
        ("big5", TRADITIONAL), ("utf-16", FRENCH), ("utf-16", ARABIC), ("utf-16-le", FRENCH), ("utf-16-be", RUSSIAN),
        ("utf-8", SIMPLIFIED), ("utf-8-sig", RUSSIAN), ("utf-32", FRENCH),
    ],
)  # fmt: skip
def test_legacy_encodings(encoding: str, text: str, times: int) -> None:
    assert decode((text * times).encode(encoding))[0] == text * times


def test_english_with_typographic_quotes_is_cp1252() -> None:
    text = "The country’s “plan” will restore 5 ha – a third of the land. " * 3
    assert decode(text.encode("cp1252")) == (text, "cp1252")


def test_a_declared_encoding_counts_unless_the_bytes_disprove_it() -> None:
    assert decode("Ж".encode("cp1251"), "windows-1251")[0] == "Ж"
    assert decode(FRENCH.encode("utf-8"), "iso-8859-1")[0] == FRENCH
    assert decode("naïve view".encode("cp1252"), "no-such-encoding")[0] == "naïve view"


def test_line_ends_become_line_feeds_and_stray_returns_spaces() -> None:
    assert decode(b"a\r\nb\rc")[0] == "a\nb c"
    assert decode(b"a\rb")[0] == "a\nb"


@given(st.text())
def test_utf8_is_kept(text: str) -> None:
    plain = text.replace("\r", "").replace("\x00", "")
    assert decode(codecs.BOM_UTF8 + plain.encode("utf-8"))[0] == plain


@given(st.binary(max_size=500))
def test_any_bytes_decode(data: bytes) -> None:
    text, encoding = decode(data)
    assert isinstance(text, str)
    assert codecs.lookup(encoding)
