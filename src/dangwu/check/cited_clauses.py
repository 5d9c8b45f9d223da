"""The clause that a finding cites, where one code serves several kinds of record: that of what was to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.record import (
    COMMITTEE_MEETING,
    DEMOCRATIC_LIFE_MEETING,
    GENERAL_MEETING,
    GROUP_MEETING,
    LECTURE,
    ORGANIZATIONAL_LIFE_MEETING,
    PARTY_BUILDING_MEETING,
    STUDY_SESSION,
    THEMED_PARTY_DAY,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding

NO_CLAUSE = ""
"""Cited for what the text of the ten systems does not have."""
_OTHER_MEETINGS = {
    PARTY_BUILDING_MEETING: "1.5",
    DEMOCRATIC_LIFE_MEETING: "4.2",
    ORGANIZATIONAL_LIFE_MEETING: "6.5",
    STUDY_SESSION: "6.3a",
    THEMED_PARTY_DAY: NO_CLAUSE,
}
"""Meetings that are none of the three meetings and one lecture, whose attendance is 3.5."""
_ATTENDANCE_CODES = ("DW301", "DW302", "DW303", "DW305", "DW307", "DW308", "DW309", "DW311")
_THREE_MEETINGS = {GROUP_MEETING: "3.1", COMMITTEE_MEETING: "3.2", GENERAL_MEETING: "3.3", LECTURE: "3.4"}
_CHAIRED_MEETINGS = {
    **dict.fromkeys(_THREE_MEETINGS, NO_CLAUSE),
    DEMOCRATIC_LIFE_MEETING: "4.2",
    ORGANIZATIONAL_LIFE_MEETING: "6.5",
}
"""The text names a chair of life meetings only; who chairs the others follows from the branch regulation."""
_RECTIFICATION = "rectification"
_LIFE_LISTS = {DEMOCRATIC_LIFE_MEETING: "4.6", ORGANIZATIONAL_LIFE_MEETING: "6.5", _RECTIFICATION: "4.6"}
_OWNED_LISTS = {**_LIFE_LISTS, "superior-inspection": "1.4g", "education-plan": "1.6a"}
CLAUSES_BY_KIND: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(_ATTENDANCE_CODES, _OTHER_MEETINGS),
    "DW304": {**_OTHER_MEETINGS, "branch": "1.1"},
    "DW306": _CHAIRED_MEETINGS,
    "DW811": _OWNED_LISTS,
    "DW813": {
        "month-plan": "1.4c", "plan-inspection": "1.4e", "mid-year-summary": "1.4f", "year-end-summary": "1.4f",
    },
    "DW815": {
        "quarter-plan": "1.4b", "month-plan": "1.4c", "education-plan": "1.6a", "development-plan": "1.6b",
        "target": "5.2",
    },
    "DW818": {**_OWNED_LISTS, "development-plan": "1.6b"},
    **dict.fromkeys(("DW843", "DW844", "DW846"), _LIFE_LISTS),
    "DW952": {**_OTHER_MEETINGS, **_THREE_MEETINGS, DEMOCRATIC_LIFE_MEETING: "4.3"},
}  # fmt: skip
"""Code → kind of record → the clause that its findings cite there; of other kinds that of the code."""


def cite_clause(finding: Finding, corpus: Corpus) -> Finding:
    """Return a finding that cites the clause of its kind of record, unless its check has named one."""
    by_kind = CLAUSES_BY_KIND.get(finding.code.id)
    document = corpus.documents.get(finding.source.path)
    if by_kind is None or document is None or finding.clause is not None:
        return finding
    kind = str(document.data.get("kind"))
    if kind == _RECTIFICATION:
        # A list of problems belongs to the meeting that found them.
        meeting = corpus.by_id.get(str(document.data.get("meeting")))
        kind = meeting.kind if meeting is not None and meeting.kind in by_kind else kind
    return finding._replace(clause=by_kind.get(kind))
