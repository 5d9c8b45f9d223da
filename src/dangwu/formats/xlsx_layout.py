"""How a sheet of a workbook looks, on the screen and on paper."""

from __future__ import annotations

import re
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
_DIGIT = 7
"""Pixels: the library counts columns in them, as wide as a digit of its own standard font."""
_BESIDE, _ABOVE = 0.4, 1.0
"""Inches: beside the table, where the paper of offices is not bound; above and below it."""
_A4 = 9
_LONGEST_FOOT = 200
"""The programs take 255 for head or foot as a whole, instructions included."""
_PICTURE = re.compile(r"(?<=&)(?=G|\[Picture\])")
_BLACK = "&K000000"


def build_default_style(lang: Language) -> dict[str, Any]:
    """Return the standard font of a workbook, by the names of the library: the programs' own, not one of the theme."""
    name = _FONTS.get(lang.code, _FONTS["en"])
    return {
        "font_name": name, "font_size": 11, "font_charset": _CHINESE_SET, "font_family": 0, "font_scheme": "none",
    }  # fmt: skip


def add_styles(book: Any) -> dict[str, Any]:
    """Give a workbook a style for the head and for each thing that a column holds, and return them by name."""
    frame = {"border": 1, "border_color": _LINE, "text_wrap": True}
    styles = {
        holds.value: book.add_format({**frame, "align": _ALIGN[holds], "valign": "top", "num_format": form})
        for holds, form in _FORMATS.items()
    }
    head = {"bold": True, "bg_color": _HEAD_FILL, "align": "center", "valign": "vcenter"}
    styles[HEAD_STYLE] = book.add_format({**frame, **head, "num_format": _FORMATS[CellFormat.TEXT]})
    return styles


def lay_out_sheet(sheet: Any, spread: Sheet, origin: str) -> None:
    """Set widths and heights, freeze the head and put filters on it.

    On paper: A4, turned when wide, as wide as the page, head, ``origin`` and page number on every page.
    """
    widths = _widths(spread)
    for at, size in enumerate(widths):
        sheet.set_column_pixels(at, at, size * _DIGIT)
    for number, row in enumerate((tuple(column.title for column in spread.columns), *spread.rows)):
        lines = max(_lines(value, size - 1) for value, size in zip(row, widths, strict=True))
        if lines > 1:
            sheet.set_row(number, min(lines * _LINE_HEIGHT + _PADDING, _HIGHEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(spread.rows), len(widths) - 1)
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
    sheet.set_paper(_A4)
    if wide:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=_BESIDE, right=_BESIDE, top=_ABOVE, bottom=_ABOVE)
    sheet.repeat_rows(0)
    sheet.center_horizontally()
    sheet.set_header(_format_print_text("&C", title), {"margin": _ABOVE / 2})
    sheet.set_footer(f"{_format_print_text('&L', origin)}&R&P / &N", {"margin": _ABOVE / 2})


def _format_print_text(side: str, text: str) -> str:
    """Return text for one side of the head or foot of a page, where an ampersand begins an instruction; none of none.

    The library finds the instruction for a picture even behind an ampersand that stands for itself.
    """
    safe = make_safe_text(text)[:_LONGEST_FOOT]
    while count_utf16_units(escaped := _PICTURE.sub(_BLACK, safe.replace("&", "&&"))) > _LONGEST_FOOT:
        safe = safe[:-1]
    return side + escaped if escaped else ""


def count_utf16_units(text: str) -> int:
    """Return how long a text is for the programs, which count in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2
