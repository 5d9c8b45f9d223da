"""The one joint of the rooms: a tree becomes records, and records become findings and duties."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from dangwu import resources
from dangwu.check import registry, run, shape
from dangwu.check.context import Context
from dangwu.duty.in_force import in_force
from dangwu.errors import CannotRunError
from dangwu.model import seen, veil
from dangwu.model.audience import Audience
from dangwu.model.corpus import Corpus, Unread
from dangwu.model.kind import Kind, described
from dangwu.model.record import Branch, Meeting, Member, Sheet, Waiver
from dangwu.model.result import Checked, Owed, YearReport
from dangwu.model.sight import Sight
from dangwu.model.spans import Span
from dangwu.model.text import Text, say
from dangwu.model.totals import totals
from dangwu.parse import problems, records, rules
from dangwu.parse.documents import MAX_BYTES, at_most, document, too_large
from dangwu.parse.migrate import migrated, version
from dangwu.parse.places import located

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from dangwu.files.tree import Entry, Tree
    from dangwu.model.document import Document
    from dangwu.model.duty import Duty
    from dangwu.model.finding import Code, Finding
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
    ready = resources.rulebook(RULEBOOK)
    if ready is None:
        read = (document(path, "", raw)[0] for path, raw in resources.files(f"rulebooks/{RULEBOOK}"))
        ready = [each.data for each in read if each is not None]
    return rules.rulebook(RULEBOOK, ready)


def profiles() -> Mapping[str, Mapping[str, Any]]:
    """Return the optional profiles of amendments that come with dangwu, by name (their shape: schemas/profile.json)."""
    read = ((path, document(path, "", raw)[0]) for path, raw in resources.files("profiles"))
    return {path.removesuffix(".yaml"): each.data for path, each in read if each is not None}


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """One state of a record repository, read once. ``found`` are the findings of reading and of shape."""

    label: str | None
    corpus: Corpus
    paths: tuple[str, ...]
    found: tuple[Finding, ...]
    rulebook: Rulebook
    recorded: Mapping[str, date] = field(default_factory=dict)

    def sight(self, as_of: date, audience: Audience) -> Sight:
        """Return what tells what an audience may see on a day: the one place where audiences are applied."""
        return Sight(audience=audience, as_of=as_of, kinds=kinds(), corpus=self.corpus, words=_words)

    def lines(self, as_of: date, audience: Audience | None) -> Callable[[str], bytes | None]:
        """Return what gives the bytes of a file by its path, for a code frame, of the files whose lines may be seen.

        A confidential file's lines are shown only where handlers are named as the audience; below the committee none.
        """
        sight = self.sight(as_of, audience or Audience.COMMITTEE)
        shown = seen.corpus_for(sight).documents
        return lambda path: shown[path].raw if path in shown else None

    def check(
        self, as_of: date, only: Callable[[str], bool] | None = None, audience: Audience = Audience.HANDLERS
    ) -> Checked:
        """Judge the records on a day, as an audience may see it; ``only`` keeps the findings of some paths."""
        return seen.checked_for(self.whole(as_of, only), self.sight(as_of, audience))

    def whole(self, as_of: date, only: Callable[[str], bool] | None = None) -> Checked:
        """Judge the records for nobody's eyes: what is found before an audience is chosen."""
        context = Context(
            corpus=self.corpus,
            as_of=as_of,
            rulebook=self.rulebook,
            paths=self.paths,
            kinds=kinds(),
        )
        documents = self.corpus.documents
        findings = run.said_once(located((*self.found, *run.run(context)), documents), documents)
        left, accepted = run.accept(findings, self.corpus.acceptances)
        chosen = [each for each in located(left, documents) if only is None or only(each.source.path)]
        return Checked(
            as_of=as_of,
            revision=self.label,
            findings=tuple(sorted(chosen, key=lambda finding: finding.key)),
            accepted=tuple(sorted(accepted, key=lambda pair: pair[0].key)),
            records=len(self.corpus.documents.keys() | {each.path for each in self.corpus.unread}),
        )

    def due(self, as_of: date, span: Span, audience: Audience = Audience.COMMITTEE) -> Owed:
        """Return the duties whose periods share a day with ``span``, and what the year before still owes."""
        return seen.owed_for(self._due(as_of, span, audience), self.sight(as_of, audience))

    def _due(self, as_of: date, span: Span, audience: Audience) -> Owed:
        before = Span(span.start.replace(year=span.start.year - 1), span.start)
        old = seen.duties_for(self._duties(as_of, before), self.rulebook, self.sight(as_of, audience))
        left = sum(duty.state.value == "overdue" and not duty.acknowledged for duty in old)
        return Owed(
            as_of=as_of,
            revision=self.label,
            duties=self._duties(as_of, span),
            corpus=self.corpus,
            rulebook=self.rulebook,
            overdue_before=left,
            kinds=kinds(),
        )

    def report(self, as_of: date, year: int, audience: Audience = Audience.COMMITTEE) -> YearReport:
        """Return everything that the report of a calendar year shows to an audience."""
        owed = self._due(as_of, year_span(year), audience)
        sums = totals(self.corpus, year, as_of)
        whole = YearReport(year=year, owed=owed, checked=self.whole(as_of), totals=sums)
        return seen.report_for(whole, self.sight(as_of, audience))

    def _duties(self, as_of: date, span: Span) -> tuple[Duty, ...]:
        from dangwu.duty.settle import duties  # noqa: PLC0415 - check alone does not need it

        return duties(self.rulebook, self.corpus, as_of, span, self.recorded)


def year_span(year: int) -> Span:
    """Return a calendar year as a span of days."""
    from datetime import date  # noqa: PLC0415 - elsewhere a type only

    return Span(date(year, 1, 1), date(year + 1, 1, 1))


def news(
    older: Tree,
    newer: Tree,
    as_of: date,
    only: Callable[[str], bool] | None = None,
    audience: Audience = Audience.HANDLERS,
) -> tuple[Workspace, Checked]:
    """Judge the newer tree, and keep the findings in files that changed and those that were not there before."""
    blobs = {entry.path: entry.blob for entry in older.entries()}
    changed = {entry.path for entry in newer.entries() if blobs.get(entry.path) != entry.blob}
    known = {_identity(finding) for finding in load(older).whole(as_of).findings}
    workspace = load(newer)
    checked = workspace.whole(as_of, only)
    kept = (each for each in checked.findings if each.source.path in changed or _identity(each) not in known)
    checked = checked._replace(findings=tuple(kept))
    return workspace, seen.checked_for(checked, workspace.sight(as_of, audience))


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
        made, problems_found = _read(entry, raw)
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
    unread.extend(Unread.at(entry.path, kinds()) for entry in wanted if entry.path not in fit)
    corpus = _corpus(documents, fit, tuple(unread))
    return Workspace(
        label=tree.label,
        corpus=corpus,
        paths=tuple(entry.path for entry in entries),
        found=tuple(found),
        rulebook=in_force(_published(), corpus),
        recorded=recorded or {},
    )


def _read(entry: Entry, raw: bytes | None) -> tuple[Document | None, list[Finding]]:
    """Read one file; a record of an older version is read as it would be after dangwu migrate."""
    if raw is None:
        return None, [_closed(entry)]
    made, found = document(entry.path, entry.blob, raw)
    if made is not None and 0 < version(made.data) < VERSION:
        return document(entry.path, entry.blob, migrated(entry.path, raw))
    return made, found


def outdated(tree: Tree) -> list[tuple[str, bytes, bytes]]:
    """Return the records of an older version: path, bytes as they are, and bytes as they should be."""
    wanted = [entry for entry in tree.entries() if _is_record(entry) and _readable(entry)]
    pairs = ((entry.path, raw, migrated(entry.path, raw)) for entry, raw in tree.read(wanted) if raw is not None)
    return [each for each in pairs if each[1] != each[2]]


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
def _words(kind: str) -> frozenset[str]:
    return veil.words(resources.schema(kind))


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
    return problems.closed(entry.path, link=entry.mode in _LINKS)


def _refuse_newer(documents: Iterable[Document]) -> None:
    newer = [each.path for each in documents if version(each.data) > VERSION]
    if newer:
        raise CannotRunError(
            say(
                "{path} was written for a newer dangwu (records of version {version}).", path=newer[0], version=VERSION
            ),
            say("Upgrade dangwu; nothing has been changed."),
        )
