"""What the cases leave out of what a build offers: commands that none of them runs, options that none of them gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.outputs_build import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.bench.outputs_case import Case

_FRONT = frozenset({"-C", "--lang", "--as-of", "--color"})
"""Options with a value that stand before the command."""
_SHORT = {"-o": "--output"}
_ELSEWHERE = frozenset({"--help", "--no-input", "--version"})
"""Options that are asked for otherwise, or whose answer is the build's own."""


def left_out(helps: Mapping[str, str], cases: Iterable[Case]) -> tuple[list[str], list[str]]:
    """Return the commands, and the options with their commands, of ``helps`` that no case has."""
    used: dict[str, set[str]] = {}
    for asked in cases:
        for step in asked.steps:
            if "--help" not in step:
                path = _command(helps, step)
                used.setdefault(path, set()).update(_SHORT.get(word, word) for word in step)
    anywhere = set().union(*used.values())
    groups = {path.rpartition(" ")[0] for path in helps if path}
    commands = [path for path in helps if path not in used and path not in groups]
    given = {path: anywhere if not path else used.get(path, set()) | _ELSEWHERE for path in helps}
    asked_for = [(path, option) for path in helps for option in options(helps[path]) if path in used or not path]
    return commands, [f"{path} {option}" for path, option in asked_for if option not in given[path] | _ELSEWHERE]


def _command(helps: Mapping[str, str], step: Sequence[str]) -> str:
    """Return the longest command with which the words begin, the options before it passed over."""
    words = list(step)
    while words and words[0].startswith("-"):
        del words[: 2 if words[0] in _FRONT else 1]
    paths = (" ".join(words[:length]) for length in range(len(words), -1, -1))
    return next(path for path in paths if path in helps)
