"""Marks of the committee above: ``Reviewed-by`` trailers and review tags, and the index of all marks on a history."""

from __future__ import annotations

import re
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

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

    By commit index: ``having`` are the marks whose commit has it as an ancestor (or is it), ``below`` the marks on its
    ancestors, ``upto`` the marks on commits with a smaller index. ``main`` are the marks on the main line.
    """

    marks: tuple[CommitteeMark, ...]
    having: tuple[int, ...]
    below: tuple[int, ...]
    upto: tuple[int, ...]
    main: int

    def before(self, commit: int) -> CommitteeMark | None:
        """Return the last mark that lacks a commit although it should include it: on an ancestor or on the main line.

        A mark on another line of the history proves nothing about the commit.
        """
        return self._last((self.below[commit] | self.main) & ~self.having[commit])

    def between(self, earlier: int, later: int) -> CommitteeMark | None:
        """Return the last mark that includes the earlier of two commits and not the later; None without one."""
        return self._last(self.having[earlier] & ~self.having[later] & self.upto[later])

    def until(self, commit: int, following: int | None) -> tuple[CommitteeMark, ...]:
        """Return the marks that include a commit, and not the one that follows."""
        bits = self.having[commit] & ~(0 if following is None else self.having[following])
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
    for number, mark in enumerate(inside):
        own[place[mark.commit]] |= 1 << number
    having, below, upto = [*own], [0] * len(own), [0, *accumulate(own, or_)]
    for index in range(len(own)):
        for parent in parents[index]:
            below[index] |= below[parent] | own[parent]
    for index in reversed(range(len(own))):
        for parent in parents[index]:
            having[parent] |= having[index]
    main = reduce(or_, (own[index] for index in history.main_line), 0)
    return MarkIndex(tuple(inside), tuple(having), tuple(below), tuple(upto), main)
