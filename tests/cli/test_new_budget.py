"""What can be worked out is never typed: each kind has a budget of fields, and ``docs/new.md`` tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.budget import BUDGET, make_desk, page, typed
from tests.support.desk import KINDS

DOCUMENT = Path(__file__).parents[2] / "docs" / "new.md"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("budget"))


def test_every_kind_has_a_budget() -> None:
    assert set(BUDGET) == set(KINDS)


@pytest.mark.parametrize("kind", BUDGET)
def test_no_kind_asks_for_more_than_its_budget(desk: Path, kind: str) -> None:
    least, _clause = BUDGET[kind]
    asked = typed(kind, desk)
    assert asked.total <= least, asked
    assert asked.total == least, f"{kind} asks for less than its budget: lower it"


def test_the_document_tells_it(desk: Path) -> None:
    """Write it anew with ``python -m tests.support.budget > docs/new.md``."""
    assert DOCUMENT.read_text(encoding="utf-8") == page(desk)
