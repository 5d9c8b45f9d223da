"""The board as the files of a static site, without external resources."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dangwu.board.page_values import ListPage, NoticePage, OpinionPage
from dangwu.board.pages import build_board_pages, build_site_frame
from dangwu.board.texts import detect_language
from dangwu.formats.html import read_class_name
from dangwu.formats.safe_text import make_safe_part
from dangwu.language import LANGUAGES, load_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

    from dangwu.board.items import Board
    from dangwu.board.page_values import BoardPage, SiteFrame

TEMPLATE_FOLDER, TEMPLATE_PREFIX = "templates", ("board", "prose")
"""The folder of package data whose files of these beginnings ``build_site`` is given, by name."""
MARK_FILE = ".dangwu-board"
"""The file that marks a folder as made by ``dangwu board``."""

_STYLE_TEMPLATE, _PROSE, _SCRIPT_TEMPLATE = "board.css.j2", "prose.css.j2", "board.js"
_PAGE_TEMPLATES: Mapping[type[BoardPage], str] = {
    ListPage: "board_list.html.j2",
    NoticePage: "board_item.html.j2",
    OpinionPage: "board_ask.html.j2",
}
_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
_LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}
_SECURITY_POLICY = (
    "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""Style and script are inline and allowed by hash, so that a page also works from a disk or a mail."""


def build_site(board: Board, schema: Mapping[str, Any], templates: Mapping[str, str], first: str) -> dict[str, bytes]:
    """Return the files by path: a folder for each language, and the start page in the ``first`` language.

    ``schema`` is that of disclosures, for the words of their codes. Every text is escaped.
    """
    files: dict[str, bytes] = {}
    for code in LANGUAGES:
        for path, text in _render_pages(board, schema, templates, code):
            files[f"{code}/{path}.html"] = text.encode()
            if path == "index" and code == first:
                files["index.html"] = _render_front_page(board, schema, templates, code).encode()
    return files


def _render_front_page(board: Board, schema: Mapping[str, Any], templates: Mapping[str, str], code: str) -> str:
    """Return the start page, above the folders of languages."""
    return next(text for _, text in _render_pages(board, schema, templates, code, front=True))


def _render_pages(
    board: Board, schema: Mapping[str, Any], templates: Mapping[str, str], code: str, *, front: bool = False
) -> Iterator[tuple[str, str]]:
    lang = load_language(code)
    frame = build_site_frame(board, lang)
    texts = {name: text.replace("\r\n", "\n") for name, text in templates.items()}
    environment = _build_environment(tuple(sorted(texts.items())))
    style = environment.get_template(_STYLE_TEMPLATE).render(years=board.years).strip()
    if any(item.looked for item in board.items):
        style += "\n" + environment.get_template(_PROSE).render().strip()
    script = texts[_SCRIPT_TEMPLATE].strip()
    policy = _SECURITY_POLICY.format(style=_compute_digest(style), script=_compute_digest(script))
    others = [(other, _LANGUAGE_NAMES[other], _LANGUAGE_TAGS[other]) for other in LANGUAGES if other != code]
    for name, page in build_board_pages(board, schema, lang):
        shared = {
            "page": page, "site": frame, "w": frame.words, "name": name,
            "here": f"{code}/" if front else "", "up": "" if front else "../", "others": others,
            "style": style, "script": script, "policy": policy, "title": _format_title(page, frame),
        }  # fmt: skip
        yield name, environment.get_template(_PAGE_TEMPLATES[type(page)]).render(shared)


def _format_title(page: BoardPage, frame: SiteFrame) -> str:
    return " - ".join((page.title, frame.words["board"], frame.branch))


def _compute_digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _build_environment(texts: tuple[tuple[str, str], ...]) -> Environment:
    from jinja2 import DictLoader, Environment, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=DictLoader(dict(texts)), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True, finalize=_make_harmless,
    )  # fmt: skip
    environment.filters.update(tongue=detect_language, shown=make_safe_part, kind=read_class_name)
    return environment


def _make_harmless(value: Any) -> Any:
    """Return text without control and invisible characters; markup of a template stays."""
    return make_safe_part(value) if type(value) is str else value
