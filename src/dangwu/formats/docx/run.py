"""Some text of a Word document in one look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.docx.page import element, fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.model.body import Span

_CODE, _LATIN_CODE = "仿宋", "Courier New"
_WIDE = "\u2e80"


def runs(spans: Iterable[Span], size: float, *, font: str = "", bold: bool = False) -> Iterator[Any]:
    """Yield the runs of a line of text, ready to print, in a size in points."""
    return (_run(each, size, font, bold=bold) for each in spans if each.text)


def _run(span: Span, size: float, font: str, *, bold: bool) -> Any:
    """Return a run. Chinese is emphasised by dots (着重号): its fonts have no italics."""
    run = element("w:r")
    look = run.get_or_add_rPr()
    if span.code:
        fonts(look, _CODE, _LATIN_CODE)
    elif font:
        fonts(look, font)
    wide = max(span.text) >= _WIDE
    for name, on in (("b", bold or span.strong), ("i", span.emphasis and not wide), ("strike", span.struck)):
        if on:
            look.append(element(f"w:{name}"))
    look.append(element("w:sz", **{"w:val": str(int(size * 2))}))
    if span.emphasis and wide:
        look.append(element("w:em", **{"w:val": "dot"}))
    run.append(look)
    words = element("w:t", **{"xml:space": "preserve"})
    words.text = span.text
    run.append(words)
    return run
