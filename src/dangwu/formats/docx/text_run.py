"""Some text of a Word document in one look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.docx.page import build_element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.model.body import Span

_CODE, _LATIN_CODE = "仿宋", "Courier New"
_WIDE = "\u2e80"


def build_runs(spans: Iterable[Span], size: float | None = None, *, bold: bool = False) -> Iterator[Any]:
    """Yield the runs of a line of text, ready to print, in a size in points; without one in that of their style."""
    return (_build_run(each, size, bold=bold) for each in spans if each.text)


def set_fonts(properties: Any, chinese: str, latin: str) -> None:
    """Name the fonts of some text, the East Asian one too: without it Word takes whatever it has."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    fonts = properties.get_or_add_rFonts()
    for place, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{place}"), name)


def _build_run(span: Span, size: float | None, *, bold: bool) -> Any:
    """Return a run. Chinese is emphasised by dots (着重号): its fonts have no italics."""
    run = build_element("w:r")
    look = run.get_or_add_rPr()
    if span.code:
        set_fonts(look, _CODE, _LATIN_CODE)
    wide = max(span.text) >= _WIDE
    for name, on in (("b", bold or span.strong), ("i", span.emphasis and not wide), ("strike", span.struck)):
        if on:
            look.append(build_element(f"w:{name}"))
    if size is not None:
        look.append(build_element("w:sz", **{"w:val": str(int(size * 2))}))
    if span.emphasis and wide:
        look.append(build_element("w:em", **{"w:val": "dot"}))
    run.append(look)
    words = build_element("w:t", **{"xml:space": "preserve"})
    words.text = span.text
    run.append(words)
    return run
