"""The interactive edition: the same report, in which a live Vega chart takes the place of each drawing.

One script per file, with all that it needs: nothing is fetched. The policy of the file names the script by its hash and
allows nothing else, so Vega reads its expressions with its own interpreter instead of making code out of text. Without
JavaScript, or when a chart fails, the drawing of the static edition stays.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import vl_convert

from analysis.build import drawing
from analysis.build.figures import TEMPLATES
from analysis.errors import KrachtlijnError

#: The id of the block of data that the script reads.
DATA_ID = "levende-grafieken"

#: What would end a script in a file of HTML, or what a browser would read as something else than was hashed.
_UNFIT = ("</script", "<!--", "\r", "\0")


@cache
def script() -> str:
    """Return the one script of every interactive edition: Vega, Vega-Lite, Vega-Embed and ``live.js``.

    Bundling takes more than a second; all files of a build share the result.

    Raises:
        KrachtlijnError: the bundle holds something that cannot stand inside a file of HTML.
    """
    own = (TEMPLATES / "krachtlijn" / "live.js").read_text(encoding="utf-8")
    bundle = str(vl_convert.javascript_bundle(own)).strip() + "\n"
    found = [sign for sign in _UNFIT if sign in bundle.lower()]
    if found:
        raise KrachtlijnError(
            "the script of the interactive edition cannot stand in a file of HTML",
            where="live.js, or the version of vl-convert",
            why=f"it holds {', '.join(map(repr, found))}",
            do="make the report without --interactive, and tell the maintainers",
        )
    return bundle


def style() -> str:
    """Return the rules that the interactive edition adds to the report's style."""
    return (TEMPLATES / "krachtlijn" / "live.css").read_text(encoding="utf-8")


def block(charts: dict[str, dict[str, Any]], language: str) -> str:
    """Return the HTML that goes at the end of the page: the charts as data, and the script that draws them.

    Args:
        charts: the Vega-Lite specification of each chart, by the id of its figure.
        language: for numbers and names of months.
    """
    number, time = drawing.format_locales(language)
    content = {"number": number, "time": time, "charts": {own: _sizes(spec) for own, spec in charts.items()}}
    return f'<script type="application/json" id="{DATA_ID}">{inert(content)}</script>\n<script>{script()}</script>'


def inert(content: object) -> str:
    r"""Write JSON that no text in the data can break out of.

    >>> print(inert({"a": "</script><!-- é"}))
    {"a":"\u003c/script>\u003c!-- é"}
    """
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _sizes(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the wide and the narrow chart; what they share (the data, above all) stands there once."""
    wide, narrow = (_live(drawing.fit(spec, width)) for width in (drawing.WIDE, drawing.NARROW))
    both = {key: value for key, value in wide.items() if key in narrow and narrow[key] == value}
    return {
        "both": both,
        "wide": {key: value for key, value in wide.items() if key not in both},
        "narrow": {key: value for key, value in narrow.items() if key not in both},
    }


def _live(sized: dict[str, Any]) -> dict[str, Any]:
    """Leave out what only the drawing needs; a mark shows the text of its own ``tooltip``, or none."""
    kept = {key: value for key, value in sized.items() if key not in {"$schema", "usermeta"}}
    return kept | {"config": {"aria": False} | kept.get("config", {})}
