"""A page as one self-contained HTML file without scripts and external resources, for screen, phone and print."""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from dangwu.formats.html_regions import name_regions
from dangwu.formats.paper_layout import KEPT, keep_days
from dangwu.formats.safe_text import make_one_line, make_safe_part
from dangwu.model.message import say
from dangwu.pages.anchors import format_back_anchor
from dangwu.pages.page import Grid, Heading, Items, Prose, Table, build_number_table
from dangwu.pages.paper import PaperBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jinja2 import Environment

    from dangwu.language import Language
    from dangwu.pages.page import Filter, Page

_PAGE_TEMPLATE, _STYLE_TEMPLATE, _PROSE = (
    "templates/report.html.j2",
    "templates/report.css.j2",
    "templates/prose.css.j2",
)
_PART_TEMPLATE = "templates/part.html.j2"
_LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}
_FILTER_KIND = re.compile(r"([a-z]+)-[a-z0-9]+", re.ASCII)
_FRAME_WORDS = {
    "contents": say("Contents"),
    "show": say("Show"),
    "numbers": say("The numbers"),
    "back": say("back to the calendar"),
    "screen": say("On paper everything is shown."),
}

PlacedBlock: TypeAlias = tuple[str, PaperBlock, str]
"""The name of the block's class, the block, and the name of the region it scrolls in, if any."""


class PageSection(NamedTuple):
    """A section of the page with its heading, None for what is before the first one; ``name`` is its anchor."""

    name: str
    heading: Heading | None
    blocks: list[PlacedBlock]
    parts: list[PageSection]

    @property
    def entries(self) -> bool:
        """Whether it has only lists of filtered entries, and is hidden when all of them are."""
        return not self.parts and all(
            isinstance(block, Items) and all(item.kinds for item in block.items) for _, block, _ in self.blocks
        )


def render_html(page: Page, lang: Language, read: Callable[[str], str]) -> str:
    """Return the page filled into the templates, package data returned by ``read``; every text is escaped."""
    environment = _build_environment(read)
    style = environment.get_template(_STYLE_TEMPLATE).render(choices=list(_list_choices(page.filters)))
    if any(map(_has_look, page.blocks)):
        style += environment.get_template(_PROSE).render()
    return environment.get_template(_PAGE_TEMPLATE).render(
        page=page,
        language=_LANGUAGE_TAGS.get(lang.code, lang.code),
        style=style,
        digest=base64.b64encode(sha256(style.encode()).digest()).decode(),
        **_build_block_context(page.blocks, lang),
    )


def render_blocks(blocks: Sequence[PaperBlock], lang: Language, read: Callable[[str], str]) -> str:
    """Return blocks, also those of a form to sign, as a part of a page that has ``render_style`` for its style."""
    return _build_environment(read).get_template(_PART_TEMPLATE).render(**_build_block_context(blocks, lang))


def render_style(read: Callable[[str], str]) -> str:
    """Return the style of blocks as a style sheet, for pages that link it."""
    environment = _build_environment(read)
    style = environment.get_template(_STYLE_TEMPLATE).render(choices=[])
    return style + environment.get_template(_PROSE).render()


def _build_block_context(blocks: Sequence[PaperBlock], lang: Language) -> dict[str, Any]:
    """Return what the templates of blocks refer to."""
    from dangwu.formats.svg.chart import render_charts  # noqa: PLC0415 - only here something is drawn

    numbered = count(1)
    return {
        "parts": _group_sections(blocks, lang),
        "words": {key: lang.text(text) for key, text in _FRAME_WORDS.items()},
        "known": frozenset(_find_anchors(blocks)),
        "first": _build_first_use_test(),
        "kinds": _format_classes,
        "numbers": build_number_table,
        "pictures": lambda block: list(render_charts(block, f"picture-{next(numbered)}")),
        "back_to": format_back_anchor,
    }


@cache
def _build_environment(read: Callable[[str], str]) -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FunctionLoader(read),
    )
    environment.filters.update(safe_text=make_one_line, days=_split_days, shown=make_safe_part, kind=read_class_name)
    return environment


def _split_days(text: str) -> list[str]:
    """Return the pieces of a text: each second one is a day or a month, which the template keeps on one line."""
    return keep_days(text).split(KEPT)


def read_class_name(value: object) -> str:
    """Return the name of a value's class, which templates choose by."""
    return type(value).__name__


def _has_look(block: PaperBlock) -> bool:
    """Tell whether a block needs the style of what records say in their own words."""
    return isinstance(block, Prose) or (
        isinstance(block, Table) and any(cell.spans for row in block.rows for cell in row)
    )


def _group_sections(blocks: Sequence[PaperBlock], lang: Language) -> list[PageSection]:
    """Group blocks into sections by their headings, those of level 3 within those of level 2."""
    top = [PageSection("", None, [], [])]
    for block, region in zip(blocks, name_regions(blocks, lang), strict=True):
        if not isinstance(block, Heading):
            (top[-1].parts or top)[-1].blocks.append((read_class_name(block), block, region))
            continue
        number = len(top) if block.level == Heading("").level else f"{len(top) - 1}-{len(top[-1].parts) + 1}"
        place = top if block.level == Heading("").level else top[-1].parts
        place.append(PageSection(f"part-{number}", block, [], []))
    return top


def _list_choices(filters: Iterable[Filter]) -> Iterator[tuple[str, str]]:
    """Yield a filter's key with each of its kinds, for the rules of the style sheet."""
    for filter_ in filters:
        for kind, _ in filter_.choices:
            match = _FILTER_KIND.fullmatch(kind)
            if match is None or match[1] != filter_.key:
                message = f"{kind!r} is no kind of the filter {filter_.key!r}"
                raise ValueError(message)
            yield filter_.key, kind


def _format_classes(kinds: Iterable[str]) -> str:
    """Return the HTML classes for some filter keys."""
    keys = dict.fromkeys(f"of-{kind.partition('-')[0]}" for kind in kinds)
    return " ".join((*keys, *kinds))


def _find_anchors(blocks: Iterable[PaperBlock]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Items):
            yield from (item.anchor for item in block.items if item.anchor)
        elif isinstance(block, Table):
            yield from (cell.anchor for row in block.rows for cell in row if cell.anchor)
        elif isinstance(block, Grid):
            yield from (format_back_anchor(cell.target) for row in block.rows for cell in row.cells if cell.target)


def _build_first_use_test() -> Callable[[str], bool]:
    """Return a test that is true for the first use of a name, so that an anchor occurs only once."""
    used: set[str] = set()

    def new(name: str) -> bool:
        is_used = name in used
        used.add(name)
        return not is_used

    return new
