"""The people of a new branch as a page: which id each of them was given, with status, Party group and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.schema_node import find_node, read_code_word
from dangwu.pages.page import Cell, Column, Page, Paragraph, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from dangwu.language import Language
    from dangwu.model.message import Bilingual, Text
    from dangwu.model.new_member import NewMember


def build_first_members_page(
    people: Sequence[NewMember],
    notes: Sequence[Text],
    lang: Language,
    schema: Callable[[str], Mapping[str, Any]],
    post_word: Callable[[str], Bilingual],
) -> Page:
    """Return the list of the people with their ids; ``notes`` are what was said about the sheet."""
    status = find_node(schema("member"), ("status", None, "status"))
    heads = (say("Id"), say("Name"), say("Status"), say("Party group"), say("Posts"))
    columns = tuple(Column(lang.text(head), short=at == 0) for at, head in enumerate(heads))
    rows = tuple(
        (
            Cell(person.id),
            Cell(person.name),
            Cell(lang.value(read_code_word(status, person.status))),
            Cell(person.group),
            Cell(lang.value(tuple(post_word(post) for post in person.posts))),
        )
        for person in people
    )
    said = tuple(Paragraph(lang.text(note), Tone.QUIET) for note in notes)
    counts = lang.text(say("Members: {count}", count=len(people)))
    table = Table(lang.text(say("Members")), columns, rows)
    return Page(lang.text(say("The members and their ids")), counts, (*said, table))
