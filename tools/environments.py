"""Virtual environments that hold what a lock names and the project, and nothing else.

An environment carries a mark of what it was made of, written when all is in it. One without this mark (made by other
means, or not to its end), with another mark (another lock, Python or folder), or that does not start, is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tools.pip import pip
from tools.say import leave

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parent.parent
MARK = "dangwu-made-of.json"
BUILD = ("pyproject.toml", "hatch_build.py")
MADE = {"__pycache__", "compiled.json", "compiled-words.json"}


def environment(name: str, locks: Sequence[Path], *, editable: bool | None) -> Path:
    """Bring an environment up to date and return its folder of commands.

    Without ``editable`` the project is copied into it; None leaves the project out.
    """
    folder = ROOT / name
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    mark = folder / MARK
    made = {"python": f"{sys.implementation.name} {platform.python_version()}", "folder": str(folder)}
    made["packages"] = digest(locks)
    known = marked(mark)
    if known.get("made") != made or not starts(commands / "python"):
        known = {"made": made}
        make(folder)
        print(f"{name}: installing {' '.join(each.name for each in locks)} …", file=sys.stderr, flush=True)
        named = [word for each in locks for word in ("-r", str(each))]
        pip(folder, commands, "--require-hashes", "--no-deps", "--only-binary", ":all:", *named)
        write(mark, known)
    if editable is not None:
        put(folder, commands, known, editable=editable)
    return commands


def put(folder: Path, commands: Path, known: dict[str, object], *, editable: bool) -> None:
    """Build the project with what the environment has and put it there, if what it is made of has changed."""
    carried = (BUILD[0], "src/dangwu/__init__.py") if editable else ("src", "schemas", "record-template", "README.md")
    project = digest(sources((*BUILD, *carried)))
    if known.get("project") != project:
        write(folder / MARK, {"made": known["made"]})
        words = ("--editable", ".") if editable else (".",)
        pip(folder, commands, "--no-deps", "--no-index", "--no-build-isolation", "--force-reinstall", *words)
        write(folder / MARK, {**known, "project": project})
    elif editable:
        # The code is read where it stands; only what the build makes of other files can be old.
        done = subprocess.run([str(commands / "python"), "-I", str(ROOT / "hatch_build.py")], cwd=ROOT, check=False)
        if done.returncode:
            sys.exit(done.returncode)


def make(folder: Path) -> None:
    """Make an empty environment, in place of one that is there."""
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        no_venv("the modules venv and ensurepip are missing", "缺少 venv、ensurepip 模块")
    import venv  # noqa: PLC0415 - Debian has it in a package of its own

    if folder.is_symlink() or (folder.exists() and not is_environment(folder)):
        leave(
            f"{folder.name} is there and is no virtual environment: move it away and run this again",
            f"{folder.name} 已存在，但不是虚拟环境：请把它移开，再运行一次",
        )
    try:
        if folder.exists():
            shutil.rmtree(folder)
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(folder)
    except subprocess.CalledProcessError as error:
        no_venv(f"ensurepip ended with {error.returncode}", f"ensurepip 返回 {error.returncode}")
    except OSError as error:
        leave(
            f"{folder.name} could not be made ({error}): see that the folder can be written, the disk has room and "
            "no program uses it, and run this again",
            f"无法建立 {folder.name}（{error}）：请检查目录权限、磁盘空间，并关闭正在使用它的程序，再运行一次",
        )


def no_venv(english: str, chinese: str) -> None:
    """Leave with what makes virtual environments possible."""
    leave(
        f"This Python makes no virtual environment ({english}). On Debian and Ubuntu: apt install python3-venv; "
        "then run this again",
        f"这个 Python 建不了虚拟环境（{chinese}）。Debian、Ubuntu 请先 apt install python3-venv，再运行一次",
    )


def is_environment(folder: Path) -> bool:
    """Tell whether a folder may be replaced: a virtual environment, or what is left of one that was not finished."""
    return folder.is_dir() and ((folder / "pyvenv.cfg").is_file() or not any(folder.iterdir()))


def starts(python: Path) -> bool:
    """Tell whether the interpreter of an environment is there and runs."""
    try:
        return subprocess.run([str(python), "-I", "-c", "import pip"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def marked(mark: Path) -> dict[str, object]:
    """Read what an environment was made of."""
    try:
        known = json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def write(mark: Path, known: dict[str, object]) -> None:
    """Write what an environment was made of."""
    mark.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def sources(names: Iterable[str]) -> list[Path]:
    """Return the files of the project below some names, without what a build or a run makes of them."""
    files: list[Path] = []
    for name in names:
        place = ROOT / name
        files += [place] if place.is_file() else (each for each in sorted(place.rglob("*")) if each.is_file())
    return [each for each in files if each.suffix != ".mo" and not MADE & set(each.parts)]


def digest(files: Iterable[Path]) -> str:
    """Return what identifies the names and contents of files."""
    found = hashlib.sha256()
    for file in files:
        name, content = str(file.relative_to(ROOT)).encode(), file.read_bytes()
        found.update(b"%d %d " % (len(name), len(content)) + name + content)
    return found.hexdigest()
