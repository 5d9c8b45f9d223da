"""Commands that are killed or refused half-way: the next run puts all in order, and each file is the old or the new."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import base_repo
from tests.support.gitrepo import GitRepo, script
from tests.support.killed import kill_after
from tests.support.run import DAY, en, environment, is_chinese, zh

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals")

TEMPORARY = ".dangwu-0123456789abcdef.tmp"


def state(folder: Path) -> dict[str, bytes]:
    """Return all files, those of git's own folder only where dangwu writes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and (not name.startswith(".git/") or name.startswith((".git/dangwu", ".git/hooks"))):
            found[name] = path.read_bytes()
    return found


def _branch(folder: Path) -> Path:
    return base_repo(folder).path


def _clone(folder: Path) -> Path:
    repo = GitRepo(folder)
    repo.commit({"README.md": "# 自己的\n", ".gitignore": "*.bak\n"})
    return repo.path


def _hooked(folder: Path) -> Path:
    repo = base_repo(folder)
    script(repo.path / ".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n")
    return repo.path


def _nothing(folder: Path) -> Path:
    return folder


ADOPT = ("adopt", "stricter", "--date", "2026-01-01", "--approved-by", "支部党员大会")
LETTER = ("new", "letter", "--no-input", "--complainant", "匿名甲", "--contact", "123")
CASES: dict[str, tuple[Callable[[Path], Path], tuple[str, ...], int]] = {
    "adopt": (_branch, ADOPT, 2),
    "letter": (_branch, LETTER, 2),
    "init": (_nothing, ("init", "."), 60),
    "init in a clone": (_clone, ("init", "."), 60),
    "hook install": (_hooked, ("hook", "install"), 2),
    "schema export": (_branch, ("schema", "export"), 20),
}


def _profile() -> str:
    listed = en("adopt", cwd=Path.cwd(), code=0).out
    return listed.split()[0]


def _words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_profile() if word == "stricter" else word for word in words)


@pytest.mark.parametrize("name", CASES)
def test_a_killed_command_is_run_again_and_all_is_as_if_it_had_not_been(tmp_path: Path, name: str) -> None:
    make, words, files = CASES[name]
    words = _words(words)
    whole, torn = make(tmp_path / "whole"), make(tmp_path / "torn")
    whole.mkdir(exist_ok=True)
    torn.mkdir(exist_ok=True)
    en(*words, cwd=whole, code=0)
    for count in sorted({0, 1, files // 2, files - 1}):
        assert kill_after(count, *words, cwd=torn), count
    said = en(*words, cwd=torn, code=0)
    assert "taken back" in said.err
    assert state(torn) == state(whole)


@pytest.mark.parametrize("name", ["adopt", "schema export", "hook install"])
def test_a_second_run_adds_nothing(tmp_path: Path, name: str) -> None:
    make, words, _files = CASES[name]
    folder = make(tmp_path / "r")
    en(*_words(words), cwd=folder, code=0)
    before = state(folder)
    said = zh(*_words(words), cwd=folder, code=0)
    assert is_chinese(said.both)
    assert state(folder) == before


def test_another_day_of_adoption_is_another_amendment(tmp_path: Path) -> None:
    folder = _branch(tmp_path / "r")
    en("adopt", _profile(), "--date", "2026-01-01", cwd=folder, code=0)
    first = state(folder)
    en("adopt", _profile(), "--date", "2026-06-01", cwd=folder, code=0)
    assert first.items() < state(folder).items()


def test_any_command_that_writes_takes_back_and_doctor_tells(tmp_path: Path) -> None:
    folder = _branch(tmp_path / "r")
    before = state(folder)
    assert kill_after(1, *_words(ADOPT), cwd=folder)
    assert state(folder) != before
    told = en("doctor", cwd=folder, code=3).out
    assert "broken off" in told
    assert "temporary files" in told
    assert is_chinese(zh("doctor", cwd=folder, code=3).out)
    changed = state(folder)
    for words in (["check"], ["due"], ["report"], ["adopt", _profile(), "--dry-run"], ["new", "member", "--dry-run"]):
        said = en(*words, cwd=folder)
        assert "broken off" in said.err, words
        assert state(folder) == changed, "what only reads never writes"
    en("new", "member", "--name", "新人", "--no-input", cwd=folder, code=0)
    assert {path: raw for path, raw in state(folder).items() if "新人" not in raw.decode()} == before
    told = en("doctor", cwd=folder).out
    assert "broken off" not in told
    assert "temporary files" not in told


def test_without_git_too(tmp_path: Path) -> None:
    folder = _branch(tmp_path / "r")
    shutil.rmtree(folder / ".git")
    before = state(folder)
    assert kill_after(1, *_words(ADOPT), cwd=folder)
    assert ".dangwu-journal.tmp" in state(folder)
    assert "broken off" in en("doctor", cwd=folder, code=3).out
    en("schema", "export", cwd=folder, code=0)
    assert {path: raw for path, raw in state(folder).items() if not path.startswith(".dangwu/schema/")} == before


@pytest.mark.parametrize("place", ["", "members/", "complainants/", ".dangwu/schema/", ".git/hooks/"])
def test_leftovers_that_may_hold_words_of_people_go(tmp_path: Path, place: str) -> None:
    folder = _branch(tmp_path / "r")
    leftover = folder / place / TEMPORARY
    leftover.parent.mkdir(parents=True, exist_ok=True)
    leftover.write_text("姓名：举报人\n", encoding="utf-8")
    told = zh("doctor", cwd=folder, code=3).out
    assert TEMPORARY in told
    assert "举报人" not in told
    said = zh("new", "member", "--name", "新人", "--no-input", cwd=folder, code=0)
    assert TEMPORARY in said.err
    assert not leftover.exists()


def test_what_only_looks_like_a_leftover_stays(tmp_path: Path) -> None:
    folder = _branch(tmp_path / "r")
    others = [folder / "members" / name for name in (".dangwu-x.tmp", "dangwu-0123456789abcdef.tmp", f"{TEMPORARY}.y")]
    for path in others:
        path.write_text("x", encoding="utf-8")
    (folder / "members" / TEMPORARY).symlink_to(folder / "branch.yaml")
    en("new", "member", "--name", "新人", "--no-input", cwd=folder, code=0)
    assert all(path.exists() for path in others)
    assert (folder / "branch.yaml").is_file()
    assert (folder / "members" / TEMPORARY).is_symlink()


def test_leftovers_beside_an_output_go(tmp_path: Path) -> None:
    folder, out = _branch(tmp_path / "r"), tmp_path / "out"
    out.mkdir()
    (out / TEMPORARY).write_text("x", encoding="utf-8")
    en("report", "--output", out / "r.md", cwd=folder, code=0)
    assert [path.name for path in out.iterdir()] == ["r.md"]


def test_several_lists_are_written_all_or_none(tmp_path: Path) -> None:
    folder, out = _branch(tmp_path / "r"), tmp_path / "out"
    words = ("export", "all", "--format", "csv", "--output", out)
    en(*words, cwd=folder, code=0)
    whole = state(out)
    assert len(whole) > 3
    shutil.rmtree(out)
    assert kill_after(2, *words, cwd=folder)
    en(*words, cwd=folder, code=0)
    assert state(out) == whole
    (out / "dues.csv").unlink()
    assert "exists already" in en(*words, cwd=folder, code=2).err
    assert not (out / "dues.csv").exists()
    en(*words, "--force", cwd=folder, code=0)
    assert state(out) == whole


def _limited(megabytes: int, *words: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command on a disk of its own that is soon full: no file may be larger than that."""
    code = "import resource, sys; from dangwu.cli.main import main; import signal\n"
    code += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    code += f"resource.setrlimit(resource.RLIMIT_FSIZE, ({megabytes}, {megabytes}))\nsys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, "--lang", "en", "--as-of", DAY, *map(str, words)],
        # What Python compiles would be cut too, and be read by the commands after this one.
        cwd=cwd, env=environment({"PYTHONDONTWRITEBYTECODE": "1"}), capture_output=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["adopt", "letter", "init in a clone", "schema export"])
def test_a_disk_that_is_full_leaves_everything_as_it_was(tmp_path: Path, name: str) -> None:
    make, words, _files = CASES[name]
    folder = make(tmp_path / "r")
    before = state(folder)
    done = _limited(600, *_words(words), cwd=folder)
    assert done.returncode == 3, done.stderr.decode()
    assert b"too large" in done.stderr
    assert done.stderr.count(b"dangwu: ") == 1
    assert state(folder) == before


def test_an_init_that_is_refused_leaves_no_folder(tmp_path: Path) -> None:
    done = _limited(600, "init", "new", cwd=tmp_path)
    assert done.returncode == 3, done.stderr.decode()
    assert not list(tmp_path.iterdir())
    done = _limited(600, "demo", "new", "--years", "1", cwd=tmp_path)
    assert done.returncode == 3, done.stderr.decode()
    assert not list(tmp_path.iterdir())


def _wait_for(found: Callable[[], object]) -> None:
    for _ in range(2_400):
        if found():
            return
        threading.Event().wait(0.05)
    pytest.fail("it never came")


def _heed_signals() -> None:
    """Undo what a shell does to what it starts in the background."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_a_review_that_is_ended_leaves_no_copy(tmp_path: Path, number: signal.Signals) -> None:
    repo = base_repo(tmp_path / "r")
    repo.commit({"members/m099.yaml": "x: 1\n"})
    with zipfile.ZipFile(tmp_path / "came.zip", "w") as archive:
        for path in sorted((repo.path / ".git").rglob("*")):
            archive.write(path, path.relative_to(repo.path))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    # A git that never ends, so that the copy is there when the signal comes.
    script(tmp_path / "bin/git", '#!/bin/sh\ncase "$*" in *clone*) exec sleep 60;; esac\nexec "$REAL" "$@"\n')
    env = environment({
        "TMPDIR": str(temporary), "REAL": str(shutil.which("git")),
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
    })  # fmt: skip
    words = ("review", "--quarantine", str(tmp_path / "came.zip"), "main~1..main")
    process = subprocess.Popen(
        [sys.executable, "-m", "dangwu", *words], cwd=tmp_path, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
        preexec_fn=_heed_signals,  # noqa: PLW1509 - no thread of the test is running
    )  # fmt: skip
    _wait_for(lambda: list(temporary.glob("dangwu-*/came/.git/HEAD")) and list(temporary.glob("dangwu-*/gitconfig")))
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert b"Traceback" not in err + out
    if number is not signal.SIGKILL:
        assert process.returncode == 130
        assert not list(temporary.iterdir())
        return
    left = next(temporary.iterdir())
    env = {**env, "PATH": os.environ["PATH"]}
    assert left.name in en("doctor", cwd=repo.path, env=env, code=3).out
    en(*words, cwd=tmp_path, env=env, code=(0, 1))
    assert not list(temporary.iterdir())


def _import_words(folder: Path, to: Path) -> tuple[str, ...]:
    """Return an import of three new members, from the list as it is exported."""
    listed = en("export", "members", "--format", "csv", cwd=folder, code=0).out
    rows = "".join(f"m{number:03},新人{number},,,预备党员,2026-11-01,,\r\n" for number in (97, 98, 99))
    to.write_text(listed + rows, encoding="utf-8")
    return ("import", "members", str(to), "--write")


@pytest.mark.parametrize("count", [1, 2])
def test_an_import_that_was_killed_can_be_undone_or_done_again(tmp_path: Path, count: int) -> None:
    folder = _branch(tmp_path / "r")
    words = _import_words(folder, tmp_path / "名册.csv")
    before = state(folder)
    assert kill_after(count, *words, cwd=folder)
    shown = en("import", "--undo", "--format", "json", cwd=folder, code=0).json()
    assert len(shown["files"]) == count
    assert en("import", *words[1:3], cwd=folder, code=0).err.count("broken off") >= 1, "a preview tells"
    en("import", "--undo", "--write", cwd=folder, code=0)
    assert state(folder) == before
    en("import", "--undo", "--write", cwd=folder, code=3)

    assert kill_after(count, *words, cwd=folder)
    en(*words, cwd=folder, code=0)
    assert len(state(folder)) == len(before) + 4, "three members, and the way back"
    en("import", "--undo", "--write", cwd=folder, code=0)
    assert state(folder) == before


def test_undoing_a_killed_import_leaves_the_one_before(tmp_path: Path) -> None:
    folder = _branch(tmp_path / "r")
    before = state(folder)
    first = _import_words(folder, tmp_path / "一.csv")
    en(*first, cwd=folder, code=0)
    after = state(folder)
    listed = en("export", "members", "--format", "csv", cwd=folder, code=0).out
    (tmp_path / "二.csv").write_text(
        listed + "m095,甲,,,预备党员,2026-11-01,,\r\nm096,乙,,,预备党员,2026-11-01,,\r\n", encoding="utf-8"
    )
    assert kill_after(1, "import", "members", str(tmp_path / "二.csv"), "--write", cwd=folder)
    en("import", "--undo", "--write", cwd=folder, code=0)
    assert state(folder) == after
    en("import", "--undo", "--write", cwd=folder, code=0)
    assert state(folder) == before


def test_a_file_that_ends_too_early_is_a_fault_and_no_interruption(tmp_path: Path) -> None:
    """A compiled module that was cut is such a file; nobody has pressed Ctrl-C, so something is said."""
    program = """
import sys
from dangwu.cli import app
from dangwu.cli.main import main
def load(*_given):
    raise EOFError("marshal data too short")
app._load_command = load
sys.exit(main(["--lang", "en", "demo", "d"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(), capture_output=True, check=False, text=True
    )
    assert done.returncode == 4
    assert "dangwu: A fault in dangwu itself: EOFError." in done.stderr
