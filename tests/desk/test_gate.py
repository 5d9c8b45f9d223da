"""The gate of the desk, danger by danger: who gets in, what is refused, and what every answer carries."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from werkzeug.test import Client

from dangwu.desk.gate import ENTRY_SECONDS, IDLE_SECONDS, SESSION_SECONDS, Gate
from dangwu.desk.paper_files import PaperFormats
from dangwu.desk.reading import Reading
from dangwu.desk.router import Router
from dangwu.desk.wsgi import FORM_BYTES, FORM_FIELDS, build_application
from dangwu.git.repository import find_record_root
from dangwu.language import load_language
from dangwu.model.audience import Audience
from tests.support.branches import base_repo

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import TestResponse

PORT = 5050
BASE = f"http://127.0.0.1:{PORT}"
KNOWN_WORD = "known to this user alone"
COOKIE = f"dangwu_desk_{PORT}"
BRANCH = "青禾精工党支部"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Visitor:
    """A browser at one desk, with the gate and the clock behind it."""

    def __init__(self, reading: Reading) -> None:
        self.clock = Clock()
        self.gate = Gate(PORT, self.clock, KNOWN_WORD)
        router = Router(self.gate, reading, PaperFormats(("docx",), ("docx", "xlsx")))
        self.client = Client(build_application(self.gate, router.answer, router.make_fault_page()))

    def get(self, path: str, **named: Any) -> TestResponse:
        return self.client.get(path, base_url=BASE, **named)

    def post(self, path: str, data: dict[str, str] | None = None, **headers: str) -> TestResponse:
        sent = {"Origin": BASE, **{name.replace("_", "-"): value for name, value in headers.items()}}
        kind = "application/x-www-form-urlencoded"
        return self.client.post(path, base_url=BASE, data=data or {}, headers=sent, content_type=kind)

    def enter(self, word: str | None = None) -> TestResponse:
        return self.post("/enter", {"word": word or self.gate.make_entry()})

    @property
    def inside(self) -> bool:
        return self.get("/records").status_code == 200


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    repo = base_repo(tmp_path_factory.mktemp("desk") / "党 支部")
    location = find_record_root(repo.path)
    return Reading(location, load_language("zh"), Audience.COMMITTEE, lambda: date(2026, 6, 30))


@pytest.fixture
def visitor(reading: Reading) -> Visitor:
    return Visitor(reading)


@pytest.mark.parametrize(
    "host", ["localhost:5050", "127.0.0.1", "127.0.0.1:5051", "branch.example:5050", "", "[::1]:5050"]
)
def test_another_host_is_refused_even_inside(visitor: Visitor, host: str) -> None:
    """Rebinding of names: a page elsewhere makes its own name mean this computer."""
    visitor.enter()
    answer = visitor.client.get("/", base_url=BASE, environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == 403
    assert not answer.data


def test_the_entry_page_uses_nothing_up_and_names_no_branch(visitor: Visitor) -> None:
    word = visitor.gate.make_entry()
    for _ in range(3):
        page = visitor.get(f"/enter?word={word}")
        assert page.status_code == 200
        assert word in page.text
        assert BRANCH not in page.text
    assert not visitor.inside
    assert visitor.enter(word).status_code == 303
    assert visitor.inside


def test_a_word_of_entry_is_long_and_never_the_same(visitor: Visitor) -> None:
    words = Counter(visitor.gate.make_entry() for _ in range(200))
    assert set(words.values()) == {1}
    assert {len(word) for word in words} == {24 * 4 // 3}, "192 bits, six to a letter"


def test_a_word_of_entry_lives_a_minute(visitor: Visitor) -> None:
    word = visitor.gate.make_entry()
    visitor.clock.now += ENTRY_SECONDS
    assert visitor.enter(word).status_code == 303
    late = visitor.gate.make_entry()
    visitor.clock.now += ENTRY_SECONDS + 1
    assert visitor.enter(late).status_code == 403
    early = visitor.gate.make_entry()
    visitor.clock.now -= 5
    assert visitor.enter(early).status_code == 403, "of a clock that was put back nothing is believed"


def test_a_word_that_is_used_twice_ends_all_sessions(visitor: Visitor) -> None:
    word = visitor.gate.make_entry()
    visitor.enter(word)
    assert visitor.inside
    thief = Client(visitor.client.application)
    answer = thief.post("/enter", base_url=BASE, data={"word": word}, headers={"Origin": BASE})
    assert answer.status_code == 403
    assert "用过一次" in answer.text
    assert not visitor.inside


@pytest.mark.parametrize("word", ["", "x", "密", "a" * 5000, "\ud800"])
def test_no_other_word_opens(visitor: Visitor, word: str) -> None:
    assert visitor.gate.enter(word)[1] == ""
    assert not visitor.inside


def test_the_cookie_is_of_this_port_and_of_no_script(visitor: Visitor) -> None:
    said = visitor.enter().headers["Set-Cookie"]
    assert said.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} == {part.strip() for part in said.split(";")[1:]}


@pytest.mark.parametrize("cookie", ["", "x", "a" * 32, "密"])
def test_without_the_cookie_everything_is_closed(visitor: Visitor, cookie: str) -> None:
    visitor.enter()
    other = Client(visitor.client.application, use_cookies=False)
    pages = {
        other.get(path, base_url=BASE, headers={"Cookie": f"{COOKIE}={cookie}"}).text
        for path in ("/", "/records", "/record/branch.yaml", "/report/2026", "/nothing", "/paper/branch.yaml.docx")
    }
    assert len(pages) == 1, "not even whether a page exists is told"
    assert BRANCH not in pages.pop()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": BASE}, 303),
        ({"Origin": BASE, "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": BASE, "Sec-Fetch-Site": "none"}, 303),
        ({}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:5051"}, 403),
        ({"Origin": "http://localhost:5050"}, 403),
        ({"Origin": f"https://127.0.0.1:{PORT}"}, 403),
        ({"Origin": BASE, "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": BASE, "Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_form_of_another_page_is_refused(visitor: Visitor, headers: dict[str, str], status: int) -> None:
    word = visitor.gate.make_entry()
    answer = visitor.client.post("/enter", base_url=BASE, data={"word": word}, headers=headers)
    assert answer.status_code == status
    # What was refused has used nothing up.
    assert status == 303 or visitor.enter(word).status_code == 303


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_reading_and_forms_are_known(visitor: Visitor, method: str) -> None:
    visitor.enter()
    assert visitor.client.open("/", base_url=BASE, method=method).status_code == 405


def test_every_answer_has_the_headers_of_the_gate(visitor: Visitor) -> None:
    outside = [visitor.get(path) for path in ("/", "/enter", "/static/desk.css", "/static/icon.svg", "/static/x")]
    refused = [visitor.client.get("/", base_url="http://localhost:1"), visitor.client.post("/", base_url=BASE)]
    visitor.enter()
    paths = ("/", "/records", "/record/branch.yaml", "/history/branch.yaml", "/paper/branch.yaml.docx", "/report",
             "/report/2026", "/board/employees/index.html", "/nothing")  # fmt: skip
    inside = [visitor.get(path) for path in paths]
    assert [answer.status_code for answer in inside[:-1]] == [200] * (len(inside) - 1)
    for answer in (*outside, *refused, *inside):
        headers = answer.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http:" not in policy


def test_the_pages_of_the_desk_hold_no_style_and_no_script_of_their_own(visitor: Visitor) -> None:
    visitor.enter()
    for path in ("/", "/records", "/record/branch.yaml", "/history/branch.yaml", "/report", "/board"):
        text = visitor.get(path).text
        assert "<script" not in text
        assert "<style" not in text
        assert " style=" not in text
        assert 'autocomplete="off"' in text or "<input" not in text


def test_what_is_too_large_is_refused_and_opens_nothing(visitor: Visitor) -> None:
    assert visitor.post("/enter", {"word": "x" * FORM_BYTES}).status_code == 413
    assert visitor.post("/enter", {f"f{number}": "" for number in range(FORM_FIELDS + 1)}).status_code == 413
    assert visitor.enter().status_code == 303


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "application/json"),
        (b"", ""),
        (b"word=%00", "application/x-www-form-urlencoded"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
    ],
)
def test_what_is_no_form_is_refused(visitor: Visitor, body: bytes, kind: str) -> None:
    answer = visitor.client.post("/enter", base_url=BASE, data=body, content_type=kind, headers={"Origin": BASE})
    assert answer.status_code == 400


PATHS = (
    "/nothing", "/record/", "/record/..", "/record/../branch.yaml", "/record/..%2fbranch.yaml", "/record/.git/config",
    "/record/branch.yaml%00", "/record/members\\m001.yaml", "/record/%2e%2e/%2e%2e/etc/passwd", "/record//branch.yaml",
    "/record/%ff%fe", "/paper/branch.yaml", "/paper/branch.yaml.exe", "/paper/branch.yaml.pdf", "/history/x",
    "/report/1234", "/report/2026.html", "/report/x", "/report/２０２６", "/board/committee/index.html",
    "/board/employees/../index.html", "/board/employees/.dangwu-board", "/blank/complainant.docx", "/blank/x.docx",
    "/static/", "/static/../gate.py", "/static/desk.css/", "/enter/", "/again",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_what_is_unknown_is_one_and_the_same_answer(visitor: Visitor, path: str) -> None:
    visitor.enter()
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert answer.data == visitor.get("/no/such/page").data


def test_what_is_closed_is_the_same_answer_as_what_is_unknown(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "支部")
    path = "supervision/2026/letter-l001.yaml"
    repo.commit({path: "schema: 1\nkind: letter\nid: l001\n"})
    reading = Reading(
        find_record_root(repo.path), load_language("zh"), Audience.COMMITTEE, lambda: date(2026, 6, 30)
    )  # fmt: skip
    visitor = Visitor(reading)
    visitor.enter()
    for place in ("record", "history", "paper"):
        ending = ".docx" if place == "paper" else ""
        closed, unknown = visitor.get(f"/{place}/{path}{ending}"), visitor.get(f"/{place}/nothing.yaml{ending}")
        assert closed.status_code == unknown.status_code == 404
        assert closed.data == unknown.data


def test_a_session_ends_after_twelve_hours(visitor: Visitor) -> None:
    visitor.enter()
    for _ in range(11):
        visitor.clock.now += 3600
        assert visitor.inside, "asking keeps the desk awake"
    visitor.clock.now += SESSION_SECONDS - 11 * 3600
    assert not visitor.inside


def test_a_clock_that_is_put_back_makes_no_session_longer(visitor: Visitor) -> None:
    visitor.enter()
    visitor.clock.now -= 60
    assert not visitor.inside


def test_the_desk_ends_two_hours_after_the_last_page(visitor: Visitor) -> None:
    visitor.enter()
    visitor.clock.now += IDLE_SECONDS - 1
    assert not visitor.gate.is_over
    assert visitor.inside
    visitor.clock.now += IDLE_SECONDS - 1
    # Who is not inside keeps nothing awake.
    Client(visitor.client.application).get("/", base_url=BASE)
    visitor.get("/static/desk.css")
    assert not visitor.gate.is_over
    visitor.clock.now += 1
    assert visitor.gate.is_over


def test_leaving_ends_both(visitor: Visitor) -> None:
    visitor.enter()
    answer = visitor.post("/leave")
    assert answer.status_code == 200
    assert f"{COOKIE}=; " in answer.headers["Set-Cookie"]
    assert visitor.gate.is_over
    assert not visitor.inside


def test_a_second_start_proves_that_it_can_read_the_note(visitor: Visitor) -> None:
    assert visitor.post("/again", {"secret": "guessed"}).status_code == 403
    assert visitor.post("/again").status_code == 403
    address = visitor.post("/again", {"secret": KNOWN_WORD}).text
    assert address.startswith(f"{BASE}/enter?word=")
    assert visitor.enter(address.rpartition("=")[2]).status_code == 303
    assert visitor.inside


def test_a_fault_tells_its_name_and_nothing_that_people_wrote(visitor: Visitor) -> None:
    def fail(_asked: object) -> NoReturn:
        message = "王建国的话"
        raise KeyError(message)

    errors = io.StringIO()
    client = Client(build_application(visitor.gate, fail, b"<p>said</p>"))
    answer = client.get("/", base_url=BASE, environ_overrides={"wsgi.errors": errors})
    assert answer.status_code == 500
    assert answer.headers["Cache-Control"] == "no-store"
    assert errors.getvalue() == "dangwu desk: KeyError\n"
    assert answer.text == "<p>said</p>"


def test_what_cannot_be_shown_is_said_and_ends_nothing(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "支部")
    reading = Reading(find_record_root(repo.path), load_language("zh"), Audience.COMMITTEE, lambda: date(2026, 6, 30))
    visitor = Visitor(reading)
    visitor.enter()
    new = repo.path / "members" / "m031.yaml"
    new.write_bytes((repo.path / "members" / "m001.yaml").read_bytes().replace(b"id: m001", b"id: m031"))
    answer = visitor.get("/history/members/m031.yaml")
    assert answer.status_code == 200
    assert "还没有历史" in answer.text
    whole = (repo.path / "branch.yaml").read_bytes()
    (repo.path / "branch.yaml").write_bytes(b"kind: branch\n")
    answer = visitor.get("/")
    assert answer.status_code == 503
    assert "branch.yaml" in answer.text
    (repo.path / "branch.yaml").write_bytes(whole)
    assert visitor.inside
    (repo.path / "meetings" / "2026" / "x.md").write_bytes(b"\xff\xfe")
    assert "读不出来" in visitor.get("/").text


def test_before_the_first_commit_everything_but_the_history_is_there(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "支部")
    repo.git("update-ref", "-d", "HEAD")
    reading = Reading(find_record_root(repo.path), load_language("en"), Audience.COMMITTEE, lambda: date(2026, 6, 30))
    visitor = Visitor(reading)
    visitor.enter()
    for path in ("/", "/records", "/record/branch.yaml", "/report/2026", "/board"):
        assert visitor.get(path).status_code == 200, path
    answer = visitor.get("/history/branch.yaml")
    assert answer.status_code == 503
    assert "There are no commits yet." in answer.text


def test_records_that_are_gone_are_said(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "支部")
    reading = Reading(find_record_root(repo.path), load_language("zh"), Audience.COMMITTEE, lambda: date(2026, 6, 30))
    visitor = Visitor(reading)
    visitor.enter()
    repo.path.rename(tmp_path / "moved")
    answer = visitor.get("/")
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    (tmp_path / "moved").rename(repo.path)
    assert visitor.inside
