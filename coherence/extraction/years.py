"""Years in running text and the part they play: target, start, period, baseline, past; seven languages.

Roles are judged by the words around a year, never by today's date: "in 2030" alone stays ``plain``, for the caller
knows when the document was written. Offsets are characters of the text as given, end-exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from coherence.extraction.numeric_folding import fold_text
from coherence.extraction.numeric_vocabulary import number_words, vocabulary_file
from coherence.extraction.unit_words import unit_words
from coherence.extraction.vocabulary_forms import LETTER, CueBefore, Forms, any_of, cue_after, lower_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.numeric_folding import FoldedText
    from coherence.vocabulary import Language

__all__ = ["YearMention", "YearRole", "find_years"]

YearRole = Literal["target", "start", "period", "baseline", "past", "duration", "plain"]

_YEAR = re.compile(r"(?:19[0-9]{2}|20[0-9]{2}|2100)(?![0-9])(?![.,][0-9])")
_IN_NUMBER = re.compile(r"[0-9][.,]?\Z")
_HAN_YEAR = re.compile(r"[二一][〇零○九][〇零○一二三四五六七八九]{2}(?=年)")
_HAN_DIGITS = {c: str(value) for value, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_DASH = re.compile(r"\s?[-/]{1,2}\s?")
_SHORT_YEAR = re.compile(r"[0-9]{2}(?![0-9])")
_SPACES = re.compile(r"[ \n]{0,3}")
_DURATION = re.compile(r"([1-9][0-9]?)(?![0-9])[\s-]{0,3}")
_REACH = 48
_KEYS = (
    "target", "start", "past", "baseline", "between", "link", "fiscal", "end_of", "mid_century", "periods", "durations",
)  # fmt: skip
_ROLES: tuple[YearRole, ...] = ("baseline", "start", "past", "target")
_LONGEST_PERIOD = 100


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year, or a period from ``year`` to ``end_year``; for role ``duration`` ``year`` is how many years it lasts."""

    start: int
    end: int
    year: int
    end_year: int | None = None
    role: YearRole = "plain"
    text: str = ""


@dataclass(frozen=True, slots=True)
class _YearCues:
    before: CueBefore[YearRole]
    after: dict[YearRole, re.Pattern[str]]
    between: CueBefore[bool]
    link: re.Pattern[str]
    middle: re.Pattern[str] | None
    middles: tuple[int, ...]
    periods: Forms[tuple[int, int]]
    period_starts: re.Pattern[str]
    durations: re.Pattern[str]


@cache
def _cues(language: Language) -> _YearCues:
    data = vocabulary_file(f"years/{language}", _KEYS)
    han = language == "zh"
    bridges = [*data["end_of"], *data["fiscal"]]
    gap = r"\s{0,2}" if language in {"zh", "ar"} else r"\s{1,2}"
    extra = rf"(?:(?:{any_of(bridges)})\s{{1,2}})?"
    edge = "" if han else rf"(?!{LETTER})"
    roles: dict[str, YearRole] = {form: role for role in reversed(_ROLES) for form in data[role]["before"]}
    periods: dict[str, list[int]] = data["periods"]
    middles = sorted(data["mid_century"].items(), key=lambda item: (-len(item[0]), item[0]))
    return _YearCues(
        before=CueBefore.compile(roles, bridges=bridges, han=han),
        after={role: cue_after(data[role]["after"]) for role in _ROLES},
        between=CueBefore.compile(dict.fromkeys(data["between"], True), bridges=bridges, han=han),
        link=re.compile(rf"{gap}(?:{any_of(data['link'], bounded=False)}){gap}{extra}|\s?年?(?:至|到|-)\s?"),
        middle=re.compile("|".join(f"({any_of([form])})" for form, _ in middles)) if middles else None,
        middles=tuple(year for _, year in middles),
        periods=Forms.compile({lower_form(form): (int(first), int(last)) for form, (first, last) in periods.items()}),
        period_starts=re.compile("|".join(sorted({re.escape(lower_form(form)[0]) for form in periods})) or "(?!)"),
        durations=re.compile(rf"(?:{any_of(data['durations'], bounded=False)}){edge}"),
    )


def find_years(text: str, language: Language) -> tuple[YearMention, ...]:
    """Return the years 1900 to 2100, periods, centuries' middles and durations of ``text``, in order."""
    folded = fold_text(text)
    found = [*_Years(folded, language).mentions()]
    kept: list[YearMention] = []
    for mention in sorted(found, key=lambda each: (each.start, -each.end)):
        if kept and mention.start < kept[-1].end:
            continue
        kept.append(mention)
    return tuple(_as_given(mention, folded) for mention in kept)


def _as_given(mention: YearMention, folded: FoldedText) -> YearMention:
    start, end = folded.span(mention.start, mention.end)
    return YearMention(start, end, mention.year, mention.end_year, mention.role, folded.original[start:end])


class _Years:
    def __init__(self, folded: FoldedText, language: Language) -> None:
        self.folded, self.lower, self.language = folded, folded.lower, language
        self.cues = _cues(language)
        self.units = unit_words(language)

    def mentions(self) -> Iterator[YearMention]:
        end = 0
        for found in _YEAR.finditer(self.lower):
            if found.start() < end or _IN_NUMBER.search(self.lower, max(0, found.start() - 2), found.start()):
                continue
            if not self._is_year(found.start(), found.end()):
                continue
            mention = self._period(found) or self._single(found.start(), found.end(), int(found.group()))
            end = mention.end
            yield mention
        if self.language == "zh":
            for found in _HAN_YEAR.finditer(self.lower):
                yield self._single(found.start(), found.end(), int("".join(_HAN_DIGITS[c] for c in found.group())))
        for found in self.cues.middle.finditer(self.lower) if self.cues.middle else ():
            yield YearMention(found.start(), found.end(), self.cues.middles[(found.lastindex or 1) - 1], role="target")
        yield from self._named_periods()
        yield from self._durations()

    def _named_periods(self) -> Iterator[YearMention]:
        """Yield periods that have a name: the five years of a national plan."""
        for found in self.cues.period_starts.finditer(self.lower):
            hit = self.cues.periods.match(self.lower, found.start())
            if hit is not None:
                yield YearMention(found.start(), hit[0], *hit[1], "period")

    def _is_year(self, start: int, end: int) -> bool:
        """False within a longer number, a code (A2030), a decade ("1990s") and for amounts ("2030 ha", "$2030")."""
        before = self.folded.cased[start - 1] if start else " "
        if before.isascii() and before.isalpha():
            word = re.compile(r"[a-z]{1,12}\Z").search(self.lower, max(0, start - 12), start)
            glued = word is not None and (len(word.group()) > 1 or not self.folded.cased[start - 1].isupper())
            if not glued:
                return False
        after = self.folded.cased[end] if end < len(self.lower) else " "
        if after.isascii() and after.isalpha():
            return False
        if (
            before == " "
            and re.compile(r"[0-9] \Z").search(self.lower, max(0, start - 2), start)
            and re.match(r"[0-9]", after)
        ):
            return False
        return not self._is_amount(start, end)

    def _is_amount(self, start: int, end: int) -> bool:
        if self.units.money_before(self.folded, start) and not self.lower[max(0, start - 1) : start].isspace():
            return True
        if self.lower.startswith(" 000", end) and not self.lower.startswith(" 0000", end):
            return True
        if self.language == "zh" and number_words(self.language).scales.match(self.lower, end):
            return True
        gap = _SPACES.match(self.lower, end)
        place = gap.end() if gap else end
        unit = self.units.unit_at(self.folded, place)
        if unit is None:
            return False
        following = self.folded.cased[unit.end : unit.end + 2].strip()
        # "in 2030 US$ 5 million": the currency belongs to the next number.
        return not (unit.meaning.unit.isupper() and following[:1].isdigit())

    def _period(self, found: re.Match[str]) -> YearMention | None:
        first = int(found.group())
        dash = _DASH.match(self.lower, found.end())
        if dash is not None:
            full = _YEAR.match(self.lower, dash.end())
            if (
                full is not None
                and 0 < int(full.group()) - first <= _LONGEST_PERIOD
                and self._is_year(full.start(), full.end())
            ):
                return self._two(found, full.end(), int(full.group()), slash="/" in dash.group())
            short = _SHORT_YEAR.match(self.lower, dash.end())
            if short is not None and " " not in dash.group():
                slash, last = "/" in dash.group(), int(short.group())
                # "2014/15" is a year of the books, "2014/42" the number of a law.
                if last == first % 100 + 1 or (last > first % 100 and not slash):
                    return self._two(found, short.end(), first - first % 100 + last, slash=slash)
        link = self.cues.link.match(self.lower, found.end())
        full = _YEAR.match(self.lower, link.end()) if link is not None else None
        if (
            full is None
            or not 0 < int(full.group()) - first <= _LONGEST_PERIOD
            or not self._is_year(full.start(), full.end())
        ):
            return None
        if self._is_list(link, found):
            return None
        return self._two(found, full.end(), int(full.group()), slash=False)

    def _is_list(self, link: re.Match[str] | None, found: re.Match[str]) -> bool:
        """True for "in 2025 and 2030": two years, unless "between" leads."""
        written = link.group().strip() if link else ""
        if written not in {"and", "et", "y", "e", "и", "و", "和", "y el"}:
            return False
        return self.cues.between.search(self.lower, max(0, found.start() - _REACH), found.start()) is None

    def _two(self, found: re.Match[str], end: int, last: int, *, slash: bool) -> YearMention:
        first = int(found.group())
        role = self._role_before(found.start())
        if self._strong_after(end):
            role = "baseline"
        one_year = slash and last - first == 1
        if role != "baseline" and not (one_year and role in {"target", "start", "past"}):
            role = "plain" if one_year else "period"
        return YearMention(found.start(), end, first, last, role)

    def _single(self, start: int, end: int, year: int) -> YearMention:
        return YearMention(start, end, year, None, self._role(start, end))

    def _role(self, start: int, end: int) -> YearRole:
        role = self._role_before(start)
        if role == "target" and self.language != "zh":
            return role
        if self._strong_after(end):
            return "baseline"
        for name in ("start", "past", "target"):
            if self.cues.after[name].match(self.lower, end):
                return name
        return role

    def _strong_after(self, end: int) -> bool:
        return self.cues.after["baseline"].match(self.lower, end) is not None

    def _role_before(self, start: int) -> YearRole:
        found = self.cues.before.search(self.lower, max(0, start - _REACH), start)
        return found[2] if found else "plain"

    def _durations(self) -> Iterator[YearMention]:
        for found in _DURATION.finditer(self.lower):
            if _IN_NUMBER.search(self.lower, max(0, found.start() - 2), found.start()):
                continue
            unit = self.cues.durations.match(self.lower, found.end())
            if unit is not None:
                yield YearMention(found.start(), unit.end(), int(found.group(1)), role="duration")
