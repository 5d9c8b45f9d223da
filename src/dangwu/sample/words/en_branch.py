"""English: general meetings and lectures."""

from __future__ import annotations

from dangwu.sample.words.pools import Matter

REPORTS = (
    Matter(
        "Report of the branch on the quarter",
        (
            "{a} reported for the branch: group meetings held month by month, {n} issues studied by the committee.",
            "What falls short: study has little to do with the posts, and the night shift comes too seldom.",
            "Next: two study times, morning and evening; members' areas are looked at monthly.",
            "Dues were reported too; the figures agree with the ledger.",
        ),
    ),
    Matter(
        "Report on the work so far",
        (
            "{a} reported on three things: organizational life, the improvement project, care for employees.",
            "The clamping of the {part} no longer bends it; {b} and {c} took part, among others.",
            "Some apprenticeships exist on paper only.",
            "Next quarter looks to the {shop}, where shifts are many.",
        ),
    ),
    Matter(
        "Report on work and plan",
        (
            "{a} held the plan against what was done, with reasons for what was not.",
            "Of three wishes of employees, shift plans and hot water are settled; the bus is being talked over.",
            "Next quarter: fewer and shorter meetings, more time on the floor.",
            "{b} added a word on admitting new members.",
        ),
    ),
    Matter(
        "Report of the branch",
        (
            "{a} reported on the meetings of the quarter and explained which shifts came seldom.",
            "Members made {n} suggestions on quality; the one on the {part} is in use.",
            "What falls short: notice of general meetings comes late for changing shifts.",
            "{c} would like more figures in the report.",
        ),
    ),
)

CONVEYED = (
    Matter(
        "Conveyed: a meeting of the committee above",
        (
            "{b} conveyed what the town Party committee asks, with three points for the company.",
            "It was said what is done now and what waits for details.",
            "{c} asked how members on the road take part in study; {b} answered.",
        ),
    ),
    Matter(
        "Studied: basic rules of the Party",
        (
            "{b} explained the general meeting, its votes and members' rights.",
            "A resolution passes with more than half of the full members due.",
            "{c} made a suggestion on asking for leave, to be answered afterwards.",
        ),
    ),
    Matter(
        "Conveyed: safety",
        (
            "{b} conveyed what company and town ask; two weak spots here were named.",
            "Members look at their own machines first and report within a week.",
            "{c} spoke about the {shop}.",
        ),
    ),
    Matter(
        "Conveyed: the state of the business",
        (
            "{b} reported: orders steady, {p} % delivered on time, hands somewhat short.",
            "Members are asked to explain this to colleagues and to pass on no rumours.",
            "{c} promised for the {shop} that the new product will not wait.",
        ),
    ),
    Matter(
        "Studied: a member who set an example",
        (
            "{b} told of an old member of this town who looked after a boiler for decades.",
            "People said: what there is to learn is to do ordinary things to the end.",
            "{c} remembered a first master in the trade.",
        ),
    ),
    Matter(
        "Conveyed: less paper",
        (
            "{b} conveyed: what can be taken from one record is not reported again.",
            "Three forms of our own are dropped from this month on.",
            "{c} welcomed it, and asked that records that are needed be true.",
        ),
    ),
)

DEBATED = (
    Matter(
        "An improvement project",
        (
            "{a} explained it: no more bending and rework on the {part}, in three months.",
            "{b} asked for working time for those taking part, {c} for a word every month.",
        ),
        "an improvement project on the {part}, with a report every month",
    ),
    Matter(
        "Study times",
        (
            "{a} proposed study twice a day, morning and evening, for people on shifts.",
            "{b} agreed and would use the workshop's room; {c} wants the same content at both.",
        ),
        "study in the morning and in the evening, with one set of material",
    ),
    Matter(
        "Masters and apprentices",
        (
            "{a} explained the scheme: one apprentice each for half a year; watch, learn, do.",
            "{b} feared for output; {c} would write the time into the shift plan.",
        ),
        "the apprentice scheme, with names within the quarter",
    ),
    Matter(
        "Members' areas",
        (
            "{a} read the five points: what belongs to it, who looks, how often.",
            "{b} would drop the deduction of points, {c} too; the text was changed.",
        ),
        "the amended rules on members' areas, from next month",
    ),
    Matter(
        "Help for employees in difficulty",
        (
            "{a} explained how they are chosen and where the money comes from.",
            "{b} wants numbers and sums shown, no names; {c} agreed.",
        ),
        "help for employees in difficulty, showing only numbers and sums",
    ),
    Matter(
        "A contest of skills",
        (
            "{a} proposed one together with the union: turning, milling, measuring.",
            "{b} would let apprentices take part; {c} would ask judges from outside.",
        ),
        "a contest of skills with the union, members seeing to place and tools",
    ),
    Matter(
        "The members' room",
        (
            "{a} gave works and costs: shelves, tables, no decoration.",
            "{b} wants books people like to read; {c} lays the cables for nothing.",
        ),
        "the works on the members' room, within the budget",
    ),
    Matter(
        "Saving energy",
        (
            "{a} gave the figures for water, power and gas.",
            "{b} would begin with leaking air and lights, {c} added the cutting fluid.",
        ),
        "an appeal to all employees to save energy, members going first",
    ),
    Matter(
        "Volunteers",
        (
            "{a} proposed three teams by trade, everyone free to join.",
            "{b} would mend the wheelchairs of the old people's home first; {c} calls there.",
        ),
        "a team of volunteers, active at least once a quarter",
    ),
    Matter(
        "Hearing employees",
        (
            "{a} proposed to hear the teams once a quarter, write down and answer.",
            "{b} would keep the letter box; {c} reminded all not to ask who wrote.",
        ),
        "employees are heard each quarter and answered within a month",
    ),
    Matter(
        "Training plan",
        (
            "{a} gave times and contents: Party work, safety, skills.",
            "{b} wants more practice; {c} would invite a retired master.",
        ),
        "the training plan, carried out month by month",
    ),
    Matter(
        "What is made public",
        (
            "{a} went through what all employees see and what stays inside the Party.",
            "{b} wants more detail on dues; {c} would move the board to the canteen door.",
        ),
        "the list of what is made public; of persons only numbers",
    ),
)

LECTURES = (
    Matter(
        "A good member in an ordinary post",
        (
            "Beginning with a process sheet: every step done well is a duty to colleagues.",
            "Three examples from this factory, people whose names are seldom heard.",
            "A question to take home: why do colleagues trust you?",
        ),
    ),
    Matter(
        "Truth and quality",
        (
            "With true figures faults are found; with false ones rework comes back.",
            "A batch of {part} was retraced, from keeping silent to speaking up.",
            "Three demands: check the first piece, report what is odd, write at once.",
        ),
    ),
    Matter(
        "Rights and duties of members",
        (
            "Rights and duties, above all to discuss, to vote and to criticize.",
            "How leave, transfer and dues are handled.",
            "Common misunderstandings were cleared up by question and answer.",
        ),
    ),
    Matter(
        "Safety comes first",
        (
            "Common accidents of the trade, and the step at which each could have been avoided.",
            "A member must dare to call a stop; a wrong stop is not blamed, a missing one is.",
            "Locking and tagging was shown step by step.",
        ),
    ),
    Matter(
        "Hard work and careful spending",
        (
            "From the two borrowed lathes of the beginning to saving today.",
            "Three sums: a cutter, a kilowatt-hour, a drum of coolant.",
            "Saving does not mean using less but using it well.",
        ),
    ),
    Matter(
        "How to hold a good meeting",
        (
            "Issues before, plain words during, results after: how it is done.",
            "Records without names showed which sentences say nothing.",
            "Criticism concerns the matter, is concrete, and is said face to face.",
        ),
    ),
    Matter(
        "Craft and handing it on",
        (
            "An old master spent three days on one template.",
            "What is hard for the young: let them tell their mistakes first.",
            "Three generations of measuring tools were shown.",
        ),
    ),
    Matter(
        "Integrity at work",
        (
            "How to hold the line in purchasing, outwork and acceptance.",
            "Small things matter: a meal, a card, a signature for someone else.",
            "Where to report, and how those who report are protected.",
        ),
    ),
    Matter(
        "Close to the people: a tradition",
        (
            "How an older generation went to villages and lived there.",
            "What that means here: understanding what the floor says.",
            "Every member keeps in touch with two colleagues and listens first.",
        ),
    ),
    Matter(
        "What a branch does in a private enterprise",
        (
            "What the branch does in the company and what it does not.",
            "It brings employees together, protects everyone's lawful interests and helps the company to do well.",
            "Gains and failures of our own last years.",
        ),
    ),
)

LECTURE_TALK = (
    "{a} spoke of an apprentice in this light.",
    "{b} said: these were things from our own doorstep.",
    "{c} asked what it means for the night shift and was answered at once.",
    "{a} would have the examples written down for those who could not come.",
    "{b} admitted hurrying over the first piece at times.",
    "{c} thought of a father who had been a worker too.",
    "{a} would like the next lecture in the {shop}.",
    "{b} begins with the handover book and asked to be looked at in a month.",
    "{c} said it is easily said; the workshop must back people up, and the branch will tell management.",
    "{a} had read the notes sent beforehand and asked for examples from other factories.",
)
