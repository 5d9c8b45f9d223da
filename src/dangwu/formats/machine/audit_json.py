"""Audit, log and their evidence as JSON documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.json_text import json_text
from dangwu.formats.machine.json import day_text, finding_json

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.history import Commit, Stamp
    from dangwu.model.observation import Audited, Entry, Logged, Mark, Observed
    from dangwu.model.record_change import FieldChange, RecordChange, SectionChange


def audit_json(audited: Audited, lang: Language) -> str:
    """Return an audit as ``dangwu/audit/1``. Signatures are None where no list of keys was given."""
    seen = audited.seen
    severities = [each.finding.severity.value for each in audited.observed]
    return json_text(
        {
            "schema": "dangwu/audit/1",
            "as_of": audited.as_of.isoformat(),
            "revision": audited.revision,
            "year": audited.year,
            "findings": [observed_json(each, lang) for each in audited.observed],
            "marks": [mark_json(each) for each in seen.marks],
            "cannot_prove": [lang.text(each) for each in audited.limits],
            "summary": {
                **{severity: severities.count(severity) for severity in ("error", "warning", "note")},
                "commits": seen.commits,
                "records": seen.records,
                "signed": seen.signed,
                "verified": seen.verified,
            },
        }
    )


def observed_json(each: Observed, lang: Language) -> dict[str, Any]:
    """Return a finding with its evidence."""
    return finding_json(each.finding, lang) | {
        "commit": each.commit,
        "strength": each.strength.value,
        "evidence": [
            {
                "strength": one.strength.value,
                "text": lang.text(one.text),
                "day": day_text(one.day),
                "commit": one.commit or None,
            }
            for one in each.traces
        ],
    }


def mark_json(mark: Mark) -> dict[str, Any]:
    """Return one of the committee's marks."""
    return {
        "kind": mark.kind.value,
        "commit": mark.commit,
        "day": day_text(mark.day),
        "who": mark.who,
        "strength": mark.strength.value,
        "name": mark.name or None,
    }


def log_json(logged: Logged) -> str:
    """Return the life of a record as ``dangwu/log/1``."""
    return json_text(
        {
            "schema": "dangwu/log/1",
            "as_of": logged.as_of.isoformat(),
            "revision": logged.revision,
            "path": logged.paths[-1],
            "paths": list(logged.paths),
            "kind": logged.kind.name if logged.kind else None,
            "turns": [_entry(each) for each in logged.entries],
        }
    )


def _entry(entry: Entry) -> dict[str, Any]:
    signature = entry.signature
    return {
        "turn": entry.turn.value,
        "commit": _commit(entry.commit),
        "merged": _commit(entry.merged) if entry.merged else None,
        "signature": {"good": signature.good, "signer": signature.signer} if signature else None,
        "reviewed": [mark_json(each) for each in entry.seen],
        "change": record_json(entry.change),
    }


def _commit(commit: Commit) -> dict[str, Any]:
    return {
        "id": commit.id,
        "title": commit.title,
        "author": _stamp(commit.author),
        "committer": _stamp(commit.committer),
        "signed": commit.signed,
    }


def _stamp(stamp: Stamp) -> dict[str, Any]:
    return {"name": stamp.name, "email": stamp.email, "day": day_text(stamp.day)}


def record_json(change: RecordChange) -> dict[str, Any]:
    """Return the change of one record."""
    return {
        "path": change.path,
        "old_path": change.old_path,
        "edit": change.edit.value,
        "kind": change.kind.name if change.kind else None,
        "day": day_text(change.day),
        "readable": change.readable,
        "hidden": change.hidden,
        "fields": [_field(each) for each in change.fields],
        "sections": [_section(each) for each in change.sections],
    }


def _field(change: FieldChange) -> dict[str, Any]:
    return {
        "pointer": list(change.pointer),
        "edit": change.edit.value,
        "before": change.before,
        "after": change.after,
    }


def _section(change: SectionChange) -> dict[str, Any]:
    return {"title": change.title, "edit": change.edit.value, "gone": list(change.gone), "come": list(change.come)}
