"""``dangwu hook``: install, remove and show the git hooks that check the index before each commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.hook_text import build_manager_lines, describe_hook, describe_step
from dangwu.cli.languages import _
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.session import Session, emit, find_session
from dangwu.cli.unfinished import tell_settled
from dangwu.cli.usage_errors import Command, CommandGroup
from dangwu.data import resources
from dangwu.errors import ExitCode
from dangwu.formats.json_text import format_json
from dangwu.formats.registry import ResultKind
from dangwu.formats.safe_text import make_safe_text
from dangwu.git.hooks.install import carry_out_steps, plan_install, plan_uninstall, settle_hooks
from dangwu.git.hooks.status import HookState, inspect_hooks, locate_hooks
from dangwu.git.repository import require_repository
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.git.hooks.install import HookStep
    from dangwu.git.hooks.status import Hook, HookManager, HookPlace

HookDryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Say what would be done, and do nothing."))]


def build_command(title: str) -> typer.Typer:
    """Return the group of hook commands."""
    app = typer.Typer(cls=CommandGroup, help=title, rich_markup_mode=None, add_completion=False)
    app.command("install", cls=Command, help=_("Have git run dangwu check before a commit and a merge."))(install)
    app.command("uninstall", cls=Command, help=_("Remove the hooks, and restore those that were there before."))(
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
    if not dry_run:
        _settle_hooks(session)
    where, hooks = _find_place_and_hooks(session)
    session.require_branch()
    managed = next((hook for hook in hooks if hook.state is HookState.OTHER and hook.manager), None)
    # husky finds a hook by its file name, so its hooks are never renamed.
    if managed and managed.manager and (not force or managed.manager.name == "husky"):
        _print_manager_lines(session, where, managed.manager)
        return ExitCode.CANNOT_RUN
    _run_steps(session, where, plan_install(where, hooks, resources.read_hooks(), force=force), dry_run=dry_run)
    return ExitCode.CLEAN


def uninstall(context: typer.Context, *, dry_run: HookDryRunOption = False) -> None:
    """Remove the hooks for this record folder, and nothing else."""
    session = find_session(context)
    if not dry_run:
        _settle_hooks(session)
    where, hooks = _find_place_and_hooks(session)
    _run_steps(session, where, plan_uninstall(where, hooks), dry_run=dry_run)


def status(
    context: typer.Context,
    format_: Annotated[str, build_format_option(ResultKind.STATUS, _("Form of the output."))] = "text",
) -> int:
    """Print one line per hook; exit 3 unless every commit is checked."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.STATUS)
    where, hooks = _find_place_and_hooks(session)
    if format_ == "json":
        emit(_render_hooks_json(where, hooks))
    else:
        for hook in hooks:
            _print_hook(session, hook)
    return ExitCode.CLEAN if all(hook.state.good for hook in hooks) else ExitCode.CANNOT_RUN


def _find_place_and_hooks(session: Session) -> tuple[HookPlace, tuple[Hook, ...]]:
    where = locate_hooks(require_repository(session.location()))
    return where, inspect_hooks(where, resources.read_hooks())


def _settle_hooks(session: Session) -> None:
    settled = settle_hooks(locate_hooks(require_repository(session.location())))
    if settled is not None:
        tell_settled(session, settled)


def _print_hook(session: Session, hook: Hook) -> None:
    message, hint = describe_hook(hook)
    emit(make_safe_text(f"{'ok  ' if hook.state.good else '!!  '}{session.translate(message)}  ({hook.path})"))
    details = [say("The earlier hook runs first: {path}", path=str(hook.before))] if hook.before else []
    details += [
        say("Git's configuration also runs hook.{name}: {command}", name=other.name, command=other.command)
        for other in hook.configured
    ]
    if not hook.state.good:
        details.append(hint)
    for detail in details:
        emit(make_safe_text(f"      {session.translate(detail)}"))


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


def _run_steps(session: Session, where: HookPlace, steps: tuple[HookStep, ...], *, dry_run: bool) -> None:
    if dry_run:
        session.tell(say("Nothing is done; this would be:"))
    else:
        carry_out_steps(where, steps)
    for step in steps:
        emit(make_safe_text(session.translate(describe_step(step))))


def _print_manager_lines(session: Session, where: HookPlace, manager: HookManager) -> None:
    """Print the settings by which a hook manager runs dangwu; it would overwrite a hook of ours."""
    session.tell(say("The hooks are made by {program}. Tell it to call dangwu, in {path}:", program=manager.name,
                     path=str(manager.settings)))  # fmt: skip
    emit(build_manager_lines(manager.name, where.folder))
    if manager.name == "pre-commit":
        session.tell(say("Then: pre-commit install. To have dangwu's own hooks beside it: dangwu hook install --force"))
