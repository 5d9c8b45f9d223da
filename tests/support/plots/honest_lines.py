"""What honest people do with lines of the history: part, record there, and bring them together in every usual way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.plots import records
from tests.support.plots.honest_acts import recorded
from tests.support.plots.plot import EVERYONE, REVIEWED_BY, Plot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from typing import TypeAlias

    Act: TypeAlias = Iterator[datetime]

FORGES = ("forge", "gitee")
TRAILERS = (
    f"合并：本月记录\n\n{REVIEWED_BY}",
    f"Merge pull request #12 from branch/records\n\n会议记录\n\n{REVIEWED_BY}\nSigned-off-by: 王某 <wang@example.org>",
    f"会议记录 (#12)\n\n* 记录\n\n---------\n\n{REVIEWED_BY}",
    "合并\n\nReviewed-by: 云栖镇党委\n <committee@example.org>",
)


def _opened(plot: Plot, who: str) -> str:
    """Let somebody record on a line of their own from now on."""
    name = plot.name_line(who.split(maxsplit=1)[0])
    plot.part(name)
    plot.desk[who] = name
    return name


def _by_self(plot: Plot, name: str, who: str) -> None:
    plot.merge(name, who)


def _by_other(plot: Plot, name: str, who: str) -> None:
    plot.merge(name, "wang" if who != "wang" else "li")


def _by_committee(plot: Plot, name: str, _who: str) -> None:
    plot.marks[plot.merge(name, "committee", says=plot.rng.choice(TRAILERS))] = True
    plot.see()


def _by_office_on_forge(plot: Plot, name: str, _who: str) -> None:
    """Let the committee's office press the button; its address is given as a reviewer's."""
    plot.reviewers = [EVERYONE[each][1] for each in ("office", "committee", "bot")]
    says = f"Merge pull request #7\n\nReviewed-by: {EVERYONE['office'][0]} <{EVERYONE['office'][1]}>"
    plot.marks[plot.merge(name, plot.rng.choice(FORGES), author="office", says=says)] = True
    plot.see()


def _on_forge(plot: Plot, name: str, who: str) -> None:
    plot.merge(name, plot.rng.choice(FORGES), author=who, says=f"Merge pull request #3 from {name}")


def _squashed_on_forge(plot: Plot, name: str, who: str) -> None:
    plot.squash(name, plot.rng.choice(FORGES), author=who, says="会议记录 (#4)\n\n* 记录\n\n* 记录")


def _squashed(plot: Plot, name: str, who: str) -> None:
    plot.squash(name, who)


def _rebased(plot: Plot, name: str, who: str) -> None:
    """Make the commits of the line anew on main, and let main go on with them."""
    other = plot.lines[name]
    new = [path for path in other.files if path not in other.base and other.files[path] is not None]
    plot.lines.pop(name)
    plot.desk = {each: line for each, line in plot.desk.items() if line != name}
    for path in new:
        if path not in plot.main.files:
            plot.commit({path: other.files[path]}, who, says="记录（变基）", written=plot.stamp(who, plot.now))


def _taken_in(plot: Plot, name: str, who: str) -> None:
    """Take main in, and let main go on from there, so that the line is first among the parents."""
    before = dict(plot.main.files)
    _take_main_in(plot, name, who)
    line = plot.lines[name]
    plot.main.head, plot.main.files = line.head, dict(line.files)
    plot.note_arrival(before, plot.main.files, line.head)
    plot.end_line(name)


def _take_main_in(plot: Plot, name: str, who: str) -> None:
    line = plot.lines[name]
    merged: dict[str, str | None] = dict(records.three_way(line.base, line.files, plot.main.files))
    gone = {path: None for path in line.files if path not in merged}
    line.prefix = plot.main.prefix
    plot.commit({**merged, **gone}, who, line=name, says=f"Merge branch 'main' into {name}", also=(plot.main.head,))
    line.base = dict(plot.main.files)


JOINS: tuple[Callable[[Plot, str, str], None], ...] = (
    _by_self, _by_other, _by_committee, _by_committee, _by_office_on_forge, _on_forge, _squashed_on_forge, _squashed,
    _rebased, _taken_in,
)  # fmt: skip


def work_aside(plot: Plot) -> Act:
    """Record on a line of one's own for a week or so, and bring it in."""
    yield plot.after(0, 3)
    who = plot.rng.choice(plot.writers)
    if who in plot.desk:
        return
    name = _opened(plot, who)
    yield from recorded(plot, by=who, line=name)
    yield plot.after(1, 9)
    if name in plot.lines:
        plot.rng.choice(JOINS)(
            plot, name, plot.rng.choice([each for each, line in plot.desk.items() if line == name] or [who])
        )


def month_on_forge(plot: Plot) -> Act:
    """Let the forge bring a month's line in by a squash or a rebase."""
    yield plot.after(0, 3)
    name = plot.name_line("month")
    plot.part(name)
    paths = []
    for _ in range(plot.rng.randint(3, 5)):
        paths.append((yield from recorded(plot, by="li", line=name)))
        yield plot.after(4, 7)
    forge = plot.rng.choice(FORGES)
    if plot.rng.random() < 0.5:
        made = [plot.squash(name, forge, author="li", says="本月记录 (#9)")]
    else:
        texts = {path: plot.text(path, name) for path in paths}
        plot.end_line(name)
        made = [plot.commit({path: text}, forge, author="li") for path, text in texts.items()]
    plot.note("month made anew by the forge", *paths, commits=made)


def renamed_in_the_merge(plot: Plot) -> Act:
    """Give a file its right name in the merge itself."""
    yield plot.after(0, 3)
    name, parted = plot.name_line("side"), plot.now
    plot.part(name)
    path = yield from recorded(plot, line=name)
    yield plot.after(1, 100)
    target = path.replace(path[-5:], "-3.md")
    plot.own.add(target)
    text = plot.text(path, name)
    with plot.quietly():
        made = plot.merge(name, "wang", changes={path: None, target: text})
    plot.renamed[path] = target
    # What the committee saw of main meanwhile was without it.
    plot.note("arrived late" if plot.seen_at > parted else "renamed in the merge", target, commits=(made,))


def octopus(plot: Plot) -> Act:
    """Merge two lines in one commit."""
    yield plot.after(0, 3)
    names = [plot.name_line("arm") for number in (1, 2)]
    for name in names:
        plot.part(name)
        yield from recorded(plot, line=name, by=plot.rng.choice(plot.writers))
    yield plot.after(1, 5)
    first, second = (plot.lines.pop(name) for name in names)
    merged = records.three_way(second.base, records.three_way(first.base, plot.main.files, first.files), second.files)
    plot.commit(dict(merged), "committee", says="合并两条线", also=(first.head, second.head))


def picked(plot: Plot) -> Act:
    """Pick a record from another line, and merge that line later; the file is the same."""
    yield plot.after(0, 3)
    name = plot.name_line("picked")
    plot.part(name)
    path = yield from recorded(plot, by="li", line=name)
    written = plot.stamp("li")
    yield plot.after(1, 3)
    plot.commit({path: plot.text(path, name)}, "wang", says="记录（摘取）", written=written)
    yield plot.after(1, 6)
    made = plot.merge(name, "wang")
    plot.note("picked and merged", path, commits=(made,))


def two_record_one(plot: Plot) -> Act:
    """Let two people record one meeting on two lines; the merge keeps one text."""
    yield plot.after(0, 3)
    name = plot.name_line("double")
    plot.part(name)
    path = yield from recorded(plot, by="li", line=name)
    text = plot.text(path, name)
    yield plot.after(0, 2)
    plot.commit({path: records.another_sentence(text, plot.rng)}, "wang")
    yield plot.after(0, 4)
    made = plot.merge(name, "wang")
    plot.note("two recorded one meeting", path, commits=(made,))


def corrected_on_both(plot: Plot) -> Act:
    """Correct the same minutes on two lines; the merge joins both corrections by hand."""
    yield plot.after(0, 3)
    path = yield from recorded(plot)
    name = plot.name_line("both")
    plot.part(name)
    text = plot.text(path)
    yield plot.after(0, 2)
    placed = records.another_place(text, plot.rng)
    plot.commit({path: placed}, "wang", line=name, says="更正地点\n\n走错了楼层。")
    yield plot.after(0, 2)
    plot.commit({path: records.another_sentence(text, plot.rng)}, "li", says="更正一句\n\n漏了一个词。")
    yield plot.after(0, 2)
    joined = plot.text(path).replace(text.split("place: ")[1].split("\n")[0], placed.split("place: ")[1].split("\n")[0])
    plot.merge(name, "li", changes={path: joined})


def reviewed_on_its_line(plot: Plot) -> Act:
    """Let the committee tag a line that is merged or squashed afterwards, while main goes on."""
    yield plot.after(0, 3)
    name = plot.name_line("proposed")
    plot.part(name)
    yield from recorded(plot, line=name)
    yield plot.after(0, 2)
    head = plot.lines[name].head
    plot.objects.tag(
        f"dangwu/reviewed/{plot.now.date()}-{head[:12]}", head, plot.stamp("committee"), REVIEWED_BY + "\n"
    )
    plot.tell(f"committee tags {head[:12]} as reviewed")
    plot.seen.update(plot.lines[name].files)
    yield plot.after(1, 6)
    if plot.rng.random() < 0.5:
        plot.merge(name, "wang")
    else:
        plot.note("squashed after review", commits=(head, plot.squash(name, "forge", author="wang", says="记录 (#5)")))


def taken_back_and_merged_again(plot: Plot) -> Act:
    """Merge a line, revert the merge the same day, go on with the line, revert the revert, and merge it again."""
    yield plot.after(0, 3)
    name = plot.name_line("again")
    plot.part(name)
    path = yield from recorded(plot, line=name)
    yield plot.after(0, 2)
    plot.merge(name, "wang", keep=True)
    text = plot.text(path)
    yield plot.minutes(20, 200)
    gone = plot.commit({path: None}, "wang", says=f'Revert "合并"\n\nThis reverts commit {plot.main.head}.')
    yield plot.after(0, 1)
    more = yield from recorded(plot, line=name)
    yield plot.after(0, 2)
    with plot.quietly():
        back = plot.commit({path: text}, "wang", says='Revert "Revert"')
    plot.merge(name, "wang")
    plot.note("taken back and returned", path, commits=(gone, back))
    del more


def criss_cross(plot: Plot) -> Act:
    """Let two lines take each other in, again and again, as people who pull do."""
    yield plot.after(0, 3)
    name = plot.name_line("pulled")
    plot.part(name)
    for left in reversed(range(plot.rng.randint(2, 3))):
        yield from recorded(plot, by="li", line=name, days=2)
        yield plot.after(0, 2)
        _take_main_in(plot, name, "li")
        yield plot.after(0, 3)
        plot.merge(name, "wang", keep=left > 0, says="Merge branch 'main' of forge")


def picked_for_good(plot: Plot) -> Act:
    """Pick a record from a line that is thrown away."""
    yield plot.after(0, 3)
    name = plot.name_line("thrown")
    plot.part(name)
    path = yield from recorded(plot, line=name)
    written = plot.stamp("li")
    yield plot.after(0, 5)
    plot.commit({path: plot.text(path, name)}, "wang", written=written, says="记录（摘取）")
    plot.end_line(name)


LINES = (
    work_aside, work_aside, work_aside, work_aside, month_on_forge, renamed_in_the_merge, octopus, picked,
    two_record_one, corrected_on_both, reviewed_on_its_line, reviewed_on_its_line, taken_back_and_merged_again,
    criss_cross, picked_for_good,
)  # fmt: skip
