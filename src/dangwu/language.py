"""The two languages: gettext catalogues, and sentences filled in after translation."""

from __future__ import annotations

import gettext
import string
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangwu.model.message import Bilingual, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.model.message import Argument

LANGUAGES = ("zh", "en")
CATALOGUE_DOMAIN = "messages"
LOCALE_FOLDER = Path(__file__).parent / "data" / "locale"


class Language:
    """One language of output. English is written in the code; the others come from a catalogue."""

    __slots__ = ("_translations", "code")

    def __init__(self, code: str, translations: gettext.NullTranslations) -> None:
        self.code = code
        self._translations = translations

    def __call__(self, template: str) -> str:
        """Translate a fixed string."""
        return self._translations.gettext(template) if template else ""

    def text(self, text: Text) -> str:
        """Return a sentence in this language, its arguments filled in."""
        arguments = {name: self.value(value) for name, value in text.arguments}
        return _Formatter().vformat(self(text.template), (), arguments) if arguments else self(text.template)

    def value(self, value: Argument) -> str:
        """Return an argument as it stands in a sentence."""
        if isinstance(value, Text):
            return self.text(value)
        if isinstance(value, Bilingual):
            return value.zh if self.code == "zh" else value.en
        if isinstance(value, tuple):
            return ("、" if self.code == "zh" else ", ").join(self.value(each) for each in value)
        return value.isoformat() if isinstance(value, date) else str(value)


class _Formatter(string.Formatter):
    """Fills in plain names only: data never reaches attributes or indexes."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Look up one argument by its name."""
        return self.get_value(field_name, args, kwargs), field_name


@cache
def load_language(code: str) -> Language:
    """Return a language by its code, ``zh`` or ``en``."""
    translations = gettext.translation(CATALOGUE_DOMAIN, LOCALE_FOLDER, languages=[code], fallback=True)
    return Language(code, translations)
