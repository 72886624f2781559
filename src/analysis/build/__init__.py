"""Notebooks -> executed notebooks -> one report per language, published at once or not at all.

This room runs notebooks and knows nothing of what they compute. What it offers is imported when it is first asked for:
nbconvert alone takes half a second, and the kernels in this room need none of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.build.failure import Failure, NotebookFailed
    from analysis.build.order import Published, Wish
    from analysis.build.pdf import find_browser
    from analysis.build.series import build

__all__ = ["Failure", "NotebookFailed", "Published", "Wish", "build", "find_browser"]

_HOMES = {
    "Failure": "failure",
    "NotebookFailed": "failure",
    "Published": "order",
    "Wish": "order",
    "build": "series",
    "find_browser": "pdf",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
