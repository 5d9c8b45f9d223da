"""Words of flags and answers → values of a record; UsageErrors name the flag."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.cli.languages import _
from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.model.period import Period
from dangwu.model.schema_node import find_choice, name_choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dangwu.authoring.new.record_fields import Flag
    from dangwu.cli.prompts import Asker

_NUMBER_PATTERN = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_YES_WORDS = frozenset({"yes", "y", "true", "是", "有"})
_NO_WORDS = frozenset({"no", "n", "false", "否", "无", "没有"})
_HIGHEST_NUMBER = 100_000
_PERIOD_EXAMPLES = {"month": "2026-03", "quarter": "2026-Q1", "half": "2026-H1", "year": "2026"}
FORM_METAVARS = {
    "day": "DATE",
    "member": "ID",
    "person": "ID",
    "group": "ID",
    "record": "ID",
    "id": "ID",
    "integer": "N",
    "number": "N",
    **_PERIOD_EXAMPLES,
}


def parse_value(ask: Asker, flag: Flag, word: str) -> Any:
    """Parse a word in the form of its flag; UsageError when it does not fit."""
    parse = _VALUE_PARSERS.get(flag.form, _parse_text)
    return parse(ask, flag, word.strip())


def parse_values(ask: Asker, flag: Flag, words: Iterable[str]) -> list[Any]:
    """Parse several words, without repetitions; one word may hold several members, separated by commas."""
    if flag.form == "member":
        return list(ask.members(words))
    return list(dict.fromkeys(parse_value(ask, flag, word) for word in words))


def ask_value(ask: Asker, flag: Flag) -> Any:
    """Prompt for a value until it fits; None for an empty answer or a run that is not interactive."""
    question = _format_question(flag, ask.language)
    while True:
        answer = ask.several(question) if flag.many else ask.optional(question)
        if not answer:
            return None
        try:
            return parse_values(ask, flag, answer) if isinstance(answer, list) else parse_value(ask, flag, answer)
        except UsageError as error:
            ask.report_error(error)


def nest_values(values: Mapping[tuple[str, ...], Any]) -> dict[str, Any]:
    """Return values by field path as nested mappings."""
    data: dict[str, Any] = {}
    for path, value in values.items():
        parent = data
        for key in path[:-1]:
            parent = parent.setdefault(key, {})
        parent[path[-1]] = value
    return data


def _format_question(flag: Flag, language: str) -> str:
    choices = "|".join(flag.list_choices(language))
    form = _("yes or no") if flag.form == "yes-no" else choices or FORM_METAVARS.get(flag.form, "")
    hints = [hint for hint in (form, ";" if flag.many else "") if hint]
    return flag.titled(language) + (f" ({' '.join(hints)})" if hints else "")


def _parse_text(ask: Asker, flag: Flag, word: str) -> str:  # noqa: ARG001 - one signature for all parsers
    if not word:
        raise UsageError(say("{flag}: write something here; only blanks are not enough.", flag=flag.name))
    if flag.longest is not None and len(word) > flag.longest:
        raise UsageError(say("{flag}: the text is too long.", flag=flag.name))
    if flag.pattern is not None and not re.search(flag.pattern, word):
        raise UsageError(say("{text} does not have the form that {flag} wants.", text=word, flag=flag.name))
    return word


def _parse_choice(ask: Asker, flag: Flag, word: str) -> Any:  # noqa: ARG001
    code = find_choice(flag.options, word)
    if code is None:
        options = tuple(name_choice(*choice) for choice in flag.options.items())
        raise UsageError(say("{flag}: {text} is none of these: {options}.", flag=flag.name, text=word, options=options))
    return int(code) if flag.numbered else code


def _parse_yes_no(ask: Asker, flag: Flag, word: str) -> bool:  # noqa: ARG001
    if word.lower() not in _YES_WORDS | _NO_WORDS:
        raise UsageError(say("{flag}: answer yes or no.", flag=flag.name))
    return word.lower() in _YES_WORDS


def _parse_number(ask: Asker, flag: Flag, word: str) -> int | float:  # noqa: ARG001
    whole = flag.form == "integer"
    if not _NUMBER_PATTERN.fullmatch(word) or (whole and "." in word):
        wanted = say("a whole number") if whole else say("a number")
        raise UsageError(say("{flag}: {text} is not {wanted}.", flag=flag.name, text=word, wanted=wanted))
    number = float(word)
    low, high = flag.lowest or 0, flag.highest or _HIGHEST_NUMBER
    if not low <= number <= high:
        least, most = f"{low:g}", f"{high:g}"
        raise UsageError(
            say("{flag}: {text} is not from {low} to {high}.", flag=flag.name, text=word, low=least, high=most)
        )
    return int(number) if number == int(number) else number


def _parse_period(ask: Asker, flag: Flag, word: str) -> str | int:  # noqa: ARG001
    try:
        period = Period.parse(word.upper())
    except ValueError:
        period = None
    if period is None or period.every != flag.form:
        raise UsageError(
            say("{flag}: {text} is not written as {form}.", flag=flag.name, text=word, form=_PERIOD_EXAMPLES[flag.form])
        )
    return int(period.label) if flag.form == "year" else period.label


def _parse_record_id(ask: Asker, flag: Flag, word: str) -> str:
    if word not in ask.corpus.by_id:
        raise UsageError(
            say("{flag}: no record has the id {text}.", flag=flag.name, text=word),
            say("An id is a file's name without its ending; of a year's records it is the kind and the year."),
        )
    return word


_VALUE_PARSERS: dict[str, Callable[[Asker, Flag, str], Any]] = {
    "choice": _parse_choice,
    "yes-no": _parse_yes_no,
    "integer": _parse_number,
    "number": _parse_number,
    "month": _parse_period,
    "quarter": _parse_period,
    "half": _parse_period,
    "year": _parse_period,
    "record": _parse_record_id,
    "day": lambda ask, flag, word: ask.day(word, flag.name).isoformat(),
    "member": lambda ask, flag, word: ask.required_member(word, flag.name),
    "person": lambda ask, flag, word: ask.person(word, flag.name),
    "group": lambda ask, flag, word: ask.group(word),  # noqa: ARG005
}
"""The parser of each form of flag; every other form is text."""
