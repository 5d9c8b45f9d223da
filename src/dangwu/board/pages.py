"""The board as pages: what stands on each in one language, ready to be filled into a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.board.page_values import (
    OpinionPage,
    FilterChoice,
    ListFilter,
    BoardLink,
    ListPage,
    NoticePage,
    ListRow,
    SiteFrame,
    StageText,
)
from dangwu.board.texts import split_text_blocks, detect_language
from dangwu.board.wording import (
    FRAME_WORDS,
    READER_WORDS,
    STAGE_WORDS,
    build_opinion_advice,
    format_class_title,
    find_class_word,
    find_code_word,
    format_item_count,
    format_notice_day,
    format_month_day,
)
from dangwu.formats.safe_text import make_one_line
from dangwu.model.body import plain_lines
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.board.items import Board, OpennessItem
    from dangwu.board.page_values import BoardPage
    from dangwu.language import Language


def build_site_frame(board: Board, lang: Language) -> SiteFrame:
    """Return what every page has."""
    reader, warning = READER_WORDS[board.audience]
    origin = [lang.text(say("As of {day}.", day=format_notice_day(board.as_of, lang)))]
    if board.revision:
        origin.append(lang.text(say("Revision {revision}.", revision=board.revision[:12])))
    return SiteFrame(
        language="zh-CN" if lang.code == "zh" else lang.code,
        branch=make_one_line(lang.value(board.branch)),
        reader=lang.text(reader),
        warning=lang.text(warning),
        closed=board.audience.value != "public",
        contact=make_one_line(board.contact),
        contact_tongue=detect_language(board.contact),
        origin=(" " if lang.code != "zh" else "").join(origin),
        words={key: lang.text(text) for key, text in FRAME_WORDS.items()},
    )


def build_board_pages(board: Board, schema: Mapping[str, Any], lang: Language) -> Iterator[tuple[str, BoardPage]]:
    """Yield the pages of a board in one language by the names of their files, without the ending."""
    made = _PageBuilder(board, schema, lang)
    yield "index", made.listing(lang.text(FRAME_WORDS["newest"]), "", board.current)
    parts = made.parts()
    yield (
        "archive",
        made.listing(lang.text(FRAME_WORDS["archived"]), lang.text(FRAME_WORDS["archive_lead"]), board.past, parts),
    )
    for year in board.years:
        items = [each for each in board.items if each.day.year == year]
        yield f"year-{year:04d}", made.listing(lang.text(say("Published in {year}", year=f"{year:04d}")), "", items)
    for number in sorted({each.class_ for each in board.items}):
        items = [each for each in board.items if each.class_ == number]
        yield f"class-{number}", made.listing(format_class_title(number, lang), "", items)
    yield "ask", made.advice()
    for at, each in enumerate(board.items):
        around = (board.items[at - 1] if at else None, board.items[at + 1] if at + 1 < len(board.items) else None)
        yield each.name, made.notice(each, *around)


class _PageBuilder:
    """Makes pages of one board in one language."""

    def __init__(self, board: Board, schema: Mapping[str, Any], lang: Language) -> None:
        self.board, self.schema, self.lang = board, schema, lang

    def word(self, field: str, code: str) -> str:
        return find_code_word(field, code, self.schema, self.lang)

    def frame(self, key: str) -> str:
        return self.lang.text(FRAME_WORDS[key])

    def listing(
        self,
        title: str,
        lead: str,
        items: Iterable[OpennessItem],
        parts: tuple[tuple[str, tuple[BoardLink, ...]], ...] = (),
    ) -> ListPage:
        rows = tuple(self._row(each) for each in items)
        some = self.lang.text(say("{shown} of {count} fit.", shown="#", count=len(rows)))
        filters = tuple(self._filters(tuple(items)))
        return ListPage(title, lead, format_item_count(len(rows), self.lang), some, rows, filters, parts)

    def parts(self) -> tuple[tuple[str, tuple[BoardLink, ...]], ...]:
        items = self.board.items
        years = tuple(
            BoardLink(f"year-{year:04d}", f"{year:04d}", self._count(each.day.year == year for each in items))
            for year in self.board.years
        )
        classes = tuple(
            BoardLink(
                f"class-{number}",
                find_class_word(number, self.lang),
                self._count(each.class_ == number for each in items),
            )
            for number in sorted({each.class_ for each in items})
        )
        return ((self.frame("by_year"), years), (self.frame("by_class"), classes)) if items else ()

    def _count(self, chosen: Iterable[bool]) -> str:
        return format_item_count(sum(chosen), self.lang)

    def _row(self, item: OpennessItem) -> ListRow:
        return ListRow(
            href=item.name,
            title=make_one_line(item.matter),
            tongue=detect_language(item.matter),
            iso=item.day.isoformat(),
            day=format_month_day(item.day, self.lang),
            year=f"{item.day.year:04d}",
            text=make_one_line("\n".join(plain_lines(item.content))),
            tags=self._tags(item),
            keys=tuple(key for _, key, _ in self._places(item)),
            current=item.current,
        )

    def _tags(self, item: OpennessItem) -> tuple[str, ...]:
        stage = (self.lang.text(STAGE_WORDS[item.stage][0]),) if item.stage else ()
        scope = self.lang.text(say("to {whom}", whom=self.word("scope", item.scope).lower()))
        return (find_class_word(item.class_, self.lang), self.word("timing", item.timing), scope, *stage)

    def _places(self, item: OpennessItem) -> tuple[tuple[str, str, str], ...]:
        """Return where an item stands in each list of choices: the list, the choice, its words."""
        state = "posted" if item.current else "kept"
        return (
            ("class", f"c-{item.class_}", find_class_word(item.class_, self.lang)),
            ("timing", f"t-{item.timing}", self.word("timing", item.timing)),
            ("scope", f"s-{item.scope}", self.word("scope", item.scope)),
            ("stage", f"g-{item.stage or 'none'}", self.lang.text(STAGE_WORDS[item.stage][0])),
            ("year", f"y-{item.day.year:04d}", f"{item.day.year:04d}"),
            ("state", f"p-{state}", self.frame(state)),
        )

    def _filters(self, items: tuple[OpennessItem, ...]) -> Iterator[ListFilter]:
        """Yield the lists of choices in which these items differ."""
        places = [self._places(each) for each in items]
        for column in zip(*places, strict=True):
            keys = {key: words for _, key, words in column}
            if len(keys) > 1:
                name = column[0][0]
                yield ListFilter(
                    name, self.frame(name), tuple(FilterChoice(*each) for each in _order_choices(name, keys))
                )

    def notice(self, item: OpennessItem, newer: OpennessItem | None, older: OpennessItem | None) -> NoticePage:
        return NoticePage(
            title=make_one_line(item.matter),
            tongue=detect_language(item.matter),
            text=tuple(split_text_blocks(item.content)),
            looked=item.looked,
            day=format_notice_day(item.day, self.lang),
            iso=item.day.isoformat(),
            kept=not item.current,
            register=tuple(self._register(item)),
            stages=tuple(self._stages(item)),
            opinions=self._opinions((item,)),
            advice=self._advice(),
            of_class=BoardLink(f"class-{item.class_}", self.frame("of_class")),
            newer=self._neighbour(newer),
            older=self._neighbour(older),
        )

    def _neighbour(self, item: OpennessItem | None) -> BoardLink | None:
        return BoardLink(item.name, make_one_line(item.matter), detect_language(item.matter)) if item else None

    def _register(self, item: OpennessItem) -> Iterator[tuple[str, str]]:
        lang = self.lang
        yield self.frame("class"), format_class_title(item.class_, lang)
        for field in ("timing", "scope", "form"):
            yield self.frame(field), self.word(field, getattr(item, field))
        yield self.frame("date"), format_notice_day(item.day, lang)
        until = format_notice_day(item.until, lang)
        if item.assumed:
            until = lang.text(say("{day} (no limit registered: to the year's end, a month at the least)", day=until))
        yield self.frame("until"), until
        days = (
            ("completed", item.completed_on), ("checked", item.checked_on), ("approved", item.approved_on),
            ("superior", item.superior_approved_on),
        )  # fmt: skip
        yield from ((self.frame(key), format_notice_day(day, lang)) for key, day in days if day is not None)
        if item.supervision:
            yield self.frame("supervision"), make_one_line(item.supervision)

    def _stages(self, item: OpennessItem) -> Iterator[StageText]:
        for each in item.steps:
            title, what = STAGE_WORDS[each.stage]
            words = self.lang.text(what)
            if each.stage == "before":
                words = self.lang.text(say("opinions are sought: {count}", count=self._told(item.opinions)))
            reached = each.day <= self.board.as_of
            state = self.frame("reached" if reached else "ahead")
            day = format_notice_day(each.day, self.lang)
            yield StageText(self.lang.text(title), words, day, each.day.isoformat(), reached, state)

    def _told(self, count: int) -> str:
        return self.lang.text(say("{count} opinions", count=count) if count != 1 else say("1 opinion"))

    def _opinions(self, items: Iterable[OpennessItem]) -> str:
        received, answered = 0, 0
        for each in items:
            received, answered = received + each.received, answered + each.answered
        if not received:
            return self.lang.text(say("No opinions have come in yet."))
        return self.lang.text(say("Received: {received}. Answered: {answered}.", received=received, answered=answered))

    def _advice(self) -> tuple[str, ...]:
        return build_opinion_advice(
            make_one_line(self.lang.value(self.board.superior)), self.board.answer_days, self.lang
        )

    def advice(self) -> OpinionPage:
        return OpinionPage(self.frame("how"), self._advice(), self._opinions(self.board.items))


_CHOICE_ORDERS = {
    "timing": ("t-routine", "t-periodic", "t-temporary", "t-major"),
    "scope": ("s-society", "s-employees", "s-members"),
    "stage": ("g-before", "g-decision", "g-result", "g-none"),
    "state": ("p-posted", "p-kept"),
}


def _order_choices(name: str, keys: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return choices in the order of the text; years with the newest first."""
    order = _CHOICE_ORDERS.get(name) or sorted(keys, reverse=name == "year")
    return [(key, keys[key]) for key in order if key in keys]
