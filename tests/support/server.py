"""A process that has loaded the command once and forks for each run: most of a short command's time is its start.

Each run is still a process of its own, with its own folder, environment, input and output. Started by ``support.run``.
"""

from __future__ import annotations

import gc
import importlib
import io
import json
import os
import pkgutil
import sys
import traceback
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.workspace.workspace import Workspace
    from tests.support.measure import Measure

HUNG = -1
_LIBRARIES = (
    "_ruamel_yaml", "docx", "docxtpl", "icalendar", "jinja2", "jsonschema_rs", "openpyxl", "rich.console", "rich.table",
    "ruamel.yaml", "subprocess", "tempfile", "typer", "typst", "xlsxwriter",
)  # fmt: skip
"""What commands load only where it is needed."""


def serve() -> None:
    """Answer requests, a line of JSON each, with a line that has the exit code."""
    measure = _begin_measure()
    _warm(*sys.argv[1:])
    if measure:
        measure.prepare(name for name in _list_modules() if _is_of_commands(name))
    with os.fdopen(os.dup(1), "w", encoding="ascii") as answers:
        for line in _lines():
            request = json.loads(line)
            code = _read_ahead(request["ahead"]) if "ahead" in request else _run_child(request, measure)
            answers.write(f"{code if code >= 0 else HUNG}\n")
            answers.flush()
    if measure:
        measure.save()


def _run_child(request: dict[str, Any], measure: Measure | None) -> int:
    process = os.fork()
    if not process:
        _child(request, measure)
    _, status = os.waitpid(process, 0)
    if measure:
        measure.take_from_child()
    return os.waitstatus_to_exitcode(status)


def _read_ahead(folder: str) -> int:
    """Read a branch on which many runs follow: these find its files parsed, as long as path and bytes are the same.

    Each run still reads the files from the disk, judges them and works out all else; what it does to the parsed values
    nobody else sees.
    """
    _load(folder)
    gc.freeze()
    return 0


def _load(folder: str) -> Workspace:
    from dangwu.files.worktree import WorkTree  # noqa: PLC0415
    from dangwu.workspace.load import load_workspace  # noqa: PLC0415

    return load_workspace(WorkTree(Path(folder)))


def _begin_measure() -> Measure | None:
    """Measure what commands run, where that is asked for; the suite is otherwise out of their reach."""
    if "DANGWU_TEST_COVERAGE" not in os.environ:
        return None
    sys.path.append(str(Path(__file__).parents[2]))
    from tests.support.measure import begin  # noqa: PLC0415

    sys.path.pop()
    return begin()


def _lines() -> Iterator[str]:
    with os.fdopen(os.dup(0), encoding="utf-8", errors="surrogateescape") as requests:
        yield from requests


def _warm(branch: str, day: str) -> None:
    """Import what commands import, and nothing of the suite; read what comes with the package and never changes.

    A branch that most tests begin with is reported on, on a day.
    """
    from dangwu.parse import document  # noqa: PLC0415

    # Before any module takes the function by its name.
    document.parse_document = cache(document.parse_document)
    for name in (*_LIBRARIES, *(name for name in _list_modules() if not _is_of_commands(name))):
        importlib.import_module(name)
    from dangwu import language  # noqa: PLC0415
    from dangwu.data import resources  # noqa: PLC0415
    from dangwu.formats import fonts, html  # noqa: PLC0415
    from dangwu.model.audience import Audience  # noqa: PLC0415
    from dangwu.parse import schema  # noqa: PLC0415
    from dangwu.privacy import viewer  # noqa: PLC0415
    from dangwu.workspace import catalogue  # noqa: PLC0415

    for code in language.LANGUAGES:
        language.load_language(code)
    catalogue.load_default_rulebook()
    for kind in catalogue.load_kinds():
        viewer._read_schema_words(kind)
        schema._build_validator(kind, resources.load_schema)
    for name in (html._PAGE_TEMPLATE, html._STYLE_TEMPLATE, html._PROSE):
        html._build_environment(resources.read_package_text).get_template(name)
    fonts.load_fonts()
    # What the first report of a process makes ready is the same for every branch, day and language.
    _load(branch).report(date.fromisoformat(day), int(day[:4]), Audience.HANDLERS)
    # What stands here is not looked through again in each run, nor copied for that.
    gc.collect()
    gc.freeze()


def _list_modules() -> Iterator[str]:
    import dangwu.cli.main  # noqa: PLC0415

    yield from (found.name for found in pkgutil.walk_packages(dangwu.__path__, "dangwu."))


def _is_of_commands(name: str) -> bool:
    """Tell whether a module belongs to commands: their help is worded in the language of the run that loads them."""
    return name.startswith(("dangwu.__main__", "dangwu.cli."))


def _child(request: dict[str, Any], measure: Measure | None) -> NoReturn:
    import signal  # noqa: PLC0415

    code = 4
    if measure:
        measure.enter_child()
    try:
        signal.alarm(request["limit"])
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["env"])
        for at, name in enumerate(("in", "out", "err")):
            handle = os.open(request[name], os.O_RDONLY if at == 0 else os.O_WRONLY)
            os.dup2(handle, at)
        sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), encoding="utf-8")
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8")
        sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w", closefd=False)), encoding="utf-8")
        from dangwu.cli.main import main  # noqa: PLC0415

        code = main(request["words"])
    except BaseException:  # noqa: BLE001 - as Python itself would end
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        if measure:
            measure.leave_child()
        os._exit(code)


if __name__ == "__main__":
    serve()
