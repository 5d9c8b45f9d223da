"""A list of keys in the form of ``allowed_signers``, read as ssh-keygen(1) reads it, and what in it cannot be read.

ssh-keygen passes over a line that it cannot read, and takes a byte order mark for a part of the first name: the good
signature of a key in that line would be blamed. So the list is read here, its faults are told by line, and ssh-keygen
is given a copy where the bytes of the list are not those that it expects. Days are Beijing's, on whatever machine.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from dangwu.files.peek import read_file_if_any
from dangwu.files.private_copy import make_private_folder
from dangwu.model.history import BEIJING_TIME
from dangwu.model.message import say
from dangwu.model.principals import match_address, match_pattern_list
from dangwu.parse.encoding import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dangwu.model.message import Text

_KEY_TYPE = re.compile(r"(?:ssh|ecdsa|sk)-\S+", re.ASCII)
_PRINCIPALS = re.compile(r'"([^"]*)"|([^\s"]\S*)')
_OPTIONS = re.compile(r'(?:[^\s"]|"[^"]*")+')
_OPTION = re.compile(r'([a-z-]+)(?:="([^"]*)")?', re.ASCII | re.IGNORECASE)
_OPTION_NAMES = frozenset({"cert-authority", "namespaces", "valid-after", "valid-before"})
_MOMENT = re.compile(r"(\d{8})(\d{4}(?:\d{2})?)?(Z?)", re.ASCII)
_LENGTH_BYTES = 4
_FEWEST_PARTS = 2
_NAMESPACE = "git"


class KeyListFault(NamedTuple):
    """What cannot be read in a list of keys: the number of the line (0 for the whole list), and why."""

    line: int
    reason: Text


class KeyLine(NamedTuple):
    """One key of a list: the principals as they are written, the key's fingerprint, and for what and when it counts.

    ``after`` and ``before`` are in seconds since 1970, None without a limit.
    """

    number: int
    principals: str
    fingerprint: str
    for_git: bool
    after: int | None
    before: int | None
    text: str

    def holds_at(self, seconds: int | None) -> bool:
        """Tell whether the key counts for git at a time; at an unreadable one only without limits."""
        if seconds is None:
            return self.for_git and self.after is None and self.before is None
        late = self.before is not None and seconds > self.before
        return self.for_git and not late and (self.after is None or seconds >= self.after)


class KeyList(NamedTuple):
    """A list of keys. ``plain`` says that ssh-keygen reads the file itself in the same way."""

    path: Path
    lines: tuple[KeyLine, ...]
    faults: tuple[KeyListFault, ...]
    plain: bool

    @contextmanager
    def as_file(self) -> Iterator[Path]:
        """Yield a file that ssh-keygen reads rightly: the list itself, or a copy that is deleted afterwards."""
        if self.plain:
            yield self.path
            return
        with make_private_folder() as folder:
            copy = folder / "allowed_signers"
            copy.write_text("".join(f"{line.text}\n" for line in self.lines), encoding="utf-8", newline="\n")
            yield copy

    def find_principals(self, fingerprint: str, seconds: int | None) -> str:
        """Return the principals of all lines in which a key counts at a time, comma-separated; "" for none."""
        found = (line for line in self.lines if line.fingerprint == fingerprint and line.holds_at(seconds))
        return ",".join(dict.fromkeys(line.principals for line in found))

    def has_key_of(self, address: str, seconds: int | None) -> bool:
        """Tell whether an address had a key on the list by that time, expired or not."""
        return any(
            line.for_git
            and match_address(line.principals, address)
            and (line.after is None or (seconds is not None and seconds >= line.after))
            for line in self.lines
        )

    def find_lines(self, principals: str) -> tuple[int, ...]:
        """Return the numbers of the lines with one of these principals, given comma-separated."""
        wanted = {*principals.split(",")}
        return tuple(line.number for line in self.lines if wanted.intersection(line.principals.split(",")))


def read_key_list(path: Path) -> KeyList:
    """Read a list of keys; what cannot be read becomes a fault."""
    raw = read_file_if_any(path)
    text = None if raw is None else decode_text(raw)[0]
    if text is None:
        return KeyList(path, (), (KeyListFault(0, say("it is no text in any known encoding")),), plain=False)
    lines, faults = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        read = _read_line(number, line.strip())
        if isinstance(read, KeyLine):
            lines.append(read)
        else:
            faults.append(KeyListFault(number, read))
    if not lines and not faults:
        faults.append(KeyListFault(0, say("it has no key")))
    kept = {line.strip() for line in text.split("\n")}
    plain = not faults and text.encode() == raw and all(line.text in kept for line in lines)
    return KeyList(path, tuple(lines), tuple(faults), plain)


def _read_line(number: int, line: str) -> KeyLine | Text:
    """Return the key of a line, or why there is none."""
    named = _PRINCIPALS.match(line)
    principals = (named[1] or named[2] or "") if named else ""
    rest = line[named.end() :].lstrip() if named else ""
    found: dict[str, str] = {}
    if principals and not _KEY_TYPE.match(rest):
        end = _OPTIONS.match(rest)
        read = _read_options(end.group() if end else rest)
        if not isinstance(read, dict):
            return read
        found, rest = read, rest[end.end() :].lstrip() if end else ""
    words = rest.split()
    if not principals or not words or not _KEY_TYPE.fullmatch(words[0]):
        return say("a name, options or none, and a key are expected in one line")
    fingerprint = _read_fingerprint(*words[:2]) if words[1:] else ""
    if not fingerprint:
        return say("the key is not whole")
    after, before = (_read_moment(found.get(name)) for name in ("valid-after", "valid-before"))
    if -1 in {after, before} or (after is not None and before is not None and after > before):
        return say("days are written as in 20260401, the last one not before the first")
    for_git = match_pattern_list(_NAMESPACE, found.get("namespaces", _NAMESPACE))
    return KeyLine(number, principals, fingerprint, for_git, after, before, _format_line(line, found, after, before))


def _read_options(text: str) -> dict[str, str] | Text:
    """Return options by name, or which one is none."""
    found = {}
    for word in re.findall(r'(?:[^,"]|"[^"]*")+', text):
        match = _OPTION.fullmatch(word)
        name = match[1].lower() if match else ""
        if match is None or name not in _OPTION_NAMES or (match[2] is None) is not (name == "cert-authority"):
            return say('{word} is no option; a name with blanks, and the value of an option, stand in " "', word=word)
        found[name] = match[2] or ""
    return found


def _read_fingerprint(kind: str, key: str) -> str:
    """Return the fingerprint of a public key, "" where it is not whole or of another kind."""
    try:
        raw = b64decode(key, validate=True)
    except ValueError:
        return ""
    # The key begins with its own kind, and every part with its length (RFC 4253, section 6.6).
    parts, at = [], 0
    while at < len(raw):
        size = int.from_bytes(raw[at : at + _LENGTH_BYTES], "big")
        parts.append(raw[at + _LENGTH_BYTES : at + _LENGTH_BYTES + size])
        at += _LENGTH_BYTES + size
    if at != len(raw) or len(parts) < _FEWEST_PARTS or parts[0] != kind.encode():
        return ""
    return "SHA256:" + b64encode(sha256(raw).digest()).decode().rstrip("=")


def _read_moment(text: str | None) -> int | None:
    """Return a day or a time in seconds since 1970, in Beijing's time unless ``Z`` follows; -1 for what is none."""
    match = None if text is None else _MOMENT.fullmatch(text)
    if text is None or match is None:
        return None if text is None else -1
    try:
        moment = datetime.strptime(f"{match[1]}{(match[2] or '').ljust(6, '0')}", "%Y%m%d%H%M%S")  # noqa: DTZ007
    except ValueError:
        return -1
    return max(0, int(moment.replace(tzinfo=UTC if match[3] else BEIJING_TIME).timestamp()))


def _format_line(line: str, options: dict[str, str], after: int | None, before: int | None) -> str:
    """Return a line with times in Beijing's zone: not every ssh-keygen knows ``Z``."""
    for name, seconds in (("valid-after", after), ("valid-before", before)):
        if options.get(name, "").endswith("Z") and seconds is not None:
            moment = datetime.fromtimestamp(seconds, BEIJING_TIME).strftime("%Y%m%d%H%M%S")
            line = line.replace(f'"{options[name]}"', f'"{moment}"')
    return line
