"""What the commits themselves show: dates that cannot be so, a history written anew, signers who are not authors."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.audit.committee_marks import extract_addresses, find_lost_marks
from dangwu.audit.context import build_mark_evidence, build_observation, describe_day
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say
from dangwu.model.observation import EvidencePiece, EvidenceStrength, MarkKind, Observation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.audit.context import AuditContext

DATES_OUT_OF_ORDER = FindingCode(
    "DW971", "dates-out-of-order", Severity.WARNING, say("A commit dated before one that it is built on")
)
DATE_IN_FUTURE = FindingCode("DW972", "date-in-future", Severity.WARNING, say("A commit dated after the as-of day"))
HISTORY_REWRITTEN = FindingCode(
    "DW973", "history-rewritten", Severity.ERROR, say("The history was rewritten since it was anchored")
)
SIGNER_NOT_AUTHOR = FindingCode(
    "DW974", "signer-not-author", Severity.WARNING, say("Signed by somebody whom the commit does not name")
)
REVIEWED_BY_ITS_AUTHOR = FindingCode(
    "DW975", "reviewed-by-its-author", Severity.NOTE, say("A review in a commit of somebody who writes records")
)
REVIEW_NOT_VERIFIED = FindingCode(
    "DW976", "review-not-verified", Severity.WARNING, say("A review whose signature cannot be verified")
)
REVIEWED_NOT_HERE = FindingCode(
    "DW977", "reviewed-not-here", Severity.WARNING, say("What was reviewed is not in this history")
)
CODES = (
    DATES_OUT_OF_ORDER,
    DATE_IN_FUTURE,
    HISTORY_REWRITTEN,
    SIGNER_NOT_AUTHOR,
    REVIEWED_BY_ITS_AUTHOR,
    REVIEW_NOT_VERIFIED,
    REVIEWED_NOT_HERE,
)

_CLOCK_SKEW_SECONDS = 60 * 60
"""Seconds by which the clocks of two computers may differ without anybody meaning anything by it."""
_CLOCK_HINT = say("See whether that computer's clock was wrong, and ask on which day the commit was made.")


def find_dates_out_of_order(evidence: AuditContext) -> Iterator[Observation]:
    """Find commits whose committer's time is more than an hour before that of one they are built on.

    Only the first of a row is told: what follows it with a right clock is behind the same one.
    """
    behind_already: set[int] = set()
    for at, behind in enumerate(evidence.history.not_before):
        commit, other = evidence.commit(at), evidence.commit(behind)
        own, latest = commit.committer.seconds, other.committer.seconds
        if own is not None and (latest is None or latest - own <= _CLOCK_SKEW_SECONDS):
            continue
        behind_already.add(at)
        if behind_already.intersection(evidence.history.parents[at]):
            continue
        message = say("The commit says {day}, but is built on one of {latest}.",
                      day=describe_day(commit.committer.day), latest=describe_day(other.committer.day))  # fmt: skip
        said = say("it is built on commit {commit} of {day}", commit=other.short, day=describe_day(other.committer.day))
        traces = [EvidencePiece(EvidenceStrength.ORDER, said, other.committer.day, other.id), *evidence.made(at)]
        yield build_observation(
            DATES_OUT_OF_ORDER, "", message, _CLOCK_HINT, traces, commit=commit.id, subject=commit.short
        )


def find_dates_in_future(evidence: AuditContext) -> Iterator[Observation]:
    """Find commits dated more than a day after the as-of day, by committer or author."""
    limit = evidence.as_of + timedelta(days=1)
    late = []
    for at, commit in enumerate(evidence.history.commits):
        days = [each for each in (commit.committer.day, commit.author.day) if each is not None]
        if days and max(days) > limit:
            late.append((at, max(days)))
    if not late:
        return
    at, day = late[0]
    message = say("Commits dated after {day}: {count}; the first says {said}.",
                  day=evidence.as_of, count=len(late), said=day)  # fmt: skip
    commit = evidence.commit(at)
    yield build_observation(
        DATE_IN_FUTURE, "", message, _CLOCK_HINT, evidence.made(at), commit=commit.id, subject=commit.short
    )


def find_rewritten_history(evidence: AuditContext) -> Iterator[Observation]:
    """Find what the committee once saw at the end of the history, and what does not lead to its end any more."""
    trees = {commit.tree: commit for commit in evidence.history.commits}
    marks = {each.commit: each for each in evidence.marks if each.kind is MarkKind.ANCHOR}
    for anchor in evidence.anchors:
        if anchor.commit in evidence.history.place:
            continue
        mark, same = marks[anchor.commit], trees.get(anchor.tree)
        message = say(
            "What was anchored on {day} (commit {commit}, {who}) does not lead to the present state.",
            who=mark.who, day=describe_day(mark.day), commit=mark.commit[:12],
        )  # fmt: skip
        traces = [build_mark_evidence(mark, say("the anchor kept outside the repository"))]
        if same is not None:
            kept = say(
                "commit {commit} of {day} has the same files", commit=same.short, day=describe_day(same.committer.day)
            )
            traces.append(EvidencePiece(EvidenceStrength.ORDER, kept, same.committer.day, same.id))
            hint = say("The files of that day are still there, commits were made anew (an amended message, a rebase). "
                       "Ask why, and keep a new anchor.")  # fmt: skip
        else:
            hint = say("Ask the branch for the history as it was, and compare: dangwu review {commit}..HEAD",
                       commit=mark.commit[:12])  # fmt: skip
        yield build_observation(
            HISTORY_REWRITTEN, "", message, hint, traces, commit=mark.commit, subject=mark.commit[:12]
        )


def find_reviews_not_here(evidence: AuditContext) -> Iterator[Observation]:
    """Find reviews of a state that this history has not: rewritten since, or never merged."""
    for mark in find_lost_marks(evidence.history, evidence.marks):
        if mark.kind is MarkKind.TAG:
            message = say("What {who} reviewed on {day} (commit {commit}) is not in this history, nor are its files.",
                          who=mark.who, day=describe_day(mark.day), commit=mark.commit[:12])  # fmt: skip
            hint = say("It was not merged, or the history was made anew; compare: dangwu review {commit}..HEAD",
                       commit=mark.commit[:12])  # fmt: skip
            traces = [build_mark_evidence(mark, say("the tag {name}", name=mark.name))]
            yield build_observation(REVIEWED_NOT_HERE, "", message, hint, traces, commit=mark.commit, subject=mark.name)


def find_foreign_signers(evidence: AuditContext) -> Iterator[Observation]:
    """Find commits with a good signature of somebody who is neither their committer nor their author."""
    for at, commit in enumerate(evidence.history.commits):
        signature = evidence.signatures.get(commit.id)
        if signature is None or not signature.good:
            continue
        people = {commit.committer.email.lower(), commit.author.email.lower()}
        if extract_addresses(signature.signer) & people:
            continue
        message = say("Signed by {signer}; the commit names {people}.", signer=signature.signer,
                      people=tuple(sorted(people)))  # fmt: skip
        hint = say("Ask who made this commit: a key belongs to one person.")
        signed = say("commit {commit} bears a good signature of {signer}", commit=commit.short, signer=signature.signer)
        traces = [EvidencePiece(EvidenceStrength.SIGNED, signed, commit.committer.day, commit.id), *evidence.made(at)]
        yield build_observation(SIGNER_NOT_AUTHOR, "", message, hint, traces, commit=commit.id, subject=commit.short)


def find_own_reviews(evidence: AuditContext) -> Iterator[Observation]:
    """Find reviews that stand in a commit which one person wrote and made alone: anybody can write such a line."""
    for mark in evidence.marks:
        if mark.kind is not MarkKind.TRAILER or mark.strength is not EvidenceStrength.AUTHOR:
            continue
        at = evidence.history.place[mark.commit]
        commit = evidence.commit(at)
        message = say("The line “Reviewed-by: {who}” stands in a commit of {author}: whoever made it writes records.",
                      who=mark.who, author=commit.committer.name)  # fmt: skip
        hint = say("Ask {who}. A signed tag is better evidence of a review: dangwu review A..B --accept", who=mark.who)
        yield build_observation(
            REVIEWED_BY_ITS_AUTHOR, "", message, hint, evidence.made(at), commit=commit.id, subject=commit.short
        )


def find_unverified_reviews(evidence: AuditContext) -> Iterator[Observation]:
    """Find signed tags of reviews whose keys are not in the list that was given."""
    for mark in evidence.marks:
        if mark.doubtful:
            message = say(
                "The tag {name} says that {who} reviewed this, but the list of keys does not verify its signature.",
                name=mark.name, who=mark.who,
            )  # fmt: skip
            hint = say("See whether the list of keys is complete, and ask {who}.", who=mark.who)
            traces = [build_mark_evidence(mark, say("the tag {name}", name=mark.name))]
            yield build_observation(
                REVIEW_NOT_VERIFIED, "", message, hint, traces, commit=mark.commit, subject=mark.name
            )
