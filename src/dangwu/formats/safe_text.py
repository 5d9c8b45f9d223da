"""Escape invisible and control characters of record text for screens and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TextIO

_UNSAFE_RANGES = (
    "\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_LAST_OF_FOUR_DIGITS = 0xFFFF
GAP = " " * 4
"""What stands for a tab, which people type to leave room."""
UNSAFE_CHARACTER = re.compile(f"[{_UNSAFE_RANGES}]")
_COMMAND = re.compile(
    r"(?:(?<![^\n])(?P<before>[^\S\n]*)(?=::[^\n]*::)|(?=##(?:vso|teamcity)?\[)|(?=section_(?:start|end):))(?P<word>[:#s])"
)
_UNSAFE_WITHIN_LINES = re.compile(f"(?!\n)[{_UNSAFE_RANGES}]")


def make_safe_text(text: str, *, lines: bool = False) -> str:
    r"""Return the text with control, format, bidirectional and other invisible characters shown as ``\u202e``.

    With ``lines`` line feeds stay as they are, and a tab is a gap.
    """
    if lines:
        return _UNSAFE_WITHIN_LINES.sub(_escape_character, text.replace("\t", GAP))
    return UNSAFE_CHARACTER.sub(_escape_character, text)


def make_safe_part(text: str) -> str:
    """Return a part of a text within its lines, safe, with a gap for a tab."""
    return make_safe_text(text.replace("\t", GAP))


def defuse_commands(text: str) -> str:
    r"""Return the text of a stream without lines that the runner of a forge would take for its own commands.

    The first character of the command's word is shown as ``\u003a``, which JSON reads as the character itself.
    GitHub and Gitea take lines that begin with ``::``, after blanks, and ``##[`` anywhere; Azure ``##vso[`` and
    TeamCity ``##teamcity[`` anywhere; GitLab lines with ``section_start:`` and ``section_end:``.
    """
    if "::" not in text and "##" not in text and "section_" not in text:
        return text
    return _COMMAND.sub(lambda match: f"{match['before'] or ''}{_escape_code(match['word'])}", text)


def make_one_line(text: str) -> str:
    """Return safe text on one line, with single spaces where lines ended and for tabs."""
    lines = text.replace("\t", " ").split("\n")
    return make_safe_text(" ".join(line.strip(" \r") for line in lines if line.strip(" \r")))


class DefusedStream:
    """A text stream to which no command of a forge is written; each write is taken to begin a line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text, defused."""
        return self._stream.write(defuse_commands(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _escape_character(match: re.Match[str]) -> str:
    return _escape_code(match.group())


def _escape_code(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code <= _LAST_OF_FOUR_DIGITS else f"\\U{code:08x}"
