"""Bytes → document. Any bytes give a document, findings, or both; never an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.document import PLACEHOLDER, Document
from dangwu.model.message import say
from dangwu.model.tree import MAX_FILE_BYTES
from dangwu.parse import markdown
from dangwu.parse.encoding import decode_text, find_odd_characters
from dangwu.parse.finding_codes import (
    MAX_FINDINGS,
    NO_FRONT_MATTER,
    TOO_LARGE,
    YAML_SYNTAX,
    Problem,
    build_pointer_problem,
)
from dangwu.parse.headings import find_headings
from dangwu.parse.odd_values import find_odd_values
from dangwu.parse.yaml import parse_yaml
from dangwu.parse.yaml_errors import find_typing_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.finding import Finding

_NO_BODY_LINE = 1 << 30
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"


def parse_document(path: str, blob: str, raw: bytes) -> tuple[Document | None, list[Finding]]:
    """Return the document of a file and its findings; without a document where the data could not be read whole."""
    if len(raw) > MAX_FILE_BYTES:
        return None, [build_size_problem(path, len(raw)).finding(path)]
    if raw.startswith(_LFS_POINTER):
        return None, [build_pointer_problem().finding(path)]
    text, problems = decode_text(raw)
    document = None
    odd: list[Finding] = []
    if text is not None:
        is_markdown = path.endswith(".md")
        parts = markdown.split_front_matter(text) if is_markdown else markdown.MarkdownParts(text, [], _NO_BODY_LINE)
        problems.extend(find_odd_characters(text, parts.body_line if parts.header is not None else _NO_BODY_LINE))
        data, field_problems = _parse_fields(parts)
        problems.extend(field_problems)
        if isinstance(data, dict):
            odd = find_odd_values(path, parts.header or "", data)
            document = Document(
                path=path,
                blob=blob,
                raw=raw,
                data=data,
                headings=find_headings(parts.body, parts.body_line),
                blanks=tuple(_find_placeholders(text)) if PLACEHOLDER in text else (),
            )
    return document, limit_findings([*(problem.finding(path) for problem in problems), *odd])


def limit_findings(findings: list[Finding]) -> list[Finding]:
    """Return at most ``MAX_FINDINGS`` findings of one file, and one that says that there are more."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    message = say("The file has more problems than these {limit}; correct them to see the others.", limit=MAX_FINDINGS)
    return [*findings[:MAX_FINDINGS], findings[MAX_FINDINGS]._replace(message=message, hint=None, related=())]


def build_size_problem(path: str, size: int) -> Problem:
    """Return the problem of a file above 1 MiB."""
    message = say("{path} has {size} bytes; a record has at most {limit}.", path=path, size=size, limit=MAX_FILE_BYTES)
    return Problem(TOO_LARGE, 1, 1, message, say("Keep attachments beside the record, not inside it."))


def _parse_fields(parts: markdown.MarkdownParts) -> tuple[object, list[Problem]]:
    if parts.header is None:
        message = say("The file does not begin with front matter between two lines of three hyphens.")
        hint = say("Begin the file with ---, then the fields, then --- again; dangwu new writes it so.")
        return None, [Problem(NO_FRONT_MATTER, 1, 1, message, hint)]
    data, problems = parse_yaml(parts.header)
    if not isinstance(data, dict) and not problems:
        problems.append(_explain_missing_fields(parts.header, empty=data is None))
    return data, problems


def _explain_missing_fields(header: str, *, empty: bool) -> Problem:
    """Return why valid YAML is no record: a mistyped line, only text or a list, or nothing at all."""
    rows = header.split("\n")
    typing_errors = (find_typing_error(line, row) for row, line in enumerate(rows) if line)
    typing_error = next((problem for problem in typing_errors if problem), None)
    if typing_error:
        return typing_error
    message = say("Nothing is written here.") if empty else say("Fields are missing: only text or a list is here.")
    line = next((row for row, line in enumerate(rows, 1) if line.strip()), 1)
    return Problem(YAML_SYNTAX, line, 1, message, say("Write one field a line, as in kind: member."))


def _find_placeholders(text: str) -> Iterator[tuple[int, int]]:
    """Yield line and column, from 1, of each placeholder."""
    for row, line in enumerate(text.split("\n"), 1):
        column = line.find(PLACEHOLDER)
        while column >= 0:
            yield row, column + 1
            column = line.find(PLACEHOLDER, column + 1)
