"""Money: the Region's rating by Standard & Poor's."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.figure import Figure, Grid
from analysis.models import money
from analysis.views.personeel_budget import wording
from analysis.views.report import Report
from analysis.views.theme import INK, PALETTE, base, spec


def rating(report: Report) -> Figure:
    """Show each assessment as a point; nothing is drawn between two of them."""
    name, words = "personeel_budget-rating", report.words
    known = wording.with_rank(report, report.now.table("budget"))
    grades = money.ratings(known)
    if not len(grades):
        return wording.nothing(report, name, words.t("No rating of the Region was found"))
    every = known[(known["reeks"] == money.RATING) & known["periode_tot"].notna()]
    title = _title(report, grades)
    return Figure(
        name,
        "chart",
        title=title,
        subtitle=words.t("Long-term rating of the Region by Standard & Poor’s, per assessment found"),
        alt=words.t("A point per assessment, the best grade at the top. {title}.", title=title),
        grid=_grid(report, grades),
        spec=spec(_chart(report, grades), words, height=60 + 44 * len(_scale(grades))),
        origins=report.origins(every),
        notes=(*_notes(report, grades), *report.dating_notes(every)),
    )


def _title(report: Report, grades: pd.DataFrame) -> str:
    words, first, last = report.words, grades.iloc[0], grades.iloc[-1]
    values = {"grade": last["waarde"], "date": wording.when(words, last)}
    if last["ook"]:
        values["grade"] = _either(report, last)
        return words.t("Standard & Poor’s on the Region, last found ({date}): {grade}, sources differ", **values)
    # a doubtful grade is no start to count notches from
    steps = float("nan") if first["ook"] else last["trede"] - first["trede"]
    if steps != steps or steps == 0:
        return words.t("Standard & Poor’s last gave the Region {grade} ({date})", **values)
    values |= {"first": first["waarde"], "start": wording.when(words, first)}
    if steps > 0:
        return words.tn(
            "Standard & Poor’s last gave the Region {grade} ({date}): {n} notch below the {first} of {start}",
            "Standard & Poor’s last gave the Region {grade} ({date}): {n} notches below the {first} of {start}",
            int(steps),
            **values,
        )
    return words.tn(
        "Standard & Poor’s last gave the Region {grade} ({date}): {n} notch above the {first} of {start}",
        "Standard & Poor’s last gave the Region {grade} ({date}): {n} notches above the {first} of {start}",
        int(-steps),
        **values,
    )


def _either(report: Report, row: pd.Series) -> str:
    """Write all grades that the sources give for one assessment, the best first."""
    grades: list[str] = sorted({row["waarde"], *row["ook"]}, key=money.SCALE.index)
    text, *others = grades
    for other in others:
        text = report.words.t("{text} or {other}", text=text, other=other)
    return text


def _scale(grades: pd.DataFrame) -> list[str]:
    """Return the grades from the best to the worst that any source gives, none left out between."""
    named = {*grades["waarde"], *(grade for others in grades["ook"] for grade in others)}
    places = [place for place, grade in enumerate(money.SCALE) if grade in named]
    return list(money.SCALE[min(places) : max(places) + 1]) if places else []


def _grid(report: Report, grades: pd.DataFrame) -> Grid:
    words = report.words
    texts = [
        words.t("Assessment"),
        words.t("Grade"),
        words.t("Also named"),
        words.t("Source of the figure"),
    ]
    rows = tuple(
        (
            wording.when(words, row),
            row["waarde"],
            ", ".join(row["ook"]),
            wording.source_name(report, row["bron_id"]),
        )
        for row in wording.records(grades)
    )
    return Grid(wording.columns(texts, []), rows)


def _chart(report: Report, grades: pd.DataFrame) -> alt.LayerChart:
    rows = pd.DataFrame(
        {"x": 1 + money.position(grades["periode_tot"]), "graad": grades["waarde"], "ook": grades["ook"]}
    )
    other = rows[["x", "ook"]].explode("ook").dropna().rename(columns={"ook": "graad"})
    other = other.assign(tekst="")
    # one text for all diamonds: below the last of them nothing else stands
    other.loc[other.index[-1:], "tekst"] = report.words.t("also named")
    first, last = int(rows["x"].min()), int(rows["x"].max()) + 1
    axis = alt.Axis(format="d", values=list(range(first, last + 1, 2)), grid=False)
    x = alt.X("x:Q", title=None, axis=axis, scale=alt.Scale(domain=[first, last], nice=False))
    y = alt.Y("graad:O", title=None, sort=None, scale=alt.Scale(domain=_scale(grades)))
    start, named = base(rows[["x", "graad"]]).encode(x=x, y=y), base(other).encode(x=x, y=y)
    return wording.layered(
        start.mark_point(filled=True, size=110, opacity=1, color=PALETTE[0], shape="circle"),
        named.mark_point(filled=False, size=110, strokeWidth=2, color=PALETTE[2], shape="diamond"),
        named.mark_text(align="center", dy=17, color=INK).encode(text="tekst:N"),
    )


def _notes(report: Report, grades: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    notes = [words.t("Only assessments that the gathered sources name are drawn; S&P may have published others.")]
    doubtful = grades[grades["ook"].map(len) > 0]
    if len(doubtful):
        notes.append(
            words.t(
                "Also named: the grade that another source, or the note in the data, gives for {dates}. "
                "The circle is shown because of the rank of its source; it is not certain.",
                dates=words.list([wording.when(words, row) for row in wording.records(doubtful)]),
            )
        )
    return tuple(notes)
