"""Many terms looked up in a text at once: folded, by whole words, in time linear in the text.

Offsets are characters of the original text, end-exclusive. What folding means here: case, compatibility forms
(ligatures, full-width letters, Arabic presentation forms), soft hyphens, Arabic vowel signs, tatweel and the
spellings of alef, ya and ta marbuta make no difference; accents do, except that a capital may lack its own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coherence.vocabulary import Language

__all__ = ["TermHit", "TermIndex", "fold_word"]

_LONGEST_MEMO_WORD = 40
_ACRONYM = "^"
"""Before the folded form of an acronym in the trie, where no word can have it."""
_LARGEST_MEMO = 100_000
_MARKS = "\u0300-\u036f\u064b-\u0655\u0670\u00ad\u200b-\u200f\u2060"
# A run of letters may hold digits (CO2, m3), but "15ha" is a number and a word.
_WORD = rf"\d+|[^\W\d][\w{_MARKS}]*"
_GAP = re.compile(r"\s*(?:['’‘ʼ´`]|[-‐‑–\u00ad](?!\s)|(?<!\s)[-‐‑–\u00ad])?\s*")
_LINE_END_HYPHEN = re.compile(r"[-‐‑\u00ad][ \t]*\r?\n\s*")
_SIGN = r"[^\w\s*'’‘ʼ´`\-‐‑–\u00ad]"
"""A sign that a label may hold ("&"); what may stand between two words of a label is none."""
_TOKEN = re.compile(f"{_WORD}|{_SIGN}")
_TOKEN_OF_LABEL = re.compile(rf"(?:{_TOKEN.pattern})\*?")
_HYPHEN_IN_LABEL = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_ARABIC_SPELLING = str.maketrans("أإآٱىة", "اااايه", "ـ")
_CYRILLIC_SPELLING = str.maketrans("ё", "е")
_SHORTEST_ARABIC_STEM = 3
_ARABIC_POSSESSIVES = ("هما", "ها", "هم", "نا")


class TermHit(NamedTuple):
    """A term found: ``text[start:end]`` are its words, ``label`` the entry that matched."""

    start: int
    end: int
    id: str
    label: str


@dataclass(slots=True)
class _Node:
    """A state of the trie over words; ``terms`` end here."""

    exact: dict[str, _Node] = field(default_factory=dict)
    prefix: dict[str, _Node] = field(default_factory=dict)
    prefix_lengths: tuple[int, ...] = ()
    bare: dict[str, list[tuple[str, _Node]]] = field(default_factory=dict)
    """Words with accents by their form without, for capitals that lack them."""
    terms: list[tuple[str, str]] = field(default_factory=list)
    memo: dict[str, tuple[tuple[_Node, int], ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Tokens:
    """The words of one text: as written, with their offsets; ``joined`` are words divided at a line's end."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    joined: dict[int, str]
    distinct: frozenset[str]

    def adjacent(self, index: int) -> bool:
        """Tell whether nothing but space, an apostrophe or a tight hyphen parts this word from the next."""
        if index + 1 >= len(self.words):
            return False
        start, end = self.ends[index], self.starts[index + 1]
        if end - start == 1 and self.text[start] == " ":
            return True
        return _GAP.fullmatch(self.text, start, end) is not None


class TermIndex:
    """Terms of one language, ready to be found in texts.

    A label matches whole words; ``*`` at the end of a word lets it go on (``reboise*``, ``degraded land*``).
    A word in capitals is an acronym and matches capitals only (``LED`` is not "led", ``SAP`` is not "sap").
    Its words may be parted in the text by any white space, line break or hyphen. Chinese has no word limits;
    in Arabic the clitics و ف ب ك ل ال may precede each word and a possessive ("its", "their", "our") follow it.
    """

    def __init__(self, entries: Iterable[tuple[str, str]], language: Language) -> None:
        """Index ``(term id, label)`` pairs; raises ValueError for a label without a letter, digit or sign."""
        self.language = language
        pairs = list(dict.fromkeys((str(term), str(label)) for term, label in entries))
        self._han = _han_automaton(pairs) if language == "zh" else None
        self._root = _Node()
        self._idle: set[str] = set()
        """Words met that begin no term: most words of most texts."""
        for term, label in pairs:
            self._insert(term, label)

    def find(self, text: str) -> tuple[TermHit, ...]:
        """Return the leftmost-longest hits in order; hits share no character, except equal spans of several ids."""
        kept: list[TermHit] = []
        for hit in self.find_all(text):
            last = kept[-1] if kept else None
            if last is None or hit.start >= last.end or (hit.start, hit.end) == (last.start, last.end):
                kept.append(hit)
        return tuple(kept)

    def find_all(self, text: str) -> tuple[TermHit, ...]:
        """Return every hit, overlapping ones too, by start and then longest first."""
        hits = self._find_han(text) if self._han is not None else self._find_words(text)
        # A word divided at a line's end can reach the same term twice, joined and parted.
        return tuple(sorted(dict.fromkeys(hits), key=lambda hit: (hit.start, -hit.end)))

    def _insert(self, term: str, label: str) -> None:
        for spelling in dict.fromkeys((label, _HYPHEN_IN_LABEL.sub("", label))):
            node = self._root
            words = list(_TOKEN_OF_LABEL.finditer(spelling))
            if not words:
                message = f"label {label!r} of {term!r} has nothing to look for"
                raise ValueError(message)
            for match in words:
                node = _child(node, match[0], self.language)
            node.terms.append((term, label))

    def _find_words(self, text: str) -> Iterator[TermHit]:
        tokens, idle = _tokenise(text), self._idle
        if not tokens.joined and tokens.distinct <= idle:
            return
        root = self._root
        for index, word in enumerate(tokens.words):
            if word not in idle:
                nodes = self._follow(root, word)
                if not nodes and len(word) <= _LONGEST_MEMO_WORD:
                    idle.add(word)
                for node, clitics in nodes:
                    yield from self._walk(tokens, node, index, tokens.starts[index] + clitics)
            if index in tokens.joined:
                for node, clitics in self._follow(root, tokens.joined[index]):
                    yield from self._walk(tokens, node, index + 1, tokens.starts[index] + clitics)
        if len(idle) > _LARGEST_MEMO:
            idle.clear()

    def _walk(self, tokens: _Tokens, node: _Node, index: int, start: int) -> Iterator[TermHit]:
        """Yield the terms that end at this word or, going on from it, at a later one."""
        for term, label in node.terms:
            yield TermHit(start, tokens.ends[index], term, label)
        if not (node.exact or node.prefix) or not tokens.adjacent(index):
            return
        for child, _ in self._follow(node, tokens.words[index + 1]):
            yield from self._walk(tokens, child, index + 1, start)
        if index + 1 in tokens.joined:
            for child, _ in self._follow(node, tokens.joined[index + 1]):
                yield from self._walk(tokens, child, index + 2, start)

    def _follow(self, node: _Node, raw: str) -> tuple[tuple[_Node, int], ...]:
        """Return the states that a word as written leads to, each with the length of the clitics before it."""
        known = node.memo.get(raw)
        if known is not None:
            return known
        word = fold_word(raw)
        found: list[tuple[_Node, int]] = []
        if _is_acronym(raw):
            found += [(child, 0) for child in _reached(node, _ACRONYM + word)]
        for stem, clitics in _arabic_stems(word) if self.language == "ar" else ((word, 0),):
            shift = clitics if len(raw) == len(word) else 0
            found += [(child, shift) for child in _reached(node, stem)]
        if node.bare and not raw.islower():
            found += [(child, 0) for child in _lacking_accents(node, raw)]
        result = tuple(found)
        if len(raw) <= _LONGEST_MEMO_WORD:
            if len(node.memo) >= _LARGEST_MEMO:
                node.memo.clear()
            node.memo[raw] = result
        return result

    def _find_han(self, text: str) -> Iterator[TermHit]:
        if self._han is None or not text:
            return
        folded, places = _fold_han(text)
        for last, found in self._han.iter(folded):
            for length, term, label in found:
                first = last - length + 1
                start, end = _at(places, first), _at(places, last) + 1
                if _latin_runs_on(folded, first, last, label) or (label.isupper() and not text[start:end].isupper()):
                    continue
                yield TermHit(start, end, term, label)


def fold_word(word: str) -> str:
    """Return one word folded for comparison, accents kept (in Arabic, vowel signs dropped)."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKC", word).casefold()
    kept = "".join(c for c in folded if unicodedata.category(c) not in {"Cf", "Mn"})
    return kept.translate(_ARABIC_SPELLING).translate(_CYRILLIC_SPELLING)


def _reached(node: _Node, key: str) -> Iterator[_Node]:
    """Yield the states that a folded word leads to, as a whole and by its beginnings."""
    if (child := node.exact.get(key)) is not None:
        yield child
    for length in node.prefix_lengths:
        if length > len(key):
            break
        if (child := node.prefix.get(key[:length])) is not None:
            yield child


def _is_acronym(word: str) -> bool:
    """Tell whether a word has a capital after its first letter: "GHGs", "BaU", but not "Led"."""
    return len(word) > 1 and not word[1:].islower() and any(letter.isupper() for letter in word[1:])


def _child(node: _Node, word: str, language: Language) -> _Node:
    open_ended = word.endswith("*")
    key = fold_word(word.rstrip("*"))
    if len(key) > 1 and word.isupper():
        key = _ACRONYM + key
    if language == "ar" and key.startswith("ال") and len(key) > _SHORTEST_ARABIC_STEM + 1:
        key = key[2:]
    edges = node.prefix if open_ended else node.exact
    if key not in edges:
        edges[key] = _Node()
        node.prefix_lengths = tuple(sorted({len(prefix) for prefix in node.prefix}))
        bare = _without_accents(key)
        if bare != key:
            node.bare.setdefault(bare, []).append((key + "*" * open_ended, edges[key]))
    return edges[key]


def _lacking_accents(node: _Node, raw: str) -> Iterator[_Node]:
    """Yield the states of accented words that ``raw`` spells with bare capitals ("FORET", "Erosion")."""
    letters = unicodedata.normalize("NFC", raw)
    lowered = letters.lower()
    if len(lowered) != len(letters):
        return
    bare = _without_accents(lowered)
    if len(bare) != len(lowered):
        return
    for length in range(1, len(bare) + 1) if len(bare) <= _LONGEST_MEMO_WORD else ():
        for key, child in node.bare.get(bare[:length], ()):
            word = key.rstrip("*")
            if length < len(bare) and not key.endswith("*"):
                continue
            if len(word) == length and all(
                mine == theirs or (here.isupper() and mine == _without_accents(theirs))
                for mine, theirs, here in zip(lowered, word, letters, strict=False)
            ) and lowered[:length] != word:  # fmt: skip
                yield child


@lru_cache(maxsize=4096)
def _without_accents(word: str) -> str:
    return unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", word) if not "\u0300" <= c <= "\u036f")
    )


def _arabic_stems(word: str) -> Iterator[tuple[str, int]]:
    """Yield what may be the word itself of an Arabic word with clitics, and the length of those before it."""
    yield from _stems(word)
    for possessive in _ARABIC_POSSESSIVES:
        owned = word.removesuffix(possessive)
        if owned != word and len(owned) > _SHORTEST_ARABIC_STEM:
            yield from _stems(owned)
            if owned.endswith("ت"):
                yield from _stems(owned[:-1] + "ه")  # a closing ta marbuta is written open before a possessive
            return


def _stems(word: str) -> Iterator[tuple[str, int]]:
    """Yield an Arabic word and what is left of it without conjunction, preposition and article, with their length."""
    yield word, 0
    for clitic in ("وف", "بكل"):
        yield from _article(word)
        if len(word) > _SHORTEST_ARABIC_STEM and word[0] in clitic:
            yield from ((form, length + 1) for form, length in _without_preposition(word[1:], clitic))
            return


def _without_preposition(word: str, clitic: str) -> Iterator[tuple[str, int]]:
    yield word, 0
    yield from _article(word)
    if clitic == "وف" and len(word) > _SHORTEST_ARABIC_STEM and word[0] in "بكل":
        yield word[1:], 1
        yield from ((form, length + 1) for form, length in _article(word[1:]))


def _article(word: str) -> Iterator[tuple[str, int]]:
    if len(word) > _SHORTEST_ARABIC_STEM + 1 and word.startswith(("ال", "لل")):
        yield word[2:], 2


@lru_cache(maxsize=512)
def _tokenise(text: str) -> _Tokens:
    """Return the words and signs of a text; several indexes look at the same text in turn."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    words = [text[start:end] for start, end in spans]
    joined: dict[int, str] = {}
    if "\n" in text:
        for index, ((_, end), (start, _)) in enumerate(pairwise(spans)):
            if start - end > 1 and words[index + 1][0].islower() and _LINE_END_HYPHEN.fullmatch(text, end, start):
                joined[index] = words[index] + words[index + 1]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    return _Tokens(text, words, starts, ends, joined, frozenset(words))


def _han_automaton(pairs: list[tuple[str, str]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    entries: dict[str, list[tuple[int, str, str]]] = {}
    for term, label in pairs:
        key, _ = _fold_han(label.strip().rstrip("*"))
        entries.setdefault(key, []).append((len(key), term, label))
    for key, found in entries.items():
        automaton.add_word(key, tuple(found))
    automaton.make_automaton()
    return automaton


def _fold_han(text: str) -> tuple[str, list[int] | None]:
    """Return text folded character by character, and where each folded one stood (None: at the same place)."""
    places: list[int] | None = None
    if _HAN_GAP.search(text):
        gone = {at for gap in _HAN_GAP.finditer(text) for at in range(*gap.span())}
        places = [at for at in range(len(text)) if at not in gone]
        text = "".join(text[at] for at in places)
    if text.isascii():
        return text.lower(), places
    return "".join(map(_fold_character, text)), places


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _at(places: list[int] | None, index: int) -> int:
    return index if places is None else places[index]


def _latin_runs_on(folded: str, first: int, last: int, label: str) -> bool:
    """Tell whether a Latin letter or digit at either end of the match goes on outside it."""
    before = first > 0 and _is_latin(folded[first]) and _is_latin(folded[first - 1])
    after = last + 1 < len(folded) and _is_latin(folded[last]) and _is_latin(folded[last + 1])
    return before or (after and not label.endswith("*"))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
