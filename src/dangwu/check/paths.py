"""Names of files: in their place, agreeing with their content, and safe on every system."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from dangwu.model.finding import Code, Finding, Related, Severity, Source, found
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context

_E, _W = Severity.ERROR, Severity.WARNING
DISAGREES = Code("DW201", "path-disagrees", _E, say("File name and content disagree"))
MISPLACED = Code("DW202", "file-misplaced", _W, say("A file that no record is read from"))
CLASH = Code("DW205", "name-clash", _E, say("A file name that does not work everywhere"))
CODES = (DISAGREES, MISPLACED, CLASH)

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]|[ .]$')
_DAY = re.compile(r"/\d{4}-\d{2}-\d{2}", re.ASCII)
_SLUG = r"[^/]+"


def agreement(context: Context) -> Iterator[Finding]:
    """Compare each record's path with the one that its kind, date, group or id asks for."""
    for path, document in context.corpus.documents.items():
        kind = context.kinds.get(str(document.data.get("kind", "")))
        if kind is None:
            continue
        wanted = kind.path(document.data)
        if path != wanted and not re.fullmatch(_expression(wanted), path):
            message = say("By its content the file should be {wanted}.", wanted=wanted.replace("{slug}", "…"))
            hint = say("Rename the file (git mv), or correct the field that is wrong.")
            yield found(DISAGREES, path, ("kind",), message, hint)


def misplaced(context: Context) -> Iterator[Finding]:
    """Name YAML files that stand where no record is read, so that none is lost without a word."""
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
            yield found(MISPLACED, path, (), say("Records end in .yaml or .md; this file is not read."), hint)
        elif lowered.endswith((".yml", ".yaml")) and top not in tops:
            hint = say("The folders are: {folders}.", folders=tuple(sorted(tops)))
            yield found(MISPLACED, path, (), say("No record is read from this place."), hint)


def clashes(context: Context) -> Iterator[Finding]:
    """Find names that differ only by case or Unicode form, and names that Windows refuses."""
    seen: dict[str, str] = {}
    for path in context.paths:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        earlier = seen.setdefault(folded, path)
        if earlier != path:
            message = say("On Windows and macOS this is the same file as {path}.", path=earlier)
            source = Source(path, line=1, column=1)
            related = (Related(Source(earlier, line=1, column=1), say("the other name")),)
            hint = say("Keep one of the two, or rename one.")
            yield Finding(code=CLASH, source=source, message=message, hint=hint, related=related)
        for part in path.split("/"):
            if _RESERVED.fullmatch(part) or _UNSAFE.search(part):
                hint = say("Rename it with letters, digits and hyphens.")
                yield found(CLASH, path, (), say("Windows cannot have a file named {name}.", name=part), hint)


def _expression(wanted: str) -> str:
    """Allow any slug, and -2 and so on where a day could bring a second record of the kind."""
    stem, _, ending = wanted.rpartition(".")
    numbered = r"(?:-[2-9])?" if _DAY.search(wanted) else ""
    return re.escape(stem).replace(r"\{slug\}", _SLUG) + numbered + rf"\.{ending}"
