"""A sentence for people, kept apart from any language until it is printed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeAlias, Union


class Bilingual(NamedTuple):
    """A title that data carries in both languages."""

    zh: str
    en: str

    @classmethod
    def parse(cls, text: str) -> Bilingual:
        """Read ``Chinese · English``, as schemas write titles; without English both are the Chinese."""
        zh, _, en = text.partition(" · ")
        return cls(zh, en or zh)


Argument: TypeAlias = Union[str, int, date, "Text", Bilingual, tuple["Argument", ...]]


class Text(NamedTuple):
    """The English template is the catalogue's key; the arguments are filled in after translation.

    A tuple among the arguments is printed as a list in the manner of the language.
    """

    template: str
    arguments: tuple[tuple[str, Argument], ...] = ()


def say(template: str, /, **arguments: Argument) -> Text:
    """Return the sentence ``template`` with its arguments. The catalogue is extracted from calls of this name."""
    return Text(template, tuple(arguments.items()))
