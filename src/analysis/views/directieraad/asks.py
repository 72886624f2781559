"""The decisions that the public evidence asks of the board, as :mod:`analysis.models.decisions` finds them."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.models import decisions as model
from analysis.models import progress
from analysis.models.decisions import Ask
from analysis.views import standing
from analysis.views.report import Report, in_every_language

#: A cell names at most so many actions by their code, and so many by their name too.
CODES, NAMES = 6, 3


@in_every_language
def decisions(report: Report) -> Figure:
    """Return the decisions that are proposed, most urgent first: what is asked, why, and where to read more."""
    words, rows = report.words, standing.statuses(report)
    targets = report.now.plan("streefwaarden", report.plan_id)
    asks = model.asked(rows, _end(report), len(targets), report.as_of)
    if not asks:
        return _nothing(report)
    columns = (Column(words.t("Decision that is asked")), Column(words.t("Why")), Column(words.t("More under")))
    return Figure(
        id="directieraad-beslissingen",
        kind="table",
        title=_title(report, asks),
        subtitle=words.t(
            "Krachtlijn proposes these by fixed rules from public sources; nobody has formally submitted them."
        ),
        grid=Grid(columns, tuple((_asked(report, ask), _why(report, ask), _where(report, ask)) for ask in asks)),
        origins=standing.origins(report, rows, report.now.plan("plannen", report.plan_id), targets),
    )


def _nothing(report: Report) -> Figure:
    return Figure(
        id="directieraad-beslissingen",
        kind="sentences",
        title=report.words.t("The rules find nothing on which the board must decide this quarter"),
        origins=report.origins(report.now.plan("plannen", report.plan_id)),
    )


def _end(report: Report) -> dt.date | None:
    """Return the last day of the plan; None where its period is not known."""
    end = report.now.plan("plannen", report.plan_id)["tot_tot"].iloc[0]
    return None if pd.isna(end) else end.date()


def _title(report: Report, asks: list[Ask]) -> str:
    words, n = report.words, asks[0].n
    topics = {
        "plan_loopt_af": words.t("the end of the plan"),
        "vertraagd": words.tn("{n} action that is late", "{n} actions that are late", n),
        "overgenomen": words.tn("{n} action taken over by a reform", "{n} actions taken over by a reform", n),
        "stil": words.tn("{n} action without news for two years", "{n} actions without news for two years", n),
        "geen_spoor": words.tn("{n} action without a trace", "{n} actions without a trace", n),
        "zonder_meting": words.tn("{n} target without a measured value", "{n} targets without a measured value", n),
    }
    return words.tn(
        "{n} decision proposed: {topic}",
        "{n} decisions proposed; most urgent: {topic}",
        len(asks),
        topic=topics[asks[0].kind],
    )


def _asked(report: Report, ask: Ask) -> str:
    words = report.words
    return {
        "plan_loopt_af": words.t("Decide what goes to the next plan and what stops"),
        "vertraagd": words.t("Set a new date and name who carries it"),
        "overgenomen": words.t("Close in this plan, or keep with a new task"),
        "stil": words.t("Have the owner confirm that it runs, or stop it"),
        "geen_spoor": words.t("Have the owners report where it stands"),
        "zonder_meting": words.t("Have the targets measured"),
    }[ask.kind]


def _why(report: Report, ask: Ask) -> str:
    if ask.kind == "plan_loopt_af":
        return _ends(report, ask)
    if ask.kind == "vertraagd":
        return _late(report, ask)
    if ask.kind == "overgenomen":
        taken = standing.short_list(report.words, _named(ask.actions), NAMES)
        return report.words.t("A reform took over, as Krachtlijn reads it: {actions}", actions=taken)
    if ask.kind == "stil":
        return _quiet(report, ask)
    if ask.kind == "geen_spoor":
        return _silent(report, ask)
    return report.words.tn(
        "Of {n} target of the plan no measured value is known",
        "Of {n} targets of the plan no measured value is known",
        ask.n,
    )


def _named(actions: pd.DataFrame) -> list[str]:
    return [f"{row.actie_code} {row.label}" for row in standing.each(actions)]


def _ends(report: Report, ask: Ask) -> str:
    words, end = report.words, _end(report)
    if end is None:
        return ""
    open_actions = words.tn(
        "{n} action is not known to be completed", "{n} actions are not known to be completed", ask.n
    )
    days = model.days_left(end, report.as_of)
    if days < 0:
        return words.t("The plan ended on {date}; {open}", date=words.date(end), open=open_actions)
    left = words.tn("{n} day", "{n} days", days)
    return words.t("The plan ends on {date}, in {left}; {open}", date=words.date(end), left=left, open=open_actions)


def _late(report: Report, ask: Ask) -> str:
    words = report.words
    late = progress.late(ask.actions, standing.events(report)).set_index("actie_code")
    told = []
    for row in standing.each(ask.actions):
        since = late.loc[row.actie_code]
        day = words.period(since["sinds_van"], since["sinds_tot"], since["sinds_soort"])
        told.append(words.t("{action} (since {day})", action=f"{row.actie_code} {row.label}", day=day))
    return words.t("Late: {actions}", actions=standing.short_list(words, told, NAMES))


def _quiet(report: Report, ask: Ask) -> str:
    """Say how many are silent, the longest silent first."""
    oldest = ask.actions.sort_values("leeftijd_dagen", ascending=False, kind="stable")
    return report.words.tn(
        "{n} action that runs or started has no evidence younger than two years: {codes}",
        "{n} actions that run or started have no evidence younger than two years; longest silent: {codes}",
        ask.n,
        codes=", ".join(oldest["actie_code"].head(CODES)),
    )


def _silent(report: Report, ask: Ask) -> str:
    words, codes = report.words, ask.actions["krachtlijn_code"]
    if (codes == "").all():  # a plan without krachtlijnen
        return standing.counted(words, "geen_spoor", ask.n)
    shares = [
        words.t("{code} ({n})", code=code, n=words.number(int((codes == code).sum()))) for code in dict.fromkeys(codes)
    ]
    return words.tn(
        "{n} action without public trace, in krachtlijn {shares}",
        "{n} actions without public trace, per krachtlijn: {shares}",
        ask.n,
        shares=words.list(shares),
    )


def _where(report: Report, ask: Ask) -> str:
    """Name the section with the facts; a test holds these to the headings of the notebooks."""
    words = report.words
    return {
        "plan_loopt_af": words.t("The register of the actions"),
        "vertraagd": words.t("Late or taken over"),
        "overgenomen": words.t("Late or taken over"),
        "stil": words.t("The register of the actions"),
        "geen_spoor": words.t("Per objective"),
        "zonder_meting": words.t("Indicators and targets"),
    }[ask.kind]
