"""A repository made by hand, with what a history can have beside plain commits.

No name of a file begins with a colon, holds a line end or is in another encoding than UTF-8: of a commit with such a
name the diff of GitPython loses rows, or all of them. dangwu is tried on these names by ``support.prepared``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BEGUN, HOUR = 1_767_600_000, 3600
MEETING = "meetings/2026/2026 第一季度（1）.md"
MOVED = "meetings/2026/二月 会.md"
RARE = "members/䶮 𬭎 “三”.yaml"
DASH = "members/-dash.yaml"
SEAL = "members/m003.yaml"
LINES = "".join(f"第 {number} 行：传达支部工作安排，讨论设备检修的分工。\n" for number in range(20))
OTHER = "".join(f"line {number}: another matter altogether, minute by minute\n" for number in range(20))
ZONES = ("+0545", "-0330", "+1400", "-1200", "+0000")
MESSAGES: Mapping[str, str] = {
    "plain": "合并\n\n说明。\n\nReviewed-by: 云栖镇党委 <c@example.org>\nSigned-off-by: 王某 <w@example.org>\n",
    "several": "合并\n\nReviewed-by: 甲 <a@example.org>\nreviewed-BY:乙 <b@example.org>\nSee-also: x\n",
    "continued": "合并\n\nReviewed-by: 云栖镇党委\n  组织办\n\t<c@example.org>\nAcked-by: x\n",
    "a blank before the colon": "合并\n\nReviewed-by : 丙 <c@example.org>\n",
    "a line of blanks between": "合并\n\nReviewed-by: 不是 <no@example.org>\n \t\n说明写在后面。\n",
    "line ends of Windows": "合并\r\n\r\n说明。\r\n\r\nReviewed-by: 丁 <d@example.org>\r\n",
    "line ends of Windows, in the middle": "合并\r\n\r\nReviewed-by: 不是 <no@example.org>\r\n\r\n说明。\r\n",
    "in the middle": "合并\n\nReviewed-by: 不是 <no@example.org>\n\n说明。\n",
    "indented": "合并\n\n  Reviewed-by: 不是 <no@example.org>\n",
    "none": "合并\n\nSee-also: x\n",
    "no line end": "合并\n\nReviewed-by: 戊 <e@example.org>",
    "lines that end the paragraph": "合并\n\nReviewed-by: 己 <f@example.org>\n\n\n\n",
    "a title of two lines": "第一行\n第二行\n\nReviewed-by: 庚 <g@example.org>\n",
    "nothing": "",
    "a Chinese key beside": "合并\n\n审核人: 王五\nReviewed-by: 辛 <h@example.org>\n",
    "words beside": "合并\n\n会后补充说明，无其他意见。\nReviewed-by: 壬 <i@example.org>\n",
    "a title and nothing else": "Reviewed-by: 癸 <j@example.org>\n",
    "the separator of GitHub": "合并 (#1)\n\n* 记录\n\n---------\n\nReviewed-by: 丑 <l@example.org>\n",
    "the separator in one paragraph": "合并 (#1)\n\n---------\nReviewed-by: 寅 <m@example.org>\n",
    "words beside a line that git writes": "合并\n\n说明。\n说明。\nReviewed-by: 卯 <n@x.cn>\nSigned-off-by: x\n",
    "more words than trailers": "合并\n\n说明。\n说明。\n说明。\n说明。\n说明。\n说明。\n说明。\n说明。\n"
    "Reviewed-by: 卯 <n@example.org>\nSigned-off-by: x\n",
    "a folded line under words": "合并\n\n说明。\n  又说明\nReviewed-by: 辰 <o@example.org>\n",
    "a comment between": "合并\n\nReviewed-by: 巳 <p@example.org>\n# 注\nSee-also: x\n",
    "a picked commit": "合并\n\n说明。\nReviewed-by: 午 <q@example.org>\n(cherry picked from commit 0123)\n",
}
MORE_MESSAGES: Mapping[str, str] = {
    "a line of three hyphens": "合并\n\n---\n\n说明。\n\nReviewed-by: 子 <k@example.org>\n",
}
"""Messages in which dangwu finds reviewers and GitPython does not."""
BELOW = "dangwu/reviewed/"


class Maker:
    """A repository in the making, and the ids of its commits by what they are called here."""

    def __init__(self, folder: Path) -> None:
        self.repo = GitRepo(folder)
        self.ids: dict[str, str] = {}

    def commit(self, name: str, files: Mapping[str, str] | None = None) -> None:
        """Write and record files."""
        self.repo.write(files or {})
        self.repo.git("add", "-A")
        self.record(name, "commit", "-q", "--allow-empty", "-m", name)

    def record(self, name: str, *words: str) -> None:
        """Run a git command that makes a commit, an hour after the one before, and keep its id."""
        self.repo.git(*words, when=f"{BEGUN + HOUR * len(self.ids)} +0800")
        self.ids[name] = self.repo.git("rev-parse", "HEAD")

    def object(self, name: str, raw: bytes) -> None:
        """Record a commit object as it is written here, without its tree and parent, on top of the last commit."""
        head, tree = (self.repo.git("rev-parse", rev) for rev in ("HEAD", "HEAD^{tree}"))
        whole = f"tree {tree}\nparent {head}\n".encode() + raw
        self.ids[name] = self.repo.git("hash-object", "-t", "commit", "-w", "--stdin", data=whole)
        self.repo.git("update-ref", "HEAD", self.ids[name])

    def move(self, *pairs: tuple[str, str]) -> None:
        """Rename files."""
        for old, new in pairs:
            self.repo.git("mv", old, new)

    def switch(self, branch: str, *, new: bool = False) -> None:
        """Go to a branch."""
        self.repo.git("checkout", "-q", *(["-b"] if new else []), branch)


def make(folder: Path) -> Maker:
    """Return the whole repository."""
    maker = Maker(folder)
    for part in (_files, _entries, _joined_lines, _merges_of_their_own, _people, _messages, _tags):
        part(maker)
    return maker


def _files(maker: Maker) -> None:
    """Add what one commit can do to files."""
    texts = {MEETING: LINES, RARE: OTHER, "notes.txt": "备忘\n" * 20, "README.md": "# 记录\n"}
    maker.commit("root", {"branch.yaml": "schema: 1\n", SEAL: "name: 㛃\n", **texts})
    maker.commit("edited", {MEETING: LINES + "散会。\n"})
    maker.move((MEETING, MOVED))
    maker.commit("renamed with an edit", {MOVED: LINES.replace("第 3 行", "第三行")})
    maker.move((RARE, DASH))
    maker.commit("renamed alone")
    maker.repo.git("update-index", "--chmod=+x", SEAL)
    maker.record("mode", "commit", "-q", "-m", "mode")
    maker.repo.git("checkout", "-q", "-f", ".")
    maker.commit("empty")
    maker.commit("copied", {"meetings/2026/copy.md": LINES.replace("第 3 行", "第三行")})
    maker.move(("notes.txt", "notes.md"))
    maker.commit("became a record")
    maker.move(("notes.md", ".notes.md"))
    maker.commit("hidden")
    maker.move((DASH, "x"), (MOVED, DASH), ("x", MOVED))
    maker.commit("two changed places")
    maker.repo.git("rm", "-q", "README.md", "meetings/2026/copy.md")
    maker.commit("deleted, and something like it added", {"meetings/2026/new.md": LINES[:90] + OTHER})
    maker.commit("made again", {"README.md": "# 又\n"})


def _entries(maker: Maker) -> None:
    """Add entries that are no plain files, without asking a file system for them."""
    git = maker.repo.git
    target, blob = (git("hash-object", "-w", "--stdin", data=raw) for raw in (b"m001.yaml", b"name: x\n"))
    for entry in (f"120000,{target},members/link.yaml", f"160000,{maker.ids['root']},members/sub"):
        git("update-index", "--add", "--cacheinfo", entry)
    maker.record("links", "commit", "-q", "-m", "links")
    for entry in (f"100644,{blob},members/link.yaml", f"160000,{maker.ids['mode']},members/sub"):
        git("update-index", "--cacheinfo", entry)
    maker.record("a link becomes a file", "commit", "-q", "-m", "a link becomes a file")
    git("rm", "-q", "--cached", "members/sub")
    maker.record("links taken out", "commit", "-q", "-m", "links taken out")
    git("checkout", "-q", "-f", ".")


def _joined_lines(maker: Maker) -> None:
    """Add lines of the history that part and come together."""
    git = maker.repo.git
    for name in ("a", "b", "c"):
        maker.switch(name, new=True)
        maker.commit(f"on {name}", {f"members/{name}.yaml": f"name: {name}\n", f"{name}.md": f"{LINES}{name}\n"})
        maker.switch("main")
    maker.commit("on main", {"branch.yaml": "schema: 1\nkind: branch\n"})
    maker.record("octopus", "merge", "-q", "--no-ff", "-m", "章鱼", "a", "b", "c")
    maker.switch("left", new=True)
    maker.move(("a.md", "甲 a.md"))
    maker.commit("renamed on a side line", {"b.md": f"{LINES}b\nleft\n"})
    git("tag", "-a", "-m", "将合并", "merged")
    maker.switch("main")
    maker.commit("edited under the old name", {"a.md": f"main\n{LINES}a\n", "b.md": f"{LINES}b\nmain\n"})
    git("merge", "-q", "--no-ff", "--no-commit", "merged", code=1)
    maker.commit("a tag merged, a conflict resolved", {"b.md": f"{LINES}b\nmain\nleft\n"})
    maker.switch("tagged", new=True)
    maker.commit("to be tagged", {"members/f.yaml": "name: f\n"})
    git("tag", "-a", "-m", "将合并", "merged-alone")
    maker.switch("main")
    maker.record("a tag merged", "merge", "-q", "--no-ff", "-m", "合并标签", "merged-alone")
    git("checkout", "-q", "--orphan", "fresh")
    git("rm", "-q", "-r", "-f", ".")
    maker.commit("another root", {"other.yaml": "kind: x\n"})
    maker.switch("main")
    maker.record("joined with another root", "merge", "-q", "--allow-unrelated-histories", "-m", "无关", "fresh")
    maker.switch("left-out", new=True)
    maker.commit("an edit that is left out", {"b.md": "left out\n"})
    maker.switch("main")
    maker.record("ours", "merge", "-q", "--no-ff", "-s", "ours", "-m", "不取", "left-out")


def _merges_of_their_own(maker: Maker) -> None:
    """Add a merge that changes what none of its parents did."""
    maker.switch("side", new=True)
    maker.commit("on the side", {"side.md": f"{OTHER}side\n", "members/d.yaml": "name: d\n"})
    maker.switch("main")
    maker.commit("meanwhile", {"members/e.yaml": "name: e\n", "meanwhile.md": f"{OTHER[:600]}{LINES[:200]}"})
    maker.repo.git("merge", "-q", "--no-ff", "--no-commit", "side")
    maker.move(("side.md", "side 二.md"), ("甲 a.md", "乙 a.md"), ("c.md", "丙 c.md"), ("meanwhile.md", "丁.md"))
    maker.repo.git("rm", "-q", "members/a.yaml")
    texts = {"丙 c.md": f"{LINES}c\nmore\n", "members/d.yaml": "name: D\n", "members/e.yaml": "name: E\n"}
    maker.commit("a merge of its own", {**texts, "added.md": "# 新\n"})


def _people(maker: Maker) -> None:
    """Add names, zones and encodings as they are and as they may be."""
    for zone in ZONES:
        author = f"author O'Hara, 欧 「哈」 <o@example.org> 1770000000 {zone}"
        maker.object(f"zone {zone}", f"{author}\ncommitter 王 <w@example.org> 1770050000 {zone}\n\n时区\n".encode())
    lines = ("author 王小明 <w@example.org> 1770000000 +0800", "committer 王小明 <w@example.org> 1770000000 +0800")
    maker.object("encoded", "\n".join((*lines, "encoding GBK", "", "国标 编码", "", "正文", "")).encode("gbk"))
    maker.object("nobody", "author  <> 0 +0000\ncommitter 无名 <> 0 -0000\n\n".encode())
    signature = "gpgsig -----BEGIN SSH SIGNATURE-----\n U1NIU0lHAAAAAQ==\n -----END SSH SIGNATURE-----"
    maker.object("signed", "\n".join((*lines, signature, "", "签名", "")).encode())


def _messages(maker: Maker) -> None:
    for name, message in {**MESSAGES, **MORE_MESSAGES}.items():
        people = f"author 王 <w@example.org> {BEGUN} +0800\ncommitter 委 <c@example.org> {BEGUN} +0800\n\n"
        maker.object(f"message: {name}", f"{people}{message}".encode())


def _tags(maker: Maker) -> None:
    git = maker.repo.git
    git("tag", "-a", "-m", "已审阅\n\nReviewed-by: 云栖镇党委 <c@example.org>", f"{BELOW}2026-04-01-附注", "main~3")
    git("tag", "-a", "-m", "一\n二\n\n正文\n", f"{BELOW}lines")
    git("tag", "-a", "-m", "x", f"{BELOW}first", "main~1")
    git("tag", "-a", "-m", "标签的标签", f"{BELOW}of-a-tag", f"{BELOW}first")
    git("tag", "-a", "-m", "a tree", f"{BELOW}tree", "main^{tree}")
    git("update-ref", f"refs/tags/{BELOW}moved", f"refs/tags/{BELOW}first")
    git("tag", f"{BELOW}light", "main~2")
    git("tag", "-a", "-m", "elsewhere", "other/name")
