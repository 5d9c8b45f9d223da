"""What is told of two builds: the table, what differs, what proves nothing, and what is left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.bench.outputs_compare import failures, name_of, outputs
from tests.bench.outputs_cover import left_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tests.bench.outputs_case import Case
    from tests.bench.outputs_compare import Output

_COLUMNS = ("commands", "outputs", "equal", "different", "named", "failed")


def tell(top: Path, cases: Sequence[Case], named: Mapping[str, str], wanted: Callable[[str], bool]) -> int:
    """Print the table, the differences and the failures of the wanted cases; return 0 where there are none, else 1."""
    old, new = (top / name / "made" for name in ("old", "new"))
    compared = list(outputs(old, new, wanted))
    failed = failures(old, new, [asked for asked in cases if (old / asked.name).is_dir()])
    failed |= {f"untouched/{path.name}": "a command changed what it may only read" for path in _touched(old, new)}
    _table(cases, compared, failed, named)
    different = [output for output in compared if output.differs]
    matched: set[str] = set()
    for output in different:
        patterns = name_of(output, named)
        matched.update(patterns)
        print(f"{'named' if patterns else 'different'}: {output.name}: {output.differs}")
    for name, reason in failed.items():
        print(f"failed: {name}: {reason}")
    for pattern in named:
        if pattern not in matched:
            print(f"expected, but not there: {pattern}")
    unnamed = any(not name_of(output, named) for output in different)
    return 1 if failed or unnamed or not compared else 0


def tell_left_out(helps: Mapping[str, str], cases: Sequence[Case]) -> int:
    """Name the commands and options that no case asks for; return 1 where a command is among them."""
    commands, options = left_out(helps, cases)
    for command in commands:
        print(f"failed: {command}: no case asks for this command")
    if options:
        print(f"options that no case gives: {', '.join(options)}")
    return 1 if commands else 0


def _touched(old: Path, new: Path) -> list[Path]:
    return [path for made in (old, new) for path in (made / "untouched").rglob("*") if path.is_file()]


def _table(
    cases: Sequence[Case], compared: Sequence[Output], failed: Mapping[str, str], named: Mapping[str, str]
) -> None:
    rows: dict[str, Counter[str]] = {output.family: Counter() for output in compared}
    for asked in cases:
        rows.setdefault(asked.family, Counter())["commands"] += len(asked.steps)
    for output in compared:
        state = "equal" if not output.differs else "named" if name_of(output, named) else "different"
        rows[output.family].update(("outputs", state))
    for name in failed:
        rows.setdefault(name.partition("/")[0], Counter())["failed"] += 1
    total: Counter[str] = sum(rows.values(), Counter())
    print(f"{'family':<12}" + "".join(f"{column:>11}" for column in _COLUMNS))
    for family, counts in (*sorted(rows.items()), ("all", total)):
        print(f"{family:<12}" + "".join(f"{counts[column]:>11}" for column in _COLUMNS))
