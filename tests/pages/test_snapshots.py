"""The pages as a reader sees them, in English: the Chinese words belong to the catalogue and are tested there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

from dangwu.formats.markdown import render_markdown
from dangwu.formats.terminal.page import show_page
from dangwu.language import load_language
from dangwu.pages.duties import build_due_page
from dangwu.pages.year import build_year_page
from tests.support import values

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from dangwu.pages.page import Page

EN = load_language("en")


def terminal(page: Page) -> str:
    out = io.StringIO()
    show_page(page, Console(file=out, width=100, force_terminal=True, color_system=None))
    return out.getvalue()


def test_due_on_the_terminal(snapshot: SnapshotAssertion) -> None:
    assert terminal(build_due_page(values.owed(), EN)) == snapshot


def test_due_as_markdown(snapshot: SnapshotAssertion) -> None:
    assert render_markdown(build_due_page(values.owed(), EN), EN) == snapshot


def test_due_of_three_members_on_the_terminal(snapshot: SnapshotAssertion) -> None:
    assert terminal(build_due_page(values.small(), EN)) == snapshot


def test_year_on_the_terminal(snapshot: SnapshotAssertion) -> None:
    assert terminal(build_year_page(values.report(), EN)) == snapshot


def test_year_as_markdown(snapshot: SnapshotAssertion) -> None:
    assert render_markdown(build_year_page(values.report(), EN), EN) == snapshot
