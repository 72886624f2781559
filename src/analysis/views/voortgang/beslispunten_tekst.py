"""The clauses of the list of decisions: why the board is asked, and what it is asked to do."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.language import Words
from analysis.quarter import Quarter
from analysis.views.report import Report
from analysis.views.voortgang import common, steering, tegenspraak


def reason(report: Report, row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    """Say in one clause, with figures, why the board is asked."""
    words = report.words
    if row.soort.startswith("beslissing"):
        return _why_decision(report, row)
    if row.soort in ("einde_bevestigen", "einde_ontbreekt"):
        return _why_end(words, row)
    if row.soort in ("zonder_effect", "maatregel_te_laat", "maatregel_ontbreekt"):
        return _why_measure(report, row)
    if row.soort == "tegenspraak":
        why = steering.deviation(words, row.regel, row.gemeten)
        return tegenspraak.clause(words, row.woord, row.gezegd, row.gevonden, why)
    if row.soort == "mijlpaal_te_laat":
        return words.tn(
            "{n} milestone is over its date, planned for {date}",
            "{n} milestones are over their date, the oldest planned for {date}",
            int(row.aantal),
            date=words.date(row.mijlpaal_datum.date()),
        )
    return _why_silent(words, row) if row.soort == "stil" else _why_long(words, row)


def _why_decision(report: Report, row: Any) -> str:  # noqa: ANN401
    words, decision = report.words, steering.told_in(report, row, "label")
    if row.soort == "beslissing_te_laat":
        late = steering.lasting(words, row.aantal)
        return words.t("“{decision}” is {time} over its deadline", decision=decision, time=late)
    if row.soort == "beslissing_zonder_doel":
        status = common.status_words(words)[row.status]
        return words.t("“{decision}” is open, and the action is {status}", decision=decision, status=status)
    return words.t("“{decision}” is open without a deadline", decision=decision)


def _why_end(words: Words, row: Any) -> str:  # noqa: ANN401
    planned = steering.day(words, row.gepland_einde)
    if row.soort == "einde_bevestigen":
        late = steering.lasting(words, row.aantal)
        return words.t("Expected {time} after the planned end of {date}", time=late, date=planned)
    if pd.isna(row.voortgang_pct):
        return words.t("Planned end {date} is over; no later one is given", date=planned)
    done = common.percent(words, row.voortgang_pct)
    return words.t("Planned end {date} is over, with {done} done; no later one is given", date=planned, done=done)


def _why_measure(report: Report, row: Any) -> str:  # noqa: ANN401
    words, measure = report.words, steering.told_in(report, row, "maatregel")
    if row.soort == "zonder_effect":
        return words.t("“{measure}” was carried out; no effect is told", measure=measure)
    if row.soort == "maatregel_te_laat":
        late = steering.lasting(words, row.aantal)
        return words.t("“{measure}” should have been carried out {time} ago", measure=measure, time=late)
    quarters = words.tn("deviates for {n} quarter", "deviates for {n} quarters", int(row.kwartalen_open))
    missing = {
        "geen_oorzaak": words.t("no cause named"),
        "geen_maatregel": words.t("no measure taken"),
        "maatregel_zonder_rol_of_datum": words.t("a measure without a role or a date"),
    }
    now = common.signed(words, row.status)
    return words.t("{status}: {quarters}, {missing}", status=now, quarters=quarters, missing=missing[row.stap])


def _why_silent(words: Words, row: Any) -> str:  # noqa: ANN401
    if not row.kwartaal:
        return words.t("Nothing was ever delivered of it")
    last = words.quarter(Quarter.parse(row.kwartaal))
    told = [common.own_words(words)[row.eigen_status]] if row.eigen_status else []
    told += [common.percent(words, row.voortgang_pct)] if not pd.isna(row.voortgang_pct) else []
    if not told:
        return words.t("The last delivery is on {quarter}", quarter=last)
    return words.t("The last delivery is on {quarter}: {told}", quarter=last, told=", ".join(told))


def _why_long(words: Words, row: Any) -> str:  # noqa: ANN401
    """Say how long an action deviates and how much is left, or when it seemed to be settled."""
    now = common.signed(words, row.status)
    measured = steering.deviation(words, row.regel, row.gemeten)
    if row.soort == "doorgaan_of_stoppen":
        return words.tn(
            "{now}: deviates for {n} quarter, with {done} done",
            "{now}: deviates for {n} quarters, with {done} done",
            int(row.kwartalen_open),
            now=now,
            done=common.percent(words, row.voortgang_pct),
        )
    settled = steering.quarter(words, row.eerder_goed)
    return words.t("{now}: seemed settled in {quarter}, {deviation}", now=now, quarter=settled, deviation=measured)


# --- what is asked ---


def asked(words: Words, row: Any) -> str:  # noqa: ANN401
    """Say what the board is asked to do."""
    missing = {
        "geen_oorzaak": words.t("Have the cause named, and a measure with its role and date"),
        "geen_maatregel": words.t("Have a measure proposed, with its role and date"),
    }
    return {
        "beslissing_te_laat": words.t("Have it reported on; set a new deadline or withdraw the decision"),
        "doorgaan_of_stoppen": words.t("Go on with another plan, do less, or stop the action"),
        "teruggekomen": words.t("Decide on another measure: the earlier one did not hold"),
        "zonder_effect": words.t("Decide on another measure"),
        "einde_bevestigen": words.t(
            "Confirm {date} as the new end, or ask for a plan to catch up", date=steering.day(words, row.verwacht_einde)
        ),
        "einde_ontbreekt": words.t("Have a new end proposed that can be met"),
        "maatregel_te_laat": words.t("Ask why, and set a new date"),
        "tegenspraak": words.t("Have the owner put the status or the data right"),
        "maatregel_ontbreekt": missing.get(row.stap, words.t("Name a role and a date for the measure")),
        "stil": words.t("Ask the silent owner how it stands"),
        "mijlpaal_te_laat": words.t("Have the milestones dated anew"),
        "beslissing_zonder_doel": words.t("Declare the decision carried out, or withdraw it"),
        "beslissing_zonder_tegen": words.t("Give the decision a deadline"),
    }[row.soort]


def rules(words: Words) -> str:
    """Say how an action comes to stand in the table."""
    return words.t(
        "Each action stands here once, with the first rule that applies: first what only the board can settle, then "
        "what it must ask of an owner. The rules propose; the board decides."
    )
