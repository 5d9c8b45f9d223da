#!/usr/bin/env bash
# A value with a word in angle brackets takes the rest of the template's own sentence away.
#
# Packages: docxtpl 0.20.2 with python-docx 1.2.0 and Jinja2 3.1.6
# Expected: the value as text, or an error. docxtpl's manual says that < > & must be escaped or autoescape=True passed,
#           so a value that was not escaped may be drawn wrongly or be refused.
# Happens:  nothing is refused. The value is pasted into the XML and the parser repairs what it finds: the bracketed
#           word becomes an element that nobody knows, and everything after it in that paragraph is inside it. The words
#           that the template itself has after the value are gone from the paper, and render() says nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check docxtpl==0.20.2 python-docx==1.2.0 Jinja2==3.1.6
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys

import docx
from docxtpl import DocxTemplate

template = docx.Document()
template.add_paragraph("会议决定：{{ decision }}，由支委会负责。")
template.save("template.docx")


def rendered(decision, **options):
    paper = DocxTemplate("template.docx")
    paper.render({"decision": decision}, **options)
    paper.save("paper.docx")
    return docx.Document("paper.docx").paragraphs[0].text


value = "通过<补选办法>全文"
seen = rendered(value), rendered(value, autoescape=True)
print("template:   会议决定：{{ decision }}，由支委会负责。")
print("value:      " + value)
print("as it is:   " + seen[0])
print("autoescape: " + seen[1])
if seen != ("会议决定：通过", "会议决定：通过<补选办法>全文，由支委会负责。"):
    sys.exit("CHANGED: docxtpl treats a value with angle brackets in another way")
print("as described: the template's own “，由支委会负责。” is lost without a word")
PY
