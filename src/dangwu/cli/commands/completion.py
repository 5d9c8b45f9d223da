"""``dangwu completion``: print the script by which a shell completes commands and options."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import emit, refuse_unknown_choice

_COMPLETION_VARIABLE = "_DANGWU_COMPLETE"
_SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish|powershell|pwsh", help=_("The shell."))],
) -> None:
    """Print the completion script of a shell."""
    from typer._completion_shared import get_completion_script  # noqa: PLC0415

    refuse_unknown_choice(shell, _SHELLS, "SHELL")
    emit(get_completion_script(prog_name="dangwu", complete_var=_COMPLETION_VARIABLE, shell=shell))


def register_shells() -> None:
    """Register the shells with the command-line library; needed because dangwu adds no completion options."""
    from typer._completion_classes import completion_init  # noqa: PLC0415

    completion_init()
