"""Audit checks of marks not believed: lines like trailers, faulty lists of keys, anchors and tags with two meanings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.audit.context import build_mark_evidence, build_observation, describe_day
from dangwu.audit.review_trailers import read_review_lines
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say
from dangwu.model.observation import EvidencePiece, EvidenceStrength

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.audit.context import AuditContext
    from dangwu.model.observation import Observation

REVIEW_LINE_NOT_READ = FindingCode(
    "DW986", "review-line-not-read", Severity.NOTE, say("A line that looks like a review and is no trailer to git")
)
KEY_LIST_FAULT = FindingCode(
    "DW987", "key-list-fault", Severity.WARNING, say("The list of keys cannot be read as it is")
)
MARK_CONTRADICTS_ITSELF = FindingCode(
    "DW988", "mark-contradicts-itself", Severity.WARNING, say("An anchor or a review tag whose parts do not agree")
)
CODES = (REVIEW_LINE_NOT_READ, KEY_LIST_FAULT, MARK_CONTRADICTS_ITSELF)


def find_review_lines_not_read(context: AuditContext) -> Iterator[Observation]:
    """Find lines ``Reviewed-by`` outside the trailers of a message: git reads no review there, so none counts."""
    for index, commit in enumerate(context.history.commits):
        for who in read_review_lines(commit.message).lookalikes if context.covers(index) else ():
            message = say("The line “Reviewed-by: {who}” is no trailer to git and does not count as a review.", who=who)
            hint = say("Trailers stand in the last paragraph, below an empty line, with no other line beside them. "
                       "Let {who} make the signed tag: dangwu review A..B --accept", who=who)  # fmt: skip
            yield build_observation(
                REVIEW_LINE_NOT_READ, "", message, hint, context.date_evidence(index),
                commit=commit.id, subject=commit.short,
            )  # fmt: skip


def find_key_list_faults(context: AuditContext) -> Iterator[Observation]:
    """Find what in the list of keys cannot be read, or matched to a person: no signature is blamed for it."""
    hint = say("Each line has an address, then the key as ssh-keygen printed it: name@example.org ssh-ed25519 AAAA…")
    for fault in context.key_faults:
        yield build_observation(KEY_LIST_FAULT, "", fault, hint, ())


def find_contradicting_anchors(context: AuditContext) -> Iterator[Observation]:
    """Find anchors that differ from their own commit in tree, count or day; they prove no day."""
    for anchor in context.anchors:
        commit = context.history.commits[context.history.place.get(anchor.commit, 0)]
        for fault in context.anchor_faults[anchor]:
            message = say("Line {number} of the anchors does not fit its own commit {commit}: {fault}.",
                          number=anchor.number, commit=anchor.commit[:12], fault=fault)  # fmt: skip
            hint = say("Ask who keeps the file whether the line was changed, and keep a new anchor: dangwu audit "
                       "anchor --append FILE")  # fmt: skip
            text = say("commit {commit} of {day}", commit=commit.short, day=describe_day(commit.committer.day))
            piece = EvidencePiece(EvidenceStrength.ORDER, text, commit.committer.day, commit.id)
            yield build_observation(
                MARK_CONTRADICTS_ITSELF, "", message, hint, [piece], commit=commit.id, subject=commit.short
            )


def find_contradicting_tags(context: AuditContext) -> Iterator[Observation]:
    """Find review tags whose name has another commit than the one that they are on."""
    for mark in context.marks:
        if mark.named:
            message = say("The tag {name} names the commit {named}, and is on {commit}.",
                          name=mark.name, named=mark.named, commit=mark.tagged[:12])  # fmt: skip
            hint = say("Ask {who} which of the two was reviewed, and have the mark made anew; what differs: dangwu "
                       "review {named}..{commit}", who=mark.who, named=mark.named, commit=mark.tagged[:12])  # fmt: skip
            evidence = [build_mark_evidence(mark, say("the tag {name}", name=mark.name))]
            yield build_observation(
                MARK_CONTRADICTS_ITSELF, "", message, hint, evidence, commit=mark.commit, subject=mark.name
            )
