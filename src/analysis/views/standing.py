"""How chapters speak of an action's status: its word, its sign, its colour, its date.

Shared by every chapter that shows statuses, so that one status never has two names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.errors import KrachtlijnError
from analysis.figure import Figure, Origin
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import evidence, progress
from analysis.models.changes import silent
from analysis.views.report import Report


def status_words(words: Words) -> dict[str, str]:
    """Return the word for each status, in their fixed order."""
    return {
        "voltooid": words.t("completed"),
        "loopt": words.t("running"),
        "gestart": words.t("started"),
        "vertraagd": words.t("late"),
        "overgenomen": words.t("taken over by a reform"),
        "geen_spoor": words.t("no public trace"),
    }


def counted(words: Words, status: str, n: int) -> str:
    """Say how many actions have a status, such as '3 voltooid'."""
    phrases = {
        "voltooid": words.tn("{n} action completed", "{n} actions completed", n),
        "loopt": words.tn("{n} action running", "{n} actions running", n),
        "gestart": words.tn("{n} action started", "{n} actions started", n),
        "vertraagd": words.tn("{n} action late", "{n} actions late", n),
        "overgenomen": words.tn("{n} action taken over", "{n} actions taken over", n),
        "geen_spoor": words.tn("{n} action without public trace", "{n} actions without public trace", n),
    }
    return phrases[status]


def moved(words: Words, move: str, n: int) -> str:
    """Say how many actions made a move of :data:`analysis.models.changes.MOVES`, such as '2 vooruit'."""
    phrases = {
        "vertraagd": words.tn("{n} now late", "{n} now late (actions)", n),
        "overgenomen": words.tn("{n} now taken over", "{n} now taken over (actions)", n),
        "terug": words.tn("{n} back", "{n} back (actions)", n),
        "vooruit": words.tn("{n} forward", "{n} forward (actions)", n),
        "zichtbaar": words.tn("{n} first seen", "{n} first seen (actions)", n),
        "hersteld": words.tn("{n} on its way again", "{n} on their way again", n),
    }
    return phrases[move]


def kind_words(words: Words) -> dict[str, str]:
    """Return the word for each kind of event."""
    return {
        "start": words.t("event: start"),
        "mijlpaal": words.t("event: milestone"),
        "afgerond": words.t("event: completion"),
        "vertraging": words.t("event: delay"),
        "context": words.t("event: context"),
    }


def certainty_words(words: Words) -> dict[str, str]:
    """Return the word for each level of certainty; none is a dash."""
    return {
        "hoog": words.t("certainty: high"),
        "middel": words.t("certainty: medium"),
        "laag": words.t("certainty: low"),
        "": UNKNOWN_SIGN,
    }


def each(rows: pd.DataFrame) -> Iterator[Any]:
    """Go through the rows of a table; columns are attributes, whose types pandas does not know."""
    yield from rows.itertuples()


def level(report: Report, name: str, n: int = 1) -> str:
    """Return what the plan calls one of its levels, with a capital: one of them, or more.

    Args:
        report: the report.
        name: ``krachtlijn``, ``doelstelling``, ``actie`` or ``meetpunt``.
        n: how many are meant.

    Raises:
        KrachtlijnError: the plan has this level, but does not name it.
    """
    known = report.now.plan("plan_niveaus", report.plan_id).set_index("niveau")
    if name not in known.index:
        raise KrachtlijnError(
            f"the plan '{report.plan_id}' does not say what it calls a {name}",
            where="data/raw/plan_niveaus",
            do=f"add a row with this plan_id and the niveau '{name}'",
        )
    number = "meervoud" if report.words.locale_plural(n) else "enkelvoud"
    return str(known.at[name, f"{number}_{report.language}"])


def krachtlijnen(report: Report) -> pd.DataFrame:
    """Return the plan's krachtlijnen with their ``label``; of a plan without any, the plan itself as the only one."""
    found = report.labelled(report.now.plan("krachtlijnen", report.plan_id))
    if len(found):
        return found
    own = report.now.plan("plannen", report.plan_id)
    return pd.DataFrame({"krachtlijn_code": [""], "label": [report.label(own.iloc[0])], "bron_id": own["bron_id"]})


def line_head(report: Report) -> str:
    """Return the head of a column of krachtlijnen; a plan without any has itself in it."""
    has_lines = len(report.now.plan("krachtlijnen", report.plan_id)) > 0
    return level(report, "krachtlijn") if has_lines else report.words.t("Plan")


def named_line(report: Report, code: str) -> str:
    """Return a krachtlijn by its code and its label."""
    labels = krachtlijnen(report).set_index("krachtlijn_code")["label"]
    return f"{code} {labels[code]}".strip()


def actions(report: Report) -> pd.DataFrame:
    """Return the plan's actions with their krachtlijn and the labels of their objective."""
    own = report.labelled(report.now.plan("plan_acties", report.plan_id))
    above = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id))
    names = ["doelstelling_code", "krachtlijn_code", "label"]
    above = above[names].rename(columns={"label": "doelstelling"})
    return own.merge(above, on="doelstelling_code", how="left")


def events(report: Report) -> pd.DataFrame:
    """Return the public events on the plan's actions that were known on the as-of date."""
    return _events(report.now, report.plan_id, report.as_of).copy(deep=False)


def reforms(report: Report) -> pd.DataFrame:
    """Return which events show that a reform took over an action."""
    return report.now.plan("bewijs_hervorming", report.plan_id)


def statuses(report: Report) -> pd.DataFrame:
    """Return the plan's actions, each with its status on the as-of date."""
    return pd.concat([actions(report), _findings(report.now, report.plan_id, report.as_of)], axis=1)


@once
def _findings(catalog: Catalog, plan_id: str, as_of: dt.date) -> pd.DataFrame:
    """Judge the actions once, in whichever language and for however many figures."""
    actions, known = catalog.plan("plan_acties", plan_id), catalog.plan("bewijs_acties", plan_id)
    judged = evidence.action_status(actions, known, catalog.plan("bewijs_hervorming", plan_id), as_of)
    return judged[list(evidence.FINDINGS)]


@once
def _events(catalog: Catalog, plan_id: str, as_of: dt.date) -> pd.DataFrame:
    known, takeovers = catalog.plan("bewijs_acties", plan_id), catalog.plan("bewijs_hervorming", plan_id)
    return evidence.events_until(known, takeovers, as_of)


def origins(report: Report, rows: pd.DataFrame, *others: pd.DataFrame) -> tuple[Origin, ...]:
    """Return the sources behind the statuses: the plan, its events, and Krachtlijn's links to reforms.

    Of an unknown status the source is that there are no events. ``others`` are rows that a figure shows beside them.
    """
    taken = rows.loc[rows["status"] == "overgenomen", "actie_code"]
    links = reforms(report)
    return report.origins(rows, events(report), links[links["actie_code"].isin(taken)], *others)


def plan_name(report: Report) -> str:
    """Return the plan's name in the report's language."""
    plans = report.now.plan("plannen", report.plan_id)
    return report.label(plans.iloc[0])


def dating_notes(report: Report, shown: pd.DataFrame) -> tuple[str, ...]:
    """Say of how many of the shown events the day on which they became public is derived."""
    derived = int((shown["bekend_regel"] != "gepubliceerd").sum())
    if not derived:
        return ()
    return (
        report.words.tn(
            "Of {n} event the day on which it became public is derived.",
            "Of {n} events the day on which they became public is derived.",
            derived,
        ),
    )


def short_list(words: Words, items: list[str], most: int) -> str:
    """Join at most so many items, and say how many others there are."""
    shown, more = items[:most], len(items) - most
    return words.list([*shown, words.tn("{n} other", "{n} others", more)] if more > 0 else shown)


def language_notes(report: Report) -> tuple[str, ...]:
    """Say once that the events are described in Dutch, where the report is not."""
    note = report.words.t("The events are described in Dutch, as they were recorded.")
    return () if report.language == "nl" else (note,)


def link_notes(report: Report, taken: pd.DataFrame) -> tuple[str, ...]:
    """Say that a take-over by a reform is our reading of what was announced."""
    note = report.words.t("That a reform took over an action is Krachtlijn’s own reading of a public announcement.")
    return (note,) if len(taken) else ()


def how_many_late(report: Report, late: int, taken: int) -> str:
    """Say how many actions are late and how many a reform took over, as far as public evidence shows."""
    words = report.words
    parts = [
        words.tn("{n} action is late", "{n} actions are late", late) if late else "",
        words.tn("{n} action is taken over by a reform", "{n} actions are taken over by a reform", taken)
        if taken
        else "",
    ]
    told = [part for part in parts if part]
    return words.list(told) if told else words.t("No action is known to be late or taken over")


def overall(report: Report, rows: pd.DataFrame) -> str:
    """Say how many actions show progress and of how many nothing is known."""
    n = int(rows["status"].isin(progress.PROGRESS).sum())
    silent = int((rows["status"] == "geen_spoor").sum())
    if silent == len(rows):
        return all_silent(report, rows)
    return report.words.tn(
        "Public evidence shows that {n} of the {total} actions started, ran or was completed; of {silent} there is no "
        "public trace",
        "Public evidence shows that {n} of the {total} actions started, ran or were completed; of {silent} there is no "
        "public trace",
        n,
        total=report.words.number(len(rows)),
        silent=report.words.number(silent),
    )


def all_silent(report: Report, rows: pd.DataFrame) -> str:
    """Say that no action shows anything, or that nobody looked: the two are not the same."""
    words = report.words
    known = {"date": words.date(report.as_of), "total": words.number(len(rows))}
    if not rows["bewijzen"].any():
        return words.t("On {date} no public evidence had been gathered on the {total} actions", **known)
    return words.t("On {date} none of the {total} actions shows public progress", **known)


def silence(report: Report, rows: pd.DataFrame) -> tuple[str, ...]:
    """Say what 'no public trace' means, and how many of those have context only."""
    words = report.words
    context = int((rows["regel"] == "enkel_context").sum())
    meaning = words.t(
        "No public trace: no public event says anything of progress. Whether the action has started is then unknown."
    )
    if not context:
        return (meaning,)
    only = words.tn(
        "Of {n} of these actions there is an event that only gives context.",
        "Of {n} of these actions there are events that only give context.",
        context,
    )
    return (f"{meaning} {only}",)


def limits(report: Report, rows: pd.DataFrame) -> tuple[str, ...]:
    """Say how many statuses say little of today, and how many rest on an event of low certainty."""
    words, old, unsure = report.words, len(silent(rows)), int((rows["zekerheid"] == "laag").sum())
    told = (
        words.tn(
            "A status is that of the youngest public event. Of {n} action that started or ran, that event is over two "
            "years old: whether it still runs is not known.",
            "A status is that of the youngest public event. Of {n} actions that started or ran, that event is over two "
            "years old: whether they still run is not known.",
            old,
        ),
        words.tn(
            "{n} status rests on an event of low certainty.", "{n} statuses rest on an event of low certainty.", unsure
        ),
    )
    return tuple(text for text, n in zip(told, (old, unsure), strict=True) if n)


def no_actions(report: Report, figure: str) -> Figure:
    """Say that the plan has no register of actions."""
    words = report.words
    return Figure(
        id=figure,
        kind="sentences",
        title=words.t("{plan} has no register of actions", plan=plan_name(report)),
        sentences=(words.t("Only for a plan with actions can their status be shown."),),
        origins=report.origins(report.now.plan("plannen", report.plan_id)),
    )
