"""The democratic appraisal of members: the summary and a registration form for each (form 2.5); the year's assessment.

A grade is printed as people decided it. Votes are counts; nobody's vote is anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.errors import UsageError
from dangwu.facts.scores import compute_total, convert_to_hundredths, format_points, read_weights
from dangwu.forms.cells import (
    BLANK_ROWS,
    LabelledValue,
    ListHead,
    build_member_entries,
    build_number_head,
    build_ruled_list,
    build_signatures,
    lay_out_entries,
    number_rows,
)
from dangwu.forms.people import format_posts
from dangwu.model.message import say
from dangwu.model.year_sums import TALLY_FIELDS
from dangwu.pages.page import Align
from dangwu.pages.paper import Break, Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.forms.field_text import FieldText
    from dangwu.model.form_input import FormRecord
    from dangwu.pages.paper import Form, PaperBlock

_STAGE_FIELDS = ("study", "self", "democratic", "examination", "follow_up")
_APPRAISAL_KIND, _ASSESSMENT_KIND = "appraisal", "assessment"
_LONG_FIELDS = frozenset({"statement", "reason"})
_WHOLE_ROW_FIELDS = _LONG_FIELDS | {"opinions", "commendation", "disposal", "appeal"}
_LINES_TO_WRITE = 5
"""Lines to write in on a registration form."""


def build_appraisal_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return the summary and each member's registration form, or the form of the one member that is asked for."""
    results = sorted(filled.data.get("results", ()), key=lambda result: pen.order()(result["member"]))
    chosen = [result for result in results if pen.forms.member in {None, result["member"]}]
    if pen.forms.member is not None and not chosen:
        raise UsageError(say("{record} says nothing of {member}.", record=filled.path, member=pen.forms.member))
    year = str(filled.data.get("year", "____"))
    registration = pen(say("Appraisal registration form, {year}", year=year))
    if pen.forms.member is not None or filled.blank:
        return Paper(registration, pen.branch, tuple(_build_member_form(chosen[0] if chosen else {}, filled, pen)))
    blocks = [*_build_summary(filled, results, pen)]
    for each in chosen:
        blocks += [Break(registration, pen.branch), *_build_member_form(each, filled, pen)]
    return Paper(pen(say("Summary of the appraisal of members, {year}", year=year)), pen.branch, tuple(blocks))


def _build_summary(filled: FormRecord, results: list[Mapping[str, Any]], pen: FieldText) -> Iterator[PaperBlock]:
    data = filled.data
    yield lay_out_entries(
        pen,
        (
            LabelledValue(pen(say("Entitled to vote")), str(data["voters"])),
            LabelledValue(pen(say("Ballots returned")), str(data["ballots"])),
            LabelledValue(pen(say("Decided by")), pen.word(_APPRAISAL_KIND, ("decided_by",), data["decided_by"])),
            LabelledValue(pen(say("Decided on")), pen.day(data["decided_on"])),
        ),
    )
    fields = filled.schema["properties"]["stages"]["properties"]
    heads = (ListHead(pen(say("Step")), 6), ListHead(pen(say("Day")), 5), ListHead(pen(say("What was done")), 12))
    stages = (
        (pen.label(field, fields[field], filled.schema), pen.short(stage["date"]), stage.get("note", ""))
        for field in _STAGE_FIELDS
        for stage in [data["stages"][field]]
    )
    yield build_ruled_list(heads, stages)
    yield _build_grade_list(results, pen)
    yield build_signatures(pen, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), "")))


def _build_grade_list(results: list[Mapping[str, Any]], pen: FieldText) -> Form:
    heads = (
        build_number_head(pen), ListHead(pen(say("Name")), 4),
        *_build_vote_heads(pen), ListHead(pen(say("Grade decided")), 4),
        ListHead(pen(say("Reason")), 8),
    )  # fmt: skip
    rows = (
        (
            pen.name(result["member"]),
            *_format_votes(result, pen),
            pen.word(_APPRAISAL_KIND, ("results", "grade"), result["grade"]),
            result["reason"],
        )
        for result in results
    )
    return build_ruled_list(heads, number_rows(rows), caption=pen(say("Unnamed votes and grades decided")))


def _build_vote_heads(pen: FieldText) -> tuple[ListHead, ...]:
    """Return a column for each grade; the English words for them do not fit beside each other."""
    if pen.lang.code != "zh":
        return (ListHead(pen(say("Unnamed votes")), 9),)
    return tuple(ListHead(_find_grade_word(field, pen), 3, Align.END) for field in TALLY_FIELDS)


def _format_votes(result: Mapping[str, Any], pen: FieldText) -> tuple[str, ...]:
    if pen.lang.code != "zh":
        return (_format_tally(result, pen),)
    return tuple(str(result["tally"].get(grade, 0)) for grade in TALLY_FIELDS)


def _find_grade_word(grade: str, pen: FieldText) -> str:
    return pen.word(_APPRAISAL_KIND, ("results", "grade"), grade.replace("_", "-"))


def _build_member_form(result: Mapping[str, Any], filled: FormRecord, pen: FieldText) -> Iterator[PaperBlock]:
    """Yield one member's form: what the records have, and room for what is only ever on paper."""
    id_ = str(result.get("member", ""))
    member = pen.corpus.member_by_id.get(id_)
    document = pen.corpus.documents.get(member.path) if member else None
    own = document.data if document else {}
    yield lay_out_entries(
        pen,
        (
            LabelledValue(pen(say("Name")), pen.name(id_)),
            LabelledValue(pen(say("Sex"))),
            LabelledValue(pen(say("Date of birth"))),
            LabelledValue(pen(say("Party group")), pen.group(member.group_on(pen.forms.as_of)) if member else ""),
            LabelledValue(pen(say("Joined the Party on")), pen.day(own.get("joined_on"))),
            LabelledValue(pen(say("Full member since")), pen.day(own.get("converted_on"))),
            LabelledValue(pen(say("Post in the Party")), format_posts(id_, pen) if id_ else "", whole=True),
            LabelledValue(pen(say("Self-appraisal")), whole=True, lines=_LINES_TO_WRITE),
            LabelledValue(pen(say("What others said")), whole=True, lines=3),
            LabelledValue(pen(say("Unnamed votes")), _format_tally(result, pen), whole=True),
            LabelledValue(
                pen(say("Grade decided")), pen.word(_APPRAISAL_KIND, ("results", "grade"), result.get("grade"))
            ),
            LabelledValue(pen(say("Decided on")), pen.day(filled.data.get("decided_on"))),
            LabelledValue(pen(say("Opinion of the branch")), result.get("reason", ""), whole=True, lines=2),
            *_build_disposal_entries(result, filled, pen),
            LabelledValue(pen(say("Opinion of the member")), whole=True, lines=2),
            LabelledValue(pen(say("Opinion of the superior")), whole=True, lines=2),
        ),
    )
    yield build_signatures(pen, ((say("Member (signature)"), ""), (say("Secretary (signature)"), "")))


def _build_disposal_entries(result: Mapping[str, Any], filled: FormRecord, pen: FieldText) -> Iterator[LabelledValue]:
    """Yield by what a disposal was decided, where there was one."""
    if "disposal" in result:
        node = filled.schema["properties"]["results"]["items"]["properties"]["disposal"]
        yield LabelledValue(pen.label("disposal", node, filled.schema), result["disposal"], whole=True)


def _format_tally(result: Mapping[str, Any], pen: FieldText) -> str:
    tally = result.get("tally")
    if tally is None:
        return ""
    counts = (
        pen(say("{grade}: {count}", grade=_find_grade_word(field, pen), count=tally.get(field, 0)))
        for field in TALLY_FIELDS
    )
    return ("；" if pen.lang.code == "zh" else "; ").join(counts)


def build_assessment_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return a member's sheet of the year: points given by people, their sum, and the grade that people decided."""
    data = filled.data
    title = pen(say("Yearly assessment of a Party member, {year}", year=str(data.get("year", "____"))))
    return Paper(title, pen.branch, tuple(_build_assessment_blocks(filled, pen)))


def _build_assessment_blocks(filled: FormRecord, pen: FieldText) -> Iterator[PaperBlock]:
    data = filled.data
    yield lay_out_entries(pen, build_member_entries(pen, data))
    yield _build_score_list(data, pen)
    fields = filled.schema["properties"]
    left = [key for key in fields if key not in {"schema", "kind", "year", "member", "items", "total"}]
    shown = [key for key in left if filled.blank or key in data]
    rest = (
        LabelledValue(
            pen.label(key, fields[key], filled.schema),
            pen.value(key, data.get(key), fields[key], filled.schema),
            whole=key in _WHOLE_ROW_FIELDS,
            lines=2 if key in _LONG_FIELDS else 1,
        )
        for key in shown
    )
    yield lay_out_entries(pen, (LabelledValue(pen(say("Weighted total")), _format_total(data, pen)), *rest))
    yield build_signatures(pen, ((say("Member (signature)"), ""), (say("Secretary (signature)"), "")))


def _build_score_list(data: Mapping[str, Any], pen: FieldText) -> Form:
    heads = (
        ListHead(pen(say("Head of the target")), 8),
        ListHead(pen(say("Points")), 4, Align.END), ListHead(pen(say("Self")), 4, Align.END),
        ListHead(pen(say("Peers")), 4, Align.END), ListHead(pen(say("Branch")), 4, Align.END),
    )  # fmt: skip
    items = data.get("items", ())
    views = ("points", "self", "peer", "branch")
    rows = [
        (
            pen.word(_ASSESSMENT_KIND, ("items", "head"), item["head"]),
            *(format_points(convert_to_hundredths(item[view])) for view in views),
        )
        for item in items
    ]
    if rows:
        sums = (format_points(sum(convert_to_hundredths(item[view]) for item in items)) for view in views)
        rows.append((pen(say("Sum")), *sums))
    return build_ruled_list(heads, rows, room=0 if rows else BLANK_ROWS)


def _format_total(data: Mapping[str, Any], pen: FieldText) -> str:
    """Write the total as the record has it, or worked out by the weights that are set."""
    if "total" in data or "items" not in data:
        return format_points(convert_to_hundredths(data["total"])) if "total" in data else ""
    parts = read_weights(pen.forms.settings)
    return format_points(compute_total(data["items"], parts)) if parts.whole else ""


FORM_BUILDERS = {_APPRAISAL_KIND: build_appraisal_form, _ASSESSMENT_KIND: build_assessment_form}
