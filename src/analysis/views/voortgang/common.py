"""What the chapter on the deliveries shares: the rows that count, the words for a status, the source, the warning.

Every view of the chapter begins with :func:`nothing`: a table that nobody delivered leaves its section out.
"""

from __future__ import annotations

import math

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.deliveries import EXAMPLES
from analysis.figure import Figure, Origin
from analysis.language import Words
from analysis.models.delivered import rollup, status
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report
from analysis.views.theme import PROGRESS_SIGNS

#: Before the code of a source that is a delivery; what follows is the plan.
SOURCE = "leveringen"


def rows(report: Report, table: str) -> pd.DataFrame:
    """Return all deliveries of a table that had come by the as-of date, those that were corrected too."""
    return report.now.delivered(table, report.plan_id)


def nothing(report: Report, figure: str, *tables: str) -> Figure | None:
    """Return an absent figure when none of these tables has a row, or one of ``plan_acties`` is asked of none.

    Args:
        report: the report.
        figure: the id of the figure that cannot be shown.
        tables: of the deliveries; with ``plan_acties`` among them the plan must have actions too.
    """
    delivered = [table for table in tables if table != "plan_acties"]
    has_actions = "plan_acties" not in tables or len(report.now.plan("plan_acties", report.plan_id)) > 0
    if has_actions and any(len(rows(report, table)) for table in delivered):
        return None
    return Figure(id=figure, kind="absent", title=report.words.t("Nothing of this was delivered"))


def is_fictitious(report: Report) -> bool:
    """Say whether the deliveries are made up."""
    return report.run.deliveries == EXAMPLES


def notes(report: Report, *more: str) -> tuple[str, ...]:
    """Return the notes of a figure; of made-up deliveries the first one says that they are."""
    warning = report.words.t("Fictitious: these deliveries are examples that Krachtlijn made up.")
    return (*((warning,) if is_fictitious(report) else ()), *more)


def origins(report: Report, *facts: pd.DataFrame) -> tuple[Origin, ...]:
    """Return the sources of a figure: the deliveries of the plan as one, and those of other rows (``bron_id``)."""
    words, known = report.words, rows(report, "leveringen")
    first, youngest = (words.quarter(Quarter.parse(known["kwartaal"].agg(end))) for end in ("min", "max"))
    last = known["bekend_op"].max()
    title = words.t("Quarterly deliveries {first} to {last}", first=first, last=youngest)
    own = Origin(
        bron_id=f"{SOURCE}-{report.run.deliveries}-{report.plan_id}",
        title=title if first != youngest else words.t("Quarterly delivery {quarter}", quarter=first),
        publisher=words.t("Krachtlijn, fictitious examples") if is_fictitious(report) else _institution(report),
        url="",
        kind="eigen" if is_fictitious(report) else "brondocument",
        published="" if pd.isna(last) else last.date().isoformat(),
    )
    return (own, *report.origins(*facts))


def _institution(report: Report) -> str:
    return str(report.now.plan("plannen", report.plan_id)["instelling"].iloc[0])


def short_names(report: Report) -> dict[str, str]:
    """Return the abbreviation of each organisation by its id, or its name where none fits the report's language.

    Only the administrations of the GOB are called by the same letters in every language; other abbreviations are those
    of a Dutch name.
    """
    known = report.labelled(report.now.table("organisaties"))
    fits = (known["afkorting"] != "") & ((known["soort"] == "bestuur") | (report.language == "nl"))
    return dict(zip(known["organisatie_id"], known["afkorting"].where(fits, known["label"]), strict=True))


# --- the status of each action ---


def statuses(report: Report) -> pd.DataFrame:
    """Return the plan's actions, each with its computed status, their objective and krachtlijn."""
    found = findings(report.now, report.plan_id, report.quarter)
    return pd.concat([standing.actions(report), found], axis=1)


@once
def findings(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    """Return what is found of each action, in the order of the plan; judged on the last day of the quarter."""
    actions, told = catalog.plan("plan_acties", plan_id), catalog.delivered("voortgang", plan_id)
    return status.action_status(actions, told, quarter.end, quarter)[list(status.FINDINGS)]


def histories(report: Report) -> pd.DataFrame:
    """Return the status of each action in each quarter, see :func:`analysis.models.delivered.status.status_history`."""
    return _history(report.now, report.plan_id, report.quarter).copy(deep=False)


@once
def _history(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    return status.status_history(catalog.delivered("voortgang", plan_id), quarter.end, quarter)


def levels(report: Report) -> pd.DataFrame:
    """Return the roll-up of objectives, krachtlijnen and the plan, see :mod:`analysis.models.delivered.rollup`."""
    return _levels(report.now, report.plan_id, report.quarter).copy(deep=False)


@once
def _levels(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    actions = catalog.plan("plan_acties", plan_id)
    above = catalog.plan("plan_doelstellingen", plan_id)[["doelstelling_code", "krachtlijn_code"]]
    found = pd.concat([actions, findings(catalog, plan_id, quarter)], axis=1)
    return rollup.all_levels(found.merge(above, on="doelstelling_code", how="left"))


# --- words ---


def status_words(words: Words) -> dict[str, str]:
    """Return the word for each computed status, in their fixed order."""
    return {
        "voltooid": words.t("progress: completed"),
        "overgenomen": words.t("progress: taken over"),
        "stopgezet": words.t("progress: stopped"),
        "rood": words.t("progress: red"),
        "oranje": words.t("progress: orange"),
        "groen": words.t("progress: green"),
        "nog_niet_gepland": words.t("progress: not due yet"),
        "onbekend": words.t("progress: unknown"),
    }


def counted(words: Words, status: str, n: int) -> str:
    """Say how many objectives have a status, such as '3 op rood'; of actions only where the word is the same."""
    phrases = {
        "rood": words.tn("{n} on red", "{n} on red (more)", n),
        "oranje": words.tn("{n} on orange", "{n} on orange (more)", n),
        "groen": words.tn("{n} on green", "{n} on green (more)", n),
        "voltooid": words.tn("{n} objective completed", "{n} objectives completed", n),
        "overgenomen": words.tn("{n} objective taken over", "{n} objectives taken over", n),
        "stopgezet": words.tn("{n} objective stopped", "{n} objectives stopped", n),
        "nog_niet_gepland": words.tn("{n} not due yet", "{n} not due yet (more)", n),
        "onbekend": words.tn("{n} objective unknown", "{n} objectives unknown", n),
    }
    return phrases[status]


def own_words(words: Words) -> dict[str, str]:
    """Return the word for each status that an owner may give; none is a dash."""
    return status_words(words) | {"niet_gestart": words.t("progress: not started"), "": words.t("progress: none given")}


def signed(words: Words, code: str) -> str:
    """Return a status as it stands in a table: its sign and its word."""
    return f"{PROGRESS_SIGNS[code]} {status_words(words)[code]}"


def percent(words: Words, value: float, decimals: int = 0) -> str:
    """Write a percentage with its sign; a dash where it is unknown."""
    told = words.number(value, decimals)
    return told if math.isnan(value) else words.t("{n} %", n=told)
