"""The democratic appraisal of members: the summary and a registration form for each (form 2.5); the year's assessment.

A grade is printed as people decided it. Votes are counts; nobody's vote is anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.errors import UsageError
from dangwu.facts.scores import hundredths, points, total, weights
from dangwu.forms.cells import ROOM, Entry, Head, laid, listed, number_head, numbered, signed, whose
from dangwu.forms.people import posts
from dangwu.model.message import say
from dangwu.model.year_sums import GRADES
from dangwu.pages.page import Align
from dangwu.pages.paper import Break, Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.forms.field_text import Pen
    from dangwu.model.form_input import Filled
    from dangwu.pages.paper import Form, PaperBlock

_STAGES = ("study", "self", "democratic", "examination", "follow_up")
_TALLY = tuple(each.replace("-", "_") for each in GRADES)
_KIND, _ASSESSMENT = "appraisal", "assessment"
_LONG = frozenset({"statement", "reason"})
_WHOLE = _LONG | {"opinions", "commendation", "disposal", "appeal"}
_ROOM = 5
"""Lines to write in on a registration form."""


def appraisal(filled: Filled, pen: Pen) -> Paper:
    """Return the summary and each member's registration form, or the form of the one member that is asked for."""
    results = sorted(filled.data.get("results", ()), key=lambda each: pen.order()(each["member"]))
    chosen = [each for each in results if pen.forms.member in {None, each["member"]}]
    if pen.forms.member is not None and not chosen:
        raise UsageError(say("{record} says nothing of {member}.", record=filled.path, member=pen.forms.member))
    year = str(filled.data.get("year", "____"))
    registration = pen(say("Appraisal registration form, {year}", year=year))
    if pen.forms.member is not None or filled.blank:
        return Paper(registration, pen.branch, tuple(_registered(chosen[0] if chosen else {}, filled, pen)))
    blocks = [*_summary(filled, results, pen)]
    for each in chosen:
        blocks += [Break(registration, pen.branch), *_registered(each, filled, pen)]
    return Paper(pen(say("Summary of the appraisal of members, {year}", year=year)), pen.branch, tuple(blocks))


def _summary(filled: Filled, results: list[Mapping[str, Any]], pen: Pen) -> Iterator[PaperBlock]:
    data = filled.data
    yield laid(
        pen,
        (
            Entry(pen(say("Entitled to vote")), str(data["voters"])),
            Entry(pen(say("Ballots returned")), str(data["ballots"])),
            Entry(pen(say("Decided by")), pen.word(_KIND, ("decided_by",), data["decided_by"])),
            Entry(pen(say("Decided on")), pen.day(data["decided_on"])),
        ),
    )
    fields = filled.schema["properties"]["stages"]["properties"]
    heads = (Head(pen(say("Step")), 6), Head(pen(say("Day")), 5), Head(pen(say("What was done")), 12))
    stages = (
        (pen.label(each, fields[each], filled.schema), pen.short(stage["date"]), stage.get("note", ""))
        for each in _STAGES
        for stage in [data["stages"][each]]
    )
    yield listed(heads, stages)
    yield _grades(results, pen)
    yield signed(pen, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), "")))


def _grades(results: list[Mapping[str, Any]], pen: Pen) -> Form:
    heads = (
        number_head(pen), Head(pen(say("Name")), 4), *_vote_heads(pen), Head(pen(say("Grade decided")), 4),
        Head(pen(say("Reason")), 8),
    )  # fmt: skip
    rows = (
        (
            pen.name(each["member"]),
            *_votes(each, pen),
            pen.word(_KIND, ("results", "grade"), each["grade"]),
            each["reason"],
        )
        for each in results
    )
    return listed(heads, numbered(rows), caption=pen(say("Unnamed votes and grades decided")))


def _vote_heads(pen: Pen) -> tuple[Head, ...]:
    """Return a column for each grade; the English words for them do not fit beside each other."""
    if pen.lang.code != "zh":
        return (Head(pen(say("Unnamed votes")), 9),)
    return tuple(Head(_votes_for(each, pen), 3, Align.END) for each in _TALLY)


def _votes(result: Mapping[str, Any], pen: Pen) -> tuple[str, ...]:
    if pen.lang.code != "zh":
        return (_tally(result, pen),)
    return tuple(str(result["tally"].get(grade, 0)) for grade in _TALLY)


def _votes_for(grade: str, pen: Pen) -> str:
    return pen.word(_KIND, ("results", "grade"), grade.replace("_", "-"))


def _registered(result: Mapping[str, Any], filled: Filled, pen: Pen) -> Iterator[PaperBlock]:
    """Yield one member's form: what the records have, and room for what is only ever on paper."""
    id_ = str(result.get("member", ""))
    member = pen.corpus.member_by_id.get(id_)
    document = pen.corpus.documents.get(member.path) if member else None
    own = document.data if document else {}
    yield laid(
        pen,
        (
            Entry(pen(say("Name")), pen.name(id_)),
            Entry(pen(say("Sex"))),
            Entry(pen(say("Date of birth"))),
            Entry(pen(say("Party group")), pen.group(member.group_on(pen.forms.as_of)) if member else ""),
            Entry(pen(say("Joined the Party on")), pen.day(own.get("joined_on"))),
            Entry(pen(say("Full member since")), pen.day(own.get("converted_on"))),
            Entry(pen(say("Post in the Party")), posts(id_, pen) if id_ else "", whole=True),
            Entry(pen(say("Self-appraisal")), whole=True, lines=_ROOM),
            Entry(pen(say("What others said")), whole=True, lines=3),
            Entry(pen(say("Unnamed votes")), _tally(result, pen), whole=True),
            Entry(pen(say("Grade decided")), pen.word(_KIND, ("results", "grade"), result.get("grade"))),
            Entry(pen(say("Decided on")), pen.day(filled.data.get("decided_on"))),
            Entry(pen(say("Opinion of the branch")), result.get("reason", ""), whole=True, lines=2),
            *_disposal(result, filled, pen),
            Entry(pen(say("Opinion of the member")), whole=True, lines=2),
            Entry(pen(say("Opinion of the superior")), whole=True, lines=2),
        ),
    )
    yield signed(pen, ((say("Member (signature)"), ""), (say("Secretary (signature)"), "")))


def _disposal(result: Mapping[str, Any], filled: Filled, pen: Pen) -> Iterator[Entry]:
    """Yield by what a disposal was decided, where there was one."""
    if "disposal" in result:
        node = filled.schema["properties"]["results"]["items"]["properties"]["disposal"]
        yield Entry(pen.label("disposal", node, filled.schema), result["disposal"], whole=True)


def _tally(result: Mapping[str, Any], pen: Pen) -> str:
    tally = result.get("tally")
    if tally is None:
        return ""
    counts = (pen(say("{grade}: {count}", grade=_votes_for(each, pen), count=tally.get(each, 0))) for each in _TALLY)
    return ("；" if pen.lang.code == "zh" else "; ").join(counts)


def assessment(filled: Filled, pen: Pen) -> Paper:
    """Return a member's sheet of the year: points given by people, their sum, and the grade that people decided."""
    data = filled.data
    title = pen(say("Yearly assessment of a Party member, {year}", year=str(data.get("year", "____"))))
    return Paper(title, pen.branch, tuple(_assessed(filled, pen)))


def _assessed(filled: Filled, pen: Pen) -> Iterator[PaperBlock]:
    data = filled.data
    yield laid(pen, whose(pen, data))
    yield _scores(data, pen)
    fields = filled.schema["properties"]
    left = [key for key in fields if key not in {"schema", "kind", "year", "member", "items", "total"}]
    shown = [key for key in left if filled.blank or key in data]
    rest = (
        Entry(
            pen.label(key, fields[key], filled.schema),
            pen.value(key, data.get(key), fields[key], filled.schema),
            whole=key in _WHOLE,
            lines=2 if key in _LONG else 1,
        )
        for key in shown
    )
    yield laid(pen, (Entry(pen(say("Weighted total")), _total(data, pen)), *rest))
    yield signed(pen, ((say("Member (signature)"), ""), (say("Secretary (signature)"), "")))


def _scores(data: Mapping[str, Any], pen: Pen) -> Form:
    heads = (
        Head(pen(say("Head of the target")), 8),
        Head(pen(say("Points")), 4, Align.END), Head(pen(say("Self")), 4, Align.END),
        Head(pen(say("Peers")), 4, Align.END), Head(pen(say("Branch")), 4, Align.END),
    )  # fmt: skip
    items = data.get("items", ())
    views = ("points", "self", "peer", "branch")
    rows = [
        (pen.word(_ASSESSMENT, ("items", "head"), each["head"]), *(points(hundredths(each[view])) for view in views))
        for each in items
    ]
    if rows:
        sums = (points(sum(hundredths(each[view]) for each in items)) for view in views)
        rows.append((pen(say("Sum")), *sums))
    return listed(heads, rows, room=0 if rows else ROOM)


def _total(data: Mapping[str, Any], pen: Pen) -> str:
    """Write the total as the record has it, or worked out by the weights that are set."""
    if "total" in data or "items" not in data:
        return points(hundredths(data["total"])) if "total" in data else ""
    parts = weights(pen.forms.settings)
    return points(total(data["items"], parts)) if parts.whole else ""


MAKERS = {_KIND: appraisal, _ASSESSMENT: assessment}
