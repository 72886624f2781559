"""Trends and paces in the chapter on the environment: numbers of the data, sentences that count right."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.language import Words
from analysis.models.series_trend import paces, places, trends
from analysis.paths import Project
from analysis.views import Report, omgeving
from analysis.views.omgeving import data
from analysis.views.omgeving.tempo import pace_title
from analysis.views.omgeving.trends import trends_title

pytestmark = pytest.mark.xdist_group("omgeving-trends")
NL = Words("nl")


@pytest.fixture(scope="module")
def report(project: Project) -> Report:
    """The real report, in both languages."""
    return Report("2026Q3", "nl+fr", project=project)


def figures(values: dict[str, float], kind: str = "jaar", area: str = "BE10", way: str = "") -> pd.DataFrame:
    """Figures of the indicator x by their first day."""
    starts = pd.to_datetime([*values])
    ends = starts + pd.DateOffset(years=1) if kind == "jaar" else starts + pd.DateOffset(months=3)
    own = {"indicator": "x", "geo": area, "periode_soort": kind, "eenheid": "%", "methode": way, "bron_id": "b"}
    rows = pd.DataFrame(
        {"periode_van": starts, "periode_tot": ends - pd.Timedelta(days=1), "waarde": [*values.values()]}
    )
    return rows.assign(**own, te_controleren=False)


# --- the models behind them ---


def test_other_ways_of_counting_and_old_figures_do_not_count() -> None:
    """A break ends a series; what is more than ten years older than the latest figure does not decide."""
    old = {f"{year}-01-01": 1000.0 for year in range(1990, 2000)}
    new = {f"{year}-01-01": float(year - 2000) for year in range(2014, 2024)}
    broken = figures({f"{year}-01-01": 99.0 for year in range(2014, 2020)}, way="enquête")
    found = trends(pd.concat([figures(old | new), broken]), ["x"], pd.Series({"x": "hoger"})).iloc[0]
    assert (found["n"], found["van"], found["tot"], found["slope"]) == (10, 2014, 2023, 1.0)
    assert (found["verdict"], found["oordeel"]) == ("stijgt", "goed")


def test_an_unknown_indicator_has_no_trend() -> None:
    """It stays in its place, with nothing known."""
    found = trends(figures({"2020-01-01": 1.0}), ["y", "x"], pd.Series({"x": "hoger"}))
    assert found[["indicator", "verdict", "n"]].values.tolist() == [["y", "te_weinig", 0], ["x", "te_weinig", 1]]


def test_a_place_needs_all_three_regions_and_a_good_side() -> None:
    """Second of three where one of the others is better; none where one is missing or of another period."""
    rows = pd.DataFrame({"indicator": ["x"], "geo": "BE10", "waarde": [5.0]})
    beside = pd.DataFrame(
        {"indicator": "x", "geo": ["BE", "BE2", "BE3"], "waarde": [4.0, 7, 3], "zelfde_periode": True}
    )
    high, low, none = (pd.Series({"x": side}) for side in ("hoger", "lager", "geen"))
    assert places(rows, beside, high).to_dict() == {"x": 2.0}
    assert places(rows, beside, low).to_dict() == {"x": 2.0}
    assert places(rows, beside, none).empty
    assert places(rows, beside.assign(zelfde_periode=[True, True, False]), high).empty


def target(**own: object) -> pd.DataFrame:
    """An open target of 20 by 2030, measured 10 in 2025."""
    base = {"indicator": "x", "geo": "BE10", "doeljaar": 2030, "doelwaarde": 20.0, "waarde": 10.0, "stand": "nog_niet"}
    end = pd.Timestamp("2025-12-31")
    return pd.DataFrame([base | {"reden": "", "periode_tot": end} | own])


@pytest.mark.parametrize(
    ("step", "state"),
    [(2.0, "op_koers"), (1.9, "op_koers"), (1.5, "te_traag"), (1.0, "veel_te_traag"), (-1.0, "verkeerde_richting")],
)
def test_the_pace_is_what_is_left_by_the_years_that_are_left(step: float, state: str) -> None:
    """Ten more in five years is two a year; the slope so far decides by the bands of the trajectories."""
    known = figures({f"{2020 + place}-01-01": 10 + step * (place - 5) for place in range(6)})
    found = paces(target(), known, pd.Series({"x": "hoger"})).iloc[0]
    assert (found["nodig"], found["stand_tempo"]) == (2.0, state)
    assert found["tempo"] == pytest.approx(step)


def test_a_change_since_a_base_year_has_its_pace_in_itself() -> None:
    """27 % less than in 2005, measured in 2022: 1.588 points a year, although it is the only figure."""
    known = figures({"2022-01-01": -27.0}).assign(eenheid="% t.o.v. 2005")
    asked = target(doelwaarde=-40.0, waarde=-27.0, periode_tot=pd.Timestamp("2022-12-31"))
    found = paces(asked, known, pd.Series({"x": "lager"})).iloc[0]
    assert (found["nodig"], round(found["tempo"], 3), found["basis"]) == (-1.625, -1.588, 2005)
    assert (round(found["verhouding"], 3), found["stand_tempo"]) == (0.977, "op_koers")


def test_without_a_trend_the_pace_is_unknown() -> None:
    """One figure has no slope; that is not standing still."""
    found = paces(target(), figures({"2025-01-01": 10.0}), pd.Series({"x": "hoger"})).iloc[0]
    assert found["stand_tempo"] == "onbekend"
    assert pd.isna(found["tempo"])


# --- the figures of the report ---


@pytest.mark.parametrize("name", ["trends", "pace"])
def test_each_is_a_whole_figure_in_both_languages(report: Report, name: str) -> None:
    """With rows, notes and sources; in an early quarter too, where less is known."""
    figure = getattr(omgeving, name)(report)
    for one in (figure, *figure.others.values()):
        assert one.title
        assert one.grid.rows
        assert one.notes
    assert figure.origins


def test_the_price_of_a_flat_by_hand(report: Report) -> None:
    """Ten yearly prices of the table: the median of their 45 slopes, and a rise each year is certain."""
    rows = report.now.table("omgeving")
    own = rows[(rows["indicator"] == "woningprijs_appartement_mediaan") & (rows["geo"] == "BE10")]
    prices = own.set_index(own["periode_tot"].dt.year)["waarde"].sort_index().tail(10)
    slopes = [(prices[b] - prices[a]) / (b - a) for a in prices.index for b in prices.index if a < b]
    found = trends(data.look(report.in_language("nl")).facts, ["woningprijs_appartement_mediaan"], pd.Series(dtype=str))
    assert found["slope"].iloc[0] == pd.Series(slopes).median()
    assert found["verdict"].iloc[0] == "stijgt"


def test_an_early_report_says_that_no_pace_is_asked(project: Project) -> None:
    """Where no open target has a year to come, there is a sentence and no empty table."""
    figure = omgeving.pace(Report("2021Q4", "nl", project=project))
    assert figure.kind == "sentences"


def test_the_titles_count_right() -> None:
    """None, one and more."""
    rows = pd.DataFrame(
        {"verdict": ["stijgt", "daalt", "geen_trend", "te_weinig"], "oordeel": ["goed", "geen", "geen", "geen"]}
    )
    assert trends_title(NL, rows).startswith("2 van de 3 indicatoren met genoeg cijfers hebben")
    assert trends_title(NL, rows.head(1)).startswith("1 van de 1 indicatoren met genoeg cijfers heeft")
    assert trends_title(NL, rows.tail(1)) == "Geen enkele indicator heeft genoeg cijfers voor een trend"
    told = pace_title(NL, ["op_koers", "te_traag", "verkeerde_richting", "onbekend"])
    assert told == "Naar 1 van de 4 open doelen gaat het snel genoeg; naar 2 te traag, van 1 is het tempo onbekend"
