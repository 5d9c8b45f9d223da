"""Zip files (office documents) with the same bytes for the same content."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time in a zip file (APPNOTE 4.4.6)."""
_FILE_MODE = 0o644 << 16
_UNIX_SYSTEM = 3


def normalise_zip(raw: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """Return a zip file with its entries in their order, without times, owners and comments.

    ``instead`` has other contents for some of the entries, by name.

    Nothing is compressed: the builds of zlib on different machines make different bytes of the same text.
    """
    other = instead or {}
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_STORED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, _FIRST_ZIP_DAY)
            entry.create_system, entry.external_attr = _UNIX_SYSTEM, _FILE_MODE
            new.writestr(entry, other[name] if name in other else old.read(name))
    return out.getvalue()
