"""Principals: the names before a key in ``allowed_signers`` (ssh-keygen(1)), and whether they stand for a person.

A principal is a pattern, with ``*`` and ``?``; one after ``!`` shuts out what it matches. Most are addresses; a bare
name stands for whoever has it as a name or before the ``@`` of the address.
"""

from __future__ import annotations

import re
import unicodedata

_EMAIL_ADDRESS = re.compile(r"<([^<>\s]+)>")


def match_pattern_list(value: str, patterns: str) -> bool:
    """Tell whether a value matches one of the comma-separated patterns and none that begins with ``!``."""
    found = False
    for pattern in filter(None, (part.strip() for part in patterns.split(","))):
        if _match_pattern(value, pattern.removeprefix("!")):
            if pattern.startswith("!"):
                return False
            found = True
    return found


def match_address(principals: str, address: str) -> bool:
    """Tell whether principals stand for an address, without regard to case."""
    return bool(address) and match_pattern_list(address.strip().lower(), _extract_written_addresses(principals).lower())


def match_person(principals: str, name: str, address: str) -> bool:
    """Tell whether principals stand for a person, by address or, for a bare name, by name or mailbox."""
    if match_address(principals, address):
        return True
    bare = {normalize_name(part) for part in principals.split(",") if _is_bare(part)}
    mailbox = address.partition("@")[0]
    return bool(bare & {normalize_name(name), normalize_name(mailbox)} - {""})


def has_bare_names_only(principals: str) -> bool:
    """Tell whether principals name nobody by an address, so that another name than the person's proves nothing."""
    return all(_is_bare(part) for part in principals.split(","))


def extract_people(text: str) -> tuple[tuple[str, str], ...]:
    """Return name and address of each person in a text as ``Name <address>``; without one the whole is both."""
    addresses = _EMAIL_ADDRESS.findall(text)
    if not addresses:
        return tuple((part.strip(), part.strip().lower()) for part in text.split(",") if part.strip())
    name = text.partition("<")[0].strip()
    return tuple((name, address.lower()) for address in addresses)


def normalize_name(name: str) -> str:
    """Return a name for comparing: full-width letters, case and blanks do not tell people apart."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _is_bare(principal: str) -> bool:
    return not set("@*?") & set(principal) and not principal.strip().startswith("!")


def _extract_written_addresses(principals: str) -> str:
    """Return principals with ``Name <address>`` reduced to the address."""
    return ",".join(next(iter(_EMAIL_ADDRESS.findall(part)), part) for part in principals.split(","))


def _match_pattern(value: str, pattern: str) -> bool:
    parts = (".*" if char == "*" else "." if char == "?" else re.escape(char) for char in re.sub(r"\*+", "*", pattern))
    return re.fullmatch("".join(parts), value, re.DOTALL) is not None
