"""Which texts the index puts beside each other: openings of clauses, their share, and how many are compared."""

from __future__ import annotations

import random
from datetime import date

import pytest

from dangwu.facts.passages import Passage
from dangwu.facts.text_similarity import SHORTEST_UNITS, find_near_copies
from dangwu.model.finding import Source
from dangwu.model.record import GenericRecord

CHANCE = random.Random(7)  # noqa: S311 - a test that can be repeated, not a secret
HAN = [chr(code) for code in range(0x4E00, 0x9000)]
CHANCE.shuffle(HAN)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def clauses(*lengths: int) -> list[str]:
    """Return clauses of so many characters each, no character twice in all that this returns."""
    return ["".join(HAN.pop() for _ in range(length)) for length in lengths]


def word() -> str:
    return "".join(CHANCE.choices(LETTERS, k=7))


def find(*texts: list[str]) -> list[tuple[int, int, int]]:
    """Return the numbers of the later and the earlier text of each near copy, and the per cent that they share."""
    passages = [
        Passage(
            GenericRecord(str(number), "target", str(number), {}, date(2026, 1, 5)),
            Source(str(number)),
            "，".join(text),
        )
        for number, text in enumerate(texts)
    ]
    copies = find_near_copies(passages, lambda _later, _earlier: True)
    return [(int(copy.later.record.path), int(copy.earlier.record.path), copy.percent) for copy in copies]


def with_new_openings(text: list[str], kept: int = 0) -> list[str]:
    """Return clauses that begin with another character each, but for the first few."""
    return [*text[:kept], *(clauses(1)[0] + clause[1:] for clause in text[kept:])]


def test_five_characters_are_the_opening_of_a_chinese_clause() -> None:
    """What follows may differ; a clause of four characters opens nothing."""
    text = clauses(*[5] * 20)
    assert find(text, text) == [(1, 0, 100)]
    assert find(four := clauses(*[4] * 30), four) == []
    long = clauses(*[16] * 8)
    others = clauses(*[1] * 8)
    sixth = [clause[:5] + other + clause[6:] for clause, other in zip(long, others, strict=True)]
    fifth = [clause[:4] + other + clause[5:] for clause, other in zip(long, others, strict=True)]
    assert [copy[:2] for copy in find(long, sixth)] == [(1, 0)]
    assert find(long, fifth) == []
    first_of_the_script = [f"\u2e80{clause[1:]}" for clause in long]
    assert [copy[:2] for copy in find(first_of_the_script, [f"\u2e80{clause[1:]}" for clause in sixth])] == [(1, 0)]


def test_sixteen_characters_are_the_opening_of_a_clause_in_words() -> None:
    """Two words of seven letters and two blanks are sixteen."""
    text = [" ".join(word() for _ in range(20)) for _ in range(8)]
    seventeenth = [f"{clause[:16]}{'x' if clause[16] != 'x' else 'y'}{clause[17:]}" for clause in text]
    sixteenth = [f"{clause[:14]}x{clause[15:]}" for clause in text]
    assert [copy[:2] for copy in find(text, seventeenth)] == [(1, 0)]
    assert find(text, sixteenth) == []


@pytest.mark.parametrize(("kept", "found"), [(29, False), (30, True)])
def test_rare_openings_count_from_fifteen_per_cent(kept: int, *, found: bool) -> None:
    """Two hundred characters of a text, of which so many stand in clauses that begin as in the other."""
    text = clauses(kept, *[10] * 16, 40 - kept)
    assert sum(len(clause) for clause in text) == 200
    assert bool(find(text, with_new_openings(text, 1))) is found


@pytest.mark.parametrize(("earlier", "found"), [(7, True), (8, False)])
def test_an_opening_that_eight_texts_had_is_standard_wording(earlier: int, *, found: bool) -> None:
    """Then it must make up half of the text."""
    text = clauses(30, *[10] * 17)
    texts = [[text[0], *clauses(*[10] * 17)] for _ in range(earlier - 1)]
    assert bool(find(text, *texts, with_new_openings(text, 1))) is found
    half = clauses(100, *[10] * 10)
    texts = [[half[0], *clauses(*[10] * 10)] for _ in range(earlier - 1)]
    assert [copy[:2] for copy in find(half, *texts, with_new_openings(half, 1))] == [(earlier, 0)]
    less = clauses(99, *[10] * 10, 1)
    texts = [[less[0], *clauses(*[10] * 10, 1)] for _ in range(earlier - 1)]
    assert bool(find(less, *texts, with_new_openings(less, 1))) is found


def test_only_the_best_three_are_compared() -> None:
    """Those that share more openings come first, and a copy behind three of them is not seen."""
    text = clauses(*[20] * 10)
    copy = with_new_openings(text, 3)
    rivals = [[*text[3:7], *clauses(*[20] * 6)] for _ in range(3)]
    near = [
        [clause[:8] + other for clause, other in zip(row[:4], clauses(*[12] * 4), strict=True)] + row[4:]
        for row in rivals
    ]
    assert [found[:2] for found in find(copy, *near[:2], text)] == [(3, 0)]
    assert find(copy, *near, text) == []


def test_a_text_shorter_than_is_compared_is_no_copy() -> None:
    (shortest,) = clauses(SHORTEST_UNITS)
    assert find([shortest], [shortest]) == [(1, 0, 100)]
    assert find([shortest[1:]], [shortest[1:]]) == []


@pytest.mark.parametrize(("same", "copies"), [(81, []), (82, [(1, 0, 66)]), (83, [(1, 0, 67)])])
def test_two_thirds_of_the_runs_of_three_make_a_copy(same: int, copies: list[tuple[int, int, int]]) -> None:
    """Texts of 122 characters have 120 runs."""
    (kept,) = clauses(same)
    assert find([kept, *clauses(122 - same)], [kept, *clauses(122 - same)]) == copies
