"""A desk as people start it: it listens on the loopback alone, is found by a second start, and ends in order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import base_repo
from tests.support.desk_process import started
from tests.support.run import run, spoken

if TYPE_CHECKING:
    from tests.support.gitrepo import GitRepo

LISTENS = "0A"
"""The state of a listening socket in /proc/net/tcp (proc(5))."""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="asks /proc, and sends signals")


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return base_repo(tmp_path / "党 支部")


def note_of(repo: GitRepo) -> Path:
    return repo.path / ".git" / "dangwu" / "desk" / "running.json"


def test_it_listens_on_the_loopback_alone(repo: GitRepo) -> None:
    with started(repo.path) as desk:
        assert desk.address.startswith(f"http://127.0.0.1:{desk.port}/enter?word=")
        handles = Path(f"/proc/{desk.process.pid}/fd").iterdir()
        of_process = {str(handle.readlink()) for handle in handles}
        places = []
        for family in ("tcp", "tcp6", "udp", "udp6"):
            lines = Path(f"/proc/net/{family}").read_text(encoding="ascii").splitlines()
            rows = [line.split() for line in lines[1:]]
            places += [
                row[1] for row in rows
                if f"socket:[{row[9]}]" in of_process and (row[3] == LISTENS or family.startswith("udp"))
            ]  # fmt: skip
        assert places == [f"0100007F:{desk.port:04X}"]


def test_no_option_names_another_address(tmp_path: Path) -> None:
    for said in spoken("desk", "--help", cwd=tmp_path, as_of=None, code=0).values():
        for word in ("host", "bind", "address ", "port", "0.0", "listen"):
            assert word not in said.out.casefold()
    for option in ("--host", "--bind", "--port", "--address"):
        run("desk", option, "1", cwd=tmp_path, as_of=None, code=2)


def test_a_person_enters_and_leaves(repo: GitRepo) -> None:
    with started(repo.path) as desk:
        cookie = desk.enter()
        status, _, page = desk.ask("GET", "/", cookie=cookie)
        assert status == 200
        assert "青禾精工党支部" in page
        assert desk.ask("GET", "/")[0] == 403
        assert desk.ask("POST", "/leave", cookie=cookie)[0] == 200
        assert desk.process.wait(30) == 0
    assert json.loads(note_of(repo).read_text())["secret"] == ""


def test_a_second_start_finds_the_first(repo: GitRepo) -> None:
    with started(repo.path) as desk:
        note = note_of(repo)
        assert note.stat().st_mode & 0o777 == 0o600
        assert note.parent.stat().st_mode & 0o777 == 0o700
        desk.enter()
        second = run("desk", "--no-browser", cwd=repo.path / "members", env={"DANGWU_LANG": "zh"}, code=0)
        other = desk._replace(address=second.out.strip())
        assert other.port == desk.port
        assert other.address != desk.address
        assert desk.ask("GET", "/records", cookie=other.enter())[0] == 200
        # Never by a second start: what the first one does not show, this one cannot.
        run("desk", "--no-browser", "--audience", "handlers", cwd=repo.path, code=3)


def test_ctrl_c_ends_it_and_the_next_takes_the_same_port(repo: GitRepo) -> None:
    with started(repo.path) as desk:
        desk.process.send_signal(signal.SIGINT)
        assert desk.process.wait(30) == 130
        assert "Traceback" not in (desk.process.stderr.read() if desk.process.stderr else "")
    with started(repo.path) as again:
        assert again.port == desk.port


def test_what_was_killed_is_no_hindrance(repo: GitRepo) -> None:
    with started(repo.path) as desk:
        desk.process.kill()
        desk.process.wait(30)
        with started(repo.path) as again:
            assert again.port == desk.port
            assert again.ask("GET", "/", cookie=again.enter())[0] == 200


@pytest.mark.parametrize(
    "note", ["", "{}", '{"port": 0, "secret": "x", "audience": ""}', '{"port": "a", "secret": 1}', "\0"]
)
def test_a_note_that_says_nothing_is_no_hindrance(repo: GitRepo, note: str) -> None:
    note_of(repo).parent.mkdir(parents=True)
    note_of(repo).write_text(note)
    with started(repo.path) as desk:
        assert desk.ask("GET", "/enter")[0] == 200


def test_nothing_else_at_that_port_is_believed(repo: GitRepo, tmp_path: Path) -> None:
    """Another program may listen there by now: what it says is no entry, and it learns nothing that is of use."""
    server = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "0"]
    other = subprocess.Popen(server, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    try:
        assert other.stdout
        port = int(other.stdout.readline().split(" port ")[1].split()[0])
        note_of(repo).parent.mkdir(parents=True)
        note_of(repo).write_text(json.dumps({"port": port, "secret": "x", "audience": "committee"}))
        with started(repo.path) as desk:
            assert desk.port != port
    finally:
        other.kill()
        other.communicate()


def test_records_that_change_are_read_again(repo: GitRepo) -> None:
    with started(repo.path) as desk:
        cookie = desk.enter()
        assert "新来的人" not in desk.ask("GET", "/records", cookie=cookie)[2]
        text = (repo.path / "members" / "m001.yaml").read_text(encoding="utf-8")
        name = next(line for line in text.splitlines() if line.startswith("name:"))
        (repo.path / "members" / "m001.yaml").write_text(text.replace(name, "name: 新来的人"), encoding="utf-8")
        assert "新来的人" in desk.ask("GET", "/records", cookie=cookie)[2]


def test_without_records_it_says_so(tmp_path: Path) -> None:
    said = spoken("desk", "--no-browser", cwd=tmp_path, code=3)
    assert "dangwu init" in said["zh"].err
