"""``dangwu review --accept``: the committee's mark, printed or made; there is no state of it outside git."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.cli.session import Session, emit
from dangwu.errors import UsageError
from dangwu.git.tags_and_signatures import make_tag, own_name
from dangwu.model.message import say
from dangwu.workspace.history import mark_name, mark_trailer

if TYPE_CHECKING:
    from dangwu.model.review import Reviewed
    from dangwu.workspace.history import Past


_PERSON = re.compile(r"[^<>\x00-\x1f]*[^<>\x00-\x20] <[^<>\s\x00-\x1f]+>")


def accept(session: Session, past: Past, reviewed: Reviewed, *, by: str | None, make: bool, sign: bool) -> None:
    """Print the tag's command and the trailer; with ``make`` make the tag and say so."""
    who = " ".join((by or own_name()).split())
    if not _PERSON.fullmatch(who):
        raise UsageError(say("Who reviewed it is not known."), say('Write --by "Name <address>".'))
    name = mark_name(session.as_of, reviewed.newer)
    title = session.say(say("Reviewed: {count} records, {range}", count=len(reviewed.records), range=_range(reviewed)))
    trailer = mark_trailer(who)
    errors = sum(each.severity.value == "error" for each in reviewed.checked.findings)
    if errors:
        session.tell(say("The change brings new errors: {count}. The mark does not put them right.", count=errors))
    if make:
        make_tag(past.repository, name, reviewed.newer, f"{title}\n\n{trailer}\n", sign=sign)
        session.tell(say("Made: the tag {name}. To hand it on: git push origin {name}", name=name))
        emit(name)
        return
    session.tell(
        say("Either of these is the mark: this signed tag, or this last line in the message of the merge commit.")
    )
    emit(f"git tag -s {name} -m {_quoted(title)} -m {_quoted(trailer)} {reviewed.newer}")
    emit(trailer)


def _range(reviewed: Reviewed) -> str:
    return f"{(reviewed.older or '')[:12]}..{reviewed.newer[:12]}"


def _quoted(text: str) -> str:
    """Quote for a shell; both sh and PowerShell take single quotes, and a quote in a name becomes a plain mark."""
    return "'" + text.replace("'", "’") + "'"
