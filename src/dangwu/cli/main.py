"""The entry point: language first, then the command, then one place where errors become exit codes."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from dangwu.cli.languages import _, choose
from dangwu.errors import DangwuError, Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.language import Language

_ANYWHERE = ("-C", "--lang", "--as-of", "--color")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (design, section 5)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    # Records are trees without cycles; looking for garbage among them costs a quarter of a large check.
    gc.disable()
    _speak_utf8()
    language = choose(words)
    if "--debug" in words:
        return _run(_ordered([word for word in words if word != "--debug"]), language)
    try:
        return _run(_ordered(words), language)
    except DangwuError as error:
        _complain(language.text(error.message), language.text(error.hint) if error.hint else None)
        return error.exit_code
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLEAN
    except Exception as error:  # noqa: BLE001 - the one boundary: a fault of dangwu is one line and exit 4
        _complain(
            _("A fault in dangwu itself: {name}.").format(name=type(error).__name__),
            _("Run the command again with --debug and report what it prints, without names from your records."),
        )
        return Exit.FAULT


def _run(words: list[str], language: Language) -> int:
    from dangwu.cli.app import build  # noqa: PLC0415 - help texts need the language
    from dangwu.cli.usage_errors import Abort, TyperException, explain  # noqa: PLC0415

    try:
        result = build(language)(args=words, prog_name="dangwu", standalone_mode=False)
    except Abort:
        return Exit.INTERRUPTED
    except TyperException as error:
        message, hint = explain(error)
        _complain(message, hint)
        return Exit.USAGE
    return result if isinstance(result, int) else Exit.CLEAN


def _ordered(words: list[str]) -> list[str]:
    """Move the options that belong before the command to the front: people write them anywhere."""
    front: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word == "--":
            rest.extend(words[at:])
            break
        if word in _ANYWHERE and at + 1 < len(words):
            front.extend(words[at : at + 2])
            at += 1
        elif word.startswith(tuple(f"{each}=" for each in _ANYWHERE)):
            front.append(word)
        else:
            rest.append(word)
        at += 1
    return [*front, *rest]


def _complain(message: str, hint: str | None) -> None:
    from dangwu.formats.safe_text import safe_text  # noqa: PLC0415

    print(f"dangwu: {safe_text(message)}", file=sys.stderr)
    if hint:
        print(f"        {safe_text(hint)}", file=sys.stderr)


def _speak_utf8() -> None:
    """Output is UTF-8 everywhere, also where a Chinese Windows pipes GBK; the terminal shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
