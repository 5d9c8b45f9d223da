"""pip, started quietly: what it says goes into a file, and a failure becomes one line."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from typing import TYPE_CHECKING

from tools.say import leave

if TYPE_CHECKING:
    from pathlib import Path

LOG = "pip.log"
# A setting of the machine that would put packages elsewhere or ask for other versions than the lock's.
SETTINGS = {"PIP_CONSTRAINT": os.devnull, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
UNREACHABLE = re.compile(
    r"NewConnection|Max retries exceeded|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Connection refused|dns error"
    r"|Connection reset|[Nn]ame resolution|error sending request|getaddrinfo failed|Network is unreachable|timed out"
)


def pip(folder: Path, commands: Path, *words: str) -> None:
    """Install into an environment; leave with one line when that fails."""
    log = folder / LOG
    with log.open("wb") as stream:
        done = subprocess.run(
            [str(commands / "python"), "-I", "-m", "pip", "install", *words],
            cwd=folder.parent,
            env={**os.environ, **SETTINGS},
            stdout=stream,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        said = log.read_text(encoding="utf-8", errors="replace")
        english, chinese = why(said)
        place = f"{folder.name}/{LOG}"
        leave(f"{english}. What pip said is in {place}", f"{chinese}。pip 的输出见 {place}")


def why(said: str) -> tuple[str, str]:
    """Return what a failed pip means and the next step, in English and Chinese."""
    if "DO NOT MATCH THE HASHES" in said:
        return (
            "A package is not the file that the lock names: use another package index (pip config list), run it again",
            "有软件包与锁定的文件不符：请换一个软件包源（pip config list），再运行一次",
        )
    gone = re.search(r"No matching distribution found for ([^\s;(]+)", said)
    if UNREACHABLE.search(said) or (gone and "(from versions: none)" in said):
        return (
            "Nothing came from the package index: check the network, HTTPS_PROXY, pip config list, and run this again",
            "软件包源没有给出任何内容：请检查网络、HTTPS_PROXY 和 pip config list，再运行一次",
        )
    if gone:
        system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
        return (
            f"No file of {gone[1]} for {system}: use Python 3.11 to 3.15 or another package index, and run this again",
            f"没有适合 {system} 的 {gone[1]}：请用 Python 3.11 至 3.15，或换一个软件包源，再运行一次",
        )
    last = next((line for line in reversed(said.splitlines()) if "error" in line.lower()), "no reason given").strip()
    return f"pip could not install ({last}): run this again", f"pip 安装失败（{last}）：请再运行一次"
