"""The list of all fakes, by the name that ``tests/histories/fakes.yaml`` has for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.plots import fakes_days, fakes_edits, fakes_facts, fakes_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from tests.support.plots.plot import Plot

_ACTS = (
    fakes_edits.edited_after_review, fakes_edits.edited_in_two_steps, fakes_edits.ledger_rewritten_after_review,
    fakes_edits.roster_rewritten_after_review, fakes_edits.edited_while_all_is_moved,
    fakes_edits.edited_with_other_line_ends, fakes_edits.hidden_away, fakes_edits.edited_in_a_merge,
    fakes_edits.edited_with_a_rename, fakes_edits.edited_on_a_line_beside, fakes_edits.edited_on_a_line_squashed,
    fakes_edits.edited_on_a_line_after_summary, fakes_edits.edited_after_summary,
    fakes_edits.exchanged_under_the_old_name, fakes_edits.exchanged_in_one_commit, fakes_edits.brought_back_changed,
    fakes_edits.brought_back_of_another_day, fakes_edits.moved_out_and_back_changed, fakes_edits.deleted,
    fakes_edits.deleted_in_a_merge, fakes_edits.left_out_by_a_merge, fakes_edits.edit_left_out, fakes_edits.moved_day,
    fakes_edits.moved_day_in_a_merge, fakes_days.recorded_late, fakes_days.recorded_late_in_a_merge,
    fakes_days.back_dated, fakes_days.late_in_the_life_of_another, fakes_days.in_one_sitting,
    fakes_days.written_later, fakes_days.future, fakes_marks.merged_by_its_writer,
    fakes_marks.merged_from_a_second_address, fakes_marks.merged_by_a_hidden_writer,
    fakes_marks.merged_unsigned_in_the_committees_name, fakes_marks.reviewed_by_its_writer,
    fakes_marks.tag_signed_by_nobody, fakes_marks.tag_of_another_commit, fakes_marks.amended_after_anchor,
    fakes_marks.amended_after_tag, fakes_marks.dropped_after_anchor, fakes_marks.begun_anew_after_anchor,
    fakes_marks.anchor_of_another_tree, fakes_marks.anchor_before_its_commit, fakes_marks.anchor_under_an_old_name,
    fakes_marks.delivered_late, fakes_marks.seen_and_edited_after_a_fast_forward, fakes_marks.deleted_after_review,
    fakes_facts.duties_added_to_a_waiver, fakes_facts.exemption_entered_late, fakes_facts.payment_entered_late,
    fakes_facts.rule_switched_off_late, fakes_facts.limit_raised, fakes_facts.targets_changed_after_assessment,
    fakes_facts.points_changed_after_publication, fakes_facts.attendance_changed_months_later,
    fakes_facts.minutes_of_another_group, fakes_facts.minutes_before_the_meeting, fakes_facts.decision_recorded_late,
)  # fmt: skip
FAKES: Mapping[str, Callable[[Plot], Iterator[datetime]]] = {act.__name__.replace("_", " "): act for act in _ACTS}
