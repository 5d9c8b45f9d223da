"""The work tree, the index and a commit as one and the same thing."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dangwu.errors import CannotRunError
from dangwu.files.worktree import WorkTree, hash_blob
from dangwu.git.blobs import read_blobs
from dangwu.git.repository import find_record_root
from dangwu.model.tree import FILE_MODE, LINK_MODE, MAX_FILE_BYTES, SUBMODULE_MODE, may_be_record
from dangwu.workspace.open_tree import open_tree
from tests.support.gitrepo import RECORDS, GitRepo, surroundings

if TYPE_CHECKING:
    from dangwu.model.tree import Tree

FOLDER = "张 三 & (1)"


def contents(tree: Tree) -> dict[str, bytes | None]:
    return {entry.path: raw for entry, raw in tree.read(tree.entries())}


def paths(tree: Tree) -> list[str]:
    return [entry.path for entry in tree.entries()]


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = GitRepo(tmp_path / FOLDER)
    made.commit(RECORDS)
    return made


@pytest.mark.parametrize("prefix", ["", "党 支部/记录 “一”/"])
def test_a_clean_repository_is_the_same_in_all_three(tmp_path: Path, prefix: str) -> None:
    repo = GitRepo(tmp_path / FOLDER)
    repo.commit({f"{prefix}{path}": text for path, text in RECORDS.items()} | {"elsewhere.yaml": "x: 1\n"})
    location = find_record_root(repo.path / prefix / "members")
    assert location.root == repo.path / prefix
    work, index, commit = open_tree(location), open_tree(location, staged=True), open_tree(location, rev="main")
    assert work.entries() == index.entries() == commit.entries()
    assert set(RECORDS) <= set(paths(work))
    assert ("elsewhere.yaml" in paths(work)) is not bool(prefix)
    expected = {path: text.encode() for path, text in RECORDS.items() if isinstance(text, str)}
    for tree in (work, index, commit):
        assert expected.items() <= contents(tree).items()
    assert [work.label, index.label, commit.label] == [None, "index", repo.git("rev-parse", "HEAD")]


def test_the_executable_bit_is_the_same_in_all_three(repo: GitRepo) -> None:
    (repo.path / "branch.yaml").chmod(0o755)
    repo.commit()
    location = find_record_root(repo.path)
    modes = [
        next(entry.mode for entry in tree.entries() if entry.path == "branch.yaml")
        for tree in (open_tree(location), open_tree(location, staged=True), open_tree(location, rev="HEAD"))
    ]
    assert modes == ["100755"] * 3


@pytest.mark.parametrize("raw", [b"", b"a", "朱䶮㛃𬭎：\r\n".encode(), bytes(range(256)) * 100])
def test_ids_are_those_of_git(tmp_path: Path, raw: bytes) -> None:
    repo = GitRepo(tmp_path)
    assert hash_blob(raw) == repo.git("hash-object", "--stdin", data=raw)


def test_the_three_may_differ(repo: GitRepo) -> None:
    repo.write({"branch.yaml": "staged\n"})
    repo.git("add", "branch.yaml")
    repo.write({"branch.yaml": "work\n", "new.yaml": "only here\n"})
    location = find_record_root(repo.path)
    assert contents(open_tree(location))["branch.yaml"] == b"work\n"
    assert contents(open_tree(location, staged=True))["branch.yaml"] == b"staged\n"
    assert contents(open_tree(location, rev="HEAD"))["branch.yaml"] == b"schema: 1\nkind: branch\n"
    assert "new.yaml" in paths(open_tree(location))
    assert "new.yaml" not in paths(open_tree(location, staged=True))


@pytest.mark.parametrize("state", ["work", "index", "commit"])
def test_bytes_come_in_the_order_asked_for(repo: GitRepo, state: str) -> None:
    tree = open_tree(find_record_root(repo.path), staged=state == "index", rev="HEAD" if state == "commit" else None)
    wanted = [*reversed(tree.entries()), tree.entries()[0]]
    assert [entry for entry, _raw in tree.read(wanted)] == wanted
    assert all(raw is not None and hash_blob(raw) == entry.blob for entry, raw in tree.read(wanted))
    assert list(tree.read([])) == []


@pytest.mark.parametrize(
    ("path", "mode", "wanted"),
    [
        ("branch.yaml", FILE_MODE, True),
        ("成员/名册.MD", FILE_MODE, True),
        ("a.YML", FILE_MODE, True),
        ("a.txt", FILE_MODE, False),
        ("yaml", FILE_MODE, False),
        (".hidden.yaml", FILE_MODE, False),
        (".dangwu/schema/a.yaml", FILE_MODE, False),
        ("a/.git/b.md", FILE_MODE, False),
        ("~$会议.md", FILE_MODE, False),
        (".#a.yaml", FILE_MODE, False),
        ("a.yaml~", FILE_MODE, False),
        ("a.yaml.swp", FILE_MODE, False),
        (".dangwu-7-a.yaml.tmp", FILE_MODE, False),
        ("members", LINK_MODE, True),
        ("photo.jpg", LINK_MODE, True),
        ("members", SUBMODULE_MODE, True),
        (".tool", SUBMODULE_MODE, False),
    ],
)
def test_what_can_matter(path: str, mode: str, *, wanted: bool) -> None:
    assert may_be_record(path, mode) is wanted


def test_passing_files_are_listed_nowhere(repo: GitRepo) -> None:
    before = paths(open_tree(find_record_root(repo.path)))
    repo.commit({".dangwu/x.yaml": "", "~$a.md": "", ".a.yaml": "", "a.yaml.tmp": "", "b.yaml~": "", "notes.txt": ""})
    location = find_record_root(repo.path)
    for tree in (open_tree(location), open_tree(location, staged=True), open_tree(location, rev="HEAD")):
        assert paths(tree) == before


def test_a_large_file_is_listed_and_only_read_where_that_costs_nothing(repo: GitRepo) -> None:
    repo.commit({"large.yaml": b"a" * (MAX_FILE_BYTES + 1), "limit.yaml": b"a" * MAX_FILE_BYTES})
    location = find_record_root(repo.path)
    for tree in (open_tree(location), open_tree(location, staged=True), open_tree(location, rev="HEAD")):
        sizes = {entry.path: entry.size for entry in tree.entries()}
        assert sizes["large.yaml"] == MAX_FILE_BYTES + 1
        assert len(contents(tree)["limit.yaml"] or b"") == MAX_FILE_BYTES
    work = open_tree(location)
    assert contents(work)["large.yaml"] is None


def test_of_a_very_large_object_only_the_beginning_is_kept(repo: GitRepo) -> None:
    """A few kilobytes in git can be gigabytes here; what comes after it in the same answer is still read."""
    text = b"a: b\n" * 1_000_000
    ids = [repo.git("hash-object", "-w", "--stdin", data=each) for each in (text, b"after\n")]
    assert [*read_blobs(repo.path, ids)] == [text[: 4 << 20], b"after\n"]


def test_links_are_seen_and_never_followed(repo: GitRepo, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("secret: 1\n", encoding="utf-8")
    links = {
        "members/m009.yaml": outside / "secret.yaml",
        "lectures": outside,
        "loop.yaml": Path("loop.yaml"),
        "meetings/up": Path(".."),
        "gone.md": Path("nowhere"),
    }
    for path, target in links.items():
        (repo.path / path).symlink_to(target)
    repo.commit()
    location = find_record_root(repo.path)
    for tree in (open_tree(location), open_tree(location, staged=True), open_tree(location, rev="HEAD")):
        assert {entry.path for entry in tree.entries() if entry.mode == LINK_MODE} == set(links)
        assert not [path for path in paths(tree) if path.startswith(("lectures/", "meetings/up/"))]
        assert b"secret: 1\n" not in contents(tree).values()


def test_a_link_put_in_place_after_listing_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    victim = tmp_path / "a.yaml"
    victim.write_text("a: 1\n", encoding="utf-8")
    real = os.open

    def swap(path: str, flags: int) -> int:
        victim.unlink()
        victim.symlink_to(tmp_path / "secret")
        return real(path, flags)

    monkeypatch.setattr(os, "open", swap)
    assert contents(WorkTree(tmp_path)) == {"a.yaml": None}


def test_a_submodule_is_one_entry_in_all_three(repo: GitRepo, tmp_path: Path) -> None:
    other = GitRepo(tmp_path / "other")
    other.commit({"m100.yaml": "name: 别人\n"})
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.path), "members/别处")
    repo.commit()
    location = find_record_root(repo.path)
    for tree in (open_tree(location), open_tree(location, staged=True), open_tree(location, rev="HEAD")):
        assert [entry.path for entry in tree.entries() if entry.mode == SUBMODULE_MODE] == ["members/别处"]
        assert not [path for path in paths(tree) if path.startswith("members/别处/")]
        assert contents(tree)["members/别处"] is None


def test_a_record_root_that_is_itself_a_linked_work_tree_is_read(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    assert (tmp_path / "linked" / ".git").is_file()
    assert set(RECORDS) <= set(paths(WorkTree(tmp_path / "linked")))


def test_a_closed_file_is_none(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def closed(path: str, flags: int) -> int:
        if str(path).endswith("m001.yaml"):
            raise PermissionError(13, "Permission denied", path)
        if str(path).endswith("m002.yaml"):
            raise FileNotFoundError(2, "No such file or directory", path)
        return real(path, flags)

    monkeypatch.setattr(os, "open", closed)
    read = contents(WorkTree(repo.path))
    assert read["members/m001.yaml"] is read["members/m002.yaml"] is None
    assert read["branch.yaml"] is not None


def test_a_closed_folder_is_not_passed_over_in_silence(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def closed(path: str) -> object:
        if "members" in str(path):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(CannotRunError) as caught:
        WorkTree(repo.path).entries()
    assert "members" in str(caught.value.message.arguments)


def test_a_folder_that_vanishes_meanwhile_is_no_fault(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def gone(path: str) -> object:
        if "members" in str(path):
            raise FileNotFoundError(2, "No such file or directory", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", gone)
    assert paths(WorkTree(repo.path)) == [path for path in sorted(RECORDS) if not path.startswith("members/")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hang_the_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    assert contents(WorkTree(tmp_path)) == {"a.yaml": None}


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="names are text here")
def test_a_name_that_is_not_utf8_survives(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    name = os.fsdecode(b"members/\xb5\xb3\xd4\xb1.yaml")
    repo.commit({name: "a: 1\n"})
    location = find_record_root(repo.path)
    trees = (open_tree(location), open_tree(location, staged=True), open_tree(location, rev="HEAD"))
    assert [paths(tree) for tree in trees] == [[name]] * 3
    assert [contents(tree)[name] for tree in trees] == [b"a: 1\n"] * 3


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be")
def test_names_with_every_odd_character_survive(tmp_path: Path) -> None:
    names = ['a"b.yaml', "a\\b.yaml", "a\tb.yaml", "a\nb.yaml", "\x01c.md", "*.md", ":(top)d.yaml", "é é.yaml", "-n.md"]
    repo = GitRepo(tmp_path)
    repo.commit(dict.fromkeys(names, "a: 1\n"))
    location = find_record_root(repo.path)
    trees = (open_tree(location), open_tree(location, staged=True), open_tree(location, rev="HEAD"))
    assert [paths(tree) for tree in trees] == [sorted(names)] * 3


def test_an_empty_folder_and_an_empty_commit_are_empty(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit()
    location = find_record_root(tmp_path)
    for tree in (open_tree(location), open_tree(location, staged=True), open_tree(location, rev="HEAD")):
        assert tree.entries() == ()


def test_a_tree_that_no_file_system_would_hold_is_read(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    blob = repo.git("hash-object", "-w", "--stdin", data=b"a: 1\n")
    gone = "1" * 40
    listed = "".join(
        f"{mode} {kind} {id_}\t{name}\0"
        for mode, kind, id_, name in [
            ("100644", "blob", blob, "A.yaml"),
            ("100644", "blob", blob, "a.yaml"),
            ("100644", "blob", gone, "gone.yaml"),
            ("160000", "commit", gone, "other"),
        ]
    )
    tree = open_tree(find_record_root(tmp_path), rev=repo.tree(listed))
    assert contents(tree) == {"A.yaml": b"a: 1\n", "a.yaml": b"a: 1\n", "gone.yaml": None, "other": None}
    assert [(entry.path, entry.size) for entry in tree.entries()][2] == ("gone.yaml", 0)


def test_replaced_objects_are_not_believed(repo: GitRepo) -> None:
    old = repo.git("rev-parse", "HEAD:branch.yaml")
    repo.git("replace", old, repo.git("hash-object", "-w", "--stdin", data=b"faked\n"))
    assert repo.git("show", "HEAD:branch.yaml") == "faked"
    location = find_record_root(repo.path)
    for tree in (open_tree(location, staged=True), open_tree(location, rev="HEAD")):
        assert contents(tree)["branch.yaml"] == b"schema: 1\nkind: branch\n"


@pytest.mark.parametrize("keep", [0, 30])
def test_a_damaged_object_is_one_message(repo: GitRepo, keep: int) -> None:
    repo.commit({"damaged.yaml": os.urandom(200_000)})
    blob = repo.git("rev-parse", "HEAD:damaged.yaml")
    target = repo.path / ".git" / "objects" / blob[:2] / blob[2:]
    raw = target.read_bytes()
    target.chmod(0o644)
    target.write_bytes(raw[:keep])
    with pytest.raises(CannotRunError, match="git cannot read"):
        contents(open_tree(find_record_root(repo.path), rev="HEAD"))


def test_many_damaged_objects_do_not_hang_the_reader(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit({f"members/m{number:03}.yaml": f"number: {number}\n" for number in range(900)})
    for folder in (tmp_path / ".git" / "objects").iterdir():
        for each in folder.iterdir() if len(folder.name) == 2 else ():
            raw = each.read_bytes()
            if zlib.decompress(raw).startswith(b"blob "):
                each.chmod(0o644)
                each.write_bytes(b"damaged")
    program = (
        "from pathlib import Path; from dangwu.errors import CannotRunError\n"
        "from dangwu.git.repository import find_record_root\n"
        "from dangwu.workspace.open_tree import open_tree\n"
        "tree = open_tree(find_record_root(Path()), rev='HEAD')\n"
        "try: print(len(list(tree.read(tree.entries()))))\n"
        "except CannotRunError: print('said')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=surroundings(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == b"said"


def test_a_partial_clone_fetches_nothing_behind_the_back(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    repo.git("clone", "-q", "--filter=blob:none", "--no-checkout", repo.path.as_uri(), str(clone))
    count = sum(1 for _ in (clone / ".git" / "objects").rglob("*"))
    location = find_record_root(clone)
    tree = open_tree(location, rev="HEAD")
    with pytest.raises(CannotRunError, match="clone is partial"):
        contents(tree)
    assert sum(1 for _ in (clone / ".git" / "objects").rglob("*")) == count
