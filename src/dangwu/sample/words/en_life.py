"""English: people and criticism in Party groups."""

from __future__ import annotations

from dangwu.sample.words.pools import Matter

LIFE = (
    Matter(
        "A colleague in difficulty",
        (
            "{a} reported that a colleague's parent is in hospital; others will cover shifts.",
            "{b} asks the union about the mutual aid fund, {c} goes along.",
            "What help is needed is told, nothing else goes outside.",
        ),
    ),
    Matter(
        "Applicants we look after",
        (
            "{a} reported on an applicant: steady work, takes on hard jobs.",
            "{b} would give more responsibility on the shift, to bring contact with others.",
            "{c}, the second contact, talks with the applicant every month and writes it down.",
        ),
    ),
    Matter(
        "Members' areas of responsibility",
        (
            "The areas were redrawn after machines were moved; {a}, {b} and {c} have one each.",
            "{b} asked to write down what belongs to it: order, checks, safety; no slogans.",
            "{c} proposed a mutual check at the end of the month.",
        ),
    ),
    Matter(
        "What we would tell the branch",
        (
            "{a} asked not to hold general meetings in the shipping days at the end of the month.",
            "{b} would like more lectures by people from the floor.",
            "{c} passed on that night-shift meals are cold; please take it up with management.",
        ),
    ),
    Matter(
        "Voluntary work",
        (
            "Next month we repair equipment at the old people's home: {a} brings tools, {b} fixes the day.",
            "{c} asks beforehand what is really needed.",
            "Everyone is free to join; those on shift stay.",
        ),
        months=(2, 3, 4, 9, 10),
    ),
    Matter(
        "What came of last month's agreements",
        (
            "{a} went through the list: two done, one waits for a spare part.",
            "{b}'s new labels are a week late; the reason was given and they come this week.",
            "What is not done gets a new date and is first on the list next month.",
        ),
    ),
    Matter(
        "Back from the holidays",
        (
            "{p} % are back in the {shop}; {a} has called the others.",
            "{b} hears people asking about wages elsewhere; the workshop should explain this year's rise early.",
            "{c} said minds settle when things are told in time.",
        ),
        months=(2, 3, 10),
    ),
    Matter(
        "Summing up the year",
        (
            "Everyone writes a page on attendance, work, apprentices and discipline; {a} collects them.",
            "{b} asked for two things that did not go well, rather than praise.",
            "{c} writes one for the first time; an older member reads it, nobody writes it instead.",
        ),
        months=(11, 12),
    ),
)

CRITICISM = (
    "{a} had looked at the phone in meetings and listened badly; accepts the reminder.",
    "{a} left twice without a proper handover and caused the next shift trouble; that ends.",
    "{a} was impatient and harsh with the apprentice and will speak with the person.",
    "{b} told {a} to raise problems when they are found, not in the meeting.",
    "{b} criticized {a} for an unfastened helmet; {a} admitted it.",
    "{b} pointed out that nobody can read {a}'s duty notes.",
    "{a} had filled in the study notes in one go, which was not honest, and will write only what was read.",
    "{b} said {a} is skilled but teaches little; {a} feared for output and will set time aside.",
    "{a} looked for excuses first when rework was counted, and not for causes.",
    "{b} said {a} gives out work without the reasons.",
    "{a} missed the start-of-shift talk twice.",
    "{b} said always the same people speak; {a}, as an older member, should draw in the younger ones.",
    "{a} had been short with contractors and will mend that.",
    "{b} asked {a} to bring gauges back in time.",
    "{a} had been content with the quota and thought little about better methods.",
    "{b} said {a} passes on what concerns two teams; {a} accepted it.",
    "{a} talks much about the workshop's difficulties and does too little about them.",
    "{b} would like {a} to write good methods down.",
    "{a} admitted ticking checks off at the end of the month.",
    "{b} said plainly that nothing came of {a}'s last promise; {a} explained and set a day.",
)

REPLIES = (
    "The leader noted each point; next time the person says what came of it.",
    "People found that it was said frankly.",
    "What was raised is put right within the month; the leader looks.",
    "What was not finished the leader takes up in person.",
    "Everyone accepted what was said to them.",
    "At the end the leader was told something too: notice of meetings comes late.",
)
