"""The one way in which Krachtlijn tells a person that something is wrong."""

from __future__ import annotations


class KrachtlijnError(Exception):
    """A fault that a user can mend: what, where, why, and what to do.

    Args:
        what: the fault in one sentence.
        where: file, sheet, row, column, key or cell.
        why: what was found, or which rule was broken.
        do: the next step for the user.

    >>> print(KrachtlijnError("the quarter is malformed", where="command line", do="write it as 2026Q3"))
    the quarter is malformed
      where: command line
      do:    write it as 2026Q3
    """

    def __init__(self, what: str, *, where: str = "", why: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.why, self.do = what, where, why, do

    def __str__(self) -> str:
        parts = [("where: ", self.where), ("why:   ", self.why), ("do:    ", self.do)]
        lines = [f"  {label}{_indented(text)}" for label, text in parts if text]
        return "\n".join([self.what, *lines])


def _indented(text: str) -> str:
    return text.replace("\n", "\n" + " " * 9)
