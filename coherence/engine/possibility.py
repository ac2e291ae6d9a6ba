"""Whether conditions leave it open that they hold, where only some facts are decided."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from coherence.engine.compilation import Compiled, compile_condition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from coherence.engine.rows import Env
    from coherence.rule_expressions import Node

__all__ = ["OpenRow", "can_hold"]


class _Open(Enum):
    OPEN = "open"


_OPEN: Final = _Open.OPEN
_Outcome = bool | None | Literal[_Open.OPEN]
"""True, False, None where a fact is decided to be unknown, open where it hangs on a fact that is not decided."""


class _UndecidedError(Exception):
    """A condition has asked for a fact that is not decided."""


class OpenRow(dict[str, Any]):
    """Facts by name, of which only some are decided."""

    def __missing__(self, name: str) -> Any:
        """Stop the condition that asks."""
        raise _UndecidedError(name)


def can_hold(conditions: Iterable[Node], env: Env) -> bool:
    """Return whether facts that are not decided in ``env`` may make all conditions true, each taken by itself."""
    return all(_outcome(node, env) in (True, _OPEN) for node in conditions)


def _outcome(node: Node, env: Env) -> _Outcome:
    if node.op in _COMBINED:
        return _COMBINED[node.op]([_outcome(part, env) for part in node.parts])
    try:
        found: bool | None = _compiled(node)(env)
    except _UndecidedError:
        return _OPEN
    return found


@lru_cache(maxsize=4096)
def _compiled(node: Node) -> Compiled:
    return compile_condition(node)


def _all(parts: list[_Outcome]) -> _Outcome:
    if False in parts:
        return False
    return next((each for each in (_OPEN, None) if each in parts), True)


def _any(parts: list[_Outcome]) -> _Outcome:
    if True in parts:
        return True
    return next((each for each in (_OPEN, None) if each in parts), False)


def _opposite(parts: list[_Outcome]) -> _Outcome:
    return not parts[0] if isinstance(parts[0], bool) else parts[0]


_COMBINED: dict[str, Callable[[list[_Outcome]], _Outcome]] = {"and": _all, "or": _any, "not": _opposite}
