"""What a spreadsheet would do to a text that it opens, and how to keep it from doing so."""

from __future__ import annotations

import re

#: What starts a formula in Excel, LibreOffice or Google Sheets, also in its full-width form.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - meant as such


def disarmed(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would calculate; a plain number stays a number.

    >>> print(disarmed('=HYPERLINK("x")'), disarmed("@a"), disarmed("a=b"), disarmed("-5.8"))
    '=HYPERLINK("x") '@a a=b -5.8
    """
    if re.fullmatch(r"[+-]?\d+([.,]\d+)*", text):
        return text
    bare = text.lstrip(" \u00a0\u200b\ufeff")
    return f"'{text}" if bare.startswith(FORMULA_STARTS) else text
