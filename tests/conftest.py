"""What every test runs in: a home of its own, no settings of the machine, no network."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support import measure, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_MEASURE = measure.begin()

# How long a case takes is no answer, and the same cases run on every machine: a run that fails by chance tells nobody
# what broke it.
settings.register_profile("chance", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", settings.get_profile("chance"), derandomize=True)
settings.load_profile("chance" if "DANGWU_TEST_CHANCE" in os.environ else "steady")

_THIS_MACHINE = "127.0.0.1"
_UNSET = (
    "DANGWU_LANG", "DANGWU_ALARM", "LANG", "LANGUAGE", "PYTHONUTF8", "PYTHONIOENCODING",
    "TERM", "COLORTERM", "CLICOLOR", "CLICOLOR_FORCE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES",
    "TTY_COMPATIBLE", "TTY_INTERACTIVE",
)  # fmt: skip


def pytest_sessionfinish() -> None:
    """Have all processes write what they measured, before anything waits for it."""
    run.end_server()
    if _MEASURE:
        _MEASURE.save()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home folder with nothing in it but an empty git configuration."""
    folder = tmp_path_factory.mktemp("home")
    (folder / ".gitconfig").touch()
    return folder


def _surround(patch: pytest.MonkeyPatch, home: Path) -> None:
    for name in [*os.environ]:
        if name.startswith(("GIT_", "LC_")) or name in _UNSET:
            patch.delenv(name)
    patch.setenv("HOME", str(home))
    patch.setenv("USERPROFILE", str(home))
    for name, folder in (("CONFIG", ".config"), ("CACHE", ".cache"), ("DATA", ".data"), ("STATE", ".state")):
        patch.setenv(f"XDG_{name}_HOME", str(home / folder))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture(scope="session", autouse=True)
def _suite(home: Path) -> Iterator[None]:
    """Surround fixtures that live longer than one test, and close the network for the whole suite.

    A server that a test has started on this machine can be asked.
    """
    with pytest.MonkeyPatch.context() as patch:
        _surround(patch, home)
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guard(getattr(socket.socket, name)))
        yield


def _guard(connect: Callable[..., Any]) -> Callable[..., Any]:
    def connect_here(own: socket.socket, address: Any) -> Any:
        assert isinstance(address, tuple), "a test tried to open a network connection"
        assert address[0] == _THIS_MACHINE, "a test tried to open a network connection"
        return connect(own, address)

    return connect_here


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Surround each test anew: the command line sets LANGUAGE for its own process."""
    _surround(monkeypatch, home)
