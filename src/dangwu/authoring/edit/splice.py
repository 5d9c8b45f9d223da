"""Edits of data → edits of its text, which leave every other line, comment and quotation mark as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import AddEdit, DropEdit, PutEdit, follow_pointer
from dangwu.authoring.edit.marked_text import MarkedText, PatchError
from dangwu.authoring.edit.splices import Splice, join_splices
from dangwu.authoring.yaml_scalar import render_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.authoring.edit.edits import DataEdit
    from dangwu.model.finding import Pointer

_DAY_FIELDS = frozenset({"date", "from", "joined_on", "converted_on"})


def patch_text(text: MarkedText, data: dict[str, Any], edits: Sequence[DataEdit]) -> str:
    """Return the edited text. PatchError where the text has a form that cannot be edited."""
    splices: list[Splice] = []
    for pointer, group in _group_edits(edits):
        # Of those at one offset the deeper comes first.
        splices += [
            Splice(start, -len(pointer), end, new)
            for start, end, new in _SpliceBuilder(text, data).build(pointer, group)
        ]
    return join_splices(text.text, splices)


def _group_edits(edits: Sequence[DataEdit]) -> list[tuple[Pointer, list[DataEdit]]]:
    """Return the edits by pointer; drops from and additions to one list are one group."""
    groups: dict[Pointer, list[DataEdit]] = {}
    for edit in edits:
        groups.setdefault(edit.pointer[:-1] if isinstance(edit, DropEdit) else edit.pointer, []).append(edit)
    return list(groups.items())


class _SpliceBuilder:
    """Builds the splices of the edits at one pointer: start, end and new text of each."""

    def __init__(self, text: MarkedText, data: dict[str, Any]) -> None:
        self._text, self._data = text, data

    def build(self, pointer: Pointer, edits: Sequence[DataEdit]) -> Iterator[tuple[int, int, str]]:
        """Yield the start, end and new text of each part of the text that changes."""
        first = edits[0]
        if isinstance(first, PutEdit):
            if len(edits) > 1:
                raise PatchError
            yield self._put(first)
            return
        added = [edit.item for edit in edits if isinstance(edit, AddEdit)]
        dropped = sorted(int(edit.pointer[-1]) for edit in edits if isinstance(edit, DropEdit))
        if pointer not in self._text.values:
            yield self._new_list(pointer, added, next(edit.after for edit in edits if isinstance(edit, AddEdit)))
        elif not self._text.is_flow(pointer):
            yield from self._block(pointer, added, dropped)
        elif (
            dropped or self._text.is_in_flow(pointer) or follow_pointer(self._data, pointer) or not _has_mapping(added)
        ):
            yield from self._flow(pointer, added, dropped)
        else:
            yield from self._opened(pointer, added)

    def _put(self, edit: PutEdit) -> tuple[int, int, str]:
        pointer, text = edit.pointer, self._text
        if pointer in text.values:
            new = self._render_value(pointer[-1], edit.value, flow=text.is_in_flow(pointer))
            return text.start(pointer), text.scalar_end(pointer), new
        if text.is_flow(pointer[:-1]):
            return self._add_to_flow(pointer[:-1], self._render_pair(pointer[-1], edit.value))
        end, indent = self._find_end_above(pointer[:-1], edit.after)
        return end, end, f"\n{indent}{pointer[-1]}: {self._render_value(pointer[-1], edit.value, flow=False)}"

    def _add_to_flow(self, pointer: Pointer, written: str) -> tuple[int, int, str]:
        """Add a field to a mapping in brackets, behind its last one."""
        last, _, comma = self._text.flow(pointer)
        begins = last == self._text.start(pointer) + 1
        return last, last, written if begins else f" {written}" if comma else f", {written}"

    def _find_end_above(self, parent: Pointer, after: Sequence[str]) -> tuple[int, str]:
        """Return the end of the field below which a new one is added, and the indentation of both."""
        fields = list(follow_pointer(self._data, parent))
        key = next((name for name in after if name in fields), fields[-1] if fields else None)
        if key is None:
            raise PatchError
        indent = " " * self._text.indent(self._text.key((*parent, key)))
        return self._text.block_end((*parent, key)), indent

    def _new_list(self, pointer: Pointer, items: Sequence[Any], after: Sequence[str]) -> tuple[int, int, str]:
        if self._text.is_flow(pointer[:-1]):
            written = f"{pointer[-1]}: [{', '.join(self._render_flow(item) for item in items)}]"
            return self._add_to_flow(pointer[:-1], written)
        end, indent = self._find_end_above(pointer[:-1], after)
        return end, end, f"\n{indent}{pointer[-1]}:" + self._render_items(items, f"{indent}  ")

    def _opened(self, pointer: Pointer, items: Sequence[Any]) -> Iterator[tuple[int, int, str]]:
        """Turn an empty list in brackets into a block list; a comment stays beside the name of the field."""
        text = self._text
        start, (_, close, _) = text.start(pointer), text.flow(pointer)
        before = start - 1 if text.text[start - 1] == " " else start
        if "\n" in text.text[start:close]:
            raise PatchError
        yield before, close + 1, ""
        end = text.line_end(close)
        indent = " " * (text.indent(text.key(pointer)) + 2)
        yield end, end, self._render_items(items, indent)

    def _block(self, pointer: Pointer, added: Sequence[Any], dropped: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        text, count = self._text, len(follow_pointer(self._data, pointer))
        indent = " " * text.indent(text.start(pointer))
        for number in dropped:
            start = text.line_start(text.start((*pointer, number)))
            end = text.block_end((*pointer, number))
            kept = "".join(f"{indent}{comment}\n" for comment in text.comments(start, end))
            yield start, min(end + 1, len(text.text)), kept
        if len(dropped) == count and not added:
            colon = text.text.find(":", text.key(pointer) + len(str(pointer[-1])))
            yield colon + 1, colon + 1, " []"
        elif added:
            end = text.block_end((*pointer, count - 1))
            lines = self._render_items(added, indent)
            # With the last line its line feed is dropped too.
            last_dropped = (count - 1) in dropped
            yield (end + 1, end + 1, f"{lines[1:]}\n") if last_dropped else (end, end, lines)

    def _flow(self, pointer: Pointer, added: Sequence[Any], dropped: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        text, count = self._text, len(follow_pointer(self._data, pointer))
        last, _, comma = text.flow(pointer)
        words = ", ".join(self._render_flow(item) for item in added)
        if len(dropped) == count:
            start = text.start((*pointer, 0)) if count else last
            if "#" in text.text[start:last]:
                raise PatchError
            yield start, last, words
            return
        yield from self._join_stretches(self._find_dropped(pointer, count, dropped, comma=comma))
        if words:
            yield last, last, f" {words}," if comma else f", {words}"

    def _find_dropped(
        self, pointer: Pointer, count: int, dropped: Sequence[int], *, comma: bool
    ) -> list[tuple[int, int]]:
        """Return the start and end of dropped items in brackets with the comma after each, or before the last."""
        kept = max(number for number in range(count) if number not in dropped)
        ending = [] if comma else [number for number in dropped if number > kept]
        stretches = [self._extend_to_comma((*pointer, number)) for number in dropped if number not in ending]
        if ending:
            stretch = (self._find_end((*pointer, kept)), self._find_end((*pointer, ending[-1])))
            if "#" in self._text.text[slice(*stretch)]:
                raise PatchError
            stretches.append(stretch)
        return stretches

    def _find_end(self, pointer: Pointer) -> int:
        return self._text.flow(pointer)[1] + 1 if self._text.is_flow(pointer) else self._text.scalar_end(pointer)

    def _extend_to_comma(self, pointer: Pointer) -> tuple[int, int]:
        text, end = self._text.text, self._find_end(pointer)
        while text[end : end + 1] == " ":
            end += 1
        if text[end : end + 1] != ",":
            raise PatchError
        end += 1
        while text[end : end + 1] == " ":
            end += 1
        return self._text.start(pointer), end

    def _join_stretches(self, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
        """Yield the removal of each stretch, joined where they meet, without leaving trailing blanks or blank lines."""
        text = self._text.text
        joined: list[list[int]] = []
        for start, end in stretches:
            if joined and start <= joined[-1][1]:
                joined[-1][1] = max(end, joined[-1][1])
            else:
                joined.append([start, end])
        for start, end in joined:
            bare = start - (len(text[:start]) - len(text[:start].rstrip(" "))) if text[end : end + 1] == "\n" else start
            whole = bare > 0 and text[bare - 1] == "\n" and bare != start
            yield bare, end + 1 if whole else end, ""

    def _render_items(self, items: Sequence[Any], indent: str) -> str:
        return "".join(f"\n{indent}- {self._render_item(item, indent)}" for item in items)

    def _render_item(self, item: Any, indent: str) -> str:
        """Return an item of a list: on one line, or one line a field where it contains lists."""
        if not isinstance(item, dict):
            return render_scalar(item)
        if not any(isinstance(value, list) for value in item.values()):
            return self._render_flow(item)
        lines = []
        for key, value in item.items():
            if not isinstance(value, list):
                lines.append(f"{key}: {self._render_value(key, value, flow=False)}")
            else:
                lines.append(f"{key}:{self._render_items(value, indent + '    ')}" if value else f"{key}: []")
        return f"\n{indent}  ".join(lines)

    def _render_flow(self, item: Any) -> str:
        if not isinstance(item, dict):
            return render_scalar(item, flow=True)
        return "{" + ", ".join(self._render_pair(key, value) for key, value in item.items()) + "}"

    def _render_pair(self, key: Any, value: Any) -> str:
        return f"{key}: {self._render_value(key, value, flow=True)}"

    def _render_value(self, key: Any, value: Any, *, flow: bool) -> str:
        return render_scalar(value, flow=flow, is_date=key in _DAY_FIELDS)


def _has_mapping(items: Sequence[Any]) -> bool:
    return any(isinstance(item, dict) for item in items)
