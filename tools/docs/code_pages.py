"""The pages of the finding codes, as the package has them, and their list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.workspace.code_list import list_audit_codes, list_check_codes
from tools.docs.markdown import beside, escape, join, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.language import Language
    from dangwu.model.finding import FindingCode
    from tools.docs.words import Words


def build_code_pages(language: Language, words: Words) -> Mapping[str, str]:
    """Return the pages below ``codes/``: the list, and the page of each code."""
    checks, audits = list_check_codes(), list_audit_codes()
    index = join(
        [
            f"# {words['codes']}",
            words["codes intro"],
            "## check",
            _list_codes(checks, language, words),
            "## audit",
            _list_codes(audits, language, words),
        ]
    )
    pages = {"codes/index.md": index}
    for each in (*checks, *audits):
        page = resources.read_package_file(f"codes/{language.code}/{each.id}.md")
        if page is None:
            raise LookupError(each.id)
        pages[f"codes/{each.id}.md"] = beside(page.decode("utf-8"), f"[{words['codes']}](index.md)")
    return pages


def _list_codes(codes: tuple[FindingCode, ...], language: Language, words: Words) -> str:
    head = [words[key] for key in ("code", "severity", "title", "clause")]
    return table(head, [_build_row(each, language, words) for each in codes])


def _build_row(each: FindingCode, language: Language, words: Words) -> list[str]:
    return [
        f"[{each.id}]({each.id}.md)",
        words[each.severity.name.lower()],
        escape(language.text(each.title)),
        each.clause or "",
    ]
