"""The workbook that a branch begins with, empty: four sheets with an example in each, and choices to drop down."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dangwu.model.message import Bilingual, say
from dangwu.sheets.branch_columns import BRANCH_FACTS, COMMITTEE_COLUMNS, GROUP_COLUMNS
from dangwu.sheets.columns import MEMBER_COLUMNS, CellType
from dangwu.sheets.plan.branch_proposal import read_post_word
from dangwu.sheets.write.sheet import CellFormat, ExportColumn, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.language import Language
    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.write.sheet import CellContent

_POSTS = ("secretary", "deputy-secretary", "organization", "publicity", "discipline-inspection", "committee-member")
_BRANCH = Bilingual("支部", "Branch")
_EXAMPLE = Bilingual("示例", "Example")
_SECRETARY = Bilingual("书记", "secretary")
_GROUP = Bilingual("第一党小组", "First Party group")
_PERSON, _LEADER = Bilingual("夏铁军", "Xia Tiejun"), Bilingual("郑浩然", "Zheng Haoran")
_STATUS = Bilingual("正式党员", "full member"), Bilingual("预备党员", "probationary")
_ROSTER_KEYS = ("name", "joined_on", "converted_on", "status", "group", "post")
_BLANK_ROWS = 30


def build_blank_book(lang: Language) -> tuple[Sheet, ...]:
    """Return the sheets: the branch, its committee, its groups and its roster, each with an example."""
    posts = tuple(lang.value(read_post_word(post)) for post in _POSTS)
    status = tuple(lang.value(word) for word in _STATUS)
    leader = (*posts, lang.value(read_post_word("leader")))
    roster = [next(column for column in MEMBER_COLUMNS if column.key == key) for key in _ROSTER_KEYS]
    person = (lang.value(_PERSON), date(2015, 7, 24), date(2016, 7, 24), status[0], lang.value(_GROUP), posts[0])
    officer = (lang.value(_SECRETARY), lang.value(_PERSON), date(2025, 3, 15))
    head = (lang.value(_GROUP), lang.value(_LEADER), date(2025, 3, 15))
    example = lang.value(_EXAMPLE)
    committee = _build_columns(COMMITTEE_COLUMNS, lang, {"post": posts})
    return (
        _build_fact_sheet(lang),
        Sheet("committee", lang.text(say("Branch committee")), committee,
              ((example, *officer), *_number_rows([(post, None, None) for post in posts[:-1]], 3))),
        Sheet("groups", lang.text(say("Party groups")), _build_columns(GROUP_COLUMNS, lang, {}),
              ((example, *head), *_number_rows([], 3))),
        Sheet("members", lang.text(say("Roster of members")),
              _build_columns(roster, lang, {"status": status, "post": leader}),
              ((example, *person), *_number_rows([], len(roster)))),
    )  # fmt: skip


def _build_fact_sheet(lang: Language) -> Sheet:
    columns = tuple(
        ExportColumn(key, lang.text(title))
        for key, title in (("what", say("What")), ("value", say("To fill in")), ("example", say("Example")))
    )
    rows = tuple((lang.value(fact.title), None, lang.value(fact.example)) for fact in BRANCH_FACTS.values())
    return Sheet("branch", lang.value(_BRANCH), columns, rows)


def _build_columns(
    columns: Sequence[SheetColumn], lang: Language, choices: dict[str, tuple[str, ...]]
) -> tuple[ExportColumn, ...]:
    return (
        ExportColumn("number", lang.text(say("No."))),
        *(
            ExportColumn(
                column.key,
                lang.value(column.title),
                # As text a month stays one: a spreadsheet makes its first day of it.
                CellFormat.DAY if column.form is CellType.DAY and not column.takes_month else CellFormat.TEXT,
                choices.get(column.key, ()),
            )
            for column in columns
        ),
    )


def _number_rows(rows: Sequence[tuple[CellContent, ...]], width: int) -> Iterator[tuple[CellContent, ...]]:
    """Yield numbered rows to fill in, those with words in them first."""
    blank: tuple[CellContent, ...] = (None,) * width
    filled = [*rows, *([blank] * (_BLANK_ROWS - len(rows)))]
    yield from ((str(number), *row) for number, row in enumerate(filled, 1))
