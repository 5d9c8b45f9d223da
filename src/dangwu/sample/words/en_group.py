"""English: study and work in Party groups."""

from __future__ import annotations

from dangwu.sample.words.pools import Matter

STUDY = (
    Matter(
        "Study: what the Party Constitution asks of members",
        (
            "{a} read the passages aloud; everyone held them against the work of their own post.",
            "{b} said that keeping to the operating rules is the plainest way of doing one's duty.",
            "{c} asked older members to explain the reasons to newcomers, and not only at meetings.",
            "Everyone writes down one thing to be done this month and reports on it next time.",
        ),
    ),
    Matter(
        "Study: the branch's material of the month",
        (
            "The material had been sent round three days before, so the time went to discussion.",
            "{a} found the faults of style it describes in our own shift handovers: things are not said face to face.",
            "{b} took a rework job of last month as an example of seeking truth from facts.",
            "{c} proposed to read two passages next month, and to talk them over more thoroughly.",
        ),
    ),
    Matter(
        "Study: Party work in private enterprises",
        (
            "{a} explained what is expected of a Party group: meetings held, work done, records true.",
            "{b} asked that activities follow production and lie next to the shift change, when people can come.",
            "{c} said that since members wear their badge at the machine, people come to them with difficulties.",
        ),
    ),
    Matter(
        "Study: rules on integrity",
        (
            "{a} read the part that concerns ordinary members and named the weak spots in purchasing and outwork.",
            "{b} always counts outwork parts with a second person and signs on the spot.",
            "{c} said suppliers are met in the reception room only, and nobody dines with them.",
        ),
    ),
    Matter(
        "Study: the law on safety at work",
        (
            "{a} went through the rights and duties of employees with the company's latest safety bulletin.",
            "{b} stressed: in danger stop the machine first, then report; nobody need wait for permission.",
            "{c} asked who trains agency workers; the team that employs them does, and keeps the record.",
        ),
        months=(5, 6, 7),
    ),
    Matter(
        "Study: how other teams work",
        (
            "{a} described the start-of-shift talk at a neighbouring firm: three minutes, quality, safety, handover.",
            "{b} would try it in the {shop} for a month, with members chairing in turn.",
            "{c} warned against copying their boards before our own handover book is in order.",
        ),
    ),
    Matter(
        "Study: keeping drawings and work secrets safe",
        (
            "{a} explained how drawings and process sheets are borrowed; photographs of them are forbidden.",
            "{b} reported that old drawings of the {part} still lie at machines; they go back today.",
            "It was agreed that members tidy their own papers first.",
        ),
    ),
    Matter(
        "Study: shorter meetings, plainer words",
        (
            "{a} said group meetings should last about an hour, with issues fixed beforehand.",
            "{b} asked speakers to begin with the problem and then say what to do.",
            "From next month the recorder reads out what was agreed before people leave.",
        ),
    ),
    Matter(
        "Study: how membership matters are handled",
        (
            "{a} explained transfer of membership, leave, and how missed activities are made up.",
            "{b} travels to a customer next month and asked on the spot whom to ask for leave.",
            "{c} reminded everyone that leave is asked for beforehand.",
        ),
    ),
)

WORK = (
    Matter(
        "This month's production in the {shop}",
        (
            "{a} reported {n} lots of {part} more than last month, to be delivered in two parts.",
            "{b} said the night shift is short of people; members fill in for two weeks and rest later.",
            "{c} proposed large parts by day and small ones by night, to wait less for the crane.",
            "Progress is told at the start of each shift, errors the same day.",
        ),
    ),
    Matter(
        "Rework on the {part}",
        (
            "{n} pieces of {part} were reworked; {a} gave the causes, mostly no check after tool changes.",
            "{b} said one had slipped through on that shift, and has since added the first-piece record.",
            "{c} proposed two signatures, operator and inspector, after each tool change, for a month's trial.",
        ),
    ),
    Matter(
        "Less scrap on the {part}",
        (
            "{a} showed three months of figures: {p} % good, a little below the aim.",
            "{b} blamed worn locating pins, already reported to maintenance.",
            "{c} will try another clamping order and report in two weeks.",
            "Figures come from the inspectors; teams need not estimate them.",
        ),
    ),
    Matter(
        "Daily checks and maintenance",
        (
            "{a} found check sheets of two machines in the {shop} filled in by one hand for days on end.",
            "{b} admitted skipping a day under pressure and will leave gaps open with a reason instead.",
            "{c} proposed to drop three items that now have alarms and to do the rest properly.",
        ),
    ),
    Matter(
        "Looking for hazards",
        (
            "{a} and {b} walked the floor beforehand: {n} points, such as blocked passages and a damaged lamp cable.",
            "What could be put right was put right; {c} has the cable replaced within three days.",
            "{b} asked to have the yellow lines of the escape route repainted.",
        ),
    ),
    Matter(
        "Safety month",
        (
            "The group takes on one drill and the collection of hazards, led by {a}.",
            "{b} walks the route again that was slow at last year's drill.",
            "{c} suggested that someone who was once hurt should speak: better than a film.",
        ),
        months=(6,),
    ),
    Matter(
        "Summer heat and breaks",
        (
            "{a} measured high temperatures in the {shop} in the afternoon and asked for two more fans.",
            "{b} proposed to load furnaces in the morning and lengthen the midday break.",
            "{c} checks salt water and first-aid box every day.",
        ),
        months=(6, 7, 8),
    ),
    Matter(
        "Quality month: what members take on",
        (
            "Every member watches one error-prone operation with a colleague; {a} keeps the list.",
            "{b} chose the bore of the {part}, {c} the visual check before packing.",
            "At the end each tells one problem found; there is no ranking.",
        ),
        months=(9,),
    ),
    Matter(
        "Fire and frost in winter",
        (
            "{a} checked the oil store of the {shop}; two drums of cleaner stood outside.",
            "{b} wraps the water pipes on the north side, {c} makes the last round for switches.",
            "No electric stoves; the member on duty looks after the break room.",
        ),
        months=(11, 12, 1),
    ),
    Matter(
        "Masters and apprentices",
        (
            "{a}'s apprentice can rough parts alone; measuring for finishing is still to be learnt.",
            "{b}'s apprentice wants to learn programming: half an hour on Wednesdays after work.",
            "{c} would judge by reading drawings and measuring, not by output.",
            "Next month there is a practical test, for guidance only.",
        ),
    ),
    Matter(
        "Newcomers",
        (
            "{n} people joined the {shop} this month; {a} and {b} take them on their shifts for two weeks.",
            "{c} proposed real samples of common errors beside the machine.",
            "{b} said one newcomer was homesick; a few shared meals have helped.",
        ),
    ),
    Matter(
        "Tools and cutters",
        (
            "{a} gave last month's tool costs: above budget, mostly boring bars for the {part}.",
            "{b} said some cutters are thrown away that could be reground, and withdrawals are not all written down.",
            "{c} proposed old for new, starting with members' machines.",
        ),
    ),
    Matter(
        "Suggestions for improvement",
        (
            "{n} suggestions came in; {a} read them out and two go to the workshop.",
            "{b}'s is a transfer rack in the {shop}, so that people bend less.",
            "{c}'s is to keep gauges at the machine and save the walk.",
        ),
    ),
    Matter(
        "Shift handover",
        (
            "{a} found too many entries that just say normal; later nobody can trace a fault.",
            "{b} proposed three entries only: unfinished, unusual, mind this.",
            "{c} begins tomorrow, and so do all members' machines.",
        ),
    ),
    Matter(
        "A customer's complaint",
        (
            "A lot of {part} arrived with knocks; {a} found missing dividers in the boxes.",
            "{b} sorts out damaged boxes, {c} speaks with the store about new ones.",
            "The damage is small, the lesson about care is not; teams will be told.",
        ),
    ),
    Matter(
        "Saving energy",
        (
            "{a} showed that compressed air leaks at night cost power; the leaks are marked.",
            "{b} replaced {n} couplings during a stop.",
            "{c} proposed lights by zone, with labelled switches first.",
        ),
    ),
)
