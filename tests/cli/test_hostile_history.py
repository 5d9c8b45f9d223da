"""review, audit and log on a repository that somebody prepared: nothing of it runs, changes or deceives."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import BASE_DAY, base_file, base_files, base_repo, listing
from tests.support.gitrepo import GitRepo
from tests.support.hostile import armed, as_people_do
from tests.support.prepared import FORGED, MEMBER, TAG
from tests.support.run import en, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.prepared import Prepared
    from tests.support.run import Result

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names, links and pipes that Windows does not make")


@pytest.fixture(autouse=True)
def _home(prepared: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every command a user with a key."""
    monkeypatch.setenv("HOME", str(prepared.home))


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("diff", "start"),
        ("log", "-1", "side"),
        ("log", "-p", "-1", "--no-show-signature", "side"),
        ("cat-file", "--textconv", f"HEAD:{MEMBER}"),
        ("commit", "--allow-empty", "--no-gpg-sign", "-m", "x"),
        ("verify-tag", TAG),
        ("verify-tag", f"{TAG}-pgp"),
        ("tag", "-s", "-m", "x", "x"),
        ("fetch", "evil"),
        ("archive", "--format=tar.gz", "HEAD"),
    ],
    ids=" ".join,
)
def test_the_program_runs_where_git_is_free(prepared: Prepared, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Nothing else here would prove anything if the program could not run at all."""
    shutil.copytree(prepared.hostile.path, tmp_path / "copy", symlinks=True)
    prepared.marker.unlink(missing_ok=True)
    as_people_do(tmp_path / "copy", *words)
    assert prepared.marker.exists()
    prepared.marker.unlink()


def test_git_itself_is_deceived(prepared: Prepared) -> None:
    told = [
        [as_people_do(repo.path, *words) for words in (
            ("-c", "log.showSignature=false", "log", "--format=%H"),
            ("-c", "alias.x=", "-c", "log.showSignature=false", "log", "--format=%aN %cN %N", "--all"),
            ("show", "-s", "--format=%B", "--no-show-signature", "HEAD"),
            ("-c", "core.fsmonitor=false", "rev-list", "HEAD"),
        )]
        for repo in (prepared.hostile, prepared.plain)
    ]  # fmt: skip
    assert [one == other for one, other in zip(*told, strict=True)] == [False] * 4
    prepared.marker.unlink(missing_ok=True)


FEW = (
    ("review", "--format", "json", "start..HEAD"),
    ("audit", "--format", "json"),
    ("audit", "anchor"),
    ("log", "--format", "json", MEMBER),
)
VERIFYING = tuple((*each, "--signers", "SIGNERS") for each in FEW if "anchor" not in each)
REVIEWS = (
    *(("review", "--format", form, "start..HEAD") for form in ("text", "md", "json", "github", "sarif")),
    ("review", "--format", "json", "start...HEAD"),
    ("review", "--format", "md", "HEAD"),
    ("review", "--format", "json", "--signers", "SIGNERS", "start..HEAD"),
    ("review", "--format", "json", "--reviewer", "c@example.invalid", "--audience", "handlers", "HEAD~1"),
    ("review", "--format", "json", "--", "-x..HEAD"),
    ("review", "--format", "json", "--", "--output=x..HEAD"),
    ("review", "--accept", "start..HEAD"),
    ("review", "--accept", "--signers", "SIGNERS", "--", "--output=x...HEAD"),
)
AUDITS = (
    *(("audit", "--format", form) for form in ("text", "json", "md")),
    ("audit", "--format", "json", "--since-anchor", "ANCHORS"),
    ("audit", "--format", "json", "--signers", "SIGNERS"),
    ("audit", "--format", "md", "--signers", "SIGNERS", "--since-anchor", "ANCHORS", "--reviewer", "c@example.invalid"),
    ("audit", "--format", "json", "--rev=--output=x", "--year", "2026"),
    ("audit", "anchor"),
    ("audit", "anchor", "--rev=-x"),
)
LOGS = (
    *(("log", "--format", form, MEMBER) for form in ("text", "json", "md")),
    ("log", "--format", "json", "m003"),
    ("log", "--format", "json", "--signers", "SIGNERS", "--reviewer", "c@example.invalid", "members/m030.yaml"),
    ("log", "--format", "json", "members/sub"),
    ("log", "--format", "text", FORGED[0]),
    ("log", "--format", "md", FORGED[3]),
    ("log", "--format", "json", FORGED[5]),
    ("log", "--format", "text", "--", "members/:(exclude)m001.yaml"),
    ("log", "--format", "text", "--rev=-x", "--", MEMBER),
)


def _at(prepared: Prepared, words: tuple[str, ...]) -> list[str]:
    given = {"SIGNERS": str(prepared.signers), "ANCHORS": str(prepared.anchors)}
    return [given.get(each, each) for each in words]


@cache
def _plain(prepared: Prepared, words: tuple[str, ...]) -> Result:
    """Return what a command says of the same objects where nothing deceives."""
    return en(*_at(prepared, words), cwd=prepared.plain.path, as_of=BASE_DAY)


def _same(prepared: Prepared, words: tuple[str, ...]) -> Result:
    """Run a command in the hostile repository and in the plain one; nothing runs, changes or is told otherwise."""
    full = _at(prepared, words)
    before = listing(prepared.hostile.path)
    said = en(*full, cwd=prepared.hostile.path, as_of=BASE_DAY, code=(0, 1))
    assert not prepared.marker.exists(), prepared.marker.read_text(encoding="utf-8")
    assert listing(prepared.hostile.path) == before
    assert said == _plain(prepared, words)
    return said


@pytest.mark.parametrize("words", [*REVIEWS, *AUDITS, *LOGS], ids=" ".join)
def test_a_command_runs_changes_and_believes_nothing(prepared: Prepared, words: tuple[str, ...]) -> None:
    said = _same(prepared, words)
    assert said.out
    raw = {each for each in said.both if each != "\n" and (ord(each) < 32 or 0x7F <= ord(each) < 0xA0)}
    assert not raw | {each for each in said.both if each in "\u2028\u2029\u202e\u2066"}
    if "github" in words:
        assert all(each.startswith(("::error ", "::warning ", "::notice ")) for each in said.out.splitlines())


def test_what_is_seen_is_what_is_there(prepared: Prepared) -> None:
    """The comparison with the plain repository would also hold if both were read as empty."""
    seen = en("review", "--format", "json", "start..HEAD", cwd=prepared.hostile.path, as_of=BASE_DAY).json()
    paths = {each["path"] for each in seen["records"]}
    assert {MEMBER, "members/m030.yaml", "members/link.yaml", "members/sub", *FORGED[:5]} <= paths
    assert {".gitattributes", ".gitmodules", ".mailmap"} <= {each["path"] for each in seen["controls"]}
    assert seen["commits"] == {"count": 5, "people": ["王小明"]}
    words = ("audit", "--format", "json", "--signers", str(prepared.signers), "--since-anchor", str(prepared.anchors))
    audited = en(*words, cwd=prepared.hostile.path, as_of=BASE_DAY).json()
    assert {key: audited["summary"][key] for key in ("commits", "signed", "verified")} == {
        "commits": 6,
        "signed": 4,
        "verified": 1,
    }
    assert {(each["kind"], each["strength"]) for each in audited["marks"]} == {
        ("trailer", "signed"),
        ("tag", "signed"),
        ("tag", "committer"),
        ("anchor", "anchor"),
    }
    life = en("log", "--format", "json", MEMBER, cwd=prepared.hostile.path, as_of=BASE_DAY, code=0).json()
    assert [each["turn"] for each in life["turns"]] == ["created", "changed"]


LEADING_AWAY = (
    {"core.worktree": "../.."},
    {"core.worktree": "../../elsewhere"},
    {"core.bare": "true"},
    {"core.bare": "true", "core.worktree": ""},
)


@pytest.mark.parametrize("settings", LEADING_AWAY, ids=str)
def test_no_setting_moves_the_record_root(prepared: Prepared, tmp_path: Path, settings: dict[str, str]) -> None:
    """The work tree is where .git lies; elsewhere there may be other records, or none, and so nothing to find."""
    (tmp_path / "elsewhere").mkdir()
    shutil.copytree(prepared.plain.path, tmp_path / "copy", symlinks=True)
    for key, value in settings.items():
        as_people_do(tmp_path / "copy", "config", "-f", ".git/config", key, value)
    for place in ("", "members"):
        for words in FEW:
            said = en(*words, cwd=tmp_path / "copy" / place, as_of=BASE_DAY)
            if said.code != 3:
                assert said == _plain(prepared, words)
            else:
                assert settings.get("core.worktree") in {"", "../../elsewhere"}, said.err


def test_a_repository_hidden_in_a_folder_is_not_taken(prepared: Prepared) -> None:
    """``members/hidden`` is a repository without a work tree, with a hostile configuration of its own."""
    before = listing(prepared.hostile.path)
    for words in FEW:
        said = en(*words, cwd=prepared.hostile.path / "members/hidden/refs", as_of=BASE_DAY, code=(0, 1))
        assert said == _plain(prepared, words)
    assert not prepared.marker.exists()
    assert listing(prepared.hostile.path) == before


def test_records_that_are_a_repository_too_are_refused(tmp_path: Path) -> None:
    """A branch can bring the files of a repository into its record root; git would take it for the one around it."""
    repo = GitRepo(tmp_path / "r")
    repo.commit({f"支部/{path}": raw for path, raw in base_files().items()})
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    shutil.copytree(tmp_path / "bare", repo.path / "支部", dirs_exist_ok=True)
    assert as_people_do(repo.path / "支部", "rev-parse", "--git-dir").strip() == "."
    for words in (("review", "HEAD"), *FEW[1:], ("check", "--rev", "HEAD")):
        assert "bareRepository" in en(*words, cwd=repo.path / "支部", as_of=BASE_DAY, code=3).err
    en("check", cwd=repo.path / "支部", as_of=BASE_DAY, code=0)


def test_pipes_in_place_of_files_do_not_hang(prepared: Prepared, tmp_path: Path) -> None:
    """Whoever opens one waits for ever; the limit of ``run`` tells."""
    shutil.copytree(prepared.plain.path, tmp_path / "copy", symlinks=True)
    repo = GitRepo(tmp_path / "copy")
    os.mkfifo(tmp_path / "pipe")
    for key in ("core.attributesFile", "core.excludesFile", "gpg.ssh.allowedSignersFile", "gpg.ssh.revocationFile",
                "mailmap.file", "blame.ignoreRevsFile", "commit.template", "fsck.skipList"):  # fmt: skip
        repo.git("config", key, str(tmp_path / "pipe"))
    for name in (".mailmap", ".gitmodules", ".gitignore"):
        (repo.path / name).unlink(missing_ok=True)
        os.mkfifo(repo.path / name)
    for words in VERIFYING:
        said = en(*_at(prepared, words), cwd=repo.path, as_of=BASE_DAY)
        assert said == _plain(prepared, words)


def test_a_forged_list_of_parents_is_not_believed(prepared: Prepared, tmp_path: Path) -> None:
    """The commit graph (gitformat-commit-graph(5)) says of the last commit that it has no parent."""
    shutil.copytree(prepared.plain.path, tmp_path / "copy", symlinks=True)
    repo = GitRepo(tmp_path / "copy")
    repo.git("commit-graph", "write", "--reachable")
    tip = bytes.fromhex(repo.git("rev-parse", "HEAD"))
    file = repo.path / ".git/objects/info/commit-graph"
    raw = bytearray(file.read_bytes())
    begins = {bytes(raw[at : at + 4]): int.from_bytes(raw[at + 4 : at + 12]) for at in range(8, 8 + 12 * raw[6], 12)}
    place = (raw.index(tip, begins[b"OIDL"]) - begins[b"OIDL"]) // 20
    parent = begins[b"CDAT"] + 36 * place + 20
    raw[parent : parent + 4] = (0x7000_0000).to_bytes(4)
    file.chmod(0o644)
    file.write_bytes(raw[:-20] + hashlib.sha1(raw[:-20], usedforsecurity=False).digest())
    assert as_people_do(repo.path, "rev-list", "--count", "HEAD").strip() == "1"
    for words in FEW:
        assert en(*words, cwd=repo.path, as_of=BASE_DAY) == _plain(prepared, words)


def test_nothing_is_fetched_behind_the_back(prepared: Prepared, tmp_path: Path) -> None:
    """A missing object of a partial clone is fetched by whatever its configuration names, unless git is held back."""
    shutil.copytree(prepared.plain.path, tmp_path / "copy", symlinks=True)
    repo = GitRepo(tmp_path / "copy")
    evil, marker = armed(tmp_path, tmp_path / "ran"), tmp_path / "ran"
    settings = {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "evil",
        "remote.evil.url": f"ext::{evil}",
        "remote.evil.promisor": "true",
        "remote.evil.partialCloneFilter": "blob:none",
        "protocol.allow": "always",
        "protocol.ext.allow": "always",
    }
    for key, value in settings.items():
        repo.git("config", key, value)
    repo.git("repack", "-q", "-a", "-d")
    pack = next((repo.path / ".git/objects/pack").glob("*.pack"))
    pack.with_suffix(".promisor").touch()
    wanted = repo.git("rev-parse", f"HEAD:{MEMBER}")
    kept = [each for each in repo.git("cat-file", "--batch-all-objects", "--batch-check").split("\n")
            if not each.startswith(wanted)]  # fmt: skip
    ids = "".join(f"{each.split()[0]}\n" for each in kept)
    name = repo.git("pack-objects", ".git/objects/pack/pack", data=ids.encode())
    for each in (repo.path / ".git/objects/pack").glob("pack-*"):
        if name not in each.name:
            each.unlink()
    (repo.path / f".git/objects/pack/pack-{name}.promisor").touch()
    as_people_do(repo.path, "cat-file", "-p", wanted)
    assert marker.exists()
    marker.unlink()
    for words in FEW:
        said = en(*words, cwd=repo.path, as_of=BASE_DAY, code=3)
        assert "git fetch --refetch" in said.err
        assert not said.out
    assert not marker.exists()


# --accept --make: the one command that writes


def _made(repo: GitRepo, before: dict[str, tuple[int, int, int, bytes]]) -> str:
    """Return the one tag that is new; nothing else may be."""
    now = listing(repo.path)
    new = {path for path in now if before.get(path) != now[path] and not os.path.isdir(repo.path / path)}  # noqa: PTH112
    assert before.keys() <= now.keys()
    (tag,) = (path for path in new if path.startswith(".git/refs/tags/"))
    (stored,) = new - {tag}
    assert stored.startswith(".git/objects/")
    return tag.removeprefix(".git/refs/tags/")


def _tag(prepared: Prepared, repo: GitRepo, name: str) -> str:
    """Read a tag without the settings of its repository."""
    id_ = (repo.path / ".git/refs/tags" / name).read_text(encoding="ascii").strip()
    there = str(repo.path / ".git/objects")
    return prepared.plain.git("cat-file", "tag", id_, GIT_ALTERNATE_OBJECT_DIRECTORIES=there)


@pytest.mark.parametrize("comments", ["R", "auto"])
def test_a_mark_is_made_with_the_own_name_and_key(prepared: Prepared, tmp_path: Path, comments: str) -> None:
    shutil.copytree(prepared.hostile.path, tmp_path / "copy", symlinks=True)
    repo = GitRepo(tmp_path / "copy")
    as_people_do(repo.path, "config", "-f", ".git/config", "core.commentChar", comments)
    prepared.marker.unlink(missing_ok=True)
    before = listing(repo.path)
    said = en("review", "--accept", "--make", "start..HEAD", cwd=repo.path, as_of=BASE_DAY, code=0)
    assert not prepared.marker.exists(), prepared.marker.read_text(encoding="utf-8")
    name = said.out.strip()
    assert _made(repo, before) == name
    text = _tag(prepared, repo, name)
    assert "\ntagger 委员 <c@example.invalid> " in text
    assert "\nReviewed: " in text
    assert "\n\nReviewed-by: 委员 <c@example.invalid>\n-----BEGIN SSH SIGNATURE-----\n" in text
    audited = en("audit", "--format", "json", "--signers", prepared.signers, cwd=repo.path, as_of=BASE_DAY).json()
    assert [each["strength"] for each in audited["marks"] if each["name"] == name] == ["signed"]
    again = en("review", "--accept", "--make", "start..HEAD", cwd=repo.path, as_of=BASE_DAY, code=3)
    assert name in again.err
    assert not prepared.marker.exists()


def test_a_mark_without_a_key(prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no key gets none from the repository, and makes a plain tag only when asked."""
    shutil.copytree(prepared.hostile.path, tmp_path / "copy", symlinks=True)
    repo = GitRepo(tmp_path / "copy")
    prepared.marker.unlink(missing_ok=True)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    words = ("review", "--accept", "--make", "--by", "委员 <c@example.invalid>", "start..HEAD")
    before = listing(repo.path)
    for settings in ("", "[user]\nname = 委员\nemail = c@example.invalid\n[gpg]\nformat = ssh\n"):
        (home / ".gitconfig").write_text(settings, encoding="utf-8")
        for lang, result in spoken(*words, cwd=repo.path, as_of=BASE_DAY, code=3).items():
            assert "user.signingKey" in result.err, lang
        assert listing(repo.path) == before
    en(*words, "--unsigned", cwd=repo.path, as_of=BASE_DAY, code=0)
    assert "SIGNATURE" not in _tag(prepared, repo, _made(repo, before))
    assert not prepared.marker.exists()


# Clones that lack something, and records elsewhere than at the top


def _two_states(folder: Path, below: str = "") -> GitRepo:
    """Return a repository whose later state adds nothing by which git would have to compare files."""
    repo = GitRepo(folder)
    repo.commit({f"{below}{path}": raw for path, raw in base_files().items()})
    repo.commit({f"{below}{MEMBER}": base_file(MEMBER) + b"# changed\n"})
    repo.git("branch", "start", "HEAD~1")
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("config", "uploadpack.allowAnySHA1InWant", "true")
    return repo


def _partial(filter_: str, *options: str) -> Callable[[GitRepo, Path], None]:
    return lambda repo, to: _clone(repo, to, f"--filter={filter_}", *options)


def _clone(repo: GitRepo, to: Path, *options: str) -> None:
    repo.git("clone", "-q", *options, f"file://{repo.path}", str(to))
    GitRepo(to, *(["--bare"] if "--bare" in options else [])).git("branch", "-f", "start", "HEAD~1")


PARTIAL = {
    "blob:none": _partial("blob:none"),
    "blob:none, nothing checked out": _partial("blob:none", "--no-checkout"),
    "blob:none, bare": _partial("blob:none", "--bare"),
    "blob:limit": _partial("blob:limit=100"),
    "tree:0": _partial("tree:0"),
}


@pytest.mark.parametrize("kind", PARTIAL)
def test_a_partial_clone_is_not_filled_up_and_never_clean(tmp_path: Path, kind: str) -> None:
    repo = _two_states(tmp_path / "r")
    PARTIAL[kind](repo, tmp_path / "partial")
    clone = GitRepo(tmp_path / "partial", *(["--bare"] if "bare" in kind else []))
    before = listing(clone.path)
    missing = (*FEW, ("check", "--rev", "HEAD~1"), ("due", "--rev", "HEAD~1"))
    for words in missing:
        if "anchor" in words and en(*words, cwd=clone.path, as_of=BASE_DAY).code == 0:
            continue  # it names commits and a branch, and these are here
        for lang, result in spoken(*words, cwd=clone.path, as_of=BASE_DAY, code=3).items():
            assert result.err.count("\n") == 2, lang
            assert "git config --unset remote.origin.partialclonefilter" in result.err
            assert "git fetch --refetch" in result.err
            assert not result.out
    if (clone.path / "branch.yaml").exists():
        said = en("due", "--format", "json", cwd=clone.path, as_of=BASE_DAY, code=(0, 1))
        unknown = {each["recorded_on"] for each in said.json()["duties"]} == {None}
        assert ("git fetch --refetch" in said.err) is unknown
    assert listing(clone.path) == before
    clone.git("config", "--unset", "remote.origin.partialclonefilter")
    clone.git("fetch", "-q", "--refetch")
    for words in FEW:
        said = en(*words, cwd=clone.path, as_of=BASE_DAY, code=(0, 1))
        assert said == en(*words, cwd=repo.path, as_of=BASE_DAY)


def test_a_shallow_clone_is_never_clean(tmp_path: Path) -> None:
    repo = _two_states(tmp_path / "r")
    repo.git("clone", "-q", "--depth", "1", "--no-single-branch", f"file://{repo.path}", str(tmp_path / "shallow"))
    clone = GitRepo(tmp_path / "shallow")
    clone.git("branch", "start", "origin/start")
    for words in (*FEW, ("review", "start...HEAD"), ("review", "--accept", "HEAD"), ("audit", "--since-anchor", "-")):
        given = [str(tmp_path / "shallow" / MEMBER) if each == "-" else each for each in words]
        for lang, result in spoken(*given, cwd=clone.path, as_of=BASE_DAY, code=3).items():
            assert result.err.count("\n") == 2, lang
            assert "git fetch --unshallow" in result.err
            assert not result.out
    clone.git("fetch", "-q", "--unshallow")
    for words in FEW:
        said = en(*words, cwd=clone.path, as_of=BASE_DAY, code=(0, 1))
        assert said == en(*words, cwd=repo.path, as_of=BASE_DAY)


def test_records_below_the_top_are_found_wherever_one_stands(tmp_path: Path) -> None:
    """Also where there are no files: in a bare repository, and where a sparse checkout left them out."""
    below = "支部/记录 (1)/"
    repo = _two_states(tmp_path / "r", below)
    plain = _two_states(tmp_path / "plain")
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    repo.git("clone", "-q", ".", str(tmp_path / "sparse"))
    GitRepo(tmp_path / "sparse").git("sparse-checkout", "set", "elsewhere")
    GitRepo(tmp_path / "sparse").git("branch", "start", "origin/start")
    assert not (tmp_path / "sparse" / "支部").exists()
    for words in (*FEW, ("check", "--rev", "HEAD"), ("check", "--range", "start..HEAD"), ("due", "--rev", "HEAD")):
        wanted = en(*words, cwd=repo.path / below, as_of=BASE_DAY)
        for place in (repo.path, tmp_path / "bare", tmp_path / "sparse"):
            assert en(*words, cwd=place, as_of=BASE_DAY) == wanted, (words, place)
    for words in FEW:
        top = en(*words, cwd=plain.path, as_of=BASE_DAY)
        ids = {repo.git("rev-parse", rev): plain.git("rev-parse", rev) for rev in ("HEAD", "start", "HEAD^{tree}")}
        found = en(*words, cwd=tmp_path / "bare", as_of=BASE_DAY)
        text = found.out
        for old, new in ids.items():
            text = text.replace(old, new).replace(old[:12], new[:12])
        assert (found.code, text) == (top.code, top.out)


def test_several_records_are_not_chosen_from(tmp_path: Path) -> None:
    """Whoever adds a second root would otherwise decide which records are looked at."""
    repo = _two_states(tmp_path / "r", "支部/一/")
    start = repo.git("rev-parse", "HEAD")
    repo.commit({f"a/{path}": raw for path, raw in base_files().items()})
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    for place in (repo.path, tmp_path / "bare"):
        for words in (("audit",), ("audit", "anchor"), ("log", MEMBER), ("check", "--rev", "HEAD")):
            for lang, result in spoken(*words, cwd=place, as_of=BASE_DAY, code=3).items():
                assert "a/" in result.err, lang
                assert "支部/一/" in result.err
                assert "-C" in result.err
        seen = en("review", "--format", "json", f"{start}~1..HEAD", cwd=place, as_of=BASE_DAY).json()
        assert [each["path"] for each in seen["records"]] == [MEMBER], "the state before says where the records are"
        assert "a/branch.yaml" in {each["path"] for each in seen["controls"]} | set(seen["others"])
    assert en("audit", cwd=repo.path / "a", as_of=BASE_DAY).code == 0


@pytest.mark.parametrize("entries", ["dots", "git", "twice", "slashes", "not a tree"])
def test_forged_trees_are_read_or_refused(tmp_path: Path, entries: str) -> None:
    repo = base_repo(tmp_path / "r")
    start, blob = repo.git("rev-parse", "HEAD"), repo.git("rev-parse", f"HEAD:{MEMBER}")
    id_ = bytes.fromhex(blob)
    raw = {
        "dots": b"40000 ..\0" + bytes.fromhex(repo.git("rev-parse", "HEAD:members")),
        "git": b"100644 .GIT\0" + id_ + b"100644 .git\0" + id_ + b"100644 branch.yaml\0" + id_,
        "twice": b"100644 branch.yaml\0" + id_ + b"100755 branch.yaml\0" + id_ + b"100644 branch.yaml\0" + id_,
        "slashes": b"100644 /etc/passwd\0" + id_ + b"100644 //\0" + id_ + b"100644 members/m001.yaml\0" + id_,
        "not a tree": b"40000 members\0" + id_,
    }[entries]
    tree = repo.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", data=raw)
    forged = repo.git("commit-tree", tree, "-p", start, data=b"x")
    before = listing(repo.path)
    for words in (("review", forged), ("audit", "--rev", forged), ("log", MEMBER, "--rev", forged),
                  ("review", f"{forged}..HEAD")):  # fmt: skip
        en(*words, cwd=repo.path, as_of=BASE_DAY, code=(0, 1, 2, 3))
    assert listing(repo.path) == before


# gpg: what is in a key ring is no one's key until its owner has said so


def _gpg(home: Path, *words: str, data: bytes = b"") -> bytes:
    folder = home / ".gnupg"
    folder.mkdir(mode=0o700, exist_ok=True)
    command = ["gpg", "--homedir", str(folder), "--batch", "--quiet", "--passphrase", "", *words]
    return subprocess.run(command, input=data, capture_output=True, check=True, timeout=60).stdout


@pytest.fixture
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Return two users: one with a key, and one who only has the other's public key, without having vouched for it."""
    if shutil.which("gpg") is None:
        pytest.skip("there is no gpg")
    homes = (tmp_path_factory.mktemp("g"), tmp_path_factory.mktemp("h"))
    if len(str(homes[0])) > 80:
        pytest.skip("gpg-agent's socket has no room for so long a path")
    for home in homes:
        (home / ".gitconfig").write_text("[user]\nname = 委员\nemail = c@example.invalid\n", encoding="utf-8")
    _gpg(homes[0], "--quick-gen-key", "委员 <c@example.invalid>", "ed25519")
    _gpg(homes[1], "--import", data=_gpg(homes[0], "--export"))
    yield homes
    for home in homes:
        subprocess.run(["gpgconf", "--homedir", str(home / ".gnupg"), "--kill", "all"], check=False, timeout=60)


def test_a_key_that_nobody_vouched_for_is_none(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, homes: tuple[Path, Path]
) -> None:
    shutil.copytree(prepared.hostile.path, tmp_path / "copy", symlinks=True)
    repo = GitRepo(tmp_path / "copy")
    prepared.marker.unlink(missing_ok=True)
    before = listing(repo.path)
    monkeypatch.setenv("HOME", str(homes[0]))
    name = en("review", "--accept", "--make", "start..HEAD", cwd=repo.path, as_of=BASE_DAY, code=0).out.strip()
    assert _made(repo, before) == name
    assert "-----BEGIN PGP SIGNATURE-----" in _tag(prepared, repo, name)
    found = {}
    for home in homes:
        monkeypatch.setenv("HOME", str(home))
        words = ("audit", "--format", "json", "--signers", str(prepared.signers))
        audited = en(*words, cwd=repo.path, as_of=BASE_DAY, code=(0, 1)).json()
        found[home] = [each["strength"] for each in audited["marks"] if each["name"] == name]
    assert list(found.values()) == [["signed"], ["committer"]]
    assert not prepared.marker.exists()


def test_a_damaged_index_of_several_packs_stops_nothing(tmp_path: Path) -> None:
    """Every object is whole; the index (gitformat-pack(5)) only says in which pack each is."""
    repo = base_repo(tmp_path / "r")
    repo.commit({MEMBER: base_file(MEMBER) + b"# 2\n"})
    words = (["check", "--rev", "HEAD"], ["audit"], ["log", MEMBER], ["review", "HEAD~1..HEAD"],
             ["review", "--quarantine", ".", "HEAD~1..HEAD"])  # fmt: skip
    before = [en(*each, "--format", "json", cwd=repo.path).out for each in words]
    repo.git("repack", "-adq", "--write-midx")
    file = repo.path / ".git/objects/pack/multi-pack-index"
    good = file.read_bytes()
    for bad in (b"x" * 40 + good[40:], good[:300], b"", good[:40] + b"\xff" * 60 + good[100:]):
        file.chmod(0o644)
        file.write_bytes(bad)
        assert [en(*each, "--format", "json", cwd=repo.path).out for each in words] == before


def test_what_git_announces_is_shown_with_what_it_is_about(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    with (repo.path / ".git/config").open("a", encoding="utf-8") as stream:
        stream.write("[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tnosuch = true\n")
    said = en("check", "--rev", "HEAD", cwd=repo.path, code=3)
    assert "extension" in said.err
    assert "nosuch" in said.err
    assert "Upgrade git" in said.err
    assert said.err.count("\n") == 2
