"""Running git: plumbing commands in batch, with settings under which a repository cannot make git run a program.

A repository prepared by somebody else must be safe to read. These commands read objects and the index, start no
filters, external diffs, pagers or hooks; ``git/environment.py`` says which ``GIT_*`` variables of the caller count.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError
from dangwu.files.os_errors import describe_os_error
from dangwu.git.environment import build_environment, looks_bare
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from subprocess import Popen

_GIT_OPTIONS = (
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    # Both only speed up reading, and a damaged one would stop it, though every object is whole.
    "-c", "core.commitGraph=false",
    "-c", "core.multiPackIndex=false",
    "-c", "core.quotePath=false",
    "-c", f"core.attributesFile={os.devnull}",
    "-c", "advice.graftFileDeprecated=false",
    "-c", "log.showSignature=false",
    "-c", "core.bigFileThreshold=512m",
    "-c", "gpg.program=gpg",
    "-c", "gpg.x509.program=gpgsm",
    "-c", "gpg.ssh.program=ssh-keygen",
    "-c", "gpg.ssh.defaultKeyCommand=",
    "-c", f"gpg.ssh.allowedSignersFile={os.devnull}",
    "-c", f"gpg.ssh.revocationFile={os.devnull}",
    "-c", "protocol.allow=never",
)  # fmt: skip
CHUNK_BYTES = 1 << 16
_PROMISED_OBJECT = b"from promisor remote"
_ABSENT_OBJECT = re.compile(
    rb"not a tree object|unable to read|[Cc]ould not read|not get object info|bad object|missing object"
)
_NEWER_FORMAT = re.compile(rb"unknown repository extension|unknown ref storage format|[Ee]xpected git repo version")
_PARTIAL_CLONE_KEYS = r"^(remote\..*\.promisor|extensions\.partialclone)$"
_HOOK_KEYS = r"^hook\..*\.(event|command)$"
_MAX_HOOKS = 200
_SECONDS_TO_END = 3
_LOST_OBJECT_HINT = say("The repository is damaged; git fsck lists what is. Clone it anew from the committee's copy.")
_TRUST_COMMAND = re.compile(r"git config --global --add safe\.directory (.+)")


class GitAnswer(NamedTuple):
    """The exit code and the output of a git command."""

    code: int
    out: bytes
    err: bytes


def run_git(
    folder: Path,
    *arguments: str,
    extra: Mapping[str, str] | None = None,
    data: bytes = b"",
    settings: Iterable[tuple[str, str]] = (),
    apart: bool = False,
    seconds: int | None = None,
) -> GitAnswer:
    """Run a git command with ``data`` as its input; any exit code is returned.

    CannotRunError without git, and where it has not ended after so many ``seconds``.
    """
    import subprocess  # noqa: PLC0415 - a heavy import

    process = start_git(folder, arguments, build_environment(folder, extra, settings, apart=apart))
    try:
        out, err = process.communicate(data, seconds)
    except subprocess.TimeoutExpired:
        _end_git(process)
        raise CannotRunError(say("There was no answer within {seconds} seconds.", seconds=seconds or 0)) from None
    except BaseException:
        _end_git(process)
        raise
    return GitAnswer(process.returncode, out, err)


def _end_git(process: Popen[bytes]) -> None:
    """End a git command that nobody waits for any more, so that it writes nothing into what is being removed."""
    import subprocess  # noqa: PLC0415 - a heavy import

    # Asked first: git ends its own helpers, and removes what it had begun.
    process.terminate()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def read_git_output(folder: Path, *arguments: str, extra: Mapping[str, str] | None = None, data: bytes = b"") -> bytes:
    """Run a git command and return its output; CannotRunError with git's message when it fails."""
    return require_success(folder, run_git(folder, *arguments, extra=extra, data=data))


def require_success(folder: Path, answer: GitAnswer) -> bytes:
    """Return the output of a git command; CannotRunError with git's message when it failed."""
    if answer.code:
        raise explain_failure(folder, answer)
    return answer.out


def run_git_write(
    folder: Path,
    *arguments: str,
    extra: Mapping[str, str] | None = None,
    data: bytes = b"",
    apart: bool = False,
    seconds: int | None = None,
) -> GitAnswer:
    """Run a git command that writes, with all hooks switched off; any exit code is returned.

    Git 2.54 and later run hooks from the configuration (git-hook(1)) despite core.hooksPath. Each is switched off by
    name: the switch for a whole event is newer, and a hook named like the event overrides it.
    """
    off = [(f"hook.{name}.enabled", "false") for name in list_configured_hooks(folder)]
    return run_git(folder, *arguments, extra=extra, data=data, settings=off, apart=apart, seconds=seconds)


def list_configured_hooks(folder: Path) -> tuple[str, ...]:
    """Return the names of the hooks in the configuration that git reads in a folder; CannotRunError above 200."""
    answer = run_git(folder, "config", "-z", "--includes", "--name-only", "--get-regexp", _HOOK_KEYS)
    keys = (os.fsdecode(key) for key in answer.out.split(b"\0")[:-1])
    names = tuple(dict.fromkeys(key.removeprefix("hook.").rpartition(".")[0] for key in keys))
    if len(names) > _MAX_HOOKS:
        raise CannotRunError(say("The configuration of git names more than {limit} hooks.", limit=_MAX_HOOKS))
    return names


def stream_parts(folder: Path, *arguments: str) -> Iterator[bytes]:
    """Yield the output of a git command split at NUL, while git is still working.

    CannotRunError with git's message when it fails.
    """
    process = start_git(folder, arguments, build_environment(folder), quiet=True)
    if process.stdin is None or process.stdout is None:
        return
    process.stdin.close()
    try:
        rest = b""
        while chunk := process.stdout.read1(CHUNK_BYTES):  # type: ignore[attr-defined]
            *whole, rest = (rest + chunk).split(b"\0")
            yield from whole
        if rest:
            yield rest
        if process.wait():
            # Its errors were discarded: run it again for the message.
            raise explain_failure(folder, run_git(folder, *arguments))
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def explain_unreadable(folder: Path, id_: str) -> CannotRunError:
    """Return the error for an object that cannot be read: left out by a partial clone, or lost."""
    return (
        _build_partial_error()
        if _is_partial_clone(folder)
        else CannotRunError(say("git cannot read the object {id}.", id=id_), _LOST_OBJECT_HINT)
    )


def _is_partial_clone(folder: Path) -> bool:
    """Tell whether the clone is partial, so that a remote holds the missing objects (partial-clone(7))."""
    return run_git(folder, "config", "--get-regexp", _PARTIAL_CLONE_KEYS).code == 0


def _build_partial_error() -> CannotRunError:
    hint = say("Run git config --unset remote.origin.partialclonefilter, then git fetch --refetch.")
    return CannotRunError(say("The clone is partial: files of the history are missing, and none is fetched."), hint)


def read_user_setting(key: str) -> str:
    """Return a setting from the user's configuration, "" without one; the repository's is not read."""
    from pathlib import Path  # noqa: PLC0415

    return run_git(Path(), "config", "--global", "--includes", "--get", key).out.decode("utf-8", "replace").strip()


def explain_failure(folder: Path, answer: GitAnswer) -> CannotRunError:
    """Return an error with git's message, and the next step for ownership, partial clones and lost objects."""
    text = answer.err.decode("utf-8", "replace").strip()
    lines = [line for line in text.splitlines() if line.strip()]
    words = _find_fatal_words(lines)
    if "dubious ownership" in text:
        # git names the folder that it compares, quoted for the shell: the top of the work tree, not always ``folder``.
        match = _TRUST_COMMAND.search(text)
        shown = match[1] if match else f'"{folder}"'
        hint = say("If you trust it: git config --global --add safe.directory {path}", path=shown)
        return CannotRunError(say("The repository belongs to another user of this computer."), hint)
    absent = _ABSENT_OBJECT.search(answer.err) is not None
    if _PROMISED_OBJECT in answer.err or (absent and _is_partial_clone(folder)):
        return _build_partial_error()
    message = say("git cannot read the repository: {words}", words=words or str(answer.code))
    newer = say("Upgrade git: the repository was made by a newer one.") if _NEWER_FORMAT.search(answer.err) else None
    return CannotRunError(message, _LOST_OBJECT_HINT if absent else newer)


def _find_fatal_words(lines: list[str]) -> str:
    """Return the line with which git gave up, and the one after it where that line only announces it."""
    at = next((number for number, line in enumerate(lines) if line.startswith("fatal: ")), 0)
    words = "".join(lines[at : at + 1]).removeprefix("fatal: ").rstrip()
    return " ".join([words, *(line.strip() for line in lines[at + 1 : at + 2])]) if words.endswith(":") else words


def start_git(
    folder: Path, arguments: tuple[str, ...], environment: Mapping[str, str], *, quiet: bool = False
) -> Popen[bytes]:
    """Start a git command that reads; its errors are thrown away where it is ``quiet``."""
    import subprocess  # noqa: PLC0415 - a heavy import

    if os.name == "nt":
        # Windows would look for git.exe in the current folder first, which may be a foreign repository.
        os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")
    bare = "all" if looks_bare(folder) else "explicit"
    try:
        return subprocess.Popen(
            ["git", *_GIT_OPTIONS, "-c", f"safe.bareRepository={bare}", "-C", str(folder), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else subprocess.PIPE,
            env=environment,
        )
    except OSError as error:
        if not isinstance(error, FileNotFoundError | NotADirectoryError | PermissionError):
            raise CannotRunError(say("git could not be started: {reason}.", reason=describe_os_error(error))) from error
        hint = say("Install git 2.39 or newer; dangwu doctor shows what is missing.")
        raise CannotRunError(say("git was not found."), hint) from None
