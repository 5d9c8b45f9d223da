"""The one door to git: plumbing only, in batch, with nothing of the repository's configuration able to run a program.

Reviewing must be safe on a repository that somebody else prepared. These commands read objects and the index;
none of them starts filters, external diffs, pagers or hooks, and the environment carries nothing over but the path.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError
from dangwu.model.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from subprocess import Popen

_OPTIONS = (
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", "core.commitGraph=false",
    "-c", "core.quotePath=false",
    "-c", "log.showSignature=false",
    "-c", "gpg.program=gpg",
    "-c", "gpg.ssh.program=ssh-keygen",
    "-c", "protocol.allow=never",
)  # fmt: skip
_FIXED = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


class Answer(NamedTuple):
    """What a git command printed, and its exit code."""

    code: int
    out: bytes
    err: bytes


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for git: the caller's without any ``GIT_*``, and the fixed settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, **_FIXED, **(extra or {})}


def ask(folder: Path, *arguments: str, extra: Mapping[str, str] | None = None, data: bytes = b"") -> Answer:
    """Run one command to its end, ``data`` on its input, whatever it answers. CannotRunError when there is no git."""
    process = _start(folder, arguments, extra)
    out, err = process.communicate(data)
    return Answer(process.returncode, out, err)


def read(folder: Path, *arguments: str, extra: Mapping[str, str] | None = None, data: bytes = b"") -> bytes:
    """Run one command that must succeed and return what it printed; CannotRunError with git's own words if not."""
    answer = ask(folder, *arguments, extra=extra, data=data)
    if answer.code:
        raise failure(folder, answer)
    return answer.out


def blobs(folder: Path, ids: Iterable[str]) -> Iterator[bytes | None]:
    """Yield the bytes of many objects in the order asked for, from one process; None for one that is missing."""
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryFile() as wanted:
        wanted.write("".join(f"{id_}\n" for id_ in ids).encode())
        wanted.seek(0)
        process = _start(folder, ("cat-file", "--batch", "--buffer"), None, stdin=wanted.fileno())
        out = process.stdout
        if out is None:
            return
        try:
            while header := out.readline():
                parts = header.split()
                if len(parts) != 3:  # noqa: PLR2004 - "<id> missing"
                    yield None
                    continue
                size = int(parts[2])
                yield out.read(size)
                out.read(1)
        finally:
            out.close()
            process.wait()
            if process.stderr is not None:
                process.stderr.close()


def failure(folder: Path, answer: Answer) -> CannotRunError:
    """Turn what git said into one line with the next step."""
    said = answer.err.decode("utf-8", "replace").strip().splitlines()
    words = next((line for line in said if line.strip()), "").removeprefix("fatal: ")
    if "dubious ownership" in words:
        hint = say("If you trust it: git config --global --add safe.directory {path}", path=str(folder))
        return CannotRunError(say("The repository belongs to another user of this computer."), hint)
    return CannotRunError(say("git cannot read the repository: {words}", words=words or str(answer.code)))


def _start(
    folder: Path, arguments: tuple[str, ...], extra: Mapping[str, str] | None, stdin: int | None = None
) -> Popen[bytes]:
    import subprocess  # noqa: PLC0415 - a heavy import, paid only where git is asked

    try:
        return subprocess.Popen(
            ["git", *_OPTIONS, "-C", str(folder), *arguments],
            stdin=subprocess.PIPE if stdin is None else stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(extra),
        )
    except FileNotFoundError:
        hint = say("Install git 2.39 or newer; dangwu doctor shows what is missing.")
        raise CannotRunError(say("git was not found."), hint) from None
