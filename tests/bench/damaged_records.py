"""Damage records at random, over and over: do all readers of YAML say the same of each?

``python damaged_records.py DIR [COUNT [SEED]]`` takes the records below a folder. What is written plainly is read row
by row, anything else by a parser; so each text is read by ``parse_yaml``, by the parser in C and, one in fifty, by the
one in Python, and data, problems and their places must be equal. It prints how many texts there were, how many were
read row by row, how many had problems, and each text that is read in two ways; it exits with 1 after one of these.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.parse import markdown, yaml
from dangwu.parse.plain_rows import read_plain_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 4000
"""Characters of a record that is taken; long ones only take long."""
SLOW_ONE_IN = 50
PIECES = (
    ":", ": ", ":\n", "- ", "-", "#", " #", "# ", "'", '"', "''", '""', "\n", "\n\n", " ", "  ", "\t", "[", "]", "{",
    "}", ",", ", ",
    "|", "|\n", ">-\n", "|2\n", "&a ", "*a", "!", "!!str ", "%", "@", "`", "?", "? ", "=", "<<", "<<: ", "---\n",
    "--- ", "...\n",
    "%YAML 1.2\n", "[]", "{}", "[a, b]", "{a: b}", "{a: b, a: c}", "[a\n  b]", "[a,\n b,\n]", "a: b", "a: ", "- a\n",
    "- a: b\n",
    "- - a\n", "\\", "\\n", "~", "null", "true", "True", "yes", "012", "0", "-0", "-1", "+1", "1_0", "0x1", "0b1",
    "0o7", "1e3", ".5",
    "1.50", "1.", ".inf", ".nan", "9" * 16, "9" * 17, "14:30", "2024-01-01", "14:30:00", "\r\n", "\r", "\x85",
    "\u2028", "\u00a0", "\u3000",
    "\ufeff", "\u200b", "\x07", "\x7f", "\u00ad", "：", "，", "“", "”", "—", "·", "一", "😀", "\U00020000", "é",
    "x" * 130, "y" * 1100, "a b",
    "a:b", "a :b", "a#b", "a #b", "a'b", 'a"b', "a,b", "a?b", "a]b", "(a)", "/a", "a-b", "_a", "A", "a\tb", " \n",
    "   \n", "]\n", "}\n",
)  # fmt: skip
"""What means something to YAML, or nearly does."""
_VALUE = re.compile(r"(?<=: )[^\n]*|(?<=- )[^\n]*")


def list_records(folder: Path) -> list[str]:
    """Return the YAML of the records below a folder, each text once."""
    texts = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".yaml", ".md"} and ".git" not in path.parts:
            text = path.read_bytes().decode("utf-8", "replace")
            header = markdown.split_front_matter(text).header if path.suffix == ".md" else text
            texts.add(header or "")
    return sorted(text for text in texts if 0 < len(text) < LONGEST)


def damage_record(text: str, chance: random.Random) -> str:
    """Return a text changed in one to four places."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        text = chance.choice(WAYS)(text, chance) or "a: 1\n"
    return text


def _insert_piece(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(PIECES) + text[at:]


def _insert_at_row_end(text: str, chance: random.Random) -> str:
    rows = text.split("\n")
    at = chance.randrange(len(rows))
    rows[at] += chance.choice(PIECES)
    return "\n".join(rows)


def _delete(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + chance.choice((1, 1, 1, 2, 5)) :]


def _cut_off(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text)) + 1]


def _move_row(text: str, chance: random.Random) -> str:
    """Put a row, or a copy of it, somewhere else."""
    rows = text.split("\n")
    at = chance.randrange(len(rows))
    row = rows[at] if chance.random() < 0.5 else rows.pop(at)
    rows.insert(chance.randrange(len(rows) + 1), row)
    return "\n".join(rows)


def _indent_rows(text: str, chance: random.Random) -> str:
    """Move some rows to the right, or to the left as far as they go."""
    rows = text.split("\n")
    first, width = chance.randrange(len(rows)), chance.choice((1, 2, 2, 4, -1, -2, -2))
    for at in range(first, min(len(rows), first + chance.choice((1, 1, 2, 5)))):
        rows[at] = " " * width + rows[at] if width > 0 else rows[at].removeprefix(" " * -width)
    return "\n".join(rows)


def _insert_row(text: str, chance: random.Random) -> str:
    rows = text.split("\n")
    parts = [chance.choice(PIECES) for _ in range(chance.choice((1, 2, 3)))]
    rows.insert(chance.randrange(len(rows) + 1), " " * chance.choice((0, 0, 1, 2, 2, 4)) + "".join(parts))
    return "\n".join(rows)


def _change_value(text: str, chance: random.Random) -> str:
    """Put pieces in the place of what stands behind a colon or a hyphen, or around it."""
    found = list(_VALUE.finditer(text))
    if not found:
        return text
    value = chance.choice(found)
    said = "".join(chance.choice(PIECES) for _ in range(chance.choice((1, 2, 3))))
    said = chance.choice(
        (said, said + value[0], value[0] + said, f"[{said}]", f"{{a: {said}}}", f"'{said}'", f'"{said}"')
    )
    return text[: value.start()] + said + text[value.end() :]


WAYS = (
    _insert_piece, _insert_piece, _insert_at_row_end, _delete, _delete, _cut_off, _move_row, _indent_rows, _insert_row,
    _change_value, _change_value,
)  # fmt: skip


def damage_records(texts: list[str], count: int, seed: int) -> Iterator[str]:
    """Yield so many damaged texts, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret
    for _ in range(count):
        yield damage_record(chance.choice(texts), chance)


def main(folder: str, count: int = 10_000, seed: int = 1) -> int:
    """Compare the readers on damaged records; return the exit code."""
    texts = list_records(Path(folder))
    rows = problems = 0
    different = []
    for number, text in enumerate(damage_records(texts, count, seed)):
        said = repr(yaml.parse_yaml(text))
        others = [repr(yaml.parse_events(text))]
        if number % SLOW_ONE_IN == 0:
            others.append(repr(yaml.parse_events(text, pure=True)))
        rows += read_plain_rows(text) is not None
        problems += not said.endswith(", [])")
        if any(other != said for other in others):
            different.append(text)
            print(f"read in two ways: {text!r}")
    print(f"{count} damaged of {len(texts)} records, seed {seed}: {rows} read row by row, {problems} with problems")
    print(f"{len(different)} read in two ways")
    return bool(different)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
