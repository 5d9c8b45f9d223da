"""A terminal as a picture (SVG): what a command prints with colours, in the fonts of whoever looks at it.

Rich writes such pictures too, but names fonts at an address in the network, and gives Chinese half of its width.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from rich.ansi import AnsiDecoder
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style
    from rich.text import Text

_CELL, _LINE, _SIZE, _EDGE = 8, 19, 14, 14
"""Width and height of a cell, size of the letters and width of the margin, in pixels."""
_FONTS = 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", "Microsoft YaHei", monospace'


def draw_terminal(printed: str, title: str) -> str:
    """Return the picture of what was printed (with ANSI colours), ``title`` being its text alternative."""
    lines = list(AnsiDecoder().decode(printed))
    width = max((line.cell_len for line in lines), default=0) * _CELL + 2 * _EDGE
    height = len(lines) * _LINE + 2 * _EDGE
    drawn = "\n".join(part for number, line in enumerate(lines) for part in _draw_line(line, number))
    theme = DIMMED_MONOKAI
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    letters = f'font-family={quoteattr(_FONTS)} font-size="{_SIZE}" fill="{theme.foreground_color.hex}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n<title>{escape(title)}</title>\n'
        f'<rect width="100%" height="100%" rx="6" fill="{theme.background_color.hex}"/>\n'
        f'<g {letters} xml:space="preserve">\n{drawn}\n</g>\n</svg>\n'
    )


def _draw_line(line: Text, number: int) -> Iterator[str]:
    """Yield the runs of a line: each is set to the width of its cells, whatever the font is."""
    console = Console(width=line.cell_len + 1, color_system="truecolor", legacy_windows=False)
    column = 0
    for segment in line.render(console):
        for _, letters in groupby(segment.text, key=lambda letter: (cell_len(letter), letter == " ")):
            run = "".join(letters)
            cells = cell_len(run)
            if run.strip():
                place = (
                    f'x="{_EDGE + column * _CELL}" y="{_EDGE + number * _LINE + _SIZE}" textLength="{cells * _CELL}"'
                )
                size = f' font-size="{2 * _CELL}"' if cells > len(run) else ""
                yield f"<text {place}{size}{_describe_style(segment.style)}>{escape(run)}</text>"
            column += cells


def _describe_style(style: Style | None) -> str:
    """Return the attributes for a style of the terminal."""
    if style is None:
        return ""
    colour = f' fill="{style.color.get_truecolor(DIMMED_MONOKAI).hex}"' if style.color else ""
    return colour + (' font-weight="bold"' if style.bold else "") + (' opacity="0.7"' if style.dim else "")
