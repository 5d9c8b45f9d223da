"""The committee's marks in a repository: signed tags on what it has seen, and verifying signatures.

Verifying starts ssh-keygen or gpg by their own names, whatever the repository's configuration calls them, and with the
list of keys that was given; the repository's own list is never believed.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError
from dangwu.files import git
from dangwu.files.history import decoded, read_headers, read_stamp
from dangwu.model.audit import Signature
from dangwu.model.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dangwu.files.repository import Repository
    from dangwu.model.history import Stamp

_SSH = re.compile(r'^Good "git" signature for (.+) with ', re.MULTILINE)
_GPG = re.compile(r"^\[GNUPG:\] GOODSIG \S+ (.+)$", re.MULTILINE)
_GOOD = b"G"


class Tag(NamedTuple):
    """An annotated tag: its name, the commit it is on, who made it, and what it says. ``signed`` is not verified."""

    name: str
    id: str
    commit: str
    tagger: Stamp
    message: str
    signed: bool


def tags(repository: Repository, below: str) -> list[Tag]:
    """Return the annotated tags on commits whose names begin with ``below``, by name.

    A tag whose object bears another name than its ref is left out: somebody moved it.
    """
    form = "--format=%(objectname) %(objecttype) %(refname)"
    out = git.read(repository.folder, "for-each-ref", form, f"refs/tags/{below}")
    rows = [line.split(" ", 2) for line in out.decode("utf-8", "surrogateescape").splitlines()]
    listed = [(id_, name.removeprefix("refs/tags/")) for id_, kind, name in rows if kind == "tag"]
    stored = zip(listed, git.blobs(repository.folder, (id_ for id_, _ in listed)), strict=True)
    made = (_tag(id_, name, raw) for (id_, name), raw in stored if raw is not None)
    return [each for each in made if each is not None]


def _tag(id_: str, name: str, raw: bytes) -> Tag | None:
    """Read a tag object (git-mktag(1) form)."""
    head, _, message = raw.partition(b"\n\n")
    headers = {key: values[0] for key, values in read_headers(head).items()}
    if headers.get(b"type") != b"commit" or decoded(headers.get(b"tag", b"")) != name:
        return None
    return Tag(
        name=name,
        id=id_,
        commit=headers.get(b"object", b"").decode("ascii", "replace"),
        tagger=read_stamp(headers.get(b"tagger", b"")),
        message=decoded(message),
        signed=b"-----BEGIN " in message,
    )


def verified(repository: Repository, commits: Iterable[str], signers: Path) -> dict[str, Signature]:
    """Return what verifying the signature of each commit says, by id. ``signers`` is a list in allowed_signers form."""
    listed = "".join(f"{each}\n" for each in commits)
    words = ("log", "--no-walk=unsorted", "--stdin", "-z", "--format=%H %G? %GS", "--no-mailmap")
    out = git.read(repository.folder, *_with(signers), *words, data=listed.encode()) if listed else b""
    found = {}
    for row in filter(None, out.split(b"\0")):
        id_, state, signer = (*row.split(b" ", 2), b"")[:3]
        # A good signature of nobody in particular is no more than a signature.
        found[id_.decode()] = Signature(state == _GOOD and bool(signer.strip()), decoded(signer).strip())
    return found


def verified_tag(repository: Repository, tag: Tag, signers: Path) -> Signature:
    """Return what verifying the signature of a tag says."""
    answer = git.ask(repository.folder, *_with(signers), "verify-tag", "--raw", tag.id)
    said = (answer.out + answer.err).decode("utf-8", "replace").replace("\r\n", "\n")
    found = _SSH.search(said) or _GPG.search(said)
    return Signature(answer.code == 0 and found is not None, found[1].strip() if found else "")


def _with(signers: Path) -> tuple[str, ...]:
    # An absolute path: git would take another from the top of the work tree.
    return ("-c", f"gpg.ssh.allowedSignersFile={os.path.abspath(signers)}")  # noqa: PTH100 - links stay as given


def make_tag(repository: Repository, name: str, commit: str, message: str, *, sign: bool) -> None:
    """Make an annotated tag, signed with the key that the user's own configuration names, never the repository's.

    CannotRunError with git's own words when there is no such key, or the tag exists.
    """
    own = _own_settings()
    words = [option for key, value in own.items() for option in ("-c", f"{key}={value}")]
    kind = "--sign" if sign else "--annotate"
    answer = git.ask(repository.folder, *words, "-c", "tag.gpgSign=false", "tag", kind, "-F", "-", "--", name, commit,
                     data=message.encode())  # fmt: skip
    if answer.code:
        failed = git.failure(repository.folder, answer)
        hint = say("git config --global user.signingKey names your key; or print the mark and make it yourself.")
        raise CannotRunError(say("The tag was not made. {words}", words=failed.message), hint)


def _own_settings() -> Mapping[str, str]:
    """Return who the user is and with what to sign, from the user's configuration; what it lacks is set to nothing."""
    wanted = ("user.name", "user.email", "user.signingKey", "gpg.format")
    own = {key: git.setting(key) for key in wanted}
    return {key: value or {"gpg.format": "openpgp"}.get(key, "") for key, value in own.items()}


def own_name() -> str:
    """Return ``Name <address>`` from the user's configuration, "" where it has none."""
    name, email = git.setting("user.name"), git.setting("user.email")
    return f"{name} <{email}>" if name and email else ""
