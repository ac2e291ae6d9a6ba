"""What an accounting says: lines, totals as ranges, what was left out, the land there is. No single sum anywhere."""

from __future__ import annotations

from typing import Literal

from coherence.model_basics import Frozen, Instrument

__all__ = [
    "Account", "AccountLine", "AccountRow", "Accounting", "Apart", "Because", "Counted", "InstrumentTotal", "LandCheck",
    "LeftOut", "Measure", "NotCounted", "Note", "Response", "Same", "Total",
]  # fmt: skip

Measure = Literal["area", "emission", "money"]
Response = Literal["avoid", "reduce", "reverse"]
Apart = Literal["land_type", "place", "in_addition", "sector"]
"""Why two lines are different land or emissions."""
Same = Literal[
    "restated", "told_again", "extended", "stated_total", "sector_of_whole", "one_economy", "unconditional_within",
    "cost_of_plan",
]  # fmt: skip
"""Why two lines never count both."""
Because = Apart | Same | Literal["largest", "alone", "may_be_within"]
NotCounted = Literal["per_year", "share", "per_head", "level", "remains"]
Note = Literal["years", "change", "up_to", "considered", "largest", "latest"]
"""What was done to a figure."""
Counted = Literal["both", "maximum", "never"]
"""At both ends; at the maximum only, where nothing shows it apart from another line; or never beside another line."""


class AccountLine(Frozen):
    """One measure of one document with its figure in the canonical unit; a table's row of the account."""

    commitment: str
    """Id of the main commitment."""
    figure: str
    """Id of the commitment that states the figure: the main one or a part of it."""
    instrument: Instrument
    conditional: bool
    group: str
    """Land type, sector, or what money is for."""
    response: Response | None = None
    low: float
    high: float
    text: str
    """The figure as written."""
    notes: tuple[Note, ...] = ()
    counted: Counted
    """Within the account as a whole."""
    because: Because
    beside: str | None = None
    """Id of the main commitment that covers, or is restated by, this one."""


class LeftOut(Frozen):
    """A figure that is in no total, and the id of the reason."""

    commitment: str
    text: str
    because: NotCounted


class Total(Frozen):
    """A range in the account's unit, and whose lines (ids of main commitments) make up each end."""

    low: float
    high: float
    low_of: tuple[str, ...]
    high_of: tuple[str, ...]
    lines: int


class InstrumentTotal(Frozen):
    """What the lines of one instrument amount to among themselves."""

    instrument: Instrument
    total: Total


class AccountRow(Frozen):
    """A land type (or sector), whole or for one response to land degradation."""

    group: str
    response: Response | None = None
    whole: bool
    """Whether the row is for all responses; it names one where there is no other."""
    total: Total
    unconditional: Total | None = None
    conditional: Total | None = None
    instruments: tuple[InstrumentTotal, ...] = ()

    def of(self, instrument: Instrument) -> Total | None:
        """Return what one instrument's lines amount to, or None where it has none here."""
        return next((each.total for each in self.instruments if each.instrument == instrument), None)


class Account(Frozen):
    """Everything that may be counted together: one unit and one basis."""

    measure: Measure
    unit: str
    basis: str = ""
    """Of emissions: what they are measured against and over which time (``bau:in_year``)."""
    whole: AccountRow
    rows: tuple[AccountRow, ...]
    lines: tuple[AccountLine, ...]


class LandCheck(Frozen):
    """The land that the commitments ask for beside the land there is, in hectares."""

    demand: Total
    land_area_ha: float
    total_area: bool
    """Whether the figure includes inland water, because the source gives no other."""
    source: str
    year: int
    verified: bool
    verdict: Literal["exceeded", "may_exceed", "within"]


class Accounting(Frozen):
    """The accounts of a dossier, one for each unit and basis, and what stands in none."""

    accounts: tuple[Account, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    land: LandCheck | None = None
