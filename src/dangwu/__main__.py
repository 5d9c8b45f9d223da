"""The entry point of ``python -m dangwu``."""

import sys

from dangwu.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
