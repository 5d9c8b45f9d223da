"""A review in the formats of forges and other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.json_text import json_text
from dangwu.formats.machine.audit_json import observed_json, record_json
from dangwu.formats.machine.forges import annotation, command, github
from dangwu.formats.machine.json import finding_json
from dangwu.formats.machine.rules import rules_data
from dangwu.formats.markdown import markdown
from dangwu.formats.safe_text import one_line
from dangwu.pages.record_changes import cut
from dangwu.pages.review import Limits, review_page

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.review import ControlChange, DutyChange, Reviewed
    from dangwu.pages.record_changes import Words

COMMENT_BYTES = 60_000
"""GitHub takes 65,536 characters in one comment, other forges more; counted in bytes it is safe on all of them."""
_STEPS = tuple(
    Limits(*each) for each in ((None, None), (200, 40), (100, 12), (50, 6), (25, 3), (10, 1), (5, 0), (1, 0))
)


def review_markdown(reviewed: Reviewed, words: Words) -> str:
    """Return the page as Markdown that fits into one comment on a forge: folded, and shortened as far as it must be."""
    text = ""
    for limits in _STEPS:
        text = markdown(review_page(reviewed, words, limits), words.lang)
        if len(text.encode()) <= COMMENT_BYTES:
            break
    return text


def review_github(reviewed: Reviewed, lang: Language, prefix: str = "") -> str:
    """Return annotations for GitHub's log: control files, what the history shows, and the new findings."""
    lines = [
        command("warning", {"file": each.path, "line": "1", "title": each.path}, control_text(each, lang))
        for each in reviewed.controls
    ]
    lines += [annotation(each.finding, lang, prefix) for each in reviewed.observed]
    return "".join(lines) + github(reviewed.checked, lang, prefix)


def control_text(change: ControlChange, lang: Language) -> str:
    """Return why a control file matters, and what in it can do harm."""
    return one_line(" ".join([lang.text(change.why), *(cut(lang.text(each)) for each in change.warnings)]))


def review_json(reviewed: Reviewed, lang: Language) -> str:
    """Return a review as ``dangwu/review/1``."""
    counts = reviewed.checked.counts
    return json_text(
        {
            "schema": "dangwu/review/1",
            "as_of": reviewed.as_of.isoformat(),
            "older": reviewed.older,
            "newer": reviewed.newer,
            "diverged": reviewed.diverged,
            "commits": {"count": reviewed.commits.number, "people": list(reviewed.commits.people)},
            "controls": [_control(each, lang) for each in reviewed.controls],
            "rules": rules_data(reviewed.rules, lang),
            "history": [observed_json(each, lang) for each in reviewed.observed],
            "records": [record_json(each) for each in reviewed.records],
            "duties": [_duty(each, lang) for each in reviewed.duties],
            "findings": [finding_json(each, lang) for each in reviewed.checked.findings],
            "others": list(reviewed.others),
            "summary": {
                **{severity.value: count for severity, count in counts.items()},
                "standing": reviewed.standing,
                "mended": reviewed.mended,
            },
        }
    )


def _control(change: ControlChange, lang: Language) -> dict[str, Any]:
    return {
        "path": change.path,
        "edit": change.edit.value,
        "why": lang.text(change.why),
        "warnings": [lang.text(each) for each in change.warnings],
        "gone": list(change.gone),
        "come": list(change.come),
    }


def _duty(change: DutyChange, lang: Language) -> dict[str, Any]:
    duty = change.duty
    return {
        "id": duty.id,
        "clause": duty.clause,
        "title": lang.value(duty.title),
        "before": _state(change.before),
        "after": _state(change.after),
        "evidence": [each.path for each in duty.evidence if each.path],
    }


def _state(duty: Duty | None) -> str | None:
    return duty.state.value if duty else None
