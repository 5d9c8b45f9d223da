"""The text of the git hook: written for its folders, sealed with a digest, and recognised later. No disk access."""

from __future__ import annotations

import re
import shlex
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePath

TOP_FOLDER = "."
_HOOK_HEAD = re.compile(rb"#!/bin/sh\n# Installed by dangwu\b.*\n.*\n")
_SEAL_LINE = re.compile(rb"^# seal [0-9a-f]{16}\n", re.MULTILINE)
_PYTHON_LINE = re.compile(rb"^python=(.*)$", re.MULTILINE)
_SHARED_LINE = re.compile(rb"^shared=(.*)$", re.MULTILINE)
_FOLDERS_LINE = re.compile(rb"^set -- (.*)$", re.MULTILINE)
_CHECK_CALL = re.compile(rb"^[^#\n]*\bdangwu\b[^#\n]*\bcheck\b", re.MULTILINE)
_UNSEALED_DIGESTS = {
    "f38646fa3c831e40e26b4741078e722ac9f0e54756b02c48c3917beb215b24b1",  # written by init before there was a seal
    "c34d7f685f6d6d037697b743fd668f7dbab423d741895ff7ba7ca3a381b22f79",  # the script that doctor recommended then
}


class HookTarget(NamedTuple):
    """What a hook is written for: its record folders, a fallback Python ("" for none), and shared or not."""

    folders: tuple[str, ...] = (TOP_FOLDER,)
    python: str = ""
    shared: bool = False


def build_folder_name(prefix: str) -> str:
    """Return the path of a record root from the top of the work tree, in a form that is never taken for an option."""
    return f"./{prefix.rstrip('/')}" if prefix else TOP_FOLDER


def format_interpreter(executable: str | None, *, frozen: bool, kind: type[PurePath]) -> str:
    r"""Return the path of the Python interpreter for a shell script, "" where none could start dangwu.

    With slashes: the shell of Git for Windows reads ``C:/x``, not ``C:\x``. A frozen program is no interpreter.
    """
    if not executable or frozen or not executable.isprintable():
        return ""
    return kind(executable).as_posix() if kind(executable).is_absolute() else ""


def render_hook(template: bytes, target: HookTarget) -> bytes:
    """Return the hook for a target, with a digest of its text by which later edits by hand are detected."""
    text = _fill_template(_SEAL_LINE.sub(b"", template.replace(b"\r\n", b"\n"), count=1), target)
    head = _HOOK_HEAD.match(text)
    at = head.end() if head else 0
    return text[:at] + b"# seal %s\n" % _hash_bytes(text).encode()[:16] + text[at:]


def is_ours(raw: bytes) -> bool:
    """Tell whether a hook is an unedited one of dangwu, so that it may be replaced."""
    seal = _SEAL_LINE.search(raw)
    if seal is None or not _HOOK_HEAD.match(raw):
        return _hash_bytes(raw) in _UNSEALED_DIGESTS
    return seal[0] == b"# seal %s\n" % _hash_bytes(_SEAL_LINE.sub(b"", raw, count=1)).encode()[:16]


def is_current(raw: bytes, template: bytes) -> bool:
    """Tell whether a hook is what this version of dangwu would write for its target."""
    return is_ours(raw) and render_hook(template, read_hook_target(raw)) == raw


def read_hook_target(raw: bytes) -> HookTarget:
    """Return the target of a hook of dangwu; hooks older than the seal check the top folder."""
    python, shared, folders = (_read_words(raw, line) for line in (_PYTHON_LINE, _SHARED_LINE, _FOLDERS_LINE))
    return HookTarget(tuple(folders) or (TOP_FOLDER,), "".join(python), shared=any(shared))


def calls_dangwu(raw: bytes) -> bool:
    """Tell whether a line of a script or a settings file, comments excluded, runs ``dangwu check``."""
    return _CHECK_CALL.search(raw) is not None


def _fill_template(template: bytes, target: HookTarget) -> bytes:
    folders = " ".join(quote_for_shell(folder) for folder in target.folders)
    for line, value in (
        (_PYTHON_LINE, f"python={quote_for_shell(target.python)}"),
        (_SHARED_LINE, f"shared={quote_for_shell('yes' if target.shared else '')}"),
        (_FOLDERS_LINE, f"set -- {folders}"),
    ):
        raw = value.encode("utf-8", "surrogateescape")
        template = line.sub(lambda _match, raw=raw: raw, template, count=1)  # type: ignore[misc]
    return template


def quote_for_shell(text: str) -> str:
    """Quote for a POSIX shell; the top folder stays unquoted, as in the template."""
    return text if text == TOP_FOLDER else "'" + text.replace("'", "'\\''") + "'"


def _read_words(raw: bytes, line: re.Pattern[bytes]) -> list[str]:
    """Return the shell words in a matched line; empty when it is missing or cannot be split."""
    match = line.search(raw)
    try:
        return shlex.split(match[1].decode("utf-8", "surrogateescape")) if match else []
    except ValueError:
        return []


def _hash_bytes(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def merge_folders(old: Iterable[str], folder: str) -> tuple[str, ...]:
    """Return the folders with one more, sorted by path."""
    return tuple(sorted({*old, folder}, key=PurePosixPath))
