"""The settings of a branch as pages: all of them, or one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.rulebook_words import PERIOD_LENGTH_NAMES
from dangwu.model.schema_node import format_choice
from dangwu.pages.page import Block, Cell, Heading, Item, Items, KeyValues, Page, Paragraph, Tone
from dangwu.pages.wording.values import format_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.language import Language
    from dangwu.model.message import Text
    from dangwu.model.setting_view import SettingView


def build_settings_page(settings: Sequence[SettingView], lang: Language) -> Page:
    """Return every setting: its value in force and where that comes from, the default, what it may be, its clauses."""
    items = tuple(
        Item(
            setting.key,
            lang.value(setting.field.title),
            Tone.STRONG if setting.decided else Tone.PLAIN,
            details=(_describe_value(setting, lang), lang.text(_describe_clauses(setting))),
        )
        for setting in settings
    )
    advice = say("A value goes into branch.yaml below settings:. One of them in full: dangwu explain SETTING")
    return Page(
        title=lang.text(say("Settings")),
        subtitle=lang.text(say("what the text leaves open, and the branch decides")),
        blocks=(
            Items(items, lang.text(say("This system has no settings."))),
            Paragraph(lang.text(advice), Tone.QUIET),
        ),
    )


def _describe_value(setting: SettingView, lang: Language) -> str:
    return lang.text(
        say(
            "{value} ({origin}); default {default}; allowed {allowed}",
            value=format_setting_value(setting, setting.value, lang),
            origin=describe_origin(setting),
            default=format_setting_value(setting, setting.default, lang),
            allowed=format_allowed(setting, lang),
        )
    )


def _describe_clauses(setting: SettingView) -> Text:
    return say("Clauses: {clauses}", clauses=setting.field.clauses)


def build_setting_page(setting: SettingView, lang: Language) -> Page:
    """Return one setting with the clauses that leave it open."""
    pairs = (
        (say("setting"), setting.key),
        (say("value in force"), format_setting_value(setting, setting.value, lang)),
        (say("where it comes from"), lang.text(describe_origin(setting))),
        (say("default"), format_setting_value(setting, setting.default, lang)),
        (say("allowed"), format_allowed(setting, lang)),
    )
    clauses = tuple(
        Item(clause.id, lang.value(clause.title), details=(lang.value(clause.reading),)) for clause in setting.clauses
    )
    blocks: list[Block] = [
        KeyValues(tuple((lang.text(name), Cell(value)) for name, value in pairs)),
        Heading(lang.text(say("Clauses that leave it open"))),
        Items(clauses),
        Paragraph(lang.text(say("In branch.yaml, below settings: {line}", line=f"{setting.key}: {setting.value}"))),
    ]
    if setting.decided:
        since = say("Since when it has been so: {command}", command="dangwu log branch.yaml")
        blocks.append(Paragraph(lang.text(since), Tone.QUIET))
    return Page(title=lang.value(setting.field.title), subtitle="", blocks=tuple(blocks))


def describe_origin(setting: SettingView) -> Text:
    """Return where the value in force comes from: the line of branch.yaml, or the default."""
    if setting.decided is None:
        return say("assumed: the branch has not decided it")
    return say("{path}, line {line}", path=setting.decided.path, line=max(setting.decided.line, 1))


def format_setting_value(setting: SettingView, value: int | str, lang: Language) -> str:
    """Return a value with its unit; a period in words."""
    if setting.unit == "period":
        return lang.text(next(name for length, name in PERIOD_LENGTH_NAMES.items() if length.value == value))
    return lang.text(_format_number(setting.unit, str(value)))


def _format_number(unit: str, number: str) -> Text:
    if unit == "days":
        return say("{number} days", number=number)
    if unit == "day-of-month":
        return say("day {number} of the month", number=number)
    return say("{number} per cent", number=number) if unit == "per-cent" else say("{number} points", number=number)


def format_allowed(setting: SettingView, lang: Language) -> str:
    """Return what a setting may be."""
    field = setting.field
    if field.choices:
        return " | ".join(format_choice(code, name, lang.code) for code, name in field.choices)
    low, high = format_figure(field.lowest or 0), format_figure(field.highest or 0)
    return lang.text(say("{low} to {high}", low=low, high=high))
