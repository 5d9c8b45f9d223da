"""The board as the files of a static site, which needs no server, no program and nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dangwu.board.page_values import Advice, Listing, Notice
from dangwu.board.pages import pages, site_of
from dangwu.board.texts import tongue
from dangwu.formats.html import kind_name
from dangwu.formats.safe_text import safe_text
from dangwu.language import LANGUAGES, language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

    from dangwu.board.items import Board
    from dangwu.board.page_values import Page, Site

TEMPLATES, PREFIX = "templates", ("board", "prose")
"""The folder of package data whose files of these beginnings ``site`` is given, by name."""
MARK = ".dangwu-board"
"""The file by which a folder is known to have been made by this."""

_STYLE, _PROSE, _SCRIPT = "board.css.j2", "prose.css.j2", "board.js"
_LAYOUTS: Mapping[type[Page], str] = {
    Listing: "board_list.html.j2",
    Notice: "board_item.html.j2",
    Advice: "board_ask.html.j2",
}
_NAMES = {"zh": "中文", "en": "English"}
_TAGS = {"zh": "zh-CN", "en": "en"}
_POLICY = (
    "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""Style and script stand in each page, known by what they are: so a page can be opened from a disk or a mail too."""


def site(board: Board, schema: Mapping[str, Any], templates: Mapping[str, str], first: str) -> dict[str, bytes]:
    """Return the files by path: a folder for each language, and in front of them the list in the ``first`` one.

    ``schema`` is that of the kind of record, for the words of its codes. Every text is escaped, whatever it is.
    """
    made: dict[str, bytes] = {}
    for code in LANGUAGES:
        for path, text in _pages(board, schema, templates, code):
            made[f"{code}/{path}.html"] = text.encode()
            if path == "index" and code == first:
                made["index.html"] = _rendered(board, schema, templates, code).encode()
    return made


def _rendered(board: Board, schema: Mapping[str, Any], templates: Mapping[str, str], code: str) -> str:
    """Return the first page as it stands in front of the folders of languages."""
    return next(text for _, text in _pages(board, schema, templates, code, front=True))


def _pages(
    board: Board, schema: Mapping[str, Any], templates: Mapping[str, str], code: str, *, front: bool = False
) -> Iterator[tuple[str, str]]:
    lang = language(code)
    frame = site_of(board, lang)
    texts = {name: text.replace("\r\n", "\n") for name, text in templates.items()}
    environment = _environment(tuple(sorted(texts.items())))
    style = environment.get_template(_STYLE).render(years=board.years).strip()
    if any(item.looked for item in board.items):
        style += "\n" + environment.get_template(_PROSE).render().strip()
    script = texts[_SCRIPT].strip()
    policy = _POLICY.format(style=_digest(style), script=_digest(script))
    others = [(other, _NAMES[other], _TAGS[other]) for other in LANGUAGES if other != code]
    for name, page in pages(board, schema, lang):
        shared = {
            "page": page, "site": frame, "w": frame.words, "name": name,
            "here": f"{code}/" if front else "", "up": "" if front else "../", "others": others,
            "style": style, "script": script, "policy": policy, "title": _title(page, frame),
        }  # fmt: skip
        yield name, environment.get_template(_LAYOUTS[type(page)]).render(shared)


def _title(page: Page, frame: Site) -> str:
    return " - ".join((page.title, frame.words["board"], frame.branch))


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _environment(texts: tuple[tuple[str, str], ...]) -> Environment:
    from jinja2 import DictLoader, Environment, StrictUndefined  # noqa: PLC0415

    made = Environment(
        loader=DictLoader(dict(texts)), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True, finalize=_shown,
    )  # fmt: skip
    made.filters.update(tongue=tongue, shown=safe_text, kind=kind_name)
    return made


def _shown(value: Any) -> Any:
    """Return what a page may hold of a text: no control and no invisible character. Markup of a template stays."""
    return safe_text(value) if type(value) is str else value
