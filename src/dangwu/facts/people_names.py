"""Names of people in any record, and a pattern that finds them in a text (8.2, docs/site/en/privacy.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.audience import Audience
from dangwu.model.document import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.model.kind import FieldPath, Kind

_SHORTEST_NAME = 2
_NAME_END = re.compile(r"[，,、；;（(/]|(?<=[^\x00-\x7f])\s")
"""What ends the name where a field holds name and unit: a comma, a bracket, a blank after a Chinese character."""
_PERSON = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|.+·.+|(?:[A-Z][\w'.-]* ?){1,4}")
"""The shape of a person's name: of two to four characters, with a middle dot, or of capitalised Latin words."""
_OTHER_ENDS = (
    *"校院所局部室处科委会厂司站社组队班系",
    "经理", "总监", "董事", "主任", "书记", "主席", "委员", "干事", "教授", "老师", "讲师",
    "厂长", "校长", "局长", "部长", "处长", "科长", "班长", "组长", "所长", "院长", "镇长", "工程师",
)  # fmt: skip
"""What ends the name of a unit or a post: 镇党校, 总经理."""


class NamedPerson(NamedTuple):
    """A name and the id of the person; the name itself for somebody without an id.

    ``sealed`` is somebody whom only records of complainants name: for nobody to read.
    """

    id: str
    name: str
    sealed: bool = False


@dataclass(frozen=True)
class PeoplePattern:
    """A pattern of words that identify people; ``owners`` has the id of the person by word."""

    pattern: re.Pattern[str]
    owners: Mapping[str, str]

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the places of a text where a person is named; the name of a unit is no place."""
        return (match for match in self.pattern.finditer(text) if match["person"] is not None)

    def replace(self, text: str, mask: str) -> str:
        """Return a text with every name of a person replaced."""
        return self.pattern.sub(lambda match: match[0] if match["person"] is None else mask, text)


def list_named_people(corpus: Corpus, kinds: Mapping[str, Kind]) -> tuple[NamedPerson, ...]:
    """Return everybody who has a name in a record: members, staff, and whom any other kind of record names.

    Members and staff come first, so that theirs is the id of a name that several records have.
    """
    people = [NamedPerson(member.id, member.name.strip()) for member in corpus.members]
    people += [NamedPerson(id_, name.strip()) for id_, name in corpus.staff.items()]
    sealed: list[NamedPerson] = []
    for document in corpus.documents.values():
        kind = kinds.get(str(document.data.get("kind")))
        if kind is not None:
            hidden = kind.audience is Audience.SEALED
            for path, beside_unit in kind.names:
                for id_, written in _find_texts(document.data, path):
                    name = _read_name_beside_unit(written) if beside_unit else written.strip()
                    (sealed if hidden else people).append(NamedPerson(id_ or name, name, hidden))
    known = {person.name for person in people}
    return (*people, *(person for person in sealed if person.name not in known))


def _find_texts(node: Any, path: FieldPath, owner: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts at a path through data that need not fit its schema, each with the id beside it."""
    if not path:
        if isinstance(node, str):
            yield owner, node
    elif path[0] is None:
        for item in node if isinstance(node, list) else ():
            yield from _find_texts(item, path[1:])
    elif isinstance(node, dict):
        yield from _find_texts(node.get(path[0]), path[1:], str(node.get("id", "")))


def _read_name_beside_unit(written: str) -> str:
    """Return the name in a field that may also hold a unit or a post, or only that; an empty text without a name."""
    name = _NAME_END.split(written.strip())[0].strip()
    return name if _PERSON.fullmatch(name) and not name.endswith(_OTHER_ENDS) else ""


def compile_people(
    people: Iterable[NamedPerson], *, units: Iterable[str] = (), ids: bool = False
) -> PeoplePattern | None:
    """Return a pattern of the people's names; None when there are none.

    Chinese has no gaps between words, so a name inside a longer one is read as the longer one, and inside the name of
    one of ``units`` as no name. Letters and digits match as whole words. With ``ids`` a person's id counts as a name,
    except one without a digit, which could be any word.
    """
    owners: dict[str, str] = {}
    for person in people:
        if len(person.name) >= _SHORTEST_NAME and PLACEHOLDER not in person.name:
            owners.setdefault(person.name, person.id)
    if ids:
        owners = {id_: id_ for id_ in owners.values() if id_.isascii() and any(map(str.isdigit, id_))} | owners
    if not owners:
        return None
    named = "|".join(_build_word_pattern(word, owners[word]) for word in _order_words(owners))
    other = "|".join(re.escape(unit) for unit in _order_words(units) if unit not in owners)
    return PeoplePattern(re.compile(f"{other}|(?P<person>{named})" if other else f"(?P<person>{named})"), owners)


def _order_words(words: Iterable[str]) -> list[str]:
    """Return words in the order in which a pattern tries them: a longer one before one that it begins with."""
    return sorted({word for word in words if word}, key=lambda word: (-len(word), word))


def _build_word_pattern(word: str, owner: str) -> str:
    hyphen = "-" if word == owner else ""
    before = rf"(?<![A-Za-z0-9{hyphen}])" if word[0].isascii() else ""
    after = rf"(?![A-Za-z0-9{hyphen}])" if word[-1].isascii() else ""
    return f"{before}{re.escape(word)}{after}"


def list_unit_names(corpus: Corpus) -> tuple[str, ...]:
    """Return the names of the branch and its superior, which may contain a person's name."""
    return (*corpus.branch.name, *corpus.branch.superior) if corpus.branch else ()
