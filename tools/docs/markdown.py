"""Markdown as the site reads it (MyST): text made safe, tables, options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CHINESE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—"
_FENCED = re.compile(r"(^`{3,}.*?^`{3,}$)", re.DOTALL | re.MULTILINE)
_GOES_ON = re.compile(
    rf"(?<=[{_CHINESE}])\n *(?=[{_CHINESE}])|(?<=[，。；：、！？）”])\n *(?=[`*A-Za-z0-9\[](?!\. |\*? ))"
)
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$^])")


def escape(text: str) -> str:
    """Return a text of which no character is a mark of Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """Return a text as code, for a table too."""
    return f"`{text}`".replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the cells are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def contents(pages: Iterable[str]) -> str:
    """Return the list of the pages that stand below this one; it is in the navigation alone."""
    return "\n".join(["```{toctree}", ":hidden:", ":maxdepth: 1", "", *pages, "```"])


def beside(page: str, up: str) -> str:
    """Return a page that the navigation does not list, with a link to the page that lists it.

    The navigation stands on every page: with hundreds of entries it serves nobody and takes most of the build.
    """
    return f"---\norphan: true\n---\n\n{up}\n\n{page}"


def join_chinese_lines(text: str) -> str:
    """Return a page whose lines that go on in Chinese are one: a line's end shows as a space, which Chinese has not."""
    parts = _FENCED.split(text)
    # Every second part is a block of code, which stays as it is.
    return "".join(part if at % 2 else _GOES_ON.sub("", part) for at, part in enumerate(parts))


def fenced(language: str, text: str) -> str:
    """Return a block of code, with a fence that does not stand in it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def join(blocks: Iterable[str]) -> str:
    """Return a page of its blocks, empty ones left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"
