"""A progress bar on a terminal, silence in a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tqdm import tqdm

_SHORT = "{desc} {bar:30} {n}/{total} {postfix}"
_TIMED = "{desc} {bar:30} {n}/{total} {elapsed} gone, {remaining} left {postfix}"


@dataclass(frozen=True)
class Bar:
    """What a command tells while it works.

    Attributes:
        progress: is called with how much is done, of how much, and what comes now.
        say: prints a line above the bar.
    """

    progress: Callable[[int, int, str], None]
    say: Callable[[str], None]


@contextmanager
def bar(title: str, *, timed: bool = False) -> Iterator[Bar]:
    """Show a progress bar on a terminal; in a log, nothing but what the command prints itself.

    Args:
        title: what goes on.
        timed: tell the time that it took so far, and the time left at that pace.
    """
    with tqdm(desc=title, disable=None, leave=False, bar_format=_TIMED if timed else _SHORT) as shown:

        def progress(done: int, total: int, what: str) -> None:
            shown.total, shown.n = total, done
            shown.set_postfix_str(what, refresh=True)

        yield Bar(progress, tqdm.write)
