"""The committee's marks in a repository, judged by its list of keys and the addresses of its reviewers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dangwu.audit.committee_marks import (
    REVIEW_TAG_PREFIX,
    find_named_commit,
    find_reviewer,
    find_trailer_marks,
    is_same_person,
)
from dangwu.audit.merges_by_another import MergeView, find_merges_by_another, find_writers
from dangwu.audit.squashed_reviews import find_squash
from dangwu.errors import UsageError
from dangwu.git.blobs import read_blobs
from dangwu.git.commit_object import parse_commit
from dangwu.git.key_list import read_key_list
from dangwu.git.parted_line import read_parted_line
from dangwu.git.tags_and_signatures import read_tags, verify_commits, verify_tag
from dangwu.model.forge_addresses import is_forge_address
from dangwu.model.message import say
from dangwu.model.observation import CommitteeMark, EvidenceStrength, MarkKind
from dangwu.model.principals import has_bare_names_only
from dangwu.workspace.load import is_record_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from dangwu.git.key_list import KeyList
    from dangwu.git.repository import Repository
    from dangwu.git.tags_and_signatures import Tag
    from dangwu.model.history import CommitStamp, History
    from dangwu.model.message import Text
    from dangwu.model.observation import SignatureResult

_AMENDMENT_FOLDER = "rules/"


class CommitteeReader:
    """What a repository has of the committee above: its marks, and the merges by somebody who writes no records.

    ``signers`` is a list of keys in the format of ``allowed_signers``; ``reviewers`` are the addresses whose merges
    count as the committee's.
    """

    def __init__(
        self, repository: Repository, graph: History, reviewers: Collection[str], signers: Path | None
    ) -> None:
        self._repository = repository
        self._graph = graph
        self._reviewers = reviewers
        self.keys = None if signers is None else read_key_list(signers)

    @cached_property
    def signatures(self) -> Mapping[str, SignatureResult]:
        """The verification of each signed commit, by commit id; empty without a list of keys."""
        signed = {commit.id: commit.committer.seconds for commit in self._graph.commits if commit.signed}
        return verify_commits(self._repository, signed, self.keys) if self.keys else {}

    @cached_property
    def merges(self) -> MergeView:
        """Who writes records of the branch, and which merges are by somebody else."""
        writers = find_writers(self._graph, is_branch_record)
        if self.keys is None:
            return find_merges_by_another(self._graph, writers, self._reviewers, {}, lambda _address, _seconds: False)
        found = find_merges_by_another(self._graph, writers, self._reviewers, self.signatures, self.keys.has_key_of)
        return found._replace(unreadable_keys=bool(self.keys.faults))

    @cached_property
    def marks(self) -> tuple[CommitteeMark, ...]:
        """The committee's marks in the repository: trailers and tags."""
        tags = tuple(self._build_tag_mark(*found) for found in self._tags)
        return (*find_trailer_marks(self._graph, self.merges, self.signatures), *self._map_to_history(tags))

    @property
    def key_faults(self) -> tuple[Text, ...]:
        """What in the list of keys cannot be read, or is the name of nobody who signed; empty without a list."""
        return () if self.keys is None else tuple(_describe_key_faults(self.keys, self._list_unknown_names()))

    def _map_to_history(self, marks: tuple[CommitteeMark, ...]) -> Iterator[CommitteeMark]:
        """Yield marks on commits of this history where it has one with the same tree, or with the same changes.

        A squash or a rebase keeps the tree under another commit id, or where main went on meanwhile the changes.
        """
        place = self._graph.place
        missing = list(dict.fromkeys(mark.commit for mark in marks if mark.commit not in place))
        # A tag may be on a commit that this repository does not have.
        stored = zip(missing, read_blobs(self._repository.folder, missing, elsewhere=missing), strict=True)
        trees = {id_: parse_commit(id_, raw).tree for id_, raw in stored if raw is not None}
        # Of several commits with one tree take the first: changes in between were made after the review.
        same_tree = {commit.tree: commit.id for commit in reversed(self._graph.commits)}
        for mark in marks:
            same = same_tree.get(trees.get(mark.commit, ""))
            if same or mark.commit not in trees:
                yield mark._replace(commit=same or mark.commit)
            else:
                yield self._find_squash_of(mark)

    def _find_squash_of(self, mark: CommitteeMark) -> CommitteeMark:
        line = read_parted_line(self._repository, self._graph.commits[-1].id, mark.commit)
        at = find_squash(self._graph, line.base, line.files) if line else None
        return mark._replace(commit=self._graph.commits[at].id, base=line.base) if line and at is not None else mark

    @cached_property
    def _tags(self) -> tuple[tuple[Tag, SignatureResult | None], ...]:
        """The review tags, each with its verification; None without a list of keys or a signature."""
        keys = self.keys
        return tuple(
            (tag, verify_tag(self._repository, tag, keys) if keys and tag.signed else None)
            for tag in read_tags(self._repository, REVIEW_TAG_PREFIX)
        )

    def _build_tag_mark(self, tag: Tag, signature: SignatureResult | None) -> CommitteeMark:
        reviewer = find_reviewer(tag.message)
        # Anybody on the list of keys could sign for the committee; only the key of the named reviewer counts.
        good = signature is not None and signature.good and is_same_person(signature.signer, _name_reviewer(tag))
        named = find_named_commit(tag.name, tag.commit)
        # What says two things is weak evidence of either, unless the committee's key signed one of them.
        weak = EvidenceStrength.AUTHOR if named else EvidenceStrength.COMMITTER
        return CommitteeMark(
            kind=MarkKind.TAG,
            commit=tag.commit,
            day=tag.tagger.day,
            who=reviewer or tag.tagger.name,
            strength=EvidenceStrength.SIGNED if good else weak,
            name=tag.name,
            doubtful=not good and signature is not None and not self._is_for_the_list(signature),
            named=named,
            tagged=tag.commit,
        )

    def _is_for_the_list(self, signature: SignatureResult) -> bool:
        """Tell whether it is the list's fault that a signature is matched to nobody: a line unread, or a bare name."""
        if signature.good:
            return has_bare_names_only(signature.signer)
        return self.keys is not None and bool(self.keys.faults)

    def _list_unknown_names(self) -> Iterator[str]:
        """Yield the bare names of keys with a good signature that are nobody's where they signed."""
        for commit in self._graph.commits:
            signature = self.signatures.get(commit.id)
            stamps = (commit.author, commit.committer)
            if signature and not any(is_same_person(signature.signer, _format_person(stamp)) for stamp in stamps):
                yield signature.signer
        for tag, signature in self._tags:
            if signature and not is_same_person(signature.signer, _name_reviewer(tag)):
                yield signature.signer


def read_reviewers(addresses: Collection[str]) -> frozenset[str]:
    """Return addresses in lower case; UsageError for that of a forge, under which anybody's merges are made."""
    for address in addresses:
        if is_forge_address(address):
            hint = say("Give the address of whoever merges there: the author of the merge.")
            raise UsageError(say("{address} is the address of a forge and names nobody.", address=address), hint)
    return frozenset(address.strip().lower() for address in addresses)


def _describe_key_faults(keys: KeyList, unknown: Iterator[str]) -> Iterator[Text]:
    """Yield what is told of a list of keys: lines that cannot be read, and names that are nobody's."""
    for fault in keys.faults:
        if fault.line:
            yield say(
                "Line {number} of the list of keys cannot be read: {reason}.", number=fault.line, reason=fault.reason
            )
        else:
            yield say("The list of keys cannot be read: {reason}.", reason=fault.reason)
    for principals in sorted({signer for signer in unknown if signer and has_bare_names_only(signer)}):
        number = next(iter(keys.find_lines(principals)), 0)
        yield say(
            "Line {number} of the list of keys has the name {name}, which is nobody's where its key signed: the "
            "signature is good, whose it is the list does not say.",
            number=number, name=principals,
        )  # fmt: skip


def _name_reviewer(tag: Tag) -> str:
    """Return whom a review tag names, else who made it, as ``Name <address>``."""
    return find_reviewer(tag.message) or _format_person(tag.tagger)


def _format_person(stamp: CommitStamp) -> str:
    return f"{stamp.name} <{stamp.email}>"


def is_branch_record(path: str) -> bool:
    """Tell whether a path is that of a record that the branch writes; amendments of rules may be the committee's."""
    return is_record_place(path) and not path.startswith(_AMENDMENT_FOLDER)
