"""Who contributes to what: the organisations that the deliveries name, against the objectives of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered.status import until
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, netwerk_beeld

#: With more organisations than this, those with the fewest actions share a column; so many rows fit a page.
MOST_COLUMNS, MOST_ROWS = 8, 26
#: How many organisations that share the first place are named.
NAMED = 3


@dataclass(frozen=True)
class Lead:
    """Who contributes to most actions.

    Attributes:
        names: of the organisations; several when they contribute to equally many.
        most: the actions of each.
        red: how many actions of theirs are red.
        total: the actions of the plan.
    """

    names: tuple[str, ...]
    most: int
    red: int
    total: int


@in_every_language
def network(report: Report) -> Figure:
    """Chart: how many actions of each objective each organisation contributes to."""
    if none := common.nothing(report, "voortgang-bijdragen", "bijdragen", "plan_acties"):
        return none
    words, links = report.words, _links(report)
    if links.empty:
        return Figure(id="voortgang-bijdragen", kind="absent", title=words.t("Nothing of this was delivered"))
    who, facts = _organisations(report, links)
    quarter = Quarter.parse(links["kwartaal"].iloc[0])
    title = network_title(words, _lead(report, links, who))
    return Figure(
        id="voortgang-bijdragen",
        kind="chart",
        title=title,
        subtitle=words.t(
            "Number of actions to which an organisation contributes, per objective, as delivered on {quarter}; the "
            "larger the circle, the more actions",
            quarter=words.quarter(quarter),
        ),
        alt=words.t(
            "A matrix of objectives and organisations. Actions per organisation: {counts}.",
            counts=", ".join(
                words.t("{name}: {value}", name=row.naam, value=words.number(row.acties)) for row in standing.each(who)
            ),
        ),
        grid=_grid(words, links, who),
        spec=netwerk_beeld.picture(words, *_cells(report, links, who)),
        origins=common.origins(report, facts),
        notes=common.notes(report, *_key(words, who), *_alone_notes(report, links)),
    )


def network_title(words: Words, lead: Lead) -> str:
    """Say who contributes to most actions, and how many of those are red."""
    names = standing.short_list(words, list(lead.names), NAMED)
    most, total = words.number(lead.most), words.number(lead.total)
    said = words.tn(
        "{names} contributes to most actions: {most} of {total}",
        "{names} contribute to most actions: each {most} of {total}",
        len(lead.names),
        names=names,
        most=most,
        total=total,
    )
    red = words.t("none of them is red")
    if lead.red:
        red = words.tn("{n} of them is red", "{n} of them are red", lead.red)
    return words.t("{said}; {more}", said=said, more=red)


# --- who and what ---


def _links(report: Report) -> pd.DataFrame:
    """Return who contributes to which action, as the last delivery of the youngest quarter says, with its status.

    What a later delivery on the same quarter says of an action replaces all that was said of it before.
    """
    rows = until(common.rows(report, "bijdragen"), report.quarter)
    rows = rows[rows["kwartaal"] == rows["kwartaal"].max()]
    rows = rows[rows["bekend_op"] == rows.groupby("actie_code")["bekend_op"].transform("max")]
    rows = rows.drop_duplicates(["actie_code", "organisatie_id"])[["actie_code", "organisatie_id", "kwartaal"]]
    actions = common.statuses(report)[["actie_code", "doelstelling_code", "krachtlijn_code", "status"]]
    found: pd.DataFrame = rows.merge(actions, on="actie_code").reset_index(drop=True)
    return found


def _organisations(report: Report, links: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the organisations, the one with most actions first, and the rows that name them."""
    facts = report.now.table("organisaties")
    facts = facts[facts["organisatie_id"].isin(links["organisatie_id"])]
    known = report.labelled(facts).set_index("organisatie_id")
    groups = links.assign(rood=links["status"] == "rood").groupby("organisatie_id")
    alone = links.groupby("actie_code")["organisatie_id"].transform("size") == 1
    counts = groups.agg(acties=("actie_code", "nunique"), rood=("rood", "sum"))
    counts["alleen"] = links[alone].groupby("organisatie_id").size().reindex(counts.index, fill_value=0)
    names = [str(known["label"].get(code, code)) for code in counts.index]
    short = common.short_names(report)
    table = counts.assign(naam=names, kort=[short.get(code, code) for code in counts.index]).reset_index()
    return table.sort_values(["acties", "organisatie_id"], ascending=[False, True]).reset_index(drop=True), facts


def _lead(report: Report, links: pd.DataFrame, who: pd.DataFrame) -> Lead:
    first = who[who["acties"] == who["acties"].max()]
    theirs = links[links["organisatie_id"].isin(first["organisatie_id"])].drop_duplicates("actie_code")
    return Lead(
        tuple(first["naam"]), int(first["acties"].iloc[0]), int((theirs["status"] == "rood").sum()), _total(report)
    )


def _total(report: Report) -> int:
    return len(report.now.plan("plan_acties", report.plan_id))


def _cells(
    report: Report, links: pd.DataFrame, who: pd.DataFrame
) -> tuple[list[netwerk_beeld.Head], list[netwerk_beeld.Line], pd.DataFrame]:
    """Return the heads of the columns, the rows, and the number in each cell (``rij``, ``kolom``, ``aantal``)."""
    words, few = report.words, who.head(MOST_COLUMNS if len(who) <= MOST_COLUMNS else MOST_COLUMNS - 1)
    place = {code: number for number, code in enumerate(few["organisatie_id"])}
    column = links["organisatie_id"].map(place).fillna(len(few)).astype(int)
    heads = [netwerk_beeld.Head(row.kort, int(row.acties), int(row.rood)) for row in standing.each(few)]
    if len(few) < len(who):
        others = links[column == len(few)].drop_duplicates("actie_code")
        heads.append(netwerk_beeld.Head(words.t("others"), len(others), int((others["status"] == "rood").sum())))
    lines, level = _lines(report, links)
    row = links[level].map({line.code: number for number, line in enumerate(lines)})
    cells = pd.DataFrame({"rij": row, "kolom": column, "actie": links["actie_code"]})
    counts = cells.drop_duplicates().groupby(["rij", "kolom"]).size()
    return heads, lines, counts.rename("aantal").reset_index()


def _lines(report: Report, links: pd.DataFrame) -> tuple[list[netwerk_beeld.Line], str]:
    """Return the objectives to which something contributes, or the krachtlijnen where there are too many of them."""
    objectives = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id))
    own = objectives[objectives["doelstelling_code"].isin(links["doelstelling_code"])]
    if len(own) <= MOST_ROWS:
        parts = zip(own["doelstelling_code"], own["label"], own["krachtlijn_code"], strict=True)
        return [
            netwerk_beeld.Line(str(code), str(label), str(group)) for code, label, group in parts
        ], "doelstelling_code"
    lines = standing.krachtlijnen(report)
    names = zip(lines["krachtlijn_code"], lines["label"], strict=True)
    return [netwerk_beeld.Line(str(code), str(label), "") for code, label in names], "krachtlijn_code"


# --- words ---


def _key(words: Words, who: pd.DataFrame) -> tuple[str, ...]:
    """Say what the abbreviations stand for."""
    pairs = [
        words.t("{name}: {value}", name=row.kort, value=row.naam) for row in standing.each(who) if row.kort != row.naam
    ]
    return (f"{words.joined(pairs)}.",) if pairs else ()


def _alone_notes(report: Report, links: pd.DataFrame) -> tuple[str, ...]:
    """Say how many actions rest on one organisation, and of how many none is named."""
    words, named = report.words, links.groupby("actie_code").size()
    alone, none = int((named == 1).sum()), _total(report) - len(named)
    told = (
        words.tn("{n} action has only one contributor.", "{n} actions have only one contributor.", alone),
        words.tn(
            "Of {n} action the delivery names no contributor.",
            "Of {n} actions the delivery names no contributor.",
            none,
        ),
    )
    return tuple(text for text, n in zip(told, (alone, none), strict=True) if n)


def _grid(words: Words, links: pd.DataFrame, who: pd.DataFrame) -> Grid:
    columns = (
        Column(words.t("Organisation")),
        Column(words.t("Actions it contributes to"), "number"),
        Column(words.t("Red ones among them"), "number"),
        Column(words.t("As the only one"), "number"),
        Column(words.t("Actions per objective")),
    )
    return Grid(columns, tuple(_row(words, links, row) for row in standing.each(who)))


def _row(words: Words, links: pd.DataFrame, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    own = links[links["organisatie_id"] == row.organisatie_id]
    counts = own.groupby("doelstelling_code").size()
    told = [words.t("{name} ({n})", name=code, n=words.number(int(n))) for code, n in counts.items()]
    return (row.naam, *(words.number(n) for n in (row.acties, row.rood, row.alleen)), ", ".join(told))
