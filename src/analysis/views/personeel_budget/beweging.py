"""People: who came, who left and how much illness there was, quarter by quarter, apart from the usual noise."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered import staff, staff_signals, xmr
from analysis.models.delivered.staff_signals import Signals
from analysis.views.personeel_budget import beweging_beeld, mensen, wording
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common

NAME = "personeel_budget-beweging"
#: Decimals of each series.
PLACES = {staff.CAME: 0, staff.WENT: 0, "verzuim": 1}


@in_every_language
def movement(report: Report) -> Figure:
    """Show who came, who left and the days lost by illness, with the natural limits of each series."""
    if none := mensen.nothing(report, NAME, staff.CAME, staff.WENT, staff.ILL):
        return none
    words, found, series = report.words, mensen.delivered(report), mensen.signals(report)
    content = {
        "title": movement_title(words, _signs(report, series), staff.turnover(found.whole).iloc[-1]),
        "subtitle": words.t("{name}, as delivered, by quarter", name=wording.institution_name(report)),
        "grid": _grid(report, found.whole),
        "origins": common.origins(report),
        "notes": common.notes(report, *_notes(report, found.whole, series)),
    }
    if not series:
        return Figure(NAME, "table", **content)  # type: ignore[arg-type]  # the contents have their types
    headings = {name: _heading(words, name, own) for name, own in series.items()}
    return Figure(
        NAME,
        "chart",
        alt=words.t("Lines by quarter with their limits. {items}.", items=_items(report, series)),
        spec=beweging_beeld.picture(report, series, headings, PLACES),
        **content,  # type: ignore[arg-type]
    )


def movement_title(words: Words, signs: dict[str, tuple[str, str]], turnover: pd.Series) -> str:
    """Say what is no longer usual, and how many left in a year.

    Args:
        words: the language.
        signs: by series with a signal at its end: ``hoger`` or ``lager``, and since which quarter, as it is written.
        turnover: last row of :func:`analysis.models.delivered.staff.turnover`.
    """
    said = [_sign(words, name, *sign) for name, sign in signs.items()]
    if not pd.isna(turnover["verloop"]):
        values = {"share": words.number(turnover["verloop"], 1), "n": words.number(turnover["vertrokken"])}
        said.append(
            words.t("in four quarters {n} people left, {share} % of the staff", **values)
            if said
            else words.t("In four quarters {n} people left, {share} % of the staff; no series shows a signal", **values)
        )
    if not said:
        return words.t("Coming, leaving and illness: no signal so far")
    return words.joined([said[0], *(text[:1].lower() + text[1:] for text in said[1:])])


def _sign(words: Words, series: str, way: str, since: str) -> str:
    more = way == "hoger"
    if series == staff.CAME:
        return (
            words.t("More people joined than usual since {quarter}", quarter=since)
            if more
            else words.t("Fewer people joined than usual since {quarter}", quarter=since)
        )
    if series == staff.WENT:
        return (
            words.t("More people left than usual since {quarter}", quarter=since)
            if more
            else words.t("Fewer people left than usual since {quarter}", quarter=since)
        )
    return (
        words.t("More absence than usual since {quarter}", quarter=since)
        if more
        else words.t("Less absence than usual since {quarter}", quarter=since)
    )


def _signs(report: Report, series: dict[str, Signals]) -> dict[str, tuple[str, str]]:
    """Return the series whose last known quarter is a signal, upward or downward, and since when it is."""
    found = {}
    for name, own in series.items():
        if quarter := staff_signals.since(own.points):
            found[name] = (staff_signals.latest(own.points), mensen.quarter_name(report, quarter))
    return found


def _heading(words: Words, name: str, own: Signals) -> str:
    heading = {
        staff.CAME: words.t("Joined (people)"),
        staff.WENT: words.t("Left (people)"),
        "verzuim": words.t("Absence (%), season taken out") if own.seasonal else words.t("Absence (%)"),
    }
    return heading[name]


def _items(report: Report, series: dict[str, Signals]) -> str:
    words, items = report.words, []
    for name, own in series.items():
        known = own.points[own.points["waarde"].notna()]
        last = known.iloc[-1]
        numbers = [
            words.number(float(last[part]), PLACES[name]) for part in ("zonder_seizoen", "ondergrens", "bovengrens")
        ]
        items.append(
            words.t(
                "{name}: {value} in {quarter}, natural limits {low} to {high}",
                name=_heading(words, name, own),
                value=numbers[0],
                low=numbers[1],
                high=numbers[2],
                quarter=mensen.quarter_name(report, str(known.index[-1])),
            )
        )
    return words.joined(items)


def _grid(report: Report, whole: pd.DataFrame) -> Grid:
    words = report.words
    rows = staff.flows(whole).join(staff.turnover(whole)).join(staff.absence(whole))
    cells = tuple(
        (
            mensen.quarter_name(report, str(quarter)),
            words.number(row["einde"]),
            words.number(row[staff.CAME]),
            words.number(row[staff.WENT]),
            words.number(row["onverklaard"], sign=True),
            _with_interval(words, row),
            words.number(row["verzuim"], 1),
        )
        for quarter, row in rows.iterrows()
    )
    numbers = [
        words.t("Staff at its end"),
        words.t("Joined"),
        words.t("Left"),
        words.t("Not explained"),
        words.t("Turnover in 4 quarters (%)"),
        words.t("Absence (%)"),
    ]
    return Grid((Column(words.t("Quarter")), *(Column(text, "number") for text in numbers)), cells)


def _with_interval(words: Words, row: pd.Series) -> str:
    if pd.isna(row["verloop"]):
        return words.number(float("nan"))
    share, low, high = (words.number(row[name], 1) for name in ("verloop", "onder", "boven"))
    return words.t("{value} ({low} to {high})", value=share, low=low, high=high)


def _notes(report: Report, whole: pd.DataFrame, series: dict[str, Signals]) -> list[str]:
    words = report.words
    notes = [
        words.t(
            "Dashed lines: the natural limits of the series (XmR: mean ± 2.66 times the mean moving range). A diamond "
            "is a signal: a point outside them, 7 on one side of the mean, 7 that rise or fall, or 2 of 3 near a "
            "limit. All else is noise that needs no explanation."
        ),
        words.t(
            "Turnover: who left in four quarters as a share of the mean staff, with its interval of 95 % (Poisson), "
            "which is too narrow where people leave together."
        ),
    ]
    if any(own.seasonal for own in series.values()):
        notes.append(
            words.t(
                "Absence differs by season more than chance would have it (Kruskal-Wallis); the chart takes the mean "
                "difference of each quarter out, the table does not."
            )
        )
    if any(len(own.points.dropna(subset=["waarde"])) < xmr.ENOUGH for own in series.values()):
        notes.append(words.t("Fewer than {n} quarters: the limits are provisional.", n=words.number(xmr.ENOUGH)))
    return notes + _unexplained(report, whole)


def _unexplained(report: Report, whole: pd.DataFrame) -> list[str]:
    """Say in how many quarters coming and leaving do not explain the change of the staff."""
    gaps = staff.flows(whole)["onverklaard"].dropna()
    n = int((gaps.round(6) != 0).sum())
    if not n:
        return []
    return [
        report.words.tn(
            "In {n} quarter the people who joined and left do not explain the change of the staff.",
            "In {n} quarters the people who joined and left do not explain the change of the staff.",
            n,
        )
    ]
