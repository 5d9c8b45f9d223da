"""Who commits in a repository: ``user.name`` and ``user.email`` of git."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.git import plumbing

if TYPE_CHECKING:
    from dangwu.git.repository import Repository


class Identity(NamedTuple):
    """Who commits, as git writes it."""

    name: str
    email: str


def read_identity(repository: Repository) -> Identity | None:
    """Return who git would name as the author of a commit; None where nobody is set: git is not let guess."""
    answer = plumbing.run_git(repository.folder, "config", "-z", "--get-regexp", r"^user\.(name|email)$")
    # Of several values git takes the last one.
    found = dict(setting.partition("\n")[::2] for setting in answer.out.decode("utf-8", "replace").split("\0"))
    name, email = (found.get(f"user.{key}", "").strip() for key in ("name", "email"))
    return Identity(name, email) if name and email else None


def write_identity(repository: Repository, identity: Identity) -> None:
    """Set who commits in this repository, and in no other (git-config(1), user.name and user.email)."""
    for key, value in (("name", identity.name), ("email", identity.email)):
        answer = plumbing.run_git_write(repository.folder, "config", "--local", f"user.{key}", value)
        plumbing.require_success(repository.folder, answer)
