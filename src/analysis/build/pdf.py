"""The static edition on paper: a tagged PDF with bookmarks, printed by an installed Chromium, Chrome or Edge.

The browser opens the file itself, with an empty profile, so that the PDF is what a person would print: the style says
how the report looks on paper, its headings become bookmarks, its language and text alternatives become tags.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from analysis.errors import KrachtlijnError

#: Seconds that a browser gets for one report; it needs two or three.
TIMEOUT = 120

NAMED = "KRACHTLIJN_BROWSER"

_ON_PATH = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
_ON_MACS = ("Google Chrome", "Chromium", "Microsoft Edge")
_ON_WINDOWS = (("Google", "Chrome", "chrome.exe"), ("Microsoft", "Edge", "msedge.exe"), ("Chromium", "chrome.exe"))
_WINDOWS_ROOMS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")

_FLAGS = (
    "--headless",
    "--no-sandbox",  # it opens nothing but our own file, which holds no script; as root it starts only without
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--user-agent=Krachtlijn",  # becomes the PDF's 'Creator', which would name the operating system
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)

#: What a PDF must hold, and what is missing without it.
_PARTS = {b"/StructTreeRoot": "tags for screen readers", b"/Outlines": "bookmarks", b"/Lang": "its language"}
#: Both dates are the clock's; without them the same report gives the same PDF.
_DATES = re.compile(rb"/(?:CreationDate|ModDate) ?\(D:[^)]*\)\n?")

_HOW = (
    f"install Chromium, Chrome or Edge, or set {NAMED} to the program of one (on Debian or Ubuntu: "
    "apt-get install chromium), or leave out --pdf; nothing was published"
)


def find_browser() -> str:
    """Return the browser that prints: the one that ``KRACHTLIJN_BROWSER`` names, else an installed one.

    Raises:
        KrachtlijnError: there is none; a browser that was named is never replaced in silence.
    """
    named = os.environ.get(NAMED)
    found = shutil.which(named) if named else next(_installed(), None)
    if found is None:
        raise KrachtlijnError(
            "the browser that prints the PDF is not there" if named else "no browser was found to print the PDF",
            where=f"{NAMED}={named}" if named else "",
            do=_HOW,
        )
    return found


def _installed() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _ON_PATH))
    if sys.platform == "darwin":
        places = [Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in _ON_MACS]
    else:
        rooms = [os.environ[room] for room in _WINDOWS_ROOMS if room in os.environ]
        places = [Path(room, *parts[:-1], "Application", parts[-1]) for parts in _ON_WINDOWS for room in rooms]
    yield from (str(place) for place in places if place.is_file())


def print_pdf(browser: str, page: Path, to: Path) -> None:
    """Print a file of HTML.

    Args:
        browser: the program, see :func:`find_browser`.
        page: the file to print.
        to: the PDF; it is written whole or not at all.

    Raises:
        KrachtlijnError: the browser fails, takes too long, or makes a PDF without tags or bookmarks.
    """
    with tempfile.TemporaryDirectory(dir=to.parent, ignore_cleanup_errors=True) as room:
        printed = Path(room) / "printed.pdf"
        own = [f"--user-data-dir={Path(room) / 'profile'}", f"--print-to-pdf={printed}"]
        said = _run([browser, *_FLAGS, *own, page.resolve().as_uri()])
        content = printed.read_bytes() if printed.is_file() else b""
        if not content.startswith(b"%PDF"):
            raise _failed(browser, f"it made no PDF: {said}" if said else "it made no PDF")
        lacking = [name for part, name in _PARTS.items() if part not in content]
        if lacking:
            raise _failed(browser, f"its PDF lacks {', '.join(lacking)}: it is probably older than 2024")
        to.write_bytes(undated(content))


def undated(content: bytes) -> bytes:
    """Take the clock out of a PDF; spaces keep every other byte in its place.

    >>> undated(b"/CreationDate (D:20261122092737+00'00')/Title (x)")[-10:]
    b'/Title (x)'
    """
    return _DATES.sub(lambda match: b" " * len(match[0]), content)


def _run(command: list[str]) -> str:
    """Run a browser to its end; return the last thing it said."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the browser of this machine, and our own arguments
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=os.name == "posix",
        )
    except OSError as fault:
        raise _failed(command[0], fault.strerror or str(fault)) from fault
    try:
        _, said = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired as fault:
        raise _failed(command[0], f"it was not ready after {TIMEOUT} seconds") from fault
    finally:
        _end(process)
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip() and "dbus" not in line]
    return lines[-1][:300] if lines else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a browser and all processes that it started, also after Ctrl-C."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):  # all of them are gone already
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    if process.stderr:
        process.stderr.close()


def _failed(browser: str, why: str) -> KrachtlijnError:
    return KrachtlijnError("the browser could not print the PDF", where=browser, why=why, do=_HOW)
