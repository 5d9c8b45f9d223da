"""Every document there is: the examples, the template, the sample branch, the cases, and the package data."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.data import resources
from dangwu.parse.document import parse_document
from dangwu.sample import Size, make_sample
from tests.cases import expand
from tests.duty.test_cases import cases
from tests.second_opinion.validators import KINDS, NOT_RECORDS
from tests.support.examples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SAMPLE_DAY = date(2026, 11, 23)


class Read(NamedTuple):
    """The data of a file, and where it comes from."""

    source: str
    data: dict[str, Any]


def read(source: str, files: Iterable[tuple[str, bytes]]) -> Iterator[Read]:
    """Yield what can be read among files."""
    for path, raw in files:
        made = parse_document(path, "", raw)[0] if path.endswith((".yaml", ".yml", ".md")) else None
        if made is not None:
            yield Read(f"{source}: {path}", made.data)


@cache
def gathered() -> Mapping[str, tuple[Read, ...]]:
    """Return every different document by the kind that it says it has, "" for none that there is."""
    found: dict[str, Read] = {}
    template = read("template", resources.build_template().items())
    for document_read in (*_examples(), *_sample(), *_cases(), *template, *_package()):
        found.setdefault(json.dumps(document_read.data, sort_keys=True), document_read)
    by_kind: dict[str, list[Read]] = defaultdict(list)
    for document_read in found.values():
        by_kind[kind_of(document_read.data)].append(document_read)
    return {kind: tuple(by_kind[kind]) for kind in sorted(by_kind)}


def kind_of(data: Mapping[str, Any]) -> str:
    """Return by which schema a document is judged."""
    kind = data.get("kind")
    return kind if isinstance(kind, str) and kind in {*KINDS, *NOT_RECORDS} else ""


def _examples() -> Iterator[Read]:
    paths = sorted(path for path in EXAMPLES.rglob("*") if path.is_file())
    return read("examples", ((path.relative_to(EXAMPLES).as_posix(), path.read_bytes()) for path in paths))


def _sample() -> Iterator[Read]:
    schemas = {kind: resources.load_schema(kind) for kind in KINDS}
    for language in ("zh", "en"):
        made = make_sample(Size(), SAMPLE_DAY, language=language, schemas=schemas, base={})
        for commit in made.commits:
            yield from read(f"sample {language}", commit.changes.items())


def _cases() -> Iterator[Read]:
    for case in cases():
        yield from read(f"case {case['name']}", ((path, text.encode()) for path, text in expand.files(case).items()))


def _package() -> Iterator[Read]:
    for name in ("rulebooks", "profiles"):
        yield from read(name, resources.read_package_files(name))
