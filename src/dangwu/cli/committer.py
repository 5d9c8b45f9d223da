"""Who commits: taken from git, else asked for once and kept in this repository."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.cli.languages import _
from dangwu.errors import CannotRunError
from dangwu.git.identity import Identity, read_identity, write_identity
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.cli.prompts import Asker
    from dangwu.git.repository import Repository

_NAME = re.compile(r"[^<>\n\x00-\x1f]{1,100}")
_MAIL = re.compile(r"[^<>\s@]+@[^<>\s@]+")


def require_identity(
    repository: Repository, ask: Asker, name: str | None, mail: str | None, assumed: str | None = None
) -> Identity:
    """Return who commits; keep in the repository's own configuration what was given or asked for.

    ``assumed`` is the name that Enter means.
    CannotRunError with the options to write where nobody is set and nobody can be asked.
    """
    known = read_identity(repository)
    if known is not None and name is None and mail is None:
        return known
    if known is None and not ask.interactive and (name is None or mail is None):
        hint = say('Say it once, and it is kept in this repository: --name "NAME" --mail ADDRESS')
        raise CannotRunError(say("git does not know who is recording."), hint)
    own = Identity(
        ask.text(
            name or (known.name if known else None), _("Who is recording (name)"), _NAME, "--name", assumed=assumed
        ),
        ask.text(
            mail or (known.email if known else None),
            _("Mail address, as in li@example.com"),
            _MAIL,
            "--mail",
            example="li@example.com",
        ),
    )
    write_identity(repository, own)
    return own
