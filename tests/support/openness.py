"""Items of openness as finished values, and the board that is made of them."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from dangwu.board.items import DISCLOSURE_KIND, Board, build_board
from dangwu.board.site import TEMPLATE_FOLDER, TEMPLATE_PREFIX, build_site
from dangwu.data import resources
from dangwu.model.audience import Audience
from dangwu.model.corpus import Corpus
from dangwu.model.message import Bilingual
from dangwu.model.record import Branch, GenericRecord
from dangwu.workspace.catalogue import load_default_rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable

AS_OF = date(2026, 11, 23)
NAME = Bilingual("云岭精密机械有限公司党支部", "Party branch of Yunling Precision Machinery")
SUPERIOR = Bilingual("柳溪镇党委", "Liuxi town Party committee")


def item(slug: str = "a", day: str = "2026-03-31", **changes: Any) -> GenericRecord:
    """Return an item; ``changes`` are fields of its record."""
    data = {
        "schema": 1, "kind": DISCLOSURE_KIND, "date": day, "class": 1, "matter": "购置设备",
        "content": "决定购置检测设备一台。",
        "timing": "major", "scope": "employees", "form": "notice", "secrecy_check": {"date": day}, "approved_on": day,
    } | changes  # fmt: skip
    path = f"disclosures/{day[:4]}/{day}-{slug}.yaml"
    return GenericRecord(path=path, kind=DISCLOSURE_KIND, id=f"{day}-{slug}", data=data, day=date.fromisoformat(day))


def stages(before: str = "2026-03-09", decision: str = "2026-03-23", result: str = "2026-03-31") -> dict[str, Any]:
    """Return the three stages of an item by their days."""
    return {
        "before": {"published_on": before, "opinions": 5},
        "decision": {"discussed_on": decision, "meeting": "2026-03-23-general-meeting"},
        "result": {"published_on": result, "supervision": "监督员可以查看采购单据"},
    }


def every() -> tuple[GenericRecord, ...]:
    """Return items of every class, timing, scope and form, of three years, with rare characters and opinions."""
    opinion = {"id": "f1", "date": "2026-04-02", "text": "希望早些公布", "answer": "已改", "answered_on": "2026-04-05"}
    return (
        item("a", stages=stages(), feedback=[opinion, {"id": "f2", "date": "2026-11-20", "text": "再问"}]),
        item("b", "2026-11-20", matter="䶮㛃𬭎小组活动", timing="temporary", scope="society", form="website",
             **{"class": 6}),
        item("c", "2026-10-09", matter="第三季度廉洁情况", timing="routine", form="meeting", **{"class": 3}),
        item("d", "2026-01-13", matter="党费总数", timing="periodic", scope="members", form="internal-document",
             completed_on="2026-01-08", until="2026-02-01", **{"class": 4}),
        item("e", "2025-07-28", matter="监督情况", content="一、数字\n- 应到 10\n- 实到 9\n\n二、说明", **{"class": 5}),
        item("f", "2024-12-20", matter="班子整改措施", timing="periodic", **{"class": 2}),
        item("g", "2026-11-22", matter="拟定的办法", stages=stages("2026-11-22", "2026-12-01", "2026-12-20")),
    )  # fmt: skip


def board_of(
    sheets: Iterable[GenericRecord] = (), audience: Audience = Audience.EMPLOYEES, as_of: date = AS_OF, **named: Any
) -> Board:
    """Return the board of these items, whatever an audience may see."""
    branch = Branch(path="branch.yaml", name=NAME, superior=SUPERIOR, founded=date(2019, 7, 1))
    corpus = Corpus(branch=named.pop("branch", branch), generic_records=tuple(sheets))
    return build_board(corpus, load_default_rulebook(), audience, as_of, revision=None, **named)


def files_of(made: Board, first: str = "zh") -> dict[str, str]:
    """Return the pages by path."""
    templates = {
        name: raw.decode()
        for name, raw in resources.read_package_files(TEMPLATE_FOLDER)
        if name.startswith(TEMPLATE_PREFIX)
    }
    return {
        path: raw.decode()
        for path, raw in build_site(made, resources.load_schema(DISCLOSURE_KIND), templates, first).items()
    }


_VOID = {"br", "meta", "link", "input", "col"}


class Reader(HTMLParser):
    """Collects tags with attributes, the text without scripts and styles, and sees that tags close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.kept: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), attrs
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)
        if tag in self.kept:
            self.kept[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside in self.kept:
            self.kept[inside][-1] += data
        else:
            self.text.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every tag of a name."""
        return [attributes for name, attributes in self.tags if name == tag]
