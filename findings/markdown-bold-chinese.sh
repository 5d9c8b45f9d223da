#!/usr/bin/env bash
# Bold that begins or ends with Chinese punctuation is not bold, and the stars stay in the text.
#
# Package:  markdown-it-py 4.3.0, its preset "commonmark"
# Expected: **注意：**请… prints a bold 注意：, as it does where a space follows. That is how people write who do not put
#           spaces between words.
# Happens:  CommonMark 0.31.2, 6.2, decides by the neighbours: after punctuation a closing ** has to be followed by a
#           space, punctuation or the line's end. ： ” 》 ） are punctuation, the next Chinese character is a letter. The
#           library is right by the standard, and every other CommonMark renderer does the same; the standard was made
#           for writing with spaces.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check markdown-it-py==4.3.0
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys

from markdown_it import MarkdownIt

LINES = {  # the line: is it bold?
    "**注意：**请按时参会": False,
    "**注意：** 请按时参会": True,
    "**注意**：请按时参会": True,
    "学习**《党章》**第三章": False,
    "学习 **《党章》** 第三章": True,
    "按**（一）**办理": False,
}
seen = {}
for line in LINES:
    page = MarkdownIt("commonmark").render(line)
    seen[line] = "<strong>" in page
    print(line, "->", page.strip())
if seen != LINES:
    sys.exit("CHANGED: other lines are bold")
print("as described: bold depends on a space that the language does not have")
PY
