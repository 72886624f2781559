"""Which basisallocaties and staff serve which objective, as the deliveries link them."""

from __future__ import annotations

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered import shares
from analysis.models.delivered.status import until
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, steering

BUDGET, STAFF = "basisallocatie", "personeel"
#: A title names no more objectives than this.
NAMED = 6


@in_every_language
def means(report: Report) -> Figure:
    """Table: per objective the basisallocaties and the staff that serve it, each with its share."""
    if none := common.nothing(report, "voortgang-middelen", "verbanden"):
        return none
    words, links = report.words, _links(report.now, report.plan_id, report.quarter)
    objectives = [str(code) for code in report.now.plan("plan_doelstellingen", report.plan_id)["doelstelling_code"]]
    columns = (
        Column(standing.level(report, "doelstelling")),
        Column(words.t("Basisallocaties (share of each)")),
        Column(words.t("Staff (share of each group)")),
    )
    served = [[_has(links, code, kind) for kind in (BUDGET, STAFF)] for code in objectives]
    without = [code for code, has in zip(objectives, served, strict=True) if not any(has)]
    return Figure(
        id="voortgang-middelen",
        kind="table",
        title=title(words, len(objectives), sum(map(all, served)), without),
        subtitle=words.t(
            "Links of objectives to budget and staff, the last that was delivered of each up to {quarter}; the shares "
            "of one basisallocatie or one group of staff are 100 % together",
            quarter=words.quarter(report.quarter),
        ),
        grid=Grid(columns, _rows(report, links, objectives), _groups(report, links, objectives)),
        origins=common.origins(report),
        notes=common.notes(report, *_notes(report, links)),
    )


@once
def _links(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    return shares.links(until(catalog.delivered("verbanden", plan_id), quarter))


def _has(links: pd.DataFrame, objective: str, kind: str) -> bool:
    own = links[(links["doelstelling_code"] == objective) & (links["soort"] == kind)]
    return bool((own["aandeel_pct"] != 0).any())


def title(words: Words, total: int, both: int, without: list[str]) -> str:
    """Say how many objectives have budget and staff linked to them, and which have neither.

    Args:
        words: the language.
        total: all objectives.
        both: those with a basisallocatie and with staff.
        without: the codes of those with neither.
    """
    said = words.tn(
        "{n} of the {total} objectives has both a basisallocatie and staff linked to it",
        "{n} of the {total} objectives have both a basisallocatie and staff linked to them",
        both,
        total=words.number(total),
    )
    if not without:
        return words.t("{said}; none has neither", said=said)
    named = standing.short_list(words, without, NAMED)
    lacks = words.tn("{n} has neither: {codes}", "{n} have neither: {codes}", len(without), codes=named)
    return words.joined([said, lacks])


def _rows(report: Report, links: pd.DataFrame, objectives: list[str]) -> tuple[tuple[str, ...], ...]:
    """Return a row per objective, and one for what serves none of them."""
    words, names = report.words, steering.names(report)
    rows = [(names[code], *_served(report, links, code)) for code in objectives]
    if (links["doelstelling_code"] == "").any():
        rows.append((words.t("Not tied to an objective"), *_served(report, links, "")))
    return tuple(rows)


def _served(report: Report, links: pd.DataFrame, objective: str) -> tuple[str, str]:
    own = links[(links["doelstelling_code"] == objective) & (links["aandeel_pct"] != 0)]
    names = common.short_names(report)  # a group of staff may be called after an organisation
    told = []
    for kind in (BUDGET, STAFF):
        parts = [
            f"{names.get(row.code, row.code) if kind == STAFF else row.code} "
            f"({common.percent(report.words, row.aandeel_pct)})"
            for row in standing.each(own[own["soort"] == kind])
        ]
        told.append(", ".join(parts) or report.words.t("link: none"))
    return told[0], told[1]


def _groups(report: Report, links: pd.DataFrame, objectives: list[str]) -> dict[int, str]:
    groups = steering.line_groups(report, objectives)
    if (links["doelstelling_code"] == "").any():
        groups[len(objectives)] = report.words.t("Outside the plan")
    return groups


def _notes(report: Report, links: pd.DataFrame) -> tuple[str, ...]:
    """Say where the codes come from, and of which codes the shares are not whole."""
    words = report.words
    broken = list(dict.fromkeys(links.loc[~links["som_ok"], "code"]))
    notes = [
        words.t("The real basisallocaties of an administration are not public: the codes are those of the deliveries.")
    ]
    if common.rows(report, "kredieten").empty:
        notes.append(words.t("Amounts are not delivered, so that nothing can be said of euros."))
    if broken:
        notes.append(words.t("Shares that are not 100 % together: {codes}.", codes=words.list(broken)))
    return tuple(notes)
