"""The codes that may stand in a column of a sheet, and what people call each: written on export, read on import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.record import GENERAL_MEETING, MEETING_KINDS
from dangwu.model.schema_node import find_node, read_code_word, read_node_title

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.model.kind import Kind
    from dangwu.model.message import Bilingual
    from dangwu.sheets.columns import SheetColumn

PRESENT, LEAVE, ABSENT = ATTENDANCE_CODES = ("present", "leave", "absent")
"""The lists of a meeting's record, whose titles are the words of the column ``attendance``."""


def find_column_codes(
    column: SheetColumn, schema: Callable[[str], Mapping[str, Any]], kinds: Mapping[str, Kind]
) -> Mapping[str, Bilingual]:
    """Return the words of a column's codes, in the schema's order; ``schema`` gives the schema of a kind by its name.

    Of one column no two codes have the same word in either language.
    """
    if column.key == "kind":
        return {kind: kinds[kind].title for kind in MEETING_KINDS if kind in kinds}
    if column.key == "attendance":
        meeting = schema(GENERAL_MEETING)
        return {code: read_node_title(find_node(meeting, (code,)), code) for code in ATTENDANCE_CODES}
    if column.place is None:
        return {}
    node = find_node(schema(column.place[0]), column.place[1])
    return {code: read_code_word(node, code) for code in node.get("enum", ())}
