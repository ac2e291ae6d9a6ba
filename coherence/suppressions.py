"""Findings that a reviewer has set aside in dossier.yaml: with a reason, a name and a date on which this ends.

Whether a suppression has ended is judged by the assessment's date, which the dossier or the user states: the clock is
never asked, so that the same input gives the same report on any day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import StringConstraints, ValidationError, model_validator

from coherence.form_faults import form_faults
from coherence.identifiers import fold
from coherence.models import FileSpec, Finding, Instrument, Notice, SuppressedFinding, Suppression
from coherence.notices import notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.errors import Fault
    from coherence.models import Commitment
    from coherence.strict_yaml import Marked

__all__ = ["SuppressionSpec", "read_suppressions", "set_aside"]

_KEY = "suppressions"
_PREFIX = "finding-"
"""What fingerprints begin with and reports leave out."""
_MANUAL = "docs/reference/dossier-yaml.md"
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class SuppressionSpec(FileSpec):
    """One entry of ``suppressions``: a finding by its reference, or those of a rule on some commitments."""

    finding: Annotated[str, StringConstraints(pattern=r"^(finding-)?[0-9a-f]{8,16}$")] | None = None
    """Reference of the finding, or how it begins, with eight digits at least; reports show it without "finding-"."""
    rule: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3,8}-[0-9]{3}$")] | None = None
    """Id of a rule: its findings, unless narrowed by quote and instrument."""
    quote: Text | None = None
    """Words that stand in the quote of a commitment of the finding."""
    instrument: Instrument | None = None
    """Instrument of a commitment of the finding, or the one in which something is missing."""
    reason: Text
    """Why it does not count."""
    author: Text
    """Who decided so."""
    expires: date
    """Last day on which it holds."""

    @model_validator(mode="after")
    def _check_aim(self) -> SuppressionSpec:
        if (self.finding is None) is (self.rule is None):
            raise ValueError("name either a finding by its reference, or a rule")
        if self.finding is not None and (self.quote or self.instrument):
            raise ValueError("quote and instrument narrow a rule; a finding needs neither")
        return self


def read_suppressions(marked: Marked, faults: list[Fault]) -> tuple[Suppression, ...]:
    """Return the suppressions of a manifest in its order; adds every fault to ``faults``."""
    found = []
    for index, item in enumerate(marked.data[_KEY]):
        inner = _within(marked, index)
        try:
            spec = SuppressionSpec.model_validate(item)
        except ValidationError as problem:
            faults += form_faults(problem, inner, SuppressionSpec, _MANUAL)
            continue
        place = inner.where()
        where = f"{marked.path.name}:{place.line}:{place.column}"
        found.append(Suppression(where=where, **spec.model_dump()))
    return tuple(found)


def set_aside(
    findings: Iterable[Finding],
    suppressions: Sequence[Suppression],
    as_of: date | None,
    commitments: Mapping[str, Commitment],
) -> tuple[tuple[Finding, ...], tuple[SuppressedFinding, ...], tuple[Notice, ...]]:
    """Return the findings that stand, those set aside, and notices of suppressions that ended or met no finding.

    Of several suppressions of one finding the first that has not ended holds. Raises ValueError when there are
    suppressions and no date.
    """
    if suppressions and as_of is None:
        raise ValueError("suppressions need the date of the assessment")
    standing: list[Finding] = []
    aside: list[SuppressedFinding] = []
    met: set[int] = set()
    standing_of: set[int] = set()
    for finding in findings:
        aimed = [index for index, each in enumerate(suppressions) if _aims_at(each, finding, commitments)]
        met.update(aimed)
        holding = [suppressions[index] for index in aimed if as_of is not None and suppressions[index].expires >= as_of]
        if holding:
            aside.append(SuppressedFinding(finding=finding, suppression=holding[0]))
        else:
            standing.append(finding)
            standing_of.update(aimed)
    return tuple(standing), tuple(aside), tuple(_notices(suppressions, met, standing_of, as_of))


def _notices(
    suppressions: Sequence[Suppression], met: set[int], standing: set[int], as_of: date | None
) -> Iterable[Notice]:
    """Yield what to decide anew: those that meet nothing, and those that ended although findings of theirs stand."""
    for index, each in enumerate(suppressions):
        aim = each.finding or each.rule
        if index in standing:
            values = {"aim": aim, "expires": each.expires, "as_of": as_of, "author": each.author}
            yield notice("warning", each.where, "suppression.expired", **values)
        elif index not in met:
            yield notice("warning", each.where, "suppression.unmatched", aim=aim, author=each.author)


def _aims_at(suppression: Suppression, finding: Finding, commitments: Mapping[str, Commitment]) -> bool:
    if suppression.finding is not None:
        return finding.fingerprint.removeprefix(_PREFIX).startswith(suppression.finding.removeprefix(_PREFIX))
    if suppression.rule != finding.rule:
        return False
    concerned = [commitments[name] for name in finding.commitments if name in commitments]
    if suppression.quote is not None:
        words = fold(suppression.quote)
        concerned = [each for each in concerned if words in fold(each.quote)]
        if not concerned:
            return False
    instruments = {each.instrument for each in concerned}
    if finding.missing is not None and finding.missing.instrument is not None and suppression.quote is None:
        instruments.add(finding.missing.instrument)
    return suppression.instrument is None or suppression.instrument in instruments


def _within(marked: Marked, index: int) -> Marked:
    """Return one entry of the list as a file of its own, its places those in the whole file."""
    own = (_KEY, index)
    places = {path[2:]: place for path, place in marked.places.items() if path[:2] == own}
    data: Any = marked.data[_KEY][index]
    return type(marked)(marked.path, data, places)
