"""What the build makes ready: the same data as the files, and in a checkout only as long as no file is newer."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from dangwu.data import resources
from dangwu.parse.yaml import parse_package_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MADE = 1_700_000_000


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A checkout with one file of the sample's words, in which what was compiled says something else."""
    package = tmp_path / "src" / "dangwu"
    path = package / "sample" / "words" / "zh" / "phrases.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("point: 文件\n", encoding="utf-8")
    (package / "data").mkdir()
    compiled = package / "data" / resources.COMPILED_WORDS
    compiled.write_text('{"zh": {"phrases": {"point": "编好"}}}', encoding="utf-8")
    for each in (path, path.parent, compiled):
        os.utime(each, (MADE, MADE))
    monkeypatch.setattr(resources, "_PACKAGE_FOLDER", package / "data")
    _forget()
    yield path
    _forget()


def _forget() -> None:
    resources._load_compiled.cache_clear()
    resources.load_sample_words.cache_clear()


def point() -> str:
    return str(resources.load_sample_words(parse_package_yaml)["zh"]["phrases"]["point"])


def test_what_was_compiled_is_used_while_no_file_is_newer(words: Path) -> None:
    assert point() == "编好"


def test_a_file_that_is_newer_is_read(words: Path) -> None:
    os.utime(words, (MADE + 1, MADE + 1))
    assert point() == "文件"


def test_files_are_read_where_nothing_was_compiled(words: Path) -> None:
    (resources._PACKAGE_FOLDER / resources.COMPILED_WORDS).unlink()
    assert point() == "文件"


def test_an_installed_package_looks_at_no_days(words: Path) -> None:
    os.utime(words, (MADE + 1, MADE + 1))
    (resources._PACKAGE_FOLDER / "schemas").mkdir()
    assert point() == "编好"


def test_what_is_compiled_says_what_the_files_say() -> None:
    words = json.loads(resources.build_compiled(parse_package_yaml, {})[resources.COMPILED_WORDS])
    for path, raw in resources.read_package_files("sample/words"):
        language, _, name = path.removesuffix(".yaml").rpartition("/")
        assert (words[language] if language else words)[name] == parse_package_yaml(raw.decode()), path
    assert set(words) == {"zh", "en", "names"}


def test_a_file_of_our_own_with_a_problem_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        parse_package_yaml("point: 1\npoint: 2\n")
