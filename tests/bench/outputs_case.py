"""A case: commands in one of the worlds, run by each build; everything they leave behind is kept to be compared."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench.outputs_build import DAY, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.bench.outputs_build import Build

RUNS = frozenset({0, 1})
"""Exit codes of a command that does its work: nothing found, or findings."""
REFUSES = frozenset({2, 3})
"""Exit codes of a refusal."""
MAY_REFUSE = RUNS | {2}
"""Exit codes of a command that has nothing to show to some audience, and then refuses."""
ANY = RUNS | REFUSES
"""Exit codes of a command in a world where it may not be able to work."""
HOOKS = ".git/hooks"
_SEAL = re.compile(rb"(?m)^# seal [0-9a-f]+$")


class Case(NamedTuple):
    """Commands to run one after the other in a world; where they write there, in a copy of it.

    ``{out}`` in a word is the case's own folder for files, ``{root}`` the folder of all worlds. ``without`` is a
    pattern of lines that are not compared.
    """

    name: str
    steps: tuple[tuple[str, ...], ...]
    world: str
    exits: frozenset[int]
    extra: Mapping[str, str]
    copied: bool
    without: str
    given: bytes

    @property
    def family(self) -> str:
        """Return the family of the command: the row of the table."""
        return self.name.partition("/")[0]


def case(
    name: str,
    line: str,
    *,
    lang: str = "zh",
    world: str = "zh",
    day: str = DAY,
    exits: frozenset[int] = RUNS,
    extra: Mapping[str, str] | None = None,
    then: Sequence[str] = (),
    copied: bool = False,
    without: str = "",
    given: bytes = b"",
) -> Case:
    """Return a case in one language, from what a person would type. Further commands stand in ``then``.

    The day is the only clock. Without a language the build chooses one itself.
    """
    front = ("--as-of", day, *(("--lang", lang) if lang else ()))
    steps = tuple((*front, *shlex.split(step)) for step in (line, *then))
    return Case(f"{name}.{lang or 'own'}", steps, world, exits, extra or {}, copied, without, given)


def both(name: str, line: str, **how: Any) -> Iterator[Case]:
    """Yield a case in each language."""
    for lang in LANGUAGES:
        yield case(name, line, lang=lang, **how)


def turned(number: int) -> str:
    """Return one of the languages in turns, where a full product would only repeat itself."""
    return LANGUAGES[number % len(LANGUAGES)]


def slug(text: str) -> str:
    """Return a text as a part of a file's name."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-")


def run_case(build: Build, root: Path, asked: Case) -> None:
    """Run a case; its exit codes, streams and files stand below ``made`` under its name."""
    made = root / "made" / asked.name
    files = made / "files"
    files.mkdir(parents=True)
    world = root / asked.world
    cwd = root / "copies" / asked.name if asked.copied else world
    if asked.copied:
        shutil.copytree(world, cwd, symlinks=True)
    for number, step in enumerate(asked.steps, 1):
        words = [word.replace("{out}", str(files)).replace("{root}", str(root)) for word in step]
        answer = build.run(root, words, cwd, asked.extra, asked.given)
        end = f"-{number}" if len(asked.steps) > 1 else ""
        (made / f"exit{end}").write_text(f"{answer.code}\n")
        (made / f"stdout{end}").write_bytes(_compared(answer.out, asked.without))
        (made / f"stderr{end}").write_bytes(_compared(answer.err, asked.without))
    if asked.copied:
        keep_changed(build, world, cwd, files / "world")
        shutil.rmtree(cwd)
    for hook in files.rglob(f"{HOOKS}/*"):
        hook.write_bytes(neutral(build, hook.read_bytes()))
    for git in files.rglob(".git"):
        _keep_hooks(git)


def _compared(raw: bytes, without: str) -> bytes:
    lines = raw.splitlines(keepends=True)
    return b"".join(line for line in lines if not without or not re.search(without.encode(), line))


def neutral(build: Build, hook: bytes) -> bytes:
    """Return a hook without what must differ between builds: the interpreter's path, and the seal over the text."""
    return _SEAL.sub(b"# seal", hook.replace(build.python.encode(), b"PYTHON"))


def keep_changed(build: Build, before: Path, after: Path, into: Path) -> None:
    """Copy the files that differ between two folders, git's own left out but for the hooks; name those that went."""
    old, new = _listed(before), _listed(after)
    for path in sorted(new):
        raw = (after / path).read_bytes()
        if path not in old or raw != (before / path).read_bytes():
            (into / path).parent.mkdir(parents=True, exist_ok=True)
            (into / path).write_bytes(neutral(build, raw) if path.startswith(HOOKS) else raw)
    gone = sorted(old - new)
    if gone:
        into.mkdir(parents=True, exist_ok=True)
        (into / "gone").write_text("".join(f"{path}\n" for path in gone))


def _listed(folder: Path) -> set[str]:
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {path for path in paths if not path.startswith(".git/") or path.startswith(HOOKS)}


def _keep_hooks(git: Path) -> None:
    """Take out of a made repository what git writes with the time of the moment in it."""
    for path in git.iterdir():
        if path.is_dir() and path.name != "hooks":
            shutil.rmtree(path)
        elif path.name == "index":
            path.unlink()
