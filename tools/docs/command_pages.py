"""The pages of the commands, and their part of the manual, read from the command line itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.docs.markdown import code, contents, escape, fenced, join, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.docs.words import Words

_DEFAULT = re.compile(r"\s{2}(?=\[)")


class CommandHelp(NamedTuple):
    """A command: its words after ``dangwu``, what it does, its usage line, its arguments, options and commands."""

    words: tuple[str, ...]
    title: str
    usage: str
    more: str
    arguments: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]
    commands: tuple[tuple[str, str], ...]


def read_commands(root: Any) -> list[CommandHelp]:
    """Return every command below the root command of the command line, with the root itself; a group stands first."""
    found = []
    todo: list[tuple[tuple[str, ...], Any, Any]] = [((), root, None)]
    for words, command, parent in todo:
        context = command.make_context(words[-1] if words else "dangwu", [], resilient_parsing=True, parent=parent)
        names = command.list_commands(context) if hasattr(command, "list_commands") else []
        below = [((*words, name), command.get_command(context, name), context) for name in names]
        found.append(_read_command(words, command, context, below))
        todo += below
    return found


def _read_command(words: tuple[str, ...], command: Any, context: Any, below: list[Any]) -> CommandHelp:
    usage = " ".join(["dangwu", *words, *command.collect_usage_pieces(context)])
    records = [(each.param_type_name, each.get_help_record(context)) for each in command.get_params(context)]
    told = [(kind, (names, _DEFAULT.sub(" ", text))) for kind, record in records if record for names, text in [record]]
    return CommandHelp(
        words=words,
        title=command.help or "",
        usage=usage,
        more=command.epilog or "",
        arguments=tuple(record for kind, record in told if kind == "argument"),
        options=tuple(record for kind, record in told if kind == "option" and not _is_help(record[0])),
        commands=tuple((path[-1], each.help or "") for path, each, _ in below),
    )


def _is_help(names: str) -> bool:
    return "--help" in names.split(", ")


def build_command_pages(commands: list[CommandHelp], words: Words) -> Mapping[str, str]:
    """Return the pages below ``commands/``: the list, and one for each command with those in it."""
    root, *others = commands
    tops = [command for command in others if len(command.words) == 1]
    rows = [(f"[`{each.words[0]}`]({each.words[0]}.md)", escape(each.title)) for each in tops]
    index = join(
        [
            f"# {words['commands']}",
            words["commands intro"],
            table([words["command"], words["what it does"]], rows),
            f"## {words['general options']}",
            *_describe(root),
            contents(each.words[0] for each in tops),
        ]
    )
    pages = {"index": index}
    for top in tops:
        inner = [each for each in others if each.words[0] == top.words[0]]
        pages[top.words[0]] = join(block for each in inner for block in _build_section(each, words))
    return {f"commands/{name}.md": page for name, page in pages.items()}


def _build_section(command: CommandHelp, words: Words) -> list[str]:
    depth = "#" * len(command.words)
    title = f"{depth} dangwu {' '.join(command.words)}"
    rows = [(code(name), escape(text)) for name, text in command.commands]
    inner = table([words["subcommands"], words["what it does"]], rows) if rows else ""
    usage = fenced("text", command.usage)
    return [title, escape(command.title), usage, escape(command.more), *_describe(command), inner]


def _describe(command: CommandHelp) -> list[str]:
    """Return the arguments and options of a command."""
    listed = "\n\n".join(f"{code(name)}\n: {escape(text)}" for name, text in command.arguments)
    program = f"```{{program}} {' '.join(['dangwu', *command.words])}\n```"
    options = [f"```{{option}} {names.replace(' / ', ', ')}\n\n{escape(text)}\n```" for names, text in command.options]
    return [listed, program, *options]


def build_manual_part(commands: list[CommandHelp], words: Words) -> str:
    """Return what the manual says of all commands, below its own headings."""
    root, *others = commands
    blocks = [f"## {words['general options']}", *_describe(root), f"## {words['commands']}"]
    for command in others:
        blocks += [f"### {' '.join(command.words)}", escape(command.title), f"**{escape(command.usage)}**"]
        blocks += [escape(command.more), *_describe(command)]
    return join(blocks)
