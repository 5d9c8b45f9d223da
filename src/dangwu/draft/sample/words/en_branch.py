"""English: committee meetings, general meetings and lectures."""

from __future__ import annotations

from dangwu.draft.sample.words.pools import Matter

COMMITTEE = (
    Matter("Work of the month", (
        "{a} named the points of the month: group meetings on time, records in within three days.",
        "{b} found two tasks of the quarterly plan without anyone responsible.",
        "{c} asked to send the issues of general meetings to the groups a week before.",
    ), "The month's list goes to all Party groups, each task with name and date"),
    Matter("Looking after applicants", (
        "{a} reported on the applicants; the notes of talks are complete.",
        "{b} said too few come from production; the night shift should be heard.",
        "{c} would put training into the slack season.",
    ), "Every new applicant gets two contacts; their notes are looked at each quarter"),
    Matter("Model posts", (
        "{a} said there are {n} model posts, two of them with a sign but no longer the person.",
        "{b} wants one concrete thing written on each.",
        "{c} is against points and rankings.",
    ), "The list of model posts is checked and wrong signs are changed this month"),
    Matter("The quarterly plan", (
        "{a} went through the plan: {n} tasks done, one delayed by moving machines.",
        "{b} explained the delay and gave a new date.",
        "{c} reminded all of the talks with members, not to be left to the end of the year.",
    ), "Delayed tasks get a reason and a new date and are heard first next time"),
    Matter("What employees think", (
        "{a} reported on talks with {n} employees: late notice of shifts, uncertain hot water.",
        "{b} said the workshop can publish shifts a week ahead.",
        "{c} takes the hot water up with management and answers within two weeks.",
    ), "Hot water and shift plans are taken up with management; the answer goes on the notice board"),
    Matter("Agenda of the general meeting", (
        "{a} proposed three issues in an hour and a half.",
        "{b} would let the groups discuss the report first.",
        "{c} checks who is due and who has asked for leave.",
    ), "Agenda and draft report go out five days before the meeting", (3, 6, 9, 12)),
    Matter("Membership dues", (
        "{a} reported that all dues of the quarter are paid month by month and the account agrees.",
        "{b} asked for a list before books are bought.",
        "{c} compared the receipt numbers; nothing was missing.",
    ), "Books are bought from a list; spending is shown to members at the end of the year"),
    Matter("Integrity", (
        "{a} spoke of purchasing, outwork and building as the places to watch.",
        "{b} would send a short reminder before holidays, saying what may not be done.",
        "{c} reported an empty letter box this month.",
    ), "A short reminder before the holidays goes to every member", (1, 4, 9, 12)),
    Matter("Visits to people in difficulty", (
        "{a} listed whom to visit and what each needs.",
        "{b} wants two people to go, no photographs, no publicity.",
        "{c} asks the union what existing rules already allow.",
    ), "Visits are made this month; what the company must solve goes to the union"),
    Matter("Working together with management", (
        "{a} described the new line for the {part} and asked for members to help run it in.",
        "{b} said posts left must be covered, by agreement with the workshops.",
        "{c} proposed a members' team for three months.",
    ), "The members' team is named by agreement with the workshops and reports monthly"),
    Matter("Members and safety", (
        "{a} gave the result of the company's inspection: {n} points in members' areas.",
        "{b} said the signs hang, but nobody follows up.",
        "{c} would look again on the floor rather than collect photographs.",
    ), "Points in members' areas are put right within a week and looked at on the floor"),
    Matter("The quality of records", (
        "{a} looked through two months of records: some speeches read alike, some leave has no approver.",
        "{b} said one was written long after the meeting and has spoken with the recorder.",
        "{c} would let recorders read each other's drafts.",
    ), "A second member reads every record first; leave has its reason code and approver"),
    Matter("Summary of the year", (
        "{a} outlined the summary, with what was not done at the front.",
        "{b} wants the numbers of meetings to agree with the register.",
        "{c} made three proposals for next year.",
    ), "The revised summary goes to the general meeting; its numbers come from the register", (11, 12)),
    Matter("Plan of the year", (
        "{a} presented the draft in three parts: ideology, organization, style.",
        "{b} wants fewer tasks, each with a name and a date.",
        "{c} would put apprentices into it.",
    ), "After hearing all members the plan is finished and every task given to a person", (1, 2)),
    Matter("Around the first of July", (
        "{a} proposed a lecture and visits to old members, no evening show.",
        "{b} would praise some who work quietly.",
        "{c} checks what the committee above asks and when.",
    ), "The programme is reported upwards this week; its costs are shown", (6,)),
    Matter("Preparing the appraisal", (
        "{a} explained steps and days.",
        "{b} said voting papers bear no names and one person counts.",
        "{c} reminded all that probationary members take part without a grade.",
    ), "Before the appraisal everyone is spoken with at least once", (11, 12)),
)

COMMITTEE_CRITICISM = (
    "{a} gives much work out and is seldom on the floor: one night shift in the quarter.",
    "{b} told {a} that plans come to the meeting without time to think.",
    "{a} had not looked closely enough at records.",
    "{b} criticized {a} for leaving talks to the end of the month.",
    "{a} had been impatient with other opinions.",
    "{b} said employees must hear back from {a}, also when nothing could be done.",
    "{a} plans much study and follows up little.",
    "{b} said duties are clear but people help each other too little; {a} agreed.",
    "{a} puts Party work last when business is busy, and will fix hours for it.",
    "{b} said {a} asks for figures that the records already hold.",
    "{a} had missed a meeting of the group in the own care, without a word.",
    "{b} would like {a} to speak up more for the floor with management.",
)

REPORTS = (
    Matter("Report of the branch on the quarter", (
        "{a} reported for the branch: group meetings held month by month, {n} issues studied by the committee.",
        "What falls short: study has little to do with the posts, and the night shift comes too seldom.",
        "Next: two study times, morning and evening; members' areas are looked at monthly.",
        "Dues were reported too; the figures agree with the ledger.",
    )),
    Matter("Report on the work so far", (
        "{a} reported on three things: organizational life, the improvement project, care for employees.",
        "The clamping of the {part} no longer bends it; {b} and {c} took part, among others.",
        "Some apprenticeships exist on paper only.",
        "Next quarter looks to the {shop}, where shifts are many.",
    )),
    Matter("Report on work and plan", (
        "{a} held the plan against what was done, with reasons for what was not.",
        "Of three wishes of employees, shift plans and hot water are settled; the bus is being talked over.",
        "Next quarter: fewer and shorter meetings, more time on the floor.",
        "{b} added a word on admitting new members.",
    )),
    Matter("Report of the branch", (
        "{a} reported on the meetings of the quarter and explained which shifts came seldom.",
        "Members made {n} suggestions on quality; the one on the {part} is in use.",
        "What falls short: notice of general meetings comes late for changing shifts.",
        "{c} would like more figures in the report.",
    )),
)

CONVEYED = (
    Matter("Conveyed: a meeting of the committee above", (
        "{b} conveyed what the town Party committee asks, with three points for the company.",
        "It was said what is done now and what waits for details.",
        "{c} asked how members on the road take part in study; {b} answered.",
    )),
    Matter("Studied: basic rules of the Party", (
        "{b} explained the general meeting, its votes and members' rights.",
        "A resolution passes with more than half of the full members due.",
        "{c} made a suggestion on asking for leave, to be answered afterwards.",
    )),
    Matter("Conveyed: safety", (
        "{b} conveyed what company and town ask; two weak spots here were named.",
        "Members look at their own machines first and report within a week.",
        "{c} spoke about the {shop}.",
    )),
    Matter("Conveyed: the state of the business", (
        "{b} reported: orders steady, {p} % delivered on time, hands somewhat short.",
        "Members are asked to explain this to colleagues and to pass on no rumours.",
        "{c} promised for the {shop} that the new product will not wait.",
    )),
    Matter("Studied: a member who set an example", (
        "{b} told of an old member of this town who looked after a boiler for decades.",
        "People said: what there is to learn is to do ordinary things to the end.",
        "{c} remembered the own first master.",
    )),
    Matter("Conveyed: less paper", (
        "{b} conveyed: what can be taken from one record is not reported again.",
        "Three forms of our own are dropped from this month on.",
        "{c} welcomed it, and asked that records that are needed be true.",
    )),
)

DEBATED = (
    Matter("An improvement project", (
        "{a} explained it: no more bending and rework on the {part}, in three months.",
        "{b} asked for working time for those taking part, {c} for a word every month.",
    ), "Agreed: an improvement project on the {part}, with a report every month"),
    Matter("Study times", (
        "{a} proposed study twice a day, morning and evening, for people on shifts.",
        "{b} agreed and would use the workshop's room; {c} wants the same content at both.",
    ), "Agreed: study in the morning and in the evening, with one set of material"),
    Matter("Masters and apprentices", (
        "{a} explained the scheme: one apprentice each for half a year; watch, learn, do.",
        "{b} feared for output; {c} would write the time into the shift plan.",
    ), "Agreed: the apprentice scheme, with names within the quarter"),
    Matter("Members' areas", (
        "{a} read the five points: what belongs to it, who looks, how often.",
        "{b} would drop the deduction of points, {c} too; the text was changed.",
    ), "Adopted as amended: the rules on members' areas, from next month"),
    Matter("Help for employees in difficulty", (
        "{a} explained how they are chosen and where the money comes from.",
        "{b} wants numbers and sums shown, no names; {c} agreed.",
    ), "Agreed: help for employees in difficulty, showing only numbers and sums"),
    Matter("A contest of skills", (
        "{a} proposed one together with the union: turning, milling, measuring.",
        "{b} would let apprentices take part; {c} would ask judges from outside.",
    ), "Agreed: a contest of skills with the union, members seeing to place and tools"),
    Matter("The members' room", (
        "{a} gave works and costs: shelves, tables, no decoration.",
        "{b} wants books people like to read; {c} lays the cables for nothing.",
    ), "Agreed: the works on the members' room, within the budget"),
    Matter("Saving energy", (
        "{a} gave the figures for water, power and gas.",
        "{b} would begin with leaking air and lights, {c} added the cutting fluid.",
    ), "Agreed: an appeal to all employees to save energy, members going first"),
    Matter("Volunteers", (
        "{a} proposed three teams by trade, everyone free to join.",
        "{b} would mend the wheelchairs of the old people's home first; {c} calls there.",
    ), "Agreed: a team of volunteers, active at least once a quarter"),
    Matter("Hearing employees", (
        "{a} proposed to hear the teams once a quarter, write down and answer.",
        "{b} would keep the letter box; {c} reminded all not to ask who wrote.",
    ), "Agreed: employees are heard each quarter and answered within a month"),
    Matter("Training plan", (
        "{a} gave times and contents: Party work, safety, skills.",
        "{b} wants more practice; {c} would invite a retired master.",
    ), "Adopted: the training plan, carried out month by month"),
    Matter("What is made public", (
        "{a} went through what all employees see and what stays inside the Party.",
        "{b} wants more detail on dues; {c} would move the board to the canteen door.",
    ), "Adopted: the list of what is made public; of persons only numbers"),
)

LECTURES = (
    Matter("A good member in an ordinary post", (
        "Beginning with a process sheet: every step done well is a duty to colleagues.",
        "Three examples from this factory, people whose names are seldom heard.",
        "A question to take home: why do colleagues trust you?",
    )),
    Matter("Truth and quality", (
        "With true figures faults are found; with false ones rework comes back.",
        "A batch of {part} was retraced, from keeping silent to speaking up.",
        "Three demands: check the first piece, report what is odd, write at once.",
    )),
    Matter("Rights and duties of members", (
        "Rights and duties, above all to discuss, to vote and to criticize.",
        "How leave, transfer and dues are handled.",
        "Common misunderstandings were cleared up by question and answer.",
    )),
    Matter("Safety comes first", (
        "Common accidents of the trade, and the step at which each could have been avoided.",
        "A member must dare to call a stop; a wrong stop is not blamed, a missing one is.",
        "Locking and tagging was shown step by step.",
    )),
    Matter("Hard work and careful spending", (
        "From the two borrowed lathes of the beginning to saving today.",
        "Three sums: a cutter, a kilowatt-hour, a drum of coolant.",
        "Saving does not mean using less but using it well.",
    )),
    Matter("How to hold a good meeting", (
        "Issues before, plain words during, results after: how it is done.",
        "Records without names showed which sentences say nothing.",
        "Criticism concerns the matter, is concrete, and is said face to face.",
    )),
    Matter("Craft and handing it on", (
        "An old master spent three days on one template.",
        "What is hard for the young: let them tell their mistakes first.",
        "Three generations of measuring tools were shown.",
    )),
    Matter("Integrity at work", (
        "How to hold the line in purchasing, outwork and acceptance.",
        "Small things matter: a meal, a card, a signature for someone else.",
        "Where to report, and how those who report are protected.",
    )),
    Matter("Close to the people: a tradition", (
        "How an older generation went to villages and lived there.",
        "What that means here: understanding what the floor says.",
        "Every member keeps in touch with two colleagues and listens first.",
    )),
    Matter("What a branch does in a private enterprise", (
        "What the branch does in the company and what it does not.",
        "It brings employees together, protects everyone's lawful interests and helps the company to do well.",
        "Gains and failures of our own last years.",
    )),
)

LECTURE_TALK = (
    "{a} spoke of the own apprentice in this light.",
    "{b} said: these were things from our own doorstep.",
    "{c} asked what it means for the night shift and was answered at once.",
    "{a} would have the examples written down for those who could not come.",
    "{b} admitted hurrying over the first piece at times.",
    "{c} thought of the own father, who was a worker too.",
    "{a} would like the next lecture in the {shop}.",
    "{b} begins with the handover book and asked to be looked at in a month.",
    "{c} said it is easily said; the workshop must back people up, and the branch will tell management.",
    "{a} had read the notes sent beforehand and asked for examples from other factories.",
)
