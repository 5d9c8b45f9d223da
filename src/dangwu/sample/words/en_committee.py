"""English: committee meetings."""

from __future__ import annotations

from dangwu.sample.words.pools import Matter

COMMITTEE = (
    Matter(
        "Work of the month",
        (
            "{a} named the points of the month: group meetings on time, records in within three days.",
            "{b} found two tasks of the quarterly plan without anyone responsible.",
            "{c} asked to send the issues of general meetings to the groups a week before.",
        ),
        "The month's list goes to all Party groups, each task with name and date",
    ),
    Matter(
        "Looking after applicants",
        (
            "{a} reported on the applicants; the notes of talks are complete.",
            "{b} said too few come from production; the night shift should be heard.",
            "{c} would put training into the slack season.",
        ),
        "Every new applicant gets two contacts; their notes are looked at each quarter",
    ),
    Matter(
        "Model posts",
        (
            "{a} said there are {n} model posts, two of them with a sign but no longer the person.",
            "{b} wants one concrete thing written on each.",
            "{c} is against points and rankings.",
        ),
        "The list of model posts is checked and wrong signs are changed this month",
    ),
    Matter(
        "The quarterly plan",
        (
            "{a} went through the plan: {n} tasks done, one delayed by moving machines.",
            "{b} explained the delay and gave a new date.",
            "{c} reminded all of the talks with members, not to be left to the end of the year.",
        ),
        "Delayed tasks get a reason and a new date and are heard first next time",
    ),
    Matter(
        "What employees think",
        (
            "{a} reported on talks with {n} employees: late notice of shifts, uncertain hot water.",
            "{b} said the workshop can publish shifts a week ahead.",
            "{c} takes the hot water up with management and answers within two weeks.",
        ),
        "Hot water and shift plans are taken up with management; the answer goes on the notice board",
    ),
    Matter(
        "Agenda of the general meeting",
        (
            "{a} proposed three issues in an hour and a half.",
            "{b} would let the groups discuss the report first.",
            "{c} checks who is due and who has asked for leave.",
        ),
        "Agenda and draft report go out five days before the meeting",
        (3, 6, 9, 12),
    ),
    Matter(
        "Membership dues",
        (
            "{a} reported that all dues of the quarter are paid month by month and the account agrees.",
            "{b} asked for a list before books are bought.",
            "{c} compared the receipt numbers; nothing was missing.",
        ),
        "Books are bought from a list; spending is shown to members at the end of the year",
    ),
    Matter(
        "Integrity",
        (
            "{a} spoke of purchasing, outwork and building as the places to watch.",
            "{b} would send a short reminder before holidays, saying what may not be done.",
            "{c} reported an empty letter box this month.",
        ),
        "A short reminder before the holidays goes to every member",
        (1, 4, 9, 12),
    ),
    Matter(
        "Visits to people in difficulty",
        (
            "{a} listed whom to visit and what each needs.",
            "{b} wants two people to go, no photographs, no publicity.",
            "{c} asks the union what existing rules already allow.",
        ),
        "Visits are made this month; what the company must solve goes to the union",
    ),
    Matter(
        "Working together with management",
        (
            "{a} described the new line for the {part} and asked for members to help run it in.",
            "{b} said posts left must be covered, by agreement with the workshops.",
            "{c} proposed a members' team for three months.",
        ),
        "The members' team is named by agreement with the workshops and reports monthly",
    ),
    Matter(
        "Members and safety",
        (
            "{a} gave the result of the company's inspection: {n} points in members' areas.",
            "{b} said the signs hang, but nobody follows up.",
            "{c} would look again on the floor rather than collect photographs.",
        ),
        "Points in members' areas are put right within a week and looked at on the floor",
    ),
    Matter(
        "The quality of records",
        (
            "{a} looked through two months of records: some speeches read alike, some leave has no approver.",
            "{b} said one was written long after the meeting and has spoken with the recorder.",
            "{c} would let recorders read each other's drafts.",
        ),
        "A second member reads every record first; leave has its reason code and approver",
    ),
    Matter(
        "Summary of the year",
        (
            "{a} outlined the summary, with what was not done at the front.",
            "{b} wants the numbers of meetings to agree with the register.",
            "{c} made three proposals for next year.",
        ),
        "The revised summary goes to the general meeting; its numbers come from the register",
        (11, 12),
    ),
    Matter(
        "Plan of the year",
        (
            "{a} presented the draft in three parts: ideology, organization, style.",
            "{b} wants fewer tasks, each with a name and a date.",
            "{c} would put apprentices into it.",
        ),
        "After hearing all members the plan is finished and every task given to a person",
        (1, 2),
    ),
    Matter(
        "Around the first of July",
        (
            "{a} proposed a lecture and visits to old members, no evening show.",
            "{b} would praise some who work quietly.",
            "{c} checks what the committee above asks and when.",
        ),
        "The programme is reported upwards this week; its costs are shown",
        (6,),
    ),
    Matter(
        "Preparing the appraisal",
        (
            "{a} explained steps and days.",
            "{b} said voting papers bear no names and one person counts.",
            "{c} reminded all that probationary members take part without a grade.",
        ),
        "Before the appraisal everyone is spoken with at least once",
        (11, 12),
    ),
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
    "{a} had missed a meeting of the group assigned, without a word.",
    "{b} would like {a} to speak up more for the floor with management.",
)
