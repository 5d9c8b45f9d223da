"""Differences between the rules of two states of a branch, or of two days."""

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
    """Compare the rules in force in two states of the records."""
    return find_rule_changes(_build_rules_in_force(before), _build_rules_in_force(after), load_kinds())


def compare_days(rulebook: Rulebook, first: date, second: date) -> RulesDiff:
    """Compare the duties of one rulebook on two days."""
    return find_changes_between_days(rulebook, first, second, load_kinds())


def _build_rules_in_force(workspace: Workspace) -> RulesInForce:
    branch = workspace.corpus.branch
    return RulesInForce(workspace.rulebook, branch.settings if branch else {})
