"""Plays the steps of a small history in a real repository."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.support.branches import base_files
from tests.support.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PEOPLE = {
    "li": ("李某", "li@example.org"),
    "wang": ("王某", "wang@example.org"),
    "zhao": ("赵某", "zhao@example.org"),
    "committee": ("云栖镇党委", "committee@example.org"),
    "li at home": ("李  某", "li-mou@qq.example"),
    "nobody": ("张某", "zhang@example.org"),
    "bot": ("党委机器人", "bot@example.org"),
    "GitHub": ("GitHub", "noreply@github.com"),
    "Gitee": ("Gitee", "noreply@gitee.com"),
    "GitLab": ("GitLab", "no-reply@gitlab.yunqi.example"),
    "forge": ("GitHub", "noreply@github.com"),
}
ANCHOR_PARTS = ("day", "commit", "tree", "count", "branch")
BEGUN = "2026-01-05"
BODY = """
## 会议内容

组长传达支部工作安排，逐项说明设备检修的分工，大家认领了各自的任务。
三名同志谈了夜班交接时的想法，商定交接本每天由两人签字。

## 批评与自我批评

何䶮检讨上月通知发得太晚；许㛃提醒大家发言要联系本岗位。大家当场作了回应。
"""
OTHER_BODY = """
## 会议内容

组长传达支部工作安排，逐项说明设备检修的分工，大家认领了各自的任务。
新来的两名徒工由老师傅带教，名单当场定下，六月底看一次结果。

## 批评与自我批评

苏禾说自己上月两次没有按时交接，许㛃希望他把困难早点讲出来。
"""
SUMMARY = """---
schema: 1
kind: mid-year-summary
year: 2026
date: {day}
author: m001
results: [{task: t1, state: done, result: 已办}]
---

## 主要工作

按计划开展了各项工作。

## 存在问题

两次会议通知偏晚。

## 下一步打算

提前一周发通知。
"""


def path_of(name: str) -> str:
    """Return the file of a record: a group meeting named by its day, or a path as it is."""
    if "/" in name or not name[:1].isdigit():
        return name
    day, number = name[:10], name[10:]
    return f"meetings/{day[:4]}/{day}-group-meeting-g1{number}.md"


def minutes(
    name: str,
    *,
    place: str = "三楼党员活动室",
    present: str = "[m001, m003, m005, m006, m009]",
    empty: bool = False,
    edited: bool = False,
    lines: Iterable[str] = (),
) -> str:
    """Return the minutes of a group meeting."""
    body = "\n## 会议内容\n\n待补。\n\n## 批评与自我批评\n\n待补。\n" if empty else BODY
    body = "\n".join(("", "## 会议内容", *lines, "")) if lines else body
    body = body.replace("每天由两人签字", "每天由三人签字") if edited else body
    return (
        f"---\nschema: 1\nkind: group-meeting\ndate: {name[:10]}\ntime: 15:00-16:10\ngroup: g1\nplace: {place}\n"
        f"chair: m005\nrecorder: m003\npresent: {present}\nleave: []\nabsent: []\n"
        f"topics:\n  - 传达支部工作安排\n  - 批评与自我批评\n---\n{body}"
    )


class History:
    """A repository in the making. ``anchors`` are the lines that the committee took."""

    def __init__(self, folder: Path, take_anchor: Any) -> None:
        self.repo = GitRepo(folder)
        self.anchors: list[str] = []
        self._take_anchor = take_anchor
        plain = {path: raw for path, raw in base_files().items() if path.startswith(("branch.yaml", "members/"))}
        self._written(plain, {"on": BEGUN, "by": "wang"})

    def play(self, step: Mapping[str, Any]) -> None:
        """Do one step; its verb is the first word that is one."""
        verb = next(each for each in VERBS if each in step)
        getattr(self, f"_{verb}")(step)

    def _record(self, step: Mapping[str, Any]) -> None:
        how = {key: step[key] for key in ("place", "empty", "lines", "present") if key in step}
        self._written({path_of(step["record"]): minutes(step["record"], **how)}, step)

    def _records(self, step: Mapping[str, Any]) -> None:
        self._written({path_of(str(name)): minutes(str(name)) for name in step["records"]}, step)

    def _edits(self, step: Mapping[str, Any]) -> None:
        self._written({path_of(str(name)): minutes(str(name), edited=True) for name in step["edits"]}, step)

    def _deletes(self, step: Mapping[str, Any]) -> None:
        self.repo.git("rm", "-q", *(path_of(str(name)) for name in step["deletes"]))
        self._written({}, step)

    def _revert(self, step: Mapping[str, Any]) -> None:
        self._git(step, "revert", "--no-edit", step["revert"])
        if "words" in step:
            self._written({}, {**step, "amend": True})

    def _edit(self, step: Mapping[str, Any]) -> None:
        self._written({path_of(step["edit"]): minutes(step["edit"], edited=True)}, step)

    def _delete(self, step: Mapping[str, Any]) -> None:
        self.repo.git("rm", "-q", path_of(step["delete"]))
        self._written({}, step)

    def _rename(self, step: Mapping[str, Any]) -> None:
        old, new = step["rename"], step["to"]
        self.repo.git("mv", path_of(old), path_of(new))
        day = new if step.get("dated") or step.get("other") else old
        text = minutes(day, edited="edit" in step)
        self._written({path_of(new): text.replace(BODY, OTHER_BODY) if step.get("other") else text}, step)

    def _move(self, step: Mapping[str, Any]) -> None:
        """Move files as they are, one or many; then change the last of them where the step says how."""
        old, new = "", ""
        for old, new in step["move"].items():
            target = self.repo.path / path_of(str(new))
            target.parent.mkdir(parents=True, exist_ok=True)
            self.repo.git("mv", path_of(str(old)), path_of(str(new)))
        if "instead" in step:
            self._touch({**step, "touch": path_of(str(new))})
        else:
            self._written({}, step)

    def _touch(self, step: Mapping[str, Any]) -> None:
        text = step.get("text") or self._say_instead(step["touch"], step)[step["touch"]]
        if "extra" in step:
            before, rest = text.split("groups:", 1)
            text = f"{before}{step['extra']}groups:{rest}"
        self._written({step["touch"]: text}, step)

    def _summary(self, step: Mapping[str, Any]) -> None:
        self._written({"summaries/2026/mid-year.md": SUMMARY.replace("{day}", step["summary"])}, step)

    def _branch(self, step: Mapping[str, Any]) -> None:
        self.repo.git("checkout", "-q", "-b", step["branch"])

    def _switch(self, step: Mapping[str, Any]) -> None:
        self.repo.git("checkout", "-q", step["switch"])

    def _merge(self, step: Mapping[str, Any]) -> None:
        words = ["-s", "ours"] if step.get("ours") else []
        clash = {"code": 1} if "resolve" in step else {}
        words += ["--allow-unrelated-histories"] if step.get("unrelated") else []
        self._git(step, "merge", "-q", "--no-ff", "--no-commit", *words, *step["merge"], **clash)
        files = {path_of(step["resolve"]): minutes(step["resolve"], place="二楼")} if "resolve" in step else {}
        for old, new in step.get("renaming", {}).items():
            self.repo.git("mv", path_of(str(old)), path_of(str(new)))
            files |= self._say_instead(path_of(str(new)), step)
        for name in step.get("dropping", ()):
            self.repo.git("rm", "-q", "-f", path_of(str(name)))
        self._written(files, step)

    def _say_instead(self, path: str, step: Mapping[str, Any]) -> dict[str, str]:
        text = (self.repo.path / path).read_text(encoding="utf-8")
        for old, new in step.get("instead", {}).items():
            text = text.replace(str(old), str(new))
        return {path: text}

    def _squash(self, step: Mapping[str, Any]) -> None:
        self._git(step, "merge", "-q", "--squash", step["squash"])
        self._written({}, step)

    def _pick(self, step: Mapping[str, Any]) -> None:
        self._git(step, "cherry-pick", step["pick"])

    def _drop(self, step: Mapping[str, Any]) -> None:
        self.repo.git("reset", "-q", "--hard", f"HEAD~{step['drop']}")

    def _rebase(self, step: Mapping[str, Any]) -> None:
        self._git(step, "rebase", "-q", "--no-ff", f"HEAD~{step['rebase']}")

    def _orphan(self, step: Mapping[str, Any]) -> None:
        self.repo.git("checkout", "-q", "--orphan", step["orphan"])
        self._written({}, step)

    def _tag(self, step: Mapping[str, Any]) -> None:
        head = self.repo.git("rev-parse", step.get("naming", "HEAD"))
        name = f"dangwu/reviewed/{step['on']}-{head[:12]}"
        self._git(step, "tag", "-a", "-m", f"已审阅\n\nReviewed-by: {' <'.join(PEOPLE['committee'])}>", name)

    def _anchor(self, step: Mapping[str, Any]) -> None:
        line = self._take_anchor(self.repo.path, str(step["anchor"]))
        words = line.split(" ", len(ANCHOR_PARTS))
        for part, value in step.get("saying", {}).items() if line else ():
            revision = f"{value}^{{{part}}}"
            said = self.repo.git("rev-parse", revision) if part in {"commit", "tree"} else str(value)
            words[1 + ANCHOR_PARTS.index(part)] = said
        self.anchors.append(" ".join(words))

    def _replace(self, step: Mapping[str, Any]) -> None:
        raw = self.repo.git("cat-file", "commit", "HEAD")
        seconds = int(datetime.fromisoformat(f"{step['replace']}T17:00:00+08:00").timestamp())
        lines = [line.rpartition("> ")[0] + f"> {seconds} +0800" if line.startswith(("author ", "committer ")) else line
                 for line in raw.split("\n")]  # fmt: skip
        other = self.repo.git("hash-object", "-t", "commit", "-w", "--stdin", data="\n".join(lines).encode())
        self.repo.git("replace", "HEAD", other)

    def _written(self, files: Mapping[str, str | bytes], step: Mapping[str, Any]) -> None:
        self.repo.write(files)
        self.repo.git("add", "-A")
        amend = ["--amend"] if step.get("amend") else []
        says = step.get("words") or (f"记录\n\n{step['says']}" if "says" in step else "记录")
        self._git(step, "commit", "-q", "--allow-empty", *amend, "-m", says)

    def _git(self, step: Mapping[str, Any], *words: str, code: int = 0) -> None:
        name, email = PEOPLE[step.get("by", "li")]
        moment = str(step["on"])
        when = f"{moment if 'T' in moment else moment + 'T17:00'}:00+08:00"
        author = PEOPLE[step.get("author", step.get("by", "li"))]
        people: dict[str, Any] = dict(zip(("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"), author, strict=True))
        people |= {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email, "GIT_EDITOR": "true"}
        if words[0] in {"cherry-pick", "rebase"}:
            people = {key: value for key, value in people.items() if "AUTHOR" not in key}
        self.repo.git(*words, when=when, code=code, **people)


VERBS = (
    "records", "edits", "deletes", "revert", "record", "delete", "rename", "move", "edit", "touch", "summary", "branch",
    "switch", "merge", "squash", "pick", "drop", "rebase", "orphan", "tag", "anchor", "replace",
)  # fmt: skip
