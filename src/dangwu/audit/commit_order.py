"""Audit checks of the commits: impossible dates, rewritten history, foreign signers, doubtful reviews."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.audit.context import build_mark_evidence, build_observation, describe_day
from dangwu.audit.merges_by_another import list_people
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say
from dangwu.model.observation import EvidencePiece, EvidenceStrength, MarkKind, Observation
from dangwu.model.principals import has_bare_names_only, match_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.audit.context import AuditContext
    from dangwu.model.message import Argument

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
    "DW975", "reviewed-by-its-author", Severity.NOTE, say("A review that shows no second person")
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

_CLOCK_HINT = say("See whether that computer's clock was wrong, and ask on which day the commit was made.")


def find_dates_out_of_order(context: AuditContext) -> Iterator[Observation]:
    """Find commits whose committer time is more than an hour before that of an ancestor, once for each committer.

    A flat battery does it each time the computer starts. Only the first commit of a line is looked at: its descendants
    are behind the same ancestor.
    """
    behind: dict[tuple[str, str], list[int]] = {}
    for index in sorted(context.history.behind):
        if context.covers(index) and context.history.behind.isdisjoint(context.history.parents[index]):
            behind.setdefault(context.commit(index).committer.person, []).append(index)
    for first, *others in behind.values():
        yield _build_out_of_order(context, first, others)


def _build_out_of_order(context: AuditContext, first: int, others: list[int]) -> Observation:
    commit, other = context.commit(first), context.commit(context.history.not_before[first])
    days: dict[str, Argument] = {
        "day": describe_day(commit.committer.day), "latest": describe_day(other.committer.day),
    }  # fmt: skip
    message = say("The commit says {day}, but is built on one of {latest}.", **days)
    if others:
        message = say(
            "{count} times {who} committed with a date before what it is built on; the first says {day}, but is built "
            "on one of {latest}.", count=len(others) + 1, who=commit.committer.name, **days,
        )  # fmt: skip
    built_on = say("it is built on commit {commit} of {day}", commit=other.short, day=describe_day(other.committer.day))
    order = EvidencePiece(EvidenceStrength.ORDER, built_on, other.committer.day, other.id)
    evidence = [order, *(piece for index in (first, *others) for piece in context.date_evidence(index))]
    return build_observation(
        DATES_OUT_OF_ORDER, "", message, _CLOCK_HINT, evidence, commit=commit.id, subject=commit.short
    )


def find_dates_in_future(context: AuditContext) -> Iterator[Observation]:
    """Find commits dated more than a day after the as-of day, by committer or author."""
    limit = context.as_of + timedelta(days=1)
    late = []
    for index, commit in enumerate(context.history.commits):
        days = [day for day in (commit.committer.day, commit.author.day) if day is not None]
        if days and max(days) > limit:
            late.append((index, max(days)))
    if not late:
        return
    index, day = late[0]
    message = say("Commits dated after {day}: {count}; the first says {said}.",
                  day=context.as_of, count=len(late), said=day)  # fmt: skip
    commit = context.commit(index)
    yield build_observation(
        DATE_IN_FUTURE, "", message, _CLOCK_HINT, context.date_evidence(index), commit=commit.id, subject=commit.short
    )


def find_rewritten_history(context: AuditContext) -> Iterator[Observation]:
    """Find anchored commits that are no ancestors of the last commit any more."""
    trees = {commit.tree: commit for commit in context.history.commits}
    for anchor in context.anchors:
        if anchor.commit in context.history.place:
            continue
        mark, same = anchor.mark, trees.get(anchor.tree)
        message = say(
            "What was anchored on {day} (commit {commit}, {who}) does not lead to the present state.",
            who=mark.who, day=describe_day(mark.day), commit=mark.commit[:12],
        )  # fmt: skip
        evidence = [build_mark_evidence(mark, say("the anchor kept outside the repository"))]
        if same is not None:
            kept = say(
                "commit {commit} of {day} has the same files", commit=same.short, day=describe_day(same.committer.day)
            )
            evidence.append(EvidencePiece(EvidenceStrength.ORDER, kept, same.committer.day, same.id))
            hint = say("The files of that day are still there, commits were made anew (an amended message, a rebase). "
                       "Ask why, and keep a new anchor.")  # fmt: skip
        else:
            hint = say("Ask the branch for the history as it was, and compare: dangwu review {commit}..HEAD",
                       commit=mark.commit[:12])  # fmt: skip
        yield build_observation(
            HISTORY_REWRITTEN, "", message, hint, evidence, commit=mark.commit, subject=mark.commit[:12]
        )


def find_reviews_not_here(context: AuditContext) -> Iterator[Observation]:
    """Find review tags on commits outside this history: rewritten since, or never merged."""
    for mark in context.marks:
        if mark.kind is MarkKind.TAG and mark.commit not in context.history.place:
            message = say("What {who} reviewed on {day} (commit {commit}) is not in this history, nor are its files.",
                          who=mark.who, day=describe_day(mark.day), commit=mark.commit[:12])  # fmt: skip
            hint = say("It was not merged, or the history was made anew; compare: dangwu review {commit}..HEAD",
                       commit=mark.commit[:12])  # fmt: skip
            evidence = [build_mark_evidence(mark, say("the tag {name}", name=mark.name))]
            yield build_observation(
                REVIEWED_NOT_HERE, "", message, hint, evidence, commit=mark.commit, subject=mark.name
            )


def find_foreign_signers(context: AuditContext) -> Iterator[Observation]:
    """Find commits with a verified signature of somebody who is neither their committer nor their author."""
    for index, commit in enumerate(context.history.commits):
        signature = context.signatures.get(commit.id)
        if signature is None or not signature.good:
            continue
        stamps = (commit.committer, commit.author)
        # Of a bare name that is nobody's here the list of keys is told (DW987), not the signature.
        if has_bare_names_only(signature.signer) or any(
            match_person(signature.signer, stamp.name, stamp.email) for stamp in stamps
        ):
            continue
        people = {stamp.email.lower() for stamp in stamps}
        message = say("Signed by {signer}; the commit names {people}.", signer=signature.signer,
                      people=tuple(sorted(people)))  # fmt: skip
        hint = say("Ask who made this commit: a key belongs to one person.")
        text = say("commit {commit} bears a good signature of {signer}", commit=commit.short, signer=signature.signer)
        signed = EvidencePiece(EvidenceStrength.SIGNED, text, commit.committer.day, commit.id)
        evidence = [signed, *context.date_evidence(index)]
        yield build_observation(SIGNER_NOT_AUTHOR, "", message, hint, evidence, commit=commit.id, subject=commit.short)


def find_own_reviews(context: AuditContext) -> Iterator[Observation]:
    """Find ``Reviewed-by`` lines in commits that name nobody but writers of records: they prove no second person."""
    for mark in context.marks:
        if mark.kind is not MarkKind.TRAILER or mark.strength is not EvidenceStrength.AUTHOR:
            continue
        index = context.history.place[mark.commit]
        commit = context.commit(index)
        people = [stamp for stamp in list_people(commit) if context.merges.writers.include(stamp)]
        names = tuple(dict.fromkeys(stamp.name for stamp in people))
        message = say("The line “Reviewed-by: {who}” stands in a commit of {author}: whoever made it writes records.",
                      who=mark.who, author=names)  # fmt: skip
        if not names:
            message = say(
                "The line “Reviewed-by: {who}” stands in a commit that names nobody, as a forge's own.", who=mark.who
            )
        hint = say("Ask {who}. A signed tag is better evidence of a review: dangwu review A..B --accept", who=mark.who)
        yield build_observation(
            REVIEWED_BY_ITS_AUTHOR,
            "",
            message,
            hint,
            context.date_evidence(index),
            commit=commit.id,
            subject=commit.short,
        )


def find_unsigned_reviews(context: AuditContext) -> Iterator[Observation]:
    """Find merges with a ``Reviewed-by`` line that lack the signature of a listed key, one for each reviewer."""
    unsigned = [mark for mark in context.marks if mark.unsigned and context.covers(context.history.place[mark.commit])]
    for who in dict.fromkeys(mark.who for mark in unsigned):
        own = [mark for mark in unsigned if mark.who == who]
        last = own[-1]
        message = say(
            "Merges with the line “Reviewed-by: {who}” that lack the signature of the key on the list: {count}; the "
            "last is of {day}.",
            who=who, count=len(own), day=describe_day(last.day),
        )  # fmt: skip
        hint = say("Sign merges with git merge -S, or make the signed tag: dangwu review A..B --accept. Of merges on a "
                   "forge add the forge's key to the list.")  # fmt: skip
        evidence = [piece for mark in own for piece in context.date_evidence(context.history.place[mark.commit])]
        yield build_observation(
            REVIEWED_BY_ITS_AUTHOR, "", message, hint, evidence, commit=last.commit, subject=last.commit[:12]
        )


def find_unverified_reviews(context: AuditContext) -> Iterator[Observation]:
    """Find review tags and merges whose signature the given list of keys does not verify."""
    for mark in context.marks:
        if not mark.doubtful:
            continue
        message = say(
            "The tag {name} says that {who} reviewed this, but the list of keys does not verify its signature.",
            name=mark.name, who=mark.who,
        )  # fmt: skip
        place = say("the tag {name}", name=mark.name)
        if mark.kind is MarkKind.TRAILER:
            message = say(
                "The merge {commit} says that {who} reviewed this, but the list of keys does not verify its signature.",
                commit=mark.commit[:12], who=mark.who,
            )  # fmt: skip
            place = say("the Reviewed-by line in the message of the commit")
        hint = say("See whether the list of keys is complete, and ask {who}.", who=mark.who)
        evidence = [build_mark_evidence(mark, place)]
        yield build_observation(
            REVIEW_NOT_VERIFIED, "", message, hint, evidence, commit=mark.commit, subject=mark.name or mark.commit[:12]
        )
