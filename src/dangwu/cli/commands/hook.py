"""``dangwu hook``: git has dangwu judge what a commit would record, beside whatever hooks there are already."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.output import choose_format, format_option
from dangwu.cli.session import Session, emit, of
from dangwu.cli.usage_errors import Command, Group
from dangwu.data import resources
from dangwu.errors import CannotRunError, Exit
from dangwu.formats.json_text import json_text
from dangwu.formats.registry import Result
from dangwu.formats.safe_text import safe_text
from dangwu.git.hooks.install import Act, carry_out, installing, uninstalling
from dangwu.git.hooks.script import TOP, fit_of, quoted
from dangwu.git.hooks.status import State, place
from dangwu.git.hooks.status import look as look_at
from dangwu.git.repository import needed
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.git.hooks.install import Step
    from dangwu.git.hooks.status import Hook, Manager, Place

DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Say what would be done, and do nothing."))]
_INSTALL = say("Run: dangwu hook install")


def build(title: str) -> typer.Typer:
    """Return the group of hook commands."""
    app = typer.Typer(cls=Group, help=title, rich_markup_mode=None, add_completion=False)
    app.command("install", cls=Command, help=_("Have git run dangwu check --staged before a commit and a merge."))(
        install
    )
    app.command("uninstall", cls=Command, help=_("Take the hooks out, and put back what stood there before."))(
        uninstall
    )
    app.command("status", cls=Command, help=_("Say which hooks there are; exit 3 when one is missing."))(status)
    return app


def install(
    context: typer.Context,
    *,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help=_("Also beside another program's hook, and in hooks that other repositories use.")
        ),
    ] = False,
    dry_run: DryRun = False,
) -> int:
    """Install both hooks; a second time brings them up to date."""
    session = of(context)
    where, state = _look(session)
    if not session.location().has_branch:
        raise CannotRunError(say("There is no branch.yaml here."), say("Go to the folder of the records."))
    # husky goes by the name of its file, and would silently run nothing under another: it is never moved.
    managed = next((each for each in state if each.state is State.OTHER and each.manager), None)
    if managed and managed.manager and (not force or managed.manager.name == "husky"):
        _send_to(session, where, managed.manager)
        return Exit.CANNOT_RUN
    _go(session, installing(where, state, resources.hooks(), force=force), dry_run=dry_run)
    return Exit.CLEAN


def uninstall(context: typer.Context, *, dry_run: DryRun = False) -> None:
    """Take out what dangwu put in for this folder of records, and nothing else."""
    session = of(context)
    where, state = _look(session)
    _go(session, uninstalling(where, state), dry_run=dry_run)


def status(
    context: typer.Context,
    format_: Annotated[str, format_option(Result.STATUS, _("Form of the output."))] = "text",
) -> int:
    """Print one line per hook; exit 3 unless dangwu judges every commit."""
    session = of(context)
    format_ = choose_format(format_, Result.STATUS)
    where, state = _look(session)
    if format_ == "json":
        emit(_json(where, state))
    else:
        for each in state:
            _show(session, each)
    return Exit.CLEAN if all(each.state.good for each in state) else Exit.CANNOT_RUN


def told(hook: Hook) -> tuple[Text, Text]:
    """Return what there is to say about a hook, and the next step where it is not in order."""
    name, program = hook.name, hook.manager.name if hook.manager else None
    folders = fit_of(hook.raw).folders
    caller = next((each.name for each in hook.configured if each.calls), None)
    if caller is not None and hook.state is State.CALLS:
        return say("{hook}: hook.{name} of git's configuration, which calls dangwu", hook=name, name=caller), _INSTALL
    if program and hook.state is State.CALLS:
        return say("{hook}: made by {program}, which calls dangwu", hook=name, program=program), _INSTALL
    if program and hook.state is State.OTHER:
        hint = say("Have {program} run dangwu check --staged; dangwu hook install shows the lines.", program=program)
        return say("{hook}: made by {program}, which does not call dangwu", hook=name, program=program), hint
    words = {
        State.INSTALLED: say("{hook}: installed by dangwu", hook=name),
        State.CALLS: say("{hook}: another hook, which calls dangwu", hook=name),
        State.OLDER: say("{hook}: installed by dangwu, but no longer up to date", hook=name),
        State.ELSEWHERE: say("{hook}: installed by dangwu for {folders} only", hook=name, folders=folders),
        State.OTHER: say("{hook}: another hook, which does not call dangwu", hook=name),
        State.IDLE: say("{hook}: not executable, so git passes over it", hook=name),
        State.ABSENT: say("{hook}: there is none", hook=name),
    }
    return words[hook.state], _INSTALL


def look(session: Session) -> tuple[Hook, ...]:
    """Return the hooks of this repository."""
    return _look(session)[1]


def _look(session: Session) -> tuple[Place, tuple[Hook, ...]]:
    where = place(needed(session.location()))
    return where, look_at(where, resources.hooks())


def _show(session: Session, hook: Hook) -> None:
    message, hint = told(hook)
    emit(safe_text(f"{'ok  ' if hook.state.good else '!!  '}{session.say(message)}  ({hook.path})"))
    if hook.before:
        kept = say("The hook that stood there before goes first: {path}", path=str(hook.before))
        emit(safe_text(f"      {session.say(kept)}"))
    for each in hook.configured:
        beside = say("Git's configuration has it run too: hook.{name}: {command}", name=each.name, command=each.command)
        emit(safe_text(f"      {session.say(beside)}"))
    if not hook.state.good:
        emit(safe_text(f"      {session.say(hint)}"))


def _json(where: Place, hooks: Iterable[Hook]) -> str:
    listed = [
        {
            "before": str(each.before) if each.before else None,
            "configured": [{"command": other.command, "name": other.name} for other in each.configured],
            "name": each.name,
            "path": str(each.path),
            "program": each.manager.name if each.manager else None,
            "state": each.state.value,
        }
        for each in hooks
    ]
    return json_text({"hooks": listed, "hooks_path": str(where.hooks), "schema": "dangwu/hook/1"})


def _go(session: Session, steps: tuple[Step, ...], *, dry_run: bool) -> None:
    if dry_run:
        session.tell(say("Nothing is done; this would be:"))
    else:
        carry_out(steps)
    for step in steps:
        emit(safe_text(session.say(_done(step))))


def _done(step: Step) -> Text:
    name, path, other = step.hook.name, str(step.hook.path), str(step.other or step.hook.before)
    words = {
        Act.KEEP: say("{hook}: in order, left as it is: {path}", hook=name, path=path),
        Act.WRITE: say("{hook}: installed: {path}", hook=name, path=path),
        Act.RENEW: say("{hook}: brought up to date: {path}", hook=name, path=path),
        Act.ASIDE: say("{hook}: installed; what stood there goes first, kept as {other}", hook=name, other=other),
        Act.SHORTEN: say(
            "{hook}: this folder taken out; still judged: {folders}", hook=name, folders=fit_of(step.data).folders
        ),
        Act.REMOVE: say("{hook}: taken out: {path}", hook=name, path=path),
        Act.RESTORE: say("{hook}: taken out; what stood there before is back: {path}", hook=name, path=path),
        Act.LEAVE: say("{hook}: nothing of dangwu's for this folder: {path}", hook=name, path=path),
    }
    return words[step.act]


def _send_to(session: Session, where: Place, manager: Manager) -> None:
    """Say which lines make the program that writes the hooks call dangwu: it would write over ours."""
    session.tell(say("The hooks are made by {program}. Tell it to call dangwu, in {path}:", program=manager.name,
                     path=str(manager.settings)))  # fmt: skip
    emit(lines_for(manager.name, where.folder))
    if manager.name == "pre-commit":
        session.tell(say("Then: pre-commit install. To have dangwu's own hooks beside it: dangwu hook install --force"))


def lines_for(program: str, folder: str) -> str:
    """Return the lines that a program's settings need, for the records in one folder."""
    command = "dangwu check --staged" if folder == TOP else f"dangwu -C {quoted(folder)} check --staged"
    written = json.dumps(command, ensure_ascii=False)
    if program == "pre-commit":
        return _FRAMEWORK.format(command=written)
    return command if program == "husky" else _LEFTHOOK.format(command=written)


# The same as .pre-commit-hooks.yaml says, but for the dangwu that is installed here: it needs no network.
_FRAMEWORK = """\
default_install_hook_types: [pre-commit, pre-merge-commit]
repos:
  - repo: local
    hooks:
      - id: dangwu-check
        name: dangwu check --staged
        entry: {command}
        language: system
        pass_filenames: false
        always_run: true
        require_serial: true
        stages: [pre-commit, pre-merge-commit, manual]
"""
_LEFTHOOK = """\
pre-commit:
  commands:
    dangwu:
      run: {command}
pre-merge-commit:
  commands:
    dangwu:
      run: {command}
"""
