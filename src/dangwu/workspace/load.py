"""A tree of files → a workspace: documents, schema findings, records, the rulebook in force."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.duty.in_force import build_rulebook_in_force
from dangwu.errors import CannotRunError
from dangwu.model.corpus import Corpus, UnreadFile
from dangwu.model.finding_list import FindingList
from dangwu.model.message import say
from dangwu.model.record import Branch, GenericRecord, Meeting, Member, Waiver
from dangwu.model.tree import LINK_MODE, MAX_FILE_BYTES, SUBMODULE_MODE, UNMERGED_MODE
from dangwu.parse import finding_codes, records, rules, schema
from dangwu.parse.document import build_size_problem, limit_findings, parse_document
from dangwu.parse.positions import drop_repeated_blanks
from dangwu.workspace.catalogue import load_kinds, load_published_rulebook
from dangwu.workspace.copies import find_copies
from dangwu.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.model.document import Document
    from dangwu.model.finding import Finding
    from dangwu.model.record import Record
    from dangwu.model.tree import Tree, TreeEntry


RECORD_VERSION = 1
_LINK_MODES = {LINK_MODE, SUBMODULE_MODE}


def load_workspace(tree: Tree, known: Workspace | None = None) -> Workspace:
    """Read all records of a tree. CannotRunError when one has a newer record version.

    Documents with the path and blob id of one in ``known`` are taken from there instead of being parsed again.
    """
    entries = tree.entries()
    documents: dict[str, Document] = {}
    findings = FindingList()
    record_entries = [entry for entry in entries if is_record(entry)]
    shared = _find_shared_documents(record_entries, known)
    for entry, raw in tree.read(
        [entry for entry in record_entries if _is_readable(entry) and entry.path not in shared]
    ):
        document, parse_findings = _read_entry(entry, raw)
        findings.extend(parse_findings)
        if document is not None:
            documents[entry.path] = document
    findings.extend(_build_unread_finding(entry) for entry in record_entries if not _is_readable(entry))
    # Other files are not checked, but git commits nothing while one is unmerged.
    findings.extend(
        _build_unread_finding(entry) for entry in entries if entry.mode == UNMERGED_MODE and not is_record(entry)
    )
    _refuse_newer_records(documents.values())
    valid: dict[str, Document] = dict(shared)
    for path, document in documents.items():
        errors = _find_schema_errors(document)
        findings.extend(_list_schema_findings(document, errors))
        if not errors:
            valid[path] = document
    documents = dict(sorted({**shared, **documents}.items()))
    unread = tuple(
        UnreadFile.from_path(entry.path, load_kinds()) for entry in record_entries if entry.path not in valid
    )
    copies = find_copies(documents, {entry.path for entry in record_entries}, load_kinds())
    valid = {path: document for path, document in valid.items() if path not in copies}
    corpus = replace(_build_corpus(documents, valid, unread, known.corpus if known else Corpus()), copies=copies)
    return Workspace(
        label=tree.label,
        corpus=corpus,
        paths=tuple(entry.path for entry in entries),
        reading_findings=tuple(findings),
        rulebook=build_rulebook_in_force(load_published_rulebook(), corpus),
    )


def _find_shared_documents(entries: Iterable[TreeEntry], known: Workspace | None) -> dict[str, Document]:
    """Return the documents of another state that have the same path and blob id here and no findings of reading."""
    if known is None:
        return {}
    faulty = {finding.source.path for finding in known.reading_findings}
    documents = known.corpus.documents
    return {
        entry.path: documents[entry.path]
        for entry in entries
        if entry.path in documents
        and documents[entry.path].blob == entry.blob
        and entry.path not in faulty
        and entry.mode not in _LINK_MODES
    }


def _read_entry(entry: TreeEntry, raw: bytes | None) -> tuple[Document | None, list[Finding]]:
    """Parse one file; the only finding for one without readable bytes says why."""
    return parse_document(entry.path, entry.blob, raw) if raw is not None else (None, [_build_unread_finding(entry)])


def _find_schema_errors(document: Document) -> list[Finding]:
    """Return as many schema findings of a document as can be listed, those of values that are 【待填】 among them."""
    errors = schema.find_schema_errors(document, resources.list_kinds(), resources.load_schema)
    return list(islice(errors, finding_codes.MAX_FINDINGS + 1 + len(document.blanks)))


def _list_schema_findings(document: Document, errors: list[Finding]) -> list[Finding]:
    """Return at most ``MAX_FINDINGS`` findings and one that says there are more, without those of 【待填】."""
    told = drop_repeated_blanks(errors, document) if errors and document.blanks else errors
    return limit_findings(told[: finding_codes.MAX_FINDINGS + 1])


def _build_corpus(
    documents: Mapping[str, Document], valid: Mapping[str, Document], unread: tuple[UnreadFile, ...], known: Corpus
) -> Corpus:
    """Build typed records from valid documents; those of an unchanged document are taken from ``known``."""
    known_records = {record.path: record for record in known.records}
    made = [
        known_records[path]
        if known.documents.get(path) is document and path in known_records
        else _build_record(document)
        for path, document in sorted(valid.items())
        if document.data["kind"] not in {"amendment", "accepted"}
    ]
    amendments = [
        rules.build_amendment(document) for document in valid.values() if document.data["kind"] == "amendment"
    ]
    accepted = [document for document in valid.values() if document.data["kind"] == "accepted"]
    return Corpus(
        documents=documents,
        branch=next((record for record in made if isinstance(record, Branch)), None),
        members=tuple(record for record in made if isinstance(record, Member)),
        meetings=tuple(record for record in made if isinstance(record, Meeting)),
        waivers=tuple(record for record in made if isinstance(record, Waiver)),
        generic_records=tuple(record for record in made if isinstance(record, GenericRecord)),
        amendments=tuple(amendments),
        acceptances=tuple(acceptance for document in accepted for acceptance in records.build_acceptances(document)),
        unread=unread,
    )


def _build_record(document: Document) -> Record:
    kind = document.data["kind"]
    build = records.RECORD_BUILDERS.get(kind)
    return build(document) if build else records.build_generic_record(document, load_kinds()[kind])


@cache
def _list_record_places() -> tuple[str, ...]:
    """Return the folders (ending in a slash) and single files that hold records."""
    places = {kind.place for kind in load_kinds().values()}
    return tuple(sorted({f"{place.partition('/')[0]}/" if "/" in place else place for place in places}))


def is_record(entry: TreeEntry) -> bool:
    """Tell whether an entry is a record, readable or not; a link in place of a record folder counts as one."""
    if entry.mode in _LINK_MODES:
        return f"{entry.path}/".startswith(_list_record_places()) or entry.path in _list_record_places()
    return is_record_place(entry.path)


def is_record_place(path: str) -> bool:
    """Tell whether a record belongs at a path."""
    return path.endswith((".yaml", ".md")) and path.startswith(_list_record_places())


def _is_readable(entry: TreeEntry) -> bool:
    return entry.mode not in {*_LINK_MODES, UNMERGED_MODE} and entry.size <= MAX_FILE_BYTES


def _build_unread_finding(entry: TreeEntry) -> Finding:
    """Return the finding for a file that was not read: unmerged, too large, a link, or closed by the system."""
    if entry.mode == UNMERGED_MODE:
        return finding_codes.build_unmerged_finding(entry.path)
    if entry.mode not in _LINK_MODES and entry.size > MAX_FILE_BYTES:
        return build_size_problem(entry.path, entry.size).finding(entry.path)
    return finding_codes.build_closed_finding(entry.path, link=entry.mode in _LINK_MODES)


def _refuse_newer_records(documents: Iterable[Document]) -> None:
    newer = [document.path for document in documents if _read_version(document) > RECORD_VERSION]
    if newer:
        raise CannotRunError(
            say(
                "{path} was written for a newer dangwu (records of version {version}).",
                path=newer[0],
                version=RECORD_VERSION,
            ),
            say("Upgrade dangwu; nothing has been changed."),
        )


def _read_version(document: Document) -> int:
    """Return the record version in the ``schema`` field; 0 without a whole number there."""
    version = document.data.get("schema")
    return version if isinstance(version, int) and not isinstance(version, bool) else 0
