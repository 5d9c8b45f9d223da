"""The pages of the board in one language, as values for the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.board.page_values import (
    BoardLink,
    FilterChoice,
    ListFilter,
    ListPage,
    ListRow,
    NoticePage,
    OpinionPage,
    SiteFrame,
    StageText,
)
from dangwu.board.texts import detect_language, split_passages
from dangwu.board.wording import (
    FRAME_WORDS,
    READER_WORDS,
    STAGE_WORDS,
    build_opinion_advice,
    find_class_word,
    format_class_title,
    format_item_count,
)
from dangwu.formats.safe_text import make_one_line
from dangwu.model.body import flatten_parts
from dangwu.model.message import say
from dangwu.pages.wording.values import capitalize_first, find_code_word, format_day, format_month_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.board.items import Board, OpennessItem
    from dangwu.board.page_values import BoardPage
    from dangwu.language import Language


def build_site_frame(board: Board, lang: Language) -> SiteFrame:
    """Return the parts of every page."""
    reader, warning = READER_WORDS[board.audience]
    origin = [lang.text(say("As of {day}.", day=format_day(board.as_of, lang)))]
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
    """Yield the pages of a board in one language with their file names, without the ending."""
    builder = _PageBuilder(board, schema, lang)
    yield "index", builder.build_list_page(lang.text(FRAME_WORDS["newest"]), "", board.current)
    parts = builder.build_link_groups()
    yield (
        "archive",
        builder.build_list_page(
            lang.text(FRAME_WORDS["archived"]), lang.text(FRAME_WORDS["archive_lead"]), board.past, parts
        ),
    )
    for year in board.years:
        items = [item for item in board.items if item.day.year == year]
        yield (
            f"year-{year:04d}",
            builder.build_list_page(lang.text(say("Published in {year}", year=f"{year:04d}")), "", items),
        )
    for number in sorted({item.class_ for item in board.items}):
        items = [item for item in board.items if item.class_ == number]
        yield f"class-{number}", builder.build_list_page(format_class_title(number, lang), "", items)
    yield "ask", builder.build_opinion_page()
    for at, item in enumerate(board.items):
        neighbours = (board.items[at - 1] if at else None, board.items[at + 1] if at + 1 < len(board.items) else None)
        yield item.name, builder.build_notice_page(item, *neighbours)


class _PageBuilder:
    """Builds the pages of one board in one language."""

    def __init__(self, board: Board, schema: Mapping[str, Any], lang: Language) -> None:
        self.board, self.schema, self.lang = board, schema, lang

    def word(self, field: str, code: str) -> str:
        return capitalize_first(find_code_word(self.schema, (field,), code, self.lang))

    def label(self, key: str) -> str:
        return self.lang.text(FRAME_WORDS[key])

    def build_list_page(
        self,
        title: str,
        lead: str,
        items: Iterable[OpennessItem],
        parts: tuple[tuple[str, tuple[BoardLink, ...]], ...] = (),
    ) -> ListPage:
        rows = tuple(self._build_row(item) for item in items)
        some = self.lang.text(say("{shown} of {count} match.", shown="#", count=len(rows)))
        filters = tuple(self._build_filters(tuple(items)))
        return ListPage(title, lead, format_item_count(len(rows), self.lang), some, rows, filters, parts)

    def build_link_groups(self) -> tuple[tuple[str, tuple[BoardLink, ...]], ...]:
        items = self.board.items
        years = tuple(
            BoardLink(f"year-{year:04d}", f"{year:04d}", self._count_items(item.day.year == year for item in items))
            for year in self.board.years
        )
        classes = tuple(
            BoardLink(
                f"class-{number}",
                find_class_word(number, self.lang),
                self._count_items(item.class_ == number for item in items),
            )
            for number in sorted({item.class_ for item in items})
        )
        return ((self.label("by_year"), years), (self.label("by_class"), classes)) if items else ()

    def _count_items(self, matches: Iterable[bool]) -> str:
        return format_item_count(sum(matches), self.lang)

    def _build_row(self, item: OpennessItem) -> ListRow:
        return ListRow(
            href=item.name,
            title=make_one_line(item.matter),
            tongue=detect_language(item.matter),
            iso=item.day.isoformat(),
            day=format_month_day(item.day, self.lang),
            year=f"{item.day.year:04d}",
            text=make_one_line("\n".join(flatten_parts(item.content))),
            tags=self._build_tags(item),
            keys=tuple(key for _, key, _ in self._find_choices(item)),
            current=item.current,
        )

    def _build_tags(self, item: OpennessItem) -> tuple[str, ...]:
        stage = (self.lang.text(STAGE_WORDS[item.stage][0]),) if item.stage else ()
        scope = self.lang.text(say("to {whom}", whom=self.word("scope", item.scope).lower()))
        return (find_class_word(item.class_, self.lang), self.word("timing", item.timing), scope, *stage)

    def _find_choices(self, item: OpennessItem) -> tuple[tuple[str, str, str], ...]:
        """Return the choice of an item in each filter: filter, choice, label."""
        state = "posted" if item.current else "kept"
        return (
            ("class", f"c-{item.class_}", find_class_word(item.class_, self.lang)),
            ("timing", f"t-{item.timing}", self.word("timing", item.timing)),
            ("scope", f"s-{item.scope}", self.word("scope", item.scope)),
            ("stage", f"g-{item.stage or 'none'}", self.lang.text(STAGE_WORDS[item.stage][0])),
            ("year", f"y-{item.day.year:04d}", f"{item.day.year:04d}"),
            ("state", f"p-{state}", self.label(state)),
        )

    def _build_filters(self, items: tuple[OpennessItem, ...]) -> Iterator[ListFilter]:
        """Yield the lists of choices in which these items differ."""
        places = [self._find_choices(item) for item in items]
        for column in zip(*places, strict=True):
            keys = {key: words for _, key, words in column}
            if len(keys) > 1:
                name = column[0][0]
                yield ListFilter(
                    name, self.label(name), tuple(FilterChoice(*choice) for choice in _order_choices(name, keys))
                )

    def build_notice_page(
        self, item: OpennessItem, newer: OpennessItem | None, older: OpennessItem | None
    ) -> NoticePage:
        return NoticePage(
            title=make_one_line(item.matter),
            tongue=detect_language(item.matter),
            text=tuple(split_passages(item.content)),
            looked=item.looked,
            day=format_day(item.day, self.lang),
            iso=item.day.isoformat(),
            kept=not item.current,
            register=tuple(self._build_register(item)),
            stages=tuple(self._build_stages(item)),
            opinions=self._describe_opinions((item,)),
            advice=self._build_advice(),
            of_class=BoardLink(f"class-{item.class_}", self.label("of_class")),
            newer=self._build_neighbour_link(newer),
            older=self._build_neighbour_link(older),
        )

    def _build_neighbour_link(self, item: OpennessItem | None) -> BoardLink | None:
        return BoardLink(item.name, make_one_line(item.matter), detect_language(item.matter)) if item else None

    def _build_register(self, item: OpennessItem) -> Iterator[tuple[str, str]]:
        lang = self.lang
        yield self.label("class"), format_class_title(item.class_, lang)
        for field in ("timing", "scope", "form"):
            yield self.label(field), self.word(field, getattr(item, field))
        yield self.label("date"), format_day(item.day, lang)
        until = format_day(item.until, lang)
        if item.assumed:
            until = lang.text(say("{day} (no limit registered: to the year's end, a month at the least)", day=until))
        yield self.label("until"), until
        days = (
            ("completed", item.completed_on), ("checked", item.checked_on), ("approved", item.approved_on),
            ("superior", item.superior_approved_on),
        )  # fmt: skip
        yield from ((self.label(key), format_day(day, lang)) for key, day in days if day is not None)
        if item.supervision:
            yield self.label("supervision"), make_one_line(item.supervision)

    def _build_stages(self, item: OpennessItem) -> Iterator[StageText]:
        for step in item.steps:
            title, what = STAGE_WORDS[step.stage]
            words = self.lang.text(what)
            if step.stage == "before":
                words = self.lang.text(say("opinions are sought: {count}", count=self._count_opinions(item.opinions)))
            reached = step.day <= self.board.as_of
            state = self.label("reached" if reached else "ahead")
            day = format_day(step.day, self.lang)
            yield StageText(self.lang.text(title), words, day, step.day.isoformat(), reached, state)

    def _count_opinions(self, count: int) -> str:
        return self.lang.text(say("{count} opinions", count=count) if count != 1 else say("1 opinion"))

    def _describe_opinions(self, items: Iterable[OpennessItem]) -> str:
        received, answered = 0, 0
        for item in items:
            received, answered = received + item.received, answered + item.answered
        if not received:
            return self.lang.text(say("No opinions have come in yet."))
        return self.lang.text(say("Received: {received}. Answered: {answered}.", received=received, answered=answered))

    def _build_advice(self) -> tuple[str, ...]:
        return build_opinion_advice(
            make_one_line(self.lang.value(self.board.superior)), self.board.answer_days, self.lang
        )

    def build_opinion_page(self) -> OpinionPage:
        return OpinionPage(self.label("how"), self._build_advice(), self._describe_opinions(self.board.items))


_CHOICE_ORDERS = {
    "timing": ("t-routine", "t-periodic", "t-temporary", "t-major"),
    "scope": ("s-society", "s-employees", "s-members"),
    "stage": ("g-before", "g-decision", "g-result", "g-none"),
    "state": ("p-posted", "p-kept"),
}


def _order_choices(name: str, keys: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the choices in the order of the text; years with the newest first."""
    order = _CHOICE_ORDERS.get(name) or sorted(keys, reverse=name == "year")
    return [(key, keys[key]) for key in order if key in keys]
