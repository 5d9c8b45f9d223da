"""Errors of the operating system → the reason in words."""

from __future__ import annotations

import errno

from dangwu.model.message import Text, say

_REASONS = {
    errno.ENOSPC: say("the disk is full"),
    errno.EDQUOT: say("the quota is used up"),
    errno.EFBIG: say("the file would be too large"),
    errno.EROFS: say("the disk is read-only"),
    errno.EACCES: say("the folder may not be written, or another program has the file open"),
    errno.EPERM: say("the folder may not be written, or another program has the file open"),
    errno.ENOTDIR: say("there is a file where a folder is needed"),
    errno.EEXIST: say("there is a file where a folder is needed"),
    errno.EISDIR: say("there is a folder of this name"),
    errno.ENAMETOOLONG: say("the name is too long"),
    errno.EBADF: say("it is closed"),
    errno.EIO: say("the device reports a fault"),
    errno.ENOMEM: say("there is no more memory"),
    errno.EMFILE: say("too many files are open"),
    errno.ENFILE: say("too many files are open"),
    errno.EAGAIN: say("its reader is too slow"),
}


def is_refusal(error: OSError) -> bool:
    """Tell whether a system error is one of the surroundings, as a full disk, and not of the program's making."""
    return error.errno in _REASONS


def describe_os_error(error: OSError) -> Text | str:
    """Return the reason of a system error as a message argument; the system's own text for a rare one."""
    return _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
