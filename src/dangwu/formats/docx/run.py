"""Some text of a Word document in one look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.docx.page import build_element, set_fonts

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
    run = build_element("w:r")
    look = run.get_or_add_rPr()
    if span.code:
        set_fonts(look, _CODE, _LATIN_CODE)
    elif font:
        set_fonts(look, font)
    wide = max(span.text) >= _WIDE
    for name, on in (("b", bold or span.strong), ("i", span.emphasis and not wide), ("strike", span.struck)):
        if on:
            look.append(build_element(f"w:{name}"))
    look.append(build_element("w:sz", **{"w:val": str(int(size * 2))}))
    if span.emphasis and wide:
        look.append(build_element("w:em", **{"w:val": "dot"}))
    run.append(look)
    words = build_element("w:t", **{"xml:space": "preserve"})
    words.text = span.text
    run.append(words)
    return run
