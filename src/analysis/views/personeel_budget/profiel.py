"""People: the shares of women, statutory staff and teleworkers, in one chart."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import people
from analysis.models.money import REALISED, unbroken
from analysis.views.personeel_budget import wording
from analysis.views.report import Report, in_every_language
from analysis.views.theme import FACTS, POINT, THICK, WHOLE, YEAR, base, hints, spec


@in_every_language
def profile(report: Report) -> Figure:
    """Show three shares of the staff in time; only years that are counted alike are joined."""
    name, words = "personeel_budget-profile", report.words
    who = wording.institution_name(report)
    rows = people.shares(report.now.table("personeel"), wording.institution(report))
    drawn = people.comparable_shares(rows)
    if not len(drawn):
        title = words.t("{name}: no share of women, statutory staff or teleworkers was found", name=who)
        return wording.nothing(report, name, title)
    latest = people.latest_shares(rows)
    content: dict[str, Any] = {
        "title": profile_title(words, latest),
        "grid": _grid(report, rows),
        "origins": report.origins(rows),
        "notes": (*_notes(words, rows, drawn), *report.dating_notes(rows)),
    }
    if latest["verandering"].isna().all():
        subtitle = words.t("{name}, share in % of the total that the same source gives", name=who)
        return Figure(name, "table", subtitle=subtitle, **content)
    return Figure(
        name,
        "chart",
        subtitle=words.t(
            "{name}, share in % of the total that the same source gives; the axis does not begin at 0", name=who
        ),
        alt=words.t("Lines per share of the staff. {items}.", items=_items(words, drawn)),
        spec=spec(_chart(words, drawn), words, height=240),
        **content,
    )


def profile_title(words: Words, latest: pd.DataFrame) -> str:
    """Say which share changed most and how, then the others; without an earlier year only the levels.

    Args:
        words: the language.
        latest: from :func:`people.latest_shares`, at least one row.
    """
    lead, rest = latest.iloc[0], latest.iloc[1:]
    if pd.isna(lead["verandering"]):
        return words.t(
            "Shares of the staff: {items}", items=words.list([_level(words, row) for row in wording.records(latest)])
        )
    others = [_level(words, row, beside=int(lead["jaar"])) for row in wording.records(rest)]
    return words.joined([_change(words, lead), *([words.list(others)] if others else [])])


def _change(words: Words, lead: pd.Series) -> str:
    change = round(float(lead["verandering"]), 1)
    values = {
        "topic": _topic(words, lead["onderwerp"]),
        "share": words.number(lead["aandeel"], 1),
        "year": int(lead["jaar"]),
        "first": int(lead["eerste"]),
        "change": words.number(abs(change), 1),
    }
    if change > 0:
        return words.t("The share of {topic} rose to {share} % in {year}, {change} points above {first}", **values)
    if change < 0:
        return words.t("The share of {topic} fell to {share} % in {year}, {change} points below {first}", **values)
    return words.t("The share of {topic} was {share} % in {year}, as in {first}", **values)


def _level(words: Words, row: dict[str, Any], beside: int | None = None) -> str:
    """Write one share; its year only where that is not the year named before."""
    values = {"topic": _topic(words, row["onderwerp"]), "share": words.number(row["aandeel"], 1)}
    if row["jaar"] == beside:
        return words.t("{topic} {share} %", **values)
    return words.t("{topic} {share} % ({year})", year=row["jaar"], **values)


def _topic(words: Words, topic: str) -> str:
    return {
        "vrouwen": words.t("women"),
        "statutair": words.t("statutory staff"),
        "telewerk": words.t("teleworkers"),
    }[topic]


def _heading(words: Words, topic: str, count: str) -> str:
    """Name what is counted; for teleworkers also which of them."""
    scope = {
        people.WITH_MOBILE: words.t("with mobile work"),
        people.WITHOUT_MOBILE: words.t("without mobile work"),
        people.UNSPECIFIED: words.t("kinds not stated"),
    }.get(count)
    name = _topic(words, topic)
    return (words.t("{value} ({remark})", value=name, remark=scope) if scope else name).capitalize()


def _items(words: Words, drawn: pd.DataFrame) -> str:
    items = []
    for topic, same in drawn.groupby("onderwerp", sort=False):
        values = [
            words.t("{share} % in {year}", share=words.number(row["aandeel"], 1), year=row["jaar"])
            for row in wording.records(same)
        ]
        items.append(words.t("{name}: {value}", name=_topic(words, str(topic)).capitalize(), value=words.list(values)))
    return words.joined(items)


def _grid(report: Report, rows: pd.DataFrame) -> Grid:
    words = report.words
    cells: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for (topic, count), same in rows.groupby(["onderwerp", rows["telling"].where(~_annual(rows), "")], sort=False):
        groups[len(cells)] = _heading(words, str(topic), str(count))
        cells += [
            (
                str(row["jaar"]),
                words.number(row["aandeel"], 1),
                words.number(row["waarde"]),
                words.number(row["totaal"]),
                wording.source_name(report, row["bron_id"]),
            )
            for row in wording.records(same)
        ]
    numbers = [words.t("Share (%)"), words.t("People"), words.t("Total in the same source")]
    return Grid(
        wording.columns([words.t("Year"), *numbers, words.t("Source of the figure")], numbers), tuple(cells), groups
    )


def _annual(rows: pd.DataFrame) -> pd.Series:
    return rows["telling"].isin((people.ANNUAL, people.OTHER))


def _chart(words: Words, drawn: pd.DataFrame) -> alt.LayerChart:
    rows = drawn[["onderwerp", "telling", "jaar", "aandeel"]].reset_index(drop=True)
    same = ["onderwerp", "telling"]
    rows["deel"] = pd.concat([unbroken(part).astype(str) for _, part in rows.groupby(same)])
    rows["deel"] = rows["onderwerp"] + rows["telling"] + rows["deel"]
    rows["tekst"] = [words.number(share, 1) for share in rows["aandeel"]]
    rows["uitleg"] = [
        wording.hint(words, _topic(words, row["onderwerp"]), row["tekst"], str(int(row["jaar"])))
        for row in wording.records(rows)
    ]
    last = rows.drop_duplicates("onderwerp", keep="last")
    names = last.assign(tekst=[_topic(words, topic) for topic in last["onderwerp"]])
    years = list(range(int(rows["jaar"].min()), int(rows["jaar"].max()) + 1))
    x = alt.X("jaar:Q", title=None, axis=alt.Axis(format=YEAR, values=years, grid=False))
    x = x.scale(zero=False, nice=False, padding=34)
    y = alt.Y(
        "aandeel:Q", title=None, axis=alt.Axis(format=WHOLE, tickCount=5), scale=alt.Scale(zero=False, padding=34)
    )
    start, realised = base(rows).encode(x=x, y=y), FACTS[REALISED].line
    return wording.layered(
        start.mark_line(color=realised, strokeWidth=THICK).encode(detail=alt.Detail("deel:N")),
        start.mark_point(color=realised, size=POINT, filled=True, opacity=1),
        start.mark_text(dy=-13).encode(text=alt.Text("tekst:N")),
        hints(start),
        base(names)
        .mark_text(align="right", dx=16, dy=18, fontWeight="bold")
        .encode(x=x, y=y, text=alt.Text("tekst:N")),
    )


def _notes(words: Words, rows: pd.DataFrame, drawn: pd.DataFrame) -> list[str]:
    left_out = wording.records(rows[~rows.index.isin(drawn.index)])
    notes = [note for row in left_out if (note := _left_out(words, row))]
    if (rows["onderwerp"] == "statutair").any():
        notes.append(
            words.t(
                "The number of contractual staff was not found in the gathered (kept) sources. It is not "
                "derived: the rest of 100 % stays unknown."
            )
        )
    return notes


def _left_out(words: Words, row: dict[str, Any]) -> str:
    """Say why a figure stands in no line, with the figure itself: on paper the table behind a chart is not printed."""
    if row["telling"] == people.WITH_MOBILE:
        return words.t(
            "Teleworkers in {year}: {value} people, with those who work on the move. The annual reports name only "
            "occasional and structural telework; the two are not compared.",
            year=row["jaar"],
            value=words.number(row["waarde"]),
        )
    if row["telling"] == people.OTHER and not pd.isna(row["aandeel"]):
        return words.t(
            "{topic} in {year}: {share} % by another source than the annual reports, of another total; not compared.",
            topic=_topic(words, row["onderwerp"]).capitalize(),
            year=row["jaar"],
            share=words.number(row["aandeel"], 1),
        )
    return ""
