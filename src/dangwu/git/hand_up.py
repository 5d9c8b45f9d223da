"""The current branch → a remote, or one file that the committee above can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.files.private_copy import make_private_folder
from dangwu.git import plumbing
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.git.repository import Repository

_HEADS = "refs/heads/"
_SECONDS = 60
_TRANSPORTS = {"GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}
"""What git may speak to hand up; all other commands of dangwu speak to nobody."""
_REJECTED = (b"[rejected]", b"non-fast-forward", b"fetch first")


def find_remote(repository: Repository, branch: str) -> str | None:
    """Return where a branch is handed up to: its own remote, else ``origin``, else the only one; None without any."""
    own = plumbing.run_git(repository.folder, "config", "--get", f"branch.{branch.removeprefix(_HEADS)}.remote")
    names = plumbing.read_git_output(repository.folder, "remote").decode("utf-8", "replace").split("\n")[:-1]
    chosen = own.out.decode("utf-8", "replace").strip()
    if chosen in names:
        return chosen
    return "origin" if "origin" in names else names[0] if len(names) == 1 else None


def push_branch(repository: Repository, remote: str, branch: str) -> bool:
    """Push a branch to the branch of the same name; tell whether something new went there.

    Never forced. CannotRunError where the remote has commits that are not here, refuses, or does not answer in 60 s.
    """
    answer = plumbing.run_git_write(
        repository.folder,
        "push",
        "--porcelain",
        "--",
        remote,
        f"{branch}:{branch}",
        extra=_TRANSPORTS,
        seconds=_SECONDS,
    )
    if answer.code == 0:
        return b"[up to date]" not in answer.out
    if any(word in answer.out + answer.err for word in _REJECTED):
        hint = say("Fetch and look first: git fetch, then dangwu review HEAD...{remote}/{branch}",
                   remote=remote, branch=branch.removeprefix(_HEADS))  # fmt: skip
        raise CannotRunError(say("The other side has commits that are not here; nothing was overwritten."), hint)
    said = answer.err.decode("utf-8", "replace").strip().splitlines() or [str(answer.code)]
    raise CannotRunError(say("It was not sent: {words}", words=said[0].removeprefix("fatal: ")))


def build_bundle(repository: Repository, branch: str, tag_prefix: str) -> bytes:
    """Return a bundle of a branch with its whole history and of the tags with a prefix (gitformat-bundle(5))."""
    tags = plumbing.read_git_output(
        repository.folder, "for-each-ref", "--format=%(refname)", f"refs/tags/{tag_prefix}"
    ).split()
    refs = [branch, *(tag.decode("utf-8", "surrogateescape") for tag in tags)]
    with make_private_folder() as folder:
        target = folder / "out.bundle"
        plumbing.read_git_output(repository.folder, "bundle", "create", "--quiet", str(target), *refs)
        return target.read_bytes()
