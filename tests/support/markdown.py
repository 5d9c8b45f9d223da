"""What a page of Markdown may hold where other people's words stand in it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

OWN = {"<details>", "</details>", "<summary>", "</summary>"}
ACTIVE = re.compile(r"<(?:a|img|script|code|pre|blockquote|hr|em|del|ol)\b")
NAMED = re.compile(r"(?<![A-Za-z0-9])@[A-Za-z0-9]|#[0-9]")


def assert_well_formed(page: str) -> None:
    """See that only our own tags are there, each closed before the next is opened, and that nothing acts.

    GitHub notifies whom an @ names and links what a # names in what Markdown has become; GitLab does what a line says
    that begins with a slash.
    """
    tags = re.findall(r"(?<!\\)<[^>\n]*>", page.replace("\\\\", ""))
    details = [each for each in tags if "summary" not in each]
    assert details == ["<details>", "</details>"] * (len(details) // 2)
    assert set(tags) <= OWN, set(tags) - OWN
    assert not [line for line in page.splitlines() if line.startswith(("/", "    ", "\t"))]
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(page)
    assert not ACTIVE.search(made), ACTIVE.search(made)
    assert not NAMED.search(re.sub(r"<[^>]+>", "\n", made))
