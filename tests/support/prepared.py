"""A branch with its history, prepared against whoever reads it, and the same without anything that deceives."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.support import needs
from tests.support.branches import base_file, base_files
from tests.support.gitrepo import GitRepo
from tests.support.hostile import arm
from tests.support.run import en

if TYPE_CHECKING:
    from pathlib import Path

MEMBER = "members/m001.yaml"
FORGED = (
    "members/a\nb.yaml",
    "members/a\tb.yaml",
    "members/\r\n::error::x.yaml",
    "members/\x1b[31mred\x1b]8;;https:evil.example\x07.yaml",
    "members/ -x.yaml",
    "members/--output=F.yaml",
    'members/"q".yaml',
    "members/:(exclude)m001.yaml",
    "members/*.yaml",
    "members/\u202egpj.yaml",
    "members/\u2028line.yaml",
    "members/a..b.yaml",
    "members/\udcff\udce6.yaml",
    "members/[bold]x[/bold].yaml",
    "members/$(touch x)`touch y`.yaml",
    "members/<script>alert(1)<!--.yaml",
    "members/%0A::error::y.yaml",
    ":(top)x.yaml",
    "-x",
    "--output=F",
    ".github/workflows/\n::error::z.yml",
)
SIGNATURES = {
    "pgp": "-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0WIQ\n=abcd\n-----END PGP SIGNATURE-----",
    "x509": "-----BEGIN SIGNED MESSAGE-----\nMIIDxwYJ\n-----END SIGNED MESSAGE-----",
    "ssh": "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----",
}
TAG = "dangwu/reviewed/2026-06-01"


class Prepared(NamedTuple):
    """A hostile repository, the same objects and refs without anything else, and what a committee has of its own."""

    hostile: GitRepo
    plain: GitRepo
    marker: Path
    home: Path
    signers: Path
    anchors: Path


def _ssh_key(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    keygen = needs.program("ssh-keygen", "openssh-client")
    subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)], check=True)
    return folder / f"{name}.pub"


def _looks_signed(repo: GitRepo, form: str) -> None:
    """Put a signature that is none into the last commit."""
    raw = repo.git("cat-file", "commit", "HEAD")
    text = raw.replace("\n\n", "\ngpgsig " + SIGNATURES[form].replace("\n", "\n ") + "\n\n", 1) + "\n"
    id_ = repo.git("hash-object", "-t", "commit", "-w", "--stdin", data=text.encode("utf-8", "surrogateescape"))
    repo.git("update-ref", "HEAD", id_)


def as_committee(repo: GitRepo, *words: str) -> None:
    day = "2026-05-03T09:00:00+08:00"
    repo.git(*words, when=day, GIT_COMMITTER_NAME="委员", GIT_COMMITTER_EMAIL="c@example.invalid")


def _history(folder: Path, key: Path) -> GitRepo:
    """Return a branch with names, signatures, tags and entries that are made to be misread; its settings are clean."""
    repo = GitRepo(folder)
    own = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}")
    start = repo.commit(base_files())
    for name in ("start", "-x", "--output=x"):
        repo.git("update-ref", f"refs/heads/{name}", start)
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(dict.fromkeys(FORGED, "schema: 1\nkind: member\n"), when="2026-04-02T09:00:00+08:00")
    _looks_signed(repo, "pgp")
    (repo.path / "members/link.yaml").symlink_to("/etc/passwd")
    (repo.path / "members/folder").symlink_to("/etc", target_is_directory=True)
    (repo.path / "members/sub").mkdir()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{start},members/sub")
    attributes = "* diff=evil filter=evil merge=evil\nmembers/** -diff ident\n"
    modules = '[submodule "members/sub"]\n\tpath = members/sub\n\turl = ext::sh -c evil\n\tignore = all\n'
    mailmap = "冒名 <forged@example.invalid> <c@example.invalid>\n委员 <c@example.invalid> <w@example.invalid>\n"
    repo.commit({".gitattributes": attributes, ".gitmodules": modules, ".mailmap": mailmap})
    _looks_signed(repo, "x509")
    repo.git("checkout", "-q", "-f", "main")
    repo.write({MEMBER: base_file(MEMBER) + b"# changed\n"})
    for old, new in (("members/m003.yaml", "members/m030.yaml"), ("members/m004.yaml", "members/m040.yaml")):
        repo.git("mv", old, new)
        repo.write({new: base_file(old) + b"#\n"})
    repo.commit(when="2026-05-02T09:00:00+08:00")
    _looks_signed(repo, "ssh")
    message = "合并\n\nReviewed-by: 委员 <c@example.invalid>\n"
    as_committee(repo, *own, "merge", "-q", "--no-ff", "-S", "-m", message, "side")
    repo.git("update-index", "--cacheinfo", f"160000,{repo.git('rev-parse', 'HEAD')},members/sub")
    repo.git("commit", "-q", "-m", "子模块")
    as_committee(repo, *own, "tag", "-s", "-m", message, TAG, "HEAD~1")
    repo.git("tag", "-a", "-m", f"x\n\n{SIGNATURES['pgp']}", f"{TAG}-pgp", "HEAD~1")
    repo.git("tag", "-a", "-m", "x", f"{TAG}\u2028\u0085-x", "HEAD~2")
    repo.git("tag", f"{TAG}-light")
    return repo


def _deceive(repo: GitRepo) -> None:
    """Put in what makes git itself tell another story of the same objects."""
    newer, older = repo.git("rev-parse", f"HEAD:{MEMBER}"), repo.git("rev-parse", f"start:{MEMBER}")
    tip, root = repo.git("rev-parse", "HEAD"), repo.git("rev-parse", "start")
    harmless = repo.git("commit-tree", f"{root}^{{tree}}", "-p", root, data="一切如常".encode())
    repo.git("update-ref", f"refs/replace/{newer}", older)
    repo.git("update-ref", f"refs/replace/{tip}", harmless)
    repo.git("notes", "add", "-m", "Reviewed-by: 委员 <c@example.invalid>", root)
    info = repo.path / ".git/info"
    info.mkdir(exist_ok=True)
    (info / "grafts").write_text(f"{tip}\n{repo.git('rev-parse', 'side')} {root}\n", encoding="ascii")
    attributes = "* -diff diff=evil filter=evil merge=evil text eol=crlf working-tree-encoding=UTF-16\n"
    (info / "attributes").write_text(attributes, encoding="ascii")
    repo.git("clone", "-q", "--bare", ".", "members/hidden")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Return repositories that no test changes."""
    folder = tmp_path_factory.mktemp("prepared")
    marker, home = folder / "ran", folder / "home"
    own, theirs = _ssh_key(folder / "keys", "own"), _ssh_key(folder / "keys", "theirs")
    made = _history(folder / "made", own)
    shutil.copytree(made.path, folder / "青禾 党支部", symlinks=True)
    hostile = GitRepo(folder / "青禾 党支部")
    _deceive(hostile)
    mailmap = made.path / ".mailmap"
    signers = folder / "signers"
    signers.write_text(f"c@example.invalid,委员@支部 {own.read_text(encoding='utf-8')}", encoding="utf-8")
    further = {
        "user.signingKey": str(theirs),
        "mailmap.file": str(mailmap),
        "mailmap.blob": "HEAD:.mailmap",
        "gpg.ssh.allowedSignersFile": str(signers),
        "include.path": str(folder / "more"),
    }
    evil = arm(hostile, folder, marker, further)
    (folder / "more").write_text(f"[diff]\n\texternal = {evil}\n", encoding="utf-8")
    arm(GitRepo(hostile.path / "members/hidden", "--bare"), folder, marker)
    home.mkdir()
    settings = f"[user]\nname = 委员\nemail = c@example.invalid\nsigningKey = {own}\n[gpg]\nformat = ssh\n"
    (home / ".gitconfig").write_text(settings, encoding="utf-8")
    anchors = folder / "anchors"
    anchor = en("audit", "anchor", "--rev", "start", cwd=made.path, as_of="2026-03-20", code=0).out
    anchors.write_text(anchor, encoding="utf-8")
    marker.unlink(missing_ok=True)
    return Prepared(hostile, made, marker, home, signers, anchors)
