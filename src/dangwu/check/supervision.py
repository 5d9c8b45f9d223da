"""Supervision (9.2): participation tables, reports on duties, cases, and the protection of complainants."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.facts.attendance_counts import AttendanceCounts, count_attendance
from dangwu.facts.duty_reports import list_missing_hearers
from dangwu.model.document import PLACEHOLDER
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.kind import find_values
from dangwu.model.message import Text, say
from dangwu.model.period import add_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.period import Period
    from dangwu.model.record import GenericRecord

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
PARTICIPATION_DIFFERS = FindingCode(
    "DW893", "participation-differs", _ERROR, say("A participation table that differs from the meetings"), "9.2(1)"
)
DUTY_REPORT_UNFIT = FindingCode(
    "DW894",
    "duty-report-unfit",
    _WARNING,
    say("A report on duties by the wrong person, not heard by all, or without integrity"),
    "9.2(5)",
)
COMPLAINANT_EXPOSED = FindingCode(
    "DW895", "complainant-exposed", _ERROR, say("A complainant is named outside the protected file"), "9.2(7)"
)
CASE_UNFINISHED = FindingCode(
    "DW896", "case-unfinished", _ERROR, say("A case closed without verification or result"), "9.2(6)"
)
CASE_UNSHOWN = FindingCode(
    "DW897", "case-unshown", _WARNING, say("A case closed without the person's rights"), "9.2(6)"
)
CASE_UNTOUCHED = FindingCode("DW898", "case-untouched", _WARNING, say("A case untouched for six months"), "9.2(6)")
CODES = (PARTICIPATION_DIFFERS, DUTY_REPORT_UNFIT, COMPLAINANT_EXPOSED, CASE_UNFINISHED, CASE_UNSHOWN, CASE_UNTOUCHED)

_UNTOUCHED_MONTHS = 6
_CASE_STEPS = (("received_on",), ("verified_on",), ("closed_on",), ("shown_on",), ("appeal", "lodged_on"))

_IDENTIFYING_LENGTHS = {"name": 2, "contact": 7}
"""Fields of a complainant, and the fewest characters with which each identifies a person."""


def check_participation_tables(context: Context) -> Iterator[Finding]:
    """Check the signed table of every half-year against the meetings; findings give both counts."""
    for table in context.corpus.of("participation-check"):
        if table.period is None or context.corpus.branch is None or _has_unread_meetings(context, table.period):
            continue
        counted = count_attendance(context.corpus, table.period)
        listed: set[str] = set()
        for index, row in enumerate(table.data["members"]):
            yield from _check_row(
                context, table, index, counted.get(row["member"], AttendanceCounts()), twice=row["member"] in listed
            )
            listed.add(row["member"])
        for member, counts in counted.items():
            if counts.due and member not in listed:
                message = say(
                    "{name} ({id}) is not in the table; the meetings give: {counted}.",
                    name=context.corpus.name_of(member),
                    id=member,
                    counted=_describe_counts(counts),
                )
                hint = say("Add the row, and have the table signed again.")
                yield build_finding(
                    PARTICIPATION_DIFFERS, table, ("members",), message, hint, subject=member, at_key=True
                )


def _has_unread_meetings(context: Context, period: Period) -> bool:
    """Tell whether a meeting of a period could not be read, so that counts cannot be compared."""
    first, end = period.start.isoformat(), period.end.isoformat()
    return any(
        file.path.startswith("meetings/") and (file.day is None or first <= file.day < end)
        for file in context.corpus.unread
    )


def _check_row(
    context: Context, table: GenericRecord, index: int, counts: AttendanceCounts, *, twice: bool
) -> Iterator[Finding]:
    row = table.data["members"][index]
    member = row["member"]
    if member in context.corpus.unread_members:
        return
    name, pointer = context.corpus.name_of(member), ("members", index)
    if twice:
        message = say("{name} ({id}) stands in the table more than once.", name=name, id=member)
        yield build_finding(PARTICIPATION_DIFFERS, table, pointer, message, say("Keep one row."), subject=member)
    signed = AttendanceCounts(row["due"], row["present"], row["leave"], row["absent"])
    if signed != counts:
        message = say(
            "{name} ({id}): the table gives {signed}; the meetings give {counted}.",
            name=name,
            id=member,
            signed=_describe_counts(signed),
            counted=_describe_counts(counts),
        )
        hint = say("See which is true: a meeting may have been recorded or corrected after the table was signed.")
        yield build_finding(PARTICIPATION_DIFFERS, table, pointer, message, hint, subject=member)


def _describe_counts(counts: AttendanceCounts) -> Text:
    return say(
        "due {due}, present {present}, leave {leave}, absent {absent}",
        due=counts.due,
        present=counts.present,
        leave=counts.leave,
        absent=counts.absent,
    )


def check_duty_reports(context: Context) -> Iterator[Finding]:
    """Check that reports on duties come from holders of posts, are heard by all sides and cover integrity."""
    branch = context.corpus.branch
    for report in context.corpus.of("duty-report"):
        if branch and report.period and not _has_held_post(context, report):
            name = context.corpus.name_of(report.data["member"])
            message = say("{name} held no post in {year}.", name=name, year=report.period.label)
            hint = say("Correct the person or the year, or enter the post in branch.yaml.")
            yield build_finding(DUTY_REPORT_UNFIT, report, ("member",), message, hint, subject="member")
        missing = list_missing_hearers(report.data["audience"])
        if missing:
            message = say("Not among those who heard the report: {sides}.", sides=missing)
            hint = say(
                "Members, cadres and employees hear it; report to those who are missing too, or correct audience."
            )
            yield build_finding(
                DUTY_REPORT_UNFIT, report, ("audience",), message, hint, subject="audience", at_key=True
            )
        if not report.data["integrity"]:
            message = say("The report does not speak of integrity.")
            hint = say("Duties and integrity are reported on together; report on it too, and enter integrity: true.")
            yield build_finding(DUTY_REPORT_UNFIT, report, ("integrity",), message, hint, subject="integrity")


def _has_held_post(context: Context, report: GenericRecord) -> bool:
    year = report.period
    return year is not None and any(
        post.member == report.data["member"] and post.days.count(year.start, year.end)
        for post in context.corpus.offices.posts
    )


def check_cases(context: Context) -> Iterator[Finding]:
    """Check that a closed case was verified, has a result, and was shown to the person, with the statement."""
    for case in context.corpus.of("case"):
        if "closed_on" not in case.data:
            continue
        for key, what in (("verified_on", say("when it was verified")), ("result", say("its result"))):
            if key not in case.data:
                message = say("The case is closed, but does not say: {what}.", what=what)
                hint = say("Add {field}:, or take closed_on out until then.", field=key)
                yield build_finding(CASE_UNFINISHED, case, ("closed_on",), message, hint, subject=key, at_key=True)
        for key, what in (
            ("shown_on", say("when the result was shown to the person")),
            ("statement", say("what the person said to it")),
        ):
            if key not in case.data:
                message = say("The case is closed, but does not say: {what}.", what=what)
                hint = say(
                    "Whoever it concerns is shown the result, may explain and may appeal; add {field}:.", field=key
                )
                yield build_finding(CASE_UNSHOWN, case, ("closed_on",), message, hint, subject=key, at_key=True)


def check_untouched_cases(context: Context) -> Iterator[Finding]:
    """Find open cases without a further step in six months; an appeal not yet answered keeps a case open."""
    for case in context.corpus.of("case"):
        appeal = case.data.get("appeal")
        if "closed_on" in case.data and (appeal is None or "answered_on" in appeal):
            continue
        last = max((day, pointer) for path in _CASE_STEPS for pointer, day in find_values(case.data, path))
        if add_months(date.fromisoformat(last[0]), _UNTOUCHED_MONTHS) < context.as_of:
            message = say("The case has not been taken a step further for six months.")
            hint = say(
                "Verify it, decide and close it; if it is with another body, enter which, and ask where it stands."
            )
            yield build_finding(CASE_UNTOUCHED, case, last[1], message, hint)


def check_complainants(context: Context) -> Iterator[Finding]:
    """Find complainants named outside their own file, and complainant files that belong to no letter.

    The finding quotes nothing and has no line, so that it does not identify the complainant. A letter is compared
    with its own complainants only: it may mention others for other reasons.
    """
    letters = {letter.id for letter in context.corpus.of("letter")}
    unread = {file.id.removeprefix("letter-") for file in context.corpus.unread if file.kind == "letter"}
    people: dict[str, list[GenericRecord]] = {}
    for person in context.corpus.of("complainant"):
        people.setdefault(person.data["letter"], []).append(person)
        if person.data["letter"] not in letters | unread:
            message = say("The letter that this belongs to is not among the records.")
            yield build_finding(
                COMPLAINANT_EXPOSED, person, ("letter",), message, say("Correct the id, or register the letter.")
            )
    anyone = _compile_complainants(context, [person for group in people.values() for person in group])
    compared = [
        (letter, _compile_complainants(context, people.get(letter.id, []))) for letter in context.corpus.of("letter")
    ]
    compared += [(record, anyone) for kind in ("case", "disclosure") for record in context.corpus.of(kind)]
    for record, pattern in compared:
        if pattern and any(match[1] for text in _find_texts(record.data) for match in pattern.finditer(text)):
            message = say("The complainant must not stand in this file.")
            hint = say(
                "Write “the complainant” instead; who it was stands in complainants/ only. See dangwu explain DW895."
            )
            yield build_finding(COMPLAINANT_EXPOSED, record, ("kind",), message, hint)


def _compile_complainants(context: Context, people: Iterable[GenericRecord]) -> re.Pattern[str] | None:
    """Return a pattern whose first group is a complainant's name or contact; members' longer names match outside it."""
    words = {
        _normalize_text(person.data[key])
        for person in people
        for key, least in _IDENTIFYING_LENGTHS.items()
        if len(person.data.get(key, "")) >= least and PLACEHOLDER not in person.data[key]
    }
    if not words:
        return None
    names = {_normalize_text(member.name) for member in context.corpus.members}
    longer = sorted(name for name in names if any(word in name and word != name for word in words))
    identifying = "|".join(_build_word_pattern(word) if word.isascii() else re.escape(word) for word in sorted(words))
    return re.compile("|".join([*(re.escape(name) for name in longer), f"({identifying})"]))


def _build_word_pattern(word: str) -> str:
    """Return a pattern for a whole word of Latin letters or digits; Chinese characters may adjoin it."""
    return rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])"


def _normalize_text(text: str) -> str:
    """Return a text in one width and case, without blanks between Chinese characters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", folded).strip()


def _find_texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield _normalize_text(node)
    elif isinstance(node, dict):
        for value in node.values():
            yield from _find_texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _find_texts(value)
