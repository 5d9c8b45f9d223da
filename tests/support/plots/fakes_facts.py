"""Fakes of facts: what counts from a day is entered long after it, what was settled is changed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.support.examples import EXAMPLES
from tests.support.plots import records
from tests.support.plots.fakes_edits import see
from tests.support.plots.honest_acts import recorded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import TypeAlias

    from tests.support.plots.plot import Plot

    Act: TypeAlias = Iterator[datetime]


def _example(path: str) -> str:
    return (EXAMPLES / path).read_text(encoding="utf-8")


def duties_added_to_a_waiver(plot: Plot) -> Act:
    """The committee has seen the waiver; it waives more than that afterwards."""
    day = plot.now.date()
    path = f"waivers/2026/{day}-own.yaml"
    month = f"{day.month:02d}"
    yield plot.after(0, 4)
    plot.commit({path: records.waiver(day, (f"3.1/2026-{month}/g2",))}, "wang", says="免办说明")
    yield from see(plot)
    yield plot.after(2, 30)
    plot.fake(path, plot.commit({path: records.waiver(day, (f"3.1/2026-{month}/g2", f"3.1/2026-{month}/g1"))}, "wang"))


def exemption_entered_late(plot: Plot) -> Act:
    """A member is exempt from a day that is months ago."""
    day = plot.now.date()
    yield plot.after(80, 120)
    text = plot.text("members/m006.yaml")
    row = (
        f"exemptions:\n  - {{from: {day}, to: {day + timedelta(days=60)}, reason: seconded, approved_by: 支部委员会}}\n"
    )
    plot.fake("members/m006.yaml", plot.commit({"members/m006.yaml": text + row}, "wang"))


def payment_entered_late(plot: Plot) -> Act:
    """Dues of the year before are entered as paid then."""
    head = (
        "schema: 1\nkind: dues\nyear: 2025\ncollector: m002\nmembers:\n  - member: m001\n    assessed: 60\n    paid:\n"
    )
    rows = [f"      - {{month: 2025-{month:02d}, date: 2025-{month:02d}-12}}\n" for month in range(1, 13)]
    yield plot.after(0, 2)
    plot.commit({"dues/2025.yaml": head + "".join(rows[:9])}, "wang", says="党费")
    yield plot.after(80, 120)
    plot.fake("dues/2025.yaml", plot.commit({"dues/2025.yaml": head + "".join(rows)}, "wang", says="党费"))


def rule_switched_off_late(plot: Plot) -> Act:
    """A rule is off from a day that is months ago."""
    day = plot.now.date()
    yield plot.after(80, 120)
    made = plot.commit({"rules/own.yaml": records.amendment("3.4", day, "off: true")}, "wang", says="制度修订")
    plot.fake("rules/own.yaml", made)


def limit_raised(plot: Plot) -> Act:
    """The limit for late records is raised, and what came late is in time."""
    held = records.Held(plot.now.date(), "committee-meeting", "-9")
    plot.own.add(held.path)
    yield plot.after(40, 60)
    text = plot.text("branch.yaml").replace("recorded_within_days: 15", "recorded_within_days: 180")
    made = plot.commit({"branch.yaml": text}, "wang", says="设置")
    yield plot.after(0, 3)
    plot.fake("branch.yaml", held.path, made, plot.commit({held.path: records.minutes(held, plot.rng)}, "li"))


def targets_changed_after_assessment(plot: Plot) -> Act:
    path = "targets/2026/m006.yaml"
    text = _example("DW853/good/targets/2026/m006.yaml")
    yield plot.after(0, 2)
    plot.commit({path: text}, "wang", says="目标")
    yield plot.now.replace(month=8, day=plot.rng.randint(1, 9))
    assessed = _example("DW855/good/appraisals/2025/m006.yaml").replace("year: 2025", "year: 2026")
    plot.commit({"appraisals/2026/m006.yaml": assessed}, "wang", says="测评")
    yield plot.after(3, 30)
    plot.fake(path, plot.commit({path: text.replace("不少于六次", "不少于两次")}, "wang"))


def points_changed_after_publication(plot: Plot) -> Act:
    path = "appraisals/2025/m006.yaml"
    text = _example("DW855/good/appraisals/2025/m006.yaml")
    yield plot.after(0, 2)
    plot.commit({path: text}, "wang", says="测评")
    yield plot.after(20, 60)
    better = text.replace("self: 28, peer: 27, branch: 27", "self: 30, peer: 30, branch: 30")
    plot.fake(path, plot.commit({path: better.replace("91.5", "93.5")}, "wang"))


def attendance_changed_months_later(plot: Plot) -> Act:
    """Nobody had seen the record; four months later one was not absent."""
    path = yield from recorded(plot)
    yield plot.after(115, 140)
    plot.fake(path, plot.commit({path: records.one_absence_less(plot.text(path))}, "li"))


def minutes_of_another_group(plot: Plot) -> Act:
    """The minutes of one group become those of the other."""
    held = records.Held(plot.now.date(), "group-meeting-g1", "-9")
    plot.own.add(held.path)
    yield plot.after(0, 3)
    plot.record(held, "li", line="main")
    yield plot.after(20, 60)
    other = held._replace(what="group-meeting-g2")
    plot.own.add(other.path)
    text = re.sub("^group: g1$", "group: g2", plot.text(held.path), flags=re.MULTILINE)
    plot.fake(held.path, other.path, plot.commit({held.path: None, other.path: text}, "li"))


def minutes_before_the_meeting(plot: Plot) -> Act:
    """The minutes are in the history days before the meeting is held."""
    yield plot.after(0, 2)
    held = records.Held(plot.now.date() + timedelta(days=plot.rng.randint(3, 12)), "committee-meeting", "-9")
    plot.own.add(held.path)
    plot.fake(held.path, plot.commit({held.path: records.minutes(held, plot.rng)}, "wang"))


def decision_recorded_late(plot: Plot) -> Act:
    """A waiver says a day that is months ago."""
    day = plot.now.date()
    path = f"waivers/2026/{day}-own.yaml"
    yield plot.after(60, 100)
    plot.fake(path, plot.commit({path: records.waiver(day, (f"3.1/2026-{day.month:02d}/g2",))}, "wang"))
