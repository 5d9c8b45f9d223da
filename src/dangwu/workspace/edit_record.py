"""A record with other fields or sections → the files that change, with every comment kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.marked_text import MarkedText, PatchError
from dangwu.authoring.edit.rewrite import rewrite_record
from dangwu.authoring.edit.section_text import rewrite_sections
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.file_change import FileChange
from dangwu.model.message import say
from dangwu.parse import markdown
from dangwu.parse.document import parse_document
from dangwu.parse.encoding import decode_text
from dangwu.parse.yaml import find_positions
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.new_record import choose_record_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.model.document import Document

_NO_SECTIONS: Mapping[str, str] = {}


def plan_edit(
    corpus: Corpus, path: str, data: Mapping[str, Any], sections: Mapping[str, str] = _NO_SECTIONS
) -> tuple[FileChange, ...]:
    """Return the changes of files that give a record other data, and the sections of ``sections`` another text.

    Nothing changes where it is as it was. A record whose file is named by what changed, as its day, moves to the name
    that it has then: two changes, to be written together. The new text is parsed again; UsageError where it is not
    what was meant, where a comment would be lost, and for a file that cannot be read.
    """
    document = corpus.documents.get(path)
    if document is None:
        raise UsageError(
            say("{path} cannot be read as a record.", path=path),
            say("See what is wrong with it: dangwu check {path}", path=path),
        )
    text = _rewrite(document, data, sections)
    if text is None:
        message = say("{path} is written in a form that is not edited here.", path=path)
        raise UsageError(message, say("Make this change by hand, in an editor."))
    raw = text.encode()
    kind = load_kinds()[str(data["kind"])]
    if kind.fits(path, data):
        return (FileChange(path, document.raw, raw),) if raw != document.raw else ()
    slug = (kind.read(path) or {}).get("slug")
    return FileChange(path, document.raw, None), FileChange(choose_record_path(corpus, data, slug), None, raw)


def _rewrite(document: Document, data: Mapping[str, Any], sections: Mapping[str, str]) -> str | None:
    """Return the new text of a record; None where it cannot be made, or would not say what is meant."""
    text, problems = decode_text(document.raw)
    if text is None or problems or not data or data.get("kind") != document.data.get("kind"):
        return None
    header, last = text, text.count("\n") + 1
    if document.path.endswith(".md"):
        parts = markdown.split_front_matter(text)
        header, last = parts.header or "", parts.body_line - 2
        text = rewrite_sections(text, document.headings, sections)
    try:
        marks = MarkedText(text, *find_positions(header), last)
        made = rewrite_record(marks, document.data, data, resources.load_schema(str(data["kind"])))
    except (PatchError, LookupError):
        return None
    again, _ = parse_document(document.path, "", made.encode())
    return made if again is not None and _is_meant(document, again, data, sections) else None


def _is_meant(before: Document, after: Document, data: Mapping[str, Any], sections: Mapping[str, str]) -> bool:
    """Tell whether a text that was parsed again has the data and the headings that it shall have."""
    titles = [heading.title for heading in before.headings]
    wanted = [*titles, *(title for title in sections if title not in titles)]
    same = after.data == data and repr(_sort(after.data)) == repr(_sort(data))
    return same and [heading.title for heading in after.headings] == wanted


def _sort(value: Any) -> Any:
    """Return data with the fields of all mappings in one order, so that 1, 1.0 and true are told apart by repr."""
    if isinstance(value, dict):
        return sorted((key, _sort(item)) for key, item in value.items())
    return [_sort(item) for item in value] if isinstance(value, list | tuple) else value
