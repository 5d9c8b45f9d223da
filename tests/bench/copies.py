"""How the check for near-copies grows: ``python tests/bench/copies.py [--runs N]``; the ratio is what counts.

Two kinds of records: texts all their own, and texts of which a third is standing wording that every record repeats.
One record in a hundred is a copy with a tenth of its characters changed, so that something is found and measured.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from datetime import date, timedelta

from dangwu.check.context import Context
from dangwu.check.repeated_texts import check_near_copies
from dangwu.model.corpus import Corpus
from dangwu.model.document import Document, SectionHeading
from dangwu.model.record import GROUP_MEETING, Meeting
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds

HAN = [chr(code) for code in range(0x4E00, 0x5600)]
COMMON = HAN[::40]
SECTIONS, LENGTH = 3, 250
SIZES = (1000, 10000)


def text(chance: random.Random, standing: str) -> str:
    """Return a section: words of two characters, the commoner ones more often, with a stop now and then."""
    words = ("".join(chance.choices(COMMON if chance.random() < 0.3 else HAN, k=2)) for _ in range(LENGTH // 2))
    told = "".join(word + ("。" if chance.random() < 0.1 else "") for word in words)
    return standing + told[len(standing) :]


def copied(chance: random.Random, body: str) -> str:
    return "".join(chance.choice(HAN) if each in HAN and chance.random() < 0.1 else each for each in body)


def corpus(records: int, *, standing: bool) -> Corpus:
    chance = random.Random(records)  # noqa: S311 - the same texts on every run
    common = "".join(chance.choices(HAN, k=LENGTH // 3)) if standing else ""
    documents: dict[str, Document] = {}
    meetings: list[Meeting] = []
    bodies: list[str] = []
    for number in range(records):
        day = date(2020, 1, 1) + timedelta(days=number // 6)
        path = f"meetings/{day.year}/{day}-group-meeting-g{number % 6}.md"
        sections = [f"## 第{at}节\n\n{text(chance, common)}\n" for at in range(SECTIONS)]
        body = copied(chance, chance.choice(bodies)) if number % 100 == 99 else "\n".join(sections)
        bodies.append(body)
        raw = f"---\nschema: 1\n---\n\n{body}"
        heads = tuple(
            SectionHeading(line, at, 2, written=True)
            for at, line in enumerate(raw.split("\n"), 1)
            if line.startswith("## ")
        )
        documents[path] = Document(path, "", raw.encode(), {}, heads)
        meetings.append(Meeting(path, GROUP_MEETING, day, 900, 960, "", "", "", ()))
    return Corpus(documents=documents, meetings=tuple(meetings))


def once(context: Context) -> tuple[float, int]:
    begun = time.process_time()
    count = sum(1 for _ in check_near_copies(context))
    return time.process_time() - begun, count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    for standing in (False, True):
        seconds: list[float] = []
        for size in SIZES:
            made = corpus(size, standing=standing)
            context = Context(
                corpus=made, as_of=date(2026, 6, 30), rulebook=load_default_rulebook(), kinds=load_kinds()
            )
            timed = [once(context) for _ in range(runs)]
            seconds.append(statistics.median(each for each, _ in timed))
            name = "a third standing wording" if standing else "texts all their own"
            print(
                f"{name:<26}{size:>7} records  {seconds[-1]:>7.3f} s  {seconds[-1] / size * 1000:.3f} ms a record  "
                f"{timed[0][1]:>5} found"
            )
        ratio = seconds[1] / seconds[0]
        print(f"growth: {ratio:.1f} times the time for {SIZES[1] // SIZES[0]} times the records")


if __name__ == "__main__":
    main()
