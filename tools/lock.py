"""The lock: which file of which version of each package the commands of ``dev.py`` install.

It is made by uv from the ranges in pyproject.toml, for every system and Python at once (markers say where a package
is wanted), and holds a hash of every file, but no address: pip asks the index that the machine knows. A package of
`run.txt` is in no other file again, one of `extras.txt` not in `test.txt`; all are chosen together, so that they fit.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

from tools.environments import ROOT, environment
from tools.pip import UNREACHABLE
from tools.say import leave

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER = ROOT / "lock"
RUN, EXTRAS, TEST, DOCS, TOOL = (FOLDER / f"{name}.txt" for name in ("run", "extras", "test", "docs", "tool"))
HEADS = {
    RUN: "What dangwu needs to be built and run.",
    EXTRAS: "What Excel, Word, PDF, calendars and the desk need beside run.txt.",
    TEST: "What tests and lint need beside run.txt and extras.txt.",
    DOCS: "What the documentation site needs beside run.txt.",
    TOOL: "What makes these files.",
}
# What a package of the lock asks for and nothing here uses: of axe-playwright-python only its script is read.
LEFT_OUT = ("playwright",)
NOTE = "Made from pyproject.toml by: python3 dev.py lock"
OLDEST_PYTHON, PYTHONS = "3.11", ("3.11", "3.12", "3.13", "3.14", "3.15")
SYSTEMS = (
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-unknown-linux-musl",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
)


def requirements() -> dict[Path, list[str]]:
    """Return the ranges of pyproject.toml that each file answers."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = data["project"]["optional-dependencies"]
    return {
        RUN: [*data["build-system"]["requires"], *data["project"]["dependencies"]],
        EXTRAS: [line for name in ("office", "pdf", "desk") for line in inner(extras, name)],
        TEST: inner(extras, "test"),
        DOCS: extras["docs"],
        TOOL: data["dependency-groups"]["lock"],
    }


def inner(extras: dict[str, list[str]], name: str) -> list[str]:
    """Return what an extra asks for, with what the extras ask for that it names."""
    found = []
    for line in extras[name]:
        own = re.fullmatch(r"dangwu\[(.+)\]", line)
        found += [each for part in own[1].split(",") for each in inner(extras, part)] if own else [line]
    return found


def renew(packages: Sequence[str]) -> None:
    """Choose the newest versions that the ranges allow, of all packages or of some, and say what changed."""
    wanted = requirements()
    before = {file: entries(file.read_text(encoding="utf-8")) if file.exists() else {} for file in HEADS}
    newest = [word for each in packages for word in ("--upgrade-package", each)] or ["--upgrade"]
    parts = (RUN, EXTRAS, TEST, DOCS)
    together = universal([line for part in parts for line in wanted[part]], [before[part] for part in parts], *newest)
    run, extras, test, docs = (universal([*wanted[RUN], *wanted[part]], [together]).keys() for part in parts)
    after = {
        RUN: {name: text for name, text in together.items() if name in run},
        EXTRAS: {name: text for name, text in together.items() if name in extras - run},
        TEST: {name: text for name, text in together.items() if name in test - run - extras},
        DOCS: {name: text for name, text in together.items() if name in docs - run},
        TOOL: universal(wanted[TOOL], [before[TOOL]], *newest),
    }
    FOLDER.mkdir(exist_ok=True)
    for file, packages_ in after.items():
        file.write_text(f"# {HEADS[file]}\n# {NOTE}\n" + "".join(packages_.values()), encoding="utf-8", newline="\n")
    print("\n".join(differences(before, after) or ["nothing changed"]))
    for line in unserved():
        print(line)


def universal(wanted: Sequence[str], known: Sequence[dict[str, str]], *words: str) -> dict[str, str]:
    """Let uv choose for every system and Python; what is known stays, unless the words say otherwise."""
    text = "".join(entry for each in known for entry in each.values())
    return entries(resolve(wanted, text, "--universal", "--python-version", OLDEST_PYTHON, *words))


def floating(which: str) -> Path:
    """Let uv choose the newest or lowest versions for this system and Python, and return the list of them."""
    wanted = requirements()
    resolution = {"newest": "highest", "lowest": "lowest-direct"}[which]
    text = resolve([*wanted[RUN], *wanted[TEST]], "", "--resolution", resolution)
    file = ROOT / ".venv-lock" / f"{which}.txt"
    file.write_text(text, encoding="utf-8")
    return file


def resolve(wanted: Sequence[str], known: str, *words: str) -> str:
    """Run uv over some ranges and return its list of packages with their hashes."""
    commands = environment(".venv-lock", [TOOL], editable=None)
    ranges, left_out, chosen = (commands.parent / name for name in ("ranges.txt", "left-out.txt", "chosen.txt"))
    ranges.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    left_out.write_text("".join(f"{name}\n" for name in LEFT_OUT), encoding="utf-8")
    chosen.write_text(known, encoding="utf-8")
    more = ("--generate-hashes", "--no-header", "--no-annotate", "--excludes", str(left_out))
    done = compiled(commands, ranges, *more, "--output-file", str(chosen), *words)
    if done.returncode:
        sys.stderr.write(done.stderr)
        if UNREACHABLE.search(done.stderr):
            leave(
                "The package index cannot be reached: check the network (a mirror is named in UV_DEFAULT_INDEX) "
                "and run this again",
                "连不上软件包源：请检查网络（镜像用 UV_DEFAULT_INDEX 指定），再运行一次",
            )
        leave(
            "No versions fit together: change the ranges in pyproject.toml and run this again",
            "没有互相适合的版本：请修改 pyproject.toml 中的版本范围，再运行一次",
        )
    return chosen.read_text(encoding="utf-8")


def compiled(commands: Path, ranges: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``uv pip compile``, for packages that come ready built."""
    command = [
        str(commands / "uv"),
        "pip",
        "compile",
        "--quiet",
        "--only-binary",
        ":all:",
        "--python",
        str(commands / "python"),
    ]
    command += [str(ranges), *words]
    return subprocess.run(command, cwd=ranges.parent, capture_output=True, text=True, encoding="utf-8", check=False)


def unserved() -> list[str]:
    """Return a line for each system and Python for which a package of the lock has no file."""
    commands = environment(".venv-lock", [TOOL], editable=None)
    found = []
    for system in SYSTEMS:
        for python in PYTHONS:
            done = compiled(
                commands,
                TEST,
                str(RUN),
                str(EXTRAS),
                str(DOCS),
                "--no-deps",
                "--python-platform",
                system,
                "--python-version",
                python,
            )
            if done.returncode:
                found.append(f"not for Python {python} on {system}: {done.stderr.strip()}")
    return found


def entries(text: str) -> dict[str, str]:
    """Split a list of packages into the lines of each, by name; a package may have several versions, by marker."""
    found: dict[str, str] = {}
    for entry in re.findall(r"^[A-Za-z0-9].*(?:\n .*)*\n", text, re.MULTILINE):
        name = re.split(r"[^A-Za-z0-9._-]", entry, maxsplit=1)[0]
        found[name] = found.get(name, "") + entry
    return found


def differences(before: dict[Path, dict[str, str]], after: dict[Path, dict[str, str]]) -> list[str]:
    """Return a line for each package that came, went or changed."""
    old, new = (
        {name: text for packages in each.values() for name, text in packages.items()} for each in (before, after)
    )
    lines = []
    for name in sorted(old.keys() | new.keys()):
        was, now = versions(old.get(name, "")), versions(new.get(name, ""))
        if not was:
            lines.append(f"added    {name} {now}")
        elif not now:
            lines.append(f"removed  {name} {was}")
        elif was != now:
            lines.append(f"changed  {name} {was} -> {now}")
        elif old[name] != new[name]:
            lines.append(f"files    {name} {now}: other files or markers")
    return lines


def versions(entry: str) -> str:
    """Return the versions of a package in its lines."""
    return ", ".join(re.findall(r"^\S+==(\S+)", entry, re.MULTILINE))
