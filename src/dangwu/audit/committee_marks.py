"""Marks of the committee above: ``Reviewed-by`` trailers and review tags, and the index of all marks on a history."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from dangwu.audit.arrivals import comes_after
from dangwu.audit.merges_by_another import list_people
from dangwu.audit.review_trailers import read_review_lines
from dangwu.model.forge_addresses import is_forge_address
from dangwu.model.observation import CommitteeMark, EvidenceStrength, MarkKind
from dangwu.model.principals import extract_people, match_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.audit.merges_by_another import MergeView
    from dangwu.model.history import History
    from dangwu.model.observation import SignatureResult

REVIEW_TAG_PREFIX = "dangwu/reviewed/"
_NAMED_COMMIT = re.compile(r"-([0-9a-f]{7,64})$", re.ASCII)


def find_trailer_marks(
    history: History, merges: MergeView, signatures: Mapping[str, SignatureResult]
) -> Iterator[CommitteeMark]:
    """Yield a mark for each trailer ``Reviewed-by: Name <address>`` of a commit."""
    for index, commit in enumerate(history.commits):
        for who in read_review_lines(commit.message).reviewers:
            signature = signatures.get(commit.id)
            strength = _judge_trailer_strength(history, merges, index, who, signature)
            unproven = strength is EvidenceStrength.COMMITTER and index in merges.unproven
            # What a forge commits it signs with a key of its own, which proves nothing against anybody.
            other_key = signature is not None and not signature.good and not is_forge_address(commit.committer.email)
            yield CommitteeMark(
                MarkKind.TRAILER,
                commit.id,
                commit.committer.day,
                who,
                strength,
                doubtful=unproven and other_key and not merges.unreadable_keys,
                unsigned=unproven and not other_key,
            )


def _judge_trailer_strength(
    history: History, merges: MergeView, index: int, who: str, signature: SignatureResult | None
) -> EvidenceStrength:
    """Rate a trailer: signed by the person named, in a merge by another person, or only a line in a message."""
    commit = history.commits[index]
    if signature is not None and signature.good and is_same_person(signature.signer, who):
        return EvidenceStrength.SIGNED
    if index in merges.by_another:
        return EvidenceStrength.MERGED
    by_writer = merges.writers.made(commit) and index not in merges.unproven
    return EvidenceStrength.AUTHOR if by_writer or not list_people(commit) else EvidenceStrength.COMMITTER


def find_reviewer(message: str) -> str | None:
    """Return the first reviewer that a message names, None where it names none."""
    return next(iter(read_review_lines(message).reviewers), None)


def is_same_person(signer: str, who: str) -> bool:
    """Tell whether a signer, as the list of keys names it, is a person written as ``Name <address>``."""
    return any(match_person(signer, name, address) for name, address in extract_people(who))


def find_named_commit(tag_name: str, commit: str) -> str:
    """Return the beginning of the commit's id that a review tag names, "" unless it is another than the tag's own."""
    match = _NAMED_COMMIT.search(tag_name)
    return match[1] if match and not commit.startswith(match[1]) else ""


class MarkIndex(NamedTuple):
    """The marks on a history, in the order of its commits; bit N of a set stands for mark N.

    By commit index: ``own`` are the marks on the commit, ``having`` those whose commit has it as an ancestor (or is it,
    or has it on the reviewed line, which ends at another commit of the history), ``below`` those on its ancestors.
    ``main`` are the marks on the main line, ``published`` these and all that the committee made of what it fetched or
    merged itself: a pull that merges can leave them beside the main line.
    """

    history: History
    marks: tuple[CommitteeMark, ...]
    own: tuple[int, ...]
    having: tuple[int, ...]
    below: tuple[int, ...]
    main: int
    published: int

    def before(self, commit: int) -> CommitteeMark | None:
        """Return the last mark that lacks a commit although it should include it: on an ancestor or on the main line.

        A mark on another line of the history proves nothing about the commit.
        """
        return self._last((self.below[commit] | self.main) & ~self.having[commit])

    def between(self, earlier: int, later: int) -> CommitteeMark | None:
        """Return the last mark that includes the earlier of two commits, and that the later came after; None without.

        A commit comes after the marks that it is built on, after those of a published state without it, and after those
        to whose line a merge brought it later.
        """
        bits = self.having[earlier] & ~self.having[later]
        known = self.below[later] | self.published
        place = self.history.place
        for number, mark in enumerate(self.marks if bits & ~known else ()):
            aside = bits & ~known & 1 << number
            if aside and comes_after(self.history, place[mark.commit], mark.day, earlier, later):
                known |= aside
        return self._last(bits & known)

    def leads(self, mark: CommitteeMark, commit: int) -> bool:
        """Tell whether a commit is built on that of a mark."""
        return bool(self.below[commit] >> self.marks.index(mark) & 1)

    def together(self, edit: int, merge: int) -> tuple[CommitteeMark, ...]:
        """Return the marks that include an edit and stand on the way to the merge that brought it in, or on it."""
        return self._list(self.having[edit] & (self.below[merge] | self.own[merge]))

    def until(self, commit: int, following: int | None) -> tuple[CommitteeMark, ...]:
        """Return the marks that include a commit, and not the one that follows."""
        return self._list(self.having[commit] & ~(0 if following is None else self.having[following]))

    def _list(self, bits: int) -> tuple[CommitteeMark, ...]:
        return tuple(mark for number, mark in enumerate(self.marks) if bits >> number & 1)

    def _last(self, bits: int) -> CommitteeMark | None:
        return self.marks[bits.bit_length() - 1] if bits else None


def build_mark_index(history: History, marks: Iterable[CommitteeMark]) -> MarkIndex:
    """Index marks by the commits that they include, in one pass each way; skip marks on commits not in the history."""
    place, parents = history.place, history.parents
    inside = sorted(
        (mark for mark in marks if mark.commit in place), key=lambda mark: (place[mark.commit], mark.kind, mark.name)
    )
    own = [0] * len(parents)
    aside = [0] * len(parents)
    for number, mark in enumerate(inside):
        own[place[mark.commit]] |= 1 << number
        aside[place[mark.commit]] |= 1 << number if mark.base else 0
    having, below = [*own], [0] * len(own)
    for number, mark in enumerate(inside):
        if mark.base in place:
            having[place[mark.base]] |= 1 << number
    for index in range(len(own)):
        for parent in parents[index]:
            below[index] |= below[parent] | own[parent]
    for index in reversed(range(len(own))):
        for parent in parents[index]:
            having[parent] |= having[index] & ~aside[index]
    main = reduce(or_, (own[index] & ~aside[index] for index in history.main_line), 0)
    published = sum(1 << number for number, mark in enumerate(inside) if _is_of_published_state(history, mark))
    return MarkIndex(history, tuple(inside), tuple(own), tuple(having), tuple(below), main, main | published)


def _is_of_published_state(history: History, mark: CommitteeMark) -> bool:
    """Tell whether a mark is of the branch as the committee had it: an anchor, or a merge that it made itself."""
    merges = len(history.parents[history.place[mark.commit]]) > 1
    by_committee = mark.kind is MarkKind.TRAILER and mark.strength.rank >= EvidenceStrength.MERGED.rank
    return mark.kind is MarkKind.ANCHOR or (merges and by_committee)
