"""``dangwu review --quarantine``: of what came only objects and refs are taken over, examined, and nothing is left."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import stat
import tarfile
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest

from dangwu.git.quarantine import _SafeTarInfo
from tests.support.branches import BASE_DAY, base_file, base_files, base_repo, listing
from tests.support.gitrepo import GitRepo
from tests.support.hostile import as_people_do
from tests.support.prepared import MEMBER
from tests.support.run import en, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.prepared import Prepared
    from tests.support.run import Result

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names, links and pipes that Windows does not make")

CHANGE = "start..main"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepared: Prepared) -> Iterator[Path]:
    """Give every command a folder for temporary files of its own; nothing may be left in it, nor may anything run."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setenv("HOME", str(prepared.home))
    prepared.marker.unlink(missing_ok=True)
    yield folder
    assert not [each for each in folder.iterdir() if each.name.startswith("dangwu-")]
    assert not prepared.marker.exists()


def _review(came: Path, change: str = CHANGE, *words: str, code: int | tuple[int, ...] = (0, 1)) -> Result:
    return en("review", "--format", "json", "--quarantine", came, *words, change, cwd=came.parent, as_of=BASE_DAY,
              code=code)  # fmt: skip


def _refused(came: Path, change: str = CHANGE) -> str:
    """Return the one message and its hint with which a repository is refused, in English."""
    for lang, said in spoken(
        "review", "--quarantine", came, change, cwd=came.parent, as_of=BASE_DAY, code=3
    ).items():  # fmt: skip
        assert not said.out, lang
        assert said.err.count("dangwu: ") == 1
        assert said.err.count("\n") <= 2
    return said.err


def _folder(repo: GitRepo, _to: Path) -> Path:
    return repo.path


def _git_dir(repo: GitRepo, _to: Path) -> Path:
    return repo.path / ".git"


def _around(repo: GitRepo, to: Path) -> Path:
    shutil.copytree(repo.path, to / "来件" / "青禾", symlinks=True)
    return to / "来件"


def _archive(form: str) -> Callable[[GitRepo, Path], Path]:
    """Archives hold only the repository: a zip file of Python's has no room for names that are no text."""

    def made(repo: GitRepo, to: Path) -> Path:
        shutil.copytree(repo.path / ".git", to / "packed" / "青禾 党支部" / ".git", symlinks=True)
        return to / shutil.make_archive(str(to / "来件 (1)"), form, to / "packed")

    return made


def _bundle(repo: GitRepo, to: Path) -> Path:
    as_people_do(repo.path, "bundle", "create", str(to / "x.bundle"), "--all")
    return to / "x.bundle"


FORMS: dict[str, Callable[[GitRepo, Path], Path]] = {
    "folder": _folder,
    "git folder": _git_dir,
    "folder around it": _around,
    "zip": _archive("zip"),
    "tar": _archive("tar"),
    "tar.gz": _archive("gztar"),
    "tar.xz": _archive("xztar"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_hostile_repository_is_seen_as_it_is(prepared: Prepared, tmp_path: Path, form: str) -> None:
    came = FORMS[form](prepared.hostile, tmp_path)
    prepared.marker.unlink(missing_ok=True)
    before = listing(prepared.hostile.path)
    said = _review(came, "start..main", "--signers", str(prepared.signers))
    words = ("review", "--format", "json", "--signers", prepared.signers, "start..main")
    assert said == en(*words, cwd=prepared.plain.path, as_of=BASE_DAY)
    assert {MEMBER, "members/m030.yaml"} <= {each["path"] for each in said.json()["records"]}
    assert listing(prepared.hostile.path) == before


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """Return a small repository that no test changes."""
    repo = base_repo(tmp_path_factory.mktemp("plain") / "r")
    repo.git("branch", "start")
    repo.commit({MEMBER: base_file(MEMBER) + b"# changed\n"})
    return repo


def _worktree(repo: GitRepo, to: Path) -> Path:
    shutil.copytree(repo.path, to / "r")
    GitRepo(to / "r").git("worktree", "add", "-q", "--detach", str(to / "linked"))
    return to / "linked"


def _submodule(repo: GitRepo, to: Path) -> Path:
    outer = GitRepo(to / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.path), "支部")
    GitRepo(to / "outer/支部").git("branch", "start", "HEAD~1")
    return to / "outer/支部"


def _bare(repo: GitRepo, to: Path) -> Path:
    repo.git("clone", "-q", "--bare", ".", str(to / "x.git"))
    return to / "x.git"


def _elsewhere(repo: GitRepo, to: Path) -> Path:
    """A folder of another user, as on somebody's stick; git itself refuses to work in it."""
    shutil.copytree(repo.path, to / "r")
    if os.geteuid():
        pytest.skip("only root gives files away")
    for each in ((to / "r"), *(to / "r").rglob("*")):
        os.chown(each, 54321, 54321, follow_symlinks=False)
    assert not as_people_do(to / "r", "log", "-1")
    return to / "r"


MORE = {"bundle": _bundle, "linked work tree": _worktree, "submodule": _submodule, "bare": _bare,
        "of another user": _elsewhere}  # fmt: skip


@pytest.mark.parametrize("form", MORE)
def test_what_came_is_seen_as_where_it_came_from(plain: GitRepo, tmp_path: Path, form: str) -> None:
    came = MORE[form](plain, tmp_path)
    before = listing(came) if came.is_dir() else {}
    said = _review(came)
    assert said == en("review", "--format", "json", CHANGE, cwd=plain.path, as_of=BASE_DAY)
    assert [each["path"] for each in said.json()["records"]] == [MEMBER]
    assert (listing(came) if came.is_dir() else {}) == before


def test_the_folder_for_temporary_files_lies_elsewhere(
    plain: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(plain.path, tmp_path / "r")
    (tmp_path / "r" / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "r" / "tmp"))
    assert "TMPDIR" in _refused(tmp_path / "r")
    assert not list((tmp_path / "r" / "tmp").iterdir())


# Archives


Entries = dict[str, bytes]


def _entries(repo: GitRepo, below: str = "r/.git") -> Entries:
    folder = repo.path / ".git"
    return {f"{below}/{path.relative_to(folder)}": path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _zip(to: Path, entries: Entries, links: tuple[str, ...] = ()) -> Path:
    with zipfile.ZipFile(to, "w") as archive:
        for name, raw in entries.items():
            info = zipfile.ZipInfo(name)
            if name in links:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, raw)
    return to


def _tar(to: Path, entries: Entries, odd: tuple[tarfile.TarInfo, ...] = ()) -> Path:
    with tarfile.open(to, "w:gz") as archive:
        for each in odd:
            archive.addfile(each)
        for name, raw in entries.items():
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return to


def _odd(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def _astray(tmp_path: Path) -> list[str]:
    return ["../escaped", "r/../../../escaped", f"{tmp_path}/escaped", "C:/escaped", "C:escaped", "//host/escaped",
            "r/.. /.. /escaped", "r/x:stream", "r/.../escaped"]  # fmt: skip


def test_nothing_is_unpacked_outside(plain: GitRepo, tmp_path: Path, temporary: Path) -> None:
    entries = _entries(plain)
    astray: Entries = dict.fromkeys(_astray(tmp_path), b"escaped")
    back = dict.fromkeys(["..\\escaped", "r\\..\\..\\escaped", "C:\\escaped"], b"escaped")
    links: Entries = {"r/link": str(tmp_path).encode(), "r/up": b".."}
    odd = (
        _odd("r/link", tarfile.SYMTYPE, str(tmp_path)),
        _odd("r/link/escaped", tarfile.SYMTYPE, "/etc/passwd"),
        _odd("r/hard", tarfile.LNKTYPE, "/etc/passwd"),
        _odd("r/null", tarfile.CHRTYPE),
        _odd("r/disk", tarfile.BLKTYPE),
        _odd("r/pipe", tarfile.FIFOTYPE),
        _odd("r/.git/hooks", tarfile.SYMTYPE, str(tmp_path)),
    )
    (tmp_path / "came").mkdir()
    for came in (
        _zip(tmp_path / "came/x.zip", {**links, **astray, **back, **entries, "r/link/escaped": b"x"}, tuple(links)),
        _tar(tmp_path / "came/x.tar.gz", {**astray, **entries, "r/link/escaped": b"x"}, odd),
    ):
        before = {each for each in tmp_path.rglob("*") if temporary not in (each, *each.parents)}
        said = _review(came)
        assert said == en("review", "--format", "json", CHANGE, cwd=plain.path, as_of=BASE_DAY)
        assert {each for each in tmp_path.rglob("*") if temporary not in (each, *each.parents)} == before
        assert not list(temporary.iterdir())


def _leads_away(repo: GitRepo, entries: Entries, way: str) -> Entries:
    """Return a repository that is none by itself: git would go on to another one, of this computer."""
    if way == ".git":
        return {"r/.git": f"gitdir: {repo.path}/.git\n".encode()}
    if way == "commondir":
        return {"r/.git/HEAD": b"ref: refs/heads/main\n", "r/.git/commondir": f"{repo.path}/.git\n".encode()}
    kept = {name: raw for name, raw in entries.items() if "/objects/" not in name}
    return {**kept, "r/.git/objects/info/alternates": f"{repo.path}/.git/objects\n".encode()}


@pytest.mark.parametrize("way", [".git", "commondir", "alternates"])
def test_an_archive_leads_to_no_other_repository(plain: GitRepo, tmp_path: Path, way: str) -> None:
    """What is shown of it may be sent on; nothing else of this computer may be among it."""
    entries = _leads_away(plain, _entries(plain), way)
    for path, raw in entries.items():
        (tmp_path / "folder" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / path).write_bytes(raw)
    (tmp_path / "folder/r/.git/objects").mkdir(parents=True, exist_ok=True) if way == "commondir" else None
    assert as_people_do(tmp_path / "folder/r", "log", "-1", "--format=%H", "start") or way == "commondir"
    for came in (_zip(tmp_path / "x.zip", entries), _tar(tmp_path / "x.tgz", entries)):
        _refused(came)
    (tmp_path / "x.bundle").write_bytes(f"gitdir: {plain.path}/.git\n".encode())
    _refused(tmp_path / "x.bundle")


def _declared(to: Path, size: int) -> Path:
    """Return a zip file whose directory says that what is in it is larger."""
    _zip(to, {"r/.git/HEAD": b"ref: refs/heads/main\n"})
    raw = to.read_bytes()
    at = raw.index(b"PK\x01\x02")
    to.write_bytes(raw[: at + 24] + size.to_bytes(4, "little") + raw[at + 28 :])
    return to


def _large_entry(to: Path) -> Path:
    info = tarfile.TarInfo("r/.git/HEAD")
    info.size = 1 << 40
    to.write_bytes(info.tobuf() + b"x" * 4096)
    return to


def _many(to: Path) -> Path:
    """Return a zip file whose directory names one entry very often."""
    raw = _zip(to, {"x": b""}).read_bytes()
    begin, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    directory = raw[begin:end] * 200_001
    last = raw[end : end + 12] + len(directory).to_bytes(4, "little") + raw[end + 16 :]
    to.write_bytes(raw[:begin] + directory + last)
    return to


def _damaged(to: Path, repo: GitRepo, suffix: str) -> Path:
    raw = bytearray((_zip if suffix == "zip" else _tar)(to.with_suffix(f".{suffix}"), _entries(repo)).read_bytes())
    for at in range(200, len(raw) - 200, 997):
        raw[at] ^= 0xFF
    to.write_bytes(raw)
    return to


def _two_of_a_name(to: Path, repo: GitRepo) -> Path:
    entries = {"r/.git/HEAD": b"ref: refs/heads/main\n", "r/.git/HEAX": b"ref: refs/heads/start\n"}
    to.write_bytes(_zip(to, entries).read_bytes().replace(b"HEAX", b"HEAD"))
    return to


def _text(to: Path, text: bytes) -> Path:
    to.write_bytes(text)
    return to


BAD: dict[str, Callable[[Path, GitRepo], Path]] = {
    "larger than said": lambda to, _repo: _declared(to, 1 << 20),
    "too large": lambda to, _repo: _declared(to, 0xFFFFFFF0),
    "a large entry": lambda to, _repo: _large_entry(to),
    "too many files": lambda to, _repo: _many(to),
    "a damaged zip": lambda to, repo: _damaged(to, repo, "zip"),
    "a damaged tar": lambda to, repo: _damaged(to, repo, "tgz"),
    "a cut tar": lambda to, repo: _text(to, _tar(to, _entries(repo)).read_bytes()[:-4000]),
    "a cut bundle": lambda to, repo: _text(to, _bundle(repo, to.parent).read_bytes()[:-4000]),
    "two of a name": _two_of_a_name,
    "no repository": lambda to, _repo: _zip(to, {"branch.yaml": b"schema: 1\n"}),
    "nothing": lambda to, _repo: _zip(to, {}),
    "only what leads out": lambda to, _repo: _tar(to, {"../.git/HEAD": b"x"}),
    "a text": lambda to, _repo: _text(to, b"gitdir: /etc\n"),
    "an empty file": lambda to, _repo: _text(to, b""),
    "a head alone": lambda to, _repo: _zip(to, {"r/.git/HEAD": b"ref: refs/heads/main\n"}),
    "too deep": lambda to, repo: _zip(to, _entries(repo, "a/b/c/d/.git")),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_archive_is_refused_in_one_sentence(plain: GitRepo, tmp_path: Path, kind: str) -> None:
    _refused(BAD[kind](tmp_path / "来件", plain))


@pytest.mark.parametrize("place", ["nowhere", "loop", "pipe", "empty", "\x1b[31m", "a" * 5000, "--upload-pack=x"])
def test_what_is_not_there_or_no_repository(tmp_path: Path, place: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    assert "\x1b" not in _refused(tmp_path / place)


def _long(kind: bytes, start: bytes = b"") -> bytes:
    """Return a head with so much behind it, and a file."""
    info = _odd("././@LongLink", kind)
    info.size = MUCH
    return info.tobuf() + start.ljust(MUCH, b"a") + _odd("a", tarfile.REGTYPE).tobuf()


def _holes() -> bytes:
    """Return a sparse file of version 1.0 whose list of holes is as long as its data."""
    info = _odd("a", tarfile.REGTYPE)
    info.size = MUCH
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "1"}
    return info.tobuf(tarfile.PAX_FORMAT) + b"%d\n" % MUCH + b"0\n" * ((MUCH - 9) // 2)


MUCH = 1 << 24
HELD = {
    "a name": lambda: _long(tarfile.GNUTYPE_LONGNAME),
    "the name of a link": lambda: _long(tarfile.GNUTYPE_LONGLINK),
    "a header": lambda: _long(tarfile.XHDTYPE, b"16777216 path="),
    "a header for all": lambda: _long(tarfile.XGLTYPE, b"16777216 path="),
    "a header of Solaris": lambda: _long(tarfile.SOLARIS_XHDTYPE, b"16777216 path="),
    "holes of old": lambda: _odd("a", tarfile.GNUTYPE_SPARSE).tobuf() + b"\1" * MUCH,
    "holes": _holes,
}


@pytest.mark.parametrize("kind", HELD)
def test_what_would_be_held_in_memory_is_not_read(tmp_path: Path, kind: str) -> None:
    """In an archive a few kilobytes can be a name of gigabytes, which Python's reader would hold at once."""
    (tmp_path / "x.tar.gz").write_bytes(gzip.compress(HELD[kind]() + bytes(1024)))
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"^$"):
            tarfile.open(tmp_path / "x.tar.gz", tarinfo=_SafeTarInfo)  # noqa: SIM115 - it never opens
        assert tracemalloc.get_traced_memory()[1] < MUCH // 8
    finally:
        tracemalloc.stop()
    _refused(tmp_path / "x.tar.gz")


# Objects and refs


def _tree(repo: GitRepo, raw: bytes) -> None:
    tree = repo.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", data=raw)
    repo.git("update-ref", "refs/heads/main", repo.git("commit-tree", tree, "-p", "start", data=b"x"))


def _other_bytes(repo: GitRepo) -> None:
    """Put other bytes under the id of a record, as only who writes into the folder itself can."""
    wanted = repo.git("rev-parse", f"main:{MEMBER}")
    other = repo.git("hash-object", "-w", "--stdin", data=base_file(MEMBER).replace(b"m001", b"m666"))
    objects = repo.path / ".git/objects"
    target = objects / wanted[:2] / wanted[2:]
    target.chmod(0o644)
    target.write_bytes((objects / other[:2] / other[2:]).read_bytes())


def _lost(repo: GitRepo) -> None:
    wanted = repo.git("rev-parse", f"start:{MEMBER}")
    (repo.path / ".git/objects" / wanted[:2] / wanted[2:]).unlink()


def _commit(repo: GitRepo, text: bytes) -> None:
    raw = repo.git("cat-file", "commit", "main").encode() + b"\n"
    id_ = repo.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=raw.replace(b"author ", text, 1))
    (repo.path / ".git/refs/heads/main").write_text(f"{id_}\n", encoding="ascii")


BLOB = bytes.fromhex("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
FORGED: dict[str, Callable[[GitRepo], None]] = {
    "..": lambda repo: _tree(repo, b"40000 ..\0" + bytes.fromhex(repo.git("rev-parse", "main:members"))),
    ".GIT": lambda repo: _tree(repo, b"100644 .GIT\0" + bytes.fromhex(repo.git("rev-parse", f"main:{MEMBER}"))),
    "slash": lambda repo: _tree(repo, b"100644 a/b\0" + bytes.fromhex(repo.git("rev-parse", f"main:{MEMBER}"))),
    "twice": lambda repo: _tree(repo, 2 * (b"100644 a\0" + bytes.fromhex(repo.git("rev-parse", f"main:{MEMBER}")))),
    "other bytes": _other_bytes,
    "lost": _lost,
    "no author": lambda repo: _commit(repo, b""),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_or_damaged_object_is_refused(plain: GitRepo, tmp_path: Path, kind: str) -> None:
    shutil.copytree(plain.path, tmp_path / "r")
    repo = GitRepo(tmp_path / "r")
    FORGED[kind](repo)
    assert "could not be copied" in _refused(repo.path)
    if kind == "..":
        repo.git("clone", "-q", "--bare", "--no-local", ".", str(tmp_path / "taken"), "-b", "start")


def test_what_is_missing_there_is_said(plain: GitRepo, tmp_path: Path) -> None:
    plain.git("config", "uploadpack.allowFilter", "true")
    plain.git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{plain.path}", str(tmp_path / "shallow"))
    plain.git("clone", "-q", "--filter=blob:none", "--no-checkout", f"file://{plain.path}", str(tmp_path / "partial"))
    assert "shallow" in _refused(tmp_path / "shallow", "origin/start..main")
    assert "could not be copied" in _refused(tmp_path / "partial", "origin/start..main")
    plain.git("bundle", "create", "-q", str(tmp_path / "x.bundle"), "start..main")
    said = _refused(tmp_path / "x.bundle")
    assert f"The bundle holds only what came after: {plain.git('rev-parse', 'start')[:12]}" in said
    assert "git bundle create FILE --all" in said
    assert "bundle/main" in said


def test_a_part_of_a_history_is_read_where_the_rest_is(plain: GitRepo, tmp_path: Path) -> None:
    """The next step that is told leads to a review."""
    plain.git("bundle", "create", "-q", str(tmp_path / "x.bundle"), "start..main")
    words = _refused(tmp_path / "x.bundle").split("git fetch ")[1]
    fetch, then = words.split(", and review it there: dangwu ")
    own = GitRepo(tmp_path / "own")
    own.git("fetch", "-q", str(plain.path), "start:refs/heads/kept")
    own.git("checkout", "-q", "kept")
    own.git("fetch", "-q", *(word.strip("'") for word in fetch.split(" ")))
    assert en(*then.split(), cwd=own.path, as_of=BASE_DAY, code=(0, 1)).out


def test_the_only_branch_of_a_bundle_is_its_head(plain: GitRepo, tmp_path: Path) -> None:
    plain.git("bundle", "create", "-q", str(tmp_path / "x.bundle"), "main")
    said = [
        en("review", "--quarantine", tmp_path / "x.bundle", rev, cwd=tmp_path, as_of=BASE_DAY, code=(0, 1)).out
        for rev in ("HEAD", "main")
    ]
    assert said[0] == said[1]


def test_a_branch_names_no_other_records_than_were_there(tmp_path: Path) -> None:
    """A copy has no folder to stand in; where the records are is for the state before to say."""
    repo = GitRepo(tmp_path / "r")
    repo.commit({f"支部/{path}": raw for path, raw in base_files().items()})
    repo.git("branch", "start")
    changed = base_file(MEMBER) + b"# changed\n"
    repo.commit({f"支部/{MEMBER}": changed, "branch.yaml": base_file("branch.yaml")})
    said = _review(repo.path)
    assert said == en("review", "--format", "json", CHANGE, cwd=repo.path / "支部", as_of=BASE_DAY)
    assert [each["path"] for each in said.json()["records"]] == [MEMBER]


def test_no_mark_is_made_in_a_copy(plain: GitRepo) -> None:
    said = en("review", "--quarantine", plain.path, "--accept", CHANGE, cwd=plain.path, as_of=BASE_DAY, code=2)
    assert not said.out
