"""Hooks put in and taken out, so that a hook of somebody else is never lost: planned as a whole, then carried out."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError, DangwuError
from dangwu.files.write import reason, write_file
from dangwu.git.hooks.script import Fit, fit_of, merged, written
from dangwu.git.hooks.status import BEFORE, Hook, Place, State, own_python
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


class Act(Enum):
    """What is done about one hook."""

    KEEP = auto()
    WRITE = auto()
    RENEW = auto()
    ASIDE = auto()
    SHORTEN = auto()
    REMOVE = auto()
    RESTORE = auto()
    LEAVE = auto()


class Step(NamedTuple):
    """One hook and what is done about it; ``data`` is what is written, ``other`` where the earlier hook goes or is."""

    act: Act
    hook: Hook
    data: bytes = b""
    other: Path | None = None


def installing(where: Place, hooks: Iterable[Hook], templates: Mapping[str, bytes], *, force: bool) -> tuple[Step, ...]:
    """Plan to install. CannotRunError where that would change other repositories, or lose a hook."""
    if where.shared and not force:
        message = say("The hooks are in {path}, and other repositories may use them too.", path=str(where.hooks))
        hint = say(
            'For this repository alone: git config core.hooksPath "{path}"; then dangwu hook install. '
            "For all that use them: dangwu hook install --force",
            path=str(where.own),
        )
        raise CannotRunError(message, hint)
    return tuple(_install(where, hook, templates[hook.name], force=force) for hook in hooks)


def _install(where: Place, hook: Hook, template: bytes, *, force: bool) -> Step:
    if hook.state is State.CALLS and not force:
        return Step(Act.KEEP, hook)
    data = written(template, _fit(where, hook))
    if hook.state is State.ABSENT:
        return Step(Act.WRITE, hook, data)
    if hook.ours:
        return Step(Act.KEEP if hook.raw == data and hook.state is not State.IDLE else Act.RENEW, hook, data)
    other = hook.path.with_name(_kept(hook))
    if hook.before is not None:
        hint = say("See which of the two is wanted, and delete the other.")
        raise CannotRunError(
            say("{path} would be kept as {other}, but that exists already.", path=str(hook.path), other=str(other)),
            hint,
        )
    return Step(Act.ASIDE, hook, data, other)


def _kept(hook: Hook) -> str:
    """Return the name under which a hook is kept: ``.exe`` stays at its end, or Windows would not run it."""
    return f"{hook.name}{BEFORE}{hook.path.name.removeprefix(hook.name)}"


def _fit(where: Place, hook: Hook) -> Fit:
    """Return what the hook is to be written for: this folder, and those that it judges already and that still are."""
    known = fit_of(hook.raw).folders if hook.ours else ()
    # In hooks of many repositories the folders of the others are not to be seen from here.
    still = (each for each in known if where.shared or os.path.isfile(where.top / each / "branch.yaml"))  # noqa: PTH113
    return Fit(merged(still, where.folder), own_python() if where.private else "", shared=where.shared)


def uninstalling(where: Place, hooks: Iterable[Hook]) -> tuple[Step, ...]:
    """Plan to uninstall: what others put there is left, and what stood there before ours comes back."""
    return tuple(_uninstall(where, hook) for hook in hooks)


def _uninstall(where: Place, hook: Hook) -> Step:
    if hook.ours:
        fit = fit_of(hook.raw)
        if where.folder not in fit.folders:
            return Step(Act.LEAVE, hook)
        left = tuple(each for each in fit.folders if each != where.folder)
        if left:
            return Step(Act.SHORTEN, hook, written(hook.raw, fit._replace(folders=left)))
        return Step(Act.RESTORE if hook.before else Act.REMOVE, hook, other=hook.before)
    if hook.before and hook.state is State.ABSENT:
        return Step(Act.RESTORE, hook, other=hook.before)
    return Step(Act.LEAVE, hook)


def carry_out(steps: Iterable[Step]) -> None:
    """Do what was planned. CannotRunError when the system refuses; a hook that was moved is then back in its place."""
    for step in steps:
        try:
            _do(step)
        except OSError as error:
            message = say("{path} was not changed: {reason}.", path=str(step.hook.path), reason=reason(error))
            raise CannotRunError(message) from error


def _do(step: Step) -> None:
    path, other = step.hook.path, step.other
    if step.act is Act.ASIDE and other is not None:
        _move(path, other)
        try:
            _write(path.with_name(step.hook.name), step.data)
        except (DangwuError, OSError):
            with suppress(OSError):
                path.with_name(step.hook.name).unlink(missing_ok=True)
            _move(other, path)
            raise
    elif step.act in {Act.WRITE, Act.RENEW, Act.SHORTEN}:
        _write(path, step.data)
    elif step.act is Act.REMOVE:
        path.unlink()
    elif step.act is Act.RESTORE and other is not None:
        target = path.with_name(other.name.replace(BEFORE, "", 1))
        if step.hook.ours:
            path.unlink()
        _move(other, target)


def _move(source: Path, target: Path) -> None:
    """Give a file another name, its mode and bytes untouched; never over one that is there."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    source.rename(target)


def _write(path: Path, data: bytes) -> None:
    write_file(path, data, force=True)
    path.chmod(0o755)
