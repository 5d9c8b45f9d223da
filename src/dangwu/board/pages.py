"""The board as pages: what stands on each in one language, ready to be filled into a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.board.page_values import Advice, Choice, Filter, Link, Listing, Notice, Row, Site, Stage
from dangwu.board.texts import passages, tongue
from dangwu.board.wording import (
    FRAME,
    READERS,
    STAGES,
    advice,
    class_title,
    class_word,
    code_word,
    count_text,
    day_text,
    month_day,
)
from dangwu.formats.safe_text import one_line
from dangwu.model.body import plain_lines
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.board.items import Board, Item
    from dangwu.board.page_values import Page
    from dangwu.language import Language


def site_of(board: Board, lang: Language) -> Site:
    """Return what every page has."""
    reader, warning = READERS[board.audience]
    origin = [lang.text(say("As of {day}.", day=day_text(board.as_of, lang)))]
    if board.revision:
        origin.append(lang.text(say("Revision {revision}.", revision=board.revision[:12])))
    return Site(
        language="zh-CN" if lang.code == "zh" else lang.code,
        branch=one_line(lang.value(board.branch)),
        reader=lang.text(reader),
        warning=lang.text(warning),
        closed=board.audience.value != "public",
        contact=one_line(board.contact),
        contact_tongue=tongue(board.contact),
        origin=(" " if lang.code != "zh" else "").join(origin),
        words={key: lang.text(text) for key, text in FRAME.items()},
    )


def pages(board: Board, schema: Mapping[str, Any], lang: Language) -> Iterator[tuple[str, Page]]:
    """Yield the pages of a board in one language by the names of their files, without the ending."""
    made = _Maker(board, schema, lang)
    yield "index", made.listing(lang.text(FRAME["newest"]), "", board.current)
    parts = made.parts()
    yield "archive", made.listing(lang.text(FRAME["archived"]), lang.text(FRAME["archive_lead"]), board.past, parts)
    for year in board.years:
        items = [each for each in board.items if each.day.year == year]
        yield f"year-{year:04d}", made.listing(lang.text(say("Published in {year}", year=f"{year:04d}")), "", items)
    for number in sorted({each.class_ for each in board.items}):
        items = [each for each in board.items if each.class_ == number]
        yield f"class-{number}", made.listing(class_title(number, lang), "", items)
    yield "ask", made.advice()
    for at, each in enumerate(board.items):
        around = (board.items[at - 1] if at else None, board.items[at + 1] if at + 1 < len(board.items) else None)
        yield each.name, made.notice(each, *around)


class _Maker:
    """Makes pages of one board in one language."""

    def __init__(self, board: Board, schema: Mapping[str, Any], lang: Language) -> None:
        self.board, self.schema, self.lang = board, schema, lang

    def word(self, field: str, code: str) -> str:
        return code_word(field, code, self.schema, self.lang)

    def frame(self, key: str) -> str:
        return self.lang.text(FRAME[key])

    def listing(
        self, title: str, lead: str, items: Iterable[Item], parts: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    ) -> Listing:
        rows = tuple(self._row(each) for each in items)
        some = self.lang.text(say("{shown} of {count} fit.", shown="#", count=len(rows)))
        filters = tuple(self._filters(tuple(items)))
        return Listing(title, lead, count_text(len(rows), self.lang), some, rows, filters, parts)

    def parts(self) -> tuple[tuple[str, tuple[Link, ...]], ...]:
        items = self.board.items
        years = tuple(
            Link(f"year-{year:04d}", f"{year:04d}", self._count(each.day.year == year for each in items))
            for year in self.board.years
        )
        classes = tuple(
            Link(f"class-{number}", class_word(number, self.lang), self._count(each.class_ == number for each in items))
            for number in sorted({each.class_ for each in items})
        )
        return ((self.frame("by_year"), years), (self.frame("by_class"), classes)) if items else ()

    def _count(self, chosen: Iterable[bool]) -> str:
        return count_text(sum(chosen), self.lang)

    def _row(self, item: Item) -> Row:
        return Row(
            href=item.name,
            title=one_line(item.matter),
            tongue=tongue(item.matter),
            iso=item.day.isoformat(),
            day=month_day(item.day, self.lang),
            year=f"{item.day.year:04d}",
            text=one_line("\n".join(plain_lines(item.content))),
            tags=self._tags(item),
            keys=tuple(key for _, key, _ in self._places(item)),
            current=item.current,
        )

    def _tags(self, item: Item) -> tuple[str, ...]:
        stage = (self.lang.text(STAGES[item.stage][0]),) if item.stage else ()
        scope = self.lang.text(say("to {whom}", whom=self.word("scope", item.scope).lower()))
        return (class_word(item.class_, self.lang), self.word("timing", item.timing), scope, *stage)

    def _places(self, item: Item) -> tuple[tuple[str, str, str], ...]:
        """Return where an item stands in each list of choices: the list, the choice, its words."""
        state = "posted" if item.current else "kept"
        return (
            ("class", f"c-{item.class_}", class_word(item.class_, self.lang)),
            ("timing", f"t-{item.timing}", self.word("timing", item.timing)),
            ("scope", f"s-{item.scope}", self.word("scope", item.scope)),
            ("stage", f"g-{item.stage or 'none'}", self.lang.text(STAGES[item.stage][0])),
            ("year", f"y-{item.day.year:04d}", f"{item.day.year:04d}"),
            ("state", f"p-{state}", self.frame(state)),
        )

    def _filters(self, items: tuple[Item, ...]) -> Iterator[Filter]:
        """Yield the lists of choices in which these items differ."""
        places = [self._places(each) for each in items]
        for column in zip(*places, strict=True):
            keys = {key: words for _, key, words in column}
            if len(keys) > 1:
                name = column[0][0]
                yield Filter(name, self.frame(name), tuple(Choice(*each) for each in _ordered(name, keys)))

    def notice(self, item: Item, newer: Item | None, older: Item | None) -> Notice:
        return Notice(
            title=one_line(item.matter),
            tongue=tongue(item.matter),
            text=tuple(passages(item.content)),
            looked=item.looked,
            day=day_text(item.day, self.lang),
            iso=item.day.isoformat(),
            kept=not item.current,
            register=tuple(self._register(item)),
            stages=tuple(self._stages(item)),
            opinions=self._opinions((item,)),
            advice=self._advice(),
            of_class=Link(f"class-{item.class_}", self.frame("of_class")),
            newer=self._neighbour(newer),
            older=self._neighbour(older),
        )

    def _neighbour(self, item: Item | None) -> Link | None:
        return Link(item.name, one_line(item.matter), tongue(item.matter)) if item else None

    def _register(self, item: Item) -> Iterator[tuple[str, str]]:
        lang = self.lang
        yield self.frame("class"), class_title(item.class_, lang)
        for field in ("timing", "scope", "form"):
            yield self.frame(field), self.word(field, getattr(item, field))
        yield self.frame("date"), day_text(item.day, lang)
        until = day_text(item.until, lang)
        if item.assumed:
            until = lang.text(say("{day} (no limit registered: to the year's end, a month at the least)", day=until))
        yield self.frame("until"), until
        days = (
            ("completed", item.completed_on), ("checked", item.checked_on), ("approved", item.approved_on),
            ("superior", item.superior_approved_on),
        )  # fmt: skip
        yield from ((self.frame(key), day_text(day, lang)) for key, day in days if day is not None)
        if item.supervision:
            yield self.frame("supervision"), one_line(item.supervision)

    def _stages(self, item: Item) -> Iterator[Stage]:
        for each in item.steps:
            title, what = STAGES[each.stage]
            words = self.lang.text(what)
            if each.stage == "before":
                words = self.lang.text(say("opinions are sought: {count}", count=self._told(item.opinions)))
            reached = each.day <= self.board.as_of
            state = self.frame("reached" if reached else "ahead")
            day = day_text(each.day, self.lang)
            yield Stage(self.lang.text(title), words, day, each.day.isoformat(), reached, state)

    def _told(self, count: int) -> str:
        return self.lang.text(say("{count} opinions", count=count) if count != 1 else say("1 opinion"))

    def _opinions(self, items: Iterable[Item]) -> str:
        received, answered = 0, 0
        for each in items:
            received, answered = received + each.received, answered + each.answered
        if not received:
            return self.lang.text(say("No opinions have come in yet."))
        return self.lang.text(say("Received: {received}. Answered: {answered}.", received=received, answered=answered))

    def _advice(self) -> tuple[str, ...]:
        return advice(one_line(self.lang.value(self.board.superior)), self.board.answer_days, self.lang)

    def advice(self) -> Advice:
        return Advice(self.frame("how"), self._advice(), self._opinions(self.board.items))


_ORDERS = {
    "timing": ("t-routine", "t-periodic", "t-temporary", "t-major"),
    "scope": ("s-society", "s-employees", "s-members"),
    "stage": ("g-before", "g-decision", "g-result", "g-none"),
    "state": ("p-posted", "p-kept"),
}


def _ordered(name: str, keys: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return choices in the order of the text; years with the newest first."""
    order = _ORDERS.get(name) or sorted(keys, reverse=name == "year")
    return [(key, keys[key]) for key in order if key in keys]
