"""The errors a user can cause, each with its place and its remedy."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "CoherenceError",
    "DossierError",
    "Fault",
    "Location",
    "ReadingError",
    "RuleError",
    "VocabularyError",
]


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file: 1-based page or line and column, whichever are known."""

    path: str
    page: int | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Write ``path:line:column`` or ``path, page N``."""
        if self.page is not None:
            return f"{self.path}, page {self.page}"
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong: where it is, what it is, and what to do next."""

    location: Location
    what: str
    remedy: str = ""
    message: str = field(default="", compare=False)
    """Id of the text in the vocabulary of notices, where it stands there."""
    values: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """Names and values of what the text was filled in with."""

    def __str__(self) -> str:
        """Write ``where: what; remedy`` on one line."""
        return f"{self.location}: {self.what}" + (f"; {self.remedy}" if self.remedy else "")


class CoherenceError(Exception):
    """Base of all errors that are shown to a user without a traceback; carries every fault found."""

    def __init__(self, *faults: Fault) -> None:
        """Hold the faults in order of their places."""
        super().__init__(*faults)
        self.faults: tuple[Fault, ...] = tuple(faults)

    def __str__(self) -> str:
        """Write one fault a line."""
        return "\n".join(str(fault) for fault in self.faults)


class DossierError(CoherenceError):
    """A dossier folder or its manifest cannot be used as it is."""


class ReadingError(CoherenceError):
    """A document cannot be read; the others of the dossier still can."""


class VocabularyError(CoherenceError):
    """A vocabulary or framework file under rules/ is faulty."""


class RuleError(CoherenceError):
    """One or more rule files are faulty."""
