"""How a sheet of a workbook looks, on the screen and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.safe_text import make_safe_text
from dangwu.formats.text_layout import measure_width, wrap_text
from dangwu.sheets.write.sheet import CellFormat

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.sheets.write.sheet import CellContent, Sheet

_FONTS = {"zh": "宋体", "en": "等线"}
_CHINESE_SET = 134
_FORMATS = {CellFormat.TEXT: "@", CellFormat.NUMBER: "General", CellFormat.DAY: "yyyy-mm-dd"}
_ALIGN = {CellFormat.TEXT: "left", CellFormat.NUMBER: "right", CellFormat.DAY: "center"}
HEAD_STYLE = "head"
"""The name of the style of the first row; those of the others are named as what a column holds."""
_HEAD_FILL, _LINE = "D9D9D9", "808080"
_NARROWEST, _WIDEST, _TIGHTEST, _ROOM, _BUTTON = 6, 40, 12, 2, 1
"""Widths of columns in digits of the standard font; room for the margins and, in the head, the filter's button."""
_UPRIGHT, _TURNED = 115, 230
"""What stands across an A4 page: upright in 8.5 points, turned in 6.5 (小六), which is the least."""
_LINE_HEIGHT, _PADDING, _HIGHEST = 15, 3, 409
"""Points; a row of several lines says how high it is, since not every program works that out."""
_MARGIN = 0.4
"""Inches beside the table, where the paper of offices is not bound."""
_A4 = "9"
_LONGEST_FOOT = 200


def add_styles(book: Any, lang: Language) -> None:
    """Give a workbook its standard font, and a style for the head and for each thing that a column holds."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side  # noqa: PLC0415
    from openpyxl.utils.indexed_list import IndexedList  # noqa: PLC0415

    name = _FONTS.get(lang.code, _FONTS["en"])
    plain = Font(name=name, sz=11, charset=_CHINESE_SET)
    side = Side(style="thin", color=_LINE)
    frame = Border(left=side, right=side, top=side, bottom=side)
    # Nothing public leads to the standard font: the first of the list, and that of the style Normal.
    book._fonts = IndexedList([plain])  # noqa: SLF001
    book._named_styles["Normal"].font = plain  # noqa: SLF001
    for holds, form in _FORMATS.items():
        place = Alignment(horizontal=_ALIGN[holds], vertical="top", wrap_text=True)
        book.add_named_style(NamedStyle(holds.value, plain, border=frame, alignment=place, number_format=form))
    bold = Font(name=name, sz=11, b=True, charset=_CHINESE_SET)
    fill = PatternFill("solid", fgColor=_HEAD_FILL)
    place = Alignment(horizontal="center", vertical="center", wrap_text=True)
    book.add_named_style(NamedStyle(HEAD_STYLE, bold, fill, frame, place, _FORMATS[CellFormat.TEXT]))


def lay_out_sheet(sheet: Any, spread: Sheet, origin: str) -> None:
    """Set widths and heights, freeze the head and put filters on it.

    On paper: A4, turned when wide, as wide as the page, head, ``origin`` and page number on every page.
    """
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    widths = _widths(spread)
    for at, size in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = size
    for number, row in enumerate((tuple(column.title for column in spread.columns), *spread.rows), 1):
        lines = max(_lines(value, size - 1) for value, size in zip(row, widths, strict=True))
        if lines > 1:
            sheet.row_dimensions[number].height = min(lines * _LINE_HEIGHT + _PADDING, _HIGHEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{len(spread.rows) + 1}"
    _print(sheet, spread.title, origin, wide=sum(widths) > _UPRIGHT)


def _widths(spread: Sheet) -> list[int]:
    """Return how wide each column is: as its longest text, but no wider than leaves the page readable."""
    columns = zip(*spread.rows, strict=True) if spread.rows else ((),) * len(spread.columns)
    wanted = [
        max(_NARROWEST, _head_width(column.title) + _BUTTON, *(_longest(value) for value in values))
        for column, values in zip(spread.columns, columns, strict=True)
    ]
    for most in range(_WIDEST, _TIGHTEST - 1, -1):
        widths = [min(each, most) + _ROOM for each in wanted]
        if sum(widths) <= _TURNED:
            break
    return widths


def _head_width(title: str) -> int:
    """Return the room for a title on two lines."""
    return max(-(-measure_width(title) // 2), *(measure_width(word) for word in title.split() if word.isascii()), 0)


def _longest(value: CellContent) -> int:
    if isinstance(value, str):
        return max(measure_width(line) for line in make_safe_text(value, lines=True).split("\n"))
    return 0 if value is None else len(str(value))


def _lines(value: CellContent, room: int) -> int:
    """Return how many lines a value takes in a cell."""
    if not isinstance(value, str) or ("\n" not in value and measure_width(value) <= room):
        return 1
    return sum(len(wrap_text(line, room)) for line in make_safe_text(value, lines=True).split("\n"))


def _print(sheet: Any, title: str, origin: str, *, wide: bool) -> None:
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    sheet.print_title_rows = "1:1"
    sheet.print_options.horizontalCentered = True
    sheet.oddHeader.center.text = _foot(title)
    sheet.oddFooter.left.text = _foot(origin)
    sheet.oddFooter.right.text = "&P / &N"


def _foot(text: str) -> str | None:
    """Return text for the head or foot of a page, where an ampersand begins an instruction."""
    return make_safe_text(text)[:_LONGEST_FOOT].replace("&", "&&") or None
