r"""Text out of the data -> text that a page can hold: nothing in it steers the text around it, or stops the drawing.

Whatever a figure carries passes here once, on its way into the report: into its sentences, its table, its drawings and
its CSV alike. Marks that turn the direction of writing are left out: invisible themselves, they would turn around what
stands beside them. A character that no page may hold becomes a visible ``\ufffd``.
"""

from __future__ import annotations

import re
from typing import Any

#: A text in a drawing is cut here; the longest of our own has 100. The table beside the drawing has it whole.
DRAWN_LENGTH = 160

#: Longer than any word of ours; and longer than most, for a table of more than so many columns, where each is narrow.
_RUN, _SHORT_RUN, _MANY = re.compile(r"\S{30}"), re.compile(r"\S{23}"), 5

#: Parts of a specification that are a program.
_EXPRESSIONS = {"calculate", "expr", "filter", "labelExpr", "signal", "test"}

#: Unicode's marks and controls of direction.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: Controls other than a tab and a new line, halves of characters, and numbers that are no character.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def plain_text(text: str) -> str:
    r"""Return a text without marks of direction, and with what cannot be shown made visible.

    >>> plain_text("1\u202e2\u202c"), plain_text("a\r\nb"), plain_text("a\x0bb")
    ('12', 'a\nb', 'a\ufffdb')
    """
    return _UNFIT.sub("\ufffd", _TURNING.sub("", re.sub("\r\n?", "\n", text)))


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON with all its texts plain."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def is_unbroken(text: str, columns: int = 1) -> bool:
    """Say whether a text runs on without a space for longer than a column is wide: it must break somewhere.

    Args:
        text: that of a cell.
        columns: how many its table has.

    >>> is_unbroken("Gewestelijke overheidsdienst"), is_unbroken("x" * 100)
    (False, True)
    >>> is_unbroken("Kwaliteitsbeheersysteem", 5), is_unbroken("Kwaliteitsbeheersysteem", 6)
    (False, True)
    """
    return (_RUN if columns <= _MANY else _SHORT_RUN).search(text) is not None


def drawable(spec: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a specification whose texts are no longer than a drawing can hold; its expressions stay whole.

    >>> len(drawable({"values": ["x" * 10_000]})["values"][0])
    160
    """
    if isinstance(spec, str):
        return spec if len(spec) <= DRAWN_LENGTH else spec[: DRAWN_LENGTH - 1].rstrip() + "…"
    if isinstance(spec, dict):
        return {key: part if key in _EXPRESSIONS else drawable(part) for key, part in spec.items()}
    return [drawable(part) for part in spec] if isinstance(spec, list) else spec
