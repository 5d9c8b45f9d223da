"""The yearly democratic appraisal: ballots, results per member, and the share of excellent grades (system 7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dangwu.check.twins import link_twins
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say
from dangwu.model.record import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import GenericRecord

_ERROR = Severity.ERROR
APPRAISAL_TALLIES = FindingCode(
    "DW872", "appraisal-tallies", _ERROR, say("More votes than ballots, or more ballots than voters"), "7.3"
)
APPRAISAL_COVERAGE = FindingCode(
    "DW873", "appraisal-coverage", _ERROR, say("A result that is missing, double or out of place"), "7.4"
)
EXCELLENT_MANY = FindingCode("DW874", "excellent-many", Severity.NOTE, say("More than one third are excellent"), "7.4")
APPRAISAL_VOTERS = FindingCode(
    "DW875", "appraisal-voters", Severity.WARNING, say("More voters than full members"), "7.3"
)
GRADES_DIFFER = FindingCode(
    "DW860",
    "grades-differ",
    Severity.WARNING,
    say("Assessment and appraisal of one year give different grades"),
    "5.5b",
)
CODES = (APPRAISAL_TALLIES, APPRAISAL_COVERAGE, EXCELLENT_MANY, APPRAISAL_VOTERS, GRADES_DIFFER)

_GRADE_NAMES = {
    "excellent": say("excellent"),
    "qualified": say("qualified"),
    "basically-qualified": say("basically qualified"),
    "unqualified": say("unqualified"),
}


def check_tallies(context: Context) -> Iterator[Finding]:
    """Check every tally against the ballots, the ballots against the voters, the voters against the full members."""
    for appraisal in context.corpus.of("appraisal"):
        voters, ballots = appraisal.data["voters"], appraisal.data["ballots"]
        if ballots > voters:
            message = say("Ballots: {ballots}; voters: {voters}.", ballots=ballots, voters=voters)
            yield build_finding(
                APPRAISAL_TALLIES, appraisal, ("ballots",), message, say("Count again."), subject="ballots"
            )
        for index, row in enumerate(appraisal.data["results"]):
            votes = sum(row["tally"].values())
            if votes > ballots:
                message = say("Votes for one member: {votes}; ballots: {ballots}.", votes=votes, ballots=ballots)
                hint = say("Each ballot holds one grade a member; count again.")
                yield build_finding(
                    APPRAISAL_TALLIES, appraisal, ("results", index, "tally"), message, hint, subject=row["member"]
                )
        yield from _check_voters(context, appraisal, voters)


def _check_voters(context: Context, appraisal: GenericRecord, voters: int) -> Iterator[Finding]:
    corpus = context.corpus
    full = len(corpus.roster.full_members_on(date.fromisoformat(appraisal.data["stages"]["democratic"]["date"])))
    if voters > full and not corpus.unread_members:
        message = say("Voters: {voters}; full members on the day of the vote: {full}.", voters=voters, full=full)
        hint = say("Probationary members take part and have no vote; what employees say is asked for apart.")
        yield build_finding(APPRAISAL_VOTERS, appraisal, ("voters",), message, hint)


def check_coverage(context: Context) -> Iterator[Finding]:
    """Check that every full member has exactly one result, and nobody else any.

    A result is required of those who were full members both at the vote and at the decision.
    """
    for appraisal in context.corpus.of("appraisal"):
        if appraisal.day is None:
            continue
        seen: set[str] = set()
        for index, row in enumerate(appraisal.data["results"]):
            yield from _check_result_member(context, appraisal, index, seen)
            seen.add(row["member"])
        roster, vote = context.corpus.roster, date.fromisoformat(appraisal.data["stages"]["democratic"]["date"])
        for member in sorted(roster.full_members_on(appraisal.day) & roster.full_members_on(vote) - seen):
            message = say("{name} ({id}) has no result.", name=context.corpus.name_of(member), id=member)
            hint = say("Every full member gets a grade with its reason; add the result that was decided.")
            yield build_finding(APPRAISAL_COVERAGE, appraisal, ("results",), message, hint, subject=member, at_key=True)


def _check_result_member(context: Context, appraisal: GenericRecord, index: int, seen: set[str]) -> Iterator[Finding]:
    id_ = appraisal.data["results"][index]["member"]
    member, name = context.corpus.member_by_id.get(id_), context.corpus.name_of(id_)
    pointer = ("results", index, "member")
    if id_ in seen:
        message = say("{name} ({id}) has more than one result.", name=name, id=id_)
        yield build_finding(
            APPRAISAL_COVERAGE, appraisal, pointer, message, say("Keep the one that was decided."), subject=id_
        )
    if member is None or appraisal.day is None:
        return
    standing = member.standing_on(appraisal.day)
    if standing is Standing.PROBATIONARY:
        message = say("{name} ({id}) was probationary when it was decided: no grade is given.", name=name, id=id_)
        hint = say("Probationary members take part; take the result out.")
        yield build_finding(APPRAISAL_COVERAGE, appraisal, pointer, message, hint, subject=id_)
    elif standing is not Standing.FULL:
        message = say("{name} ({id}) was no full member when it was decided.", name=name, id=id_)
        hint = say("Correct the record, or the dates in {path}.", path=member.path)
        yield build_finding(APPRAISAL_COVERAGE, appraisal, pointer, message, hint, subject=id_)


def check_differing_grades(context: Context) -> Iterator[Finding]:
    """Find members to whom assessment and appraisal of one year give different grades, for people to consider."""
    results = {
        (appraisal.data["year"], row["member"]): (appraisal, index, row["grade"])
        for appraisal in context.corpus.of("appraisal")
        for index, row in enumerate(appraisal.data["results"])
        if "grade" in row
    }
    for assessment in context.corpus.of("assessment"):
        grade = assessment.data.get("grade")
        found = results.get((assessment.data["year"], assessment.data["member"]))
        if grade is None or found is None or found[2] == grade:
            continue
        appraisal, index, appraised = found
        message = say(
            "{name} ({id}): {assessed} in the assessment, {appraised} in the appraisal. For people to consider.",
            name=context.corpus.name_of(assessment.data["member"]),
            id=assessment.data["member"],
            assessed=_GRADE_NAMES[grade],
            appraised=_GRADE_NAMES[appraised],
        )
        hint = say("See which was decided last, and say why in reason; correct the record that was mistyped.")
        places: tuple[tuple[GenericRecord, Pointer], ...] = (
            (assessment, ("grade",)),
            (appraisal, ("results", index, "grade")),
        )
        findings = (
            build_finding(GRADES_DIFFER, record, pointer, message, hint, subject=assessment.data["member"])
            for record, pointer in places
        )
        yield from link_twins(findings, say("the assessment"), say("the appraisal"))


def check_excellent_share(context: Context) -> Iterator[Finding]:
    """Note where more than one third of the full members are excellent, for people to consider.

    The third is general guidance of higher organizations, not of the text, so this is only ever a note. Appraisals
    and assessments are counted apart; the note on a year's assessments is at the one decided last.
    """
    years: dict[int, list[GenericRecord]] = {}
    for assessment in context.corpus.of("assessment"):
        if assessment.data.get("grade") == "excellent" and assessment.day is not None:
            years.setdefault(assessment.data["year"], []).append(assessment)
    for assessments in years.values():
        yield from _check_excellent_count(
            context,
            max(assessments, key=lambda assessment: (assessment.data["decided_on"], assessment.path)),
            len(assessments),
        )
    for appraisal in context.corpus.of("appraisal"):
        yield from _check_excellent_count(
            context, appraisal, sum(row["grade"] == "excellent" for row in appraisal.data["results"])
        )


def _check_excellent_count(context: Context, record: GenericRecord, count: int) -> Iterator[Finding]:
    if record.day is None or context.corpus.unread_members:
        return
    full = len(context.corpus.roster.full_members_on(record.day))
    if count > full // 3:
        message = say(
            "Excellent: {count}; full members: {full}; generally one third at most, that is {most}. "
            "For people to consider.",
            count=count,
            full=full,
            most=full // 3,
        )
        hint = say("The grades stay as they were decided; see what the body above asks for this year.")
        pointer = ("results",) if "results" in record.data else ("grade",)
        yield build_finding(EXCELLENT_MANY, record, pointer, message, hint, at_key=True)
