"""How many honest histories are told wrongly, and how many fakes stay silent.

``python tests/bench/honest_and_faked.py --honest 1000 --fakes 1000 --seed 1 --jobs 2`` makes so many random histories
and lets the installed command audit each. ``--again KIND/SEED`` (``honest/1-17``, as printed) shows one of them as
steps; ``--save FILE`` writes the words for all that failed, a line each, ``--again FILE`` judges these again, and
``--keep FOLDER`` keeps the repository of one.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.support.plots.fakes import FAKES
from tests.support.plots.judging import Verdict, judge_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HONEST = "honest"


def _names(honest: int, fakes: int, seed: int) -> Iterator[str]:
    yield from (f"{HONEST}/{seed}-{number}" for number in range(honest))
    yield from (f"{kind}/{seed}-{number}" for number, kind in enumerate(islice(cycle(FAKES), fakes)))


def _told(verdicts: Sequence[Verdict]) -> None:
    honest = [each for each in verdicts if each.kind is None]
    fakes = [each for each in verdicts if each.kind is not None]
    wrong = [each for each in honest if each.wrong]
    print(f"honest histories: {len(honest)}, told wrongly: {len(wrong)}")
    codes = Counter(code for each in wrong for code in set(each.codes))
    for code, number in codes.most_common():
        first = next(each for each in wrong if code in each.codes)
        line = next(line for known, line in zip(first.codes, first.wrong, strict=True) if known == code)
        print(f"  {code}: in {number} histories; honest/{first.seed}: {line}")
    silent = [each for each in fakes if each.wrong]
    print(f"fakes: {len(fakes)}, not told as they shall be: {len(silent)}")
    every = Counter(each.kind for each in fakes)
    for kind in FAKES:
        of_kind = [each for each in silent if each.kind == kind]
        if of_kind:
            print(f"  {kind}: {len(of_kind)} of {every[kind]}; {kind}/{of_kind[0].seed}: {of_kind[0].wrong[0]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--honest", type=int, default=1000)
    parser.add_argument("--fakes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--again", metavar="KIND/SEED|FILE")
    parser.add_argument("--save", type=Path, metavar="FILE")
    parser.add_argument("--keep", metavar="FOLDER")
    words = parser.parse_args()
    saved = Path(words.again or "").is_file()
    if words.again and not saved:
        if words.keep:
            shutil.rmtree(Path(words.keep) / "支部 记录", ignore_errors=True)
        print(judge_name(words.again, words.keep))
        return
    begun = time.perf_counter()
    with ProcessPoolExecutor(words.jobs, mp_context=get_context("spawn")) as pool:
        again = Path(words.again).read_text(encoding="utf-8").splitlines() if saved else ()
        names = again or _names(words.honest, words.fakes, words.seed)
        verdicts = list(pool.map(judge_name, names, chunksize=10))
    _told(verdicts)
    print(f"{time.perf_counter() - begun:.0f} seconds")
    if words.save:
        failed = [f"{each.kind or HONEST}/{each.seed}" for each in verdicts if each.wrong]
        words.save.write_text("".join(f"{each}\n" for each in failed), encoding="utf-8")


if __name__ == "__main__":
    main()
