"""What weighs in a report."""

from __future__ import annotations

import re

#: An inline drawing; drawings of this report do not stand inside each other.
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def drawings(page: str) -> dict[str, int]:
    """Return how many drawings a page has, their bytes together, and the bytes of the heaviest.

    >>> drawings("<p><svg>a</svg> and <svg>longer</svg></p>")
    {'count': 2, 'bytes': 29, 'heaviest': 17}
    """
    sizes = [len(drawing.encode("utf-8")) for drawing in _DRAWING.findall(page)]
    return {"count": len(sizes), "bytes": sum(sizes), "heaviest": max(sizes, default=0)}
