"""Keeping the editor's words in step with the roster, after a command that wrote members."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from dangwu.errors import DangwuError
from dangwu.files.peek import is_folder
from dangwu.files.write import write_file
from dangwu.workspace.editor_words import EDITOR_WORDS_PATH, build_editor_words

if TYPE_CHECKING:
    from dangwu.cli.session import Session


def refresh_editor_words(session: Session) -> None:
    """Write the editor's words anew from the records, where the repository has a folder for the editor.

    It is a convenience: where it cannot be written, what the command has done stands.
    """
    with suppress(DangwuError, OSError):
        location = session.require_branch()
        if is_folder((location.root / EDITOR_WORDS_PATH).parent):
            made = build_editor_words(session.workspace().corpus, session.as_of)
            write_file(location.root / EDITOR_WORDS_PATH, made, root=location.root, force=True)
