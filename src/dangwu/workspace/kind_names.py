"""Names of record kinds → kinds: by name, title or short name in either language; and the groups of a menu."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from dangwu.errors import UsageError
from dangwu.model.message import Bilingual, say
from dangwu.model.record import MEETING_KINDS
from dangwu.workspace.catalogue import load_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.model.kind import Kind
    from dangwu.model.message import Text

ANY_MEETING = "meeting"
"""The word for any meeting kind; no kind has this name."""
PAYMENT = "payment"
"""The word for payments of dues, which are rows of a ledger; no kind has this name."""
KIND_GROUPS: tuple[tuple[Bilingual, tuple[str, ...]], ...] = (
    (Bilingual("会议", "Meetings"), MEETING_KINDS),
    (
        Bilingual("计划和总结", "Plans and summaries"),
        (
            "annual-plan", "quarter-plan", "month-plan", "education-plan", "development-plan",
            "mid-year-summary", "year-end-summary", "excellence-summary",
        ),
    ),
    (
        Bilingual("检查和整改", "Inspections and rectification"),
        (
            "plan-inspection", "superior-inspection", "study-check", "participation-check", "facility-check",
            "rectification",
        ),
    ),
    (
        Bilingual("目标、考核和评议", "Targets, assessment and appraisal"),
        ("target", "target-log", "target-report", "assessment", "appraisal", "result-report"),
    ),
    (
        Bilingual("党员和支部", "People and the branch"),
        ("member", "dues", "training", "talk-feedback", "heart-to-heart-talk", "duty-report", "branch"),
    ),
    (
        Bilingual("公开、信访和追责", "Openness, letters and accountability"),
        ("disclosure", "letter", "complainant", "case", "accountability", "admonition"),
    ),
    (Bilingual("制度和说明", "Rules and waivers"), ("waiver", "amendment")),
)  # fmt: skip
"""The kinds that ``dangwu new`` can write, each in one group. Not ``accepted``: people edit accepted.yaml by hand."""
NEW_KINDS = tuple(name for _, names in KIND_GROUPS for name in names)
_MIN_PART_LENGTH = 2
_MAX_CHOICES = 10
"""The most kinds that a hint lists."""


def find_kinds(word: str) -> tuple[str, ...]:
    """Return the kinds that a word may mean.

    A kind's name, title or short name (``x-also``) must match exactly; failing that, every kind with the word in one
    of these is returned. Case, character width (NFKC), spaces and hyphens are ignored.
    """
    wanted = _fold_word(word)
    names_by_kind = {kind.name: tuple(_list_names(kind)) for kind in load_kinds().values()}
    exact = tuple(kind for kind, names in names_by_kind.items() if wanted in names)
    if exact or len(wanted) < _MIN_PART_LENGTH:
        return exact
    return tuple(kind for kind, names in names_by_kind.items() if any(wanted in name for name in names))


def find_kind(word: str, among: Sequence[str]) -> str:
    """Return the one kind of ``among`` that a word means; UsageError with the choices for none or several."""
    matches = [kind for kind in find_kinds(word) if kind in among]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise UsageError(say("{word} may mean several kinds of record.", word=word), _format_choices(matches))
    near = suggest_kinds(word, among)
    if near:
        hint = say("Did you mean {near}?", near=near)
    elif len(among) <= _MAX_CHOICES:
        hint = _format_choices(among)
    else:
        hint = say("dangwu new --help lists the kinds.")
    raise UsageError(say("There is no kind of record called {word}.", word=word), hint)


def suggest_kinds(word: str, among: Sequence[str]) -> tuple[Text, ...]:
    """Return the kinds of ``among`` with a name like a word, the likest first, each by its title and name."""
    kinds = load_kinds()
    named = {name: kind for kind in among for name in _list_names(kinds[kind])}
    near = dict.fromkeys(named[name] for name in get_close_matches(_fold_word(word), named))
    return tuple(say("{title} ({kind})", title=find_kind_title(kind), kind=kind) for kind in near)


def find_kind_title(kind: str) -> Bilingual:
    """Return the title of a kind in both languages."""
    return load_kinds()[kind].title


def _format_choices(names: Sequence[str]) -> Text:
    choices = tuple(say("{title} ({kind})", title=find_kind_title(name), kind=name) for name in names)
    return say("Choose one: {kinds}.", kinds=choices)


def _list_names(kind: Kind) -> Iterator[str]:
    yield _fold_word(kind.name)
    for title in (*kind.title, *kind.aliases):
        yield _fold_word(title)


def _fold_word(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold()
    return "".join(char for char in folded if not char.isspace() and char not in "-_")
