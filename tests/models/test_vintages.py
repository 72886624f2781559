"""Budgets and estimates beside what came: like with like, each error with its sign and its distance ahead."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models import vintages
from analysis.models.money import CONSOLIDATED, DIRECT, ESTIMATE, INITIAL, REALISED
from analysis.models.vintages import CHECKED, FAVOURABLE, OPEN, OTHERWISE, RIGHT, UNFAVOURABLE

ESA, BUDGET = "vorderingensaldo", "begrotingssaldo"
COLUMNS = ["reeks", "periode_tot", "waarde", "soort", "bekend_op", "opmerking", "bron_id"]


def _facts(*rows: tuple[str, str, float, str, str, str, str], **columns: object) -> pd.DataFrame:
    """One row per (series, last day, value, kind, day known, note, source), each a position at that day."""
    frame = pd.DataFrame(list(rows), columns=COLUMNS)
    days = {name: pd.to_datetime(frame[name]) for name in ("periode_tot", "bekend_op")}
    plain = {"entiteit": "BHG", "eenheid": "EUR_mln", "periode_soort": "dag", "plan": False, "rang": 4.0}
    frame = frame.assign(**days, **plain, bekend_regel="gepubliceerd", gepubliceerd_afgeleid="nee")
    return frame.assign(jaar=frame["periode_tot"].dt.year, **columns)


def _one(*rows: tuple[str, str, float, str, str, str, str]) -> pd.Series:
    made = vintages.vintages(_facts(*rows))
    assert len(made) == 1
    return made.iloc[0]


@pytest.mark.parametrize(
    ("series", "said", "came", "verdict"),
    [
        (DIRECT, 90, 100, FAVOURABLE),
        (DIRECT, 110, 100, UNFAVOURABLE),
        (ESA, -90, -100, FAVOURABLE),
        (ESA, -110, -100, UNFAVOURABLE),
        (ESA, -100, -100, RIGHT),
    ],
)
def test_an_error_is_what_was_said_minus_what_came(series: str, said: float, came: float, verdict: str) -> None:
    """A debt put too low and a balance put too high are both too favourable; the share is of the outcome's size."""
    row = _one(
        (series, "2023-12-31", said, ESTIMATE, "2021-12-31", "", "a"),
        (series, "2023-12-31", came, REALISED, "2024-10-31", "", "b"),
    )
    assert (row["staat"], row["fout"], row["oordeel"]) == (CHECKED, said - came, verdict)
    assert row["fout_pct"] == pytest.approx(said - came)
    # 730 days of 365.25
    assert row["vooruit"] == pytest.approx(1.9986, abs=1e-4)
    assert row["horizon"] == 1


def test_without_an_outcome_a_vintage_is_open() -> None:
    """Neither another year, nor another series, nor a position within the year is its outcome."""
    row = _one(
        (DIRECT, "2023-12-31", 100, ESTIMATE, "2021-12-31", "", "a"),
        (DIRECT, "2022-12-31", 80, REALISED, "2023-10-31", "", "a"),
        (DIRECT, "2023-06-30", 85, REALISED, "2023-10-31", "", "a"),
        (CONSOLIDATED, "2023-12-31", 120, REALISED, "2024-10-31", "", "a"),
    )
    assert row["staat"] == OPEN
    assert row[["fout", "fout_pct", "gerealiseerd"]].isna().all()
    assert row["oordeel"] == ""


def test_another_entity_is_no_outcome() -> None:
    """A figure of another perimeter leaves the vintage open."""
    facts = _facts(
        (ESA, "2023-12-31", -90, ESTIMATE, "2021-12-31", "", "a"),
        (ESA, "2023-12-31", -100, REALISED, "2024-10-31", "", "a"),
    ).assign(entiteit=["BHG", "BHG-DBHR"])
    assert vintages.vintages(facts)["staat"].tolist() == [OPEN]


@pytest.mark.parametrize(
    ("series", "one", "other"),
    [
        (ESA, "na neutralisering", ""),
        (ESA, "", "definitie niet vermeld"),
        (CONSOLIDATED, "persbron zonder definitie", ""),
        (CONSOLIDATED, "", "andere perimeter dan de reeks"),
        (BUDGET, "", ""),
    ],
    ids=["neutralised", "unstated outcome", "unstated estimate", "perimeter", "balance of the budget"],
)
def test_two_notions_give_no_error(series: str, one: str, other: str) -> None:
    """What counts otherwise is shown, but not subtracted; two sources may mean two balances of the budget."""
    row = _one(
        (series, "2023-12-31", -90, ESTIMATE, "2021-12-31", one, "a"),
        (series, "2023-12-31", -100, REALISED, "2024-10-31", other, "b"),
    )
    assert (row["staat"], row["gerealiseerd"]) == (OTHERWISE, -100)
    assert pd.isna(row["fout"])


def test_an_unstated_notion_is_alike_within_one_source() -> None:
    """The Court's budget and outcome of one year count alike, whatever they are called."""
    row = _one(
        (BUDGET, "2022-12-31", -2000, INITIAL, "2023-10-31", "", "a"),
        (BUDGET, "2022-12-31", -1500, REALISED, "2023-10-31", "", "a"),
    )
    assert (row["staat"], row["fout"]) == (CHECKED, -500)


def test_what_became_known_afterwards_looked_ahead_nobody_knows_how_far() -> None:
    """A budget told of after its year has no distance ahead, and weighs in no mean."""
    row = _one((ESA, "2022-12-31", -90, INITIAL, "2023-10-31", "", "a"))
    assert row[["vooruit", "horizon"]].isna().all()


def _checked(errors: list[float], horizon_days: str = "2021-06-30", kind: str = ESTIMATE) -> pd.DataFrame:
    """As many checked vintages of one year, with these errors."""
    made = [(ESA, "2022-12-31", -100 + error, kind, horizon_days, "", "a") for error in errors]
    return _facts(*made, (ESA, "2022-12-31", -100, REALISED, "2023-10-31", "", "a"))


def test_a_mean_error_needs_three() -> None:
    """Two checked vintages have no mean; -30, -10 and 10 lean by -10, and are 16.67 wide of it."""
    assert vintages.means(vintages.vintages(_checked([-30, -10]))).empty
    mean = vintages.means(vintages.vintages(_checked([-30, -10, 10]))).iloc[0]
    assert (mean["aantal"], mean["horizon"], mean["fout"]) == (3, 1, -10)
    assert mean["fout_abs"] == pytest.approx(50 / 3)


def test_a_mean_mixes_neither_kinds_nor_horizons() -> None:
    """Two estimates and a budget, or two distances ahead, are no three."""
    two, budget, near = _checked([-30, -10]), _checked([10], kind=INITIAL), _checked([10], "2022-06-30")
    for other in (budget, near):
        made = vintages.vintages(pd.concat([two, other.head(1)], ignore_index=True))
        assert (made["staat"] == CHECKED).sum() == 3
        assert vintages.means(made).empty


def test_a_year_estimated_twice_is_a_revision() -> None:
    """Only estimates of the same year on two days are set beside each other, in time."""
    facts = _facts(
        (DIRECT, "2025-12-31", 101, ESTIMATE, "2021-07-31", "", "a"),
        (DIRECT, "2025-12-31", 112, ESTIMATE, "2020-06-11", "", "b"),
        (DIRECT, "2027-12-31", 152, ESTIMATE, "2022-09-26", "", "b"),
    )
    assert vintages.revised(vintages.vintages(facts))["waarde"].tolist() == [112, 101]


@settings(max_examples=30)
@given(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_the_error_gives_the_estimate_back(said: float, came: float) -> None:
    """Whatever the amounts: outcome plus error is the estimate; a share of nought is unknown."""
    row = _one(
        (ESA, "2023-12-31", said, ESTIMATE, "2021-12-31", "", "a"),
        (ESA, "2023-12-31", came, REALISED, "2024-10-31", "", "b"),
    )
    assert row["gerealiseerd"] + row["fout"] == pytest.approx(said, abs=1e-6)
    assert pd.isna(row["fout_pct"]) == (came == 0)


def test_nothing_known_is_an_empty_table() -> None:
    """Without rows the columns still stand."""
    made = vintages.vintages(_facts())
    assert made.empty
    assert {"fout", "staat", "oordeel", "vooruit"} <= set(made)
    assert vintages.means(made).empty
