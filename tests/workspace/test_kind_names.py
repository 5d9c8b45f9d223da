"""The kinds of record by the words that people have for them."""

from __future__ import annotations

import pytest

from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.kind_names import KIND_GROUPS, NEW_KINDS, find_kind, find_kinds


def test_every_kind_that_can_be_made_stands_in_one_group() -> None:
    assert sorted(NEW_KINDS) == sorted({*resources.list_kinds()} - {"accepted"})
    assert all(title.zh and title.en for title, _ in KIND_GROUPS)


def test_names_titles_and_short_names_mean_one_kind() -> None:
    for name, kind in load_kinds().items():
        for word in (name, *kind.title, *kind.aliases):
            assert find_kinds(word) == (name,), word


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("支委会", "committee-meeting"),
        ("党员大会", "general-meeting"),
        (" 党 费 ", "dues"),
        ("ＤＵＥＳ", "dues"),
        ("Group_Meeting", "group-meeting"),
        ("台账", "dues"),
        ("LEDGER", "dues"),
        ("信访人", "complainant"),
    ],
)
def test_words_as_people_write_them(word: str, kind: str) -> None:
    assert find_kind(word, NEW_KINDS) == kind


@pytest.mark.parametrize(
    ("word", "offers"),
    [
        ("生活会", {"democratic-life-meeting", "organizational-life-meeting"}),
        ("group-meting", {"group-meeting"}),
        ("会", set()),
        ("", set()),
        ("accepted", set()),
    ],
)
def test_a_word_that_is_not_clear_is_answered_with_a_choice(word: str, offers: set[str]) -> None:
    with pytest.raises(UsageError) as caught:
        find_kind(word, NEW_KINDS)
    assert caught.value.hint is not None
    assert offers <= {part for part in NEW_KINDS if f"'{part}'" in repr(caught.value.hint)}
