"""In which words a sheet is written: as people say it, or with the ids and codes of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.pages.wording.names import find_group_name
from dangwu.sheets.write.sheet import CellFormat, ExportColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.language import Language
    from dangwu.model.corpus import Corpus
    from dangwu.model.message import Argument


class SheetWording(NamedTuple):
    """Titles are always in the language; with ``tidy`` codes and ids stay what the records say, for machines.

    ``schema`` gives the schema of a kind of record by its name: there the words of its codes stand.
    """

    lang: Language
    schema: Callable[[str], Mapping[str, Any]]
    tidy: bool = False

    def column(self, key: str, title: Argument, holds: CellFormat = CellFormat.TEXT) -> ExportColumn:
        """Return the head of a column; a title begins with a capital letter where its script has them."""
        said = self.lang.value(title)
        return ExportColumn(key, said[:1].upper() + said[1:], holds)

    def word(self, code: str, text: Argument) -> str:
        """Return a code, or what people call it."""
        return code if self.tidy else self.lang.value(text)

    def person(self, corpus: Corpus, member: str | None) -> str | None:
        """Return a member's id, or the name."""
        return member if self.tidy or not member else corpus.name_of(member)

    def group(self, corpus: Corpus, group: str | None) -> str | None:
        """Return a group's id, or its name where no other group has it: what comes back on import is found by it."""
        if self.tidy or not group or corpus.branch is None:
            return group
        name = find_group_name(corpus, group)
        alone = sum(name in {each.id, each.name} for each in corpus.branch.groups) == 1
        return name if alone else group
