#!/usr/bin/env python3
# -*- coding: utf-8 -*-  # noqa: UP009 - Python 2 needs it
"""The commands of the README, and what CI runs. Needs Python 3.11 or newer and git, nothing else.

python3 dev.py try                 install, make the sample branch, check it, show what is due, its report and board
python3 dev.py test [WORD ...]     install, run the tests; the words go to pytest
python3 dev.py test --coverage     the same, and say how much of the code they ran; below the floor fail
python3 dev.py test --newest       the same with the newest packages that pyproject.toml allows; --lowest: the lowest
python3 dev.py lint                install, run ruff and mypy; lint rules, lint format, lint types: one of the three
python3 dev.py docs                install, build the documentation site and the man pages in build/docs, and check them
python3 dev.py lock [PACKAGE ...]  choose anew what these commands install: all packages, or those named
"""

# Any Python must be able to read this file, so as to say which one is needed: all else is in tools/.
import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("dangwu needs Python 3.11 or newer / dangwu 需要 Python 3.11 或更新版本")

from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from tools.commands import main

if __name__ == "__main__":
    main(sys.argv[1:], __doc__)
