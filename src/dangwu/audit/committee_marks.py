"""Marks of the committee above: ``Reviewed-by`` trailers, review tags, and anchors kept outside the repository."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from dangwu.audit.arrivals import comes_after
from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.model.observation import CommitteeMark, EvidenceStrength, MarkKind
from dangwu.model.period import parse_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from dangwu.model.history import Commit, History
    from dangwu.model.observation import SignatureResult

REVIEW_TRAILER = "Reviewed-by"
REVIEW_TAG_PREFIX = "dangwu/reviewed/"
_TRAILER_LINE = re.compile(rf"^{REVIEW_TRAILER}[ \t]*:[ \t]*(\S.*)$", re.MULTILINE | re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\n[ \t\r\f\v]*\n")
_CONTINUED_LINE = re.compile(r"\r?\n[ \t]+")
_EMAIL_ADDRESS = re.compile(r"<([^<>\s]+)>")
_ANCHOR_LINE = re.compile(
    r"dangwu-anchor/1 (\d{4}-\d\d-\d\d) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (\d{1,9}) (.*)", re.ASCII
)


class Anchor(NamedTuple):
    """A line kept outside the repository: the last commit and its tree on a day, the number of commits, the branch.

    Written as ``dangwu-anchor/1 DAY COMMIT TREE COUNT BRANCH``.
    """

    day: date
    commit: str
    tree: str
    commits: int
    branch: str

    @property
    def line(self) -> str:
        """The anchor as one line of text."""
        branch = " ".join(self.branch.split())
        return f"dangwu-anchor/1 {self.day.isoformat()} {self.commit} {self.tree} {self.commits} {branch}"

    @property
    def mark(self) -> CommitteeMark:
        """The anchor as a mark on its commit."""
        return CommitteeMark(MarkKind.ANCHOR, self.commit, self.day, self.branch, EvidenceStrength.ANCHOR)


def parse_anchors(text: str, branch: str) -> tuple[Anchor, ...]:
    """Parse the anchors of one branch, oldest first; skip empty lines and lines that begin with ``#``.

    UsageError for a line that is no anchor, and when no anchor names the branch.
    """
    anchors = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _ANCHOR_LINE.fullmatch(line.strip())
        day = parse_day(match[1]) if match else None
        if match is None or day is None:
            hint = say("Lines are kept as dangwu audit anchor prints them.")
            raise UsageError(say("Line {number} of the anchors cannot be read.", number=number), hint)
        anchors.append(Anchor(day, match[2], match[3], int(match[4]), match[5]))
    own = [anchor for anchor in anchors if anchor.branch == " ".join(branch.split())]
    if not own:
        hint = say("See that the file is the right one, and whether the branch had another name then.")
        raise UsageError(say("The file has no anchor of {branch}.", branch=branch), hint)
    return tuple(sorted(own))


def find_trailer_marks(
    history: History, signatures: Mapping[str, SignatureResult], reviewers: Collection[str]
) -> Iterator[CommitteeMark]:
    """Yield a mark for each commit whose message ends in a line ``Reviewed-by: Name <address>``."""
    for index, commit in enumerate(history.commits):
        for who in _find_reviewers(commit.message):
            strength = _judge_trailer_strength(history, index, who, signatures.get(commit.id), reviewers)
            yield CommitteeMark(MarkKind.TRAILER, commit.id, commit.committer.day, who, strength)


def find_reviewer(message: str) -> str | None:
    """Return the first reviewer that a commit message names, None where it names none."""
    return next(iter(_find_reviewers(message)), None)


def _find_reviewers(message: str) -> list[str]:
    """Return the reviewers named in the last paragraph of a message, a signature below it left out.

    Lines are read as git-interpret-trailers(1) does: a line of blanks parts paragraphs, an indented line continues the
    one above. Unlike there other words may stand beside them: a line of a Chinese key takes no reviewer away.
    """
    text = message.partition("-----BEGIN ")[0].rstrip()
    return [who.strip() for who in _TRAILER_LINE.findall(_CONTINUED_LINE.sub(" ", _PARAGRAPH_END.split(text)[-1]))]


def _judge_trailer_strength(
    history: History, index: int, who: str, signature: SignatureResult | None, reviewers: Collection[str]
) -> EvidenceStrength:
    """Rate a trailer: signed by the person named, in a merge by another person, or only a line in a message."""
    commit = history.commits[index]
    if signature is not None and signature.good and is_same_person(signature.signer, who):
        return EvidenceStrength.SIGNED
    if is_merged_by_another(history, index, reviewers):
        return EvidenceStrength.MERGED
    return EvidenceStrength.AUTHOR if commit.committer.email.lower() in history.writers else EvidenceStrength.COMMITTER


def is_merged_by_another(history: History, index: int, reviewers: Collection[str]) -> bool:
    """Tell whether a commit is a merge by a reviewer; without reviewers, by somebody who writes no records."""
    commit = history.commits[index]
    merger = commit.committer.email.lower()
    merges = len(commit.parents) > 1
    return merges and (merger in reviewers if reviewers else merger not in history.writers)


def is_same_person(signer: str, who: str) -> bool:
    """Tell whether a signer, as the list of keys names it, shares an address with ``who`` (``Name <address>``)."""
    return bool(extract_addresses(signer) & extract_addresses(who))


def extract_addresses(text: str) -> frozenset[str]:
    """Return the e-mail addresses in a text, in lower case; a name without one counts as its own address."""
    addresses = _EMAIL_ADDRESS.findall(text) or text.split(",")
    return frozenset(address.strip().lower() for address in addresses if address.strip())


class MarkIndex(NamedTuple):
    """The marks on a history, in the order of its commits; bit N of a set stands for mark N.

    By commit index: ``own`` are the marks on the commit, ``having`` those whose commit has it as an ancestor (or is
    it), ``below`` those on its ancestors. ``main`` are the marks on the main line, ``published`` these and all that the
    committee made of what it fetched or merged itself: a pull that merges can leave them beside the main line.
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
    for number, mark in enumerate(inside):
        own[place[mark.commit]] |= 1 << number
    having, below = [*own], [0] * len(own)
    for index in range(len(own)):
        for parent in parents[index]:
            below[index] |= below[parent] | own[parent]
    for index in reversed(range(len(own))):
        for parent in parents[index]:
            having[parent] |= having[index]
    main = reduce(or_, (own[index] for index in history.main_line), 0)
    published = sum(1 << number for number, mark in enumerate(inside) if _is_of_published_state(history, mark))
    return MarkIndex(history, tuple(inside), tuple(own), tuple(having), tuple(below), main, main | published)


def _is_of_published_state(history: History, mark: CommitteeMark) -> bool:
    """Tell whether a mark is of the branch as the committee had it: an anchor, or a merge that it made itself."""
    merges = len(history.parents[history.place[mark.commit]]) > 1
    by_committee = mark.kind is MarkKind.TRAILER and mark.strength.rank >= EvidenceStrength.MERGED.rank
    return mark.kind is MarkKind.ANCHOR or (merges and by_committee)


def find_lost_marks(history: History, marks: Iterable[CommitteeMark]) -> list[CommitteeMark]:
    """Return the marks on commits that are not in the history."""
    return [mark for mark in marks if mark.commit not in history.place]


def build_anchor(commit: Commit, commits: int, branch: str, day: date) -> Anchor:
    """Return the anchor of a history's last commit."""
    return Anchor(day, commit.id, commit.tree, commits, branch)
