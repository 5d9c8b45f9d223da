"""``dangwu completion``: a script that completes commands and options in a shell."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import emit

_COMPLETION_VARIABLE = "_DANGWU_COMPLETE"
_SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish|powershell|pwsh", help=_("The shell."))],
) -> None:
    """Print the script; put it where the shell reads its completions."""
    from typer._completion_shared import get_completion_script  # noqa: PLC0415

    if shell not in _SHELLS:
        raise typer.BadParameter(_("choose one of {names}").format(names=", ".join(_SHELLS)), param_hint="SHELL")
    emit(get_completion_script(prog_name="dangwu", complete_var=_COMPLETION_VARIABLE, shell=shell))


def register_shells() -> None:
    """Tell the library of the shells, when one of these scripts asks; with commands of its own it knows them."""
    from typer._completion_classes import completion_init  # noqa: PLC0415

    completion_init()
