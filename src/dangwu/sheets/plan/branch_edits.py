"""The groups, posts and leaders that a roster names → additions to branch.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.authoring.edit.edits import AddEdit
from dangwu.model.import_plan import ImportChange
from dangwu.model.message import Bilingual, say
from dangwu.sheets.plan.branch_proposal import build_leaders, read_post_word
from dangwu.sheets.read.post_words import LEADER, SINGLE_POSTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dangwu.authoring.edit.edits import DataEdit
    from dangwu.model.record import Branch
    from dangwu.sheets.plan.branch_proposal import ProposedGroup, ProposedPost
    from dangwu.sheets.plan.changes import ChangeCollector

_BRANCH_PATH = "branch.yaml"


def plan_branch_edits(collector: ChangeCollector) -> None:
    """Plan the additions to branch.yaml; an office that somebody else holds is left to a person."""
    branch = collector.context.corpus.branch
    if branch is None:
        return
    posts = list(_find_new_posts(collector))
    groups = collector.proposal.groups.values()
    edits: list[DataEdit] = [_build_group_edit(group, posts) for group in groups]
    for group in groups:
        _add_change(collector, group.name, Bilingual("党小组", "Party group"), group.id, group.cell)
    for post in posts:
        edit = _build_post_edit(branch, post, collector.context.as_of)
        if edit is not None:
            edits.append(edit)
        if edit is not None or post.group in {group.id for group in groups}:
            _add_change(collector, post.who, read_post_word(post.post), post.group or post.member, post.cell)
    if edits:
        collector.edits.setdefault(_BRANCH_PATH, []).extend(edits)


def _build_group_edit(group: ProposedGroup, posts: Sequence[ProposedPost]) -> AddEdit:
    leaders = build_leaders(group, posts)
    item = {"id": group.id, "name": group.name, "from": group.since, "leaders": leaders}
    return AddEdit(("groups",), item, ("terms",))


def _build_post_edit(branch: Branch, post: ProposedPost, as_of: date) -> AddEdit | None:
    """Return the edit for a post in the running term, or for the leader of a group of the branch."""
    if post.post == LEADER:
        row = next((row for row, group in enumerate(branch.groups) if group.id == post.group), None)
        if row is None:
            return None
        entry = {"member": post.member, "from": _choose_day(branch, post, branch.groups[row].span.start)}
        return AddEdit(("groups", row, "leaders"), entry, ("from",))
    term = next((row for row, term in enumerate(branch.terms) if as_of in term.span), None)
    if term is None:
        return None
    day = _choose_day(branch, post, branch.terms[term].span.start)
    return AddEdit(("terms", term, "posts"), {"post": post.post, "member": post.member, "from": day})


def _choose_day(branch: Branch, post: ProposedPost, start: date) -> str:
    """Return since when a post is recorded: the day given, else that from which records are kept; within its term."""
    return max(post.since or (branch.records_from or start).isoformat(), post.here, start.isoformat())


def _find_new_posts(collector: ChangeCollector) -> Iterator[ProposedPost]:
    """Yield the posts that nobody holds on the as-of day; say which ones somebody else holds."""
    context = collector.context
    offices = context.corpus.offices
    held = [office for office in (*offices.posts, *offices.leaders) if context.as_of in office.span]
    for post in collector.proposal.posts:
        if post.post == LEADER and post.group is None:
            collector.reader.remarks.append(
                say("{name} is written down as leader of a group, and no group is given; enter it in branch.yaml.",
                    name=post.who)
            )  # fmt: skip
            continue
        same = [office for office in held if office.post == post.post and office.group == post.group]
        if any(office.member == post.member for office in same):
            continue
        if same and post.post in {*SINGLE_POSTS, LEADER}:
            collector.reader.remarks.append(
                say(
                    "branch.yaml has {holder} as {post}, the sheet {name}; a change of office is entered there by hand,"
                    " with its day.",
                    holder=context.corpus.name_of(same[0].member),
                    post=read_post_word(post.post),
                    name=post.who,
                )
            )
            continue
        yield post


def _add_change(collector: ChangeCollector, who: str, field: Bilingual, new: str, cell: str) -> None:
    collector.changes.append(ImportChange(_BRANCH_PATH, who, field, None, new, cell))
