"""``dangwu review --accept``: print the committee's review mark, or create it as a tag. It exists only in git."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.cli.session import Session, emit
from dangwu.errors import UsageError
from dangwu.git.tags_and_signatures import make_tag, read_own_name
from dangwu.model.finding import Severity
from dangwu.model.message import say
from dangwu.workspace.history import build_mark_name, build_mark_trailer

if TYPE_CHECKING:
    from dangwu.model.review import ReviewResult
    from dangwu.workspace.history import RepositoryHistory


_PERSON_PATTERN = re.compile(r"[^<>\x00-\x1f]*[^<>\x00-\x20] <[^<>\s\x00-\x1f]+>")


def accept_review(
    session: Session, history: RepositoryHistory, result: ReviewResult, *, by: str | None, make: bool, sign: bool
) -> None:
    """Print the command of the tag and the trailer; with ``make`` create the tag instead.

    UsageError when neither ``by`` nor git's configuration gives ``Name <address>``.
    """
    reviewer = " ".join((by or read_own_name()).split())
    if not _PERSON_PATTERN.fullmatch(reviewer):
        raise UsageError(say("The reviewer is not known."), say('Write --by "Name <address>".'))
    name = build_mark_name(session.as_of, result.newer)
    title = session.translate(
        say("Reviewed: {count} records, {range}", count=len(result.records), range=_format_range(result))
    )
    trailer = build_mark_trailer(reviewer)
    errors = result.checked.counts[Severity.ERROR]
    if errors:
        session.tell(say("The change brings new errors: {count}. The mark does not correct them.", count=errors))
    if make:
        make_tag(history.repository, name, result.newer, f"{title}\n\n{trailer}\n", sign=sign)
        session.tell(say("Created the tag {name}. To share it: git push origin {name}", name=name))
        emit(name)
        return
    session.tell(
        say("Use one of these as the mark: this signed tag, or this line at the end of the merge commit's message.")
    )
    emit(f"git tag -s {name} -m {_quote_for_shells(title)} -m {_quote_for_shells(trailer)} {result.newer}")
    emit(trailer)


def _format_range(result: ReviewResult) -> str:
    return f"{(result.older or '')[:12]}..{result.newer[:12]}"


def _quote_for_shells(text: str) -> str:
    """Quote for both sh and PowerShell, by single quotes; a single quote in the text becomes a typographic one."""
    return "'" + text.replace("'", "’") + "'"
