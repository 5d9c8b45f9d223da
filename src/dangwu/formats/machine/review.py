"""A review as Markdown for a comment, as GitHub annotations and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.json_text import format_json
from dangwu.formats.machine.audit_json import build_observation_data, build_record_change_data
from dangwu.formats.machine.forges import format_annotation, format_workflow_command, render_github
from dangwu.formats.machine.json import build_finding_data
from dangwu.formats.machine.rules import build_rule_change_data
from dangwu.formats.markdown import render_markdown
from dangwu.formats.safe_text import make_one_line
from dangwu.pages.review import PageLimits, build_review_page
from dangwu.pages.wording.values import shorten_text

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.review import ControlChange, DutyChange, ReviewResult
    from dangwu.pages.record_changes import ChangeText

MAX_COMMENT_BYTES = 60_000
"""GitHub allows 65,536 characters in a comment, other forges more; a limit in bytes holds for all of them."""
_LIMIT_STEPS = tuple(
    PageLimits(*step) for step in ((None, None), (200, 40), (100, 12), (50, 6), (25, 3), (10, 1), (5, 0), (1, 0))
)


def render_review_markdown(reviewed: ReviewResult, wording: ChangeText) -> str:
    """Return the page as Markdown that fits into one comment on a forge, its lists shortened as far as necessary."""
    text = ""
    for limits in _LIMIT_STEPS:
        text = render_markdown(build_review_page(reviewed, wording, limits), wording.lang)
        if len(text.encode()) <= MAX_COMMENT_BYTES:
            break
    return text


def render_review_github(reviewed: ReviewResult, lang: Language, prefix: str = "") -> str:
    """Return annotations for GitHub's log: control files, observations of the history, and new findings."""
    lines = [
        format_workflow_command(
            "warning",
            {"file": control.path, "line": "1", "title": control.path},
            describe_control_change(control, lang),
        )
        for control in reviewed.controls
    ]
    lines += [format_annotation(observation.finding, lang, prefix) for observation in reviewed.observed]
    return "".join(lines) + render_github(reviewed.checked, lang, prefix)


def describe_control_change(change: ControlChange, lang: Language) -> str:
    """Return why a control file matters, with the warnings about its change."""
    return make_one_line(
        " ".join([lang.text(change.why), *(shorten_text(lang.text(warning)) for warning in change.warnings)])
    )


def render_review_json(reviewed: ReviewResult, lang: Language) -> str:
    """Return a review as ``dangwu/review/1``."""
    counts = reviewed.checked.counts
    return format_json(
        {
            "schema": "dangwu/review/1",
            "as_of": reviewed.as_of.isoformat(),
            "older": reviewed.older,
            "newer": reviewed.newer,
            "diverged": reviewed.diverged,
            "commits": {"count": reviewed.commits.number, "people": list(reviewed.commits.people)},
            "controls": [_build_control_data(control, lang) for control in reviewed.controls],
            "rules": build_rule_change_data(reviewed.rules, lang),
            "history": [build_observation_data(observation, lang) for observation in reviewed.observed],
            "records": [build_record_change_data(record) for record in reviewed.records],
            "duties": [_build_duty_change_data(duty, lang) for duty in reviewed.duties],
            "findings": [build_finding_data(finding, lang) for finding in reviewed.checked.findings],
            "others": list(reviewed.others),
            "summary": {
                **{severity.value: count for severity, count in counts.items()},
                "standing": reviewed.standing,
                "mended": reviewed.mended,
            },
        }
    )


def _build_control_data(change: ControlChange, lang: Language) -> dict[str, Any]:
    return {
        "path": change.path,
        "edit": change.edit.value,
        "why": lang.text(change.why),
        "warnings": [lang.text(warning) for warning in change.warnings],
        "gone": list(change.gone),
        "come": list(change.come),
    }


def _build_duty_change_data(change: DutyChange, lang: Language) -> dict[str, Any]:
    duty = change.duty
    return {
        "id": duty.id,
        "clause": duty.clause,
        "title": lang.value(duty.title),
        "before": _export_state(change.before),
        "after": _export_state(change.after),
        "evidence": [evidence.path for evidence in duty.evidence if evidence.path],
    }


def _export_state(duty: Duty | None) -> str | None:
    return duty.state.value if duty else None
