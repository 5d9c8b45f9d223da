"""Forms asked for as the command does, on records in memory."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from dangwu.forms.registry import build_form_paper
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.model.body import flatten_parts
from dangwu.pages.page import Heading, KeyValues, Paragraph, Prose, Table
from dangwu.pages.paper import Break, Form, Paper, Signatures
from dangwu.workspace.forms import build_form_input
from dangwu.workspace.load import load_workspace
from tests.support import canary
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.pages.paper import PaperBlock
    from dangwu.workspace.workspace import Workspace

AS_OF = date.fromisoformat(canary.AS_OF)


@cache
def unmistakable() -> Workspace:
    """Return a branch with a record of every kind, each field unmistakable."""
    return load_workspace(MemoryTree(canary.files()))


def workspace(files: Mapping[str, str | bytes]) -> Workspace:
    """Return records in memory."""
    return load_workspace(MemoryTree(files))


def form(
    here: Workspace, word: str, lang: str = "zh", audience: Audience = Audience.HANDLERS, member: str | None = None
) -> Paper:
    """Return the paper of what a word means."""
    return build_form_paper(build_form_input(here, word, AS_OF, audience, member=member), load_language(lang))


def texts(made: Paper) -> Iterator[str]:
    """Yield every text of a paper."""
    yield from (made.title, made.subtitle, made.origin)
    for block in made.blocks:
        yield from _texts(block)


def _texts(block: PaperBlock) -> Iterator[str]:
    if isinstance(block, Heading | Paragraph):
        yield block.text
    elif isinstance(block, Prose):
        yield from flatten_parts((block.part,))
    elif isinstance(block, Form):
        yield block.caption
        yield from (cell.text for row in block.rows for cell in row)
    elif isinstance(block, Table):
        yield from (column.title for column in block.columns)
        yield from (cell.text for row in block.rows for cell in row)
    elif isinstance(block, Break):
        yield from block
    elif isinstance(block, Signatures):
        yield from (text for party in block.parties for text in party)
    else:
        assert not isinstance(block, KeyValues), "no form has them"


def whole(made: Paper) -> str:
    """Return every text of a paper, a line each."""
    return "\n".join(texts(made))


def assert_ruled(made: Paper) -> None:
    """See that every row of every form fills the form's columns, and that no form is empty."""
    ruled = [block for block in made.blocks if isinstance(block, Form)]
    assert ruled
    for each in ruled:
        assert each.rows, each.caption
        assert all(width > 0 for width in each.widths)
        assert all(sum(cell.span for cell in row) == len(each.widths) for row in each.rows), each.caption
        assert 0 <= each.head <= len(each.rows)
        assert all(cell.label for row in each.rows[: each.head] for cell in row)
