"""The cases of the commands that write: new records, repositories, imports, profiles, migrations and hooks."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from tests.bench.outputs_case import MAY_REFUSE, REFUSES, both, case, turned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.outputs_case import Case
    from tests.bench.outputs_reading import Here

_NEXT_YEAR = "2027-01-12"
"""A day on which the records that there is one of a year are not there yet."""
_FLAG = re.compile(r"^  (--[\w-]+)(?: / --no-[\w-]+)?(?: (\S+))?(?:  |$)", re.MULTILINE)
_NOT_SAID = frozenset({"--no-input", "--dry-run", "--help"})
_FORMS = {
    "TEXT": "文字 text", "DATE": "2027-01-11", "N": "3", "ID": "m001", "2026": "2027", "2026-03": "2027-01",
    "2026-H1": "2027-H1", "2026-Q1": "2027-Q1", "15:00-16:10": "15:00-16:10", "ID:CODE[:APPROVER]": "m004:illness:m001",
}  # fmt: skip
"""What an option is given, by how its help writes the value."""
_OPTIONS = {
    "--slug": "again",
    "--group": "g1",
    "--late": "m007",
    "--absent": "m010",
    "--makes-up": "2026-12",
    "--clause": "3.4",
    "--subjects": "theory",
    "--talker": "m002",
    "--recorder": "m004",
    "--duty": "3.1/2026-09/g3",
    "--kind": "group-meeting",
    "--new-record": "lecture",
    "--new-where": "quorum",
    "--new-conditions": "someone-present",
}
"""What an option is given by its name, where the value must fit the sample or a closed list."""
_KINDS = {
    ("member", "--id"): "m098",
    ("disclosure", "--resolution"): "1",
    ("admonition", "--follower"): "m003",
}
"""What an option of one kind is given."""
_REFERENCES = {"--meeting": "democratic-life-meeting", "--about": "general-meeting"}
"""Options that want the id of a record → the kind of that record."""
_COMMITTEE = ("committee-meeting", "party-building-meeting", "democratic-life-meeting")
_EXCLUDED = {
    ("meeting", "--duty"),
    ("excellence-summary", "--nothing-deployed"),
    ("admonition", "--id"),
    *((kind, flag) for kind in _COMMITTEE for flag in ("--absent", "--leave", "--late")),
}
"""Options that another one excludes, or for which the sample would have to be known: who sits on the committee."""
_ASKED = frozenset({"--time", "--group", "--member", "--name", "--kind", "--duty", "--clause", "--topic"})
"""Options without which a command would ask, or refuse where nobody is there to be asked."""


def writing(here: Here) -> Iterator[Case]:
    """Yield the cases of every command that writes."""
    for make in (_new, _new_records, _begin, _import, _others):
        yield from make(here)


def _new(here: Here) -> Iterator[Case]:
    """Print each kind of record: with the least that must be said, and with a value for every option of its help."""
    for at, kind in enumerate(here.offer.commands("new")):
        flags = dict(_FLAG.findall(here.offer.helps[f"new {kind}"]))
        world = "void" if kind == "branch" else "zh"
        line = f"new {kind} --no-input --dry-run" + (" --time 15:00-16:10" if kind == "meeting" else "")
        least = shlex.join(word for flag in flags if flag in _ASKED for word in _said(here, kind, flag, flags[flag]))
        every = shlex.join(word for flag in flags for word in _said(here, kind, flag, flags[flag]))
        yield case(f"new/{kind}-least", f"{line} {least}", lang=turned(at + 1), world=world, day=_NEXT_YEAR)
        yield case(f"new/{kind}-every", f"{line} {every}", lang=turned(at), world=world, day=_NEXT_YEAR)


def _said(here: Here, kind: str, flag: str, form: str) -> tuple[str, ...]:
    """Return an option with a value that fits the sample; a switch alone; nothing for what excludes others."""
    if flag in _NOT_SAID or (kind, flag) in _EXCLUDED:
        return ()
    if flag in _REFERENCES:
        return flag, here.found.records[_REFERENCES[flag]][0].rpartition("/")[2].partition(".")[0]
    if (kind, flag) in _KINDS or flag in _OPTIONS:
        return flag, _KINDS.get((kind, flag)) or _OPTIONS[flag]
    if "|" in form:
        return flag, form.partition("|")[0]
    return (flag, _FORMS[form]) if form else (flag,)


def _new_records(here: Here) -> Iterator[Case]:
    """Write a few records for good, then ask what is wrong with them."""
    del here
    check = "check --fail-on never"
    meeting = "new group-meeting --no-input --group g1 --time 9:00至10:30 --topic 一 --topic 二"
    yield from both("new/write-meeting", meeting, copied=True, then=[check])
    owed = "new meeting --no-input --duty 3.2/2026-12 --time 15:00-16:00 --date 2026-12-03"
    yield from both("new/write-owed", owed, copied=True, day="2026-12-05", then=[check])
    letter = "new letter --no-input --complainant 某人 --contact 电话 --summary 一件事"
    yield from both("new/write-letter", letter, copied=True, then=[check])
    yield case("new/nothing-deployed", "new excellence-summary --no-input --dry-run --nothing-deployed", day=_NEXT_YEAR)
    plan = "new annual-plan --no-input"
    yield from both("new/write-plan", plan, copied=True, day=_NEXT_YEAR, then=[plan], exits=REFUSES | {0})
    yield from both("new/piped", "new member", copied=True, given="新人\n".encode(), exits=MAY_REFUSE)


def _begin(here: Here) -> Iterator[Case]:
    del here
    words = "--name 甲支部 --superior 乙党委 --secretary 丙 --founded 2026-07-01"
    yield from both("init/all", f"init {{out}}/new {words} --no-input", world="void")
    yield from both("init/least", "init {out}/new --no-input", world="void", then=["-C {out}/new check"])
    small = "demo {out}/new --members 4 --groups 0 --years 1 --seed 7"
    yield from both("demo/small", small, world="void")
    yield from both("demo/small-json", f"{small} --format json", world="void")


def _import(here: Here) -> Iterator[Case]:
    for at, sheet in enumerate(here.offer.choices("import")):
        path = f"{{root}}/sheets/{sheet}"
        for name in ("same", "good", "bad"):
            for number, (form, word) in enumerate(here.offer.formats("import")):
                line = f"import {sheet} {path}-{name}.csv --format {word}"
                yield case(f"import/{sheet}-{name}-{form}", line, lang=turned(at + number))
            line = f"import {sheet} {path}-{name}.xlsx --sheet 表"
            yield case(f"import/{sheet}-{name}-xlsx", line, lang=turned(at))
        good = f"import {sheet} {path}-good.csv --write"
        yield from both(f"import/{sheet}-write", good, copied=True, then=["check --fail-on never", good])
        steps = ["import --undo", "import --undo --format json", "import --undo --write"]
        yield case(f"import/{sheet}-undo", good, copied=True, then=steps, lang=turned(at))
    dues = "import dues {root}/sheets/dues-good.csv"
    yield from both("import/map", f"{dues} --map 原因= --map A=member --year 2026 --collector m002")
    yield from both("import/piped", "import members -", given="编号,姓名,入党日期\nm078,甲,2020-01-02\n".encode())


def _others(here: Here) -> Iterator[Case]:
    del here
    yield from both("adopt/list", "adopt")
    profile = "adopt branch-regulation-2018 --approved-by 党委 --date 2026-10-01"
    yield from both("adopt/dry", f"{profile} --dry-run")
    yield from both("adopt/write", profile, copied=True, then=["rules", "due"])
    yield from both("migrate/none", "migrate")
    yield from both("migrate/write", "migrate --write", world="busy", copied=True, exits=MAY_REFUSE)
    exits = frozenset({0, 3})
    for command, world, where in (
        ("install", "zh", "."),
        ("uninstall", "zh", "."),
        ("install", "shallow", "."),
        ("install", "below", "party/records"),
    ):
        hook = f"-C {where} hook"
        then = [f"{hook} {command}", f"{hook} status"]
        line = f"{hook} {command} --dry-run"
        yield from both(f"hook/{command}-{world}", line, world=world, copied=True, then=then, exits=exits)
    yield from both("hook/force", "hook install --force", copied=True)
