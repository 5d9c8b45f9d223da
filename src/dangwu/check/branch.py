"""Terms, posts and committee of the branch (1.1; 2018 branch regulation, ch. 6), and members' dated histories."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from dangwu.model.finding import Finding, FindingCode, Severity, Source, build_finding
from dangwu.model.message import say
from dangwu.model.offices import SECRETARY
from dangwu.model.record import Standing
from dangwu.model.roster import COMMITTEE_MIN_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Pointer
    from dangwu.model.offices import Office
    from dangwu.model.record import Branch, Group, Member, Term
    from dangwu.model.spans import Span

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
BRANCH_MISSING = FindingCode("DW206", "branch-missing", _ERROR, say("No branch.yaml"))
POSTS_CONFLICT = FindingCode("DW601", "posts-conflict", _ERROR, say("A post held twice, or outside its term"), "1.1")
COMMITTEE_EXPECTED = FindingCode(
    "DW602", "committee-expected", _WARNING, say("The committee does not fit the number of full members")
)
HISTORY_DISORDERED = FindingCode("DW603", "history-disordered", _ERROR, say("Dated entries out of order"))
TERM_OVER = FindingCode("DW604", "term-over", _WARNING, say("The term of office is over"))
RECORDS_BEGIN_LATER = FindingCode(
    "DW608", "records-begin-later", _WARNING, say("The day from which records are kept is none to begin on")
)
_GONE = frozenset({Standing.LEFT, Standing.TRANSFERRED})
_END_FIRST_HINT = say("Enter to: for the one who ended first.")
_BACKWARD_MESSAGE = say("The day in to lies before the day in from.")
_BACKWARD_HINT = say("Correct one of the two days; leave to out while it goes on.")
CODES = (BRANCH_MISSING, POSTS_CONFLICT, COMMITTEE_EXPECTED, HISTORY_DISORDERED, TERM_OVER, RECORDS_BEGIN_LATER)


def check_branch_file(context: Context) -> Iterator[Finding]:
    """Check that there is a branch.yaml."""
    if context.corpus.branch is None and all(file.path != "branch.yaml" for file in context.corpus.unread):
        message = say("There is no branch.yaml here.")
        hint = say("Begin with dangwu init, or name the record repository with -C.")
        yield Finding(code=BRANCH_MISSING, source=Source("branch.yaml", line=1, column=1), message=message, hint=hint)


def check_first_day(context: Context) -> Iterator[Finding]:
    """Check that records are kept from a day between the founding and the as-of day: before it no duty is shown."""
    branch = context.corpus.branch
    if branch is None or branch.records_from is None:
        return
    if branch.records_from > context.as_of:
        message = say("Records are to be kept from {day} on, which is still to come.", day=branch.records_from)
        hint = say(
            "Until that day nothing counts as owed; enter the day on which this branch began to keep records here."
        )
    elif branch.records_from < branch.founded:
        message = say("Records are to be kept from {day} on, before the branch was founded.", day=branch.records_from)
        hint = say("Correct one of the two days, or leave out records_from: duties begin with the founding.")
    else:
        return
    yield build_finding(RECORDS_BEGIN_LATER, branch, ("records_from",), message, hint)


def check_posts(context: Context) -> Iterator[Finding]:
    """Find overlapping terms, posts held twice or outside their term, and groups with two leaders."""
    branch = context.corpus.branch
    if branch is None:
        return
    for (first, term), (second, following) in combinations(enumerate(branch.terms), 2):
        if _spans_overlap(term.span, following.span):
            message = say(
                "Two terms of office overlap (entries {first} and {second}).", first=first + 1, second=second + 1
            )
            yield build_finding(
                POSTS_CONFLICT, branch, ("terms", second, "from"), message, say("End the one before the other begins.")
            )
    for row, term in enumerate(branch.terms):
        yield from _check_term(context, branch, row, term)
    for row, group in enumerate(branch.groups):
        yield from _check_leaders(context, branch, row, group)


def _check_term(context: Context, branch: Branch, row: int, term: Term) -> Iterator[Finding]:
    for index, post in enumerate(term.posts):
        if post.span.start not in term.span:
            message = say("{name} takes the post outside this term.", name=context.corpus.name_of(post.member))
            hint = say("Correct the date, or move the post to the term in which it was held.")
            yield build_finding(POSTS_CONFLICT, branch, ("terms", row, "posts", index, "from"), message, hint)
    for one, other in _find_held_together(office for office in context.corpus.offices.posts if office.row == row):
        if one.post != other.post:
            continue
        if one.member == other.member:
            message = say("{name} holds the same post twice.", name=context.corpus.name_of(one.member))
        elif one.post == SECRETARY:
            message = say("Two people are secretary at the same time.")
        else:
            continue
        yield build_finding(POSTS_CONFLICT, branch, other.pointer, message, _END_FIRST_HINT)


def _spans_overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _find_held_together(offices: Iterable[Office]) -> Iterator[tuple[Office, Office]]:
    """Yield every two offices that were held on the same day, by people who belonged to the branch."""
    return ((one, other) for one, other in combinations(offices, 2) if (one.days & other.days).spans)


def _check_leaders(context: Context, branch: Branch, row: int, group: Group) -> Iterator[Finding]:
    for _, other in _find_held_together(office for office in context.corpus.offices.leaders if office.row == row):
        message = say("The group {group} has two leaders at the same time.", group=group.name)
        yield build_finding(POSTS_CONFLICT, branch, other.pointer, message, _END_FIRST_HINT, subject=group.id)


def check_committee(context: Context) -> Iterator[Finding]:
    """Check that a term is running, and that a committee is in office exactly from seven full members on.

    Posts that stand open though their holders left or are suspended are left to DW605 and DW606.
    """
    corpus, day = context.corpus, context.as_of
    branch = corpus.branch
    if branch is None or day < branch.founded:
        return
    if branch.terms and all(term.span.end <= day for term in branch.terms):
        last = max(range(len(branch.terms)), key=lambda row: branch.terms[row].span.end)
        hint = say("Re-election is due; ask the committee above, and enter the new term in branch.yaml.")
        yield build_finding(TERM_OVER, branch, ("terms", last, "to"), say("The last term of office has ended."), hint)
        return
    full = len(corpus.roster.full_members_on(day))
    has = day in corpus.roster.committee_in_office
    stands_open = any(post.committee and day in post.span for post in corpus.offices.posts)
    if full >= COMMITTEE_MIN_MEMBERS and not stands_open and not corpus.unread_members:
        message = say("The branch has {full} full members and no committee in office.", full=full)
        hint = say("From seven full members on a branch elects a committee; enter its term in branch.yaml.")
        yield build_finding(COMMITTEE_EXPECTED, branch, ("terms",), message, hint, at_key=True)
    elif full < COMMITTEE_MIN_MEMBERS and has and not corpus.unread_members:
        message = say("The branch has {full} full members and a committee in office.", full=full)
        hint = say("Below seven full members there is no committee; its monthly meeting is not owed meanwhile.")
        yield build_finding(COMMITTEE_EXPECTED, branch, ("terms",), message, hint, at_key=True)


def check_histories(context: Context) -> Iterator[Finding]:
    """Check the order of days in from/to pairs and in members' dated lists."""
    branch = context.corpus.branch
    if branch is not None:
        for pointer in _find_backward_spans(context.corpus.documents[branch.path].data, ()):
            yield build_finding(HISTORY_DISORDERED, branch, (*pointer, "to"), _BACKWARD_MESSAGE, _BACKWARD_HINT)
    for member in context.corpus.members:
        data = context.corpus.documents[member.path].data
        for pointer in _find_backward_spans(data, ()):
            yield build_finding(HISTORY_DISORDERED, member, (*pointer, "to"), _BACKWARD_MESSAGE, _BACKWARD_HINT)
        for key in ("status", "groups"):
            for index, (one, other) in enumerate(pairwise(data.get(key, ()))):
                if other["from"] <= one["from"]:
                    message = say("The entries are not in the order of their days.")
                    yield build_finding(
                        HISTORY_DISORDERED, member, (key, index + 1, "from"), message, say("Put the earlier day first.")
                    )
        yield from _check_statuses(member)


def _check_statuses(member: Member) -> Iterator[Finding]:
    """Check that each status can follow the ones before it."""
    statuses = [standing for standing, _ in member.standings]
    for index, (one, other) in enumerate(pairwise(statuses)):
        if not _can_follow(statuses[: index + 1], other):
            message = say("{status} cannot follow {before}.", status=other.value, before=one.value)
            hint = say("See whether an entry is missing between the two, or one is wrong.")
            yield build_finding(
                HISTORY_DISORDERED, member, ("status", index + 1, "status"), message, hint, subject=member.id
            )


def _can_follow(earlier: list[Standing], status: Standing) -> bool:
    """Tell whether a status can follow the earlier ones.

    After a departure only a return can; probationary only follows leaving, or an absence of a probationary member.
    """
    last = earlier[-1]
    if status is last:
        return False
    if last in _GONE and status in {Standing.SUSPENDED, *_GONE}:
        return False
    if status is not Standing.PROBATIONARY or last is Standing.LEFT:
        return True
    return last is not Standing.FULL and earlier[-2:-1] == [Standing.PROBATIONARY]


def _find_backward_spans(node: object, pointer: Pointer) -> Iterator[Pointer]:
    """Yield the pointer of every mapping whose ``to`` is before its ``from``; ISO dates compare as text."""
    if isinstance(node, dict):
        first, last = node.get("from"), node.get("to")
        if isinstance(first, str) and isinstance(last, str) and last < first:
            yield pointer
        for key, value in node.items():
            yield from _find_backward_spans(value, (*pointer, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _find_backward_spans(value, (*pointer, index))
