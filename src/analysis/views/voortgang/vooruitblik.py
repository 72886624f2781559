"""The forecast of completion: how many actions will be done by the end of the plan."""

from __future__ import annotations

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered import backtest
from analysis.models.delivered import forecast as model
from analysis.models.delivered.forecast_seen import ordinal, quarter_at
from analysis.models.delivered.latest import history
from analysis.quarter import Quarter
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, vooruitblik_tekening
from analysis.views.voortgang.chances import DRAWS, Outlook, end_of, ending, forecast_of, outlook

#: So many quarters ahead the chart looks, or up to the end of the plan where that is later.
SHOWN = 8


@in_every_language
def forecast(report: Report) -> Figure:
    """Chart: the number of completed actions up to now, as first planned, and as forecast."""
    if none := common.nothing(report, "voortgang-vooruitblik", "voortgang", "plan_acties"):
        return none
    found = forecast_of(report.now, report.plan_id, report.quarter)
    if not model.carried(found):
        return _uncarried(report, found)
    words, likely = report.words, outlook(report.now, report.plan_id, report.quarter)
    course = _course(report.now, report.plan_id, report.quarter)
    return Figure(
        id="voortgang-vooruitblik",
        kind="chart",
        title=forecast_title(words, likely),
        subtitle=words.t(
            "Number of actions that are completed at the end of each quarter. Thick: as delivered; thin: as first "
            "planned; dashes: forecast, with the band that holds the number in 80 % of the draws"
        ),
        alt=_alt(report, course, likely),
        grid=_grid(words, course),
        spec=vooruitblik_tekening.spec(words, course, likely),
        origins=common.origins(report),
        notes=common.notes(report, *_notes(report, found)),
    )


def forecast_title(words: Words, likely: Outlook) -> str:
    """Say how many actions will be completed, and between which numbers that lies."""
    said = words.tn(
        "By {end}, {n} of the {total} actions is likely to be completed",
        "By {end}, {n} of the {total} actions are likely to be completed",
        likely.likely,
        end=ending(words, likely.end),
        total=words.number(likely.total),
    )
    if likely.low == likely.high:
        return said
    low, high = words.number(likely.low), words.number(likely.high)
    return words.t("{said}; with 80 % likelihood it is between {low} and {high}", said=said, low=low, high=high)


def _uncarried(report: Report, found: model.Forecast) -> Figure:
    """Say why there is no forecast."""
    words, n = report.words, found.gezien.deliveries
    why = (
        words.tn(
            "{n} quarter was delivered; a forecast needs at least {least}.",
            "{n} quarters were delivered; a forecast needs at least {least}.",
            n,
            least=words.number(model.ENOUGH),
        )
        if n < model.ENOUGH
        else words.t("No action has made any progress yet that a pace could be taken from.")
    )
    return Figure(
        id="voortgang-vooruitblik",
        kind="sentences",
        title=words.t("The deliveries cannot carry a forecast yet"),
        sentences=(why,),
        origins=common.origins(report),
        notes=common.notes(report),
    )


@once
def _course(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    """Return per quarter how many actions are completed, were planned to be, and are forecast to be.

    Returns:
        ``kwartaal`` (a :class:`Quarter`), ``voltooid``, ``gepland``, ``p10``, ``p50``, ``p90``; NaN without.
    """
    told = catalog.delivered("voortgang", plan_id)
    known = backtest.reported_ends(history(told, ["actie_code"]), catalog.plan("plan_acties", plan_id), quarter)
    planned = common.findings(catalog, plan_id, quarter)["oorspronkelijk_einde"]
    found = model.completed(forecast_of(catalog, plan_id, quarter)).set_index("kwartaal")
    first, now = ordinal(Quarter.parse(told["kwartaal"].min())), ordinal(quarter)
    last = max(now + SHOWN, ordinal(end_of(catalog, plan_id, quarter)))
    quarters = [quarter_at(place) for place in range(first, last + 1)]
    rows = pd.DataFrame({"kwartaal": quarters}, index=pd.Index([str(one) for one in quarters]))
    ends = [pd.Timestamp(one.end) for one in quarters]
    rows["voltooid"] = [float((known["einde"] <= end).sum()) for end in ends]
    rows["gepland"] = [float((planned <= end).sum()) for end in ends]
    rows.loc[[one > quarter for one in quarters], "voltooid"] = float("nan")
    rows = rows.join(found[["p10", "p50", "p90"]])
    # the forecast starts from what is known now
    for name in ("p10", "p50", "p90"):
        rows[name] = rows[name].fillna(rows["voltooid"].where(rows["kwartaal"] == quarter))
    return rows.reset_index(drop=True)


def _alt(report: Report, course: pd.DataFrame, likely: Outlook) -> str:
    words = report.words
    now = course[course["voltooid"].notna()].iloc[-1]
    return words.t(
        "Line: {now} of the {total} actions were completed at the end of {quarter}; first planned by then were "
        "{planned}. Dashes: {likely} at {end}, with 80 % likelihood between {low} and {high}.",
        now=words.number(now["voltooid"]),
        total=words.number(likely.total),
        quarter=words.quarter(now["kwartaal"]),
        planned=words.number(now["gepland"]),
        likely=words.number(likely.likely),
        end=ending(words, likely.end),
        low=words.number(likely.low),
        high=words.number(likely.high),
    )


def _grid(words: Words, course: pd.DataFrame) -> Grid:
    heads = (
        words.t("Completed (number of actions)"),
        words.t("First planned (number)"),
        words.t("Forecast: P10"),
        words.t("Forecast: P50"),
        words.t("Forecast: P90"),
    )
    columns = (Column(words.t("Quarter")), *(Column(head, "number") for head in heads))
    known = course.assign(**{name: course[name].where(course["voltooid"].isna()) for name in ("p10", "p50", "p90")})
    names = ("voltooid", "gepland", "p10", "p50", "p90")
    rows = tuple(
        (words.quarter(row["kwartaal"]), *(words.number(row[name]) for name in names))
        for row in known.to_dict("records")
    )
    return Grid(columns, rows)


def _notes(report: Report, found: model.Forecast) -> tuple[str, ...]:
    """Say what the forecast rests on, and which actions it counts."""
    words, left = report.words, int(found.gezien.left.sum())
    silent, never = (int((found.acties["reden"] == reason).sum()) for reason in ("stil", "geen_meting"))
    told = (
        (1, words.t("The pace of all actions up to now, drawn {draws} times.", draws=words.number(DRAWS))),
        (
            left,
            words.tn(
                "{n} action was stopped or taken over and is never counted as completed.",
                "{n} actions were stopped or taken over and are never counted as completed.",
                left,
            ),
        ),
        (
            silent,
            words.tn(
                "{n} action gave no number for a year or longer: it counts with the pace of the others.",
                "{n} actions gave no number for a year or longer: they count with the pace of the others.",
                silent,
            ),
        ),
        (
            never,
            words.tn(
                "{n} action never gave a number: it is not counted as completed.",
                "{n} actions never gave a number: they are not counted as completed.",
                never,
            ),
        ),
    )
    return (*(text for n, text in told if n), *_doubtful(report, found))


def _doubtful(report: Report, found: model.Forecast) -> tuple[str, ...]:
    """Say of how many completed actions the status is another one."""
    done = {found.gezien.codes[place] for place in found.gezien.done.nonzero()[0]}
    statuses = common.statuses(report)
    n = int((statuses["actie_code"].isin(done) & (statuses["status"] != "voltooid")).sum())
    if not n:
        return ()
    return (
        report.words.tn(
            "{n} action counts as completed by its last report, though that is old or contradicts itself, so that its "
            "status is another one.",
            "{n} actions count as completed by their last report, though that is old or contradicts itself, so that "
            "their status is another one.",
            n,
        ),
    )
