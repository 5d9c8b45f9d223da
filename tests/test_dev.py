"""``dev.py``: any Python can read it, and whatever is in the way of an installation is one line with the next step.

No network and no waiting: environments are made without pip and borrow that of the tests, packages are made here.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.run import environment
from tools import commands, environments, pip

ROOT = Path(__file__).parents[1]
HERE = Path(pytest.__file__).parents[1]


class Quick(venv.EnvBuilder):
    """A virtual environment that finds the pip of the tests."""

    def __init__(self, **options: object) -> None:
        assert options.pop("with_pip")
        super().__init__(symlinks=bool(options["symlinks"]))

    def create(self, env_dir: os.PathLike[str] | str) -> None:  # type: ignore[override]
        super().create(env_dir)
        (site(Path(env_dir)) / "borrowed.pth").write_text(f"{HERE}\n", encoding="utf-8")


def site(folder: Path) -> Path:
    return next(folder.glob("lib*/python*/site-packages")) if os.name != "nt" else folder / "Lib" / "site-packages"


def package(folder: Path, version: str) -> str:
    """Make the wheel of a package and return its line of a lock."""
    folder.mkdir(exist_ok=True)
    wheel = folder / f"tiny-{version}-py3-none-any.whl"
    info = f"tiny-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", f"VERSION = {version!r}\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return f"tiny=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with a lock of one package, and an index that is a folder."""
    for name in [*os.environ]:
        if name.startswith("PIP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    monkeypatch.setattr(environments, "ROOT", tmp_path)
    monkeypatch.setattr(venv, "EnvBuilder", Quick)
    file = tmp_path / "lock.txt"
    file.write_text(package(tmp_path / "index", "1.0"), encoding="utf-8")
    return file


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was installed into, with a quick hand in the place of pip."""
    found = []

    def unpack(folder: Path, _commands: Path, *words: str) -> None:
        line = Path(words[-1]).read_text(encoding="utf-8")
        (site(folder) / "tiny.py").write_text(f"VERSION = {line[6:9]!r}\n", encoding="utf-8")
        found.append(folder)

    monkeypatch.setattr(environments, "pip", unpack)
    return found


def install(lock: Path) -> Path:
    return environments.environment(".venv", [lock], editable=None)


def version(found: Path) -> str:
    words = [str(found / "python"), "-I", "-c", "import tiny; print(tiny.VERSION)"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def refused(capsys: pytest.CaptureFixture[str], lock: Path) -> str:
    """Return the one line with which an installation ends."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as caught:
        install(lock)
    said = str(caught.value.code)
    assert "\n" not in said
    assert " / " in said
    assert "Traceback" not in capsys.readouterr().err
    return said


def test_any_python_can_read_it() -> None:
    """Nothing in it is newer than what it asks for: what a version does not know, it cannot refuse politely."""
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    newer = (
        ast.JoinedStr,
        ast.NamedExpr,
        ast.Match,
        ast.AnnAssign,
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
    )
    assert [node for node in ast.walk(tree) if isinstance(node, newer)] == []
    checked = next(at for at, node in enumerate(tree.body) if isinstance(node, ast.If))
    before = [ast.unparse(node) for node in tree.body[1:checked]]
    assert before == ["import sys"]


@pytest.mark.parametrize("old", [(2, 7, 18), (3, 6, 9), (3, 10, 14)])
def test_an_old_python_is_told_which_one_is_needed(old: tuple[int, ...]) -> None:
    program = (
        f"import runpy, sys; sys.version_info = {old}; runpy.run_path({str(ROOT / 'dev.py')!r}, run_name='__main__')"
    )
    words = [sys.executable, "-X", "utf8", "-c", program]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "dangwu needs Python 3.11 or newer / dangwu 需要 Python 3.11 或更新版本\n"


def test_without_words_it_says_which_there_are() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "dev.py"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    for word in ("try", "test", "test --newest", "lint", "docs", "lock"):
        assert f"python3 dev.py {word} " in done.stderr


@pytest.mark.parametrize("word", ["try", "test", "docs"])
def test_without_git_nothing_is_installed(word: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(commands, "environment", None)
    with pytest.raises(SystemExit, match=r"^git was not found: .* / 找不到 git：.*$"):
        commands.main([word], "")


@pytest.mark.skipif(os.name == "nt", reason="sh has another way in")
def test_what_try_prints_works_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each command that stands on the screen, typed into a shell that knows nothing of the project."""
    found = tmp_path / ".venv" / "bin"
    venv.EnvBuilder(symlinks=True).create(tmp_path / ".venv")
    (found / "dangwu").symlink_to(Path(sys.executable).with_name("dangwu"))
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    monkeypatch.setattr(commands, "environment", lambda *_words, **_options: found)
    commands.try_it()
    printed = capfd.readouterr().out
    next_lines = [line.strip() for line in printed.rpartition("逐行输入")[2].splitlines()[1:]]
    assert next_lines[0] == ". .venv/bin/activate"
    assert len(next_lines) >= 3
    inside = re.findall(rf"dangwu -C {re.escape(str(tmp_path))}/sample [a-z]+", printed)
    assert inside, "the sample names commands too"
    # An exit code of 1 only says that there are findings: the sample has some.
    lines = [f"{line} >/dev/null || [ $? -eq 1 ]" for line in (*next_lines[1:], *inside)]
    script = "\n".join((next_lines[0], *lines))
    plain = {**environment({"PATH": "/usr/bin:/bin"}), "HOME": os.environ["HOME"]}
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=tmp_path, env=plain, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, "not found" in done.stderr) == (0, False), done.stderr


def test_an_interruption_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "lint", interrupted)
    with pytest.raises(SystemExit) as caught:
        commands.main(["lint"], "")
    assert caught.value.code == 130
    assert capsys.readouterr().err.count("\n") == 1


def test_what_is_up_to_date_is_left_alone(lock: Path, unpacked: list[Path]) -> None:
    found = install(lock)
    assert version(found) == "1.0"
    assert install(lock) == found
    assert unpacked == [lock.parent / ".venv"]


@pytest.mark.usefixtures("unpacked")
def test_another_lock_is_another_environment(lock: Path) -> None:
    install(lock)
    left = site(lock.parent / ".venv") / "left_over.py"
    left.touch()
    lock.write_text(package(lock.parent / "index", "2.0"), encoding="utf-8")
    assert version(install(lock)) == "2.0"
    assert not left.exists()


@pytest.mark.usefixtures("unpacked")
@pytest.mark.parametrize("harm", ["no mark", "half a mark", "no interpreter", "other python", "moved", "only begun"])
def test_a_broken_environment_is_made_anew(lock: Path, harm: str) -> None:
    folder = lock.parent / ".venv"
    mark = folder / environments.MARK
    if harm == "only begun":
        folder.mkdir()
        (folder / "pyvenv.cfg").touch()
    else:
        found = install(lock)
        known = json.loads(mark.read_text(encoding="utf-8"))
        match harm:
            case "no mark":
                mark.unlink()
            case "half a mark":
                mark.write_text("{", encoding="utf-8")
            case "no interpreter":
                for python in found.glob("python*"):
                    python.unlink()
            case "other python":
                known["made"]["python"] = "cpython 3.10.1"
                mark.write_text(json.dumps(known), encoding="utf-8")
            case "moved":
                known["made"]["folder"] = str(lock.parent / "elsewhere")
                mark.write_text(json.dumps(known), encoding="utf-8")
        (folder / "old").touch()
    assert version(install(lock)) == "1.0"
    assert not (folder / "old").exists()


def test_what_is_no_environment_is_never_replaced(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lock.parent / ".venv"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert "move it away" in refused(capsys, lock)
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("unpacked")
def test_without_venv_it_names_the_package(
    lock: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "ensurepip", None)
        assert "apt install python3-venv" in refused(capsys, lock)
    assert version(install(lock)) == "1.0"


@pytest.mark.usefixtures("unpacked")
def test_a_pip_that_cannot_be_put_in_leaves_nothing_that_lasts(
    lock: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Debian: the folder is made, then ensurepip fails; after python3-venv came, all is well."""

    def fails(builder: Quick, folder: Path) -> None:
        super(Quick, builder).create(folder)
        raise subprocess.CalledProcessError(1, ["python", "-m", "ensurepip"])

    with monkeypatch.context() as patch:
        patch.setattr(Quick, "create", fails)
        assert "apt install python3-venv" in refused(capsys, lock)
        assert (lock.parent / ".venv").is_dir()
    assert version(install(lock)) == "1.0"


def test_without_packages_the_next_run_begins_anew(
    lock: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PIP_FIND_LINKS", str(lock.parent))
        said = refused(capsys, lock)
    assert said.startswith("Nothing came from the package index: check the network")
    assert "No matching distribution" in (lock.parent / ".venv" / pip.LOG).read_text(encoding="utf-8")
    assert version(install(lock)) == "1.0"


def test_only_the_files_of_the_lock_are_taken(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = lock.read_text(encoding="utf-8")
    lock.write_text(text.replace(text[-9:-1], "00000000"), encoding="utf-8")
    assert refused(capsys, lock).startswith("A package is not the file that the lock names")
    lock.write_text(text.replace("1.0", "1.1"), encoding="utf-8")
    said = refused(capsys, lock)
    assert said.startswith("No file of tiny==1.1 for Python 3.")
    assert " / 没有适合 Python 3." in said


def test_settings_of_the_machine_choose_no_other_versions(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = lock.parent / "pip.conf"
    (lock.parent / "wish.txt").write_text("tiny<1\n", encoding="utf-8")
    settings.write_text(f"[install]\nuser = true\nconstraint = {lock.parent / 'wish.txt'}\n", encoding="utf-8")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    assert version(install(lock)) == "1.0"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError(…)'", "Nothing came from"),
        ("ERROR: HTTPSConnectionPool(host='x', port=443): Read timed out.", "Nothing came from"),
        ("ERROR: (from versions: 0.9, 2.0)\nERROR: No matching distribution found for x==1.0", "No file of x==1.0 for"),
        (
            "note\nERROR: Could not install: [Errno 28] No space left on device\n\n",
            "pip could not install (ERROR: Could",
        ),
        ("", "pip could not install (no reason given)"),
    ],
)
def test_what_pip_said_becomes_one_line(said: str, expected: str) -> None:
    english, chinese = pip.why(said)
    assert english.startswith(expected)
    assert "\n" not in english + chinese


def test_the_project_is_built_again_when_it_has_changed(lock: Path) -> None:
    """Its metadata by pip; what its build makes of other files, in a fraction of the time, at each run."""
    folder = lock.parent
    (folder / "src" / "dangwu").mkdir(parents=True)
    (folder / "src" / "dangwu" / "__init__.py").write_text("", encoding="utf-8")
    project = (
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "dangwu"\n'
    )
    project += 'version = "{}"\n[tool.hatch.build]\ndev-mode-dirs = ["src"]\n[tool.hatch.build.targets.wheel]\n'
    project += 'packages = ["src/dangwu"]\n'
    (folder / "pyproject.toml").write_text(project.format(1), encoding="utf-8")
    built = folder / "built"
    (folder / "hatch_build.py").write_text(f"open({str(built)!r}, 'a').write('x')\n", encoding="utf-8")

    def put() -> tuple[set[str], int]:
        environments.environment(".venv", [lock], editable=True)
        names = {path.name for path in site(folder / ".venv").glob("dangwu-*")}
        return names, len(built.read_text("utf-8")) if built.exists() else 0

    assert put() == ({"dangwu-1.dist-info"}, 0)
    assert put() == ({"dangwu-1.dist-info"}, 1)
    (folder / "pyproject.toml").write_text(project.format(2), encoding="utf-8")
    assert put() == ({"dangwu-2.dist-info"}, 1)
