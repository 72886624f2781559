"""A progress bar on a terminal, silence in a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a progress bar on a terminal; in a log, nothing but what the command prints itself."""
    with tqdm(desc=title, disable=None, leave=False, bar_format="{desc} {bar:30} {n}/{total} {postfix}") as shown:

        def progress(done: int, total: int, what: str) -> None:
            shown.total, shown.n = total, done
            shown.set_postfix_str(what, refresh=True)

        yield progress
