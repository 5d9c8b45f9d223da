"""The text of a git hook of ours: written for one place, and recognised again later. Nothing here touches the disk."""

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
    "f38646fa3c831e40e26b4741078e722ac9f0e54756b02c48c3917beb215b24b1",  # what init wrote before there was a seal
    "c34d7f685f6d6d037697b743fd668f7dbab423d741895ff7ba7ca3a381b22f79",  # the line that doctor told people to run
}


class HookTarget(NamedTuple):
    """What a hook is written for: folders of records, a Python to fall back on ("" for none), many repositories."""

    folders: tuple[str, ...] = (TOP_FOLDER,)
    python: str = ""
    shared: bool = False


def build_folder_name(prefix: str) -> str:
    """Return how a hook names a record root below the top of the work tree; never like an option."""
    return f"./{prefix.rstrip('/')}" if prefix else TOP_FOLDER


def format_interpreter(executable: str | None, *, frozen: bool, kind: type[PurePath]) -> str:
    r"""Return Python's own path as a shell reads it, "" where there is none that could start dangwu.

    The shell of Git for Windows takes ``C:/x`` everywhere, ``C:\x`` not. A program frozen into one file is no Python.
    """
    if not executable or frozen or not executable.isprintable():
        return ""
    return kind(executable).as_posix() if kind(executable).is_absolute() else ""


def render_hook(template: bytes, fit: HookTarget) -> bytes:
    """Return the hook for one place, sealed so that a later dangwu sees whether somebody has changed it by hand."""
    text = _fill_template(_SEAL_LINE.sub(b"", template.replace(b"\r\n", b"\n"), count=1), fit)
    head = _HOOK_HEAD.match(text)
    at = head.end() if head else 0
    return text[:at] + b"# seal %s\n" % _hash_bytes(text).encode()[:16] + text[at:]


def is_ours(raw: bytes) -> bool:
    """Tell whether dangwu wrote this and nobody changed it since: it may be replaced without a loss."""
    seal = _SEAL_LINE.search(raw)
    if seal is None or not _HOOK_HEAD.match(raw):
        return _hash_bytes(raw) in _UNSEALED_DIGESTS
    return seal[0] == b"# seal %s\n" % _hash_bytes(_SEAL_LINE.sub(b"", raw, count=1)).encode()[:16]


def is_current(raw: bytes, template: bytes) -> bool:
    """Tell whether this is the hook as it is written today, for whatever place."""
    return is_ours(raw) and render_hook(template, read_hook_target(raw)) == raw


def read_hook_target(raw: bytes) -> HookTarget:
    """Return what a hook of ours was written for; one from before there was a seal judges the top."""
    python, shared, folders = (_read_words(raw, line) for line in (_PYTHON_LINE, _SHARED_LINE, _FOLDERS_LINE))
    return HookTarget(tuple(folders) or (TOP_FOLDER,), "".join(python), shared=any(shared))


def calls_dangwu(raw: bytes) -> bool:
    """Tell whether a line of a script or of settings, comments apart, has dangwu check something."""
    return _CHECK_CALL.search(raw) is not None


def _fill_template(template: bytes, fit: HookTarget) -> bytes:
    folders = " ".join(quote_for_shell(folder) for folder in fit.folders)
    for line, value in (
        (_PYTHON_LINE, f"python={quote_for_shell(fit.python)}"),
        (_SHARED_LINE, f"shared={quote_for_shell('yes' if fit.shared else '')}"),
        (_FOLDERS_LINE, f"set -- {folders}"),
    ):
        raw = value.encode("utf-8", "surrogateescape")
        template = line.sub(lambda _found, raw=raw: raw, template, count=1)  # type: ignore[misc]
    return template


def quote_for_shell(text: str) -> str:
    """Quote for a POSIX shell; the top stays bare, as in the template."""
    return text if text == TOP_FOLDER else "'" + text.replace("'", "'\\''") + "'"


def _read_words(raw: bytes, line: re.Pattern[bytes]) -> list[str]:
    found = line.search(raw)
    try:
        return shlex.split(found[1].decode("utf-8", "surrogateescape")) if found else []
    except ValueError:
        return []


def _hash_bytes(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def merge_folders(old: Iterable[str], folder: str) -> tuple[str, ...]:
    """Return the folders with one more, in an order that does not depend on when each came."""
    return tuple(sorted({*old, folder}, key=PurePosixPath))
