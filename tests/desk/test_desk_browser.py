"""The desk in a real browser: entry, what is due, a record; narrow and wide, by night, by key, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.support import browser
from tests.support.access import pale_texts, violations
from tests.support.desk_process import started
from tests.support.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.desk_process import Started

pytestmark = pytest.mark.skipif(browser.PROGRAM is None, reason=browser.MISSING)

BRANCH = "document.querySelector('.branch').textContent"


class Seat(NamedTuple):
    """A desk with a browser that has entered it, and what it saw on the way."""

    desk: Started
    tab: browser.Page
    entry: str
    meeting: str

    def open(self, path: str) -> None:
        self.tab.open(f"http://127.0.0.1:{self.desk.port}{path}")


@pytest.fixture(scope="module", params=["zh", "en"])
def seat(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    folder = tmp_path_factory.mktemp("desk")
    language = str(request.param)
    run("--lang", language, "demo", "branch", "--members", "7", "--groups", "2", cwd=folder, code=0)
    # One of the two sees the bar above confidential records.
    words = ("--audience", "handlers") if language == "en" else ()
    with (
        started(folder / "branch", *words, lang=language) as desk,
        browser.browser(tmp_path_factory.mktemp("tab")) as tab,
    ):
        tab.size(1280)
        tab.open(desk.address)
        entry = str(tab.run("document.body.innerText"))
        tab.follow("document.querySelector('button').click()")
        assert tab.run("location.pathname") == "/"
        tab.open(f"http://127.0.0.1:{desk.port}/records")
        meeting = tab.run(
            "[...document.querySelectorAll('.records a')].map(each => each.pathname)"
            ".find(each => each.includes('group-meeting'))"
        )
        yield Seat(desk, tab, entry, str(meeting))
        assert tab.trouble == []
        origin = f"http://127.0.0.1:{desk.port}/"
        assert {each for each in tab.asked if each != "about:blank" and not each.startswith(origin)} == set()


def paths(seat: Seat) -> tuple[str, ...]:
    return (
        "/", "/records", "/records?q=2026", seat.meeting, seat.meeting.replace("/record/", "/history/", 1),
        "/record/dues/2026.yaml", "/record/branch.yaml", "/report", "/board", "/nothing",
    )  # fmt: skip


def test_the_page_of_entry_names_nobody(seat: Seat) -> None:
    seat.open("/")
    assert seat.tab.run(BRANCH) not in seat.entry


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_fits_and_keeps_nobody_out(seat: Seat, width: int, *, dark: bool) -> None:
    seat.tab.size(width)
    seat.tab.media(dark=dark)
    for path in paths(seat):
        if path == "/nothing":
            continue
        seat.open(path)
        assert seat.tab.run("document.documentElement.scrollWidth") <= width, path
        assert violations(seat.tab) == [], path
        assert pale_texts(seat.tab) == [], path


def test_the_first_page_says_the_same_number_twice(seat: Seat) -> None:
    """A figure counts duties, and its section lists who owes each."""
    seat.open("/")
    figures = seat.tab.run("[...document.querySelectorAll('.figures dd')].map(each => Number(each.textContent))")
    assert len(figures) == 4
    assert figures[0] > 0
    rows = seat.tab.run("document.querySelectorAll('main section:first-of-type .due > li').length")
    assert 0 < rows <= figures[0]


def test_no_sentence_has_a_path_a_code_or_a_command(seat: Seat) -> None:
    for path in ("/", "/records", seat.meeting, seat.meeting.replace("/record/", "/history/", 1), "/report", "/board"):
        seat.open(path)
        text = str(seat.tab.run("document.body.innerText + document.title"))
        for trace in (".yaml", ".md", "dangwu", "git ", "DW", "--", "m00"):
            assert trace not in text, (path, trace)


def test_no_link_leads_nowhere(seat: Seat) -> None:
    seat.open("/")
    links = seat.tab.run("[...new Set([...document.querySelectorAll('a')].map(each => each.getAttribute('href')))]")
    assert len(links) > 8
    for link in links:
        if link.startswith("/") and not link.endswith(".pdf"):
            answer = seat.tab.run(f"fetch({link!r}).then(each => each.status)")
            assert answer == 200, link


def test_it_is_walked_by_key(seat: Seat) -> None:
    seat.tab.size(1280)
    seat.open("/")
    seat.tab.press("Tab")
    assert seat.tab.run("document.activeElement.className") == "skip"
    assert seat.tab.run("document.activeElement.getBoundingClientRect().left") == 0, "it can be seen"
    seat.tab.press("Enter")
    assert seat.tab.run("document.activeElement.id") == "content"
    seat.open("/records")
    seat.tab.run("document.getElementById('q').focus()")
    seat.tab.type("2026")
    before = seat.tab.run("location.search")
    seat.tab.follow("document.querySelector('form.search').requestSubmit()")
    assert (before, seat.tab.run("location.search")) == ("", "?q=2026")


def test_a_printed_record_has_no_buttons(seat: Seat) -> None:
    seat.open(seat.meeting)
    seat.tab.media(paper=True)
    shown = "[...document.querySelectorAll('a, button')].filter(each => each.checkVisibility()).length"
    assert seat.tab.run(shown) == 0
    seat.tab.media()
    assert seat.tab.run(shown) > 5


def test_the_report_and_the_board_run_under_their_own_policy(seat: Seat) -> None:
    for path in ("/report/2026", "/board/employees/index.html"):
        seat.open(path)
        assert seat.tab.run("getComputedStyle(document.body).marginTop") == "0px", "its style is let in"


def test_no_script_reads_the_cookie(seat: Seat) -> None:
    seat.open("/")
    assert seat.tab.run("document.cookie") == ""
