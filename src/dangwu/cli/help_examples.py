"""The example at the end of each command's help: a whole line that can be typed, after the command's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import Bilingual
from dangwu.model.record import MEETING_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAME: Mapping[str, str] = {
    "": "dangwu due",
    "init": "dangwu init zhibu --from zhibu.xlsx",
    "demo": "dangwu demo demo",
    "new": "dangwu new meeting",
    "check": "dangwu check --staged",
    "send": "dangwu send",
    "fix": "dangwu fix --write meetings/2026",
    "due": "dangwu due --state overdue",
    "report": "dangwu report --year 2026 --format docx --output 2026.docx",
    "export": "dangwu export members --output members.xlsx",
    "import": "dangwu import dues dues.xlsx --year 2026 --write",
    "desk": "dangwu desk --no-browser",
    "calendar": "dangwu calendar --year 2026 --output 2026.ics",
    "board": "dangwu board --output board --audience employees",
    "form": "dangwu form dues-2026 --output dues.docx",
    "review": "dangwu review main..zhibu",
    "log": "dangwu log branch.yaml",
    "audit": "dangwu audit --year 2026",
    "audit anchor": "dangwu audit anchor",
    "rules": "dangwu rules --system 3",
    "rules diff": "dangwu rules diff 2026-01-01 2026-12-31",
    "migrate": "dangwu migrate",
    "hook": "dangwu hook status",
    "hook install": "dangwu hook install",
    "hook uninstall": "dangwu hook uninstall",
    "hook status": "dangwu hook status",
    "doctor": "dangwu doctor",
    "schema": "dangwu schema export",
    "schema show": "dangwu schema show group-meeting",
    "schema export": "dangwu schema export",
    "completion": "dangwu completion bash",
    "new payment": "dangwu new payment --month 2026-12 --date 2026-12-15 --all --except m012",
    "new quarter-plan": "dangwu new quarter-plan --quarter 2027-Q1",
    "new annual-plan": "dangwu new annual-plan --year 2027 --like 2026",
    "new month-plan": "dangwu new month-plan --month 2027-01",
    "new education-plan": "dangwu new education-plan --year 2027",
    "new development-plan": "dangwu new development-plan --year 2027 --target 1",
    "new mid-year-summary": "dangwu new mid-year-summary --year 2027 --author m001",
    "new year-end-summary": "dangwu new year-end-summary --year 2027 --author m001",
    "new excellence-summary": "dangwu new excellence-summary --year 2027 --nothing-deployed",
    "new plan-inspection": "dangwu new plan-inspection --inspector m001",
    "new study-check": "dangwu new study-check --checker m003",
    "new participation-check": "dangwu new participation-check --half 2027-H1 --signed-by m002",
    "new facility-check": "dangwu new facility-check --checker m003 --room --kit",
    "new rectification": "dangwu new rectification --meeting 2026-06-22-democratic-life-meeting",
    "new target": "dangwu new target --year 2027 --all",
    "new target-log": "dangwu new target-log --month 2027-01 --group g1",
    "new target-report": "dangwu new target-report --half 2027-H1 --group g1",
    "new assessment": "dangwu new assessment --year 2026 --member m005",
    "new appraisal": "dangwu new appraisal --year 2027",
    "new dues": "dangwu new dues --year 2027 --collector m002",
    "new heart-to-heart-talk": "dangwu new heart-to-heart-talk --between m001 --between m006",
    "new duty-report": "dangwu new duty-report --year 2027 --member m001 --audience members --integrity",
    "new disclosure": "dangwu new disclosure --class 4 --timing periodic --scope employees",
    "new case": "dangwu new case --source inspection",
    "new accountability": "dangwu new accountability --responsibility individual",
    "new admonition": "dangwu new admonition --ground 5 --member m008 --talker m001 --recorder m002",
    "new waiver": "dangwu new waiver --duty 3.1/2026-11/g2 --outcome waived",
    "new amendment": "dangwu new amendment --clause 3.4 --every quarter --slug lectures",
    "adopt": "dangwu adopt branch-regulation-2018 --date 2027-01-01",
}
"""Words of a command → its example, where that is the same in both languages."""
_MINUTES = "dangwu new {kind} --time 15:00-16:10"
_WORDED: Mapping[str, Bilingual] = {
    "save": Bilingual("dangwu save 三月党小组会记录", 'dangwu save "Group meetings of March"'),
    "explain": Bilingual("dangwu explain 党小组会", "dangwu explain group-meeting"),
    "new meeting": Bilingual("dangwu new meeting --kind 党课", "dangwu new meeting --kind lecture"),
    "new general-meeting": Bilingual("--topic 支部工作报告", '--topic "Report on the work"'),
    "new committee-meeting": Bilingual("--topic 十二月工作安排", '--topic "The work of December"'),
    "new group-meeting": Bilingual(
        "--group g1 --topic 批评与自我批评 --absent m007", "--group g1 --topic Self-criticism --absent m007"
    ),
    "new lecture": Bilingual("--lecturer m001 --topic 怎样开好组织生活会", '--lecturer m001 --topic "Life meetings"'),
    "new party-building-meeting": Bilingual("--topic 职工思想分析", '--topic "What employees think"'),
    "new democratic-life-meeting": Bilingual("--theme 改进作风", '--theme "A better style of work"'),
    "new organizational-life-meeting": Bilingual("--theme 立足岗位", '--theme "At one\'s post"'),
    "new study-session": Bilingual("--topic 党章第一章 --hours 2", '--topic "Chapter one" --hours 2'),
    "new themed-party-day": Bilingual("--topic 责任区检修", '--topic "Repairs"'),
    "new superior-inspection": Bilingual(
        "dangwu new superior-inspection --body 云栖镇党委", 'dangwu new superior-inspection --body "Town committee"'
    ),
    "new result-report": Bilingual(
        "dangwu new result-report --year 2027 --to 云栖镇党委",
        'dangwu new result-report --year 2027 --to "Town committee"',
    ),
    "new member": Bilingual(
        "dangwu new member --name 苏禾 --group g1 --joined-on 2026-06-18",
        'dangwu new member --name "Su He" --group g1 --joined-on 2026-06-18',
    ),
    "new training": Bilingual(
        "dangwu new training --title 支部工作实务 --hours 8 --audience members --slug branch-work",
        'dangwu new training --title "Branch work" --hours 8 --audience members --slug branch-work',
    ),
    "new talk-feedback": Bilingual(
        "dangwu new talk-feedback --by m001 --with workers --topic 轮岗安排",
        'dangwu new talk-feedback --by m001 --with workers --topic "The rota"',
    ),
    "new branch": Bilingual(
        "dangwu new branch --name 青禾精工党支部 --founded 2026-03-01",
        'dangwu new branch --name "Qinghe Party Branch" --founded 2026-03-01',
    ),
    "new letter": Bilingual(
        "dangwu new letter --channel visit --summary 夜班供餐时间太短",
        'dangwu new letter --channel visit --summary "The canteen at night"',
    ),
    "new complainant": Bilingual(
        "dangwu new complainant --letter l001 --name 顾采薇", 'dangwu new complainant --letter l001 --name "Gu Caiwei"'
    ),
}
"""Words of a command → its example; of minutes only what follows the time."""


def find_example(command: str, language: str) -> str:
    """Return the example of a command, given by the words after ``dangwu``, in a language; "" without one."""
    if command in _SAME:
        return _SAME[command]
    worded = _WORDED.get(command)
    if worded is None:
        return ""
    text = worded.zh if language == "zh" else worded.en
    return f"{_MINUTES.format(kind=command.removeprefix('new '))} {text}" if text.startswith("--") else text


_SHEETS = {"member": "members", "dues": "dues", "target": "targets", **dict.fromkeys(MEETING_KINDS, "attendance")}
"""Kind → the sheet from which ``dangwu import`` writes or completes it."""


def list_kind_commands(kind: str, language: str) -> tuple[str, ...]:
    """Return the commands for records of a kind: those that write them, then what shows their schema."""
    written = [find_example(f"new {kind}", language)]
    if kind == "dues":
        written.append(find_example("new payment", language))
    if kind in _SHEETS:
        written.append(f"dangwu import {_SHEETS[kind]} {_SHEETS[kind]}.xlsx")
    return (*filter(None, written), f"dangwu schema show {kind}")
