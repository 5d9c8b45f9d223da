"""What two states of a branch, or two days, ask differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.changes.rules import find_changes_between_days, find_rule_changes
from dangwu.model.rule_change import RulesInForce
from dangwu.workspace.catalogue import load_kinds

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.rule_change import RulesDiff
    from dangwu.model.rulebook import Rulebook
    from dangwu.workspace.workspace import Workspace


def compare_states(before: Workspace, after: Workspace) -> RulesDiff:
    """Return what changes in the rules from one state of the records to another."""
    return find_rule_changes(_build_rules_in_force(before), _build_rules_in_force(after), load_kinds())


def compare_days(rulebook: Rulebook, first: date, second: date) -> RulesDiff:
    """Return what one rulebook asks differently on two days."""
    return find_changes_between_days(rulebook, first, second, load_kinds())


def _build_rules_in_force(workspace: Workspace) -> RulesInForce:
    branch = workspace.corpus.branch
    return RulesInForce(workspace.rulebook, branch.settings if branch else {})
