"""Running the command line inside a test: its exit status and what it prints."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from coherence.cli import main


class Done(NamedTuple):
    """How a run ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


def rules_runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs ``coherence rules`` with arguments."""

    def call(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["coherence", "rules", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return call
