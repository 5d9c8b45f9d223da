"""``dangwu hook``: git has dangwu judge what a commit would record, beside whatever hooks there are already."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.session import Session, emit, find_session
from dangwu.cli.usage_errors import Command, CommandGroup
from dangwu.data import resources
from dangwu.errors import CannotRunError, ExitCode
from dangwu.formats.json_text import format_json
from dangwu.formats.registry import ResultKind
from dangwu.formats.safe_text import make_safe_text
from dangwu.git.hooks.install import HookAction, carry_out_steps, plan_install, plan_uninstall
from dangwu.git.hooks.script import TOP_FOLDER, quote_for_shell, read_hook_target
from dangwu.git.hooks.status import HookState, locate_hooks
from dangwu.git.hooks.status import inspect_hooks as look_at
from dangwu.git.repository import require_repository
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.git.hooks.install import HookStep
    from dangwu.git.hooks.status import Hook, HookManager, HookPlace

HookDryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Say what would be done, and do nothing."))]
_INSTALL_HINT = say("Run: dangwu hook install")


def build_command(title: str) -> typer.Typer:
    """Return the group of hook commands."""
    app = typer.Typer(cls=CommandGroup, help=title, rich_markup_mode=None, add_completion=False)
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
    dry_run: HookDryRunOption = False,
) -> int:
    """Install both hooks; a second time brings them up to date."""
    session = find_session(context)
    where, state = _find_place_and_hooks(session)
    if not session.location().has_branch:
        raise CannotRunError(say("There is no branch.yaml here."), say("Go to the folder of the records."))
    # husky goes by the name of its file, and would silently run nothing under another: it is never moved.
    managed = next((each for each in state if each.state is HookState.OTHER and each.manager), None)
    if managed and managed.manager and (not force or managed.manager.name == "husky"):
        _print_manager_lines(session, where, managed.manager)
        return ExitCode.CANNOT_RUN
    _run_steps(session, plan_install(where, state, resources.read_hooks(), force=force), dry_run=dry_run)
    return ExitCode.CLEAN


def uninstall(context: typer.Context, *, dry_run: HookDryRunOption = False) -> None:
    """Take out what dangwu put in for this folder of records, and nothing else."""
    session = find_session(context)
    where, state = _find_place_and_hooks(session)
    _run_steps(session, plan_uninstall(where, state), dry_run=dry_run)


def status(
    context: typer.Context,
    format_: Annotated[str, build_format_option(ResultKind.STATUS, _("Form of the output."))] = "text",
) -> int:
    """Print one line per hook; exit 3 unless dangwu judges every commit."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.STATUS)
    where, state = _find_place_and_hooks(session)
    if format_ == "json":
        emit(_render_hooks_json(where, state))
    else:
        for each in state:
            _print_hook(session, each)
    return ExitCode.CLEAN if all(each.state.good for each in state) else ExitCode.CANNOT_RUN


def describe_hook(hook: Hook) -> tuple[Text, Text]:
    """Return what there is to say about a hook, and the next step where it is not in order."""
    name, program = hook.name, hook.manager.name if hook.manager else None
    folders = read_hook_target(hook.raw).folders
    caller = next((each.name for each in hook.configured if each.calls), None)
    if caller is not None and hook.state is HookState.CALLS:
        return say(
            "{hook}: hook.{name} of git's configuration, which calls dangwu", hook=name, name=caller
        ), _INSTALL_HINT
    if program and hook.state is HookState.CALLS:
        return say("{hook}: made by {program}, which calls dangwu", hook=name, program=program), _INSTALL_HINT
    if program and hook.state is HookState.OTHER:
        hint = say("Have {program} run dangwu check --staged; dangwu hook install shows the lines.", program=program)
        return say("{hook}: made by {program}, which does not call dangwu", hook=name, program=program), hint
    words = {
        HookState.INSTALLED: say("{hook}: installed by dangwu", hook=name),
        HookState.CALLS: say("{hook}: another hook, which calls dangwu", hook=name),
        HookState.OLDER: say("{hook}: installed by dangwu, but no longer up to date", hook=name),
        HookState.ELSEWHERE: say("{hook}: installed by dangwu for {folders} only", hook=name, folders=folders),
        HookState.OTHER: say("{hook}: another hook, which does not call dangwu", hook=name),
        HookState.IDLE: say("{hook}: not executable, so git passes over it", hook=name),
        HookState.ABSENT: say("{hook}: there is none", hook=name),
    }
    return words[hook.state], _INSTALL_HINT


def find_hooks(session: Session) -> tuple[Hook, ...]:
    """Return the hooks of this repository."""
    return _find_place_and_hooks(session)[1]


def _find_place_and_hooks(session: Session) -> tuple[HookPlace, tuple[Hook, ...]]:
    where = locate_hooks(require_repository(session.location()))
    return where, look_at(where, resources.read_hooks())


def _print_hook(session: Session, hook: Hook) -> None:
    message, hint = describe_hook(hook)
    emit(make_safe_text(f"{'ok  ' if hook.state.good else '!!  '}{session.say(message)}  ({hook.path})"))
    if hook.before:
        kept = say("The hook that stood there before goes first: {path}", path=str(hook.before))
        emit(make_safe_text(f"      {session.say(kept)}"))
    for each in hook.configured:
        beside = say("Git's configuration has it run too: hook.{name}: {command}", name=each.name, command=each.command)
        emit(make_safe_text(f"      {session.say(beside)}"))
    if not hook.state.good:
        emit(make_safe_text(f"      {session.say(hint)}"))


def _render_hooks_json(where: HookPlace, hooks: Iterable[Hook]) -> str:
    listed = [
        {
            "before": str(hook.before) if hook.before else None,
            "configured": [{"command": other.command, "name": other.name} for other in hook.configured],
            "name": hook.name,
            "path": str(hook.path),
            "program": hook.manager.name if hook.manager else None,
            "state": hook.state.value,
        }
        for hook in hooks
    ]
    return format_json({"hooks": listed, "hooks_path": str(where.hooks), "schema": "dangwu/hook/1"})


def _run_steps(session: Session, steps: tuple[HookStep, ...], *, dry_run: bool) -> None:
    if dry_run:
        session.tell(say("Nothing is done; this would be:"))
    else:
        carry_out_steps(steps)
    for step in steps:
        emit(make_safe_text(session.say(_describe_step(step))))


def _describe_step(step: HookStep) -> Text:
    name, path, other = step.hook.name, str(step.hook.path), str(step.other or step.hook.before)
    words = {
        HookAction.KEEP: say("{hook}: in order, left as it is: {path}", hook=name, path=path),
        HookAction.WRITE: say("{hook}: installed: {path}", hook=name, path=path),
        HookAction.RENEW: say("{hook}: brought up to date: {path}", hook=name, path=path),
        HookAction.ASIDE: say(
            "{hook}: installed; what stood there goes first, kept as {other}", hook=name, other=other
        ),
        HookAction.SHORTEN: say(
            "{hook}: this folder taken out; still judged: {folders}",
            hook=name,
            folders=read_hook_target(step.data).folders,
        ),
        HookAction.REMOVE: say("{hook}: taken out: {path}", hook=name, path=path),
        HookAction.RESTORE: say("{hook}: taken out; what stood there before is back: {path}", hook=name, path=path),
        HookAction.LEAVE: say("{hook}: nothing of dangwu's for this folder: {path}", hook=name, path=path),
    }
    return words[step.act]


def _print_manager_lines(session: Session, where: HookPlace, manager: HookManager) -> None:
    """Say which lines make the program that writes the hooks call dangwu: it would write over ours."""
    session.tell(say("The hooks are made by {program}. Tell it to call dangwu, in {path}:", program=manager.name,
                     path=str(manager.settings)))  # fmt: skip
    emit(build_manager_lines(manager.name, where.folder))
    if manager.name == "pre-commit":
        session.tell(say("Then: pre-commit install. To have dangwu's own hooks beside it: dangwu hook install --force"))


def build_manager_lines(program: str, folder: str) -> str:
    """Return the lines that a program's settings need, for the records in one folder."""
    command = "dangwu check --staged" if folder == TOP_FOLDER else f"dangwu -C {quote_for_shell(folder)} check --staged"
    written = json.dumps(command, ensure_ascii=False)
    if program == "pre-commit":
        return _PRE_COMMIT_LINES.format(command=written)
    return command if program == "husky" else _LEFTHOOK_LINES.format(command=written)


# The same as .pre-commit-hooks.yaml says, but for the dangwu that is installed here: it needs no network.
_PRE_COMMIT_LINES = """\
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
_LEFTHOOK_LINES = """\
pre-commit:
  commands:
    dangwu:
      run: {command}
pre-merge-commit:
  commands:
    dangwu:
      run: {command}
"""
