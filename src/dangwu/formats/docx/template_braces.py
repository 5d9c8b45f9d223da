"""The marks of a template as a Chinese keyboard types them, ｛｛ ｝｝ and ｛％ ％｝, as the narrow marks."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from dangwu.formats.stable_zip import normalise_zip

_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")
_TAGS = r"((?:<[^>]*>)*)"
_OPENING = re.compile(rf"[｛{{]{_TAGS}([｛{{%％])")
_CLOSING = re.compile(rf"([｝}}%％]){_TAGS}[｝}}]")
_FULL_WIDTH = {ord(wide): narrow for wide, narrow in zip("｛｝％", "{}%", strict=True)}
_INSIDE = re.compile(r"(?<=\{\{)[^{}]*?(?=\}\})|(?<=\{%)[^{}]*?(?=%\})")
_QUOTED_OR_TAG = re.compile(r"(<[^>]*>|\"[^\"<]*\"|'[^'<]*'|“[^”<]*”|‘[^’<]*’)")
_TYPED_WIDE = {number: number - 0xFEE0 for number in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def narrow_template_marks(raw: bytes) -> bytes:
    """Return a Word file whose full-width marks, and the full-width signs between them, are the narrow ones.

    A single full-width brace is a sign of the text and stays, and so does what stands in quotes.
    """
    with ZipFile(BytesIO(raw)) as source:
        parts = {
            name: source.read(name).decode(errors="surrogateescape")
            for name in source.namelist()
            if _PARTS.fullmatch(name)
        }
    narrowed = {name: _narrow_marks(text) for name, text in parts.items()}
    changed = {name: text.encode(errors="surrogateescape") for name, text in narrowed.items() if text != parts[name]}
    return normalise_zip(raw, changed) if changed else raw


def _narrow_marks(xml: str) -> str:
    if not any(chr(wide) in xml for wide in (*_FULL_WIDTH, *_TYPED_WIDE)):
        return xml
    xml = _OPENING.sub(lambda match: "{" + match[1] + match[2].translate(_FULL_WIDTH), xml)
    xml = _CLOSING.sub(lambda match: match[1].translate(_FULL_WIDTH) + match[2] + "}", xml)
    return _INSIDE.sub(_narrow_expression, xml)


def _narrow_expression(match: re.Match[str]) -> str:
    pieces = _QUOTED_OR_TAG.split(match[0])
    return "".join(piece if at % 2 else piece.translate(_TYPED_WIDE) for at, piece in enumerate(pieces))
