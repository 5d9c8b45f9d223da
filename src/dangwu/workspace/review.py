"""Two states of a repository joined into what a reviewer needs to know of the way from one to the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dangwu.audit.registry import observe
from dangwu.changes.control_files import Blob, Whole, changed_paths, controls, why
from dangwu.changes.duties import duty_changes
from dangwu.changes.records import File, record_changes
from dangwu.git import plumbing
from dangwu.git.commit_tree import RevisionTree
from dangwu.model.message import Text
from dangwu.model.results import Owed
from dangwu.model.review import Commits, Reviewed
from dangwu.model.settings import Settings
from dangwu.model.spans import Span
from dangwu.model.tree import SUBMODULE, Entry, matters
from dangwu.privacy import views
from dangwu.workspace.audit import GRACE, evidence_of, hidden, shown
from dangwu.workspace.history import terms
from dangwu.workspace.load import Identity, identity, is_record, load
from dangwu.workspace.rules_diff import between_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.git.repository import Repository
    from dangwu.model.audience import Audience
    from dangwu.model.finding import Finding
    from dangwu.model.record_change import RecordChange
    from dangwu.model.results import Checked
    from dangwu.model.review import ControlChange, DutyChange
    from dangwu.privacy.viewer import Sight
    from dangwu.workspace.history import Past
    from dangwu.workspace.workspace import Workspace

_EARLIEST = 2000


class _Nothing:
    """The state before the first commit."""

    label: str | None = None

    def entries(self) -> tuple[Entry, ...]:
        return ()

    def read(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, bytes | None]]:
        return ((entry, None) for entry in entries)


class _Side(NamedTuple):
    """One state: its records, and every file of its tree."""

    workspace: Workspace
    whole: Whole


def review(past: Past, older: str | None, as_of: date, audience: Audience) -> tuple[Reviewed, Workspace, Workspace]:
    """Say what came between a commit and the last one of ``past``; with the records of both states.

    ``older`` is a full id, None for what was before the first commit.
    """
    newer = past.history.commits[-1].id
    before, after = _sides(past.repository, older, newer)
    inside = _inside(past, older)
    renamed = _renamed(past, inside)
    texts = _texts(past.repository, before.whole, after.whole)
    changes = tuple(record_changes(_files(before, after), _files(after, before), renamed, terms()))
    sight = after.workspace.sight(as_of, audience)
    control = (_veiled(each, sight, past.repository.prefix) for each in controls(before.whole, after.whole, texts))
    checked = after.workspace.whole(as_of)
    every = sorted((*checked.findings, *_silenced(before.workspace, checked)), key=lambda each: each.key)
    new, mended = _new(before.workspace.whole(as_of).findings, every, renamed)
    # A change that lengthens the time for recording does not excuse itself by that.
    judged = [each.workspace for each in (before, after) if each is after or older is not None]
    strict = min(Settings.of(each.rulebook, each.corpus).number(GRACE) for each in judged)
    evidence = replace(evidence_of(past, after.workspace, as_of, only=inside), grace=strict)
    observed = [each for each in observe(evidence) if evidence.history.place.get(each.commit) in inside]
    span = _span(changes, as_of)
    owed = Owed(as_of, newer, (), views.corpus_for(sight), after.workspace.rulebook, audience=audience)
    people = dict.fromkeys(past.history.commits[at].author.name for at in sorted(inside))
    made = Reviewed(
        as_of=as_of,
        older=older,
        newer=newer,
        commits=Commits(len(inside), tuple(people)),
        controls=tuple(control),
        rules=between_states(before.workspace, after.workspace),
        records=tuple(hidden(each, sight) for each in changes),
        duties=_duties(before.workspace, after.workspace, as_of, span, audience),
        checked=views.checked_for(checked._replace(findings=new, accepted=()), sight),
        standing=len(every) - len(new),
        mended=mended,
        observed=tuple(shown(observed, sight)),
        others=_others(before.whole, after.whole),
        owed=owed,
        diverged=older is not None and older not in past.history.place,
    )
    return made, before.workspace, after.workspace


def _sides(repository: Repository, older: str | None, newer: str) -> tuple[_Side, _Side]:
    trees = (RevisionTree(repository, older) if older else _Nothing(), RevisionTree(repository, newer))
    first = load(trees[0])
    second = load(trees[1], known=first)
    wholes = (each.whole() if isinstance(each, RevisionTree) else {} for each in trees)
    before, after = (Whole({path: Blob(*blob) for path, blob in whole.items()}, repository.prefix) for whole in wholes)
    return _Side(first, before), _Side(second, after)


def _inside(past: Past, older: str | None) -> frozenset[int]:
    """Return the places of the commits of a change: those that lead to its end and not to its beginning."""
    history = past.history
    every = frozenset(range(len(history.commits)))
    if older is None:
        return every
    if older in history.place:
        bases = [older]
    else:
        answer = plumbing.ask(past.repository.folder, "merge-base", "--all", older, history.commits[-1].id)
        # With 1 it says that there is none.
        bases = [] if answer.code == 1 else plumbing.succeeded(past.repository.folder, answer).decode().split()
    first = history.first_with(tuple(history.place[each] for each in bases if each in history.place))
    return frozenset(at for at in every if first[at] < 0)


def _renamed(past: Past, inside: frozenset[int]) -> dict[str, str]:
    """Return the name that each record had before a change, by the one it has now, where these differ."""
    found = {}
    for life in past.lives.every:
        names = [each.old_path for each in life.steps if each.old_path and each.commit in inside]
        if names and names[0] != life.path:
            found[life.path] = names[0]
    return found


def _texts(repository: Repository, before: Whole, after: Whole) -> Mapping[str, bytes | None]:
    """Read what is to be shown of the changed files of control, in one batch."""
    paths = [each for each in changed_paths(before, after) if why(each.removeprefix(after.prefix)) or why(each)]
    blobs = [side.files[each].id for each in paths for side in (before, after) if each in side.files]
    plain = [blob for blob in dict.fromkeys(blobs) if blob not in _submodules(before, after)]
    return dict(zip(plain, plumbing.blobs(repository.folder, plain), strict=True))


def _submodules(*wholes: Whole) -> frozenset[str]:
    return frozenset(blob.id for whole in wholes for blob in whole.files.values() if blob.mode == SUBMODULE)


def _files(side: _Side, other: _Side) -> dict[str, File]:
    """Return the records of one state that are not the same in the other."""
    prefix = side.whole.prefix
    documents = side.workspace.corpus.documents
    found = {}
    for full, blob in side.whole.files.items():
        if full.startswith(prefix) and other.whole.files.get(full) != blob:
            path = full[len(prefix) :]
            if _recorded_here(path, blob):
                found[path] = File(path, blob.id, documents.get(path))
    return found


def _recorded_here(path: str, blob: Blob) -> bool:
    return matters(path, blob.mode) and is_record(Entry(path, blob.id, 0, blob.mode))


def _others(before: Whole, after: Whole) -> tuple[str, ...]:
    """Return the changed files that are neither records nor files of control."""
    prefix = after.prefix
    found = []
    for full in changed_paths(before, after):
        path = full.removeprefix(prefix)
        blob = after.files.get(full) or before.files[full]
        if not (full.startswith(prefix) and _recorded_here(path, blob)) and not why(path) and not why(full):
            found.append(full)
    return tuple(found)


def _new(
    before: Iterable[Finding], after: Iterable[Finding], renamed: Mapping[str, str]
) -> tuple[tuple[Finding, ...], int]:
    """Return the findings that were not there before, and how many are gone.

    Of several that are the same but for their place in the file, as many are new as there are more of them.
    """
    now = {old: new for new, old in renamed.items()}
    known = Counter(_moved(identity(each), now) for each in before)
    found = []
    for each in after:
        same = identity(each)
        if known[same]:
            known[same] -= 1
        else:
            found.append(each)
    return tuple(found), known.total()


def _silenced(before: Workspace, checked: Checked) -> Iterator[Finding]:
    """Yield the findings that an entry of accepted.yaml accepts which came with the change: the reviewer decides."""
    known = {(each.code, each.file, each.subject) for each in before.corpus.acceptances}
    for finding, each in checked.accepted:
        if (each.code, each.file, each.subject) not in known:
            yield finding


def _moved(known: Identity, now: Mapping[str, str]) -> Identity:
    """Return a finding's identity under the names that files have now, also where its sentence names them."""
    code, path, subject, (template, arguments) = known
    said = tuple((key, now.get(each, each) if isinstance(each, str) else each) for key, each in arguments)
    return code, now.get(path, path), subject, Text(template, said)


def _veiled(change: ControlChange, sight: Sight, prefix: str) -> ControlChange:
    """Return a changed file of control without its lines where a confidential record is named like one."""
    if sight.shows(change.path.removeprefix(prefix)):
        return change
    return change._replace(gone=(), come=(), warnings=tuple(each for each in change.warnings if not each.arguments))


def _span(changes: Iterable[RecordChange], as_of: date) -> Span:
    """Return the years that a change speaks of, with the as-of year and the one before."""
    years = {as_of.year - 1, as_of.year}
    for each in changes:
        label = each.label[:4] if each.label else ""
        years.update(int(said) for said in (label, str(each.day.year) if each.day else "") if said.isdigit())
    within = [year for year in years if _EARLIEST <= year <= as_of.year + 1]
    return Span(date(min(within), 1, 1), date(max(within) + 1, 1, 1))


def _duties(before: Workspace, after: Workspace, as_of: date, span: Span, audience: Audience) -> tuple[DutyChange, ...]:
    sides = (
        views.duties_for(each.duties(as_of, span), each.rulebook, each.sight(as_of, audience))
        for each in (before, after)
    )
    return duty_changes(*sides)
