"""What only adds is told quickly, and never where something was changed or taken away."""

from __future__ import annotations

from typing import Any

import pytest

from dangwu.changes.additions import only_adds
from dangwu.changes.field_changes import find_field_changes
from dangwu.model.edit import Edit

LEDGER = [{"member": "m001", "paid": 5}, {"member": "m002", "paid": 5}]


@pytest.mark.parametrize(
    ("after", "adds"),
    [
        ({"rows": LEDGER, "note": None}, True),
        ({"rows": LEDGER, "note": None, "closed": True}, True),
        ({"rows": [*LEDGER, {"member": "m003", "paid": 0}], "note": None}, True),
        ({"rows": [LEDGER[0], {"member": "m003", "paid": 0}, LEDGER[1]], "note": None}, True),
        ({"rows": [LEDGER[0], {"member": "m002", "paid": 5, "on": "2026-03-02"}], "note": None}, True),
        ({"rows": [LEDGER[0], {"paid": 5, "on": "2026-03-02"}], "note": None}, False),
        ({"rows": LEDGER}, False),
        ({"rows": LEDGER[:1], "note": None}, False),
        ({"rows": LEDGER[::-1], "note": None}, False),
        ({"rows": [LEDGER[0], {"member": "m002", "paid": 6}], "note": None}, False),
        ({"rows": [LEDGER[0], {"member": "m002", "paid": 5.0}], "note": None}, False),
        ({"rows": [LEDGER[0], {"member": "m002", "paid": "5"}], "note": None}, False),
        ({"rows": LEDGER, "note": "1"}, False),
    ],
)
def test_only_what_keeps_everything_adds(after: dict[str, Any], adds: bool) -> None:
    before = {"rows": LEDGER, "note": None}
    assert only_adds(before, after) is adds
    if adds:
        assert all(change.edit is Edit.ADDED for change in find_field_changes(before, after, {}))


def test_true_is_not_one() -> None:
    assert not only_adds({"a": 1}, {"a": True})
    assert not only_adds({"a": [1]}, {"a": [True]})
    assert only_adds({"a": [1, 1]}, {"a": [1, 2, 1]})
    assert not only_adds({"a": [1, 1]}, {"a": [1, 2]})


def test_a_row_keeps_what_it_had_and_may_get_more() -> None:
    before = {"rows": [{"id": 1, "months": [{"month": 1, "paid": 5}]}, {"id": 2, "months": []}]}
    paid = {"rows": [{"id": 1, "months": [{"month": 1, "paid": 5}, {"month": 2, "paid": 5}]}, {"id": 2, "months": []}]}
    assert only_adds(before, paid)
    assert not only_adds(paid, before)
    moved = {"rows": [{"id": 1, "months": []}, {"id": 2, "months": [{"month": 1, "paid": 5}]}]}
    assert not only_adds(before, moved)
