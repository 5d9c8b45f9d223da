"""The one joint of the rooms: a tree becomes records, and records become findings and duties."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from dangwu import resources
from dangwu.check import registry, run, shape
from dangwu.check.context import Context
from dangwu.duty.in_force import in_force
from dangwu.errors import CannotRunError
from dangwu.model.corpus import Corpus, Unread
from dangwu.model.finding import Finding
from dangwu.model.kind import Kind, described
from dangwu.model.record import Branch, Meeting, Member, Sheet, Waiver
from dangwu.model.result import Checked, Owed, YearReport
from dangwu.model.source import Source
from dangwu.model.spans import Span
from dangwu.model.text import Text, say
from dangwu.parse import problems, records, rules
from dangwu.parse.documents import MAX_BYTES, at_most, document, too_large
from dangwu.parse.places import located

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from dangwu.files.tree import Entry, Tree
    from dangwu.model.document import Document
    from dangwu.model.duty import Duty
    from dangwu.model.finding import Code
    from dangwu.model.record import Record
    from dangwu.model.rule import Rulebook

RULEBOOK = "nonpublic-2020"
VERSION = 1
_LINKS = {"120000", "160000"}


def codes() -> tuple[Code, ...]:
    """Return every code that a finding can have, in order."""
    return tuple(sorted((*problems.CODES, *registry.CODES), key=lambda code: code.id))


@cache
def rulebook() -> Rulebook:
    """Return the rulebook without any repository's amendments, every setting at its default."""
    return in_force(_published(), Corpus())


@cache
def _published() -> Rulebook:
    read = [document(path, "", raw)[0] for path, raw in resources.files(f"rulebooks/{RULEBOOK}")]
    return rules.rulebook(RULEBOOK, [each for each in read if each is not None])


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """One state of a record repository, read once. ``found`` are the findings of reading and of shape."""

    label: str | None
    corpus: Corpus
    paths: tuple[str, ...]
    found: tuple[Finding, ...]
    rulebook: Rulebook
    recorded: Mapping[str, date] = field(default_factory=dict)

    def raw(self, path: str) -> bytes | None:
        """Return the bytes of a file that was read as a document, for a code frame."""
        document = self.corpus.documents.get(path)
        return document.raw if document else None

    def check(self, as_of: date, only: Callable[[str], bool] | None = None) -> Checked:
        """Judge the records on a day; ``only`` keeps the findings of some paths."""
        context = Context(
            corpus=self.corpus,
            as_of=as_of,
            rulebook=self.rulebook,
            paths=self.paths,
            kinds=kinds(),
        )
        findings = self._said_once(located((*self.found, *run.run(context)), self.corpus.documents))
        left, accepted = run.accept(findings, self.corpus.acceptances)
        chosen = [each for each in located(left, self.corpus.documents) if only is None or only(each.source.path)]
        return Checked(
            as_of=as_of,
            revision=self.label,
            findings=tuple(sorted(chosen, key=lambda finding: finding.key)),
            accepted=tuple(sorted(accepted, key=lambda pair: pair[0].key)),
            records=len(self.corpus.documents.keys() | {each.path for each in self.corpus.unread}),
        )

    def _said_once(self, findings: list[Finding]) -> list[Finding]:
        """Leave out that 【待填】 does not fit its field: DW502 says already that it is left to write."""
        blanks = {(path, *place) for path, each in self.corpus.documents.items() for place in each.blanks}
        return [
            each
            for each in findings
            if each.code is not shape.UNFIT or (each.source.path, each.source.line, each.source.column) not in blanks
        ]

    def due(self, as_of: date, span: Span) -> Owed:
        """Return the duties whose periods share a day with ``span``, and what the year before still owes."""
        before = Span(span.start.replace(year=span.start.year - 1), span.start)
        left = sum(duty.state.value == "overdue" and not duty.acknowledged for duty in self._duties(as_of, before))
        return Owed(
            as_of=as_of,
            revision=self.label,
            duties=self._duties(as_of, span),
            corpus=self.corpus,
            rulebook=self.rulebook,
            overdue_before=left,
        )

    def report(self, as_of: date, year: int) -> YearReport:
        """Return everything that the report of a calendar year shows."""
        owed = self.due(as_of, year_span(year))
        return YearReport(year=year, owed=owed, checked=self.check(as_of))

    def _duties(self, as_of: date, span: Span) -> tuple[Duty, ...]:
        from dangwu.duty.settle import duties  # noqa: PLC0415 - check alone does not need it

        return duties(self.rulebook, self.corpus, as_of, span, self.recorded)


def year_span(year: int) -> Span:
    """Return a calendar year as a span of days."""
    from datetime import date  # noqa: PLC0415 - elsewhere a type only

    return Span(date(year, 1, 1), date(year + 1, 1, 1))


def news(older: Tree, newer: Tree, as_of: date, only: Callable[[str], bool] | None = None) -> tuple[Workspace, Checked]:
    """Judge the newer tree, and keep the findings in files that changed and those that were not there before."""
    blobs = {entry.path: entry.blob for entry in older.entries()}
    changed = {entry.path for entry in newer.entries() if blobs.get(entry.path) != entry.blob}
    known = {_identity(finding) for finding in load(older).check(as_of).findings}
    workspace = load(newer)
    checked = workspace.check(as_of, only)
    kept = (each for each in checked.findings if each.source.path in changed or _identity(each) not in known)
    return workspace, checked._replace(findings=tuple(kept))


def _identity(finding: Finding) -> tuple[str, str, str | None, Text]:
    return (finding.code.id, finding.source.path, finding.subject, finding.message)


def load(tree: Tree, recorded: Mapping[str, date] | None = None) -> Workspace:
    """Read every record of a tree. CannotRunError when one was written by a newer dangwu."""
    entries = tree.entries()
    documents: dict[str, Document] = {}
    found: list[Finding] = []
    unread: list[Unread] = []
    wanted = [entry for entry in entries if _is_record(entry)]
    for entry, raw in tree.read([entry for entry in wanted if _readable(entry)]):
        made, problems_found = document(entry.path, entry.blob, raw) if raw is not None else (None, [_closed(entry)])
        found.extend(problems_found)
        if made is not None:
            documents[entry.path] = made
    found.extend(_closed(entry) for entry in wanted if not _readable(entry))
    _refuse_newer(documents.values())
    fit: dict[str, Document] = {}
    for path, each in documents.items():
        shaped = at_most(list(islice(shape.shape(each, resources.kinds(), resources.schema), problems.MOST + 1)))
        found.extend(shaped)
        if not shaped:
            fit[path] = each
    unread.extend(_unread(entry.path) for entry in wanted if entry.path not in fit)
    corpus = _corpus(documents, fit, tuple(unread))
    return Workspace(
        label=tree.label,
        corpus=corpus,
        paths=tuple(entry.path for entry in entries),
        found=tuple(found),
        rulebook=in_force(_published(), corpus),
        recorded=recorded or {},
    )


def _corpus(documents: Mapping[str, Document], fit: Mapping[str, Document], unread: tuple[Unread, ...]) -> Corpus:
    made = [_record(each) for each in fit.values() if each.data["kind"] not in {"amendment", "accepted"}]
    amendments = [rules.amendment(each) for each in fit.values() if each.data["kind"] == "amendment"]
    accepted = [each for each in fit.values() if each.data["kind"] == "accepted"]
    return Corpus(
        documents=documents,
        branch=next((each for each in made if isinstance(each, Branch)), None),
        members=tuple(each for each in made if isinstance(each, Member)),
        meetings=tuple(each for each in made if isinstance(each, Meeting)),
        waivers=tuple(each for each in made if isinstance(each, Waiver)),
        sheets=tuple(each for each in made if isinstance(each, Sheet)),
        amendments=tuple(amendments),
        acceptances=tuple(acceptance for each in accepted for acceptance in records.acceptances(each)),
        unread=unread,
    )


def _record(each: Document) -> Record:
    maker = records.MAKERS.get(each.data["kind"])
    return maker(each) if maker else records.sheet(each, kinds()[each.data["kind"]])


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind of record that a repository may hold, by name."""
    return {name: described(resources.schema(name)) for name in resources.kinds()}


@cache
def _tops() -> tuple[str, ...]:
    """Return where records are read from: folders, ending in a slash, and single files."""
    places = {kind.place for kind in kinds().values()}
    return tuple(sorted({f"{place.partition('/')[0]}/" if "/" in place else place for place in places}))


def _is_record(entry: Entry) -> bool:
    """Tell whether a record is expected here; a link in the place of a whole folder is one that cannot be read."""
    if entry.mode in _LINKS:
        return f"{entry.path}/".startswith(_tops()) or entry.path in _tops()
    return entry.path.endswith((".yaml", ".md")) and entry.path.startswith(_tops())


def _readable(entry: Entry) -> bool:
    return entry.mode not in _LINKS and entry.size <= MAX_BYTES


def _closed(entry: Entry) -> Finding:
    """Return why a file was not read."""
    if entry.mode not in _LINKS and entry.size > MAX_BYTES:
        return too_large(entry.path, entry.size).finding(entry.path)
    source = Source(entry.path, line=1, column=1)
    if entry.mode in _LINKS:
        message = say("A link or a submodule stands where a record should be; it is not followed.")
        hint = say("Put the file itself here.")
    else:
        message = say("The file cannot be opened.")
        hint = say("See whether another program holds it, and who may read it.")
    return Finding(code=problems.NOT_A_FILE, source=source, message=message, hint=hint)


def _unread(path: str) -> Unread:
    """Say what a path alone tells of the record that should stand there."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    for kind in kinds().values():
        said = kind.read(path)
        if said is not None:
            subject = said.get(kind.subject) if kind.subject else None
            return Unread(path, kind.name, stem, said.get("date"), kind.label(said), subject)
    return Unread(path, None, stem)


def _refuse_newer(documents: Iterable[Document]) -> None:
    newer = [each.path for each in documents if _version(each) > VERSION]
    if newer:
        raise CannotRunError(
            say(
                "{path} was written for a newer dangwu (records of version {version}).", path=newer[0], version=VERSION
            ),
            say("Upgrade dangwu; nothing has been changed."),
        )


def _version(each: Document) -> int:
    version = each.data.get("schema")
    return version if isinstance(version, int) and not isinstance(version, bool) else 0
