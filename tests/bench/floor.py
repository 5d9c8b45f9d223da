"""What a check costs at least: walk, read, parse, validate, follow references. Nothing else, nothing shown.

``python floor.py DIR`` reads the same records as ``dangwu check`` with the fastest libraries there are, without
positions, limits, encodings, people, days or duties. It needs ``yaml-rs`` (extra ``bench``).
"""

from __future__ import annotations

import os
import sys
from typing import Any


def walk(root: str) -> list[str]:
    found: list[str] = []
    folders = [root]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.endswith((".yaml", ".md")) and entry.name != "README.md":
                    found.append(entry.path)
    return found


def header(raw: bytes, path: str) -> str:
    text = raw.decode()
    return text[4 : text.index("\n---", 4)] if path.endswith(".md") else text


def referred(data: dict[str, Any]) -> set[str]:
    if "absent" not in data:
        return set()
    leave = (each["member"] for each in data["leave"])
    return {data["chair"], data["recorder"], *data["present"], *data["absent"], *leave}


def main(root: str) -> None:
    import json
    from pathlib import Path

    import jsonschema_rs
    import yaml_rs

    validators = {
        path.stem: jsonschema_rs.validator_for(json.loads(path.read_bytes())).is_valid
        for path in (Path(root) / ".dangwu" / "schema").glob("*.json")
    }
    ids: set[str] = set()
    wanted: list[set[str]] = []
    invalid = 0
    paths = walk(root)
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        raw = os.read(handle, 1 << 20)
        os.close(handle)
        data: Any = yaml_rs.loads(header(raw, path), parse_datetime=False)
        invalid += not validators[data["kind"]](data)
        if data["kind"] == "member":
            ids.add(data["id"])
        wanted.append(referred(data))
    dangling = sum(len(each - ids) for each in wanted)
    print(f"{len(paths)} records, {invalid} invalid, {dangling} dangling")


if __name__ == "__main__":
    main(sys.argv[1])
