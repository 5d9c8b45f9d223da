"""Messages about git hooks: their state, the steps of a plan, and the lines for hook managers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dangwu.git.hooks.install import HookAction
from dangwu.git.hooks.script import TOP_FOLDER, quote_for_shell, read_hook_target
from dangwu.git.hooks.status import HookState
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from dangwu.git.hooks.install import HookStep
    from dangwu.git.hooks.status import Hook

_INSTALL_HINT = say("Run: dangwu hook install")


def describe_hook(hook: Hook) -> tuple[Text, Text]:
    """Return the message about a hook's state, and the hint for a state that is not good."""
    name, program = hook.name, hook.manager.name if hook.manager else None
    folders = read_hook_target(hook.raw).folders
    caller = next((configured.name for configured in hook.configured if configured.calls), None)
    if caller is not None and hook.state is HookState.CALLS:
        return say(
            "{hook}: hook.{name} of git's configuration, which calls dangwu", hook=name, name=caller
        ), _INSTALL_HINT
    if program and hook.state is HookState.CALLS:
        return say("{hook}: made by {program}, which calls dangwu", hook=name, program=program), _INSTALL_HINT
    if program and hook.state is HookState.OTHER:
        hint = say(
            "Have {program} run dangwu check --staged --new; dangwu hook install shows the lines.", program=program
        )
        return say("{hook}: made by {program}, which does not call dangwu", hook=name, program=program), hint
    messages = {
        HookState.INSTALLED: say("{hook}: installed by dangwu", hook=name),
        HookState.CALLS: say("{hook}: another hook, which calls dangwu", hook=name),
        HookState.OLDER: say("{hook}: installed by dangwu, but no longer up to date", hook=name),
        HookState.ELSEWHERE: say("{hook}: installed by dangwu for {folders} only", hook=name, folders=folders),
        HookState.OTHER: say("{hook}: another hook, which does not call dangwu", hook=name),
        HookState.IDLE: say("{hook}: not executable, so git ignores it", hook=name),
        HookState.ABSENT: say("{hook}: there is none", hook=name),
    }
    return messages[hook.state], _INSTALL_HINT


def describe_step(step: HookStep) -> Text:
    """Return the message about a step of a plan, planned or done."""
    name, path, other = step.hook.name, str(step.hook.path), str(step.other or step.hook.before)
    messages = {
        HookAction.KEEP: say("{hook}: in order, left as it is: {path}", hook=name, path=path),
        HookAction.WRITE: say("{hook}: installed: {path}", hook=name, path=path),
        HookAction.RENEW: say("{hook}: brought up to date: {path}", hook=name, path=path),
        HookAction.ASIDE: say(
            "{hook}: installed; the earlier hook runs first, kept as {other}", hook=name, other=other
        ),
        HookAction.SHORTEN: say(
            "{hook}: this folder removed; still checked: {folders}",
            hook=name,
            folders=read_hook_target(step.data).folders,
        ),
        HookAction.REMOVE: say("{hook}: removed: {path}", hook=name, path=path),
        HookAction.RESTORE: say("{hook}: removed; the earlier hook is restored: {path}", hook=name, path=path),
        HookAction.LEAVE: say("{hook}: no hook of dangwu for this folder: {path}", hook=name, path=path),
    }
    return messages[step.act]


def build_manager_lines(program: str, folder: str) -> str:
    """Return the settings by which a hook manager runs ``dangwu check`` for the records in one folder."""
    place = "" if folder == TOP_FOLDER else f" -C {quote_for_shell(folder)}"
    command = f"dangwu{place} check --staged --new"
    quoted = json.dumps(command, ensure_ascii=False)
    if program == "pre-commit":
        return _PRE_COMMIT_LINES.format(command=quoted)
    return command if program == "husky" else _LEFTHOOK_LINES.format(command=quoted)


# As in .pre-commit-hooks.yaml, but with the installed dangwu, so that no network is needed.
_PRE_COMMIT_LINES = """\
default_install_hook_types: [pre-commit, pre-merge-commit]
repos:
  - repo: local
    hooks:
      - id: dangwu-check
        name: dangwu check --staged --new
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
