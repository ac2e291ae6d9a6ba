"""Which matches of a rule are kept, the surest ones, and which of them are told together."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from coherence.notices import notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coherence.engine.findings import FindingMaker, Match
    from coherence.models import Notice
    from coherence.pair_facts import Row
    from coherence.rule_models import GroupSpec, LimitSpec, Rule

__all__ = ["selected"]

Key = tuple[str, ...]


def selected(rule: Rule, matches: list[Match], maker: FindingMaker, notices: list[Notice]) -> list[Match]:
    """Return the matches within the rule's limit, in their order, those of one group as one.

    ``matches`` come in canonical order, which decides between equally sure ones. What a limit leaves out is counted in
    a notice, but for what is less sure than the rule asks.
    """
    limit, group = rule.spec.limit, rule.spec.group
    sure = maker.confidence if limit is None or limit.surest == "finding" else maker.rule_confidence
    surest = sorted(range(len(matches)), key=lambda each: -sure(matches[each]))
    if limit is not None and limit.confidence is not None:
        surest = [index for index in surest if maker.confidence(matches[index]) >= limit.confidence]
    if group is not None:
        enough = _big_enough(matches, group)
        surest = [index for index in surest if _group_of(matches[index], group) in enough]
    kept = surest if limit is None else list(_within(limit, surest, matches))
    if len(kept) < len(surest):
        hidden = len(surest) - len(kept)
        notices.append(notice("info", rule.short_file, "rule.findings_hidden", rule=rule.id, hidden=hidden))
    if group is None:
        return [matches[index] for index in sorted(kept)]
    return _grouped(group, kept, matches)


def _within(limit: LimitSpec, surest: Iterable[int], matches: Sequence[Match]) -> Iterator[int]:
    """Yield the matches, surest first, as long as none of the numbers of the limit is exceeded."""
    counts: Counter[Key] = Counter()
    allowed = {
        name: most for name, most in limit.model_dump(exclude={"confidence", "surest"}).items() if most is not None
    }
    for index in surest:
        keys = {name: (name, *_key(name, matches[index], by_statement="statement" in allowed)) for name in allowed}
        if all(counts[keys[name]] < most for name, most in allowed.items()):
            counts.update(keys.values())
            yield index


def _key(name: str, match: Match, *, by_statement: bool = False) -> Key:
    """Return what a number of the limit counts by."""
    if not match.commitments or name == "dossier":
        return ()
    first, second = match.commitments[0], match.commitments[-1]
    if name == "subject":
        return (first["instrument"], first["subject"] or first["theme"] or "", match.missing_instrument or "")
    one, other = (_stated(row) if by_statement else row["id"] for row in (first, second))
    if name in ("first", "second", "statement"):
        return {"first": (one,), "second": (other,), "statement": (one, other)}[name]
    alike = (second["theme"] or "",) if name == "alike" else ()
    return (one, second["instrument"], *alike)


def _stated(row: Row) -> str:
    """Return the statement that a commitment stands in, or itself where that is not known."""
    return str(row["statement"] or row["id"])


def _group_of(match: Match, group: GroupSpec) -> Key:
    return _key("instrument" if group.by == "instrument" else "first", match)


def _big_enough(matches: Iterable[Match], group: GroupSpec) -> set[Key]:
    sizes = Counter(_group_of(match, group) for match in matches)
    return {key for key, size in sizes.items() if size >= group.least}


def _grouped(group: GroupSpec, kept: Iterable[int], matches: Sequence[Match]) -> list[Match]:
    """Return one match for each group, in the order of their first ones: the surest with the others behind it."""
    sizes = Counter(_group_of(match, group) for match in matches)
    members: dict[Key, list[int]] = defaultdict(list)
    for index in kept:
        members[_group_of(matches[index], group)].append(index)
    found = []
    for key, indexes in members.items():
        first, *others = (matches[index] for index in indexes[: group.most])
        commitments = (*first.commitments, *(other.commitments[1] for other in others))
        found.append((min(indexes), replace(first, commitments=commitments, others=tuple(others), among=sizes[key])))
    return [match for _, match in sorted(found, key=lambda each: each[0])]
