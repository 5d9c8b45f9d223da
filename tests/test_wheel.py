"""The wheel, built and installed into an empty environment, carries all its data and runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from dangwu.data import resources

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return next(target.glob("*.whl"))


def test_wheel_carries_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (
        "dangwu/data/schemas/common.json",
        "dangwu/data/schemas/group-meeting.json",
        "dangwu/data/record-template/.github/workflows/dangwu.yml",
        "dangwu/data/record-template/.gitlab-ci.yml",
        *(f"dangwu/data/record-template/{path}" for path, _ in resources.read_package_files("record-template")),
        "dangwu/data/hooks/pre-commit",
        "dangwu/data/rulebooks/nonpublic-2020/03-three-meetings.yaml",
        "dangwu/data/compiled.json",
        "dangwu/data/compiled-words.json",
        "dangwu/data/compiled-help-zh.json",
        "dangwu/data/compiled-help-en.json",
        "dangwu/sample/words/names.yaml",
        *(f"dangwu/sample/words/{path}" for path, _ in resources.read_package_files("sample/words")),
        "dangwu/data/locale/zh/LC_MESSAGES/messages.mo",
        "dangwu/data/codes/zh/DW301.md",
        *(f"dangwu/data/templates/{name}.j2" for name in ("report.html", "blocks.html", "report.css")),
        "dangwu/data/templates/paper.docx",
        "dangwu/data/templates/paper-en.docx",
        "dangwu/py.typed",
    ):
        assert path in names, path
    assert not [name for name in names if name.endswith(".pyc") or name.startswith("tests/")]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel alone; its dependencies come from the one that runs the tests."""
    folder = tmp_path_factory.mktemp("installed") / "环境 1"
    venv.create(folder, with_pip=False)
    site = next(folder.glob("lib*/python*/site-packages")) if os.name != "nt" else folder / "Lib" / "site-packages"
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(commands / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    here = Path(pytest.__file__).parents[1]
    (site / "dependencies.pth").write_text(f"{here}\n", encoding="utf-8")
    return commands


def run(commands: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(commands / "dangwu"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_installed_wheel_does_the_main_job(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [str(installed / "python"), "-c", "import dangwu; print(dangwu.__file__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)
    folder = tmp_path / "样例"
    made = run(installed, "--as-of", "2026-11-23", "demo", folder, "--format", "json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["planted"]
    assert run(installed, "-C", folder, "--as-of", "2026-11-23", "check").returncode == 1
    assert "逾期" in run(installed, "--lang", "zh", "-C", folder, "--as-of", "2026-11-23", "due").stdout
    report = run(installed, "-C", folder, "--as-of", "2026-11-23", "report", "--format", "html")
    assert report.stdout.startswith("<!doctype html>") or report.stdout.startswith("<!DOCTYPE html>")
    assert "DW301" in run(installed, "explain", "DW301").stdout
