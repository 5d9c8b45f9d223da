"""Content of disclosures: people's names without a basis, and confidential sources (8.2(5), 8.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.facts.people_names import compile_people, list_named_people, list_unit_names
from dangwu.model.audience import Audience
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.kind import find_values
from dangwu.model.message import say
from dangwu.model.record import LIFE_MEETING_KINDS, Meeting
from dangwu.model.tree import read_path_stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus, UnreadFile
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import GenericRecord

_ERROR = Severity.ERROR
DISCLOSURE_NAMES_PERSON = FindingCode(
    "DW885", "disclosure-names-person", _ERROR, say("A person is named without a basis"), "8.2"
)
DISCLOSURE_FORM = FindingCode(
    "DW886", "disclosure-form", _ERROR, say("An internal document for people outside the Party"), "8.4"
)
DISCLOSURE_ABOUT_UNKNOWN = FindingCode(
    "DW887", "disclosure-about-unknown", _ERROR, say("A disclosure of a record that does not exist"), "8.2"
)
DISCLOSURE_CONFIDENTIAL = FindingCode(
    "DW888", "disclosure-confidential", _ERROR, say("A disclosure of a confidential record"), "8.2"
)
CODES = (DISCLOSURE_NAMES_PERSON, DISCLOSURE_FORM, DISCLOSURE_ABOUT_UNKNOWN, DISCLOSURE_CONFIDENTIAL)

_OUTSIDE_SCOPES = ("society", "employees")
_TOLD_TEXTS = (("matter",), ("content",), ("stages", "result", "supervision"))


def check_named_people(context: Context) -> Iterator[Finding]:
    """Find people named to society or employees without a basis (PIPL Art. 25; docs/site/en/privacy.md).

    It concerns everybody who has a name in any record, as the board does. Complainants are DW895, which names nobody.
    """
    corpus = context.corpus
    people = (person for person in list_named_people(corpus, context.kinds) if not person.sealed)
    names = compile_people(people, units=list_unit_names(corpus), ids=True)
    if names is None:
        return
    for disclosure in corpus.of("disclosure"):
        if disclosure.data["scope"] not in _OUTSIDE_SCOPES or "basis" in disclosure.data:
            continue
        for pointer, text in _find_told_texts(disclosure.data):
            named = {names.owners[match["person"]]: match["person"] for match in names.find(text)}
            for person, written in sorted(named.items()):
                message = say("{name} is named to people outside the Party.", name=written)
                hint = say("Publish counts only, or add basis: with what allows it, such as the person's consent.")
                yield build_finding(DISCLOSURE_NAMES_PERSON, disclosure, pointer, message, hint, subject=person)


def _find_told_texts(data: Mapping[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """Yield pointer and text of what a disclosure publishes."""
    for path in _TOLD_TEXTS:
        yield from find_values(data, path)


def check_disclosure_forms(context: Context) -> Iterator[Finding]:
    """Find internal documents disclosed to society or employees."""
    for disclosure in context.corpus.of("disclosure"):
        if disclosure.data["form"] == "internal-document" and disclosure.data["scope"] in _OUTSIDE_SCOPES:
            message = say("An internal document is for members, not for society or employees.")
            hint = say("Write scope: members, or publish it in another form.")
            yield build_finding(DISCLOSURE_FORM, disclosure, ("form",), message, hint)


def check_disclosure_sources(context: Context) -> Iterator[Finding]:
    """Check that the records a disclosure is about exist and are not confidential."""
    unread = {id_: file for file in context.corpus.unread for id_ in _find_unread_ids(file)}
    confidential = {name for name, kind in context.kinds.items() if kind.audience.rank >= Audience.HANDLERS.rank}
    confidential.update(LIFE_MEETING_KINDS)
    # Letters and cases have ids of their own, but the names of their files identify them too.
    records = context.corpus.generic_records
    known = {read_path_stem(record.path): record.kind for record in records if record.kind in confidential}
    known.update({id_: file.kind or "" for id_, file in unread.items()})
    known.update({id_: record.kind for id_, record in context.corpus.by_id.items()})
    for disclosure in context.corpus.of("disclosure"):
        for index, about in enumerate(disclosure.data.get("about", ())):
            kind = known.get(about)
            if kind is None:
                message = say("There is no record {id}.", id=about)
                hint = say("A record's id is the name of its file without the ending; for records of a year kind-year.")
                yield build_finding(
                    DISCLOSURE_ABOUT_UNKNOWN, disclosure, ("about", index), message, hint, subject=about
                )
            elif kind in confidential:
                # The message does not name the record: whoever sees the disclosure may see the message.
                message = say("This is a record of a confidential kind: a disclosure must not refer to it.")
                hint = say("Take it out of about; tell measures or counts only, and never who complained or spoke.")
                yield build_finding(DISCLOSURE_CONFIDENTIAL, disclosure, ("about", index), message, hint)
        yield from _check_resolution(context.corpus, disclosure, frozenset(unread))


def _check_resolution(corpus: Corpus, disclosure: GenericRecord, unread: frozenset[str]) -> Iterator[Finding]:
    number = disclosure.data.get("resolution")
    about = disclosure.data.get("about", ())
    meetings = [record for id_ in about if isinstance(record := corpus.by_id.get(id_), Meeting)]
    if number is None or unread.intersection(about):
        return
    if not meetings:
        message = say("A resolution is named, but about names no meeting.")
        yield build_finding(
            DISCLOSURE_ABOUT_UNKNOWN, disclosure, ("resolution",), message, say("Write the meeting's id in about.")
        )
    elif all(number > len(meeting.resolutions) for meeting in meetings):
        message = say(
            "The meeting has {count} resolutions, none with the number {number}.",
            count=max(len(meeting.resolutions) for meeting in meetings),
            number=number,
        )
        yield build_finding(
            DISCLOSURE_ABOUT_UNKNOWN,
            disclosure,
            ("resolution",),
            message,
            say("Count the resolutions of the meeting from 1."),
        )


def _find_unread_ids(unread: UnreadFile) -> Iterator[str]:
    """Yield the ids that a record may have that could not be read: of its file, or of kind, period and subject."""
    yield unread.id
    if unread.kind and unread.label:
        yield "-".join([unread.kind, unread.label.lower(), *([unread.subject] if unread.subject else [])])
