"""The committee's list of keys, as people save it: read, or told by line; a good signature is never blamed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.support.branches import base_files
from tests.support.gitrepo import GitRepo
from tests.support.people import LI, TOWN, WANG, Person, acting, at, commit, new_key
from tests.support.run import en, is_chinese, run, zh

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = "2026-06-30"
FORGE = Person("GitHub", "noreply@github.com")
MERGED_SAYS = f"合并\n\nReviewed-by: {TOWN.written}"


class Keys(NamedTuple):
    """Private keys, and the words of their public halves."""

    li: Path
    town: Path
    stranger: Path

    def line(self, name: str, principals: str, options: str = "") -> str:
        kind, public, *_ = getattr(self, name).with_suffix(".pub").read_text(encoding="utf-8").split()
        return " ".join(filter(None, (principals, options, kind, public)))


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    folder = tmp_path_factory.mktemp("钥匙")
    return Keys(*(new_key(folder, name) for name in ("li", "town", "stranger")))


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> GitRepo:
    """Return a repository with a record of a member who signs, and a review that the committee signed."""
    repo = GitRepo(tmp_path_factory.mktemp("r") / "支部")
    commit(repo, "2026-03-13", base_files(), key=keys.li)
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={keys.town}")
    words = ("tag", "-s", "-m", f"已审阅\n\nReviewed-by: {TOWN.written}", "dangwu/reviewed/2026-06-29-x")
    repo.git(*signing, *words, when=at("2026-06-29"), **acting(TOWN))
    return repo


def kept(folder: Path, *lines: str, save: Callable[[str], bytes] = str.encode) -> Path:
    path = folder / "公钥 清单.txt"
    path.write_bytes(save("# 党委保存\n" + "".join(f"{line}\n" for line in lines)))
    return path


def audit(repo: GitRepo, listed: Path, *words: str) -> Any:
    said = en("audit", "--signers", listed, *words, "--format", "json", cwd=repo.path, as_of=DAY, code=(0, 1))
    return said.json()


def strengths(document: Any) -> list[str]:
    return [mark["strength"] for mark in document["marks"]]


def codes(document: Any) -> list[str]:
    """Return what is told of keys, signatures and marks."""
    told = [each["code"] for each in document["findings"]]
    return [code for code in told if code in {"DW974", "DW975", "DW976", "DW986", "DW987", "DW988"}]


def messages(document: Any, code: str) -> list[str]:
    return [each["message"] for each in document["findings"] if each["code"] == code]


SAVED: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 of Notepad": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16, high byte first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "mark and line ends of Windows": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "line ends of an old Macintosh": lambda text: text.replace("\n", "\r").encode(),
    "GB 18030": lambda text: text.encode("gb18030"),
    "no last line end": lambda text: text.rstrip("\n").encode(),
}


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
def test_a_list_is_read_however_it_was_saved(
    tagged: GitRepo, keys: Keys, tmp_path: Path, save: Callable[[str], bytes]
) -> None:
    lines = (keys.line("town", TOWN.email), "", keys.line("li", LI.email, 'namespaces="git,file"'))
    document = audit(tagged, kept(tmp_path, *lines, save=save))
    assert strengths(document) == ["signed"]
    assert document["summary"]["verified"] == 1
    assert codes(document) == []


@pytest.mark.parametrize(
    "principals",
    [
        "*@example.org",
        "committee@*",
        "comm?ttee@example.org",
        "!li@example.org,*@example.org",
        "COMMITTEE@Example.ORG",
        "other@example.org,committee@example.org",
        "committee",
        "云栖镇党委",
        '"云栖镇 党委"',
        '"云栖镇党委 <committee@example.org>"',
    ],
)
def test_the_names_that_a_key_can_have(tagged: GitRepo, keys: Keys, tmp_path: Path, principals: str) -> None:
    document = audit(tagged, kept(tmp_path, keys.line("town", principals), keys.line("li", LI.email)))
    assert strengths(document) == ["signed"]
    assert codes(document) == []


@pytest.mark.parametrize("principals", ["!committee@example.org,*@example.org", "li@example.org", "*@elsewhere.org"])
def test_the_names_under_which_a_key_is_anothers(tagged: GitRepo, keys: Keys, tmp_path: Path, principals: str) -> None:
    document = audit(tagged, kept(tmp_path, keys.line("town", principals)))
    assert strengths(document) == ["committer"]
    assert codes(document) == ["DW976"]


FAULTS: dict[str, tuple[Callable[[str], str], str]] = {
    "a key cut off": (lambda line: line[:-9], "the key is not whole"),
    "a key of another kind": (lambda line: line.replace("ssh-ed25519", "ssh-rsa"), "the key is not whole"),
    "no key": (lambda line: line.split()[0], "are expected in one line"),
    "no name": (lambda line: line.split(" ", 1)[1], "is no option"),
    "a name with a blank": (
        lambda line: line.replace(TOWN.email, TOWN.written),
        "<committee@example.org> is no option",
    ),
    "quotes of a word processor": (
        lambda line: line.replace(" ssh-", " valid-after=“20260101” ssh-"),
        "valid-after=“20260101” is no option",
    ),
    "a day without quotes": (lambda line: line.replace(" ssh-", " valid-after=20260101 ssh-"), "is no option"),
    "a day that is none": (lambda line: line.replace(" ssh-", ' valid-after="20260231" ssh-'), "20260401"),
    "a day written otherwise": (lambda line: line.replace(" ssh-", ' valid-after="2026-01-01" ssh-'), "20260401"),
    "the last day before the first": (
        lambda line: line.replace(" ssh-", ' valid-after="20260102",valid-before="20260101" ssh-'),
        "not before the first",
    ),
}


@pytest.mark.parametrize(("spoil", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_line_that_cannot_be_read_is_told_and_no_signature(
    tagged: GitRepo, keys: Keys, tmp_path: Path, spoil: Callable[[str], str], reason: str
) -> None:
    listed = kept(tmp_path, keys.line("li", LI.email), spoil(keys.line("town", TOWN.email)))
    document = audit(tagged, listed)
    assert codes(document) == ["DW987"]
    (message,) = messages(document, "DW987")
    assert message.startswith("Line 3 of the list of keys cannot be read: ")
    assert reason in message
    assert strengths(document) == ["committer"]
    # What could be read is used.
    assert document["summary"]["verified"] == 1


def test_every_command_tells_a_fault_of_the_list(tagged: GitRepo, keys: Keys, tmp_path: Path) -> None:
    listed = kept(tmp_path, keys.line("li", LI.email), keys.line("town", TOWN.written))
    for words in (("log", "branch.yaml"), ("review", "HEAD")):
        said = zh(*words, "--signers", listed, cwd=tagged.path, as_of=DAY, code=(0, 1))
        assert said.err.count("公钥清单第 3 行") == 1
    page = zh("audit", "--signers", listed, cwd=tagged.path, as_of=DAY, code=(0, 1)).out
    assert "公钥清单第 3 行读不出" in page
    assert is_chinese(page)


@pytest.mark.parametrize("raw", [b"", b"# \n\n", b"\xff\xfe\x00", b"\x81\xff\xff\x00" * 9])
def test_a_file_that_is_no_list_is_told(tagged: GitRepo, tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "list"
    path.write_bytes(raw)
    document = audit(tagged, path)
    assert codes(document) == ["DW987"]
    assert document["summary"]["verified"] == 0


def test_a_bare_name_that_is_nobodys_is_told_and_no_signature(tagged: GitRepo, keys: Keys, tmp_path: Path) -> None:
    document = audit(tagged, kept(tmp_path, keys.line("town", "党委电脑"), keys.line("li", "laptop")))
    assert codes(document) == ["DW987", "DW987"]
    assert {message.split(",")[0] for message in messages(document, "DW987")} == {
        "Line 2 of the list of keys has the name 党委电脑",
        "Line 3 of the list of keys has the name laptop",
    }
    assert strengths(document) == ["committer"]


def test_another_name_with_an_address_is_still_doubted(tagged: GitRepo, keys: Keys, tmp_path: Path) -> None:
    document = audit(tagged, kept(tmp_path, keys.line("town", WANG.email), keys.line("li", WANG.email)))
    assert sorted(codes(document)) == ["DW974", "DW976"]


def test_what_a_stranger_signed_is_doubted_with_a_whole_list(tagged: GitRepo, keys: Keys, tmp_path: Path) -> None:
    document = audit(tagged, kept(tmp_path, keys.line("stranger", TOWN.email), keys.line("li", LI.email)))
    assert codes(document) == ["DW976"]


# --- days ---


@pytest.fixture(scope="module")
def at_midnight(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> GitRepo:
    repo = GitRepo(tmp_path_factory.mktemp("midnight") / "r")
    commit(repo, "2026-03-31T23:30:00+08:00", base_files(), key=keys.li, says="前")
    commit(repo, "2026-04-01T00:30:00+08:00", {"a.txt": "x"}, key=keys.li, says="后")
    return repo


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("options", "verified"),
    [
        ('valid-before="20260401"', 1),
        ('valid-after="20260401"', 1),
        ('valid-before="202604010100"', 2),
        ('valid-after="20260401003100"', 0),
        ('valid-before="20260331160000Z"', 1),
        ('valid-after="202603311600Z",valid-before="20260402Z"', 1),
        ('valid-after="20260331",valid-before="20260402"', 2),
    ],
)
def test_a_day_of_a_key_is_beijings(  # noqa: PLR0917 - a row of the table
    at_midnight: GitRepo, keys: Keys, tmp_path: Path, zone: str, options: str, verified: int
) -> None:
    listed = kept(tmp_path, keys.line("li", LI.email, options))
    said = run("audit", "--signers", listed, "--format", "json", cwd=at_midnight.path, as_of=DAY, env={"TZ": zone})
    assert said.json()["summary"]["verified"] == verified
    assert codes(said.json()) == []


def test_of_two_lines_of_a_key_the_one_in_force_names_its_owner(
    at_midnight: GitRepo, keys: Keys, tmp_path: Path
) -> None:
    listed = kept(
        tmp_path,
        keys.line("li", LI.email, 'valid-before="20260401"'),
        keys.line("li", WANG.email, 'valid-after="20260401"'),
        keys.line("li", TOWN.email, 'namespaces="file"'),
    )
    document = audit(at_midnight, listed)
    (message,) = messages(document, "DW974")
    assert WANG.email in message
    assert TOWN.email not in message
    assert document["summary"]["verified"] == 2


def test_an_empty_header_is_no_signature(tmp_path: Path, keys: Keys) -> None:
    repo = GitRepo(tmp_path / "r")
    commit(repo, "2026-03-13", base_files())
    head, _, message = repo.git("cat-file", "commit", "HEAD").partition("\n\n")
    for header in ("gpgsig ", "gpgsig", "gpgsig  \n  ", "gpgsig-sha256 "):
        raw = f"{head}\n{header}\n\n{message}\n".encode()
        repo.git("update-ref", "HEAD", repo.git("hash-object", "-t", "commit", "-w", "--stdin", data=raw))
        document = audit(repo, kept(tmp_path, keys.line("li", LI.email)))
        assert (document["summary"]["signed"], document["summary"]["verified"]) == (0, 0), header


# --- merges under an address whose key is listed ---


def merged(
    folder: Path, *, key: Path | None = None, author: Person = TOWN, committer: Person = TOWN, day: str = "2026-04-30"
) -> GitRepo:
    """Return a repository with one record, which somebody merged, signed where there is a key."""
    repo = GitRepo(folder / "merged")
    commit(repo, "2026-01-05", {"branch.yaml": base_files()["branch.yaml"]})
    repo.git("checkout", "-q", "-b", "spring")
    commit(repo, "2026-03-13", base_files())
    repo.git("checkout", "-q", "main")
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}", "-c", "commit.gpgSign=true") if key else ()
    people = acting(author, committer)
    repo.git(*signing, "merge", "-q", "--no-ff", "-m", MERGED_SAYS, "spring", when=at(day), **people)
    return repo


def test_a_merge_signed_by_the_committee(tmp_path: Path, keys: Keys) -> None:
    document = audit(merged(tmp_path, key=keys.town), kept(tmp_path, keys.line("town", "*@example.org")))
    assert strengths(document) == ["signed"]
    assert codes(document) == []


@pytest.mark.parametrize("reviewers", [(), ("--reviewer", TOWN.email)])
@pytest.mark.parametrize("committer", [TOWN, FORGE], ids=["itself", "forge"])
def test_an_unsigned_merge_under_an_address_with_a_listed_key(
    tmp_path: Path, keys: Keys, committer: Person, reviewers: tuple[str, ...]
) -> None:
    repo = merged(tmp_path, committer=committer)
    document = audit(repo, kept(tmp_path, keys.line("town", TOWN.email)), *reviewers)
    assert strengths(document) == ["committer"]
    assert codes(document) == ["DW975"]
    (message,) = messages(document, "DW975")
    assert "lack the signature of the key on the list: 1" in message
    # Without its key on the list there is nothing that the merge could lack.
    document = audit(repo, kept(tmp_path, keys.line("li", LI.email)), *reviewers)
    assert strengths(document) == ["merged"]
    assert codes(document) == []


def test_a_merge_of_the_time_before_the_committee_had_a_key(tmp_path: Path, keys: Keys) -> None:
    listed = kept(tmp_path, keys.line("town", TOWN.email, 'valid-after="20260501"'))
    document = audit(merged(tmp_path), listed)
    assert strengths(document) == ["merged"]
    assert codes(document) == []


@pytest.mark.parametrize("key", ["li", "stranger"])
def test_a_merge_signed_with_another_key(tmp_path: Path, keys: Keys, key: str) -> None:
    lines = (keys.line("town", TOWN.email), keys.line("li", LI.email))
    document = audit(merged(tmp_path, key=getattr(keys, key)), kept(tmp_path, *lines))
    assert strengths(document) == ["committer"]
    assert set(codes(document)) == ({"DW974", "DW975"} if key == "li" else {"DW976"})


def test_a_merge_that_the_forge_signed_for_the_committee(tmp_path: Path, keys: Keys) -> None:
    """As the manual of GitLab says: the key of the forge stands on the list under the forge's own address."""
    lines = (keys.line("town", TOWN.email), keys.line("stranger", FORGE.email))
    repo = merged(tmp_path, key=keys.stranger, committer=FORGE)
    document = audit(repo, kept(tmp_path, *lines), "--reviewer", TOWN.email)
    assert strengths(document) == ["merged"]
    assert codes(document) == []


def test_the_address_of_a_forge_is_no_reviewer(tagged: GitRepo) -> None:
    for address in ("Noreply@Gitee.com", "no-reply@gitlab.yunqi.cn", "1+github-actions[bot]@users.noreply.github.com"):
        said = zh("audit", "--reviewer", address, cwd=tagged.path, as_of=DAY, code=2)
        assert address in said.err
        assert is_chinese(said.err)


def test_a_private_address_on_a_forge_is_a_person(tmp_path: Path, keys: Keys) -> None:
    office = Person("党委组织办", "1+office@users.noreply.github.com")
    repo = merged(tmp_path, author=office, committer=FORGE)
    document = audit(repo, kept(tmp_path, keys.line("li", LI.email)), "--reviewer", office.email)
    assert strengths(document) == ["merged"]
