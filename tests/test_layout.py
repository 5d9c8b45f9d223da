"""The plan of the house, read from the source with ``ast``: who may import whom, and who may touch the world."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field
from functools import cache
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dangwu.cli.app import _list_command_titles

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[1] / "src" / "dangwu"
MODULE_LINES, FUNCTION_LINES = 300, 60

FLOORS = (
    ("__init__", "model"),
    ("errors", "language"),
    ("data", "facts", "files", "parse"),
    ("audit", "authoring", "changes", "check", "duty", "git", "pages", "privacy"),
    ("forms", "sample", "sheets"),
    ("formats",),
    ("board",),
    ("workspace",),
    ("desk",),
    ("cli",),
    ("__main__",),
)
"""From the ground up. A room imports rooms of lower floors only, in annotations too."""
LEVELS = {room: level for level, floor in enumerate(FLOORS) for room in floor}
SUBCOMMANDS = {"rules_diff"}
"""Commands below another one that have a file of their own."""
TOPICS = {
    "__init__", "admonitions", "appraisals", "attendance", "audit", "board", "body", "branch", "conduct", "context",
    "csv", "document", "dues", "duties", "findings", "history", "import_preview", "lateness", "markdown", "meeting",
    "meetings", "next_step", "openness", "page", "paper", "people", "plans", "record", "records", "registry", "review",
    "rules", "rules_diff", "schema", "study", "supervision", "table", "targets", "work", "xlsx", "year",
}  # fmt: skip
"""File names that several folders may have: the same topic, command, format or part of a room, seen from two sides."""
# Each library has one door.
DOORS = {
    "ruamel": ("parse/yaml.py", "parse/pure"),
    "_ruamel_yaml": ("parse/yaml.py",),
    "jsonschema_rs": ("parse/schema.py",),
    "jinja2": ("formats/html.py", "board/site.py", "formats/docx/template", "desk/templating.py"),
    "rich": ("cli/", "formats/terminal/", "formats/render.py"),
    "typer": ("cli/",),
    "typst": ("formats/pdf.py", "formats/fonts.py"),
    "docx": ("formats/docx/",),
    "docxtpl": ("formats/docx/template.py",),
    "openpyxl": ("sheets/read/xlsx.py",),
    "xlsxwriter": ("formats/xlsx",),
    "icalendar": ("formats/ics.py",),
    "markdown_it": ("parse/commonmark.py",),
    "werkzeug": ("desk/wsgi.py",),
    "waitress": ("desk/wsgi.py",),
}
LAZY = {
    "rich", "jsonschema_rs", "ruamel", "_ruamel_yaml", "jinja2", "typst", "docx", "docxtpl", "openpyxl", "xlsxwriter",
    "icalendar", "markdown_it", "subprocess", "tempfile", "waitress", "werkzeug",
}  # fmt: skip
# What derives from classes of a heavy library: loaded itself only where it is used.
HEAVY = ("parse/pure", "parse/commonmark")
# Standard modules that reach disk, other programs or the network.
WORLD = {
    "subprocess": ("git/plumbing.py",),
    "tempfile": ("files/", "git/"),
    "shutil": ("files/", "git/"),
    "glob": ("files/",),
    "fileinput": (),
    "socket": (),
    "ssl": (),
    "http": ("desk/second_start.py",),
    "urllib.request": (),
    "multiprocessing": (),
    "ctypes": ("cli/languages.py",),
}
DISK_ROOMS = ("files/", "git/", "data/")
PATH_METHODS = {
    "chmod", "exists", "expanduser", "glob", "hardlink_to", "is_dir", "is_file", "is_symlink", "iterdir", "lstat",
    "mkdir",
    "open", "read_bytes", "read_text", "readlink", "rename", "rglob", "rmdir", "stat", "symlink_to", "touch", "unlink",
    "write_bytes", "write_text",
}  # fmt: skip
OS_NAMES = {
    "access", "chmod", "link", "listdir", "lstat", "makedirs", "mkdir", "open", "popen", "readlink", "remove", "rename",
    "replace", "rmdir", "scandir", "stat", "symlink", "system", "truncate", "unlink", "walk",
}  # fmt: skip
CLOCK = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time", "datetime.datetime", "datetime.date"}
# The parts of an archive whose bytes have been read already.
IN_MEMORY = ("sheets/read/xlsx_parts.py", "archive.open(name)")


@dataclass(frozen=True)
class Import:
    """One imported module: its full name, the line, and where the statement stands."""

    name: str
    line: int
    top: bool
    typed: bool


@dataclass(frozen=True)
class Module:
    """One source file."""

    path: str
    tree: ast.Module
    lines: int
    imports: list[Import] = field(default_factory=list)

    @property
    def name(self) -> str:
        return ".".join(
            ("dangwu", *self.path.removesuffix(".py").removesuffix("__init__").strip("/").split("/"))
        ).strip(".")

    @property
    def part(self) -> str:
        return self.path.split("/")[0].removesuffix(".py")


@cache
def modules() -> tuple[Module, ...]:
    made = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        name = path.relative_to(SOURCE).as_posix()
        made.append(Module(name, tree, len(text.splitlines()), list(_imports(tree))))
    assert len(made) > 40
    return tuple(made)


def _imports(tree: ast.Module) -> Iterator[Import]:
    typed = {
        each for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for statement in node.body for each in ast.walk(statement)
    }  # fmt: skip
    lazy = {
        each for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for each in ast.walk(node)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports name the whole package"
            names = [_target(str(node.module), each.name) for each in node.names]
        else:
            continue
        for name in names:
            yield Import(name, node.lineno, node not in lazy, node in typed)


def _target(module: str, name: str) -> str:
    """Return the submodule that ``from module import name`` means, or the module itself."""
    folder = SOURCE.parent.joinpath(*module.split("."))
    return f"{module}.{name}" if (folder / f"{name}.py").is_file() or (folder / name).is_dir() else module


def _part(name: str) -> str:
    _top, _, rest = name.partition(".")
    return rest.split(".")[0] or "__init__"


def _calls(module: Module) -> Iterator[tuple[ast.Call, str, str]]:
    """Yield each call with the written owner and name of what is called."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, ast.unparse(node.func.value), node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, "", node.func.id


def _at(module: Module, line: int, what: str) -> str:
    return f"{module.path}:{line} {what}"


def _ours(module: Module) -> Iterator[Import]:
    return (each for each in module.imports if each.name.split(".")[0] == "dangwu")


def test_the_floors_name_every_room() -> None:
    assert {module.part for module in modules()} == set(LEVELS)


def test_rooms_import_lower_floors_only() -> None:
    wrong = [
        _at(module, each.line, each.name)
        for module in modules()
        for each in _ours(module)
        if _part(each.name) != module.part and LEVELS[_part(each.name)] >= LEVELS[module.part]
    ]
    assert not wrong


def test_the_ground_floors_need_only_the_standard_library() -> None:
    wrong = [
        _at(module, each.line, each.name)
        for module in modules()
        if LEVELS[module.part] < LEVELS["data"]
        for each in module.imports
        if each.name.split(".")[0] not in sys.stdlib_module_names | {"dangwu"}
    ]
    assert not wrong


def test_each_library_has_one_door() -> None:
    wrong = []
    for module in modules():
        for each in module.imports:
            top = each.name.split(".")[0]
            if top not in sys.stdlib_module_names | {"dangwu"} and not module.path.startswith(DOORS.get(top, ())):
                wrong.append(_at(module, each.line, each.name))
    assert not wrong


def test_heavy_libraries_are_loaded_where_they_are_used() -> None:
    wrong = [
        _at(module, each.line, each.name)
        for module in modules()
        for each in module.imports
        if each.top and not each.typed and _heavy(each.name) and not module.path.startswith(HEAVY)
    ]
    assert not wrong


def _heavy(name: str) -> bool:
    """Tell whether an import is one of a heavy library, or of a module that begins with one."""
    return name.split(".", maxsplit=1)[0] in LAZY or name.removeprefix("dangwu.").replace(".", "/").startswith(HEAVY)


def test_disk_and_programs_are_reached_only_through_files() -> None:
    wrong = []
    for module in modules():
        for each in module.imports:
            doors = WORLD.get(each.name, WORLD.get(each.name.split(".")[0]))
            if doors is not None and not each.typed and not module.path.startswith(doors):
                wrong.append(_at(module, each.line, each.name))
        if module.path.startswith(DISK_ROOMS):
            continue
        for call, owner, name in _calls(module):
            touches = (not owner and name == "open") or (
                owner and name in (OS_NAMES if owner == "os" else PATH_METHODS)
            )
            if touches and (module.path, ast.unparse(call)) != IN_MEMORY:
                wrong.append(_at(module, call.lineno, f"{owner}.{name}()"))
    assert not wrong


def test_the_clock_and_print_stay_in_the_command_line() -> None:
    wrong = [
        _at(module, call.lineno, f"{owner}.{name}()")
        for module in modules()
        if module.part != "cli"
        for call, owner, name in _calls(module)
        if (not owner and name in {"print", "input"}) or (owner in CLOCK_OWNERS and name in CLOCK)
    ]
    assert not wrong


def test_modules_are_short() -> None:
    assert not [f"{module.path}: {module.lines}" for module in modules() if module.lines > MODULE_LINES]


def test_functions_are_short() -> None:
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    wrong.append(_at(module, node.lineno, f"{node.name}: {length}"))
    assert not wrong


def test_imports_run_in_no_circle() -> None:
    graph = {module.name: {each.name for each in module.imports} - {module.name} for module in modules()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            pytest.fail(" -> ".join((*trail[trail.index(name) :], name)))
        if name in graph and name not in done:
            for each in sorted(graph[name]):
                visit(each, (*trail, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


def test_each_command_is_one_file() -> None:
    names = {f"{name}_" if iskeyword(name) else name for name in _list_command_titles()}
    files = [module.path for module in modules() if module.path.startswith("cli/commands/")]
    found = {path.removeprefix("cli/commands/").split("/")[0].removesuffix(".py") for path in files}
    assert found - {"__init__"} - SUBCOMMANDS == names


def test_a_file_name_says_where_it_is() -> None:
    """A name that two folders share is that of one topic, seen from two sides."""
    places: dict[str, list[str]] = {}
    for module in modules():
        folder, _, name = module.path.rpartition("/")
        places.setdefault(name.removesuffix(".py"), []).append(folder)
    shared = {name: folders for name, folders in places.items() if len(folders) > 1 and name not in TOPICS}
    assert not shared
    assert not [name for name in TOPICS if len(places.get(name, ())) < 2]


def test_every_room_has_tests() -> None:
    here = Path(__file__).parent
    rooms = {module.part for module in modules() if "/" in module.path}
    assert not [room for room in rooms if not list((here / room).rglob("test_*.py"))]


def test_the_reader_of_imports_can_tell() -> None:
    """The tests above would pass on anything if this reading were wrong."""
    text = "import rich\nif TYPE_CHECKING:\n    import jinja2\n"
    text += "def f():\n    from dangwu.files import git\n    import os.path\n"
    read = [(each.name, each.top, each.typed) for each in _imports(ast.parse(text))]
    assert sorted(read) == [
        ("dangwu.files", False, False),
        ("jinja2", True, True),
        ("os.path", False, False),
        ("rich", True, False),
    ]
    assert _part("dangwu") == "__init__"
    assert _part("dangwu.git.plumbing") == "git"


def test_no_question_to_git_believes_a_date_or_a_mailmap() -> None:
    """A back-dated commit would hide others from a filter by date, a mailmap would rename the committee."""
    words = [
        (module.path, node.value)
        for module in modules()
        if module.part == "git"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    dates = ("--since", "--until", "--after", "--before", "%aN", "%cN", "%aE", "%cE", "%aL", "%cL", "--use-mailmap")
    assert not [each for each in words if each[1].startswith(dates[:4]) or any(word in each[1] for word in dates[4:])]
    states = [text for _, text in words if "%G?" in text]
    assert states
    assert all("%GS" in text for text in states), "a good signature says nothing without whose it is"
