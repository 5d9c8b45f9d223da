"""The comparison of two builds asks both the same, though their helps list the same words in another order."""

from __future__ import annotations

from tests.bench.outputs_build import Offer

OLD = {"log": "  --format terminal|json|md  Form.\n", "new": "dangwu new COMMAND [ARGS]\n  waiver\n  member  One.\n"}
NEW = {
    "log": "  --format text|html|md|json  Form.\n",
    "new": "dangwu new COMMAND [ARGS]\n  letter\n  member\n  waiver\n",
}


def test_formats_come_in_the_order_of_the_old_build_and_new_ones_last() -> None:
    old, new = (Offer(helps, OLD) for helps in (OLD, NEW))
    assert old.formats("log") == [("text", "terminal"), ("json", "json"), ("md", "md")]
    assert new.formats("log") == [("text", "text"), ("json", "json"), ("md", "md"), ("html", "html")]


def test_commands_come_in_the_order_of_the_old_build_and_new_ones_last() -> None:
    assert Offer(OLD, OLD).commands("new") == ("waiver", "member")
    assert Offer(NEW, OLD).commands("new") == ("waiver", "member", "letter")
