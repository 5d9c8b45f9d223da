"""A workbook of a branch → what it says about the branch, its committee and groups, and which sheet is the roster."""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import Text
from dangwu.sheets.branch_columns import BRANCH_FACTS, COMMITTEE_COLUMNS, GROUP_COLUMNS
from dangwu.sheets.columns import MEMBER_COLUMNS, CellType
from dangwu.sheets.read import cell_values, day_cells
from dangwu.sheets.read.header_row import find_header_row
from dangwu.sheets.read.roster_names import split_roster_name
from dangwu.sheets.read.roster_rows import is_sample
from dangwu.sheets.read.rows import HOW_TO_WRITE_TEXT
from dangwu.sheets.read.xlsx import open_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.read.cell_grid import SheetCell, SheetGrid

_FEWEST_FACTS = 2
_OF_A_ROSTER = ("joined_on", "converted_on", "status", "membership")


class BookRow(NamedTuple):
    """A row of the committee's or the groups' sheet: what, who, since when, and the cell of the name."""

    what: str
    who: str
    since: str | None
    cell: str


class BranchBook(NamedTuple):
    """What a workbook says: facts by key, posts and groups in its order, and the sheet with the roster.

    A fact that cannot be read is ""; ``blanks`` are the cells of those that are not filled in. ``sheets`` are those in
    which something was found beside the roster.
    """

    facts: dict[str, str]
    posts: tuple[BookRow, ...] = ()
    groups: tuple[BookRow, ...] = ()
    roster: str | None = None
    problems: tuple[SheetProblem, ...] = ()
    blanks: Mapping[str, str] = MappingProxyType({})
    sheets: frozenset[str] = frozenset()


def read_filled_book(name: str, raw: bytes) -> BranchBook:
    """Return what a file says about a branch; a file that is no workbook can only be a roster."""
    if not name.lower().endswith(".xlsx"):
        return BranchBook({})
    book = open_workbook(raw)
    facts: dict[str, str] = {}
    blanks: dict[str, str] = {}
    problems: list[SheetProblem] = []
    rows: dict[str, list[BookRow]] = {"post": [], "group": []}
    rosters: list[tuple[int, str]] = []
    read: set[str] = set()
    for title in book.titles:
        grid = book.grid(title)
        if roster := _count_roster_heads(grid):
            rosters.append((-roster, title))
            continue
        read.add(title)
        if found := _find_facts(grid):
            _read_facts(grid, found, facts, problems)
            blanks |= {key: grid.address(cell) for key, cell in found.items() if cell.blank}
        elif _has_heads(grid, COMMITTEE_COLUMNS):
            rows["post"] += _read_rows(grid, COMMITTEE_COLUMNS, problems)
        elif _has_heads(grid, GROUP_COLUMNS):
            rows["group"] += _read_rows(grid, GROUP_COLUMNS, problems)
        else:
            read.discard(title)
    best = min(rosters)[1] if rosters else None
    posts, groups = (tuple(rows[name]) for name in ("post", "group"))
    return BranchBook(facts, posts, groups, best, tuple(problems), blanks, frozenset(read))


def _count_roster_heads(grid: SheetGrid) -> int:
    """Return how many columns of a roster a sheet has; 0 where it is none."""
    header = find_header_row(grid, MEMBER_COLUMNS, {}) if grid.rows else None
    if header is None or "name" not in header.places or not set(_OF_A_ROSTER) & set(header.places):
        return 0
    return len(header.places)


def _has_heads(grid: SheetGrid, columns: Sequence[SheetColumn]) -> bool:
    header = find_header_row(grid, columns, {}) if grid.rows else None
    return header is not None and all(column.key in header.places for column in columns if column.needed)


def _find_facts(grid: SheetGrid) -> dict[str, SheetCell]:
    """Return the cells beside the labels of the branch's facts; none where a sheet has too few of them."""
    labels = {
        cell_values.normalise_words(label): key
        for key, fact in BRANCH_FACTS.items()
        for label in (key, fact.title.zh, fact.title.en, *fact.others)
    }
    found: dict[str, SheetCell] = {}
    for row in grid.rows:
        for cell, beside in pairwise(row):
            words = cell_values.normalise_words(cell.value).rstrip(":*") if isinstance(cell.value, str) else ""
            if words in labels:
                found.setdefault(labels[words], beside)
                break
    return found if len(found) >= _FEWEST_FACTS else {}


def _read_facts(
    grid: SheetGrid, found: dict[str, SheetCell], facts: dict[str, str], problems: list[SheetProblem]
) -> None:
    for key, cell in found.items():
        if cell.blank:
            continue
        value = _read_day(cell, grid) if BRANCH_FACTS[key].is_day else cell.flaw or cell_values.parse_text(cell.value)
        if isinstance(value, Text):
            hint = day_cells.HOW_TO_WRITE_DAY if BRANCH_FACTS[key].is_day else HOW_TO_WRITE_TEXT
            problems.append(SheetProblem(grid.address(cell), value, hint, found=cell.written))
            facts[key] = ""
        else:
            facts[key] = value


def _read_day(cell: SheetCell, grid: SheetGrid) -> str | Text:
    day = cell.flaw or day_cells.parse_day_cell(cell.value, mac=grid.mac)
    return day if isinstance(day, Text) else day.isoformat()


def _read_rows(grid: SheetGrid, columns: Sequence[SheetColumn], problems: list[SheetProblem]) -> Iterator[BookRow]:
    """Yield the rows with a first value; one with a post and no name says that nobody holds it."""
    header = find_header_row(grid, columns, {})
    if header is None:
        return
    what, who = (column.key for column in columns if column.needed)
    for row in grid.rows[header.row :]:
        first = next((cell for cell in row if not cell.blank), None)
        if first is None or is_sample(first.value):
            continue
        cells = {key: row[at] for key, at in header.places.items()}
        values: dict[str, str] = {}
        for column in columns:
            cell = cells.get(column.key)
            if cell is None or cell.blank or cell_values.is_crossed_out(cell.value):
                continue
            value = _read_day(cell, grid) if column.form is CellType.DAY else cell.flaw or cell_values.parse_text(
                cell.value)  # fmt: skip
            if isinstance(value, Text):
                hint = day_cells.HOW_TO_WRITE_DAY if column.form is CellType.DAY else HOW_TO_WRITE_TEXT
                problems.append(SheetProblem(grid.address(cell), value, hint, found=cell.written))
            else:
                values[column.key] = value
        if values.get(what) and (values.get(who) or what == "group"):
            name = split_roster_name(values.get(who, "")).name
            yield BookRow(values[what], name, values.get("since"), grid.address(cells[who]))
