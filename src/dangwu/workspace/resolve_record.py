"""A word of the command line → the record that it names, in one state of the records or in their history."""

from __future__ import annotations

import re
from difflib import get_close_matches
from posixpath import normpath
from typing import TYPE_CHECKING

from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.model.tree import read_path_stem
from dangwu.workspace.catalogue import load_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.model.message import Text
    from dangwu.model.record_life import RecordLife
    from dangwu.privacy.viewer import Viewer

_KIND_AND_YEAR = re.compile(r"([a-z-]+)-(\d{4})", re.ASCII)
_MAX_LISTED = 9


def list_candidate_paths(word: str, below: str) -> tuple[str, ...]:
    """Return the paths that a word may mean: from the folder ``below`` the record root, then from the root itself."""
    written = word.replace("\\", "/")
    return tuple(dict.fromkeys((normpath(f"{below}{written}"), normpath(written))))


def parse_kind_and_year(word: str) -> tuple[str, int] | None:
    """Return kind and year of a word like ``target-2026``; None for any other word."""
    match = _KIND_AND_YEAR.fullmatch(word)
    return (match[1], int(match[2])) if match else None


def resolve_visible_paths(corpus: Corpus, word: str, viewer: Viewer, below: str) -> tuple[str, ...]:
    """Return the paths of the records that a word names and the viewer may see.

    The word is tried as a path of a record or a folder, as an id, as a file name without its ending, and as a kind and
    a year. UsageError when it names several records, none, or one that is closed to the audience: the message then
    repeats only the word.
    """
    paths = _find_by_path(corpus, word, viewer, below) or _find_by_name(corpus, word, viewer)
    if not paths and (kind_and_year := parse_kind_and_year(word)) is not None:
        paths = _find_of_year(corpus, *kind_and_year, word, viewer)
    if not paths:
        raise _build_unknown_error(corpus, word, viewer)
    return paths


def _find_by_path(corpus: Corpus, word: str, viewer: Viewer, below: str) -> tuple[str, ...]:
    """Return the record at a path, or the visible records in a folder."""
    known = {*corpus.documents, *(file.path for file in corpus.unread)}
    for candidate in list_candidate_paths(word, below):
        # Asked before the file is looked up: whether it exists is not disclosed either.
        if "/" in candidate and candidate.endswith((".yaml", ".md")) and not viewer.shows(candidate):
            raise build_closed_error(word, viewer)
        if candidate in known:
            return (candidate,)
        inside = sorted(path for path in known if path.startswith(f"{candidate}/"))
        visible = tuple(path for path in inside if viewer.shows(path) and path in corpus.documents)
        if inside and not visible:
            raise build_closed_error(word, viewer)
        if visible:
            return visible
    return ()


def _find_by_name(corpus: Corpus, word: str, viewer: Viewer) -> tuple[str, ...]:
    """Return the one record with an id or, failing that, with a file name; UsageError when several have it."""
    stems = ((read_path_stem(path), path) for path in corpus.documents)
    for names in (_list_record_ids(corpus), stems):
        paths = tuple(sorted({path for name, path in names if name == word and viewer.shows(path)}))
        if len(paths) > 1:
            shown = (viewer.told(path) for path in paths)
            raise _build_ambiguous_error(word, shown, say("Write the path of one of them."))
        if paths:
            return paths
    return ()


def _find_of_year(corpus: Corpus, kind: str, year: int, word: str, viewer: Viewer) -> tuple[str, ...]:
    """Return the visible records of a kind that belong to a year, by their period or their day."""
    known = load_kinds().get(kind)
    if known is None:
        return ()
    if not viewer.audience.may_see(known.audience):
        raise build_closed_error(word, viewer)
    meetings = ((meeting.path, meeting.day) for meeting in corpus.meetings if meeting.kind == kind)
    others = ((record.path, record.period.start if record.period else record.day) for record in corpus.of(kind))
    dated = (*meetings, *others)
    return tuple(path for path, day in dated if day is not None and day.year == year and viewer.shows(path))


def resolve_life(lives: Mapping[str, RecordLife], corpus: Corpus, word: str, below: str) -> RecordLife:
    """Return the life of the record that a word names; ``lives`` are by path, old paths too.

    The word is tried as an id of a present record, as a path, and as a file name without its ending. UsageError when
    it names several records, or none; two files with one id are two.
    """
    twins = [path for path, document in corpus.documents.items() if document.data.get("id") == word and path in lives]
    if len(twins) > 1:
        raise _build_ambiguous_error(word, twins, say("Write the path of one of them."))
    record = corpus.by_id.get(word) or corpus.member_by_id.get(word)
    candidates = (record.path,) if record else list_candidate_paths(word, below)
    life = next((lives[path] for path in candidates if path in lives), None)
    if life is not None:
        return life
    by_path = {life.path: life for path, life in lives.items() if read_path_stem(path) == word}
    hint = say("Write its path as dangwu check prints it, or its id; what is not committed yet has no history.")
    if len(by_path) > 1:
        raise _build_ambiguous_error(word, by_path, hint)
    if not by_path:
        raise UsageError(say("The history has no record {name}.", name=word), hint)
    return by_path.popitem()[1]


def _list_record_ids(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield the id and the path of each record; a record without an id has its file name."""
    for record in corpus.records:
        yield getattr(record, "id", read_path_stem(record.path)), record.path


def _build_ambiguous_error(word: str, paths: Iterable[str], hint: Text) -> UsageError:
    return UsageError(
        say("Several records have the name {name}: {paths}", name=word, paths=tuple(paths)[:_MAX_LISTED]), hint
    )


def build_closed_error(word: str, viewer: Viewer) -> UsageError:
    """Return the error for a record that is not for the viewer's audience."""
    return UsageError(
        say("{record} is not for the audience “{audience}”.", record=word, audience=viewer.audience.value)
    )


def _build_unknown_error(corpus: Corpus, word: str, viewer: Viewer) -> UsageError:
    """Return the error for a word that names no record for this audience; it suggests only visible records."""
    paths = [path for path in corpus.documents if viewer.shows(path)]
    ids = [name for name, path in _list_record_ids(corpus) if viewer.shows(path)]
    near = get_close_matches(word, dict.fromkeys(map(viewer.told, (*ids, *paths))), 3)
    hint = say("Did you mean {near}?", near=tuple(near)) if near else say("Write its path, or its id.")
    message = say(
        "There is no record {record} for the audience “{audience}”.", record=word, audience=viewer.audience.value
    )
    return UsageError(message, hint)
