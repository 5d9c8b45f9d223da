"""Audits and logs with their evidence as JSON documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.json_text import format_json
from dangwu.formats.machine.json import build_finding_data, format_iso_day

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.history import Commit, CommitStamp
    from dangwu.model.observation import AuditResult, CommitteeMark, LogEntry, Observation, RecordLog
    from dangwu.model.record_change import FieldChange, RecordChange, SectionChange


def render_audit_json(audited: AuditResult, lang: Language) -> str:
    """Return an audit as ``dangwu/audit/1``. ``verified`` is null where no list of keys was given."""
    coverage = audited.seen
    severities = [observation.finding.severity.value for observation in audited.observed]
    return format_json(
        {
            "schema": "dangwu/audit/1",
            "as_of": audited.as_of.isoformat(),
            "revision": audited.revision,
            "year": audited.year,
            "findings": [build_observation_data(observation, lang) for observation in audited.observed],
            "marks": [build_mark_data(mark) for mark in coverage.marks],
            "cannot_prove": [lang.text(limit) for limit in audited.limits],
            "summary": {
                **{severity: severities.count(severity) for severity in ("error", "warning", "note")},
                "commits": coverage.commits,
                "records": coverage.records,
                "signed": coverage.signed,
                "verified": coverage.verified,
            },
        }
    )


def build_observation_data(observation: Observation, lang: Language) -> dict[str, Any]:
    """Return a finding with its evidence; ``reason`` is empty where the commit gives none, null where none is told."""
    return build_finding_data(observation.finding, lang) | {
        "commit": observation.commit,
        "reason": observation.reason,
        "strength": observation.strength.value,
        "evidence": [
            {
                "strength": one.strength.value,
                "text": lang.text(one.text),
                "day": format_iso_day(one.day),
                "commit": one.commit or None,
            }
            for one in observation.traces
        ],
    }


def build_mark_data(mark: CommitteeMark) -> dict[str, Any]:
    """Return a review or anchor of the committee above."""
    return {
        "kind": mark.kind.value,
        "commit": mark.commit,
        "day": format_iso_day(mark.day),
        "who": mark.who,
        "strength": mark.strength.value,
        "name": mark.name or None,
    }


def render_log_json(logged: RecordLog) -> str:
    """Return the life of a record as ``dangwu/log/1``."""
    return format_json(
        {
            "schema": "dangwu/log/1",
            "as_of": logged.as_of.isoformat(),
            "revision": logged.revision,
            "path": logged.paths[-1],
            "paths": list(logged.paths),
            "kind": logged.kind.name if logged.kind else None,
            "turns": [_build_log_entry_data(entry) for entry in logged.entries],
        }
    )


def _build_log_entry_data(entry: LogEntry) -> dict[str, Any]:
    signature = entry.signature
    return {
        "turn": entry.turn.value,
        "commit": _build_commit_data(entry.commit, known=entry.misdated is None),
        "merged": _build_commit_data(entry.merged) if entry.merged else None,
        "signature": {"good": signature.good, "signer": signature.signer} if signature else None,
        "reviewed": [build_mark_data(mark) for mark in entry.seen],
        "change": build_record_change_data(entry.change),
    }


def _build_commit_data(commit: Commit, *, known: bool = True) -> dict[str, Any]:
    """Return a commit; the committer's day is null where it is not known."""
    committer = _build_stamp_data(commit.committer)
    return {
        "id": commit.id,
        "title": commit.title,
        "author": _build_stamp_data(commit.author),
        "committer": committer if known else {**committer, "day": None},
        "signed": commit.signed,
    }


def _build_stamp_data(stamp: CommitStamp) -> dict[str, Any]:
    return {"name": stamp.name, "email": stamp.email, "day": format_iso_day(stamp.day)}


def build_record_change_data(change: RecordChange) -> dict[str, Any]:
    """Return the change of one record."""
    return {
        "path": change.path,
        "old_path": change.old_path,
        "edit": change.edit.value,
        "kind": change.kind.name if change.kind else None,
        "day": format_iso_day(change.day),
        "readable": change.readable,
        "hidden": change.hidden,
        "fields": [_build_field_change_data(field) for field in change.fields],
        "sections": [_build_section_change_data(section) for section in change.sections],
    }


def _build_field_change_data(change: FieldChange) -> dict[str, Any]:
    return {
        "pointer": list(change.pointer),
        "edit": change.edit.value,
        "before": change.before,
        "after": change.after,
    }


def _build_section_change_data(change: SectionChange) -> dict[str, Any]:
    return {"title": change.title, "edit": change.edit.value, "gone": list(change.gone), "come": list(change.come)}
