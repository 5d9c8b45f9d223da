"""Messages for people, independent of language until they are printed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeAlias, Union


class Bilingual(NamedTuple):
    """A title or name in Chinese and English."""

    zh: str
    en: str

    @classmethod
    def parse(cls, text: str) -> Bilingual:
        """Read ``Chinese · English``, as schemas write titles; without English both are the Chinese."""
        zh, _, en = text.partition(" · ")
        return cls(zh, en or zh)


Argument: TypeAlias = Union[str, int, date, "Text", Bilingual, tuple["Argument", ...]]


class Text(NamedTuple):
    """A message: an English template, which is the key of the catalogue, and its arguments.

    Arguments are filled in after translation; a tuple is printed as a list in the style of the language.
    """

    template: str
    arguments: tuple[tuple[str, Argument], ...] = ()


def say(template: str, /, **arguments: Argument) -> Text:
    """Return a message. The catalogue is extracted from calls of this function."""
    return Text(template, tuple(arguments.items()))
