"""The command with which a refused import can succeed: the one that was given, and the options that were missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.language import Language
    from dangwu.model.import_plan import ImportPlan

_FLAGS = {
    "mapping": "--map",
    "tab": "--sheet",
    "year": "--year",
    "month": "--month",
    "paid_on": "--paid-on",
    "assessed_from": "--assessed-from",
    "collector": "--collector",
}
_PLAIN = re.compile(r"[\w./:=@+-]+")


def build_import_command(
    sheet: str, file: str, options: Mapping[str, Any], plan: ImportPlan, language: Language
) -> str | None:
    """Return the command to give next; None where no option helps. Words in capitals are for people to fill in."""
    asked = [option for problem in plan.troubles for option in problem.retry]
    missing = list(dict.fromkeys(option if isinstance(option, str) else language.text(option) for option in asked))
    if not missing:
        return None
    return " ".join(["dangwu import", sheet, _quote(file), *_list_options(options), *missing])


def _list_options(options: Mapping[str, Any]) -> Iterator[str]:
    for name, flag in _FLAGS.items():
        value = options.get(name)
        for word in value if isinstance(value, list | tuple) else () if value is None else (value,):
            yield f"{flag} {_quote(str(word))}"


def _quote(word: str) -> str:
    """Return a word as every shell takes it for one."""
    return word if _PLAIN.fullmatch(word) else f'"{word}"'
