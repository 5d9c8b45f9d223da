"""Installing and uninstalling git hooks in two phases, planning and execution, without losing a foreign hook."""

from __future__ import annotations

import os
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError
from dangwu.files.leftovers import remove_leftovers
from dangwu.files.transaction import HOOKS_JOURNAL_PATH, settle_unfinished, write_changes
from dangwu.git.hooks.script import HookTarget, merge_folders, read_hook_target, render_hook
from dangwu.git.hooks.status import BEFORE_SUFFIX, Hook, HookPlace, HookState, find_own_python
from dangwu.model.file_change import FileChange, FileMove
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from dangwu.files.transaction import Settled
    from dangwu.model.file_change import FileStep

_PROGRAM_MODE = 0o755


class HookAction(Enum):
    """What to do with one hook.

    ``ASIDE`` renames a foreign hook and writes ours, ``SHORTEN`` removes one folder from ours, ``RESTORE`` brings the
    renamed hook back, ``LEAVE`` does nothing because the hook does not concern this folder.
    """

    KEEP = auto()
    WRITE = auto()
    RENEW = auto()
    ASIDE = auto()
    SHORTEN = auto()
    REMOVE = auto()
    RESTORE = auto()
    LEAVE = auto()


class HookStep(NamedTuple):
    """One action on a hook; ``data`` are the bytes to write, ``other`` is the path of the renamed foreign hook."""

    act: HookAction
    hook: Hook
    data: bytes = b""
    other: Path | None = None


def plan_install(
    where: HookPlace, hooks: Iterable[Hook], templates: Mapping[str, bytes], *, force: bool
) -> tuple[HookStep, ...]:
    """Plan the installation; CannotRunError when it would change other repositories or lose a hook."""
    if where.shared and not force:
        message = say("The hooks are in {path}, and other repositories may use them too.", path=str(where.hooks))
        hint = say(
            'For this repository alone: git config core.hooksPath "{path}"; then dangwu hook install. '
            "For all that use them: dangwu hook install --force",
            path=str(where.own),
        )
        raise CannotRunError(message, hint)
    return tuple(_plan_hook_install(where, hook, templates[hook.name], force=force) for hook in hooks)


def _plan_hook_install(where: HookPlace, hook: Hook, template: bytes, *, force: bool) -> HookStep:
    if hook.state is HookState.CALLS and not force:
        return HookStep(HookAction.KEEP, hook)
    data = render_hook(template, _build_target(where, hook))
    if hook.state is HookState.ABSENT:
        return HookStep(HookAction.WRITE, hook, data)
    if hook.ours:
        return HookStep(
            HookAction.KEEP if hook.raw == data and hook.state is not HookState.IDLE else HookAction.RENEW, hook, data
        )
    other = hook.path.with_name(_build_kept_name(hook))
    if hook.before is not None:
        hint = say("See which of the two is wanted, and delete the other.")
        raise CannotRunError(
            say("{path} would be kept as {other}, but that exists already.", path=str(hook.path), other=str(other)),
            hint,
        )
    return HookStep(HookAction.ASIDE, hook, data, other)


def _build_kept_name(hook: Hook) -> str:
    """Return the new name of a foreign hook; ``.exe`` stays at the end, as Windows requires."""
    return f"{hook.name}{BEFORE_SUFFIX}{hook.path.name.removeprefix(hook.name)}"


def _build_target(where: HookPlace, hook: Hook) -> HookTarget:
    """Return the target of the hook: this folder, and the folders it checks already that still have records."""
    known = read_hook_target(hook.raw).folders if hook.ours else ()
    # In hooks shared by several repositories the folders of the others cannot be looked up from here.
    current = [name for name in known if where.shared or os.path.isfile(where.top / name / "branch.yaml")]  # noqa: PTH113
    return HookTarget(
        merge_folders(current, where.folder), find_own_python() if where.private else "", shared=where.shared
    )


def plan_uninstall(where: HookPlace, hooks: Iterable[Hook]) -> tuple[HookStep, ...]:
    """Plan the removal: foreign hooks are left, and a hook renamed by the installation is restored."""
    return tuple(_plan_hook_uninstall(where, hook) for hook in hooks)


def _plan_hook_uninstall(where: HookPlace, hook: Hook) -> HookStep:
    if hook.ours:
        target = read_hook_target(hook.raw)
        if where.folder not in target.folders:
            return HookStep(HookAction.LEAVE, hook)
        left = tuple(folder for folder in target.folders if folder != where.folder)
        if left:
            return HookStep(HookAction.SHORTEN, hook, render_hook(hook.raw, target._replace(folders=left)))
        return HookStep(HookAction.RESTORE if hook.before else HookAction.REMOVE, hook, other=hook.before)
    if hook.before and hook.state is HookState.ABSENT:
        return HookStep(HookAction.RESTORE, hook, other=hook.before)
    return HookStep(HookAction.LEAVE, hook)


def settle_hooks(where: HookPlace) -> Settled | None:
    """Complete or take back an installation that was broken off, and remove its temporary files; None without one."""
    remove_leftovers(where.hooks, below=False)
    return settle_unfinished(where.hooks, _choose_journal(where))


def carry_out_steps(where: HookPlace, steps: Iterable[HookStep]) -> None:
    """Carry out a plan, all of it or nothing; CannotRunError when the system refuses."""
    file_steps = [file_step for step in steps for file_step in build_file_steps(step)]
    if file_steps:
        write_changes(where.hooks, file_steps, _choose_journal(where), "hook")


def _choose_journal(where: HookPlace) -> Path:
    """Return the journal's place in the common git directory, for hooks that lie elsewhere too."""
    return where.own.parent.joinpath(*HOOKS_JOURNAL_PATH)


def build_file_steps(step: HookStep) -> Iterator[FileStep]:
    """Yield the changes of files that make up an action on a hook."""
    path, other, ours = step.hook.path.name, step.other, step.hook.raw
    if step.act is HookAction.ASIDE and other is not None:
        yield FileMove(path, other.name)
        yield FileChange(step.hook.name, None, step.data, _PROGRAM_MODE)
    elif step.act is HookAction.WRITE:
        yield FileChange(path, None, step.data, _PROGRAM_MODE)
    elif step.act in {HookAction.RENEW, HookAction.SHORTEN}:
        yield FileChange(path, ours, step.data, _PROGRAM_MODE)
    elif step.act is HookAction.REMOVE:
        yield FileChange(path, ours, None)
    elif step.act is HookAction.RESTORE and other is not None:
        if step.hook.ours:
            yield FileChange(path, ours, None)
        yield FileMove(other.name, other.name.replace(BEFORE_SUFFIX, "", 1))
