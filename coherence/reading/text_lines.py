"""What single lines of plain text look like: underlines, numbers of headings, marks of lists, wrapped words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from coherence.reading.blocks import one_line
from coherence.reading.layout_terms import layout_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "BOLD_LEVEL", "Line", "is_bold_heading", "is_caption_line", "is_heading_text", "is_prose_end", "item_marker",
    "join_lines", "number_depth", "underline_level", "wrap_width",
]  # fmt: skip

BOLD_LEVEL = 12
"""Level of a heading known by its bold type alone: below every heading that the format marks."""

_UNDERLINES = {"=": 1, "-": 2, "~": 3, "^": 4, "_": 2, "*": 2, "#": 2, "—": 2, "–": 2}
_SHORTEST_UNDERLINE = 3
_LONGEST_HEADING = 110
_LONGEST_WRAP = 150
_SHORTEST_WRAP = 30
_NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])(?P<mark>[.)]|\s*[-–:])?\s+(?=[^\W\d_]|[«“\"'(])"
)
_CHINESE_NUMBERED = re.compile(
    r"(?P<one>[一二三四五六七八九十]{1,3}、)|(?P<two>（[一二三四五六七八九十]{1,3}）)|第[一二三四五六七八九十]{1,3}[章节編编]"
)
_ITEM = re.compile(
    r"(?:\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|\(?[A-Za-zа-я][.)]|\(?[ivx]{1,5}[.)]|\(\d{1,3}\)|[أ-ي][.)-])\s+(?=\S)"
    r"|[①-⑳]\s*|（[一二三四五六七八九十\d]{1,3}）\s*|[一二三四五六七八九十]{1,3}、|\d{1,3}、"
)
_HYPHEN_END = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_WORD_START = re.compile(r"[^\W\d_]+")
_PROSE_ENDS = tuple('.;:!?。；：！？؟؛…"”»)')
_NO_HEADING_ENDS = tuple(".;,:!?。；，：！？؟؛")
_CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file; numbers count from 1, the indent counts characters with tabs as eight."""

    number: int
    raw: str
    text: str = field(init=False)
    indent: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.raw.strip())
        expanded = self.raw.expandtabs()
        object.__setattr__(self, "indent", len(expanded) - len(expanded.lstrip()))


def underline_level(text: str) -> int:
    """Return the heading level that a line of equal marks gives to the line above it, or 0."""
    if len(text) < _SHORTEST_UNDERLINE or len(set(text)) != 1:
        return 0
    return _UNDERLINES.get(text[0], 0)


def number_depth(text: str) -> int:
    """Return how deep the number of a heading is ("2." 1, "2.3" 2), or 0 where there is none."""
    chinese = _CHINESE_NUMBERED.match(text)
    if chinese:
        return 2 if chinese.group("two") else 1
    words = text.casefold().split(maxsplit=2)
    if words:
        for depth, names in enumerate(layout_terms().divisions, 1):
            if words[0].rstrip(".:") in names and len(words) > 1 and len(words[1].rstrip(".:")) <= 4:  # noqa: PLR2004
                return depth
    found = _NUMBERED.match(text)
    if not found or not (found.group("mark") or "." in found.group("number")):
        return 0
    return found.group("number").count(".") + 1


def is_heading_text(text: str) -> bool:
    """Tell whether a text alone on its line can be a heading: short, starting with a capital, without a full stop."""
    if len(text) > _LONGEST_HEADING or "\t" in text or "...." in text or text.endswith(_NO_HEADING_ENDS):
        return False
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and not letters[0].islower() and text[0] not in layout_terms().bullets


def is_bold_heading(lines: Sequence[str]) -> bool:
    """Tell whether a paragraph in bold type can be a heading: one short line, no sentence, item or caption."""
    if len(lines) != 1 or not 0 < len(lines[0]) <= _LONGEST_HEADING or not any(map(str.isalpha, lines[0])):
        return False
    if lines[0][-1] in ".;,!?。；，" or is_caption_line(lines[0]):
        return False
    return not item_marker(lines[0]).strip("• ").startswith(("-", "–"))


def is_caption_line(text: str) -> bool:
    """Tell whether a line names a table or figure ("Table 3: Land") and is no sentence ("Table 3 shows land.")."""
    found = _captions().match(text)
    if found is None:
        return False
    rest = text[found.end() :]
    return not (rest[:1].isspace() and rest.lstrip()[:1].islower() and rest.endswith("."))


@cache
def _captions() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(layout_terms().captions, key=len, reverse=True))
    return re.compile(rf"(?i:{names})(?:\.?\s*(?:[Nn]\s?[.°º]\s*)?\d|\.?\s+(?:[IVX]+|[A-H])(?=[\s.:–-]|\d|$))[\w.-]*")


def is_prose_end(text: str) -> bool:
    """Tell whether a text ends where a sentence or clause ends."""
    return text.rstrip().endswith(_PROSE_ENDS)


def item_marker(text: str) -> str:
    """Return the bullet or number that starts a list item, with the space after it, or an empty text."""
    found = _bullets().match(text) or _ITEM.match(text)
    return found.group() if found else ""


@cache
def _bullets() -> re.Pattern[str]:
    marks = "|".join(re.escape(mark) for mark in sorted(layout_terms().bullets, key=len, reverse=True))
    return re.compile(rf"(?:{marks})\s+(?=\S)|[•●▪■◆➢➤►✓✔]\s*(?=\S)")


def wrap_width(lines: Iterable[Line]) -> int | None:
    """Return the width at which lines were wrapped, or None where each line is a paragraph of its own."""
    lengths = Counter(len(line.raw.rstrip()) for line in lines if line.text and "\t" not in line.text)
    # A few lines may be longer than the rest: a URL, a table.
    spared = lengths.total() // 50
    if not lengths or sum(count for length, count in lengths.items() if length > _LONGEST_WRAP) > spared:
        return None
    passed = 0
    for length in sorted(lengths, reverse=True):
        passed += lengths[length]
        if passed > spared:
            return length if length >= _SHORTEST_WRAP else None
    return None


def join_lines(lines: list[str], hyphenated: frozenset[str]) -> str:
    """Return wrapped lines as one: a word cut by a hyphen is whole again unless the text writes it with one."""
    result = ""
    for line in map(one_line, lines):
        if not result or not line:
            result += line
            continue
        cut, start = _HYPHEN_END.search(result), _WORD_START.match(line)
        if cut and start and start.group()[0].islower():
            compound = f"{cut.group(1)}-{start.group()}".casefold()
            result = result if compound in hyphenated else result[:-1]
            result += line
        else:
            result += ("" if _CJK.match(line) and _CJK.match(result[-1]) else " ") + line
    return result
