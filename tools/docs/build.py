"""Build the site in both languages and the man pages: ``python -m tools.docs.build FOLDER``, in ``.venv-docs``.

Pages written by people (docs/site) and pages made of the program are put together in one folder per language, since
Sphinx reads one folder. Any warning of Sphinx ends the build.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.docs.markdown import join_chinese_lines
from tools.docs.wording import LANGUAGES, SITE

MADE = (
    ("../../kinds.md", "reference/kinds/index.md"),
    ("../../clauses.md", "reference/rules.md"),
    ("../../../schemas/branch.json", "reference/settings.md"),
    ("../../../src/dangwu/data/codes/{code}/", "reference/codes/"),
)
"""Files that written pages link to, so that links work in the repository too, and what stands for them in the site."""

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = ROOT / "docs" / "site"
TOURS = {"zh": ROOT / "docs" / "tour.zh-CN.md", "en": ROOT / "docs" / "tour.md"}
"""Pages that stand beside the README, of which each links to the other; the site has a link for that on every page."""
PICTURES = ROOT / "docs" / "pictures"
_FRONT = """\
<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="0; url={code}/index.html">
<title>{title}</title>
</head>
<body><p><a href="zh/index.html">中文</a> · <a href="en/index.html" lang="en">English</a></p></body>
</html>
"""


def build(folder: Path) -> int:
    """Build everything below a folder that is emptied first; return the exit code, 0 only without any warning."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "site").mkdir()
    front = _FRONT.format(code=LANGUAGES[0], title=SITE["title"][LANGUAGES[0]])
    (folder / "site" / "index.html").write_text(front, encoding="utf-8")
    running = [subprocess.Popen([sys.executable, "-m", __spec__.name, str(folder), code]) for code in LANGUAGES]
    return max(process.wait() for process in running)


def build_language(folder: Path, code: str) -> None:
    """Build the site and the man page of one language; leave with Sphinx's exit code when it warns."""
    made = folder / "sources" / "docs"
    pages, manual = made / "site" / code, made / "manual" / code
    shutil.copytree(WRITTEN / code, pages)
    (pages / "tour.md").write_text(read_tour(code), encoding="utf-8")
    for page in pages.rglob("*.md"):
        page.write_text(lead_to_made_pages(page.read_text(encoding="utf-8"), code), encoding="utf-8")
    shutil.copytree(PICTURES, made / "pictures", dirs_exist_ok=True)
    run(code, sys.executable, "-m", "tools.docs.reference", code, str(pages), str(manual))
    for page in pages.rglob("*.md"):
        page.write_text(join_chinese_lines(page.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.move(pages / "manual.md", manual / "index.md")
    run_sphinx(code, "html", pages, folder / "site" / code, folder / "doctrees")
    section = folder / "man" / ("zh_CN" if code == "zh" else "") / "man1"
    run_sphinx(code, "man", manual, section, folder / "doctrees")


def read_tour(code: str) -> str:
    """Return the tour in a language without its link to the other one."""
    text = TOURS[code].read_text(encoding="utf-8")
    names = "|".join(re.escape(tour.name) for tour in TOURS.values())
    return re.sub(rf"^\[[^]]+\]\((?:{names})\)\n+", "", text, flags=re.MULTILINE)


def lead_to_made_pages(text: str, code: str) -> str:
    """Return a written page whose links to files of the repository lead to the pages that are made of them."""
    for file, page in MADE:
        text = text.replace(f"]({file.format(code=code)}", f"]({page}")
    return text.replace("](reference/codes/)", "](reference/codes/index.md)")


def run_sphinx(code: str, builder: str, source: Path, target: Path, kept: Path) -> None:
    """Run Sphinx over a folder of pages; every warning is listed, and any is an error."""
    words = ["-q", "-W", "--keep-going", "-c", str(Path(__file__).parent), "-b", builder]
    words += ["-d", str(kept / f"{code}-{builder}")]
    run(code, sys.executable, "-m", "sphinx", *words, str(source), str(target))


def run(code: str, *command: str) -> None:
    """Run a command in the project's folder for a language; leave with its exit code when that is not 0."""
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "DANGWU_DOCS_LANGUAGE": code}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    match sys.argv[1:]:
        case [place]:
            sys.exit(build(Path(place).resolve()))
        case [place, code]:
            build_language(Path(place).resolve(), code)
