"""The lists of a Word document: bullets and numbers that Word itself counts on with."""

from __future__ import annotations

from typing import Any

from dangwu.formats.docx.page import build_element

DEEPEST = 8
"""Word knows nine levels of a list; what is deeper looks like the last."""
STEP, HANGING = 32.0, 24.0
"""In points: how much further in each level stands, and the room of the bullet or number before its text."""

_BULLETS = "•–"
_ABSTRACT = {False: "0", True: "1"}
"""The description of lists with bullets, and of those with numbers."""
_BULLETED = 1
"""The one list of everything that has bullets: nothing is counted there."""
_NAME = "/word/numbering.xml"


def add_list(document: Any, level: int, number: int | None) -> int:
    """Return the id of a list whose points of a level are counted from this number on, or have bullets."""
    root = _root(document)
    if number is None:
        return _BULLETED
    return _list(root, len(root) - len(_ABSTRACT) + 1, level, number)


def _list(root: Any, id_: int, level: int, number: int | None) -> int:
    made = build_element("w:num", **{"w:numId": str(id_)})
    made.append(build_element("w:abstractNumId", **{"w:val": _ABSTRACT[number is not None]}))
    if number is not None:
        override = build_element("w:lvlOverride", **{"w:ilvl": str(level)})
        override.append(build_element("w:startOverride", **{"w:val": str(number)}))
        made.append(override)
    root.append(made)
    return id_


def _root(document: Any) -> Any:
    """Return the list of all lists; the first time it is made, with a list with bullets in it."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE  # noqa: PLC0415
    from docx.opc.packuri import PackURI  # noqa: PLC0415
    from docx.opc.part import XmlPart  # noqa: PLC0415

    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part.element
    root = build_element("w:numbering")
    for numbers, id_ in _ABSTRACT.items():
        kind = build_element("w:abstractNum", **{"w:abstractNumId": id_})
        kind.append(build_element("w:multiLevelType", **{"w:val": "multilevel"}))
        for level in range(DEEPEST + 1):
            kind.append(_level(level, numbers=numbers))
        root.append(kind)
    _list(root, _BULLETED, 0, None)
    part = XmlPart(PackURI(_NAME), CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return root


def _level(level: int, *, numbers: bool) -> Any:
    """Return how the points of a level are marked and how far they stand in."""
    made = build_element("w:lvl", **{"w:ilvl": str(level)})
    words = f"%{level + 1}." if numbers else _BULLETS[level % len(_BULLETS)]
    for name, value in (
        ("start", "1"), ("numFmt", "decimal" if numbers else "bullet"), ("lvlText", words), ("lvlJc", "left"),
    ):  # fmt: skip
        made.append(build_element(f"w:{name}", **{"w:val": value}))
    properties = build_element("w:pPr")
    left, hanging = ((level + 1) * STEP + (level + 1) * HANGING, HANGING)
    properties.append(build_element("w:ind", **{"w:left": str(int(left * 20)), "w:hanging": str(int(hanging * 20))}))
    made.append(properties)
    return made
