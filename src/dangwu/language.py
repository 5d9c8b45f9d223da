"""The output languages: gettext catalogues, and messages whose arguments are filled in after translation."""

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
    """An output language. Messages are written in English in the code; Chinese comes from a catalogue."""

    __slots__ = ("_translations", "code")

    def __init__(self, code: str, translations: gettext.NullTranslations) -> None:
        self.code = code
        self._translations = translations

    def __call__(self, template: str) -> str:
        """Translate a fixed string."""
        return self._translations.gettext(template) if template else ""

    def text(self, text: Text) -> str:
        """Return a message in this language with its arguments."""
        arguments = {name: self.value(value) for name, value in text.arguments}
        return _Formatter().vformat(self(text.template), (), arguments) if arguments else self(text.template)

    def value(self, value: Argument) -> str:
        """Return a message argument as text."""
        if isinstance(value, Text):
            return self.text(value)
        if isinstance(value, Bilingual):
            return value.zh if self.code == "zh" else value.en
        if isinstance(value, tuple):
            return ("、" if self.code == "zh" else ", ").join(self.value(item) for item in value)
        return value.isoformat() if isinstance(value, date) else str(value)


class _Formatter(string.Formatter):
    """Accepts plain argument names only, so that a template reaches no attributes or items."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Return the argument with a name, and the name."""
        return self.get_value(field_name, args, kwargs), field_name


@cache
def load_language(code: str) -> Language:
    """Return the language with a code, ``zh`` or ``en``."""
    translations = gettext.translation(CATALOGUE_DOMAIN, LOCALE_FOLDER, languages=[code], fallback=True)
    return Language(code, translations)
