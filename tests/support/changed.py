"""Changed examples, checked: what one line more or less does to the findings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dangwu.language import LANGUAGES, load_language
from dangwu.workspace.load import load_workspace
from tests.support.examples import AS_OF, BASE, overlay
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dangwu.model.finding import Finding, Source


@cache
def laid(folder: Path) -> dict[str, str | bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def good(code: str, path: str) -> str:
    return (overlay(code, "good") / path).read_text(encoding="utf-8")


def changed(code: str, path: str, *changes: tuple[str, str]) -> dict[str, str]:
    text = good(code, path)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {path: text}


def found(files: dict[str, str], as_of: date = AS_OF, code: str = "") -> tuple[Finding, ...]:
    """Check the base with these files; findings of another code than the one asked for are left out."""
    checked = load_workspace(MemoryTree({**laid(BASE), **files})).check(as_of)
    return tuple(each for each in checked.findings if each.code.id.startswith(code or "DW"))


def said(finding: Finding) -> str:
    texts = [finding.message, *(each.message for each in finding.related), *([finding.hint] if finding.hint else [])]
    return "\n".join(load_language(code).text(text) for code in LANGUAGES for text in texts)


def says(code: str, files: dict[str, str], as_of: date = AS_OF) -> list[str]:
    """Return what the findings of one code say, in English and in their order."""
    english = load_language("en")
    return [english.text(finding.message) for finding in found(files, as_of, code)]


def marks(code: str, files: dict[str, str], as_of: date = AS_OF) -> list[str]:
    """Return the line and the words, to the end of that line, at which each finding of one code points."""
    texts = {**laid(BASE), **files}
    return [read_mark(finding.source, texts[finding.source.path]) for finding in found(files, as_of, code)]


def read_mark(source: Source, text: str | bytes) -> str:
    lines = (text if isinstance(text, str) else text.decode()).split("\n")
    return f"{source.line}: {lines[source.line - 1][source.column - 1 :]}"
