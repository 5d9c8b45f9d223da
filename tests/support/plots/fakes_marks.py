"""Fakes of what the committee has seen: reviews nobody else made, anchors that do not fit, histories made anew."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.support.plots import records
from tests.support.plots.fakes_days import minutes_of, pass_unrecorded
from tests.support.plots.fakes_edits import see, seen_record
from tests.support.plots.honest_acts import recorded
from tests.support.plots.plot import EVERYONE, REVIEWED_BY

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from datetime import datetime
    from typing import TypeAlias

    from tests.support.plots.plot import Plot

    Act: TypeAlias = Iterator[datetime]

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIXlCJYVZYLUcbhJUyBb1xFuRCXpP2fQLhHwYxsNXVCz"
"""A public key; nobody here has the other half."""
SIGNED_BY_NOBODY = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n"


def _line_of_own(plot: Plot, by: str = "li") -> Generator[datetime, None, str]:
    name = plot.name_line("own")
    plot.part(name)
    yield from recorded(plot, by=by, line=name)
    yield plot.after(0, 5)
    return name


def merged_by_its_writer(plot: Plot) -> Act:
    """The writer presses the button of the forge, with a line Reviewed-by."""
    yield plot.after(0, 2)
    writer = plot.rng.choice(plot.writers)
    name = yield from _line_of_own(plot, writer)
    forge = plot.rng.choice(("forge", "gitee"))
    made = plot.merge(name, forge, author=writer, says=f"Merge pull request #8 from records\n\n{REVIEWED_BY}")
    plot.marks[made] = False
    plot.fake(made)


def merged_from_a_second_address(plot: Plot) -> Act:
    yield plot.after(0, 2)
    name = yield from _line_of_own(plot)
    made = plot.merge(name, "li at home", says=f"合并\n\n{REVIEWED_BY}")
    plot.marks[made] = False
    plot.fake(made)


def merged_by_a_hidden_writer(plot: Plot) -> Act:
    """Zhao writes records in Li's name, and merges them in their own."""
    name = plot.name_line("own")
    plot.part(name)
    path = yield from recorded(plot, by="wang", line=name)
    yield plot.after(1, 2)
    plot.commit({path: records.another_sentence(plot.text(path, name), plot.rng)}, "zhao", author="li", line=name)
    yield plot.after(1, 5)
    made = plot.merge(name, "zhao", says=f"合并\n\n{REVIEWED_BY}")
    plot.marks[made] = False
    plot.fake(made)


def merged_unsigned_in_the_committees_name(plot: Plot) -> Act:
    """The committee's key is on the list; a merge in its name bears no signature."""
    yield plot.after(0, 2)
    plot.signers = f"{EVERYONE['committee'][1]} {KEY}\n"
    name = yield from _line_of_own(plot)
    made = plot.merge(name, "committee", says=f"合并\n\n{REVIEWED_BY}")
    plot.marks[made] = False
    plot.fake(made)


def reviewed_by_its_writer(plot: Plot) -> Act:
    """A line Reviewed-by in the commit that records."""
    yield plot.after(0, 2)
    held = records.Held(plot.now.date(), "committee-meeting", "-9")
    plot.own.add(held.path)
    made = plot.commit({held.path: records.minutes(held, plot.rng)}, "wang", says=f"记录\n\n{REVIEWED_BY}")
    plot.marks[made] = False
    plot.fake(held.path, made)


def tag_signed_by_nobody(plot: Plot) -> Act:
    yield plot.after(0, 2)
    plot.signers = f"{EVERYONE['committee'][1]} {KEY}\n"
    head = plot.main.head
    name = f"dangwu/reviewed/{plot.now.date()}-{head[:12]}"
    plot.objects.tag(name, head, plot.stamp("committee"), f"已审阅\n\n{REVIEWED_BY}\n{SIGNED_BY_NOBODY}")
    plot.fake(head)


def tag_of_another_commit(plot: Plot) -> Act:
    """The tag's name says one commit, the tag is on a later one, in which a record is changed."""
    path = yield from recorded(plot)
    named = plot.main.head
    yield plot.after(1, 9)
    made = plot.commit({path: records.one_absence_less(plot.text(path))}, "li")
    name = f"dangwu/reviewed/{plot.now.date()}-{named[:12]}"
    plot.objects.tag(name, made, plot.stamp("committee"), f"已审阅\n\n{REVIEWED_BY}\n")
    plot.fake(path, named, made)


def amended_after_anchor(plot: Plot) -> Act:
    """The last commit is made anew with another content, after the committee has kept a line."""
    path = yield from _before(plot)
    text = plot.text(path)
    plot.anchor()
    gone = _drop(plot)
    yield plot.minutes(5, 9)
    made = plot.commit({**gone[1], path: records.one_absence_less(text)}, "li")
    plot.fake(gone[0], made)


def amended_after_tag(plot: Plot) -> Act:
    path = yield from _before(plot)
    text = plot.text(path)
    plot.review()
    gone = _drop(plot)
    yield plot.minutes(5, 9)
    made = plot.commit({**gone[1], path: records.one_absence_less(text)}, "li")
    plot.fake(gone[0], made)


def dropped_after_anchor(plot: Plot) -> Act:
    yield from _before(plot)
    plot.anchor()
    plot.fake(_drop(plot)[0])
    yield plot.minutes(1, 2)
    plot.commit({}, "li", says="整理")


def begun_anew_after_anchor(plot: Plot) -> Act:
    """All files are there, nothing of their history is: no line is left that could bring it back."""
    yield from _before(plot)
    plot.anchor()
    head = plot.main.head
    yield plot.minutes(5, 900)
    while len(plot.lines) > 1:
        yield plot.after(1, 3)
    plot.main.head = ""
    plot.fake(head, plot.commit({}, "li", says="建立记录库"))


def _before(plot: Plot) -> Generator[datetime, None, str]:
    """Record a meeting on main in the commit that is the last one, while no other line is open."""
    path = yield from recorded(plot)
    while len(plot.lines) > 1:
        yield plot.after(1, 3)
    plot.commit({path: records.another_sentence(plot.text(path), plot.rng)}, "li")
    return path


def _drop(plot: Plot) -> tuple[str, dict[str, str | None]]:
    """Take the last commit from main; return its id, and the files that it had."""
    gone, files = plot.main.head, dict(plot.main.files)
    plot.main.head = plot.objects.parents_of(gone)[0]
    plot.main.files = dict(plot.states[plot.main.head])
    return gone, dict(files)


def anchor_of_another_tree(plot: Plot) -> Act:
    """A line kept is changed: its commit is there, but with another tree than it says."""
    yield from see(plot)
    plot.anchor()
    line = plot.anchors.pop().split(" ", 5)
    line[3] = plot.objects.tree_of(plot.objects.parents_of(plot.main.head)[0])
    if line[3] == plot.objects.tree_of(plot.main.head):
        line[3] = "0" * 39 + "1"
    plot.anchors.append(" ".join(line))
    plot.fake(plot.main.head)


def anchor_before_its_commit(plot: Plot) -> Act:
    """A line kept says a day on which its commit was not made yet: it silences what came late."""
    path = yield from pass_unrecorded(plot)
    made = plot.commit({path: minutes_of(plot, path)}, "li")
    plot.anchor()
    line = plot.anchors.pop().split(" ", 5)
    line[1] = str(date.fromisoformat(path[14:24]) + timedelta(days=2))
    plot.anchors.append(" ".join(line))
    plot.fake(path, made)


def anchor_under_an_old_name(plot: Plot) -> Act:
    """What an older line names is made anew; the branch has had another name since, and a newer line has that."""
    path = yield from _before(plot)
    plot.anchor()
    text = plot.text(path)
    gone = _drop(plot)
    plot.commit({**gone[1], path: records.one_absence_less(text)}, "li")
    yield plot.minutes(5, 900)
    plot.name = "青禾智造党支部"
    branch = re.sub("zh: [^,]+", f"zh: {plot.name}", plot.text("branch.yaml"), count=1)
    plot.commit({"branch.yaml": branch}, "wang", says="支部更名")
    yield plot.minutes(5, 900)
    plot.anchor()
    plot.fake(gone[0])


def delivered_late(plot: Plot) -> Act:
    """Its commit says the day after the meeting; an anchor taken long after that is without it."""
    path = yield from pass_unrecorded(plot)
    plot.anchor()
    kept = plot.main.head
    yield plot.minutes(5, 900)
    said = plot.now.fromisoformat(f"{path[14:24]}T18:00:00+08:00") + timedelta(days=1)
    stamp = plot.stamp("li")._replace(seconds=int(said.timestamp()))
    plot.fake(path, kept, plot.commit({path: minutes_of(plot, path)}, "li", stamp=stamp))


def seen_and_edited_after_a_fast_forward(plot: Plot) -> Act:
    """The edit is made on a line that takes main in, and main goes on from there."""
    path = yield from recorded(plot)
    name = plot.name_line("forward")
    plot.part(name)
    made = plot.commit({path: records.one_absence_less(plot.text(path, name))}, "li", line=name)
    yield from see(plot, ("anchor", "merge"))
    yield plot.after(1, 9)
    line = plot.lines[name]
    merged = records.three_way(line.base, line.files, plot.main.files)
    line.prefix = plot.main.prefix
    joined = plot.commit(dict(merged), "li", line=name, says="Merge branch 'main'", also=(plot.main.head,))
    plot.main.head, plot.main.files = line.head, dict(line.files)
    del plot.lines[name]
    plot.fake(path, made, joined)


def deleted_after_review(plot: Plot) -> Act:
    path = yield from seen_record(plot)
    plot.fake(path, plot.commit({path: None}, "li"))
