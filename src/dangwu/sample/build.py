"""Puts the sample together: people, plan, faults, events, meetings, and from all of it the commits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.sample.attendance import AttendanceDraw
from dangwu.sample.commit_writer import CommitWriter
from dangwu.sample.founding_cast import make_cast
from dangwu.sample.meeting_faults import describe_fault, plant_absences, plant_faults
from dangwu.sample.meeting_plan import mark_major_meetings, meeting_order, plan_further_meetings, plan_meetings
from dangwu.sample.minutes_writer import MinutesWriter
from dangwu.sample.paper import HeldMeeting
from dangwu.sample.papers import write_papers
from dangwu.sample.papers.paper_writer import PaperWriter
from dangwu.sample.read_words import load_words
from dangwu.sample.reviews import commit_reviews
from dangwu.sample.roster_events import change_roster
from dangwu.sample.sample_values import Sample, seeded_random
from dangwu.sample.written_texts import WrittenTexts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from dangwu.sample.sample_values import Size


def make_sample(
    size: Size, as_of: date, *, language: str, schemas: Mapping[str, Mapping[str, Any]], base: Mapping[str, bytes]
) -> Sample:
    """Return a fictional branch up to the day before ``as_of``; the same arguments give the same bytes.

    ``schemas`` are the bundled schemas by kind, ``base`` the files that the first commit starts from.
    """
    words, seed = load_words(language), size.seed
    say = words.phrases
    start, last = date(as_of.year - size.years + 1, 1, 1), as_of - timedelta(days=1)
    cast = make_cast(size, start, last, say, language)
    meetings = plan_meetings(seeded_random(seed, "plan"), cast, start, last)
    meetings += plan_further_meetings(seeded_random(seed, "further"), meetings, start, last)
    meetings.sort(key=meeting_order)
    planned_faults = plant_faults(meetings, cast, seed, start, as_of)
    mark_major_meetings(meetings)
    events = change_roster(cast, meetings, size, last, say.committee)
    planned_faults += plant_absences(meetings, cast, start, as_of)

    commits = CommitWriter(cast, say, language, schemas=schemas, seed=seed, last=last)
    commits.begin(base, start)
    for event in events:
        commits.commit_change(event)
    absentee = next((meeting.absentee for meeting in meetings if meeting.absentee), None)
    attendance = AttendanceDraw(cast, say, seed, absentee)
    texts = WrittenTexts()
    writer = MinutesWriter(cast, words, seeded_random(seed, "minutes"), texts)
    held: list[HeldMeeting] = []
    for meeting in sorted(meetings, key=meeting_order):
        decided = [event for event in events if event.meeting is meeting]
        there = attendance.draw_attendance(meeting, everyone=any("elect" in event.what for event in decided))
        minutes = writer.write_minutes(meeting, there, decided)
        path = commits.commit_meeting(meeting, there, minutes)
        held.append(HeldMeeting(meeting, there, minutes, path))
    paths = {meeting.plan: meeting.path for meeting in held}
    for fault in planned_faults:
        if fault.waiver:
            paths[fault.meeting] = commits.commit_waiver(fault.meeting, fault.waiver)
    faults = [describe_fault(fault, paths.get(fault.meeting)) for fault in planned_faults]
    papers = PaperWriter(cast, held, commits, texts, words, seed=seed, start=start, last=last)
    write_papers(papers, absentee)
    later = commit_reviews(commits, held, seed=seed, start=start, last=last)
    planted = (*faults, *papers.planted, *later)
    return Sample(commits.list_commits(), planted)
