from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coherence.reading.geometry import Word
from coherence.reading.letter_spacing import without_letter_spacing


def pieces(*texts: str, gaps: tuple[float, ...]) -> list[Word]:
    words, x = [], 0.0
    for order, (text, gap) in enumerate(zip(texts, (*gaps, 0.0), strict=True)):
        width = 5.0 * len(text)
        words.append(Word(text, x, 0, x + width, 10, 9, 10, bold=False, order=order))
        x += width + gap
    return words


def test_spread_letters_become_words_and_kerned_pieces_join_them() -> None:
    row = pieces(*"reduc", "ti", *"onof", "emissions", gaps=(2, 2, 2, 2, 2, 2, 2, 9, 2, 9))
    assert [word.text for word in without_letter_spacing(row)] == ["reduction", "of", "emissions"]


def test_initials_and_short_words_stay() -> None:
    row = pieces("Of", "A", "B", "C", "to", "be", "or", gaps=(3, 3, 3, 3, 3, 3))
    assert without_letter_spacing(row) == row


@given(st.lists(st.sampled_from(["a", "b", "of", "forest", "2030", "-"]), min_size=1, max_size=25), st.data())
def test_no_letter_is_lost_or_moved(texts: list[str], data: st.DataObject) -> None:
    gaps = tuple(data.draw(st.sampled_from([0.5, 2.0, 9.0])) for _ in texts[1:])
    row = pieces(*texts, gaps=gaps)
    assert "".join(word.text for word in without_letter_spacing(row)) == "".join(texts)
