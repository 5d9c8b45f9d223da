"""Keeping the editor's words in step with the roster, after a command that wrote members."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from dangwu.errors import DangwuError
from dangwu.files.peek import is_folder, read_file_if_any
from dangwu.files.write import write_file
from dangwu.workspace.editor_words import EDITOR_WORDS_PATH, build_editor_words

if TYPE_CHECKING:
    from dangwu.cli.session import Session


def refresh_editor_words(session: Session, *, create: bool = False) -> None:
    """Write the editor's words anew from the records, where they are; ``create`` them where an editor has its folder.

    It is a convenience: where they cannot be written, what the command has done stands.
    """
    with suppress(DangwuError, OSError):
        location = session.require_branch()
        path = location.root / EDITOR_WORDS_PATH
        if read_file_if_any(path) is not None or (create and is_folder(path.parent)):
            made = build_editor_words(session.workspace().corpus, session.as_of)
            write_file(path, made, root=location.root, force=True)
