"""Names that mean several commits: a tag named like a branch, which git would take first, or like a commit's id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.git import plumbing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIX = re.compile(r"[~^@:]")
_OWN_NAME = re.compile(r"[^\x00-\x20\x7f~^:?*\[\\]{1,300}")
_ABBREVIATED_ID = re.compile(r"[0-9a-f]{7,64}", re.ASCII)
_PLACES = ("refs/heads/", "refs/", "refs/tags/", "refs/remotes/")
"""Where a bare name is looked for: first what people mean, then in git's order, which has branches after tags
(gitrevisions(7))."""
_BRANCHES = _PLACES[0]
_WHOLE_NAMES = ("refs/", "heads/", "tags/", "remotes/")
"""How names begin that say where they are to be looked for."""
_REF_FORMAT = "%(refname) %(objectname) %(*objectname)"
_FIXED_NAMES = {"HEAD", "@"}
_MAX_NAMES = 20


class AmbiguousName(NamedTuple):
    """A name with several meanings, and the one that counts, as the full name of a ref."""

    name: str
    chosen: str


def prefer_branch(folder: Path, rev: str) -> str:
    """Return a revision with the full name of the branch, where a bare name means a branch and something else."""
    name, refs = _find_refs(folder, rev)
    if len(refs) > 1 and f"{_BRANCHES}{name}" in refs:
        return f"{_BRANCHES}{rev}"
    return rev


def find_ambiguous_names(folder: Path, words: str) -> tuple[AmbiguousName, ...]:
    """Return the names in a revision or a range that mean several commits."""
    return tuple(dict.fromkeys(_find_in_words(folder, words)))


def _find_in_words(folder: Path, words: str) -> Iterator[AmbiguousName]:
    for rev in words.replace("...", "..").split(".."):
        name, refs = _find_refs(folder, rev)
        ids = set(refs.values())
        if refs and _ABBREVIATED_ID.fullmatch(name):
            ids |= _find_commits_by_id(folder, name)
        if len(ids) > 1:
            yield AmbiguousName(name, next(f"{place}{name}" for place in _PLACES if f"{place}{name}" in refs))


def _find_commits_by_id(folder: Path, beginning: str) -> set[str]:
    begun = plumbing.run_git(folder, "rev-parse", f"--disambiguate={beginning}").out
    answers = plumbing.run_git(folder, "cat-file", "--batch-check", data=begun).out.decode()
    return {line.split()[0] for line in answers.splitlines() if line.split()[1:2] == ["commit"]}


def _find_refs(folder: Path, rev: str) -> tuple[str, dict[str, str]]:
    """Return the bare name in a revision and the refs of that name, with their ids; none for HEAD and for ids."""
    # The name can hold "@" and ":" of its own, so what stands before each of them is tried, the longest first.
    ends = [*(match.start() for match in _SUFFIX.finditer(rev)), len(rev)][-_MAX_NAMES:]
    names = [rev[:end] for end in reversed(ends)]
    names = [name for name in names if _OWN_NAME.fullmatch(name) and not name.startswith(_WHOLE_NAMES)]
    wanted = [f"{place}{name}" for name in names if name not in _FIXED_NAMES for place in _PLACES]
    if not wanted:
        return "", {}
    out = plumbing.run_git(folder, "for-each-ref", f"--format={_REF_FORMAT}", *wanted).out
    lines = (line.split(" ") for line in out.decode("utf-8", "surrogateescape").splitlines())
    # Of an annotated tag the commit that it is put on.
    found = {ref: peeled or id_ for ref, id_, peeled in lines}
    for name in names:
        refs = {ref: found[ref] for place in _PLACES if (ref := f"{place}{name}") in found}
        if refs and name not in _FIXED_NAMES:
            return name, refs
    return "", {}
