"""Targets and yearly assessments (system 5): heads and points, reviews, scores, totals and grades.

Grades are decided by people: no check derives one from points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.facts.scores import (
    FULL_POINTS,
    ScoreWeights,
    compute_total,
    convert_to_hundredths,
    format_points,
    read_weights,
)
from dangwu.model.finding import FindingCode, RelatedPlace, Severity, Source, build_finding
from dangwu.model.message import Text, say
from dangwu.model.record import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import GenericRecord

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
TARGET_HEADS = FindingCode("DW853", "target-heads", _ERROR, say("A target without the five heads or 100 points"), "5.1")
TARGET_REVIEW = FindingCode(
    "DW854", "target-review", _ERROR, say("A target reviewed or approved by the wrong body"), "5.2"
)
SCORES_WRONG = FindingCode("DW855", "scores-wrong", _ERROR, say("Scores that cannot be right"), "5.4")
WEIGHTS_WRONG = FindingCode("DW856", "weights-wrong", _ERROR, say("Weights that do not sum to 100"), "5.4")
GRADE_MISPLACED = FindingCode(
    "DW857", "grade-misplaced", _ERROR, say("A grade that must not be given, or one that is missing"), "5.5b"
)
UNQUALIFIED_UNREFERENCED = FindingCode(
    "DW858", "unqualified-unreferenced", _WARNING, say("Unqualified without a reference"), "1.6c"
)
OPINIONS_MISSING = FindingCode(
    "DW859", "opinions-missing", _WARNING, say("An assessment for which nobody else was heard"), "5.5a"
)
CODES = (
    TARGET_HEADS,
    TARGET_REVIEW,
    SCORES_WRONG,
    WEIGHTS_WRONG,
    GRADE_MISPLACED,
    UNQUALIFIED_UNREFERENCED,
    OPINIONS_MISSING,
)

_HEAD_NAMES = {
    "attendance": say("taking part in organizational life"),
    "work-goals": say("goals of work"),
    "self-improvement": say("self-improvement"),
    "discipline": say("discipline"),
    "vanguard": say("vanguard role"),
}
_VIEW_NAMES = {"self": say("self score"), "peer": say("peers' score"), "branch": say("branch's score")}
_WEIGHT_SETTINGS = ("weight_self", "weight_peer", "weight_branch")


def check_targets(context: Context) -> Iterator[Finding]:
    """Check heads, points, review and approval of every target."""
    for target in context.corpus.of("target"):
        items = target.data["items"]
        missing = [name for head, name in _HEAD_NAMES.items() if all(item["head"] != head for item in items)]
        if missing:
            message = say("No item stands under: {heads}.", heads=tuple(missing))
            yield build_finding(
                TARGET_HEADS, target, ("items",), message, say("Each of the five heads has an item."), at_key=True
            )
        points = sum(convert_to_hundredths(item["points"]) for item in items)
        if points != convert_to_hundredths(FULL_POINTS):
            message = say("The points sum to {sum}, not to 100.", sum=format_points(points))
            yield build_finding(
                TARGET_HEADS, target, ("items",), message, say("Divide 100 points among the items."), at_key=True
            )
        fault = _find_review_fault(context, target)
        if fault:
            hint = say("The member's own group reviews it; where there is none, another member does.")
            yield build_finding(TARGET_REVIEW, target, ("reviewed_by",), fault, hint, subject=target.subject)
        if target.data["approved_by"] == "committee" and _lacks_committee(context, target):
            message = say("It was approved by the committee, but the branch had none on that day.")
            hint = say("Without a committee the general meeting approves.")
            yield build_finding(TARGET_REVIEW, target, ("approved_by",), message, hint, subject=target.subject)


def _lacks_committee(context: Context, target: GenericRecord) -> bool:
    return (
        context.corpus.branch is not None
        and target.day is not None
        and target.day not in context.corpus.roster.committee_in_office
    )


def _find_review_fault(context: Context, target: GenericRecord) -> Text | None:
    corpus, reviewer, member = context.corpus, target.data.get("reviewed_by"), target.data["member"]
    if reviewer is None or reviewer in corpus.unread_members or corpus.branch is None:
        return None
    if reviewer == member:
        return say("The member reviewed their own target.")
    group = corpus.branch.group(reviewer)
    if group is None:
        known = reviewer in corpus.member_by_id
        return None if known else say("{id} is neither a group nor a member.", id=reviewer)
    owner = corpus.member_by_id.get(member)
    if owner is None or _was_in_group(context, target, reviewer):
        return None
    return say("{name} was not in the group {group} when it reviewed the target.", name=owner.name, group=group.name)


def _was_in_group(context: Context, target: GenericRecord, group: str) -> bool:
    """Tell whether the member was in a group on the day of the review, which is ISO text."""
    day = target.data["reviewed_on"]
    spans = context.corpus.member_by_id[target.data["member"]].groups
    return any(id_ == group and span.start.isoformat() <= day < span.end.isoformat() for id_, span in spans)


def check_assessments(context: Context) -> Iterator[Finding]:
    """Check scores, totals and grades of every assessment."""
    weights = read_weights(context.settings)
    targets = {(target.subject, target.data["year"]): target for target in context.corpus.of("target")}
    for assessment in context.corpus.of("assessment"):
        for index, item in enumerate(assessment.data["items"]):
            for key, name in _VIEW_NAMES.items():
                if convert_to_hundredths(item[key]) > convert_to_hundredths(item["points"]):
                    message = say("{score}: above the points of the item.", score=name)
                    hint = say("A score is at most the points of its item.")
                    yield build_finding(
                        SCORES_WRONG, assessment, ("items", index, key), message, hint, subject=f"{index + 1}-{key}"
                    )
        yield from _check_against_target(assessment, targets.get((assessment.subject, assessment.data["year"])))
        yield from _check_total(assessment, weights)
        yield from _check_grade(context, assessment)
        yield from _check_opinions(assessment)


def _check_against_target(assessment: GenericRecord, target: GenericRecord | None) -> Iterator[Finding]:
    if target is None or _build_point_shares(assessment.data["items"]) == _build_point_shares(target.data["items"]):
        return
    message = say("Heads and points differ from the member's target of the year.")
    hint = say("What is assessed are the items of the target, with their points.")
    related = (RelatedPlace(Source(target.path, ("items",), at_key=True), say("the target")),)
    yield build_finding(SCORES_WRONG, assessment, ("items",), message, hint, subject="items", at_key=True)._replace(
        related=related
    )


def _build_point_shares(items: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    return sorted((item["head"], convert_to_hundredths(item["points"])) for item in items)


def _check_total(assessment: GenericRecord, weights: ScoreWeights) -> Iterator[Finding]:
    typed = assessment.data.get("total")
    if typed is None or not weights.whole:
        return
    counted = compute_total(assessment.data["items"], weights)
    if convert_to_hundredths(typed) != counted:
        message = say(
            "The total is given as {typed}, the scores and weights make {counted}.",
            typed=format_points(convert_to_hundredths(typed)),
            counted=format_points(counted),
        )
        hint = say("Weights: {weights}. Leave total out, and it is worked out.", weights=tuple(weights))
        yield build_finding(SCORES_WRONG, assessment, ("total",), message, hint, subject="total")


def _check_opinions(assessment: GenericRecord) -> Iterator[Finding]:
    opinions = assessment.data["opinions"]
    if not opinions["employees"] and not opinions["departments"]:
        message = say("No employee and no department was heard.")
        hint = say("Ask employees and the departments concerned, and enter how many; what they said is not recorded.")
        yield build_finding(
            OPINIONS_MISSING, assessment, ("opinions",), message, hint, subject=assessment.subject, at_key=True
        )


def _check_grade(context: Context, assessment: GenericRecord) -> Iterator[Finding]:
    member = context.corpus.member_by_id.get(assessment.subject or "")
    standing = member.standing_on(assessment.day) if member and assessment.day else None
    if standing is Standing.PROBATIONARY and "grade" in assessment.data:
        message = say("A probationary member takes part and gets no grade.")
        hint = say("Delete grade; what the organization notes goes into reason.")
        yield build_finding(GRADE_MISPLACED, assessment, ("grade",), message, hint, subject=assessment.subject)
    elif standing is Standing.FULL and "grade" not in assessment.data:
        message = say("The assessment of a full member was decided without a grade.")
        hint = say("Enter the grade that was decided; it does not follow from the points.")
        yield build_finding(
            GRADE_MISPLACED, assessment, ("decided_on",), message, hint, subject=assessment.subject, at_key=True
        )


def check_weights(context: Context) -> Iterator[Finding]:
    """Check that the weights set in branch.yaml and the defaults of the others sum to 100."""
    branch = context.corpus.branch
    named = [key for key in _WEIGHT_SETTINGS if branch and key in branch.settings]
    weights = read_weights(context.settings)
    if branch and named and not weights.whole:
        message = say("The weights {weights} sum to {sum}.", weights=tuple(weights), sum=sum(weights))
        hint = say("Set weight_self, weight_peer and weight_branch so that they sum to 100.")
        yield build_finding(WEIGHTS_WRONG, branch, ("settings", named[0]), message, hint)


def check_disposals(context: Context) -> Iterator[Finding]:
    """Find unqualified members without a reference to the organization's decision (1.6c)."""
    for record, pointer, row in _find_graded_rows(context):
        if row.get("grade") == "unqualified" and "disposal" not in row:
            message = say("Unqualified, and no reference to how the organization deals with it.")
            hint = say("Add disposal: with document and body. The organization decides; the record only refers to it.")
            yield build_finding(
                UNQUALIFIED_UNREFERENCED, record, (*pointer, "grade"), message, hint, subject=row["member"]
            )


def _find_graded_rows(context: Context) -> Iterator[tuple[GenericRecord, Pointer, Mapping[str, Any]]]:
    """Yield every mapping with a grade: its record, pointer and data."""
    for assessment in context.corpus.of("assessment"):
        yield assessment, (), assessment.data
    for appraisal in context.corpus.of("appraisal"):
        for index, row in enumerate(appraisal.data["results"]):
            yield appraisal, ("results", index), row
