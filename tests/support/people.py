"""People who write, commit, merge and sign in tests, each with a name, an address and, where asked, a key."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.support import needs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.gitrepo import GitRepo


class Person(NamedTuple):
    """Somebody."""

    name: str
    email: str

    @property
    def written(self) -> str:
        return f"{self.name} <{self.email}>"


LI = Person("李某", "li@example.org")
WANG = Person("王某", "wang@example.org")
TOWN = Person("云栖镇党委", "committee@example.org")


def acting(author: Person, committer: Person | None = None) -> dict[str, Any]:
    """Return the environment in which git takes these two for author and committer."""
    other = committer or author
    return {
        "GIT_AUTHOR_NAME": author.name,
        "GIT_AUTHOR_EMAIL": author.email,
        "GIT_COMMITTER_NAME": other.name,
        "GIT_COMMITTER_EMAIL": other.email,
    }


def at(day: str) -> str:
    """Return the afternoon of a day."""
    return day if "T" in day else f"{day}T17:00:00+08:00"


def commit(
    repo: GitRepo,
    day: str,
    files: Mapping[str, str | bytes | None],
    *,
    by: Person = LI,
    author: Person | None = None,
    says: str = "记录",
    key: Path | None = None,
) -> str:
    """Write files (None takes one out), record them on a day, signed where there is a key, and return the id."""
    for path in [path for path, text in files.items() if text is None]:
        repo.git("rm", "-q", path)
    repo.write({path: text for path, text in files.items() if text is not None})
    repo.git("add", "-A")
    words = ["commit", "-q", "--allow-empty", "-m", says]
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}", "-c", "commit.gpgSign=true")
    repo.git(*(signing if key else ()), *words, when=at(day), **acting(author or by, by))
    return repo.git("rev-parse", "HEAD")


def merge(repo: GitRepo, day: str, branch: str, *, by: Person = TOWN, says: str = "合并") -> str:
    """Merge a branch with a commit of its own."""
    repo.git("merge", "-q", "--no-ff", "-m", says, branch, when=at(day), **acting(by))
    return repo.git("rev-parse", "HEAD")


def new_key(folder: Path, name: str) -> Path:
    """Make an ssh key without a passphrase and return the file with its private half."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    keygen = needs.program("ssh-keygen", "openssh-client")
    subprocess.run(
        [keygen, "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)], check=True, capture_output=True
    )
    return path


def signers(path: Path, *lines: tuple[str, Path, str]) -> Path:
    """Write a list in allowed_signers form: principals, key and options of each line."""
    rows = []
    for principals, key, options in lines:
        kind, public, *_ = key.with_suffix(".pub").read_text(encoding="utf-8").split()
        rows.append(" ".join(filter(None, (principals, options, kind, public))))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
