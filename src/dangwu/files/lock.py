"""Locks on open files, which the system releases when their process ends, however it ends."""

from __future__ import annotations

import sys

_LOCKED_AT = 1 << 30
"""The byte that is locked on Windows, where nobody may read a locked byte: one behind all others."""


def try_to_lock(handle: int) -> bool:
    """Lock an open file for this process; False where another one has it, or the file system knows no locks."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415
        import os  # noqa: PLC0415

        os.lseek(handle, _LOCKED_AT, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True
    import fcntl  # noqa: PLC0415

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
