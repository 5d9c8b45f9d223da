"""``dangwu review --accept``: the committee's mark, printed or made; there is no state of it outside git."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.cli.session import Session, emit
from dangwu.errors import UsageError
from dangwu.git.tags_and_signatures import make_tag, read_own_name
from dangwu.model.message import say
from dangwu.workspace.history import build_mark_name, build_mark_trailer

if TYPE_CHECKING:
    from dangwu.model.review import ReviewResult
    from dangwu.workspace.history import RepositoryHistory


_PERSON_PATTERN = re.compile(r"[^<>\x00-\x1f]*[^<>\x00-\x20] <[^<>\s\x00-\x1f]+>")


def accept_review(
    session: Session, history: RepositoryHistory, reviewed: ReviewResult, *, by: str | None, make: bool, sign: bool
) -> None:
    """Print the tag's command and the trailer; with ``make`` make the tag and say so."""
    who = " ".join((by or read_own_name()).split())
    if not _PERSON_PATTERN.fullmatch(who):
        raise UsageError(say("Who reviewed it is not known."), say('Write --by "Name <address>".'))
    name = build_mark_name(session.as_of, reviewed.newer)
    title = session.say(
        say("Reviewed: {count} records, {range}", count=len(reviewed.records), range=_format_range(reviewed))
    )
    trailer = build_mark_trailer(who)
    errors = sum(finding.severity.value == "error" for finding in reviewed.checked.findings)
    if errors:
        session.tell(say("The change brings new errors: {count}. The mark does not put them right.", count=errors))
    if make:
        make_tag(history.repository, name, reviewed.newer, f"{title}\n\n{trailer}\n", sign=sign)
        session.tell(say("Made: the tag {name}. To hand it on: git push origin {name}", name=name))
        emit(name)
        return
    session.tell(
        say("Either of these is the mark: this signed tag, or this last line in the message of the merge commit.")
    )
    emit(f"git tag -s {name} -m {_quote_for_shell(title)} -m {_quote_for_shell(trailer)} {reviewed.newer}")
    emit(trailer)


def _format_range(reviewed: ReviewResult) -> str:
    return f"{(reviewed.older or '')[:12]}..{reviewed.newer[:12]}"


def _quote_for_shell(text: str) -> str:
    """Quote for a shell; both sh and PowerShell take single quotes, and a quote in a name becomes a plain mark."""
    return "'" + text.replace("'", "’") + "'"
