"""What ``explain`` and ``rules --settings`` say, as JSON: ``dangwu/explain/1`` and ``dangwu/settings/1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.json_text import format_json
from dangwu.formats.machine.json import build_duty_data
from dangwu.formats.machine.rules import build_clause_data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.finding import FindingCode
    from dangwu.model.kind_explanation import KindExplanation, KindField
    from dangwu.model.message import Bilingual
    from dangwu.model.rulebook import Clause
    from dangwu.model.setting_view import SettingView


def render_code_json(code: FindingCode, page: str, lang: Language) -> str:
    """Return a finding code with its page in Markdown."""
    data = {"id": code.id, "name": code.name, "severity": code.severity.value, "title": lang.text(code.title)}
    return _render("code", {**data, "page": page})


def render_clause_json(clause: Clause, lang: Language) -> str:
    """Return one clause."""
    return _render("clause", build_clause_data(clause, lang))


def render_duties_json(duties: Iterable[Duty], lang: Language) -> str:
    """Return one duty, or the same duty of several people."""
    return _render("duties", [build_duty_data(duty, lang) for duty in duties])


def render_kind_json(explained: KindExplanation, lang: Language) -> str:
    """Return a kind of record."""
    kind = explained.kind
    data = {
        "name": kind.name,
        "title": _build_names(kind.title),
        "also": list(kind.aliases),
        "purpose": lang.value(explained.purpose),
        "place": kind.place,
        "audience": "scope" if kind.disclosed else kind.audience.value,
        "evidence_for": [{"clause": one.id, "title": lang.value(one.title)} for one in explained.served],
        "fields": [_build_field_data(field) for field in explained.fields],
        "example": {"path": explained.example_path, "text": explained.example},
        "commands": list(explained.commands),
    }
    return _render("kind", data)


def render_setting_json(setting: SettingView) -> str:
    """Return one setting."""
    return _render("setting", _build_setting_data(setting))


def render_settings_json(settings: Iterable[SettingView]) -> str:
    """Return every setting as ``dangwu/settings/1``."""
    return format_json({"schema": "dangwu/settings/1", "settings": [_build_setting_data(one) for one in settings]})


def _render(key: str, data: Any) -> str:
    return format_json({"schema": "dangwu/explain/1", key: data})


def _build_names(title: Bilingual) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en}


def _build_field_data(field: KindField) -> dict[str, Any]:
    return {
        "path": field.path,
        "title": _build_names(field.title),
        "form": field.form,
        "required": field.required,
        "many": field.many,
        "choices": [{"code": code, "title": _build_names(name)} for code, name in field.choices],
        "lowest": field.lowest,
        "highest": field.highest,
        "clauses": list(field.clauses),
    }


def _build_setting_data(setting: SettingView) -> dict[str, Any]:
    place = setting.decided
    return {
        "key": setting.key,
        "title": _build_names(setting.field.title),
        "unit": setting.unit,
        "value": setting.value,
        "default": setting.default,
        "assumed": place is None,
        "from": None if place is None else {"path": place.path, "line": max(place.line, 1)},
        "choices": [code for code, _ in setting.field.choices],
        "lowest": setting.field.lowest,
        "highest": setting.field.highest,
        "clauses": list(setting.field.clauses),
    }
