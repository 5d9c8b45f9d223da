"""The data of a record before and after → its text with only what differs written anew.

Each difference is written at the finest place that can be edited; a wider one only where no comment would be lost.
Callers parse the text again and compare it with the data that was meant.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.marked_text import PatchError
from dangwu.authoring.edit.splices import Splice, join_splices
from dangwu.authoring.record_text import SchemaPlace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.authoring.edit.marked_text import MarkedText
    from dangwu.model.finding import Pointer


def rewrite_record(
    text: MarkedText, before: Mapping[str, Any], after: Mapping[str, Any], schema: Mapping[str, Any]
) -> str:
    """Return the text of a record with the data ``after``; fields that are new stand in the order of the schema.

    PatchError where the text has a form that cannot be edited, or a comment would be lost.
    """
    if text.is_flow(()):
        raise PatchError
    splices = _Rewriter(text).write_block_mapping((), before, after, SchemaPlace([schema], schema))
    return join_splices(text.text, splices)


def _is_same(one: Any, other: Any) -> bool:
    return bool(one == other) and repr(one) == repr(other)


class _Rewriter:
    """Builds the splices that turn one text into another."""

    def __init__(self, text: MarkedText) -> None:
        self._text = text

    def write(self, pointer: Pointer, old: Any, new: Any, place: SchemaPlace) -> Iterator[Splice]:
        """Yield the splices of one value, at the finest place that can be edited."""
        if _is_same(old, new):
            return
        try:
            inside = list(self._write_inside(pointer, old, new, place))
        except PatchError:
            inside = [self._replace(pointer, old, new, place)]
        yield from inside

    def _write_inside(self, pointer: Pointer, old: Any, new: Any, place: SchemaPlace) -> Iterator[Splice]:
        flow = self._text.is_flow(pointer)
        if not old or not new or type(old) is not type(new):
            raise PatchError
        if isinstance(old, dict) and not flow:
            yield from self.write_block_mapping(pointer, old, new, place)
        elif isinstance(old, dict) and [*old] == [*new]:
            for key, value in old.items():
                yield from self.write((*pointer, key), value, new[key], place.field(key))
        elif isinstance(old, list) and not flow:
            yield from self._write_block_list(pointer, old, new, place.item())
        else:
            raise PatchError

    def write_block_mapping(
        self, pointer: Pointer, old: Mapping[str, Any], new: Mapping[str, Any], place: SchemaPlace
    ) -> Iterator[Splice]:
        """Yield the splices of a mapping with a line for each field."""
        kept = [key for key in old if key in new]
        if not kept:
            raise PatchError
        for key, value in old.items():
            if key in new:
                yield from self.write((*pointer, key), value, new[key], place.field(key))
            else:
                yield self._remove((*pointer, key), self._text.key((*pointer, key)))
        order = place.order(new)
        for number, key in enumerate(order):
            if key not in old:
                above = [name for name in order[:number] if name in kept]
                lines = place.field(key).render_field(key, new[key])
                yield self._add_field((*pointer, above[-1] if above else kept[0]), lines, below=bool(above))

    def _add_field(self, beside: Pointer, lines: Sequence[str], *, below: bool) -> Splice:
        """Write a new field below another one, or before it."""
        text, key = self._text, self._text.key(beside)
        whole = "\n".join(_indent(lines, " " * text.indent(key)))
        if below:
            end = text.block_end(beside)
            return Splice(end, -len(beside), end, f"\n{whole}")
        start = text.line_start(key)
        if text.text[start:key].strip(" "):
            raise PatchError
        return Splice(start, -len(beside), start, f"{whole}\n")

    def _write_block_list(
        self, pointer: Pointer, old: Sequence[Any], new: Sequence[Any], place: SchemaPlace
    ) -> Iterator[Splice]:
        matcher = SequenceMatcher(None, [repr(item) for item in old], [repr(item) for item in new], autojunk=False)
        for tag, first, end, start, stop in matcher.get_opcodes():
            both = 0 if tag == "equal" else min(end - first, stop - start)
            for step in range(both):
                yield from self.write((*pointer, first + step), old[first + step], new[start + step], place)
            if tag != "equal":
                for number in range(first + both, end):
                    item = (*pointer, number)
                    yield self._remove(item, self._text.start(item), mark="-")
                if start + both < stop:
                    yield self._add_items(pointer, first + both, new[start + both : stop], place)

    def _add_items(self, pointer: Pointer, number: int, items: Sequence[Any], place: SchemaPlace) -> Splice:
        """Write new items below the one before ``number``, or above the first."""
        text = self._text
        first_line = text.line_start(text.start((*pointer, 0)))
        dash = text.text.index("-", first_line) - first_line
        if text.text[first_line : first_line + dash].strip(" "):
            raise PatchError
        # Items are written two blanks in.
        lines = [line[2:] for item in items for line in place.render_item(item)]
        whole = "\n".join(_indent(lines, " " * dash))
        if number:
            end = text.block_end((*pointer, number - 1))
            return Splice(end, -len(pointer) - 1, end, f"\n{whole}")
        return Splice(first_line, -len(pointer) - 1, first_line, f"{whole}\n")

    def _remove(self, pointer: Pointer, begin: int, mark: str = "") -> Splice:
        """Remove the lines of a field or of an item; comments in them stay as lines of their own."""
        text = self._text
        start, end = text.line_start(begin), text.block_end(pointer)
        before = text.text[start:begin]
        if before.strip(" ") != mark:
            raise PatchError
        indent = before[: len(before) - len(before.lstrip(" "))]
        kept = "".join(f"{indent}{comment}\n" for comment in text.comments(start, end))
        return Splice(start, -len(pointer), min(end + 1, len(text.text)), kept)

    def _replace(self, pointer: Pointer, old: Any, new: Any, place: SchemaPlace) -> Splice:
        """Write a value anew; a comment behind it stays, with one inside PatchError."""
        text = self._text
        if not pointer:
            raise PatchError
        if text.is_in_flow(pointer):
            start, end = text.start(pointer), self._find_end(pointer, old)
            self._refuse_comments(start, end)
            return Splice(start, -len(pointer), end, place.render_flow(new))
        if not isinstance(old, dict | list | None) and not isinstance(new, dict | list):
            return Splice(text.start(pointer), -len(pointer), text.scalar_end(pointer), place.render_scalar(new))
        if isinstance(pointer[-1], str):
            return self._replace_field(pointer, old, place.render_field(pointer[-1], new))
        start, end = text.start(pointer), self._find_end(pointer, old)
        column = text.indent(start)
        first, *rest = _indent(place.render_item(new), " " * max(column - 4, 0))
        return self._build_replacement(pointer, (start, start, end), [first.lstrip(" ")[2:], *rest])

    def _replace_field(self, pointer: Pointer, old: Any, lines: Sequence[str]) -> Splice:
        text, key = self._text, self._text.key(pointer)
        line_end = text.line_end(key)
        if old is None:
            comment = text.comment(key, line_end)
            start = end = key + len(text.text[key:line_end].removesuffix(comment).rstrip(" "))
        else:
            start, end = text.start(pointer), self._find_end(pointer, old)
        first, *rest = _indent(lines, " " * text.indent(key))
        return self._build_replacement(pointer, (key, start, end), [first.lstrip(" "), *rest])

    def _build_replacement(self, pointer: Pointer, parts: tuple[int, int, int], lines: Sequence[str]) -> Splice:
        """Replace from the first of three offsets, the begin of a name, of its value and the end of that."""
        text = self._text
        begin, start, end = parts
        line_end, last_end = text.line_end(begin), text.line_end(end)
        if end > line_end:
            # Over several lines: a comment behind the name stays, one within would be lost.
            behind = text.text[begin:line_end].rpartition(text.comment(begin, line_end) or "\n")
            comment = f"  {behind[1]}" if behind[1].startswith("#") else ""
            self._refuse_comments(max(start, line_end + 1), end)
            if text.text[end:last_end].strip(" "):
                raise PatchError
        else:
            comment = text.text[end:line_end]
            if comment.strip(" ") and not comment.startswith(" "):
                raise PatchError
            end = line_end
        return Splice(begin, -len(pointer), end, "\n".join([f"{lines[0]}{comment}", *lines[1:]]))

    def _find_end(self, pointer: Pointer, old: Any) -> int:
        text = self._text
        if text.is_flow(pointer):
            return text.flow(pointer)[1] + 1
        return text.block_end(pointer) if isinstance(old, dict | list) else text.scalar_end(pointer)

    def _refuse_comments(self, start: int, end: int) -> None:
        if any(self._text.comments(start, end)):
            raise PatchError


def _indent(lines: Sequence[str], blanks: str) -> list[str]:
    return [f"{blanks}{line}" for line in lines]
