"""A figure: the one thing that a view returns, a notebook shows and the report prints.

A figure carries its message, its unit, its origins and its text alternative with it, as JSON in the notebook's output
(:data:`MIME`). JupyterLab shows the PNG or the table beside it; the report is drawn from the JSON.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

MIME = "application/vnd.krachtlijn.figure+json"

Align = Literal["text", "number"]


@dataclass(frozen=True)
class Column:
    """A column of a shown table: its header (with the unit) and how its cells stand.

    ``language`` is that of the cells where it is not the report's own (event texts exist in Dutch only), so that a
    screen reader pronounces them well. In a ``lead`` column a verdict comes before its reason: what stands before the
    first colon or semicolon is set strong.
    """

    label: str
    align: Align = "text"
    language: str = ""
    lead: bool = False


@dataclass(frozen=True)
class Grid:
    """A table as it is shown: texts only, already in the reader's language.

    A row whose first cell starts a group may be named in ``groups``: row number -> heading above that row.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """A source of figures, as the footer and the list of sources show it.

    ``licence`` is its name in the reader's language, ``published`` the day, month or year as the facts write it
    (``2024-03``); both are empty when unknown.
    """

    bron_id: str
    title: str
    publisher: str
    url: str
    kind: str
    licence: str = ""
    published: str = ""


@dataclass(frozen=True)
class Figure:
    """A chart, a table, or computed sentences.

    Args:
        id: unique in the report; names the anchor and the CSV.
        kind: ``chart``, ``table``, ``sentences``, or ``absent``: there is nothing to show, and the title says why. An
            absent figure stays out of the report, and so does the section of a notebook that shows nothing else.
        title: the message, in words.
        subtitle: what is measured, of whom, in which unit, over which period.
        alt: the text alternative of a chart; required for charts.
        grid: the table, or the data behind the chart.
        spec: the Vega-Lite specification of a chart.
        sentences: for ``sentences``: each computed statement.
        origins: where the numbers come from; required for everything that holds data.
        notes: caveats that a reader must see beside the figure.
        reference: a table to look things up in: folded away on the screen, left out on paper.
        own_sheet: on paper it begins on a sheet of its own, which it is made to fit.
        language: of the texts; only said by a figure in several languages.
        others: the same figure in the other languages, by language.
    """

    id: str
    kind: Literal["chart", "table", "sentences", "absent"]
    title: str
    subtitle: str = ""
    alt: str = ""
    grid: Grid | None = None
    spec: dict[str, Any] | None = None
    sentences: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    notes: tuple[str, ...] = ()
    reference: bool = False
    own_sheet: bool = False
    language: str = ""
    others: dict[str, Figure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind == "chart" and not (self.alt and self.spec and self.grid):
            raise ValueError(f"figure {self.id}: a chart needs its spec, a text alternative and its data")
        if self.kind == "table" and self.grid is None:
            raise ValueError(f"figure {self.id}: a table needs a grid")

    def carrier(self) -> dict[str, Any]:
        """Return the figure as plain JSON, in several languages if it has them (see :func:`carrier_in`)."""
        content = asdict(replace(self, others={}))
        del content["language"], content["others"]
        if not self.others:
            return content
        others = {language: other.carrier() for language, other in self.others.items()}
        return content | {"language": self.language, "others": others}

    @classmethod
    def from_carrier(cls, content: dict[str, Any]) -> Figure:
        """Rebuild a figure from :meth:`carrier` (numbers as JSON keys become numbers again)."""
        grid = content["grid"]
        return cls(
            **content
            | {
                "grid": grid
                and Grid(
                    tuple(Column(**column) for column in grid["columns"]),
                    tuple(tuple(row) for row in grid["rows"]),
                    {int(row): text for row, text in grid["groups"].items()},
                ),
                "origins": tuple(Origin(**origin) for origin in content["origins"]),
                "sentences": tuple(content["sentences"]),
                "notes": tuple(content["notes"]),
                "others": {name: cls.from_carrier(other) for name, other in content.get("others", {}).items()},
            }
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Show the figure in JupyterLab, offline and in a notebook that is not trusted; the report uses the JSON.

        A figure in several languages is for the build, not for people: it shows its table in place of a picture, which
        takes longer to draw than all the rest.
        """
        drawn = self.spec if not self.others else None
        picture = base64.b64encode(_png(drawn)).decode("ascii") if drawn else ""
        bundle = {MIME: self.carrier(), "text/html": self._preview(picture), "text/plain": f"{self.title} ({self.id})"}
        return bundle | ({"image/png": picture} if picture else {})

    def _preview(self, picture: str) -> str:
        """Return plain HTML for JupyterLab, where the report's style is not at hand."""
        sources = "; ".join(f"{origin.publisher}, {origin.title}" for origin in self.origins)
        small = [*self.notes, *([sources] if sources else [])]
        return "".join(
            [
                f"<h4>{html.escape(self.title)}</h4>",
                *(f"<p>{html.escape(text)}</p>" for text in (self.subtitle, *self.sentences) if text),
                f'<img alt="{html.escape(self.alt)}" src="data:image/png;base64,{picture}">' if picture else "",
                _html_table(self.grid) if self.grid and not picture else "",
                *(f"<p><small>{html.escape(text)}</small></p>" for text in small),
            ]
        )


def carrier_in(content: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the carrier of a figure in one language, out of a carrier in one or in several.

    Args:
        content: from :meth:`Figure.carrier`. One that is in one language only is returned as it is.
        language: such as ``fr``.

    Raises:
        ValueError: the figure is in several languages, but not in this one.

    >>> both = Figure("een", "sentences", "Ja", language="nl", others={"fr": Figure("een", "sentences", "Oui")})
    >>> [carrier_in(both.carrier(), language)["title"] for language in ("nl", "fr")]
    ['Ja', 'Oui']
    """
    if "others" not in content:
        return content
    first = {name: value for name, value in content.items() if name not in ("language", "others")}
    found: dict[str, dict[str, Any]] = {content["language"]: first} | content["others"]
    if language not in found:
        raise ValueError(f"figure {content['id']} is not in the language '{language}', only in: {', '.join(found)}")
    return found[language]


def serves(data: dict[str, Any], languages: Sequence[str]) -> bool:
    """Say whether an output of a notebook (its data by MIME type) is a figure in all of these languages."""
    content = data.get(MIME, {})
    return set(languages) <= {content.get("language"), *content.get("others", {})}


def _html_table(grid: Grid) -> str:
    head = "".join(f"<th>{html.escape(column.label)}</th>" for column in grid.columns)
    lines = []
    for number, row in enumerate(grid.rows):
        if number in grid.groups:
            lines.append(f'<tr><th colspan="{len(grid.columns)}">{html.escape(grid.groups[number])}</th></tr>')
        lines.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _png(spec: dict[str, Any]) -> bytes:
    """Draw a chart for JupyterLab. Imported here: the report itself never needs the PNG."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(spec, scale=1.5))
