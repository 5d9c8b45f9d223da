"""What a roster says about branch.yaml: Party groups that it does not have yet, posts and group leaders."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from dangwu.data import resources
from dangwu.model.message import Bilingual
from dangwu.model.schema_node import find_node, read_code_word
from dangwu.sheets.read.post_words import LEADER
from dangwu.sheets.read.roster_rows import normalise_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.model.corpus import Corpus

LEADER_TITLE = Bilingual("组长", "Leader")


class ProposedGroup(NamedTuple):
    """A Party group that the branch does not have yet, and the cell that first names it."""

    id: str
    name: str
    since: str
    cell: str


class ProposedPost(NamedTuple):
    """A post of a person; ``group`` is the Party group of a leader.

    ``since`` is None where no day is given; the person is in the branch from ``here`` on.
    """

    post: str
    member: str
    who: str
    cell: str
    here: str
    since: str | None = None
    group: str | None = None


class BranchProposal:
    """Groups, posts and leaders that a roster names and branch.yaml does not have, in the order of the rows."""

    def __init__(self, corpus: Corpus) -> None:
        self._taken = {group.id for group in corpus.branch.groups} if corpus.branch else set()
        self.groups: dict[str, ProposedGroup] = {}
        self.posts: list[ProposedPost] = []

    def propose_group(self, name: str, since: str, cell: str) -> ProposedGroup:
        """Return the new group of a name, by any usual spelling; it begins with the first day on which it is needed."""
        key = normalise_group(name)
        group = self.groups.get(key)
        if group is None:
            group = ProposedGroup(self._find_free_id(), name, since, cell)
        group = group._replace(since=min(since, group.since))
        self.groups[key] = group
        return group

    def _find_free_id(self) -> str:
        taken = self._taken | {group.id for group in self.groups.values()}
        return next(f"g{number}" for number in count(1) if f"g{number}" not in taken)


def read_post_word(post: str) -> Bilingual:
    """Return the word of a post."""
    if post == LEADER:
        return LEADER_TITLE
    return read_code_word(find_node(resources.load_schema("branch"), ("terms", None, "posts", None, "post")), post)


def build_leaders(group: ProposedGroup, posts: Sequence[ProposedPost]) -> list[dict[str, str]]:
    """Return the leaders of a new group as branch.yaml has them."""
    return [
        {"member": post.member, "from": max(post.since or "", post.here, group.since)}
        for post in posts
        if post.post == LEADER and post.group == group.id
    ]
