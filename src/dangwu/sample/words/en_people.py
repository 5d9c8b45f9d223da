"""English: targets, study, appraisal, supervision, talks."""

from __future__ import annotations

PEOPLE: dict[str, tuple[str, ...]] = {
    "post": (
        "turner",
        "miller",
        "fitter",
        "inspector",
        "process planner",
        "maintenance",
        "storekeeper",
        "buyer",
        "designer",
        "team lead",
        "electrician",
        "dispatcher",
    ),
    "target:attendance": (
        "at meetings in time, never absent without reason",
        "comes on shifts too, or asks for leave first",
        "ten study sessions or more",
        "reads before and says two plain things",
        "leave first, caught up within the month",
    ),
    "target:work-goals": (
        "{part}: {p} % right first time",
        "one apprentice able to work alone",
        "all checks made, fewer than {n} stops",
        "{n} proposals, one or more used",
        "one better fixture for the {part}",
        "stocktaking without error",
        "half as many drawing errors",
        "in time, at most {n} reworked",
    ),
    "target:self-improvement": (
        "one book of the trade with notes",
        "the next skill level",
        "a second post in the {shop}",
        "a page on study each quarter",
        "the town's short course",
        "the measuring machine",
    ),
    "target:discipline": (
        "works by the rules",
        "signs for nobody and nothing afterwards",
        "no meals from suppliers",
        "dues in full every month",
        "drawings stay here",
        "hands over face to face",
    ),
    "target:vanguard": (
        "two colleagues to look after",
        "first in urgent jobs",
        "keeps the own area in order",
        "volunteers twice or more",
        "one real difficulty of the {shop} solved",
        "speaks plainly",
    ),
    "log": (
        "first {part} with the apprentice, clamping explained",
        "cutters laid out better, adopted",
        "took {n} night shifts for others",
        "found an oil leak, reported at once",
        "a page on study, read aloud",
        "measured for the {part} project",
        "visited a colleague about the housing fund",
        "overtime for the shipment, no scrap",
        "the promised files are in order",
        "late once, said why",
        "half a day mending wheelchairs",
        "passed the test for the post",
        "can start the new machine alone",
        "found a wrong measure on a drawing",
        "helped a newcomer into the dormitory",
        "handover so clear that the next shift said thanks",
        "a week at the customer's, study caught up",
        "old gauges counted and returned",
    ),
    "log:source": ("the leader's notes", "team records", "own report, checked", "attendance book"),
    "report": (
        "Life was regular; {n} are past the half of their targets.",
        "Behind are mostly the skill levels, the tests came late.",
        "Mutual checks go well and are acted on at once.",
        "Two people see to the night shift's study.",
        "Two changed posts and wrote new targets.",
        "The project took time, pages on study are few.",
        "We propose to read one book together.",
        "Apprentices do well and work alone.",
        "Colleagues praise help given and miss words.",
        "What is open gets days in the second half.",
    ),
    "reason:excellent": (
        "led a project, taught well, agreed by all",
        "there in every urgent job, true records",
        "sure in the trade, helpful, no error all year",
    ),
    "reason:qualified": (
        "targets mostly met, keeps discipline",
        "steady, at meetings as due",
        "does the job, could be closer to others",
        "careful, one page on study short",
        "in time, speaks little",
        "even, teaching improves",
    ),
    "reason:basically-qualified": ("two targets missed, sees it, has a plan",),
    "reason:none": ("probationary: takes part, no grade", "probationary: a note only, no grade"),
    "statement": (
        "agrees, the level comes next year",
        "nothing against it",
        "thanks for the advice",
        "accepts, asks for more practice",
        "agrees, will catch up after nights",
    ),
    "commendation": ("named by the branch", "proposed to the town"),
    "stage:study": ("constitution and rules: what and how", "in two sessions, shifts in the second"),
    "stage:self": ("a page each, with two things that failed", "told, not read out"),
    "stage:democratic": ("talk first, then unnamed ballots", "ballots out and in at once, two count"),
    "stage:examination": ("each one looked at with the whole year", "departments heard, then each one"),
    "stage:follow_up": ("told to each, praise at the meeting", "told to each, with ways to improve"),
    "study-check": (
        "notes complete, speaks of the post",
        "comes, says little",
        "caught up twice, signed by the contact",
        "true notes, not copied",
        "can explain it to an apprentice",
        "missed one, caught up",
        "not deep yet, reads again",
        "prepared, asks well",
    ),
    "topic": (
        "the Party constitution and rules",
        "the new safety law",
        "Party building in companies",
        "quality and craft",
        "lessons on integrity",
        "policy on private business",
        "management and improvement",
        "ethics and family",
    ),
    "training:members": (
        "Course for members|Town Party school",
        "Course for members in key posts|Company training centre",
        "Safety and quality for members|Company training centre",
        "Members in companies today|Town Party school",
    ),
    "training:workers": ("Course for Party workers|Town Party school", "Records and files|Town hall, room 2"),
    "remark": (
        "tables enough, lamp of the projector new",
        "{n} dozen new books",
        "may be used at night",
        "set and loudspeakers mended once",
    ),
    "papers": ("Yanxi Daily", "Party Study Monthly", "The Worker's Reader", "Branch Life Review"),
    "talk": (
        "The new shift plan|nights ask for a week's notice; passed on",
        "Will young technicians stay|they want the new machines; places are being found",
        "Canteen and dormitory|night meals better; looked at for a month",
        "How people are led|some find words harsh; the lead was spoken to",
        "Worry about the new {part}|output might fall; one line tries first",
        "Load on key people|tasks pile up; delivery days to be spread",
        "What the branch does|fewer meetings, more on the spot",
        "New Year away from home|those staying are counted, the union cooks",
    ),
    "participation": (
        "Figures agree with the records, leave was asked for.",
        "Those often away were asked; mostly customer service.",
        "Regular on the whole, fewer late than before.",
        "Catching up works, contacts signed.",
        "Nights ask for leave often; the hour is looked at.",
    ),
    "letter": (
        "weighing of scrap not by the rules|slips and pictures looked through, papers completed, explained",
        "gaps in compensatory leave|compared with attendance, entered, answered",
        "purchasing of the canteen to be shown better|passed to administration, unit prices are shown",
        "proposals for praise not open enough|explained, names are shown first from now on",
    ),
    "case": (
        "two expense papers incomplete in a sample|carelessness, put right, a written word",
        "acceptance signed for someone else|true, accepted again, explained",
        "union gifts badly listed|listed again, numbers agree, to be improved",
    ),
    "case:statement": ("it is so, signs in person from now on", "accepts the finding"),
    "accountability": (
        "signing for others in acceptance not noticed in time|named in a notice, rules to be completed by a day",
        "a department kept a machine accident quiet; leading responsibility|a written word, report to the branch",
    ),
    "accountability:statement": ("accepts it, the rules are mended", "admits it, keeps the right to appeal"),
    "admonition": (
        (
            "passed the team's difficulties on to others, taken ill|notes of an employees' meeting|"
            "passes on before asking|"
            "visits each team within a month and does what can be done|a list, a word to the contact every week|"
            "shipping days, was short; will change"
        ),
        (
            "passed on unchecked talk in a chat|a department said so, admitted|did not check|"
            "explains it to the team, passes on nothing unfounded|a talk with the contact every month|"
            "meant to warn, did not think of the effect"
        ),
        (
            "often missed the turn of sorting waste, badly seen|administration's list|careless of common things|"
            "keeps the turns, clears the area|reminded the day before|trouble at home not told, asks leave from now on"
        ),
        (
            "would not help a newcomer, the team objects|team notes|sees only the own work|"
            "teaches one newcomer in two months|a plan, looked at weekly|feared for output, sees it was wrong"
        ),
    ),
    "admonition:requirements": (
        "told what it is about, asked to prepare a word",
        "may bring papers and say an own opinion",
    ),
    "admonition:check": (
        "half visited, well received",
        "under way, another manner",
        "no turn missed since",
        "teaching notes complete",
    ),
    "admonition:improved": ("clearly better, affirmed", "done as asked, the team agrees"),
}
