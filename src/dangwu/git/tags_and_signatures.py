"""Annotated tags, and verification of the signatures of tags and commits.

Verification runs ssh-keygen or gpg by these names, whatever the repository's configuration says, with the given list of
keys; the repository's own list is never used. The days of the list are Beijing's, whatever zone the machine has.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError
from dangwu.git import plumbing
from dangwu.git.blobs import read_blobs
from dangwu.git.commit_object import decode_object_text, read_headers, read_stamp
from dangwu.model.message import say
from dangwu.model.observation import SignatureResult

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dangwu.git.key_list import KeyList
    from dangwu.git.repository import Repository
    from dangwu.model.history import CommitStamp

_SSH_GOOD_LINE = re.compile(r'^Good "git" signature for (.+) with \S+ key (\S+)', re.MULTILINE)
_GPG_GOOD_LINE = re.compile(r"^\[GNUPG:\] GOODSIG \S+ (.+)$", re.MULTILINE)
_GOOD_STATE = b"G"
_SIGNATURE_BEGIN = re.compile(
    r"^-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----", re.MULTILINE
)
"""The line with which a signature begins below the message of a tag (git-tag(1))."""
_ZONE = {"TZ": "CST-8"}
"""git and ssh-keygen read the days of a list in the machine's zone; this is Beijing's without a time zone file."""
_PROGRAM_SETTINGS = ("gpg.program", "gpg.openpgp.program", "gpg.ssh.program", "gpg.x509.program")


class Tag(NamedTuple):
    """An annotated tag on a commit; ``signed`` means that it has a signature, not that it is verified.

    The ``message`` is without the signature below it.
    """

    name: str
    id: str
    commit: str
    tagger: CommitStamp
    message: str
    signed: bool


def read_tags(repository: Repository, below: str) -> list[Tag]:
    """Return the annotated tags on commits whose names begin with ``below``, by name.

    A tag whose object has another name than its ref is left out: the ref was moved.
    """
    form = "--format=%(objectname) %(objecttype) %(refname)"
    out = plumbing.read_git_output(repository.folder, "for-each-ref", form, f"refs/tags/{below}")
    # Not splitlines: a name may contain other line separators than a line feed.
    rows = [line.split(" ", 2) for line in out.decode("utf-8", "surrogateescape").split("\n")[:-1]]
    listed = [(id_, name.removeprefix("refs/tags/")) for id_, kind, name in rows if kind == "tag"]
    stored = zip(listed, read_blobs(repository.folder, (id_ for id_, _ in listed)), strict=True)
    tags = (_parse_tag(id_, name, raw) for (id_, name), raw in stored if raw is not None)
    return [tag for tag in tags if tag is not None]


def _parse_tag(id_: str, name: str, raw: bytes) -> Tag | None:
    """Parse a tag object (git-mktag(1)); None when it is on no commit or has another name."""
    head, _, message = raw.partition(b"\n\n")
    headers = {key: values[0] for key, values in read_headers(head).items()}
    if headers.get(b"type") != b"commit" or decode_object_text(headers.get(b"tag", b"")) != name:
        return None
    text = decode_object_text(message)
    signature = _SIGNATURE_BEGIN.search(text)
    return Tag(
        name=name,
        id=id_,
        commit=headers.get(b"object", b"").decode("ascii", "replace"),
        tagger=read_stamp(headers.get(b"tagger", b"")),
        message=text[: signature.start()] if signature else text,
        signed=signature is not None,
    )


def verify_commits(
    repository: Repository, commits: Mapping[str, int | None], keys: KeyList
) -> dict[str, SignatureResult]:
    """Verify each commit's signature, by id; ``commits`` has the committer's time of each."""
    if not commits:
        return {}
    with keys.as_file() as signers:
        return _verify_each(repository, list(commits), commits, keys, _build_verify_options(signers))


def _verify_each(
    repository: Repository, ids: list[str], times: Mapping[str, int | None], keys: KeyList, options: tuple[str, ...]
) -> dict[str, SignatureResult]:
    form = "--format=%H %G? %GK %GS"
    words = ("log", "--no-walk=unsorted", "--stdin", "-z", form, "--encoding=UTF-8", "--no-mailmap")
    listed = "".join(f"{id_}\n" for id_ in ids)
    answer = plumbing.run_git(repository.folder, *options, *words, data=listed.encode(), extra=_ZONE)
    if answer.code < 0:
        # ssh-keygen does not read what is no signature, and git may die of the closed pipe: isolate that commit.
        if len(ids) == 1:
            return {ids[0]: SignatureResult(good=False)}
        half = len(ids) // 2
        halves = (_verify_each(repository, part, times, keys, options) for part in (ids[:half], ids[half:]))
        return {id_: result for part in halves for id_, result in part.items()}
    if answer.code:
        raise plumbing.explain_failure(repository.folder, answer)
    results = {}
    for row in filter(None, answer.out.split(b"\0")):
        id_, state, key, signer = (*row.split(b" ", 3), b"", b"")[:4]
        # A valid signature without a signer's name proves nothing about a person.
        good = state == _GOOD_STATE and bool(signer.strip())
        principals = keys.find_principals(decode_object_text(key), times.get(id_.decode())) if good else ""
        results[id_.decode()] = SignatureResult(good, principals or decode_object_text(signer).strip() if good else "")
    return results


def verify_tag(repository: Repository, tag: Tag, keys: KeyList) -> SignatureResult:
    """Verify the signature of a tag."""
    with keys.as_file() as signers:
        words = (*_build_verify_options(signers), "verify-tag", "--raw", tag.id)
        answer = plumbing.run_git(repository.folder, *words, extra=_ZONE)
    text = (answer.out + answer.err).decode("utf-8", "replace").replace("\r\n", "\n")
    match = _SSH_GOOD_LINE.search(text) or _GPG_GOOD_LINE.search(text)
    if answer.code or match is None:
        return SignatureResult(good=False)
    principals = keys.find_principals(match[match.re.groups], tag.tagger.seconds)
    return SignatureResult(good=True, signer=principals or match[1].strip())


def _build_verify_options(signers: Path) -> tuple[str, ...]:
    # An absolute path, since git resolves a relative one from the top of the work tree. For tags as for commits, a gpg
    # key without trust does not count: anybody can have put it on the keyring.
    listed = f"gpg.ssh.allowedSignersFile={os.path.abspath(signers)}"  # noqa: PTH100 - links stay as given
    return ("-c", listed, "-c", "gpg.minTrustLevel=marginal")


def make_tag(repository: Repository, name: str, commit: str, message: str, *, sign: bool) -> None:
    """Create an annotated tag, signed with the key from the user's configuration, never the repository's.

    CannotRunError with git's message when the key is missing or the tag exists.
    """
    if plumbing.run_git(repository.folder, "show-ref", "--verify", "--quiet", f"refs/tags/{name}").code == 0:
        hint = say("See it with git tag -v {name}; to make it anew delete it first: git tag -d {name}", name=name)
        raise CannotRunError(say("The tag {name} is there already.", name=name), hint)
    settings = [option for key, value in _read_own_settings().items() for option in ("-c", f"{key}={value}")]
    kind = "--sign" if sign else "--annotate"
    # Verbatim: the repository's configuration could define which lines are comments.
    command = ("tag", kind, "--cleanup=verbatim", "-F", "-", "--", name, commit)
    answer = plumbing.run_git_write(
        repository.folder, *settings, "-c", "tag.gpgSign=false", *command, data=message.encode()
    )
    unsigned = sign and answer.code == 0 and not _is_signed(repository, name)
    if unsigned:
        # Some versions of git create the tag without a signature when ssh-keygen fails.
        undone = plumbing.run_git_write(repository.folder, "update-ref", "-d", f"refs/tags/{name}")
        plumbing.require_success(repository.folder, undone)
    if answer.code or unsigned:
        error = plumbing.explain_failure(repository.folder, answer)
        hint = say(
            "Name your key with git config --global user.signingKey, or leave --make out and make the tag yourself."
        )
        raise CannotRunError(say("The tag was not made. {words}", words=error.message), hint)


def _is_signed(repository: Repository, name: str) -> bool:
    return any(tag.name == name and tag.signed for tag in read_tags(repository, name))


def _read_own_settings() -> Mapping[str, str]:
    """Return identity and signing settings from the user's configuration; missing ones are empty, not inherited."""
    name, email = plumbing.read_user_setting("user.name"), plumbing.read_user_setting("user.email")
    form = plumbing.read_user_setting("gpg.format") or "openpgp"
    key = plumbing.read_user_setting("user.signingKey")
    if not key and form != "ssh" and name and email:
        # The same default that git gives gpg without a key.
        key = f"{name} <{email}>"
    own = {"user.name": name, "user.email": email, "committer.name": name, "committer.email": email}
    programs = {setting: plumbing.read_user_setting(setting) for setting in _PROGRAM_SETTINGS}
    own |= {setting: program for setting, program in programs.items() if program}
    return {**own, "gpg.format": form, "user.signingKey": key}


def read_own_name() -> str:
    """Return ``Name <address>`` from the user's configuration, "" without one."""
    name, email = plumbing.read_user_setting("user.name"), plumbing.read_user_setting("user.email")
    return f"{name} <{email}>" if name and email else ""
