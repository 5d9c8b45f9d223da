"""The worlds in which commands run: sample branches, one with a busy history and broken records, planted examples."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.outputs_build import DAY, LANGUAGES, surroundings
from tests.bench.outputs_case import HOOKS, neutral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.outputs_build import Answer, Build

EXAMPLES = Path(__file__).parents[1] / "examples"
_EXAMPLES_DAY = "2026-06-30"
_PEOPLE = {"branch": ("郑浩然", "zheng@example.org"), "town": ("砚溪镇党委组织办", "office@example.org")}
_QUIET = (
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "gc.auto=0",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "core.autocrlf=false",
)
_AMENDMENT = """\
schema: 1
kind: amendment
clause: "3.4"
from: 2026-07-01
every: quarter
source: {document: 砚溪镇党委〔2026〕8 号, approved_by: 砚溪镇党委}
"""
_ACCEPTED = """\
schema: 1
kind: accepted
accepted:
  - {code: DW872, path: appraisals/2025/appraisal.yaml, reason: 票数已经重新核对, date: 2026-10-30, approved_by: m001}
"""
_WAIVER = """\
schema: 1
kind: waiver
date: 2026-10-09
duties: [3.1/2026-09/g3]
outcome: missed
reason: 组长出差，忘记安排
approved_by: 支部委员会
"""
_BROKEN = {
    "members/m090.yaml": b"schema: 1\nkind: member\nid: m091\nname: \xe9\xbb\x8e\nstatus: []\nwages: 9000\n",
    "members/m092.yaml": "schema: 1\nkind: member\nid: m092\nname: 何二\nname: 何三\nstatus: [{from: 2026}]".encode(),
    "members/m093.yaml": b"schema: 1\nkind: member\n\tid: m093\n",
    "members/m094.yaml": "schema: 1\nkind: member\nid: m094\nname: 王五\n".encode("gb18030"),
    "members/m095.yaml": b"",
    "members/m096.yaml": b"\xef\xbb\xbfschema: 1\r\nkind: member\r\nid: m096\r\nname: x\r\n",
    "meetings/2026/2026-11-30-group-meeting-g1.md": "---\nschema: 1\nkind: group-meeting\ndate: 2026-11-29\n"
    "time: 16:00-15:00\ngroup: g9\nplace: 【待填】\nchair: m999\npresent: [m001, m001]\n---\n\n## 会议内容\n".encode(),
    "meetings/2026/2026-11-31-general-meeting.md": b"no front matter\n",
    "plans/2026/q9.yaml": b"schema: 1\nkind: quarter-plan\n",
    "waivers/2026/2026-11-01-白.yaml": b"- a list\n",
    "somewhere/else.yaml": b"kind: unheard-of\n",
}


def make_worlds(build: Build, root: Path, members: int) -> list[tuple[str, str]]:
    """Make every world, and keep what the samples say; return the planted worlds with their days."""
    for folder in ("home", "temporary", "made", "copies", "void"):
        (root / folder).mkdir(parents=True)
    (root / "home" / ".gitconfig").write_text("[user]\n\tname = 砚溪镇党委\n\temail = office@example.org\n")
    size = ("--members", str(members), "--groups", "3", "--years", "2")
    for lang in LANGUAGES:
        _sample(build, root, lang, lang, *size)
    _sample(
        build, root, "few", "en", "--members", "5", "--groups", "0", "--years", "1", "--seed", "2", "--format", "json"
    )
    _keep(build, root, "bare", build.run(root, [*_front("zh"), "init", "bare", "--name", "新支部", "--no-input"], root))
    _busy(root)
    _below(root)
    shutil.copytree(root / "few", root / "newer", symlinks=True)
    _edit(root / "newer", "members/m002.yaml", "^schema: 1", "schema: 9")
    _git(root, root, "clone", "--quiet", "--depth", "5", f"file://{root}/zh", "shallow")
    return list(_planted(root))


def _front(lang: str) -> tuple[str, ...]:
    return ("--as-of", DAY, "--lang", lang)


def _sample(build: Build, root: Path, world: str, lang: str, *words: str) -> None:
    _keep(build, root, world, build.run(root, [*_front(lang), "demo", world, *words], root))
    made = root / "made" / "sample" / world
    history = _git(root, root / world, "log", "--format=%H %an <%ae> %aI %cn <%ce> %cI %s%n%b", "--stat=200")
    (made / "history").write_bytes(history)


def _keep(build: Build, root: Path, world: str, answer: Answer) -> None:
    """Keep all of a new repository: what the command said, the files, the hooks and git's configuration."""
    made = root / "made" / "sample" / world
    made.mkdir(parents=True)
    (made / "exit").write_text(f"{answer.code}\n")
    (made / "stdout").write_bytes(answer.out)
    (made / "stderr").write_bytes(answer.err)
    if answer.code != 0:
        raise LookupError(f"{build.name}: no sample: exit {answer.code}\n{answer.err.decode()}")
    ignored = shutil.ignore_patterns("objects", "logs", "index", "ORIG_HEAD")
    shutil.copytree(root / world, made / "files", ignore=ignored)
    for hook in (made / "files" / HOOKS).iterdir():
        hook.write_bytes(neutral(build, hook.read_bytes()))


def _git(root: Path, folder: Path, *words: str, day: str = DAY, who: str = "branch") -> bytes:
    name, email = _PEOPLE[who]
    when = f"{day}T10:00:00+08:00"
    person = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", name), ("EMAIL", email), ("DATE", when))
    }
    around = {**surroundings(root), **person}
    return subprocess.run(["git", *_QUIET, *words], cwd=folder, env=around, check=True, capture_output=True).stdout


def _edit(folder: Path, pattern: str, old: str, new: str) -> None:
    """Replace a pattern in the first file of a name. LookupError where that changes nothing."""
    path = min(folder.glob(pattern), default=None)
    text = path.read_text(encoding="utf-8") if path else ""
    changed = re.sub(old, new, text, count=1, flags=re.MULTILINE)
    if path is None or changed == text:
        raise LookupError(f"the sample has no “{old}” in {pattern}")
    path.write_bytes(changed.encode())


def _write(folder: Path, path: str, raw: bytes) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(raw)


def _busy(root: Path) -> None:
    """Make the world in which much has changed: control files, a merge, broken records, an index and a work tree."""
    busy = root / "busy"
    shutil.copytree(root / "zh", busy, symlinks=True)
    _git(root, busy, "switch", "--quiet", "--create", "change")
    _write(busy, "rules/2026-lectures.yaml", _AMENDMENT.encode())
    _write(busy, "accepted.yaml", _ACCEPTED.encode())
    (busy / ".github" / "CODEOWNERS").unlink()
    with (busy / ".gitattributes").open("a") as attributes:
        attributes.write("*.md -text\n")
    _edit(busy, "branch.yaml", r"\Z", "settings: {recorded_within_days: 20}\n")
    _commit(root, busy, "修订制度", "2026-11-18")
    for pattern, old, new in (
        ("members/m005.yaml", r"^name: \S+", "name: 何新名"),
        ("meetings/2026/*group-meeting-g1.md", r"^place: \S+", "place: 新会议室"),
        ("admonitions/*/a001.yaml", r"^facts: \S+", "facts: 另一个事实"),
        ("supervision/*/case-c001.yaml", r"^result: \S+", "result: 另一个结果"),
        ("supervision/*/letter-l001.yaml", r"^summary: \S+", "summary: 另一个摘要"),
        ("accountability/*/*.yaml", r"^measure: \S+", "measure: 另一个措施"),
        ("dues/2026.yaml", r"month: 2026-10, date: 2026-10-\d+", "month: 2026-10, date: 2026-11-02"),
    ):
        _edit(busy, pattern, old, new)
    _write(busy, "waivers/2026/2026-10-09-missed.yaml", _WAIVER.encode())
    min(busy.glob("supervision/2026/*heart*")).unlink()
    moved = min(busy.glob("meetings/2026/*-study-session.md"))
    moved.rename(moved.with_name("2026-02-01-study-session.md"))
    _commit(root, busy, "更正几份记录", "2026-11-19")
    _git(root, busy, "switch", "--quiet", "main")
    _edit(busy, "members/m003.yaml", r"^name: \S+", "name: 更名者")
    _commit(root, busy, "改名", "2026-11-19")
    message = "合并更正\n\nReviewed-by: 砚溪镇党委组织办 <office@example.org>"
    _git(root, busy, "merge", "--quiet", "--no-ff", "-m", message, "change", day="2026-11-20", who="town")
    for path, raw in _BROKEN.items():
        _write(busy, path, raw)
    _commit(root, busy, "坏的记录", "2026-11-21")
    _edit(busy, "members/m006.yaml", r"^name: \S+", "name: 暂存者")
    _git(root, busy, "add", "--all")
    _edit(busy, "members/m007.yaml", r"^name: \S+", "name: 未暂存者")
    _write(busy, "meetings/2026/2026-11-22-committee-meeting.md", b"---\nschema: 1\nkind: committee-meeting\n---\n")


def _commit(root: Path, folder: Path, message: str, day: str) -> None:
    _git(root, folder, "add", "--all")
    _git(root, folder, "commit", "--quiet", "--message", message, day=day)


def _below(root: Path) -> None:
    """Make a repository of a company in which the records are one folder."""
    top = root / "below"
    shutil.copytree(root / "few", top / "party" / "records", ignore=shutil.ignore_patterns(".git"))
    _git(root, top, "init", "--quiet", "--initial-branch=main")
    _commit(root, top, "开始", "2026-11-01")
    _edit(top, "party/records/members/m002.yaml", r"^name: \S+", "name: 更名者")
    _commit(root, top, "改名", "2026-11-02")


def _planted(root: Path) -> Iterator[tuple[str, str]]:
    """Lay the bad examples of all codes over the clean base, as many in a world as do not touch the same file."""
    worlds: list[tuple[str, set[str]]] = []
    for layer in sorted(EXAMPLES.glob("DW*/bad")):
        files = dict(_layer(layer))
        day = (layer / "as_of").read_text().strip() if (layer / "as_of").is_file() else _EXAMPLES_DAY
        free = (at for at, (on, taken) in enumerate(worlds) if on == day and taken.isdisjoint(files))
        at = next(free, len(worlds))
        world = root / "planted" / f"{at:02}"
        if at == len(worlds):
            worlds.append((day, set()))
            shutil.copytree(EXAMPLES / "base", world)
        worlds[at][1].update(files)
        for path, raw in files.items():
            _lay(world / path, raw)
    if not worlds:
        raise LookupError(f"no examples below {EXAMPLES}")
    yield from ((f"planted/{at:02}", day) for at, (day, _) in enumerate(worlds))


def _layer(layer: Path) -> Iterator[tuple[str, bytes | Path | None]]:
    """Yield what an example lays over the base: bytes, where a link leads, or None for a file that is not there."""
    for path in sorted(layer.rglob("*")):
        name = path.relative_to(layer).as_posix()
        if path.is_file() and name not in {"as_of", "also", "tree.json"}:
            gone = name.endswith(".delete")
            yield name.removesuffix(".delete"), None if gone else path.read_bytes()
    extra = layer / "tree.json"
    for entry in json.loads(extra.read_bytes()) if extra.is_file() else ():
        text = entry["text"] * entry.get("times", 1)
        yield entry["path"], Path(text) if entry["mode"] == "120000" else text.encode()


def _lay(target: Path, raw: bytes | Path | None) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    if isinstance(raw, Path):
        os.symlink(raw, target)  # noqa: PTH211 - the target need not be a path of this system
    elif raw is not None:
        target.write_bytes(raw)
