"""Was the forecast right: only what was known then counts, scores are what they say, unknown is not wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.examples.process import simulate
from analysis.models.delivered.backtest import (
    QUESTIONS,
    RIVALS,
    Judged,
    Past,
    backtest,
    calibration,
    judge,
    reforecast,
    reported_ends,
)
from analysis.models.delivered.backtest_rivals import Case, rivals
from analysis.models.delivered.forecast import per_action
from analysis.models.delivered.forecast_seen import grid, seen
from analysis.models.delivered.latest import history
from analysis.quarter import Quarter
from tests.models.delivered.frames import plan, quarters, voortgang

FIRST, LAST = Quarter(2021, 3), Quarter(2024, 2)
ACTIONS = plan(*(f"{line}.{place}.{one}" for line in (1, 2) for place in (1, 2, 3) for one in range(1, 8)))


def received(rows: pd.DataFrame, days: int = 30) -> pd.DataFrame:
    """Return rows that were received so many days after their quarter."""
    ends = {name: pd.Timestamp(Quarter.parse(name).as_of(days)) for name in rows["kwartaal"].unique()}
    return rows.assign(bekend_op=rows["kwartaal"].map(ends))


@pytest.fixture(scope="module")
def delivered() -> pd.DataFrame:
    """What was delivered on a plan of 42 actions in twelve quarters."""
    return received(simulate(ACTIONS, FIRST, LAST, 21, tables=("voortgang",)).voortgang)


@pytest.fixture(scope="module")
def past(delivered: pd.DataFrame) -> Past:
    """Its past forecasts."""
    return reforecast(delivered, ACTIONS, LAST, draws=100)


@pytest.fixture(scope="module")
def judged(past: Past, delivered: pd.DataFrame) -> Judged:
    """These, judged by what was reported."""
    return judge(past, reported_ends(history(delivered, ["actie_code"]), ACTIONS, LAST))


def test_each_past_quarter_with_enough_before_it_is_forecast(judged: Judged) -> None:
    """From the fourth delivery on, for as many quarters ahead as have passed since, at most eight."""
    rows = judged.aantallen
    assert rows["kwartaal"].unique().tolist() == [
        "2022Q2", "2022Q3", "2022Q4", "2023Q1", "2023Q2", "2023Q3", "2023Q4", "2024Q1",
    ]  # fmt: skip
    assert rows.groupby("kwartaal")["vooruit"].max().tolist() == [8, 7, 6, 5, 4, 3, 2, 1]
    assert rows["doel"].max() == "2024Q2"


def test_a_past_forecast_knows_nothing_of_later(delivered: pd.DataFrame, past: Past) -> None:
    """It is the forecast that the plan would have got then: rows of later quarters, and later corrections, are gone."""
    then = delivered[delivered["kwartaal"] <= "2023Q1"]
    early = reforecast(then, ACTIONS, Quarter(2023, 1), draws=100)
    for old, new in zip(early.voorspellingen, past.voorspellingen, strict=False):
        assert old.as_of == new.as_of
        assert np.array_equal(old.gezien.progress, new.gezien.progress, equal_nan=True)
        assert old.acties["kans_einde"].equals(new.acties["kans_einde"])
    late = delivered[delivered["kwartaal"] == "2022Q2"].assign(
        voortgang_pct=100.0, bekend_op=pd.Timestamp("2023-05-01"), levering="correctie"
    )
    again = reforecast(pd.concat([delivered, late]), ACTIONS, LAST, draws=100)
    for place, (old, new) in enumerate(zip(past.voorspellingen, again.voorspellingen, strict=True)):
        same = np.array_equal(old.gezien.progress, new.gezien.progress, equal_nan=True)
        # received on 1 May 2023: known in the report of 2023Q1, as of 15 May
        assert same == (place < 3)


def test_a_delivery_that_came_after_the_report_was_not_known(delivered: pd.DataFrame) -> None:
    """With a report after ten days and deliveries after thirty, each forecast lacks its own quarter."""
    hasty = reforecast(delivered, ACTIONS, LAST, lag_days=10, draws=20)
    assert all(one.gezien.last.max() < one.gezien.quarters - 1 for one in hasty.voorspellingen)


def test_intervals_are_held_against_the_number_that_came(judged: Judged) -> None:
    """Inside means between P10 and P90, ends included; numbers count only actions whose fate is known."""
    rows = judged.aantallen
    assert (rows["binnen"] == ((rows["p10"] <= rows["werkelijk"]) & (rows["werkelijk"] <= rows["p90"]))).all()
    assert (rows["p10"] <= rows["p50"]).all()
    assert (rows["p50"] <= rows["p90"]).all()
    assert (rows["werkelijk"] >= rows["nu"]).mean() > 0.95
    assert rows["geteld"].max() <= len(ACTIONS)
    assert rows["geteld"].min() < len(ACTIONS)


def test_who_fell_silent_is_left_out() -> None:
    """An action without a report since is neither done nor not done: the number forecast leaves it out too."""
    rows = [
        row
        for code in ("1", "2", "3", "4")
        for row in quarters(
            "2024Q2", *({"actie_code": code, "voortgang_pct": one, **DATES} for one in (10, 20, 30, 40, 50, 60, 70, 80))
        )
    ]
    gone = [row for row in rows if row["actie_code"] != "4" or row["kwartaal"] <= "2023Q4"]
    found = backtest(voortgang(*gone), plan("1", "2", "3", "4"), LAST, draws=40)
    counted = found.aantallen.set_index(["kwartaal", "vooruit"])["geteld"]
    assert counted["2023Q2", 2] == 4
    assert counted["2023Q2", 3] == counted["2023Q4", 1] == 3
    asked = found.kansen[(found.kansen["actie_code"] == "4") & (found.kansen["vraag"] == "vier_kwartalen")]
    assert asked.empty
    assert len(found.kansen[(found.kansen["actie_code"] == "3") & (found.kansen["vraag"] == "vier_kwartalen")]) == 1


DATES: dict[str, Any] = {"gepland_start": "2022-01-01", "gepland_einde": "2024-03-31", "verwacht_einde": "2024-03-31"}


def test_the_truth_can_judge_too(past: Past) -> None:
    """Whoever knows the true end of every action counts them all."""
    true = simulate(ACTIONS, FIRST, LAST, 21, tables=()).truth.drop_duplicates("actie_code").set_index("actie_code")
    found = judge(past, true[["einde"]].assign(bekend_tot=pd.Timestamp(LAST.end)))
    assert (found.aantallen["geteld"] == len(ACTIONS)).all()
    last = found.aantallen[found.aantallen["doel"] == str(LAST)]
    assert set(last["werkelijk"]) == {int((true["einde"] <= pd.Timestamp(LAST.end)).sum())}


def test_outcomes_are_what_came(judged: Judged, delivered: pd.DataFrame) -> None:
    """An answer is 1 when the true end came no later than the end that was asked about; only passed ends are asked."""
    rows = judged.kansen
    ends = reported_ends(history(delivered, ["actie_code"]), ACTIONS, LAST)["einde"]
    assert set(rows["vraag"]) == set(QUESTIONS)
    assert (rows["uitkomst"] == (rows["actie_code"].map(ends) <= rows["einde"])).all()
    assert (rows["einde"] <= pd.Timestamp(LAST.end)).all()
    asked_on = rows["kwartaal"].map(lambda name: pd.Timestamp(Quarter.parse(name).end))
    assert (rows["einde"] > asked_on).all()
    soon = rows[rows["vraag"] == "vier_kwartalen"]
    assert set(soon.loc[soon["kwartaal"] == "2022Q2", "einde"]) == {pd.Timestamp("2023-06-30")}
    assert rows["kans"].between(0, 1).all()


def test_scores_are_mean_squared_errors(judged: Judged) -> None:
    """Of the same rows for all, none of them from before the first answer; coverage is the share inside."""
    summary = judged.samenvatting.set_index(["maat", "over", "van"])["waarde"]
    assert summary["dekking", "alle", "voorspelling"] == pytest.approx(judged.aantallen["binnen"].mean())
    first = judged.aantallen[judged.aantallen["vooruit"] == 1]
    assert summary["dekking", "1", "voorspelling"] == pytest.approx(first["binnen"].mean())
    columns = {"voorspelling": "kans", **{name: name for name in RIVALS}}
    columns |= {name: name for name in ("status_achteraf", "verwachting_achteraf")}
    for question in QUESTIONS:
        rows = judged.kansen[(judged.kansen["vraag"] == question) & judged.kansen["basis"].notna()]
        assert len(rows) > 20
        for who, column in columns.items():
            wanted = ((rows[column] - rows["uitkomst"]) ** 2).mean()
            assert summary["brier", question, who] == pytest.approx(wanted)
    assert (judged.samenvatting["aantal"] > 0).all()


def test_no_reading_of_the_statuses_beats_the_one_with_hindsight(judged: Judged) -> None:
    """The unfair rival has the best chance that each status can have: any other table of chances scores worse."""
    summary = judged.samenvatting.set_index(["maat", "over", "van"])["waarde"]
    rng = np.random.default_rng(3)
    for question in QUESTIONS:
        best = summary["brier", question, "status_achteraf"]
        assert best <= summary["brier", question, "status"]
        rows = judged.kansen[(judged.kansen["vraag"] == question) & judged.kansen["basis"].notna()]
        for _ in range(20):
            table = {status: rng.random() for status in rows["eigen_status"].unique()}
            assert best <= ((rows["eigen_status"].map(table) - rows["uitkomst"]) ** 2).mean()


def test_a_base_rate_is_the_share_that_was_known_then() -> None:
    """Four actions, of which two were done within four quarters: two and a half of five, a half being the doubt."""
    rows = [
        *status_rows("1", "groen", 40, 60, 80, 100),
        *status_rows("2", "groen", 40, 60, 80, 100),
        *status_rows("3", "rood", 10, 10, 20, 20),
        *status_rows("4", "rood", 10, 10, 20, 20),
        *status_rows("5", "groen", 0),
        *status_rows("6", "rood", 0),
        *status_rows("7", "oranje", 0),
    ]
    codes = [str(number) for number in range(1, 8)]
    now = grid(voortgang(*rows), plan(*codes), LAST)
    case = Case.of(now, seen(now))
    found = rivals(case, case.ends + 3)
    base = 2.5 / 5
    assert found["basis"] == pytest.approx([base] * 7)
    # of the green ones both were done, of the red ones none; two more at the base rate; amber was never seen
    assert found["status"][4:] == pytest.approx([(2 + 2 * base) / 4, 2 * base / 4, base])
    assert found["eigen_status"].tolist()[4:] == ["groen", "rood", "oranje"]


def status_rows(code: str, status: str, *progress: float) -> list[dict[str, Any]]:
    """Return rows of an action with one own status, the last in the last quarter."""
    return quarters(
        str(LAST), *({"actie_code": code, "eigen_status": status, "voortgang_pct": one} for one in progress)
    )


def test_before_the_first_answer_there_is_no_rival(judged: Judged) -> None:
    """Nothing is known of four quarters later before the fifth delivery."""
    rows = judged.kansen[judged.kansen["vraag"] == "vier_kwartalen"]
    assert rows.loc[rows["kwartaal"] == "2022Q2", list(RIVALS)].isna().all(axis=None)
    assert rows.loc[rows["kwartaal"] > "2022Q2", list(RIVALS)].notna().all(axis=None)


def test_calibration_puts_each_chance_in_its_tenth() -> None:
    """Borders belong to the tenth above, 1 to the last; each row counts once."""
    chances = pd.DataFrame({"vraag": "v", "kans": [0.0, 0.05, 0.1, 0.3, 0.999, 1.0], "uitkomst": [0, 0, 1, 0, 1, 1]})
    found = calibration(chances)
    assert found["van"].tolist() == pytest.approx([0, 0.1, 0.3, 0.9])
    assert found["tot"].tolist() == pytest.approx([0.1, 0.2, 0.4, 1.0])
    assert found["aantal"].tolist() == [2, 1, 1, 2]
    assert found["uitkomst"].tolist() == [0, 1, 0, 1]
    assert found["kans"].tolist() == pytest.approx([0.025, 0.1, 0.3, 0.9995])


def test_reported_ends_are_days() -> None:
    """The day that is told; without one the middle of the quarter that says 100 %; unknown for who is not done."""
    rows = voortgang(
        {"actie_code": "1", "voortgang_pct": 100, "werkelijk_einde": "2024-06-30", "kwartaal": "2024Q2"},
        {"actie_code": "2", "voortgang_pct": 100, "kwartaal": "2024Q2"},
        {"actie_code": "3", "voortgang_pct": 60, "kwartaal": "2024Q1"},
        {"actie_code": "4", "voortgang_pct": 60, "kwartaal": "2023Q4", "eigen_status": "overgenomen"},
        {"actie_code": "6", "voortgang_pct": 100, "werkelijk_einde": "2024-01-01", "kwartaal": "2024Q2"},
    )
    found = reported_ends(rows, plan("1", "2", "3", "4", "5", "6"), LAST)
    wanted = ["2024-06-30", "2024-05-16", "", "", "", "2024-01-01"]
    assert found["einde"].dt.strftime("%Y-%m-%d").fillna("").tolist() == wanted
    assert found.loc[["3", "4"], "bekend_tot"].tolist() == [pd.Timestamp("2024-03-31"), pd.Timestamp("2024-06-30")]
    assert pd.isna(found.loc["5", "bekend_tot"])


@pytest.mark.parametrize("known", [0, 3, 4])
def test_too_little_history_has_no_past(delivered: pd.DataFrame, known: int) -> None:
    """Empty tables, with their columns."""
    rows = delivered[delivered["kwartaal"].isin(sorted(delivered["kwartaal"].unique())[:known])]
    last = Quarter(2022, 2) if known == 4 else Quarter(2022, 1)
    found = backtest(rows, ACTIONS, last, draws=20)
    for table in (found.aantallen, found.kansen, found.samenvatting, found.ijking):
        assert table.empty
    assert "binnen" in found.aantallen
    assert "status_achteraf" in found.kansen
    assert {"vraag", "kans"} <= set(found.ijking)


def test_the_same_seed_is_the_same_backtest(delivered: pd.DataFrame, judged: Judged) -> None:
    """In one call as in two; the order of the rows changes nothing."""
    again = backtest(delivered.sample(frac=1, random_state=1), ACTIONS, LAST, draws=100)
    pd.testing.assert_frame_equal(again.samenvatting, judged.samenvatting)
    pd.testing.assert_frame_equal(again.ijking, judged.ijking)


def test_the_forecast_beats_its_rivals_on_a_made_up_plan(judged: Judged) -> None:
    """One plan proves little (see the benchmark); but a forecast that loses to statuses here is broken."""
    summary = judged.samenvatting.set_index(["maat", "over", "van"])["waarde"]
    own = summary["brier", "vier_kwartalen", "voorspelling"]
    assert own < summary["brier", "vier_kwartalen", "basis"]
    assert own < summary["brier", "vier_kwartalen", "status"]
    assert 0.5 < summary["dekking", "alle", "voorspelling"] <= 1


def test_it_judges_the_very_forecast_that_the_report_gives(delivered: pd.DataFrame, past: Past) -> None:
    """The forecast of a past quarter is that of :func:`per_action` on what was known then."""
    then = delivered[delivered["kwartaal"] <= "2023Q3"]
    fresh = per_action(history(then, ["actie_code"]), ACTIONS, Quarter(2023, 3), end=Quarter(2024, 3), draws=100)
    old = next(one for one in past.voorspellingen if one.as_of == Quarter(2023, 3))
    pd.testing.assert_series_equal(old.acties["kans_einde"], fresh.acties["kans_einde"])
