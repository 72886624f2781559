"""People: in which administration they work, women and men, statutory staff."""

from __future__ import annotations

import re
from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Figure, Grid
from analysis.models import people
from analysis.views.personeel_budget import wording
from analysis.views.report import Report
from analysis.views.theme import PALETTE, PAPER, base, spec

#: How the plan's notes say that people whom another institution pays are left out.
_LEFT_OUT = re.compile(r"zonder personeel van (?:de )?(\w+)")
_WOMEN, _MEN = PALETTE[2], PALETTE[0]


def administrations(report: Report) -> Figure:
    """Show the staff per administration on the last day for which it is known."""
    name, words = "personeel_budget-administrations", report.words
    known, own = report.now.table("personeel"), wording.institution(report)
    rows = people.administrations(known, own, report.now.table("organisaties"))
    if not len(rows):
        who = wording.institution_name(report)
        title = words.t("{name}: no staff per administration was found", name=who)
        return wording.nothing(report, name, title)
    rows = report.labelled(rows)
    drawn = _administration_bars(report, rows)
    return Figure(
        name,
        "chart",
        title=_administration_title(report, rows),
        subtitle=words.t("Number of people on the payroll, {date}", date=wording.when(words, rows.iloc[0])),
        alt=wording.bars_alt(words, drawn),
        grid=_administration_grid(report, rows),
        spec=spec(wording.named_bars(drawn), words, height=38 * len(drawn)),
        origins=report.origins(rows),
        notes=(*_administration_notes(report, rows), *report.dating_notes(rows)),
    )


def _administration_title(report: Report, rows: pd.DataFrame) -> str:
    first, words = rows.iloc[0], report.words
    return words.t(
        "{name} is the largest administration: {value} of the {total} staff ({share} %)",
        name=first["label"],
        value=words.number(first["waarde"]),
        total=words.number(rows["waarde"].sum()),
        share=words.number(first["aandeel"], 1),
    )


def _administration_bars(report: Report, rows: pd.DataFrame) -> pd.DataFrame:
    texts = [report.words.number(value) for value in rows["waarde"]]
    return rows[["waarde"]].assign(naam=rows["label"], tekst=texts, soort="een")


def _administration_grid(report: Report, rows: pd.DataFrame) -> Grid:
    words = report.words
    numbers = [words.t("People"), words.t("Share (%)")]
    cells = [
        (row["label"], words.number(row["waarde"]), words.number(row["aandeel"], 1)) for row in wording.records(rows)
    ]
    total = (words.t("Total"), words.number(rows["waarde"].sum()), words.number(100.0, 1))
    return Grid(wording.columns([words.t("Administration"), *numbers], numbers), (*cells, total))


def _administration_notes(report: Report, rows: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    notes = [_sum_note(report, rows), *_left_out_notes(report, rows)]
    older = people.older_structures(report.now.table("personeel"), wording.institution(report))
    for _, group in older.groupby("periode_tot"):
        notes.append(
            words.tn(
                "For {date} another source gives {n} administration, together {total} people: "
                "another division, so it does not stand beside this one.",
                "For {date} another source gives {n} administrations, together {total} people: "
                "another division, so it does not stand beside this one.",
                len(group),
                date=wording.when(words, group.iloc[0]),
                total=words.number(group["waarde"].sum()),
            )
        )
    return tuple(note for note in notes if note)


def _sum_note(report: Report, rows: pd.DataFrame) -> str:
    words = report.words
    totals = people.staff_totals(report.now.table("personeel"), wording.institution(report))
    same_day = totals["periode_tot"] == rows["periode_tot"].iloc[0]
    total = totals[same_day & (totals["telling"] == people.ACTUAL)]["waarde"]
    if not len(total):
        return ""
    gap = total.iloc[0] - rows["waarde"].sum()
    if gap == 0:
        return words.t("Their sum equals the total that the plan gives for that day.")
    return words.t(
        "Their sum differs by {gap} from the total that the plan gives for that day.",
        gap=words.number(gap, sign=True),
    )


def _left_out_notes(report: Report, rows: pd.DataFrame) -> list[str]:
    words = report.words
    found = zip(rows["label"], rows["opmerking"].map(_LEFT_OUT.search), strict=True)
    pairs = [(label, match[1]) for label, match in found if match]
    whose = {"MIVB": words.t("of MIVB"), "Iristeam": words.t("of Iristeam")}
    return [
        words.t(
            "{administration}: without the staff {whose}.",
            administration=label,
            whose=whose.get(name) or words.t("of {name}", name=name),
        )
        for label, name in pairs
    ]


def gender(report: Report) -> Figure:
    """Show women and men per year as shares of one source's own figures."""
    name, words = "personeel_budget-gender", report.words
    known, own = report.now.table("personeel"), wording.institution(report)
    shares = people.gender_shares(known, own)
    if not len(shares):
        who = wording.institution_name(report)
        title = words.t("{name}: no number of women and men was found", name=who)
        return wording.nothing(report, name, title)
    rows = people.staff_by(known, own, people.STAFF, "geslacht")
    last = shares.iloc[-1]
    title = words.t(
        "{share} % of the staff were women in {year} ({women} women, {men} men)",
        share=words.number(last["aandeel_vrouw"], 1),
        year=last["jaar"],
        women=words.number(last["vrouw"]),
        men=words.number(last["man"]),
    )
    return Figure(
        name,
        "chart",
        title=title,
        subtitle=words.t("{name}, share of women and men in %", name=wording.institution_name(report)),
        alt=words.t("A bar per year, split into women and men. {title}.", title=title),
        grid=_gender_grid(report, shares),
        spec=spec(_gender_chart(report, shares), words, height=40 * len(shares)),
        origins=report.origins(rows),
        notes=(*_source_notes(report, shares), *report.dating_notes(rows)),
    )


def _gender_grid(report: Report, shares: pd.DataFrame) -> Grid:
    words = report.words
    numbers = [words.t("Women"), words.t("Men"), words.t("Women (%)")]
    texts = [words.t("Year"), *numbers, words.t("Source of the figure")]
    rows = tuple(
        (
            str(row["jaar"]),
            words.number(row["vrouw"]),
            words.number(row["man"]),
            words.number(row["aandeel_vrouw"], 1),
            wording.source_name(report, row["bron_id"]),
        )
        for row in wording.records(shares)
    )
    return Grid(wording.columns(texts, numbers), rows)


def _gender_chart(report: Report, shares: pd.DataFrame) -> alt.LayerChart:
    words = report.words
    women, men = shares["aandeel_vrouw"], 100 - shares["aandeel_vrouw"]
    rows = pd.DataFrame(
        {
            "jaar": shares["jaar"].astype(str),
            "vrouw": women,
            "nul": 0,
            "vol": 100,
            "tekst_vrouw": [words.t("{n} % women", n=words.number(share, 1)) for share in women],
            "tekst_man": [words.t("{n} % men", n=words.number(share, 1)) for share in men],
        }
    )
    y = alt.Y("jaar:O", sort=None, title=None, axis=wording.AXIS)

    def at(field: str) -> alt.X:
        return alt.X(field, type="quantitative", axis=None, scale=alt.Scale(domain=[0, 100]))

    start = base(rows).encode(y=y)
    white: dict[str, Any] = {"baseline": "middle", "color": PAPER}
    return wording.layered(
        start.mark_bar(size=24, color=_WOMEN).encode(x=at("nul"), x2="vrouw:Q"),
        start.mark_bar(size=24, color=_MEN).encode(x=at("vrouw"), x2="vol:Q"),
        start.mark_text(align="left", dx=8, **white).encode(x=at("nul"), text="tekst_vrouw:N"),
        start.mark_text(align="right", dx=-8, **white).encode(x=at("vol"), text="tekst_man:N"),
    )


def _source_notes(report: Report, shares: pd.DataFrame) -> tuple[str, ...]:
    other = shares[~shares["bron_id"].str.startswith("jaarverslag-")]
    if not len(other) or len(other) == len(shares):
        return ()
    return (
        report.words.t(
            "The figures of {years} come from another source than the annual reports and belong to "
            "another total of the staff.",
            years=report.words.list([str(year) for year in other["jaar"]]),
        ),
    )


def statutory(report: Report) -> Figure:
    """Show the share of statutory staff; what the others are, no gathered source says."""
    name, words = "personeel_budget-statutory", report.words
    known, own = report.now.table("personeel"), wording.institution(report)
    rows = people.statutory_shares(known, own).dropna(subset=["aandeel"])
    if not len(rows):
        who = wording.institution_name(report)
        title = words.t("{name}: no number of statutory staff was found", name=who)
        return wording.nothing(report, name, title)
    drawn = _statutory_bars(report, rows)
    return Figure(
        name,
        "chart",
        title=_statutory_title(report, rows),
        subtitle=words.t(
            "{name}, statutory staff in % of the total that the same source gives",
            name=wording.institution_name(report),
        ),
        alt=wording.bars_alt(words, drawn),
        grid=_statutory_grid(report, rows),
        spec=spec(wording.bars(drawn, highest=175), words, height=34 * len(drawn)),
        origins=report.origins(rows),
        notes=(
            words.t(
                "The number of contractual staff was not found in the gathered (kept) sources. It is not "
                "derived: the rest of 100 % stays unknown."
            ),
            *report.dating_notes(rows),
        ),
    )


def _statutory_title(report: Report, rows: pd.DataFrame) -> str:
    words, first, last = report.words, rows.iloc[0], rows.iloc[-1]
    values = {
        "share": words.number(last["aandeel"], 1),
        "year": last["jaar"],
        "value": words.number(last["waarde"]),
        "total": words.number(last["totaal"]),
    }
    if len(rows) == 1:
        return words.t("{share} % of the staff were statutory in {year} ({value} of {total})", **values)
    return words.t(
        "{share} % of the staff were statutory in {year} ({value} of {total}), "
        "{change} percentage points compared with {first}",
        change=words.number(last["aandeel"] - first["aandeel"], 1, sign=True),
        first=first["jaar"],
        **values,
    )


def _statutory_bars(report: Report, rows: pd.DataFrame) -> pd.DataFrame:
    words = report.words
    texts = [
        words.t(
            "{share} % ({value} of {total})",
            share=words.number(row["aandeel"], 1),
            value=words.number(row["waarde"]),
            total=words.number(row["totaal"]),
        )
        for row in wording.records(rows)
    ]
    drawn = pd.DataFrame({"naam": rows["jaar"].astype(str), "waarde": rows["aandeel"]})
    return drawn.assign(tekst=texts, soort="een")


def _statutory_grid(report: Report, rows: pd.DataFrame) -> Grid:
    words = report.words
    numbers = [words.t("Statutory"), words.t("Total"), words.t("Share (%)")]
    cells = tuple(
        (
            str(row["jaar"]),
            words.number(row["waarde"]),
            words.number(row["totaal"]),
            words.number(row["aandeel"], 1),
        )
        for row in wording.records(rows)
    )
    return Grid(wording.columns([words.t("Year"), *numbers], numbers), cells)
