"""The committee's mark: printed and made, signed with real keys, and read again by log and audit."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.support.branches import GROUP_MEETING, base_files, listing
from tests.support.gitrepo import GitRepo
from tests.support.people import LI, TOWN, WANG, Person, acting, at, commit, merge, new_key, signers
from tests.support.run import en, is_chinese, run, zh

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.run import Result

DAY = "2026-06-30"
SECRET = Person("云栖镇 何“书记”O'Brien", "committee@example.org")
RAW = base_files()[GROUP_MEETING]
MINUTES = RAW.decode() if isinstance(RAW, bytes) else RAW


def minutes(place: str) -> dict[str, str | bytes | None]:
    return {GROUP_MEETING: MINUTES.replace("三楼党员活动室", place)}


class Keys(NamedTuple):
    """Private keys, and the list that the committee keeps of the public ones."""

    li: Path
    wang: Path
    town: Path
    stranger: Path
    listed: Path


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    folder = tmp_path_factory.mktemp("钥 匙")
    li, wang, town, stranger, old = (new_key(folder, name) for name in ("li", "wang", "town", "stranger", "old"))
    listed = signers(
        folder / "allowed signers",
        ("li@example.org,li@qinghe.example", li, 'namespaces="git"'),
        (WANG.email, wang, 'valid-before="20260401"'),
        (TOWN.email, town, ""),
        ("somebody@example.org", old, ""),
    )
    return Keys(li, wang, town, stranger, listed)


def at_home(folder: Path, person: Person | None, key: Path | None) -> dict[str, str]:
    """Make a home with a configuration of git, and return what of the environment leads there."""
    folder.mkdir(parents=True)
    lines = []
    if person is not None:
        name = person.name.replace('"', '\\"')
        lines += ["[user]", f'name = "{name}"', f"email = {person.email}"]
    if key is not None:
        lines += [f'signingKey = "{key}"', "[gpg]", "format = ssh"]
    (folder / ".gitconfig").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {"HOME": str(folder), "USERPROFILE": str(folder), "XDG_CONFIG_HOME": str(folder / "none")}


def shell(line: str, cwd: Path, env: dict[str, str]) -> None:
    """Run a line in a real shell, as whoever copied it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    there = {"GIT_COMMITTER_DATE": at("2026-06-29"), "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["sh", "-c", line], cwd=cwd, env={**kept, **env, **there}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    repo = GitRepo(tmp_path / "青禾 党支部")
    commit(repo, "2026-03-13", base_files())
    commit(repo, "2026-03-20", minutes("二楼"))
    return repo


def log(repo: GitRepo, *words: str | Path) -> Any:
    return en("log", GROUP_MEETING, *words, "--format", "json", cwd=repo.path, as_of=DAY, code=0).json()["turns"]


def audit(repo: GitRepo, *words: str | Path) -> Any:
    return en("audit", *words, "--format", "json", cwd=repo.path, as_of=DAY, code=(0, 1)).json()


def codes(document: Any) -> list[str]:
    return [each["code"] for each in document["findings"]]


# --- printed ---


def accepted(repo: GitRepo, *words: str, env: dict[str, str], lang: str = "en", code: int = 0) -> Result:
    return run(
        "--lang", lang, "review", "HEAD~1..HEAD", "--accept", *words, cwd=repo.path, as_of=DAY, env=env, code=code
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("person", [TOWN, SECRET])
def test_the_printed_command_makes_a_mark_that_counts(
    repo: GitRepo, keys: Keys, tmp_path: Path, lang: str, person: Person
) -> None:
    home = at_home(tmp_path / "家", person, keys.town)
    before = listing(repo.path)
    said = accepted(repo, env=home, lang=lang)
    assert listing(repo.path) == before
    command, trailer = said.out.splitlines()
    head = repo.git("rev-parse", "HEAD")
    assert command.startswith(f"git tag -s dangwu/reviewed/{DAY}-{head[:12]} ")
    assert command.endswith(f" {head}")
    assert trailer == f"Reviewed-by: {person.written}"
    assert said.err
    shell(command, repo.path, home)
    (mark,) = log(repo)[-1]["reviewed"]
    assert (mark["kind"], mark["strength"], mark["day"]) == ("tag", "committer", "2026-06-29")
    assert mark["who"].replace("’", "'") == person.written
    (mark,) = log(repo, "--signers", keys.listed)[-1]["reviewed"]
    assert mark["strength"] == "signed"
    # The state before is seen with it, but was another by then.
    assert log(repo)[0]["reviewed"] == []
    (mark,) = audit(repo, "--signers", keys.listed)["marks"]
    assert (mark["commit"], mark["strength"]) == (head, "signed")
    # What is changed now, is changed after the review.
    commit(repo, "2026-06-30", minutes("一楼"))
    assert "DW964" in codes(audit(repo, "--signers", keys.listed))


def test_the_printed_trailer_makes_a_mark_that_counts(repo: GitRepo, tmp_path: Path) -> None:
    home = at_home(tmp_path / "home", TOWN, None)
    repo.git("checkout", "-q", "-b", "pr")
    commit(repo, "2026-06-20", minutes("一楼"))
    _, trailer = accepted(repo, env=home).out.splitlines()
    repo.git("checkout", "-q", "main")
    merge(repo, "2026-06-30", "pr", says=f"合并\n\n{trailer}")
    (mark,) = log(repo)[-1]["reviewed"]
    assert (mark["kind"], mark["strength"], mark["who"]) == ("trailer", "merged", TOWN.written)
    assert "DW975" not in codes(audit(repo))


def test_a_trailer_that_its_author_wrote_alone(repo: GitRepo) -> None:
    commit(repo, "2026-06-20", minutes("一楼"), says=f"改\n\nReviewed-by: {TOWN.written}")
    document = audit(repo)
    (found,) = [each for each in document["findings"] if each["code"] == "DW975"]
    assert found["severity"] == "note"
    assert LI.name in found["message"]
    (mark,) = document["marks"]
    assert mark["strength"] == "author"


def test_a_trailer_is_only_one_at_the_end_of_the_message(repo: GitRepo) -> None:
    commit(repo, "2026-06-20", minutes("一楼"), says=f"改\n\nReviewed-by: {TOWN.written}\n\n其实没有")
    commit(repo, "2026-06-21", minutes("四楼"), says=f"Not-Reviewed-by: {TOWN.written}")
    assert audit(repo)["marks"] == []


def test_who_reviewed_must_be_known(repo: GitRepo, tmp_path: Path) -> None:
    nobody = at_home(tmp_path / "nobody", None, None)
    for words in ((), ("--by", ""), ("--by", "王某"), ("--by", "<a@b>"), ("--by", "x <>"), ("--by", "x <a@b> y")):
        said = accepted(repo, *words, env=nobody, lang="zh", code=2)
        assert not said.out
        assert "--by" in said.err
        assert is_chinese(said.err)
    said = accepted(repo, "--by", "  王  某 <w@x>\n", env=nobody)
    assert said.out.splitlines()[1] == "Reviewed-by: 王 某 <w@x>"


def test_a_shell_takes_nothing_out_of_a_name(repo: GitRepo, keys: Keys, tmp_path: Path) -> None:
    home = at_home(tmp_path / "home", TOWN, keys.town)
    name = "x'; touch '/tmp/never' $(id) `id` \\ \" ! & | <committee@example.org>"
    command, _ = accepted(repo, "--by", name, env=home).out.splitlines()
    shell(command, repo.path, home)
    (mark,) = audit(repo)["marks"]
    assert mark["who"].replace("’", "'") == name


def test_new_errors_are_said_beside_the_mark(repo: GitRepo, tmp_path: Path) -> None:
    home = at_home(tmp_path / "home", TOWN, None)
    commit(repo, "2026-06-20", {GROUP_MEETING: MINUTES.replace(", m006,", ",")})
    said = accepted(repo, env=home)
    assert "1" in said.err
    assert len(said.err.splitlines()) == 2
    assert len(said.out.splitlines()) == 2


# --- made ---


def test_made_with_the_own_key(repo: GitRepo, keys: Keys, tmp_path: Path) -> None:
    home = at_home(tmp_path / "home", TOWN, keys.town)
    # What the repository says of people, keys and programs is not asked.
    for key, value in (
        ("user.name", "x"), ("user.email", "x@x"), ("user.signingKey", str(keys.li)), ("gpg.format", "openpgp"),
        ("gpg.ssh.program", "/bin/false"), ("core.hooksPath", "/x"), ("tag.gpgSign", "false"),
    ):  # fmt: skip
        repo.git("config", key, value)
    said = accepted(repo, "--make", env=home)
    head = repo.git("rev-parse", "HEAD")
    name = f"dangwu/reviewed/{DAY}-{head[:12]}"
    assert said.out.splitlines() == [name]
    assert f"git push origin {name}" in said.err
    raw = repo.git("cat-file", "tag", name)
    assert f"tagger {TOWN.written} " in raw
    assert f"Reviewed-by: {TOWN.written}" in raw
    (mark,) = audit(repo, "--signers", keys.listed)["marks"]
    assert (mark["strength"], mark["name"]) == ("signed", name)
    again = accepted(repo, "--make", env=home, code=3)
    assert not again.out
    assert name in again.err
    assert "signingKey" not in again.err
    assert len(again.err.splitlines()) == 2
    assert is_chinese(accepted(repo, "--make", env=home, lang="zh", code=3).err.splitlines()[1])
    # Another day is another mark.
    run("review", "HEAD", "--accept", "--make", cwd=repo.path, as_of="2026-07-01", env=home, code=0)
    assert len(audit(repo)["marks"]) == 2


def test_made_without_a_signature(repo: GitRepo, keys: Keys, tmp_path: Path) -> None:
    home = at_home(tmp_path / "home", SECRET, None)
    accepted(repo, "--make", "--unsigned", env=home)
    (mark,) = audit(repo, "--signers", keys.listed)["marks"]
    assert (mark["strength"], mark["who"]) == ("committer", SECRET.written)
    assert "DW976" not in codes(audit(repo, "--signers", keys.listed))


@pytest.mark.parametrize("key", [None, "missing"])
def test_no_key(repo: GitRepo, tmp_path: Path, key: str | None) -> None:
    home = at_home(tmp_path / "home", TOWN, tmp_path / "missing" if key else None)
    for lang in ("en", "zh"):
        said = accepted(repo, "--make", env=home, lang=lang, code=3)
        assert not said.out
        assert "user.signingKey" in said.err
        assert len(said.err.splitlines()) == 2
        assert is_chinese(said.err) is (lang == "zh")
    assert audit(repo)["marks"] == []


def test_where_no_mark_is_made(repo: GitRepo, tmp_path: Path) -> None:
    for words in (("--make",), ("--unsigned",), ("--by", "x <x@y>")):
        assert en("review", "HEAD", *words, cwd=repo.path, as_of=DAY, code=2).err
    quarantined = ("review", "HEAD", "--accept", "--quarantine", str(repo.path))
    assert is_chinese(zh(*quarantined, cwd=tmp_path, as_of=DAY, code=2).err)


# --- signatures of commits ---


def damaged(repo: GitRepo, kind: str, old: str, name: str) -> str:
    """Return the id of an object like another, in which a word is changed below its signature."""
    raw = repo.git("cat-file", kind, old)
    assert name in raw
    other = raw.replace(name, name[::-1]) + "\n"
    return repo.git("hash-object", "-t", kind, "-w", "--stdin", data=other.encode())


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> GitRepo:
    """Return a repository with a commit for each thing that a signature can be."""
    repo = GitRepo(tmp_path_factory.mktemp("signed") / "r")
    commit(repo, "2026-03-13", base_files(), says="没有签名")
    commit(repo, "2026-03-14", minutes("一楼"), says="本人", key=keys.li)
    commit(repo, "2026-03-15", minutes("二楼"), says="别人", key=keys.town)
    commit(repo, "2026-03-16", minutes("四楼"), says="不知是谁", key=keys.stranger)
    commit(repo, "2026-03-17", minutes("五楼"), by=WANG, says="到期前", key=keys.wang)
    commit(repo, "2026-04-02", minutes("六楼"), by=WANG, says="过期后", key=keys.wang)
    last = commit(repo, "2026-04-03", minutes("七楼"), says="改动前后", key=keys.li)
    repo.git("reset", "-q", "--hard", damaged(repo, "commit", last, "改动前后"))
    other = LI._replace(email="LI@Qinghe.example")
    commit(repo, "2026-04-04", minutes("八楼"), by=other, says="另一个地址", key=keys.li)
    return repo


SIGNATURES = {
    "没有签名": None,
    "本人": (True, "li@example.org,li@qinghe.example"),
    "别人": (True, TOWN.email),
    "不知是谁": (False, ""),
    "到期前": (True, WANG.email),
    "过期后": (False, ""),
    "后前动改": (False, ""),
    "另一个地址": (True, "li@example.org,li@qinghe.example"),
}


def test_six_kinds_of_signatures(signed: GitRepo, keys: Keys) -> None:
    turns = log(signed, "--signers", keys.listed)
    found = {each["commit"]["title"]: each["signature"] for each in turns}
    assert {title: each and each["good"] for title, each in found.items()} == {
        title: each and each[0] for title, each in SIGNATURES.items()
    }
    for title, wanted in SIGNATURES.items():
        if wanted and wanted[0]:
            assert set(found[title]["signer"].split(",")) & set(wanted[1].split(",")), title
    assert [each["commit"]["signed"] for each in turns] == [False, *[True] * 7]
    # Without a list of keys nothing is said of any, and git's own configuration is not asked.
    signed.git("config", "gpg.ssh.allowedSignersFile", str(keys.listed))
    assert {str(each["signature"]) for each in log(signed)} == {"None"}


def test_the_audit_counts_them_and_names_who_signed_for_another(signed: GitRepo, keys: Keys) -> None:
    document = audit(signed, "--signers", keys.listed)
    assert (document["summary"]["signed"], document["summary"]["verified"]) == (7, 4)
    (found,) = [each for each in document["findings"] if each["code"] == "DW974"]
    assert found["strength"] == "signed"
    assert TOWN.email in found["message"]
    assert LI.email in found["message"]
    plain = audit(signed)
    assert (plain["summary"]["signed"], plain["summary"]["verified"]) == (7, None)
    assert "DW974" not in codes(plain)


def test_the_list_is_the_committees_own(signed: GitRepo, keys: Keys, tmp_path: Path) -> None:
    """A list in the repository is never believed; another one given knows other people."""
    other = signers(tmp_path / "other", ("li@example.org", keys.stranger, ""))
    found = {each["commit"]["title"]: each["signature"] for each in log(signed, "--signers", other)}
    assert {title for title, each in found.items() if each and each["good"]} == {"不知是谁"}
    result = run("--lang", "en", "audit", "--format", "json", cwd=signed.path, as_of=DAY,
                 env={"DANGWU_SIGNERS": str(keys.listed)})  # fmt: skip
    assert result.json()["summary"]["verified"] == 4
    here = signers(signed.path / "allowed", ("li@example.org", keys.li, ""))
    assert en("audit", "--signers", here.name, "--format", "json", cwd=signed.path, as_of=DAY).json()["summary"][
        "verified"
    ]
    for name in ("missing", str(tmp_path)):
        assert en("audit", "--signers", name, cwd=signed.path, as_of=DAY, code=2).err
    empty = tmp_path / "empty"
    empty.write_bytes(b"\xff\x00 no list\n")
    assert audit(signed, "--signers", empty)["summary"]["verified"] == 0


def test_a_page_of_signatures(signed: GitRepo, keys: Keys) -> None:
    page = zh("log", GROUP_MEETING, "--signers", keys.listed, cwd=signed.path, as_of=DAY, code=0).out
    assert page.count(TOWN.email) == 1
    assert is_chinese(page)
    page = zh("audit", cwd=signed.path, as_of=DAY).out
    assert "--signers" in page


# --- tags ---


def tag(repo: GitRepo, name: str, *, by: Person = TOWN, key: Path | None = None, who: Person = TOWN) -> str:
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}") if key else ()
    kind = "-s" if key else "-a"
    words = ("tag", kind, "-m", f"已审阅\n\nReviewed-by: {who.written}", name, "HEAD")
    repo.git(*signing, *words, when=at("2026-06-29"), **acting(by))
    return repo.git("rev-parse", f"refs/tags/{name}")


@pytest.mark.parametrize(
    ("key", "by", "who", "strength", "doubtful"),
    [
        (None, TOWN, TOWN, "committer", False),
        ("town", TOWN, TOWN, "signed", False),
        ("stranger", TOWN, TOWN, "committer", True),
        ("wang", WANG, WANG, "committer", True),
        ("li", TOWN, TOWN, "committer", True),
        ("li", LI, TOWN, "committer", True),
        ("li", LI, LI, "signed", False),
    ],
    ids=["unsigned", "good", "unknown", "expired", "in-the-name-of-another", "for-another", "by-a-member"],
)
def test_tags(  # noqa: PLR0917 - a row of the table
    repo: GitRepo, keys: Keys, key: str | None, by: Person, who: Person, strength: str, *, doubtful: bool
) -> None:
    name = "dangwu/reviewed/2026-06-29-x"
    tag(repo, name, by=by, who=who, key=getattr(keys, key) if key else None)
    document = audit(repo, "--signers", keys.listed)
    (mark,) = document["marks"]
    assert (mark["strength"], mark["who"], mark["name"]) == (strength, who.written, name)
    found = [each for each in document["findings"] if each["code"] == "DW976"]
    assert bool(found) is doubtful
    if found:
        assert found[0]["subject"] == name
        assert who.name in found[0]["message"]
    # Without a list nothing is verified and nothing doubted.
    plain = audit(repo)
    assert plain["marks"][0]["strength"] == "committer"
    assert "DW976" not in codes(plain)


def test_a_damaged_tag(repo: GitRepo, keys: Keys) -> None:
    name = "dangwu/reviewed/2026-06-29-x"
    old = tag(repo, name, key=keys.town)
    repo.git("update-ref", f"refs/tags/{name}", damaged(repo, "tag", old, "已审阅"))
    document = audit(repo, "--signers", keys.listed)
    assert document["marks"][0]["strength"] == "committer"
    assert codes(document).count("DW976") == 1


def test_tags_that_are_no_marks(repo: GitRepo, keys: Keys) -> None:
    name = "dangwu/reviewed/2026-06-29-x"
    good = tag(repo, name, key=keys.town)
    # Moved to another name, without an object, on something else, on a tag, elsewhere.
    repo.git("update-ref", "refs/tags/dangwu/reviewed/2026-06-30-y", good)
    repo.git("tag", "dangwu/reviewed/light")
    repo.git("tag", "-a", "-m", "x", "dangwu/reviewed/tree", "HEAD^{tree}", **acting(TOWN))
    repo.git("tag", "-a", "-m", "x", "dangwu/reviewed/tag", good, **acting(TOWN))
    repo.git("tag", "-a", "-m", "x", "reviewed/other", **acting(TOWN))
    (mark,) = audit(repo, "--signers", keys.listed)["marks"]
    assert mark["name"] == name


# --- what a mark shows ---


def test_a_mark_on_another_line_is_no_proof_of_lateness(tmp_path: Path) -> None:
    """Two pull requests at a time: a review of the one says nothing of what came with the other."""
    repo = GitRepo(tmp_path / "r")
    others = {path: text for path, text in base_files().items() if path != GROUP_MEETING}
    commit(repo, "2026-01-05", others)
    repo.git("checkout", "-q", "-b", "one")
    commit(repo, "2026-03-13", minutes("一楼"))
    commit(repo, "2026-04-20", {"a.txt": "x"})
    repo.git("checkout", "-q", "-b", "two", "main")
    commit(repo, "2026-04-10", {"b.txt": "x"})
    tag(repo, "dangwu/reviewed/2026-04-15-two")
    repo.git("checkout", "-q", "main")
    merge(repo, "2026-04-21", "one", says=f"x\n\nReviewed-by: {TOWN.written}")
    merge(repo, "2026-04-22", "two", says=f"x\n\nReviewed-by: {TOWN.written}")
    assert "DW961" not in codes(audit(repo))


def test_who_had_seen_what_was_edited_is_who_had_seen_it(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    others = {path: text for path, text in base_files().items() if path != GROUP_MEETING}
    first = commit(repo, "2026-01-05", others)
    commit(repo, "2026-03-13", minutes("一楼"))
    tag(repo, "dangwu/reviewed/2026-03-20-a")
    repo.git("checkout", "-q", "-b", "two", first)
    commit(repo, "2026-04-10", {"b.txt": "x"})
    tag(repo, "dangwu/reviewed/2026-04-15-b", who=WANG, by=WANG)
    repo.git("checkout", "-q", "main")
    commit(repo, "2026-05-01", minutes("二楼"))
    merge(repo, "2026-05-02", "two", by=LI)
    (found,) = [each for each in audit(repo)["findings"] if each["code"] == "DW964"]
    assert TOWN.name in found["message"]
    assert WANG.name not in found["message"]
