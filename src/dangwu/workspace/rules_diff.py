"""What two states of a branch, or two days, ask differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.changes.rules import changes_between, rule_changes
from dangwu.model.rule_change import Rules
from dangwu.workspace.catalogue import kinds

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.rule_change import RulesDiff
    from dangwu.model.rulebook import Rulebook
    from dangwu.workspace.workspace import Workspace


def between_states(before: Workspace, after: Workspace) -> RulesDiff:
    """Return what changes in the rules from one state of the records to another."""
    return rule_changes(_rules(before), _rules(after), kinds())


def between_days(rulebook: Rulebook, first: date, second: date) -> RulesDiff:
    """Return what one rulebook asks differently on two days."""
    return changes_between(rulebook, first, second, kinds())


def _rules(workspace: Workspace) -> Rules:
    branch = workspace.corpus.branch
    return Rules(workspace.rulebook, branch.settings if branch else {})
