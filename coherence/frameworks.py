"""Official targets, indicators and decisions, crosswalks between them, and how themes act on each other.

All of it stands in ``rules/frameworks``: entries with an id, labels, a source and whether the entry was read in it.
An entry that is not verified is shown as such and never quoted.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from coherence.errors import Fault, VocabularyError
from coherence.models import Frozen, InteractionScore, LegalBasis
from coherence.resources import rules_dir
from coherence.strict_yaml import Marked, load_marked
from coherence.translations import text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from coherence.vocabulary import Language

__all__ = [
    "Crosswalk", "FrameworkEntry", "Interaction", "Labels", "Texts", "all_ids", "crosswalks", "crosswalks_of",
    "entries", "entry", "interaction_between", "interactions", "labels_text", "legal_basis", "load_frameworks",
]  # fmt: skip

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
ModelT = TypeVar("ModelT", bound=BaseModel)

FRAMEWORK_FILES = (
    "decisions", "kmgbf", "gbf_indicators", "sdg", "unccd", "uae_framework", "ictu", "initiatives",
)  # fmt: skip


class Texts(Frozen):
    """A text in the languages that sources are written in; the others come from catalogues, or stand beside them."""

    en: Text
    fr: Text
    es: Text
    ar: Text | None = None
    ru: Text | None = None
    zh: Text | None = None


class Labels(Frozen):
    """A label in English, and in the other report languages where it is not official wording."""

    en: Text
    fr: Text | None = None
    es: Text | None = None
    ar: Text | None = None
    ru: Text | None = None
    zh: Text | None = None


class FrameworkEntry(Frozen):
    """An official target, indicator, principle or decision."""

    id: Text
    label: Labels
    source: str
    verified: bool
    year: int | None = None
    wording: Literal["own", "official"] = "own"
    identifier: str | None = None
    """How the keeper of the framework numbers the entry, where that differs from the id."""
    of: str | None = None
    """Id of the goal or target that an indicator belongs to."""
    level: Literal["headline", "binary", "component", "complementary"] | None = None


class _FrameworkFile(Frozen):
    framework: Text
    version: Text
    label: Labels
    entries: tuple[FrameworkEntry, ...] = Field(min_length=1)


class Crosswalk(Frozen):
    """A correspondence between two entries, valid in both directions.

    ``hard``: same wording, one figure serves both. ``strong``: same object. ``partial``: they meet in part.
    """

    from_id: str = Field(alias="from")
    to_id: str = Field(alias="to")
    strength: Literal["hard", "strong", "partial"]
    verified: bool
    source: str
    reason: Texts


class Interaction(Frozen):
    """How commitments on ``from_theme`` act on commitments on ``to_theme``; undirected ones act both ways."""

    id: str
    from_theme: str
    to_theme: str
    score: InteractionScore
    """Nilsson's scale: 3 indivisible, 2 reinforcing, 1 enabling, 0 consistent, -1 constraining,
    -2 counteracting, -3 cancelling."""
    directed: bool
    mechanism: str
    reason: Texts
    condition: Texts | None = None
    """When a positive interaction holds, or what keeps a negative one from arising."""
    source: str
    verified: bool


class _InteractionGroup(Frozen):
    id: Annotated[str, StringConstraints(pattern=r"INT-[0-9]{3}")]
    from_themes: tuple[Text, ...] = Field(min_length=1)
    to_themes: tuple[Text, ...] = Field(min_length=1)
    score: InteractionScore
    directed: bool
    mechanism: Text
    verified: bool
    source: str
    reason: Texts
    condition: Texts | None = None


class Frameworks(Frozen):
    """Everything that stands in ``rules/frameworks``."""

    entries: dict[str, FrameworkEntry]
    crosswalks: tuple[Crosswalk, ...]
    interactions: tuple[Interaction, ...]


def load_frameworks(directory: Path) -> Frameworks:
    """Read a folder of framework files; raises VocabularyError with every fault of every file."""
    faults: list[Fault] = []
    found: dict[str, FrameworkEntry] = {}
    for name in FRAMEWORK_FILES:
        _collect_entries(directory / f"{name}.yaml", found, faults)
    links = tuple(_read_crosswalks(directory / "crosswalks.yaml", found, faults))
    acts = tuple(_read_interactions(directory / "interactions.yaml", faults))
    if faults:
        raise VocabularyError(*sorted(faults))
    return Frameworks(entries=found, crosswalks=links, interactions=acts)


@cache
def _shipped() -> Frameworks:
    return load_frameworks(rules_dir() / "frameworks")


def entries() -> tuple[FrameworkEntry, ...]:
    """Return all entries in the order of the files; raises VocabularyError."""
    return tuple(_shipped().entries.values())


def all_ids() -> frozenset[str]:
    """Return the ids that a rule or recommendation may name as its basis; raises VocabularyError."""
    return frozenset(_shipped().entries)


def entry(entry_id: str) -> FrameworkEntry:
    """Return one entry; raises KeyError for an unknown id."""
    return _shipped().entries[entry_id]


def legal_basis(entry_id: str, language: Language) -> LegalBasis:
    """Return an entry as the report names it; raises KeyError for an unknown id.

    Official wording that exists in English only is given in English.
    """
    found = entry(entry_id)
    return LegalBasis(
        id=found.id, label=labels_text(found.label, language), source=found.source, verified=found.verified
    )


def labels_text(label: Labels | Texts, language: Language) -> str:
    """Return the text in a report language, from a catalogue where it is translated, else the English one."""
    return getattr(label, language, None) or text_in({"en": label.en}, language)


def crosswalks() -> tuple[Crosswalk, ...]:
    """Return all crosswalks; raises VocabularyError."""
    return _shipped().crosswalks


def crosswalks_of(entry_id: str) -> tuple[Crosswalk, ...]:
    """Return the crosswalks that touch an entry, on either end."""
    return tuple(link for link in crosswalks() if entry_id in {link.from_id, link.to_id})


def interactions() -> tuple[Interaction, ...]:
    """Return all interactions, one for each pair of themes; raises VocabularyError."""
    return _shipped().interactions


def interaction_between(a_themes: Iterable[str], b_themes: Iterable[str]) -> Interaction | None:
    """Return the strongest interaction between two sets of themes, in either direction, or None.

    Of equally strong ones the negative comes first, then the first in the file: a possible harm is not to be
    hidden by a benefit of the same size.
    """
    a, b = frozenset(a_themes), frozenset(b_themes)
    table = _by_themes()
    met = [table[key] for x in a for y in b for key in ((x, y), (y, x)) if key in table]
    return min(met, key=lambda it: (-abs(it.score), it.score, it.id, it.from_theme, it.to_theme), default=None)


@cache
def _by_themes() -> dict[tuple[str, str], Interaction]:
    table = {(act.from_theme, act.to_theme): act for act in interactions()}
    return table | {(act.to_theme, act.from_theme): act for act in interactions() if not act.directed}


def _collect_entries(path: Path, found: dict[str, FrameworkEntry], faults: list[Fault]) -> None:
    marked = _load(path, faults)
    content = _validated(_FrameworkFile, marked, (), faults) if marked else None
    if marked is None or content is None:
        return
    if content.framework != path.stem:
        faults.append(Fault(marked.where("framework"), f"framework '{content.framework}' stands in {path.name}",
                            f"write framework: {path.stem}"))  # fmt: skip
    for index, item in enumerate(content.entries):
        if item.id in found:
            faults.append(Fault(marked.where("entries", index, "id"), f"id '{item.id}' stands twice", "remove one"))
        if item.verified and not item.source:
            faults.append(Fault(marked.where("entries", index), f"'{item.id}' is verified but names no source",
                                "name the source or write verified: false"))  # fmt: skip
        found.setdefault(item.id, item)


def _read_crosswalks(path: Path, known: dict[str, FrameworkEntry], faults: list[Fault]) -> Iterator[Crosswalk]:
    marked = _load(path, faults)
    if marked is None:
        return
    for index, _ in enumerate(_items(marked, "crosswalks", faults)):
        link = _validated(Crosswalk, marked, ("crosswalks", index), faults)
        if link is None:
            continue
        for key, end in (("from", link.from_id), ("to", link.to_id)):
            if end not in known:
                faults.append(Fault(marked.where("crosswalks", index, key), f"unknown id '{end}'",
                                    "use an id of rules/frameworks"))  # fmt: skip
        yield link


def _read_interactions(path: Path, faults: list[Fault]) -> Iterator[Interaction]:
    marked = _load(path, faults)
    if marked is None:
        return
    mechanisms = set(_items(marked, "mechanisms", faults))
    taken: dict[tuple[str, str], str] = {}
    for index, item in enumerate(_items(marked, "interactions", faults)):
        place = ("interactions", index)
        group = _validated(_InteractionGroup, marked, place, faults, _themes_as_lists(item))
        if group is None:
            continue
        if group.mechanism not in mechanisms:
            faults.append(Fault(marked.where(*place, "mechanism"), f"unknown mechanism '{group.mechanism}'",
                                "add it to 'mechanisms' or use one of them"))  # fmt: skip
        for act in _expanded(group):
            for pair in _directions(act):
                if pair in taken:
                    faults.append(Fault(marked.where(*place), f"{pair[0]} on {pair[1]} stands in {taken[pair]} already",
                                        "keep one of the two"))  # fmt: skip
                taken.setdefault(pair, act.id)
            yield act


def _themes_as_lists(item: Any) -> Any:
    """Rename ``from`` and ``to`` (a theme or a list of themes) to the model's fields."""
    if not isinstance(item, dict):
        return item
    named = {"from_themes": item.get("from"), "to_themes": item.get("to")}
    as_lists = {key: [value] if isinstance(value, str) else value for key, value in named.items()}
    return {key: value for key, value in item.items() if key not in {"from", "to"}} | as_lists


def _expanded(group: _InteractionGroup) -> Iterator[Interaction]:
    for start in group.from_themes:
        for end in group.to_themes:
            yield Interaction(
                id=group.id, from_theme=start, to_theme=end, score=group.score, directed=group.directed,
                mechanism=group.mechanism, reason=group.reason, condition=group.condition, source=group.source,
                verified=group.verified,
            )  # fmt: skip


def _directions(act: Interaction) -> tuple[tuple[str, str], ...]:
    forth, back = (act.from_theme, act.to_theme), (act.to_theme, act.from_theme)
    return (forth,) if act.directed else (forth, back)


def _load(path: Path, faults: list[Fault]) -> Marked | None:
    try:
        return load_marked(path, VocabularyError)
    except VocabularyError as problem:
        faults.extend(problem.faults)
        return None


def _items(marked: Marked, key: str, faults: list[Fault]) -> list[Any]:
    items = marked.data.get(key) if isinstance(marked.data, dict) else None
    if isinstance(items, list) and items:
        return items
    faults.append(
        Fault(marked.where(key), f"'{key}' must be a list that is not empty", "see docs/reference/frameworks.md")
    )
    return []


def _validated(
    model: type[ModelT], marked: Marked, place: tuple[str | int, ...], faults: list[Fault], data: Any = None
) -> ModelT | None:
    if data is None:
        data = marked.data
        for key in place:
            data = data[key]
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        for error in problem.errors():
            where = marked.where(*place, *error["loc"])
            name = ".".join(str(part) for part in error["loc"]) or "the value"
            faults.append(Fault(where, f"{name}: {error['msg']}", "see docs/reference/frameworks.md"))
        return None
