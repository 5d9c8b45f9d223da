"""Paths of files: in a folder of records, in agreement with their content, and valid on every system."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from dangwu.check.twins import link_twins
from dangwu.model.document import PLACEHOLDER
from dangwu.model.finding import Finding, FindingCode, RelatedPlace, Severity, Source, build_finding
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
PATH_DISAGREES = FindingCode("DW201", "path-disagrees", _ERROR, say("File name and content disagree"))
FILE_MISPLACED = FindingCode("DW202", "file-misplaced", _WARNING, say("A file that no record is read from"))
NAME_CLASH = FindingCode("DW205", "name-clash", _ERROR, say("A file name that does not work everywhere"))
_OTHER_NAME = say("the other name")
CODES = (PATH_DISAGREES, FILE_MISPLACED, NAME_CLASH)

_RESERVED_NAME = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_UNSAFE_CHARACTERS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[ .]$')


def check_path_agreement(context: Context) -> Iterator[Finding]:
    """Check each path against the one that follows from kind, date, group or id; find second files of one record."""
    for path, document in context.corpus.documents.items():
        kind = context.kinds.get(str(document.data.get("kind", "")))
        if kind is None:
            continue
        original = context.corpus.copies.get(path)
        if original is not None:
            message = say("By its content this is {path}, and only that file is read.", path=original)
            hint = say(
                "Compare the two and delete this one (git rm); a further record gets an id or a name of its own."
            )
            finding = build_finding(PATH_DISAGREES, path, ("kind",), message, hint)
            yield finding._replace(related=(RelatedPlace(Source(original, line=1, column=1), say("the record")),))
        elif kind.day_field and document.data.get(kind.day_field) == PLACEHOLDER:
            continue
        elif not kind.fits(path, document.data):
            wanted = kind.path(document.data)
            message = say("By its content the file should be {wanted}.", wanted=wanted.replace("{slug}", "…"))
            hint = say("Rename the file (git mv), or correct the field that is wrong.")
            yield build_finding(PATH_DISAGREES, path, ("kind",), message, hint)


def check_misplaced_files(context: Context) -> Iterator[Finding]:
    """Find YAML and Markdown files that are not read as records for their place or their ending."""
    tops = {kind.place.split("/")[0] for kind in context.kinds.values()}
    for path in context.paths:
        top, _, rest = path.partition("/")
        lowered = path.lower()
        if any(part.startswith(".") for part in path.split("/")):
            continue
        if (
            lowered.endswith((".yml", ".yaml", ".md"))
            and (top in tops if rest else False)
            and not path.endswith((".yaml", ".md"))
        ):
            hint = say("Rename it to end in .yaml or .md, in lower case.")
            yield build_finding(
                FILE_MISPLACED, path, (), say("Records end in .yaml or .md; this file is not read."), hint
            )
        elif lowered.endswith((".yml", ".yaml")) and top not in tops:
            hint = say("The folders are: {folders}.", folders=tuple(sorted(tops)))
            yield build_finding(FILE_MISPLACED, path, (), say("No record is read from this place."), hint)


def check_name_clashes(context: Context) -> Iterator[Finding]:
    """Find paths that differ only by case or Unicode form, and names that Windows does not allow."""
    seen: dict[str, str] = {}
    for path in context.paths:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        earlier = seen.setdefault(folded, path)
        if earlier != path:
            findings = (_build_clash(*pair) for pair in ((earlier, path), (path, earlier)))
            yield from link_twins(findings, _OTHER_NAME, _OTHER_NAME)
        for part in path.split("/"):
            if _RESERVED_NAME.fullmatch(part) or _UNSAFE_CHARACTERS.search(part):
                hint = say("Rename it with letters, digits and hyphens.")
                yield build_finding(
                    NAME_CLASH, path, (), say("Windows cannot have a file named {name}.", name=part), hint
                )


def _build_clash(path: str, elsewhere: str) -> Finding:
    message = say("On Windows and macOS this is the same file as {path}.", path=elsewhere)
    return Finding(NAME_CLASH, Source(path, line=1, column=1), message, say("Keep one of the two, or rename one."))
