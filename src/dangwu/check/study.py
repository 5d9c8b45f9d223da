"""Study and training: items of the education plan, hours, study checks, speakers (6.3, 6.5, 6.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.facilities import FACILITY_NAMES, find_missing_facilities
from dangwu.facts.study_hours import HOURS_A_YEAR, sum_study_hours
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say
from dangwu.model.period import Period
from dangwu.model.record import LECTURE, ORGANIZATIONAL_LIFE_MEETING, STUDY_SESSION, UNPLANNED, Meeting, Standing
from dangwu.model.spans import Days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding
    from dangwu.model.record import GenericRecord

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
PLAN_ITEM_UNKNOWN = FindingCode(
    "DW861", "plan-item-unknown", _ERROR, say("An item that the education plan does not have"), "6.3a"
)
PLAN_ITEM_UNFULFILLED = FindingCode(
    "DW862", "plan-item-unfulfilled", _NOTE, say("Items of the education plan that nothing cites"), "6.3a"
)
HOURS_SHORT = FindingCode("DW863", "hours-short", _NOTE, say("Fewer hours of study than usual"), "6.3b")
STUDY_CHECK_UNLINKED = FindingCode(
    "DW864", "study-check-unlinked", _WARNING, say("Assessments without a check of study"), "6.8"
)
NOT_EVERYONE_SPOKE = FindingCode(
    "DW865", "not-everyone-spoke", _ERROR, say("Speakers do not match those present"), "6.5"
)
FACILITY_MISSING = FindingCode(
    "DW866", "facility-missing", _WARNING, say("No activity room, no audio-visual kit, or no papers"), "6.6"
)
CODES = (
    PLAN_ITEM_UNKNOWN,
    PLAN_ITEM_UNFULFILLED,
    HOURS_SHORT,
    STUDY_CHECK_UNLINKED,
    NOT_EVERYONE_SPOKE,
    FACILITY_MISSING,
)

TRAINING = "training"
_RECORDED_FORMS = (STUDY_SESSION, LECTURE, TRAINING)
"""Forms of a plan item that are recorded; no record of a visit or of self-study could cite the item."""
_HALF = 2


def check_plan_items(context: Context) -> Iterator[Finding]:
    """Check that the items cited by sessions, lectures and trainings are in the education plan of their year."""
    plans = context.corpus.by_year("education-plan")
    for record, year, item in _find_item_citations(context.corpus):
        plan = plans.get(year)
        if plan and item != UNPLANNED and all(known["id"] != item for known in plan.data["items"]):
            message = say("The education plan of {year} has no item {id}.", year=str(year), id=item)
            hint = say("Name an item of the plan, or write unplanned.")
            yield build_finding(PLAN_ITEM_UNKNOWN, record, ("plan_item",), message, hint, subject=item)


def check_unfulfilled_items(context: Context) -> Iterator[Finding]:
    """Note the plan items whose month is over and that no record cites."""
    if _has_unread_study(context):
        return
    cited = {(year, item) for _, year, item in _find_item_citations(context.corpus)}
    for plan in context.corpus.of("education-plan"):
        year = plan.data["year"]
        left = tuple(
            say("{topic} (item {id})", id=item["id"], topic=item["topic"])
            for item in plan.data["items"]
            if item["form"] in _RECORDED_FORMS
            and Period.parse(f"{year}-{item['month']:02d}").last < context.as_of
            and (year, item["id"]) not in cited
        )
        if left:
            message = say("Their month is over, and no record cites them: {items}.", items=left)
            hint = say("If one was held, write its id under plan_item there; what was not held may be caught up.")
            yield build_finding(PLAN_ITEM_UNFULFILLED, plan, ("items",), message, hint, at_key=True)


def check_study_hours(context: Context) -> Iterator[Finding]:
    """Note, once a year is over, the members with fewer hours than generally required; no assessment follows."""
    if _has_unread_study(context):
        return
    for plan in context.corpus.of("education-plan"):
        if plan.period is None or context.as_of <= plan.period.last:
            continue
        rows = tuple(
            say("{name}: {hours} hours", name=context.corpus.name_of(member), hours=f"{sum_:g}")
            for member, sum_ in sum_study_hours(context.corpus, plan.data["year"]).items()
            if sum_ < HOURS_A_YEAR and _was_member_all_year(context.corpus, member, plan.period)
        )
        if rows:
            message = say(
                "For people to consider, fewer than {hours} hours in {year}: {rows}.",
                hours=HOURS_A_YEAR,
                year=str(plan.data["year"]),
                rows=rows,
            )
            hint = say(
                "First ask for the reason, and whether hours were left out of the records; nothing is decided here."
            )
            yield build_finding(HOURS_SHORT, plan, ("year",), message, hint)


def _was_member_all_year(corpus: Corpus, member: str, year: Period) -> bool:
    """Tell whether the hours of a year can be compared: a member all year, exempt for less than half of it."""
    known = corpus.member_by_id[member]
    days = (year.end - year.start).days
    exempt = Days(exemption.span for exemption in known.exemptions).count(year.start, year.end)
    in_branch = known.days_as(Standing.FULL, Standing.PROBATIONARY).count(year.start, year.end)
    return in_branch == days and exempt * _HALF < days


def check_study_checks(context: Context) -> Iterator[Finding]:
    """Find years with assessments but no study check before the last of them (6.8)."""
    if "study-check" in context.corpus.unread_kinds:
        return
    years: dict[int, list[GenericRecord]] = {}
    for assessment in context.corpus.of("assessment"):
        years.setdefault(assessment.data["year"], []).append(assessment)
    for year, assessments in years.items():
        last = max(assessment.data["decided_on"] for assessment in assessments)
        if not any(f"{year}-01-01" <= check.data["date"] <= last for check in context.corpus.of("study-check")):
            message = say("The members of {year} were assessed, and no check of study was made.", year=str(year))
            hint = say("Check the members' study and record it; the assessment leans on it.")
            yield build_finding(STUDY_CHECK_UNLINKED, assessments[0], ("year",), message, hint)


def check_speakers(context: Context) -> Iterator[Finding]:
    """Check that everyone present at an organizational life meeting spoke, and nobody else (6.5)."""
    corpus = context.corpus
    for meeting in corpus.meetings:
        if meeting.kind != ORGANIZATIONAL_LIFE_MEETING:
            continue
        speakers = meeting.data["spoke"]
        for member in sorted(set(meeting.present).difference(speakers)):
            message = say(
                "{name} ({id}) was there and is not among those who spoke.", name=corpus.name_of(member), id=member
            )
            hint = say("Everybody speaks at this meeting; if {id} did, add the id.", id=member)
            yield build_finding(NOT_EVERYONE_SPOKE, meeting, ("spoke",), message, hint, subject=member, at_key=True)
        for index, member in enumerate(speakers):
            if member not in meeting.present:
                message = say(
                    "{name} ({id}) is among those who spoke and was not there.", name=corpus.name_of(member), id=member
                )
                hint = say("Take {id} out of spoke, or correct the list of those present.", id=member)
                yield build_finding(NOT_EVERYONE_SPOKE, meeting, ("spoke", index), message, hint, subject=member)


def _find_item_citations(corpus: Corpus) -> Iterator[tuple[Meeting | GenericRecord, int, str]]:
    """Yield each record that cites the education plan, the plan's year and the item.

    The year is that of the period which a meeting makes up for.
    """
    for meeting in corpus.meetings:
        if "plan_item" in meeting.data:
            day = meeting.makes_up.start if meeting.makes_up else meeting.day
            yield meeting, day.year, meeting.data["plan_item"]
    for training in corpus.of(TRAINING):
        if training.day is not None:
            yield training, training.day.year, training.data["plan_item"]


def _has_unread_study(context: Context) -> bool:
    """Tell whether a session, lecture or training could not be read, so that items and hours cannot be counted."""
    return not context.corpus.unread_kinds.isdisjoint(_RECORDED_FORMS)


def check_facilities(context: Context) -> Iterator[Finding]:
    """Find what each check of room, kit and papers found missing, until a later check finds it there.

    Papers that are still to be filled in are no finding here.
    """
    checks = [check for check in context.corpus.of("facility-check") if check.day and check.day <= context.as_of]
    for check in checks:
        for field in find_missing_facilities(check):
            if field == "subscriptions" and check.data[field]:
                continue
            later = (other for other in checks if other.day and check.day and other.day > check.day)
            if any(field not in find_missing_facilities(other) for other in later):
                continue
            message = say("The check found that this was missing: {thing}.", thing=FACILITY_NAMES[field])
            hint = say("Let the check stand; once it is there, check again and record it.")
            yield build_finding(FACILITY_MISSING, check, (field,), message, hint, subject=field, at_key=True)
