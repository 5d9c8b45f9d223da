"""The pages of the board as plain values, all text in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.body import Part


class FilterChoice(NamedTuple):
    """A choice of a filter: the HTML class of the rows it keeps, and its label."""

    key: str
    words: str


class ListFilter(NamedTuple):
    """A filter of a list. ``key`` is its name in the URL."""

    key: str
    title: str
    choices: tuple[FilterChoice, ...]


class ListRow(NamedTuple):
    """An item in a list. ``keys`` are the filter choices that keep it; ``tongue`` is the language of its title."""

    href: str
    title: str
    tongue: str
    iso: str
    day: str
    year: str
    text: str
    tags: tuple[str, ...]
    keys: tuple[str, ...]
    current: bool


class BoardLink(NamedTuple):
    """A link within the board, with a note beside it."""

    href: str
    words: str
    note: str = ""


class ListPage(NamedTuple):
    """A page with a list that can be filtered and searched. ``parts`` are groups of links by title.

    ``total`` has the number of rows, ``some`` that of matching rows, with # in place of the number.
    """

    title: str
    lead: str
    total: str
    some: str
    rows: tuple[ListRow, ...]
    filters: tuple[ListFilter, ...]
    parts: tuple[tuple[str, tuple[BoardLink, ...]], ...] = ()


class StageText(NamedTuple):
    """One of the three stages of a matter."""

    title: str
    words: str
    day: str
    iso: str
    reached: bool
    state: str


class Passage(NamedTuple):
    """A part of a text with the language that it is in; of a title, the element that it is on the page."""

    tongue: str
    part: Part
    heading: str = ""


class NoticePage(NamedTuple):
    """The page of one item, to be read on screen or printed and posted.

    A text that is ``looked`` has more than plain paragraphs, and needs their styles.
    """

    title: str
    tongue: str
    text: tuple[Passage, ...]
    looked: bool
    day: str
    iso: str
    kept: bool
    register: tuple[tuple[str, str], ...]
    stages: tuple[StageText, ...]
    opinions: str
    advice: tuple[str, ...]
    of_class: BoardLink
    newer: BoardLink | None
    older: BoardLink | None


class OpinionPage(NamedTuple):
    """The page about giving an opinion."""

    title: str
    points: tuple[str, ...]
    told: str


BoardPage: TypeAlias = ListPage | NoticePage | OpinionPage


class SiteFrame(NamedTuple):
    """The parts of every page of the board in one language."""

    language: str
    branch: str
    reader: str
    warning: str
    closed: bool
    contact: str
    contact_tongue: str
    origin: str
    words: Mapping[str, str]
