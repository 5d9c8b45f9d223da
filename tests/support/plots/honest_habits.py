"""What honest people's computers and habits do: clocks, zones, new machines, other ways of writing the same."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.support.plots import records
from tests.support.plots.honest_acts import WHAT

if TYPE_CHECKING:
    from tests.support.plots.honest_acts import Act
    from tests.support.plots.plot import Plot


def hand_over(plot: Plot) -> Act:
    """Let another member take over from Li; or Li writes from a new computer."""
    yield plot.after(0, 0)
    heir = plot.rng.choice(("zhao", "li at home"))
    plot.writers = [heir if who == "li" else who for who in plot.writers]
    if "li" in plot.desk:
        plot.desk[heir] = plot.desk.pop("li")


def clock_by_minutes(plot: Plot) -> Act:
    """Let a clock be off by minutes, for good."""
    yield plot.now
    plot.skew[plot.rng.choice(("li", "wang"))] = timedelta(minutes=plot.rng.randint(-25, 25))


def clock_by_hours(plot: Plot) -> Act:
    """Let a clock be off by hours for some weeks, as with a wrong zone."""
    yield plot.after(0, 30)
    who = plot.rng.choice(plot.writers)
    plot.skew[who] = timedelta(hours=plot.rng.choice((-8, -3, -2, 2, 5, 8)))
    plot.note("a clock off by hours")
    yield plot.after(10, 60)
    plot.skew.pop(who)


def zones(plot: Plot) -> Act:
    """Let a computer write times in another zone."""
    yield plot.now
    plot.zone[plot.rng.choice(("li", "wang", "committee"))] = plot.rng.choice(("+0000", "-0500", "+1400", "-1200"))


def flat_battery(plot: Plot) -> Act:
    """Let a computer begin again at 2020 whenever it is switched on, for one commit or a few."""
    yield plot.after(0, 60)
    plot.flat[plot.rng.choice(plot.writers)] = plot.rng.randint(1, 6)


def committee_with_flat_battery(plot: Plot) -> Act:
    """Let the committee's own computer begin again at 2020."""
    yield plot.after(0, 60)
    plot.flat["committee"] = 1
    plot.review()


def at_one_second(plot: Plot) -> Act:
    """Record two meetings of one week with a script, in the same second."""
    first = records.Held(plot.now.date(), WHAT[0], "-4")
    second = records.Held(plot.now.date() + timedelta(days=2), WHAT[1], "-4")
    if first.path not in plot.own and second.path not in plot.own:
        plot.own |= {first.path, second.path}
        yield plot.after(3, 9)
        stamp = plot.stamp("li")
        for held in (first, second):
            plot.commit({held.path: records.minutes(held, plot.rng)}, "li", stamp=stamp)


def format_only(plot: Plot) -> Act:
    """Write files another way; no word changes."""
    yield plot.after(0, 0)
    paths = plot.old_minutes()[:4]
    how = plot.rng.choice(FORMATS)
    with plot.quietly():
        plot.commit({path: how(plot.text(path)) for path in paths}, "wang", says="统一格式")


def _key_first(text: str) -> str:
    """Move the place to the front of the fields."""
    (line,) = (line for line in text.split("\n") if line.startswith("place:"))
    return text.replace(f"{line}\n", "", 1).replace("---\n", f"---\n{line}\n", 1)


FORMATS = (
    lambda text: text + "\n", lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, _key_first,
    lambda text: text.replace("present: [", "present:   ["), lambda text: text.replace("\n\n", "\n\n\n"),
    lambda text: text.replace("leave: []", "leave: [ ]"),
)  # fmt: skip
