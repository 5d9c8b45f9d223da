"""The merges by somebody else than those who write the records: what makes a merge evidence.

Of a commit author and committer both count, and a forge's own address is nobody. Whoever has the name or the address of
a writer is one. Under an address whose key the committee listed, a merge counts only with that key's signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.forge_addresses import is_forge_address
from dangwu.model.principals import match_address, normalize_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from dangwu.model.history import Commit, CommitStamp, History
    from dangwu.model.observation import SignatureResult

_MERGE_PARENTS = 2


class Writers(NamedTuple):
    """Those who write records, by address in lower case and by name."""

    addresses: frozenset[str]
    names: frozenset[str]

    def include(self, stamp: CommitStamp) -> bool:
        """Tell whether the author or committer of a commit is one of them."""
        return stamp.email.lower() in self.addresses or normalize_name(stamp.name) in self.names

    def made(self, commit: Commit) -> bool:
        """Tell whether one of them is named by a commit, as its author or its committer."""
        return any(self.include(stamp) for stamp in list_people(commit))


def list_people(commit: Commit) -> list[CommitStamp]:
    """Return the author and the committer of a commit, without a forge and without whoever has no address."""
    stamps = (commit.author, commit.committer)
    return [stamp for stamp in stamps if stamp.email.strip() and not is_forge_address(stamp.email)]


def find_writers(history: History, holds_record: Callable[[str], bool]) -> Writers:
    """Return who wrote changes to records; ``holds_record`` tells whether a path is that of a record of the branch.

    A committer is one as well, unless the author has committed too: then the committer brought in another's work, as in
    a rebase, which keeps the author's time. A merge only joins what was written.
    """
    touching = {touch.commit for touch in history.touches if holds_record(touch.path)}
    places = [at for at in sorted(touching) if len(history.parents[at]) < _MERGE_PARENTS]
    own = {
        commit.author.email.lower()
        for commit in history.commits
        if commit.committer.email.lower() == commit.author.email.lower() or is_forge_address(commit.committer.email)
    }
    people = [
        stamp
        for at, commit in ((at, history.commits[at]) for at in places)
        for stamp in list_people(commit)
        if stamp is commit.author or commit.author.email.lower() not in own or _is_in_anothers_name(history, at)
    ]
    names = (normalize_name(stamp.name) for stamp in people)
    return Writers(frozenset(stamp.email.lower() for stamp in people), frozenset(filter(None, names)))


def _is_in_anothers_name(history: History, at: int) -> bool:
    """Tell whether a commit was written when it was committed, under the name of another author, on a line of its own.

    On the main line a forge's squash looks the same: whoever presses the button commits, the author is another.
    """
    commit, on_main = history.commits[at], history.arrived[at] == at
    return not on_main and commit.author.seconds == commit.committer.seconds is not None


class MergeView(NamedTuple):
    """Who writes records, and the indices of the merges by somebody else.

    ``unproven`` are those that would be, but lack the signature that the list of keys leads to expect;
    ``unreadable_keys`` says that not every line of that list could be read.
    """

    writers: Writers
    by_another: frozenset[int] = frozenset()
    unproven: frozenset[int] = frozenset()
    unreadable_keys: bool = False


def find_merges_by_another(
    history: History,
    writers: Writers,
    reviewers: Collection[str],
    signatures: Mapping[str, SignatureResult],
    has_key: Callable[[str, int | None], bool],
) -> MergeView:
    """Find the merges by a reviewer; without reviewers, by somebody who writes no records.

    ``has_key`` tells whether an address had a key on the committee's list at a time; ``signatures`` are by commit id.
    """
    by_another: set[int] = set()
    unproven: set[int] = set()
    for at, commit in enumerate(history.commits):
        people = list_people(commit) if len(commit.parents) >= _MERGE_PARENTS else []
        # The committer made the commit last; behind a forge the author did.
        if not people or not _is_another(commit, people[-1], writers, reviewers):
            continue
        proven = _is_signed_if_listed(commit, people[-1], signatures.get(commit.id), has_key)
        (by_another if proven else unproven).add(at)
    return MergeView(writers, frozenset(by_another), frozenset(unproven))


def _is_another(commit: Commit, maker: CommitStamp, writers: Writers, reviewers: Collection[str]) -> bool:
    return maker.email.lower() in reviewers if reviewers else not writers.made(commit)


def _is_signed_if_listed(
    commit: Commit, maker: CommitStamp, signature: SignatureResult | None, has_key: Callable[[str, int | None], bool]
) -> bool:
    """Tell whether the signature is good that a merge under an address with a listed key must have.

    A forge signs with a key of its own what it commits for somebody.
    """
    if not has_key(maker.email, commit.committer.seconds):
        return True
    if signature is None or not signature.good:
        return False
    return any(match_address(signature.signer, address) for address in (maker.email, commit.committer.email))
