"""The man pages: they are read by groff without complaint, and name every command and option."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.site.live import command_lines

BUILT = Path(os.environ["DANGWU_BUILT_DOCS"]) / "man"
PLACES = {"zh": BUILT / "zh_CN" / "man1" / "dangwu.1", "en": BUILT / "man1" / "dangwu.1"}


@pytest.mark.parametrize("code", PLACES)
def test_it_has_the_parts_of_a_manual(code: str) -> None:
    lines = PLACES[code].read_text(encoding="utf-8").splitlines()
    assert any(line.startswith('.TH "DANGWU" "1"') for line in lines)
    heads = [line.removeprefix(".SH ").strip('"') for line in lines if line.startswith(".SH ")]
    assert heads[0].casefold() == "name"
    assert len(heads) > 8
    assert all(line[:4].strip() for line in lines if line.startswith("."))


@pytest.mark.parametrize("code", PLACES)
def test_it_names_every_command_and_option(code: str) -> None:
    text = PLACES[code].read_text(encoding="utf-8").replace("\\-", "-").replace("\\", "")
    for words, options in command_lines(code):
        assert " ".join(["dangwu", *words]) in text
        assert [option for option in options if option not in text] == []


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")
@pytest.mark.parametrize("code", PLACES)
def test_groff_sets_it(code: str) -> None:
    words = ["groff", "-K", "utf8", "-T", "utf8", "-t", "-man", "-ww", "-rLL=100n", str(PLACES[code])]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "DANGWU(1)" in done.stdout
    troubles = [line for line in done.stderr.splitlines() if "break" not in line and "adjust" not in line]
    assert troubles == []
