"""The lock agrees with the ranges of pyproject.toml, is whole, and says nothing of where packages come from."""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import lock

ROOT = Path(__file__).parents[1]
SYSTEMS = {
    "Linux": {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"},
    "macOS": {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64"},
    "Windows": {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")


def surroundings(system: str, python: str) -> dict[str, str]:
    found = {name: str(value) for name, value in default_environment().items()} | SYSTEMS[system]
    found["python_version"], found["python_full_version"] = python, f"{python}.9"
    found["implementation_name"], found["platform_python_implementation"] = "cpython", "CPython"
    return found


def locked(*files: Path) -> list[Requirement]:
    entries = [text for file in files for text in lock.entries(file.read_text(encoding="utf-8")).values()]
    return [Requirement(line.rstrip(" \\")) for text in entries for line in re.findall(r"^\S.*", text, re.MULTILINE)]


def holds(requirement: Requirement, where: dict[str, str], extra: str = "") -> bool:
    return requirement.marker is None or requirement.marker.evaluate({**where, "extra": extra})


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(
    "files",
    [
        (lock.RUN,),
        (lock.RUN, lock.EXTRAS),
        (lock.RUN, lock.EXTRAS, lock.TEST),
        (lock.RUN, lock.DOCS),
        (lock.TOOL,),
    ],
    ids=["run", "extras", "test", "docs", "tool"],
)
def test_every_range_is_met(files: tuple[Path, ...], system: str, python: str) -> None:
    """Those of pyproject.toml, and those of each package that is installed here: the lock lacks nothing anywhere."""
    where = surroundings(system, python)
    versions: dict[str, str] = {}
    for each in locked(*files):
        if holds(each, where):
            assert versions.setdefault(canonicalize_name(each.name), str(each.specifier)[2:]) == str(each.specifier)[2:]
    waiting = [Requirement(line) for file in files for line in lock.requirements()[file]]
    seen: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        if str(wanted) in seen or not holds(wanted, where):
            continue
        seen.add(str(wanted))
        name = canonicalize_name(wanted.name)
        assert name in versions, f"{wanted}: run python3 dev.py lock"
        assert wanted.specifier.contains(versions[name], prereleases=True), f"{wanted}: run python3 dev.py lock"
        waiting += needs(name, versions[name], wanted.extras, where)


def needs(name: str, version: str, extras: set[str], where: dict[str, str]) -> list[Requirement]:
    """Return what a package needs, if it is here in the version of the lock."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return []
    if found.version != version:
        return []
    wanted = [Requirement(line) for line in found.requires or ()]
    wanted = [each for each in wanted if canonicalize_name(each.name) not in lock.LEFT_OUT]
    needed = [each for each in wanted if any(holds(each, where, extra) for extra in ("", *extras))]
    for each in needed:
        each.marker = None
    return needed


def test_what_is_left_out_is_asked_for_by_a_package_and_nowhere_imported() -> None:
    asked = {name for each in locked(lock.TEST) for name in map(canonicalize_name, asked_for(each.name))}
    files = [file for folder in ("src", "tests", "tools") for file in (ROOT / folder).rglob("*.py")]
    imported = re.findall(
        r"^\s*(?:import|from) (\w+)", "\n".join(file.read_text(encoding="utf-8") for file in files), re.MULTILINE
    )
    assert set(lock.LEFT_OUT) <= asked
    assert not set(lock.LEFT_OUT) & set(imported)
    assert not set(lock.LEFT_OUT) & {canonicalize_name(each.name) for each in locked(lock.RUN, lock.EXTRAS, lock.TEST)}


def asked_for(name: str) -> list[str]:
    """Return the names of what an installed package asks for."""
    try:
        return [Requirement(line).name for line in distribution(name).requires or ()]
    except PackageNotFoundError:
        return []


def test_no_package_is_locked_twice() -> None:
    files = (lock.RUN, lock.EXTRAS, lock.TEST, lock.DOCS)
    run, extras, test, docs = (lock.entries(file.read_text(encoding="utf-8")) for file in files)
    assert run.keys() & (extras.keys() | test.keys() | docs.keys()) == set()
    assert extras.keys() & test.keys() == set()


@pytest.mark.parametrize("file", lock.HEADS, ids=lambda file: file.name)
def test_it_holds_versions_and_hashes_alone(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    head, body = text.split("\n", 2)[:2], text.split("\n", 2)[2]
    assert head == [f"# {lock.HEADS[file]}", f"# {lock.NOTE}"]
    line = re.compile(
        r"[a-z0-9-]+==[0-9a-z.]+( ; [a-zA-Z0-9_ .'<>=!()*]+)? \\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+"
    )
    assert re.sub(line, "", body).strip() == ""
    assert "".join(lock.entries(text).values()) == body


def test_every_range_has_two_ends() -> None:
    """What is released next year must not reach a user before somebody tried it."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [*data["project"]["optional-dependencies"].values(), *data["dependency-groups"].values()]
    lines = [
        *data["build-system"]["requires"],
        *data["project"]["dependencies"],
        *(each for one in groups for each in one),
    ]
    ranges = [Requirement(line) for line in lines if not line.startswith("dangwu[")]
    kinds = {str(each): {one.operator for one in each.specifier} for each in ranges}
    assert {name: found for name, found in kinds.items() if found != {">=", "<"}} == {}


def test_renewing_says_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With something in uv's place that knows five packages."""
    shelf = {"typer": "1", "typst": "5", "pytest": "2", "sphinx": "4", "uv": "3"}
    files = {name: tmp_path / f"{name}.txt" for name in ("run", "extras", "test", "docs", "tool")}

    def choose(_commands: Path, ranges: Path, *words: str) -> subprocess.CompletedProcess[str]:
        if "--output-file" in words:
            names = [name for name in shelf if re.search(rf"^{name}\b", ranges.read_text("utf-8"), re.MULTILINE)]
            text = "".join(f"{name}=={shelf[name]} \\\n    --hash=sha256:{'0' * 64}\n" for name in names)
            Path(words[words.index("--output-file") + 1]).write_text(text, encoding="utf-8")
        return subprocess.CompletedProcess([], 0, "", "")

    for name, file in files.items():
        monkeypatch.setattr(lock, name.upper(), file)
    monkeypatch.setattr(lock, "FOLDER", tmp_path)
    monkeypatch.setattr(lock, "HEADS", {file: f"{name}." for name, file in files.items()})
    monkeypatch.setattr(lock, "environment", lambda *_words, **_options: tmp_path / "bin")
    monkeypatch.setattr(lock, "compiled", choose)
    wanted = {"run": ["typer"], "extras": ["typst"], "test": ["typst", "pytest"], "docs": ["sphinx"], "tool": ["uv"]}
    monkeypatch.setattr(lock, "requirements", lambda: {file: wanted[name] for name, file in files.items()})

    def renewed() -> list[str]:
        lock.renew([])
        return capsys.readouterr().out.splitlines()

    new = ["pytest 2", "sphinx 4", "typer 1", "typst 5", "uv 3"]
    assert renewed() == [f"added    {each}" for each in new]
    assert "typst" not in files["test"].read_text("utf-8")
    assert renewed() == ["nothing changed"]
    shelf["typer"] = "1.1"
    del shelf["pytest"]
    assert renewed() == ["removed  pytest 2", "changed  typer 1 -> 1.1"]
    assert files["run"].read_text("utf-8").startswith(f"# run.\n# {lock.NOTE}\ntyper==1.1 \\\n")
