"""What every ``dangwu new`` command shares: the common options, and writing a record in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu import resources
from dangwu.cli.languages import _
from dangwu.cli.session import Session, emit
from dangwu.model.text import Text, say

if TYPE_CHECKING:
    from dangwu.model.corpus import Corpus

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
Date = Annotated[str | None, typer.Option("--date", metavar="DATE", help=_("The day; the as-of day unless given."))]
NoInput = Annotated[bool, typer.Option("--no-input", help=_("Ask nothing, also on a terminal."))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Print the record and write nothing."))]


def write(session: Session, corpus: Corpus, fields: dict[str, Any], *, slug: str | None = None, dry_run: bool) -> None:
    """Write a record where it belongs, or only print it."""
    from dangwu.draft.render import record_path, record_text  # noqa: PLC0415
    from dangwu.files.write import write_file  # noqa: PLC0415

    schema = resources.schema(fields["kind"])
    taken = {*corpus.documents, *(each.path for each in corpus.unread)}
    path = record_path(schema, fields, slug, taken=taken)
    up = "../" * path.count("/")
    line = f"{up}.dangwu/schema/{fields['kind']}.json"
    text = record_text(schema, fields, language=session.language.code, schema_line=line)
    if dry_run:
        emit(text)
        return
    root = session.location().root
    write_file(root / path, text.encode(), root=root)
    session.tell(_written(path, text))


def _written(path: str, text: str) -> Text:
    from dangwu.draft.render import TO_WRITE  # noqa: PLC0415

    count = text.count(TO_WRITE)
    if count:
        return say(
            "Written: {path}. Places left for a person to write (【待填】): {count}. Then: dangwu check",
            path=path,
            count=count,
        )
    return say("Written: {path}. Then: dangwu check", path=path)
