"""The board in a real browser, from a disk and from a plain web server: it loads clean, narrows, searches, prints."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import openness
from tests.support.browser import MISSING, PROGRAM, browser
from tests.support.openness import board_of, files_of, item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.browser import Page

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING)
PAPER = shutil.which("pdftotext")
LONG = "甲" * 200 + "supercalifragilistic" * 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a board, one of its items as long as can be."""
    made = tmp_path_factory.mktemp("board") / "公开 栏"
    items = (*openness.every(), item("z", "2026-06-01", matter=LONG, content=f"{LONG}\n- {LONG}", timing="temporary"))
    for path, text in files_of(board_of(items, contact=LONG)).items():
        target = made / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(autouse=True)
def _fresh(request: pytest.FixtureRequest) -> None:
    if PROGRAM is not None:
        page = request.getfixturevalue("tab")
        page.scripts(on=True)
        page.media()
        page.size(1280)
        page.trouble.clear()
        page.asked.clear()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the word of the standard library
        pass


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """Serve the folder on this machine alone, and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["disk", "server"])
def place(request: pytest.FixtureRequest, folder: Path) -> str:
    """Return the address of the board, ending in a slash."""
    return str(request.getfixturevalue("served")) if request.param == "server" else f"{folder.as_uri()}/"


def rows(tab: Page) -> list[str]:
    """Return the titles of the rows that can be seen."""
    script = """[...document.querySelectorAll(".row")].filter(row => row.getClientRects().length)
        .map(row => row.querySelector(".title").textContent.slice(0, 8))"""
    seen: list[str] = tab.run(script)
    return seen


def tally(tab: Page) -> str:
    return str(tab.run('document.getElementById("tally").textContent'))


def choose(tab: Page, key: str, value: str) -> None:
    tab.run(
        f"""{{ const list = document.getElementById("f-{key}"); list.value = "{value}";
        list.dispatchEvent(new Event("change", {{bubbles: true}})); }}"""
    )


def test_every_page_loads_clean_and_asks_nobody(tab: Page, place: str, folder: Path) -> None:
    paths = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*.html"))
    assert len(paths) > 40
    for path in paths:
        tab.open(place + path)
        assert tab.run("document.querySelectorAll('h1').length") == 1
        assert tab.run("document.styleSheets.length === 1 && getComputedStyle(document.body).margin === '0px'"), path
    assert tab.trouble == []
    assert {each for each in tab.asked if not each.startswith(("data:", "about:"))} == {place + path for path in paths}
    assert tab.run("document.cookie") == ""


def test_links_are_followed_by_click(tab: Page, place: str) -> None:
    tab.open(place if place.startswith("http") else f"{place}index.html")
    tab.follow('document.querySelector(".row .title a").click()')
    assert tab.run('document.querySelector("h1").textContent') == "拟定的办法"
    tab.follow('document.querySelector(".tongues a").click()')
    assert "/en/item-" in tab.run("location.href")
    assert tab.run('document.querySelector("h2").textContent') == "The three stages"
    tab.follow('document.querySelector(".board a").click()')
    assert tab.run("location.href") == place + "en/index.html"
    assert tab.trouble == []


def test_the_list_narrows_and_can_be_searched(tab: Page, place: str) -> None:
    tab.open(place + "zh/index.html")
    every = rows(tab)
    assert len(every) == 5
    assert tally(tab) == "共 5 项"
    choose(tab, "timing", "t-temporary")
    assert len(rows(tab)) == 2
    assert tally(tab) == "符合条件 2 项，共 5 项。"
    choose(tab, "scope", "s-society")
    assert rows(tab) == ["䶮㛃𬭎小组活动"[:8]]
    address = tab.run("location.href")
    assert address.endswith("#timing=t-temporary&scope=s-society")
    tab.run('document.querySelector("button[type=reset]").click()')
    assert tab.run("new Promise(done => setTimeout(() => done(document.querySelectorAll('.row').length), 20))") == 5
    assert rows(tab) == every
    tab.open(address)
    assert len(rows(tab)) == 1
    assert tab.trouble == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("䶮", ["䶮㛃𬭎小组活动"]),
        ("检测设备", ["拟定的办法", "购置设备", "䶮㛃𬭎小组活动", "第三季度廉洁情况"]),
        ("购置设备", ["购置设备"]),
        ("检测 廉洁", ["第三季度廉洁情况"]),
        ("　ｓｕｐｅｒ  ", [LONG[:8]]),
        ("没有这样的", []),
        ("<b>", []),
        ("重大决策", ["拟定的办法", "购置设备", LONG[:8]]),
    ],
)
def test_search_finds_what_a_person_types(tab: Page, folder: Path, words: str, found: list[str]) -> None:
    tab.open((folder / "zh" / "index.html").as_uri())
    tab.run('document.getElementById("q").focus()')
    tab.type(words)
    assert sorted(rows(tab)) == sorted(each[:8] for each in found)
    assert (tally(tab) == "没有符合条件的事项。可以少输几个字，或显示全部。") == (not found)


def test_an_address_with_words_is_a_list_narrowed_to_them(tab: Page, place: str) -> None:
    tab.open(place + "zh/archive.html#q=党费")
    assert rows(tab) == ["党费总数"]
    tab.open(place + "zh/archive.html#q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&class=nothing&scope=")
    assert rows(tab) == []
    assert tab.run('document.getElementById("q").value') == "<img src=x onerror=alert(1)>"
    assert tab.trouble == []


def test_without_scripts_it_narrows_all_the_same(tab: Page, place: str) -> None:
    """No search is offered then; what can be seen is counted by the style alone."""
    tab.scripts(on=False)
    tab.open(place + "zh/index.html")
    assert tab.run('getComputedStyle(document.getElementById("find")).display') == "none"
    assert len(rows(tab)) == 5
    tab.run('document.getElementById("f-class").focus()')
    tab.press("ArrowDown", 3)
    assert tab.run('document.getElementById("f-class").value') == "c-6"
    assert rows(tab) == ["䶮㛃𬭎小组活动"[:8]]
    assert tab.run('getComputedStyle(document.querySelector(".shown")).display') == "block"
    assert tab.trouble == []


def test_it_fits_the_window(tab: Page, folder: Path) -> None:
    for path in sorted(folder.rglob("*.html")):
        tab.open(path.as_uri())
        for width in (320, 390, 768, 1280):
            tab.size(width)
            assert tab.run("document.documentElement.scrollWidth") <= width, path
            cut = tab.run(
                """[...document.querySelectorAll("main *")].filter(each => getComputedStyle(each).overflow === "visible"
                && each.getClientRects().length && each.scrollWidth > each.clientWidth + 1
                && each.clientWidth).length"""
            )
            assert cut == 0, path


def test_the_keyboard_reaches_everything(tab: Page, folder: Path) -> None:
    tab.open((folder / "zh" / "index.html").as_uri())
    tab.press("Tab")
    assert tab.run("document.activeElement.className") == "skip"
    assert tab.run("document.activeElement.getBoundingClientRect().top") >= 0
    wanted = tab.run('document.querySelectorAll("a[href], input, select, button").length')
    seen = 1
    while seen < wanted:
        tab.press("Tab")
        seen += 1
        assert tab.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert tab.run('document.activeElement.matches(".row:last-child a")')
    tab.open((folder / "zh" / "index.html").as_uri())
    tab.press("Tab")
    tab.press("Enter")
    assert tab.run("location.hash") == "#content"
    tab.press("Tab")
    assert tab.run("document.activeElement.id") == "q"


def test_light_and_dark_and_still(tab: Page, folder: Path) -> None:
    tab.open((folder / "zh" / "index.html").as_uri())
    grounds = []
    for dark in (False, True):
        tab.media(dark=dark, still=True)
        grounds.append(tab.run("getComputedStyle(document.body).backgroundColor"))
        moving = """[...document.querySelectorAll("*")].map(each => getComputedStyle(each))
            .filter(each => each.transitionDuration !== "0s" || each.animationName !== "none").length"""
        assert tab.run(moving) == 0
    assert grounds == ["rgb(245, 243, 238)", "rgb(20, 19, 18)"]


def test_what_a_screen_reader_is_told(tab: Page, folder: Path) -> None:
    tab.open((folder / "zh" / "index.html").as_uri())
    nodes = tab.ask("Accessibility.getFullAXTree")["nodes"]
    said = {
        (each["role"]["value"], each.get("name", {}).get("value", ""))
        for each in nodes
        if not each.get("ignored", False)
    }
    roles = {role for role, _ in said}
    assert {"banner", "navigation", "main", "contentinfo", "search", "status", "list", "heading"} <= roles
    assert {("searchbox", "搜索"), ("combobox", "类别"), ("combobox", "公开阶段"), ("button", "显示全部")} <= said
    assert not [role for role, name in said if role in {"link", "button", "combobox", "searchbox"} and not name.strip()]


@pytest.mark.skipif(PAPER is None, reason="no pdftotext here; .ci/run installs poppler-utils")
def test_a_notice_on_paper(tab: Page, folder: Path, tmp_path: Path) -> None:
    """One sheet: the notice with its register, and nothing of the site around it."""
    name = next(path for path in (folder / "zh").glob("item-2026-03-31-*.html"))
    tab.media(dark=True)
    tab.open(name.as_uri())
    printed = tmp_path / "notice.pdf"
    printed.write_bytes(tab.paper())
    done = subprocess.run([str(PAPER), "-layout", str(printed), "-"], capture_output=True, check=True)
    text = re.sub(r"\s", "", done.stdout.decode())
    for word in ("云岭精密机械有限公司党支部", "购置设备", "决定购置检测设备一台。", "公开登记", "事前", "怎样提意见"):
        assert word in text
    for word in ("English", "归档", "较早一项", "跳到正文"):
        assert word not in text


def test_pictures_can_be_taken(tab: Page, folder: Path, tmp_path: Path) -> None:
    """What a person looks at: phone and desk, day and night. The page is neither blank nor of one colour."""
    sizes = set()
    for width in (390, 1280):
        for dark in (False, True):
            tab.size(width)
            tab.media(dark=dark)
            tab.open((folder / "zh" / "index.html").as_uri())
            picture = tmp_path / f"{width}-{dark}.png"
            tab.picture(picture, whole=True)
            sizes.add(picture.stat().st_size)
    assert min(sizes) > 20_000
    assert len(sizes) == 4
