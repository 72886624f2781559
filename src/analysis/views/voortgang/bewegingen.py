"""Quarter against quarter: what the last delivery changed, aloud or in silence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from typing import Any

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered import movements as model
from analysis.models.delivered.asks import shortlist
from analysis.models.delivered.latest import latest
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import bewegingen_tekst, common, steering
from analysis.views.voortgang.meetpunten_reeks import unit_of

TABLES = ("voortgang", "mijlpalen", "meetpunten", "metingen")
#: The kinds as a board wants to read them: first what was changed without saying so, and what got worse or got lost.
ORDER = (
    "stil_gewijzigd",
    "status_slechter",
    "verdwenen",
    "doel_gewijzigd",
    "herpland",
    "datum_gewist",
    "status_beter",
    "status_anders",
    "gewicht",
    "trekker",
    "mijlpaal_verdwenen",
    "mijlpaal_verschoven",
    "verschenen",
    "mijlpaal_verschenen",
    "datum_ingevuld",
    "voortgang",
)
#: What a board reads, and how many of one kind it sees as long as another kind is waiting.
MOST, MOST_OF_KIND = 30, 6
#: What is over needs no news: that it is no longer delivered is no loss.
OVER = ("voltooid", "stopgezet", "overgenomen")
#: Of a milestone that comes or goes with its action nothing more need be said.
_WITH_ACTION = {"mijlpaal_verschenen": "verschenen", "mijlpaal_verdwenen": "verdwenen"}


@in_every_language
def movements(report: Report) -> Figure:
    """Table: what changed against the delivery before, the most important kinds first."""
    if none := common.nothing(report, "voortgang-bewegingen", *TABLES):
        return none
    words, found = report.words, changes(report)
    if found.empty:
        return _nothing(report)
    states = dict(zip(*(common.statuses(report)[name] for name in ("actie_code", "status")), strict=True))
    short = shortlist(found, MOST, MOST_OF_KIND)
    columns = (
        Column(words.t("Action or measuring point")),
        Column(words.t("What changed")),
        Column(words.t("Was")),
        Column(words.t("Is now")),
    )
    names, parts = _names(report), _milestones(report)
    cells = tuple(
        bewegingen_tekst.row(
            words,
            row,
            names.get(row.code, row.code),
            states.get(row.code, ""),
            parts.get((row.code, row.onderdeel), ""),
        )
        for row in standing.each(short)
    )
    return Figure(
        id="voortgang-bewegingen",
        kind="table",
        title=title(words, tally(found, {code for code, state in states.items() if state in OVER})),
        subtitle=_subtitle(report, len(short), len(found)),
        grid=Grid(columns, cells, _groups(words, short, found)),
        origins=common.origins(report),
        notes=common.notes(report, _legend(words)),
    )


def changes(report: Report) -> pd.DataFrame:
    """Return all movements in the order of :data:`ORDER`, within a kind the largest first."""
    found = _movements(report.now, report.plan_id, report.quarter)
    own = pd.Series(list(zip(found["soort"].map(_WITH_ACTION), found["code"], strict=True)), index=found.index)
    moved = found[~own.isin(list(zip(found["soort"], found["code"], strict=True)))]
    keys = {"_soort": moved["soort"].map(ORDER.index), "_veld": moved["veld"] == "eigen_status"}
    sizes = [_size(row) for row in moved.to_dict("records")]
    order = moved.assign(**keys, _maat=pd.Series(sizes, index=moved.index, dtype=float))
    by = ["_soort", "_veld", "_maat"]
    return order.sort_values(by, kind="stable", ascending=[True, True, False])[list(model.COLUMNS)].reset_index(
        drop=True
    )


@once
def _movements(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    told, milestones, points, measured = (catalog.delivered(name, plan_id) for name in TABLES)
    return model.movements(told, milestones, points, measured, quarter.end, quarter)


def _size(row: Mapping[Any, Any]) -> float:
    """Return how far a date (days) or a number moved; nought for anything else, or where one is unknown."""
    was, now = row["was"], row["nu"]
    if isinstance(was, pd.Timestamp) and isinstance(now, pd.Timestamp):
        return float(abs((now - was).days))
    if isinstance(was, float) and isinstance(now, float) and not math.isnan(was + now):
        return abs(now - was)
    return 0.0


def _names(report: Report) -> dict[str, str]:
    """Return the names of actions and meetpunten by their code; those of meetpunten with their unit."""
    found = {}
    for row in standing.each(report.labelled(latest(common.rows(report, "meetpunten"), ["meetpunt_code"]))):
        unit = unit_of(report.words, row.eenheid)
        found[row.meetpunt_code] = f"{row.meetpunt_code} {row.label}" + (f" ({unit})" if unit else "")
    return found | steering.names(report)


def _milestones(report: Report) -> dict[tuple[str, str], str]:
    """Return what each milestone was called last, by the codes of its action and its own."""
    key = ["actie_code", "mijlpaal_code"]
    known = report.labelled(latest(common.rows(report, "mijlpalen"), key))
    return {(row.actie_code, row.mijlpaal_code): row.label for row in standing.each(known)}


def _nothing(report: Report) -> Figure:
    words, quarter = report.words, report.words.quarter(report.quarter)
    delivered = set(common.rows(report, "leveringen")["kwartaal"])
    reported = {told for name in TABLES for told in common.rows(report, name)["kwartaal"]}
    told = words.t("The delivery on {quarter} changed nothing", quarter=quarter)
    if str(report.quarter) not in delivered:
        told = words.t("Nothing was delivered on {quarter} to compare", quarter=quarter)
    elif str(report.quarter) not in reported:
        told = words.t("The delivery on {quarter} says nothing of progress: nothing to compare", quarter=quarter)
    elif min(reported) == str(report.quarter):
        told = words.t("The delivery on {quarter} is the first: nothing to compare with", quarter=quarter)
    return Figure(
        id="voortgang-bewegingen",
        kind="sentences",
        title=told,
        origins=common.origins(report),
        notes=common.notes(report),
    )


def tally(found: pd.DataFrame, over: Set[str]) -> dict[str, int]:
    """Count what the title tells.

    Args:
        found: the movements.
        over: the codes of the actions that need no more news.

    Returns:
        Actions whose computed status got ``slechter`` or ``beter``, those with a date that moved ``later``, and the
        changes of other kinds by their name; what is over and no longer delivered does not count.
    """
    computed = found[found["veld"] == "status"]["soort"].value_counts()
    later = found[(found["soort"] == "herpland") & (found["nu"].map(_stamp) > found["was"].map(_stamp))]
    kinds = found.loc[~((found["soort"] == "verdwenen") & found["code"].isin(over)), "soort"].value_counts()
    return {
        "slechter": int(computed.get("status_slechter", 0)),
        "beter": int(computed.get("status_beter", 0)),
        "later": int(later["code"].nunique()),
        **{kind: int(kinds.get(kind, 0)) for kind in ("stil_gewijzigd", "doel_gewijzigd", "verdwenen")},
    }


def _stamp(value: object) -> pd.Timestamp:
    return value if isinstance(value, pd.Timestamp) else pd.Timestamp.min


def title(words: Words, n: Mapping[str, int]) -> str:
    """Say what moved, in numbers.

    Args:
        words: the language.
        n: as :func:`tally` counts.
    """
    parts = [
        words.tn("{n} action is worse", "{n} actions are worse", n["slechter"]),
        words.tn("{n} action is better", "{n} actions are better", n["beter"]),
        words.tn("{n} action was dated later", "{n} actions were dated later", n["later"]),
        words.tn("{n} earlier figure was changed", "{n} earlier figures were changed", n["stil_gewijzigd"]),
        words.tn("{n} target was changed", "{n} targets were changed", n["doel_gewijzigd"]),
        words.tn("{n} action is no longer delivered", "{n} actions are no longer delivered", n["verdwenen"]),
    ]
    counts = (n["slechter"], n["beter"], n["later"], n["stil_gewijzigd"], n["doel_gewijzigd"], n["verdwenen"])
    told = [part for part, count in zip(parts, counts, strict=True) if count]
    if not told:
        return words.t("No status, end or target moved; only what is less important changed")
    return words.t("Against the delivery before: {parts}", parts=words.list(told))


def _subtitle(report: Report, shown: int, total: int) -> str:
    words, quarter = report.words, report.words.quarter(report.quarter)
    if shown == total:
        return words.t(
            "Everything that the delivery on {quarter} changed against the last one before it", quarter=quarter
        )
    return words.t(
        "What the delivery on {quarter} changed against the last one before it: {shown} of the {total} changes, of "
        "each kind the largest",
        quarter=quarter,
        shown=words.number(shown),
        total=words.number(total),
    )


def _groups(words: Words, short: pd.DataFrame, found: pd.DataFrame) -> dict[int, str]:
    """Return the heading above each kind: how many there are, and how many of them stand below it."""
    total, here = found["soort"].value_counts(), short["soort"].value_counts()
    groups = {}
    for place, kind in short["soort"].drop_duplicates().items():
        topics = bewegingen_tekst.topics(words)
        said = words.t("{topic} ({n})", topic=topics[kind], n=words.number(int(total[kind])))
        if here[kind] < total[kind]:
            said = words.t("{topic}, of which {n} here", topic=said, n=words.number(int(here[kind])))
        groups[int(str(place))] = said
    return groups


def _legend(words: Words) -> str:
    return words.t(
        "Changed without notice: what was reported on an earlier quarter or period is no longer what the previous "
        "report read. Every change stands in the data of the deliveries."
    )
