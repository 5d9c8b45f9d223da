"""A tree becomes one state of the records, read once; of two states what is equal is read once for both."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from dangwu.data import resources
from dangwu.duty.in_force import build_rulebook_in_force
from dangwu.errors import CannotRunError
from dangwu.model.audience import Audience
from dangwu.model.corpus import Corpus, UnreadFile
from dangwu.model.message import Text, say
from dangwu.model.record import Branch, GenericRecord, Meeting, Member, Waiver
from dangwu.model.tree import LINK_MODE, MAX_FILE_BYTES, SUBMODULE_MODE, UNMERGED_MODE
from dangwu.parse import finding_codes, records, rules, schema
from dangwu.parse.document import build_size_problem, limit_findings, parse_document
from dangwu.privacy import views
from dangwu.workspace.catalogue import load_kinds, load_published_rulebook
from dangwu.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from dangwu.model.document import Document
    from dangwu.model.finding import Finding
    from dangwu.model.record import Record
    from dangwu.model.results import CheckResult
    from dangwu.model.tree import Tree, TreeEntry

FindingIdentity: TypeAlias = tuple[str, str, str | None, Text]
RECORD_VERSION = 1
_LINK_MODES = {LINK_MODE, SUBMODULE_MODE}
_SHIFTING_ARGUMENTS = frozenset({"line", "offset", "percent", "size"})
"""Arguments of a sentence that change when something else in the file does."""


def load_workspace(tree: Tree, recorded: Mapping[str, date] | None = None, known: Workspace | None = None) -> Workspace:
    """Read every record of a tree. CannotRunError when one was written by a newer dangwu.

    What is the same in a state ``known`` already, by path and blob, is taken over from there.
    """
    entries = tree.entries()
    documents: dict[str, Document] = {}
    found: list[Finding] = []
    fit: dict[str, Document] = {}
    wanted = [entry for entry in entries if is_record(entry)]
    same = _find_shared_documents(wanted, known)
    for entry, raw in tree.read([entry for entry in wanted if _is_readable(entry) and entry.path not in same]):
        made, problems_found = _read_entry(entry, raw)
        found.extend(problems_found)
        if made is not None:
            documents[entry.path] = made
    found.extend(_build_unread_finding(entry) for entry in wanted if not _is_readable(entry))
    # What is no record is not judged, but nothing can be committed while it is unmerged.
    found.extend(
        _build_unread_finding(entry) for entry in entries if entry.mode == UNMERGED_MODE and not is_record(entry)
    )
    _refuse_newer_records(documents.values())
    for path, each in documents.items():
        shaped = limit_findings(
            list(
                islice(
                    schema.find_schema_errors(each, resources.list_kinds(), resources.load_schema),
                    finding_codes.MAX_FINDINGS + 1,
                )
            )
        )
        found.extend(shaped)
        if not shaped:
            fit[path] = each
    fit = {**same, **fit}
    documents = dict(sorted({**same, **documents}.items()))
    unread = tuple(UnreadFile.from_path(entry.path, load_kinds()) for entry in wanted if entry.path not in fit)
    corpus = _build_corpus(documents, fit, unread, known.corpus if known else Corpus())
    return Workspace(
        label=tree.label,
        corpus=corpus,
        paths=tuple(entry.path for entry in entries),
        found=tuple(found),
        rulebook=build_rulebook_in_force(load_published_rulebook(), corpus),
        recorded=recorded or {},
    )


def _find_shared_documents(wanted: Iterable[TreeEntry], known: Workspace | None) -> dict[str, Document]:
    """Return the documents of another state that are the same here and nothing is wrong with."""
    if known is None:
        return {}
    faulty = {finding.source.path for finding in known.found}
    there = known.corpus.documents
    return {
        entry.path: there[entry.path]
        for entry in wanted
        if entry.path in there
        and there[entry.path].blob == entry.blob
        and entry.path not in faulty
        and entry.mode not in _LINK_MODES
    }


def _read_entry(entry: TreeEntry, raw: bytes | None) -> tuple[Document | None, list[Finding]]:
    """Read one file, or say why it is closed to us."""
    return parse_document(entry.path, entry.blob, raw) if raw is not None else (None, [_build_unread_finding(entry)])


def _build_corpus(
    documents: Mapping[str, Document], fit: Mapping[str, Document], unread: tuple[UnreadFile, ...], known: Corpus
) -> Corpus:
    there = {record.path: record for record in known.records}
    made = [
        there[path] if known.documents.get(path) is each and path in there else _build_record(each)
        for path, each in sorted(fit.items())
        if each.data["kind"] not in {"amendment", "accepted"}
    ]
    amendments = [rules.build_amendment(each) for each in fit.values() if each.data["kind"] == "amendment"]
    accepted = [each for each in fit.values() if each.data["kind"] == "accepted"]
    return Corpus(
        documents=documents,
        branch=next((each for each in made if isinstance(each, Branch)), None),
        members=tuple(each for each in made if isinstance(each, Member)),
        meetings=tuple(each for each in made if isinstance(each, Meeting)),
        waivers=tuple(each for each in made if isinstance(each, Waiver)),
        generic_records=tuple(each for each in made if isinstance(each, GenericRecord)),
        amendments=tuple(amendments),
        acceptances=tuple(acceptance for each in accepted for acceptance in records.build_acceptances(each)),
        unread=unread,
    )


def _build_record(each: Document) -> Record:
    maker = records.RECORD_BUILDERS.get(each.data["kind"])
    return maker(each) if maker else records.build_generic_record(each, load_kinds()[each.data["kind"]])


@cache
def _list_record_places() -> tuple[str, ...]:
    """Return where records are read from: folders, ending in a slash, and single files."""
    places = {kind.place for kind in load_kinds().values()}
    return tuple(sorted({f"{place.partition('/')[0]}/" if "/" in place else place for place in places}))


def is_record(entry: TreeEntry) -> bool:
    """Tell whether a record is expected here; a link in the place of a whole folder is one that cannot be read."""
    if entry.mode in _LINK_MODES:
        return f"{entry.path}/".startswith(_list_record_places()) or entry.path in _list_record_places()
    return is_record_place(entry.path)


def is_record_place(path: str) -> bool:
    """Tell whether a record belongs at a path."""
    return path.endswith((".yaml", ".md")) and path.startswith(_list_record_places())


def _is_readable(entry: TreeEntry) -> bool:
    return entry.mode not in {*_LINK_MODES, UNMERGED_MODE} and entry.size <= MAX_FILE_BYTES


def _build_unread_finding(entry: TreeEntry) -> Finding:
    """Return why a file was not read."""
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
    """Return the version that a record says it is of; 0 where it says none that is a number."""
    said = document.data.get("schema")
    return said if isinstance(said, int) and not isinstance(said, bool) else 0


def judge_newer_tree(
    older: Tree,
    newer: Tree,
    as_of: date,
    only: Callable[[str], bool] | None = None,
    audience: Audience = Audience.HANDLERS,
) -> tuple[Workspace, CheckResult]:
    """Judge the newer tree, and keep the findings in files that changed and those that were not there before."""
    blobs = {entry.path: entry.blob for entry in older.entries()}
    changed = {entry.path for entry in newer.entries() if blobs.get(entry.path) != entry.blob}
    before = load_workspace(older)
    known = {identify_finding(finding) for finding in before.whole(as_of).findings}
    workspace = load_workspace(newer, known=before)
    checked = workspace.whole(as_of, only)
    kept = (
        finding
        for finding in checked.findings
        if finding.source.path in changed or identify_finding(finding) not in known
    )
    checked = checked._replace(findings=tuple(kept))
    return workspace, views.redact_check_result(checked, workspace.sight(as_of, audience))


def identify_finding(finding: Finding) -> FindingIdentity:
    """Return by what a finding is the same one in another state: never by its line, nor by how long its file is."""
    template, arguments = finding.message
    kept = Text(template, tuple(argument for argument in arguments if argument[0] not in _SHIFTING_ARGUMENTS))
    return (finding.code.id, finding.source.path, finding.subject, kept)
