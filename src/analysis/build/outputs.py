"""What a code cell shows, other than a figure: the outputs of strategists' own notebooks.

Text, tables and pictures are welcome; what needs a script or the network, or cannot be read aloud, is refused.
"""

from __future__ import annotations

import bleach
from bs4 import BeautifulSoup
from markupsafe import Markup, escape
from nbformat import NotebookNode

from analysis.errors import KrachtlijnError

#: Seen first is shown; a notebook's output often holds the same thing in several forms.
PICTURES = ("image/png", "image/jpeg")

_TABLE = {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "col", "colgroup"}
_TEXT = {"p", "ul", "ol", "li", "strong", "em", "b", "i", "sub", "sup", "br", "code", "pre", "span", "div", "a", "abbr"}
_ATTRIBUTES = {"*": ["lang"], "th": ["scope", "colspan", "rowspan"], "td": ["colspan", "rowspan"], "a": ["href"]}

_FIGURE = "return an analysis.figure.Figure, or show a picture with IPython.display.Image(data, alt='...')"


def picture_html(output: NotebookNode, cell: NotebookNode, language: str, where: str) -> str | None:
    """Return a picture, or None when the output holds none.

    Its text alternative comes from the output (``IPython.display.Image(alt=...)``) or from the cell's metadata:
    ``{"alt": "..."}`` or ``{"alt": {"nl": "...", "fr": "..."}}``.

    Raises:
        KrachtlijnError: the picture has no text alternative.
    """
    kind = next((kind for kind in PICTURES if kind in output.data), None)
    if kind is None:
        return None
    alt = _alt(output.get("metadata", {}).get(kind, {}).get("alt") or cell.metadata.get("alt"), language)
    if not alt:
        raise KrachtlijnError(
            "a picture has no text alternative",
            where=where,
            do=f'{_FIGURE}, or put "alt" in the cell\'s metadata',
        )
    data = "".join(output.data[kind].split())
    return str(
        Markup('<figure class="picture"><img src="data:{};base64,{}" alt="{}"></figure>').format(kind, data, alt)
    )


def _alt(found: object, language: str) -> str:
    return str(found.get(language, "") if isinstance(found, dict) else found or "").strip()


def html_output(source: str, label: str, where: str) -> str:
    """Return HTML out of a notebook (a pandas table) with only what a report may hold.

    Args:
        source: the HTML.
        label: the name of the table for who cannot see it.
        where: the cell, for messages.

    Raises:
        KrachtlijnError: it needs a script, or nothing of it is left.
    """
    soup = BeautifulSoup(source, "html.parser")
    if soup.find(["script", "iframe", "object", "embed"]):
        raise KrachtlijnError(
            "an output needs a script, and the report has none", where=where, do=f"for a chart: {_FIGURE}"
        )
    for style in soup.find_all("style"):
        style.decompose()
    for head in soup.select("thead th"):
        head["scope"] = "col"
    for head in soup.select("tbody th"):
        head["scope"] = "row"
    if not soup.get_text(strip=True):
        raise KrachtlijnError("an output cannot be shown in the report", where=where, do=_FIGURE)
    clean = bleach.clean(
        str(soup), tags=_TABLE | _TEXT, attributes=_ATTRIBUTES, protocols={"http", "https"}, strip=True
    )
    return f'<div class="scroll foreign" role="group" tabindex="0" aria-label="{escape(label)}">{clean}</div>'


def text_output(text: str) -> str:
    """Return plain text as it stands."""
    return str(Markup("<pre>{}</pre>").format(escape(text.rstrip()))) if text.strip() else ""
