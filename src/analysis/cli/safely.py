"""What a person sees when a command does not end well: one clear message, and an exit code that is not 0."""

from __future__ import annotations

import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from analysis.errors import KrachtlijnError


def safely(command: click.Command) -> NoReturn:
    """Run a command and leave; every fault ends in one clear message and an exit code that is not 0."""
    try:
        with _heeding_sigterm():
            sys.exit(command(standalone_mode=False))
    except KrachtlijnError as fault:
        _stop(f"error: {fault}", 1)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except (KeyboardInterrupt, click.exceptions.Abort):
        _stop("stopped; what was published before is untouched", 130)
    except _Ended:
        _stop("ended from outside; what was published before is untouched", 128 + signal.SIGTERM)
    except OSError as fault:
        _stop(f"error: {_no_access(fault)}", 1)
    except Exception as fault:  # noqa: BLE001 - the last net: a user never meets a traceback
        _stop(f"error: {_unexpected(fault)}", 70)


class _Ended(BaseException):
    """The system told this process to end."""


@contextmanager
def _heeding_sigterm() -> Iterator[None]:
    """End on SIGTERM as after Ctrl-C: with workers, browser and work folder gone before the process is."""

    def end(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise _Ended

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _no_access(fault: OSError) -> KrachtlijnError:
    return KrachtlijnError(
        "a file or folder cannot be read or written",
        where=str(fault.filename or ""),
        why=fault.strerror or str(fault),
        do="check that it is there, the rights on it, and the space on the disk; nothing was published",
    )


def _unexpected(fault: Exception) -> KrachtlijnError:
    with tempfile.NamedTemporaryFile("w", prefix="krachtlijn-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(traceback.format_exc())
    return KrachtlijnError(
        "an unexpected fault in Krachtlijn itself",
        why=f"{type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else ''}",
        do=f"send {Path(log.name)} to the maintainers; nothing was published",
    )


def _stop(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)
