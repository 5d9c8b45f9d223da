"""The democratic appraisal of members: summary and registration forms (form 2.5), and the yearly assessment.

Grades are printed as people decided them. Votes are anonymous counts.
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
from dangwu.pages.wording.values import join_sentences

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


def build_appraisal_form(form: FormRecord, text: FieldText) -> Paper:
    """Return the summary with each member's registration form, or the form of the chosen member alone.

    UsageError where the appraisal has no such member.
    """
    results = sorted(form.data.get("results", ()), key=lambda result: text.people_order()(result["member"]))
    printed = [result for result in results if text.forms.member in {None, result["member"]}]
    if text.forms.member is not None and not printed:
        raise UsageError(say("{record} says nothing of {member}.", record=form.path, member=text.forms.member))
    year = str(form.data.get("year", "____"))
    registration = text(say("Appraisal registration form, {year}", year=year))
    if text.forms.member is not None or form.blank:
        return Paper(registration, text.branch, tuple(_build_member_form(printed[0] if printed else {}, form, text)))
    blocks = [*_build_summary(form, results, text)]
    for result in printed:
        blocks += [Break(registration, text.branch), *_build_member_form(result, form, text)]
    return Paper(text(say("Summary of the appraisal of members, {year}", year=year)), text.branch, tuple(blocks))


def _build_summary(form: FormRecord, results: list[Mapping[str, Any]], text: FieldText) -> Iterator[PaperBlock]:
    data = form.data
    yield lay_out_entries(
        text,
        (
            LabelledValue(text(say("Entitled to vote")), str(data["voters"])),
            LabelledValue(text(say("Ballots returned")), str(data["ballots"])),
            LabelledValue(text(say("Decided by")), text.word(_APPRAISAL_KIND, ("decided_by",), data["decided_by"])),
            LabelledValue(text(say("Decided on")), text.day(data["decided_on"])),
        ),
    )
    fields = form.schema["properties"]["stages"]["properties"]
    heads = (ListHead(text(say("Step")), 6), ListHead(text(say("Day")), 5), ListHead(text(say("What was done")), 12))
    stages = (
        (text.label(field, fields[field], form.schema), text.short_day(stage["date"]), stage.get("note", ""))
        for field in _STAGE_FIELDS
        for stage in [data["stages"][field]]
    )
    yield build_ruled_list(heads, stages)
    yield _build_grade_list(results, text)
    yield build_signatures(text, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), "")))


def _build_grade_list(results: list[Mapping[str, Any]], text: FieldText) -> Form:
    heads = (
        build_number_head(text), ListHead(text(say("Name")), 4),
        *_build_vote_heads(text), ListHead(text(say("Grade decided")), 4),
        ListHead(text(say("Reason")), 8),
    )  # fmt: skip
    rows = (
        (
            text.name(result["member"]),
            *_format_votes(result, text),
            text.word(_APPRAISAL_KIND, ("results", "grade"), result["grade"]),
            result["reason"],
        )
        for result in results
    )
    return build_ruled_list(heads, number_rows(rows), caption=text(say("Unnamed votes and grades decided")))


def _build_vote_heads(text: FieldText) -> tuple[ListHead, ...]:
    """Return a column for each grade; in English one column, since the words do not fit side by side."""
    if text.lang.code != "zh":
        return (ListHead(text(say("Unnamed votes")), 9),)
    return tuple(ListHead(_find_grade_word(field, text), 3, Align.END) for field in TALLY_FIELDS)


def _format_votes(result: Mapping[str, Any], text: FieldText) -> tuple[str, ...]:
    if text.lang.code != "zh":
        return (_format_tally(result, text),)
    return tuple(str(result["tally"].get(grade, 0)) for grade in TALLY_FIELDS)


def _find_grade_word(grade: str, text: FieldText) -> str:
    return text.word(_APPRAISAL_KIND, ("results", "grade"), grade.replace("_", "-"))


def _build_member_form(result: Mapping[str, Any], form: FormRecord, text: FieldText) -> Iterator[PaperBlock]:
    """Yield one member's form: the values of the records, and room for what is only written on paper."""
    id_ = str(result.get("member", ""))
    member = text.corpus.member_by_id.get(id_)
    document = text.corpus.documents.get(member.path) if member else None
    own = document.data if document else {}
    yield lay_out_entries(
        text,
        (
            LabelledValue(text(say("Name")), text.name(id_)),
            LabelledValue(text(say("Sex"))),
            LabelledValue(text(say("Date of birth"))),
            LabelledValue(text(say("Party group")), text.group(member.group_on(text.forms.as_of)) if member else ""),
            LabelledValue(text(say("Joined the Party on")), text.day(own.get("joined_on"))),
            LabelledValue(text(say("Full member since")), text.day(own.get("converted_on"))),
            LabelledValue(text(say("Post in the Party")), format_posts(id_, text) if id_ else "", whole=True),
            LabelledValue(text(say("Self-appraisal")), whole=True, lines=_LINES_TO_WRITE),
            LabelledValue(text(say("Opinions of other members")), whole=True, lines=3),
            LabelledValue(text(say("Unnamed votes")), _format_tally(result, text), whole=True),
            LabelledValue(
                text(say("Grade decided")), text.word(_APPRAISAL_KIND, ("results", "grade"), result.get("grade"))
            ),
            LabelledValue(text(say("Decided on")), text.day(form.data.get("decided_on"))),
            LabelledValue(text(say("Opinion of the branch")), result.get("reason", ""), whole=True, lines=2),
            *_build_disposal_entries(result, form, text),
            LabelledValue(text(say("Opinion of the member")), whole=True, lines=2),
            LabelledValue(text(say("Opinion of the superior")), whole=True, lines=2),
        ),
    )
    yield build_signatures(text, ((say("Member (signature)"), ""), (say("Secretary (signature)"), "")))


def _build_disposal_entries(result: Mapping[str, Any], form: FormRecord, text: FieldText) -> Iterator[LabelledValue]:
    """Yield the disposal of a member, where there was one."""
    if "disposal" in result:
        node = form.schema["properties"]["results"]["items"]["properties"]["disposal"]
        yield LabelledValue(text.label("disposal", node, form.schema), result["disposal"], whole=True)


def _format_tally(result: Mapping[str, Any], text: FieldText) -> str:
    tally = result.get("tally")
    if tally is None:
        return ""
    counts = (
        text(say("{grade}: {count}", grade=_find_grade_word(field, text), count=tally.get(field, 0)))
        for field in TALLY_FIELDS
    )
    return join_sentences(counts, text.lang)


def build_assessment_form(form: FormRecord, text: FieldText) -> Paper:
    """Return a member's yearly assessment: the points given by people, their sum, and the grade people decided."""
    data = form.data
    title = text(say("Yearly assessment of a Party member, {year}", year=str(data.get("year", "____"))))
    return Paper(title, text.branch, tuple(_build_assessment_blocks(form, text)))


def _build_assessment_blocks(form: FormRecord, text: FieldText) -> Iterator[PaperBlock]:
    data = form.data
    yield lay_out_entries(text, build_member_entries(text, data))
    yield _build_score_list(data, text)
    fields = form.schema["properties"]
    left = [key for key in fields if key not in {"schema", "kind", "year", "member", "items", "total"}]
    shown = [key for key in left if form.blank or key in data]
    rest = (
        LabelledValue(
            text.label(key, fields[key], form.schema),
            text.value(key, data.get(key), fields[key], form.schema),
            whole=key in _WHOLE_ROW_FIELDS,
            lines=2 if key in _LONG_FIELDS else 1,
        )
        for key in shown
    )
    yield lay_out_entries(text, (LabelledValue(text(say("Weighted total")), _format_total(data, text)), *rest))
    yield build_signatures(text, ((say("Member (signature)"), ""), (say("Secretary (signature)"), "")))


def _build_score_list(data: Mapping[str, Any], text: FieldText) -> Form:
    heads = (
        ListHead(text(say("Head of the target")), 8),
        ListHead(text(say("Points")), 4, Align.END), ListHead(text(say("Self")), 4, Align.END),
        ListHead(text(say("Peers")), 4, Align.END), ListHead(text(say("Branch")), 4, Align.END),
    )  # fmt: skip
    items = data.get("items", ())
    views = ("points", "self", "peer", "branch")
    rows = [
        (
            text.word(_ASSESSMENT_KIND, ("items", "head"), item["head"]),
            *(format_points(convert_to_hundredths(item[view])) for view in views),
        )
        for item in items
    ]
    if rows:
        sums = (format_points(sum(convert_to_hundredths(item[view]) for item in items)) for view in views)
        rows.append((text(say("Sum")), *sums))
    return build_ruled_list(heads, rows, room=0 if rows else BLANK_ROWS)


def _format_total(data: Mapping[str, Any], text: FieldText) -> str:
    """Return the total of the record, or the one computed by the weights in the settings."""
    if "total" in data or "items" not in data:
        return format_points(convert_to_hundredths(data["total"])) if "total" in data else ""
    parts = read_weights(text.forms.settings)
    return format_points(compute_total(data["items"], parts)) if parts.whole else ""


FORM_BUILDERS = {_APPRAISAL_KIND: build_appraisal_form, _ASSESSMENT_KIND: build_assessment_form}
