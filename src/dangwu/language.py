"""The output languages: gettext catalogues, and messages whose arguments are filled in after translation."""

from __future__ import annotations

import gettext
import re
import string
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangwu.model.message import Bilingual, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
        return self._fill_in(self(text.template), text)

    def _fill_in(self, template: str, text: Text) -> str:
        arguments = {name: self.value(value) for name, value in text.arguments}
        return _Formatter().vformat(template, (), arguments) if arguments else template

    def value(self, value: Argument) -> str:
        """Return a message argument as text."""
        if isinstance(value, Text):
            return self.text(value)
        if isinstance(value, Bilingual):
            return value.zh if self.code == "zh" else value.en
        if isinstance(value, tuple):
            return ("、" if self.code == "zh" else ", ").join(self.value(item) for item in value)
        return value.isoformat() if isinstance(value, date) else str(value)


class ReaderLanguage(Language):
    """A language for people without the repository: ``describe`` puts days, periods, paths and ids into words.

    It returns None for what is none of these.
    """

    __slots__ = ("_describe",)

    def __init__(self, language: Language, describe: Callable[[date | str], str | None]) -> None:
        super().__init__(language.code, language._translations)  # noqa: SLF001 - the same language
        self._describe = describe

    def text(self, text: Text) -> str:
        """Return a message in this language; a path is in words, and a name does not stand behind itself as an id."""
        template = self(text.template)
        if self.code == "zh":  # 2026-03-12 stands between spaces, 2026年3月12日 does not
            for name, value in text.arguments:
                if self._is_described(value):
                    template = template.replace(f" {{{name}}}", f"{{{name}}}").replace(f"{{{name}}} ", f"{{{name}}}")
        worded = _FILE_PATH.sub(lambda match: self._describe(match[0]) or match[0], self._fill_in(template, text))
        return _SAID_TWICE.sub(r"\1", worded)

    def value(self, value: Argument) -> str:
        """Return a message argument as text."""
        described = self._describe(value) if isinstance(value, (date, str)) else None
        return super().value(value) if described is None else described

    def _is_described(self, value: Argument) -> bool:
        if isinstance(value, tuple) and not isinstance(value, (Text, Bilingual)):
            return any(map(self._is_described, value))
        return isinstance(value, (date, str)) and self._describe(value) is not None


_FILE_PATH = re.compile(r"(?<![\w./-])[\w-]+(?:/[\w.-]+)*\.(?:md|ya?ml)(?::\d+){0,2}(?![\w/-])", re.ASCII)
_SAID_TWICE = re.compile(r"(\S{2,20}?) ?[(（]\1[)）]")


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
