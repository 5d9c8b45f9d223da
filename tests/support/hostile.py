"""A repository prepared against its readers: whatever in it can name a program names one that leaves a mark."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.support.gitrepo import script, surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.gitrepo import GitRepo

KEYS = (
    "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy",
    "core.alternateRefsCommand", "diff.external", "diff.evil.command", "diff.evil.textconv", "diff.tool",
    "difftool.evil.cmd", "merge.tool", "mergetool.evil.cmd", "guitool.evil.cmd",
    "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver", "gpg.program",
    "gpg.openpgp.program", "gpg.ssh.program", "gpg.x509.program", "gpg.ssh.defaultKeyCommand",
    "credential.helper", "credential.https://example.invalid.helper", "sequence.editor",
    "uploadpack.packObjectsHook", "pager.log", "pager.config", "pager.show", "pager.tag", "pager.branch",
    "interactive.diffFilter", "trailer.evil.command", "trailer.evil.cmd", "tar.tar.gz.command",
    "remote.origin.uploadpack", "remote.origin.receivepack", "remote.origin.vcs", "remote.origin.proxy",
    "browser.evil.cmd", "web.browser", "man.evil.cmd", "instaweb.httpd", "sendemail.smtpServer", "sendemail.toCmd",
    "sendemail.ccCmd", "sendemail.headerCmd", "imap.tunnel", "submodule.members/sub.update", "hook.evil.command",
    "lfs.customtransfer.evil.path",
)  # fmt: skip
"""Keys of git 2.39 and later whose value is, or holds, a program."""
ALIASES = (
    "log", "ls-files", "ls-tree", "cat-file", "rev-parse", "config", "rev-list", "merge-base", "for-each-ref", "tag",
    "verify-tag", "clone", "upload-pack", "fetch", "show", "diff",
)  # fmt: skip
HOOKS = (
    "pre-commit",
    "post-checkout",
    "post-index-change",
    "reference-transaction",
    "fsmonitor-watchman",
    "post-rewrite",
    "post-upload-pack",
    "pre-auto-gc",
)
DECEIVING = {
    "log.showSignature": "true",
    "log.mailmap": "true",
    "log.follow": "true",
    "log.showRoot": "false",
    "log.diffMerges": "off",
    "log.date": "relative",
    "log.decorate": "full",
    "diff.renames": "false",
    "diff.renameLimit": "1",
    "diff.ignoreSubmodules": "all",
    "diff.relative": "true",
    "diff.noprefix": "true",
    "diff.submodule": "log",
    "diff.evil.binary": "true",
    "submodule.members/sub.ignore": "all",
    "submodule.recurse": "true",
    "filter.evil.required": "true",
    "format.pretty": "oneline",
    "color.ui": "always",
    "core.abbrev": "4",
    "core.bigFileThreshold": "1",
    "core.quotePath": "true",
    "core.commentChar": "R",
    "core.ignoreCase": "true",
    "i18n.logOutputEncoding": "GBK",
    "i18n.commitEncoding": "GBK",
    "tag.gpgSign": "true",
    "tag.forceSignAnnotated": "true",
    "tag.sort": "-version:refname",
    "gpg.minTrustLevel": "undefined",
    "gpg.format": "x509",
    "user.name": "冒名",
    "user.email": "forged@example.invalid",
    "committer.name": "冒名",
    "committer.email": "forged@example.invalid",
    "author.name": "冒名",
    "url.ext::sh -c evil.insteadOf": "https://",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "transfer.fsckObjects": "false",
    "fetch.fsckObjects": "false",
    "uploadpack.hideRefs": "refs/tags/dangwu",
    "hook.evil.event": "reference-transaction",
    "safe.bareRepository": "all",
    "safe.directory": "*",
}
"""Settings that run nothing and make git say something else."""


def armed(folder: Path, marker: Path) -> Path:
    """Return a program that leaves the mark and fails."""
    return script(folder / "evil", f'#!/bin/sh\necho "$0 $*" >> "{marker}"\nexit 1\n')


def arm(repo: GitRepo, folder: Path, marker: Path, further: Mapping[str, str] | None = None) -> Path:
    """Put the program in ``folder`` and name it in the repository's settings and hooks; return it."""
    evil = armed(folder, marker)
    hooks = folder / "hooks"
    settings = {
        **dict.fromkeys(KEYS, str(evil)),
        **{f"alias.{name}": f"!{evil}" for name in ALIASES},
        "core.hooksPath": str(hooks),
        "remote.evil.url": f"ext::{evil}",
        **DECEIVING,
        **(further or {}),
    }
    git_dir = repo.path / ".git" if (repo.path / ".git").is_dir() else repo.path
    with (git_dir / "config").open("a", encoding="utf-8") as stream:
        stream.write("".join(_lines(settings)))
    for name in HOOKS:
        for place in (hooks, git_dir / "hooks"):
            script(place / name, evil.read_text(encoding="utf-8"))
    marker.unlink(missing_ok=True)
    return evil


def _lines(settings: Mapping[str, str]) -> list[str]:
    lines = []
    for key, value in settings.items():
        section, _, rest = key.partition(".")
        middle, _, name = rest.rpartition(".")
        head = f'[{section} "{middle}"]' if middle else f"[{section}]"
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'{head}\n\t{name} = "{quoted}"\n')
    return lines


def as_people_do(folder: Path, *words: str) -> str:
    """Run git without any care, and return what it printed."""
    done = subprocess.run(
        ["git", *words], cwd=folder, env=surroundings(), input=b"", capture_output=True, check=False, timeout=60
    )
    return done.stdout.decode("utf-8", "replace")
