"""How much a template may make of its values: every text, row and turn of a loop is paid for, and there is an end."""

from __future__ import annotations

from typing import Any

from dangwu.errors import CannotRunError
from dangwu.model.message import say

MOST_WORK = 20_000_000
"""Characters, entries and turns of loops, with the text that each turn repeats; a register of two thousand members is a
third of it."""
_MOST_BITS = 256
_MOST_LEVELS = 20
_TURN, _ENTRY = 100, 10
"""What a turn of a loop costs beside its text, and an entry of a list beside its value: about as much time."""


class TemplateBudget:
    """What is left of the work that a template may cause."""

    def __init__(self, most: int = MOST_WORK) -> None:
        self.left = most

    def pay(self, amount: int) -> None:
        """Take away from what is left; CannotRunError when there is not enough."""
        self.left -= amount
        if self.left < 0:
            raise CannotRunError(
                say("The template is not filled in: it would make far too much out of its values."),
                say("Look for loops within loops, for range() and for texts that repeat themselves."),
            )

    def pay_turn(self, length: int) -> None:
        """Pay for a turn of a loop or a macro that repeats a text of this length."""
        self.pay(length + _TURN)

    def pay_value(self, value: Any, level: int = 0) -> Any:
        """Pay for a value with everything in it, as long as it would be when written out; return the value."""
        if isinstance(value, str):
            self.pay(len(value))
        elif isinstance(value, bool) or value is None:
            self.pay(1)
        elif isinstance(value, int):
            self.pay(1 if value.bit_length() <= _MOST_BITS else self.left + 1)
        elif isinstance(value, dict):
            self._pay_all((*value.keys(), *value.values()), level)
        elif isinstance(value, range):
            self.pay(len(value) * _ENTRY)
        elif isinstance(value, list | tuple):
            self._pay_all(value, level)
        else:
            self.pay(1)
        return value

    def _pay_all(self, values: Any, level: int) -> None:
        if level > _MOST_LEVELS:
            self.pay(self.left + 1)
        self.pay(len(values) * _ENTRY)
        for value in values:
            self.pay_value(value, level + 1)
