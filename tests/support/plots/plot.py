"""A history in the making: people with clocks, lines that part and come together, and what the committee keeps of it.

Days and times are those at the place of the branch; ``now`` is the true time, which no clock need agree with.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple

from tests.histories.acting import PEOPLE
from tests.support.plots import records
from tests.support.plots.objects import Objects, Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from random import Random

    from tests.support.plots.records import Held

CHINA = timezone(timedelta(hours=8))
BEGUN = datetime(2026, 1, 5, 9, 30, tzinfo=CHINA)
GRACE = 15
BATTERY = datetime(2020, 1, 1, tzinfo=CHINA)
EVERYONE = {
    **PEOPLE,
    "li at home": ("李某", "li.home@example.net"),
    "office": ("云栖镇党委组织办", "office@example.org"),
    "bot": ("云栖镇党委", "bot@example.org"),
    "forge": ("GitHub", "noreply@github.com"),
    "gitee": ("Gitee", "noreply@gitee.com"),
}
REVIEWED_BY = f"Reviewed-by: {PEOPLE['committee'][0]} <{PEOPLE['committee'][1]}>"


class Event(NamedTuple):
    """Something that may be told: of which kind, the records, and the commits, as they are called at the end."""

    kind: str
    paths: tuple[str, ...] = ()
    commits: tuple[str, ...] = ()


@dataclass
class Line:
    """A line of the history: its last commit, its files, and the commit and files where it parted from main."""

    head: str
    files: dict[str, str]
    prefix: str
    base: Mapping[str, str]


@dataclass
class Plot:
    """All that happened so far; ``story`` says it in lines that a person can read."""

    rng: Random
    now: datetime = BEGUN
    objects: Objects = field(default_factory=Objects)
    lines: dict[str, Line] = field(default_factory=dict)
    desk: dict[str, str] = field(default_factory=dict)
    skew: dict[str, timedelta] = field(default_factory=dict)
    flat: dict[str, int] = field(default_factory=dict)
    zone: dict[str, str] = field(default_factory=dict)
    writers: list[str] = field(default_factory=lambda: ["li", "wang"])
    seen: dict[str, str] = field(default_factory=dict)
    seen_at: datetime = BEGUN
    summed_up: datetime | None = None
    commits: int = 0
    named: int = 0
    states: dict[str, dict[str, str]] = field(default_factory=dict)
    """The files of each commit."""
    name: str = "青禾精工党支部"
    anchors: list[str] = field(default_factory=list)
    reviewers: list[str] = field(default_factory=list)
    signers: str = ""
    story: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    """Records that a fake or an act has for itself: no other act touches them."""
    marks: dict[str, bool] = field(default_factory=dict)
    """Commits with a line Reviewed-by, and whether another than the writers made it."""
    renamed: dict[str, str] = field(default_factory=dict)
    faked: set[str] = field(default_factory=set)
    """Paths and commits of what is faked."""

    # ---- time ----

    def after(self, low: int, high: int) -> datetime:
        """Return a moment of an office day so many days from now."""
        day = self.now + timedelta(days=self.rng.randint(low, high))
        moment = day.replace(
            hour=self.rng.randint(8, 19), minute=self.rng.randint(0, 59), second=self.rng.randint(0, 59)
        )
        return max(moment, self.now + timedelta(minutes=1))

    def minutes(self, low: int, high: int) -> datetime:
        return self.now + timedelta(minutes=self.rng.randint(low, high))

    def stamp(self, who: str, moment: datetime | None = None) -> Stamp:
        """Return what the clock of somebody's computer writes now; a forge's is right."""
        name, email = EVERYONE[who]
        zone = self.zone.get(who, "+0800")
        at = (moment or self.now) + self.skew.get(who, timedelta())
        if self.flat.get(who):
            at = BATTERY + timedelta(minutes=self.rng.randint(1, 20))
        return Stamp(name, email, int(at.timestamp()), zone)

    # ---- lines ----

    @property
    def main(self) -> Line:
        return self.lines["main"]

    def name_line(self, stem: str) -> str:
        """Return a name that no line has had."""
        self.named += 1
        return f"{stem}-{self.named}"

    def part(self, name: str, at: str = "main") -> None:
        """Begin a line."""
        of = self.lines[at]
        self.lines[name] = Line(of.head, dict(of.files), of.prefix, dict(of.files))
        self.tell(f"a line {name} parts from {at}")

    def commit(
        self,
        changes: Mapping[str, str | None],
        by: str,
        *,
        line: str = "main",
        says: str = "记录",
        author: str | None = None,
        written: Stamp | None = None,
        also: Iterable[str] = (),
        stamp: Stamp | None = None,
    ) -> str:
        """Record changes on a line, None for a file that is taken out; ``also`` are further parents."""
        at = self.lines.setdefault(line, Line("", {}, "", {}))
        before = dict(at.files)
        for path, text in changes.items():
            if text is None:
                at.files.pop(path, None)
            else:
                at.files[path] = text
        committer = stamp or self.stamp(by)
        name, email = EVERYONE[author or by]
        # One computer writes both times, whoever it names as the author.
        maker = written or (committer._replace(name=name, email=email) if author else committer)
        parents = [each for each in (at.head, *also) if each]
        files = {at.prefix + path: text.encode() for path, text in at.files.items()}
        at.head = self.objects.commit(files, parents, maker, committer, f"{says}\n")
        self.states[at.head] = dict(at.files)
        self.commits += 1
        if self.flat.get(by):
            self.flat[by] -= 1
            self.events.append(Event("a flat battery", (), (at.head,)))
        who = f"{by} (author {author})" if author else by
        said = datetime.fromtimestamp(committer.seconds, CHINA).strftime("%Y-%m-%d %H:%M")
        did = records.list_changes(before, at.files)
        self.tell(f"{who} on {line}: {says.splitlines()[0]} [{at.head[:12]}, says {said}] {did}")
        if line == "main":
            self.note_arrival(before, at.files, at.head)
        return at.head

    def merge(
        self,
        name: str,
        by: str,
        *,
        into: str = "main",
        says: str = "合并",
        author: str | None = None,
        changes: Mapping[str, str | None] | None = None,
        keep: bool = False,
    ) -> str:
        """Merge a line; ``changes`` are what the merge itself does, ``keep`` lets the line go on."""
        other, target = self.lines[name], self.lines[into]
        merged: dict[str, str | None] = dict(records.three_way(other.base, target.files, other.files))
        gone = {path: None for path in target.files if path not in merged}
        made = self.commit(
            {**merged, **gone, **(changes or {})}, by, line=into, says=says, author=author, also=(other.head,)
        )
        if keep:
            other.base = dict(other.files)
        else:
            self.end_line(name)
        return made

    def squash(self, name: str, by: str, *, says: str = "合并（压缩）", author: str | None = None) -> str:
        """Bring a line in as one commit with one parent."""
        other = self.lines[name]
        merged: dict[str, str | None] = dict(records.three_way(other.base, self.main.files, other.files))
        gone = {path: None for path in self.main.files if path not in merged}
        self.end_line(name)
        return self.commit({**merged, **gone}, by, says=says, author=author)

    def end_line(self, name: str) -> None:
        """Leave a line; whoever worked there works on main again."""
        del self.lines[name]
        self.desk = {who: line for who, line in self.desk.items() if line != name}

    # ---- records ----

    def record(self, held: Held, by: str, *, line: str | None = None, says: str | None = None) -> str:
        """Record a meeting where its writer works."""
        text = records.minutes(held, self.rng)
        self.commit({held.path: text}, by, line=line or self.line_of(by), says=says or f"记录：{held.day} {held.what}")
        return held.path

    def line_of(self, who: str) -> str:
        return self.desk.get(who, "main")

    def text(self, path: str, line: str = "main") -> str:
        return self.lines[line].files[path]

    def old_minutes(self, days: int = 0) -> list[str]:
        """Return the minutes on main that are not spoken for, and at least so many days old."""
        last = str(self.now.date() - timedelta(days=days))
        found = map(records.MINUTES.fullmatch, self.main.files)
        listed = {match[0] for match in found if match is not None and match[1] <= last}
        for line in self.lines.values():
            listed -= {*records.find_changed(line.base, line.files)} if line is not self.main else set()
        return sorted(listed - self.own)

    # ---- the committee ----

    def review(self, by: str = "committee") -> None:
        """Tag the state of main as reviewed."""
        head, day = self.main.head, self.now.date()
        name = f"dangwu/reviewed/{day}-{head[:12]}"
        self.objects.tag(name, head, self.stamp(by), f"已审阅\n\n{REVIEWED_BY}\n")
        self.tell(f"{by} tags {head[:12]} as reviewed")
        self.see()

    def anchor(self) -> None:
        """Let the committee keep a line of the present state."""
        head = self.main.head
        facts = (self.now.date(), head, self.objects.tree_of(head), self.objects.count(head), self.name)
        line = " ".join(("dangwu-anchor/1", *map(str, facts)))
        self.anchors.append(line)
        self.tell(f"the committee keeps: {line}")
        self.see()

    def see(self) -> None:
        """Note that the committee has seen the present state."""
        self.seen.update(self.main.files)
        self.seen_at = self.now

    # ---- what may be told ----

    def tell(self, what: str) -> None:
        self.story.append(f"{self.now:%Y-%m-%d %H:%M} {what}")

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Forget what is noted meanwhile: it is of a kind that needs no allowance, or of one that the act notes."""
        before = len(self.events)
        yield
        self.events[before:] = [each for each in self.events[before:] if each.kind == "a flat battery"]

    def note(self, kind: str, *paths: str, commits: Iterable[str] = ()) -> None:
        """Note that something happened that may be told."""
        self.events.append(Event(kind, paths, tuple(commits)))

    def note_arrival(self, before: Mapping[str, str], after: Mapping[str, str], commit: str) -> None:
        """Note what may be told of what comes to main: what was seen is changed, a record comes after its days."""
        for path, text in after.items():
            old = before.get(path)
            if old == text:
                continue
            edited = old is not None and (records.is_minutes(path) or not records.only_adds(old, text))
            if edited and self.seen.get(path) != text:
                self.correct(path, commit)
            found = records.MINUTES.fullmatch(path)
            if old is None and found and self.now.date() > date.fromisoformat(found[1]) + timedelta(days=GRACE):
                self.note("arrived late", path, commits=(commit,))

    def correct(self, path: str, commit: str) -> None:
        """Note that a record is corrected, and after what."""
        if path in self.seen:
            self.note("corrected after review", path, commits=(commit,))
        if self.summed_up is not None:
            self.note("corrected after the summary", path, commits=(commit,))

    def fake(self, *what: str) -> None:
        """Note which paths and commits a fake is of; a finding on one of them tells it."""
        self.faked.update(what)
        self.tell(f"this is faked: {', '.join(what)}")

    def final_path(self, path: str) -> str:
        """Return what a record is called at the end."""
        while path in self.renamed:
            path = self.renamed[path]
        return path
