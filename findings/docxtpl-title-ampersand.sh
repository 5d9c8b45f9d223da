#!/usr/bin/env bash
# docxtpl with autoescape writes the title of a document's properties escaped twice.
#
# Package:  docxtpl 0.20.2, Jinja2 3.1.6
# Expected: {{ name }} in the title of a template (File > Properties) gives the name, as the same words in the text of
#           the document do.
# Happens:  with autoescape=True the value is escaped for XML by Jinja2 and then again by the writer of the properties:
#           "研发 & 生产" is right in the paragraph, and "研发 &amp; 生产" in the title that Word and Explorer show.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check docxtpl==0.20.2 jinja2==3.1.6
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys

from docx import Document
from docxtpl import DocxTemplate

made = Document()
made.add_paragraph("{{ name }}")
made.core_properties.title = "{{ name }}"
made.save("template.docx")
template = DocxTemplate("template.docx")
template.render({"name": "研发 & 生产"}, autoescape=True)
template.save("made.docx")
done = Document("made.docx")
seen = (done.paragraphs[0].text, done.core_properties.title)
print("paragraph:", seen[0])
print("title:    ", seen[1])
if seen != ("研发 & 生产", "研发 &amp; 生产"):
    sys.exit("CHANGED: the title is no longer escaped twice")
print("as described: the title alone is escaped twice")
PY
