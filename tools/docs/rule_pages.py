"""The pages of the ten systems, clause by clause, and of the settings, read from the rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.workspace.catalogue import load_default_rulebook, load_kinds
from tools.docs.markdown import code, escape, join, table

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.rulebook import Clause, Setting
    from tools.docs.words import Words


def build_rules_page(language: Language, words: Words) -> str:
    """Return the page of all clauses."""
    book = load_default_rulebook()
    blocks = [f"# {words['rules']}", words["rules intro"]]
    head = [words[key] for key in ("clause", "title", "becomes", "meaning", "evidence", "checked by")]
    for number, title in book.systems:
        rows = [_build_clause_row(each, language, words) for each in book.clauses if each.system == number]
        blocks += [f"## {number}. {escape(language.value(title))}", table(head, rows)]
    return join(blocks)


def _build_clause_row(clause: Clause, language: Language, words: Words) -> list[str]:
    record = load_kinds().get(clause.record or "")
    return [
        clause.id,
        escape(language.value(clause.title)),
        words[clause.becomes.value],
        escape(language.value(clause.reading)),
        f"[{escape(language.value(record.title))}](kinds/{record.name}.md)" if record else "",
        " ".join(f"[{each}](codes/{each}.md)" for each in clause.checks),
    ]


def build_settings_page(language: Language, words: Words) -> str:
    """Return the page of all settings with their defaults."""
    head = [words[key] for key in ("setting", "default", "decides", "system")]
    rows = [_build_setting_row(each, language, words) for each in load_default_rulebook().settings]
    return join([f"# {words['settings']}", words["settings intro"], table(head, rows)])


def _build_setting_row(setting: Setting, language: Language, words: Words) -> list[str]:
    system = str(setting.system) if setting.system else words["all systems"]
    return [code(setting.key), code(str(setting.default)), escape(language.value(setting.title)), system]
