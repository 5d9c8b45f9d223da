"""The SARIF report of findings, with the list of all codes and their pages."""

from __future__ import annotations

from dangwu import __version__
from dangwu.cli.session import Session
from dangwu.data import resources
from dangwu.formats.machine.sarif import render_sarif
from dangwu.model.results import CheckResult
from dangwu.workspace.code_list import list_codes


def render_sarif_report(session: Session, checked: CheckResult, prefix: str) -> str:
    """Return findings as SARIF, with all finding codes and the pages on them for display by a forge."""
    language, codes = session.language, list_codes()
    pages = ((code.id, resources.read_code_page(code.id, language.code)) for code in codes)
    helps = {id_: page for id_, page in pages if page}
    return render_sarif(checked, language, prefix, version=__version__, codes=codes, helps=helps)
