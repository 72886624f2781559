"""Will a meetpunt reach its target: one status for every number, and why."""

from __future__ import annotations

import datetime as dt
import math
import sys
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered.trajectory import (
    BANDS,
    COLUMNS,
    DIRECTIONS,
    RULES,
    STATUSES,
    Aim,
    Verdict,
    judge,
    meetpunt_status,
    score,
)
from analysis.period import Period

BASE, NOW, TARGET = dt.date(2020, 12, 31), dt.date(2025, 12, 31), dt.date(2030, 12, 31)
AS_OF = dt.date(2026, 2, 14)
UNKNOWN = float("nan")
INF = math.inf


def higher(base: float = 10.0, target: float = 20.0) -> Aim:
    """Return a target for 2030 that lies above the base of 2020."""
    return Aim("hoger", target, INF, base, BASE, TARGET)


def lower(base: float = 20.0, target: float = 10.0) -> Aim:
    """Return a target for 2030 that lies below the base of 2020."""
    return Aim("lager", -INF, target, base, BASE, TARGET)


def band(base: float, low: float = 40.0, high: float = 60.0) -> Aim:
    """Return a band for 2030."""
    return Aim("band", low, high, base, BASE, TARGET)


def of_2025(aim: Aim, value: float) -> Verdict:
    """Judge a value of 2025, in the report of that year."""
    return judge(aim, value, NOW, AS_OF)


def compound(aim: Aim, share: float) -> float:
    """Return the value of 2025 with this share of the growth per year that is needed."""
    goal = aim.low if aim.direction == "hoger" else aim.high
    growth = math.exp(math.log(goal / aim.base) / 10) - 1
    return aim.base * math.pow(1 + share * growth, 5)


@pytest.mark.parametrize(
    ("ratio", "points"),
    [(1.30, 5), (0.95, 2.5), (0.60, 0), (-0.60, -5), (9, 5), (-9, -5), (1.125, 3.75), (0.775, 1.25), (0, -2.5)],
)
def test_the_published_score(ratio: float, points: float) -> None:
    """Linear between the four points, and no further than the outer two."""
    assert score(ratio) == pytest.approx(points)


@pytest.mark.parametrize(
    ("ratio", "status", "limits"),
    [
        (1.5, "op_koers", (0.95, INF)),
        (0.95, "op_koers", (0.95, INF)),
        (0.94, "te_traag", (0.60, 0.95)),
        (0.60, "te_traag", (0.60, 0.95)),
        (0.59, "veel_te_traag", (0.0, 0.60)),
        (0.0, "veel_te_traag", (0.0, 0.60)),
        (-0.01, "verkeerde_richting", (-INF, 0.0)),
    ],
)
@pytest.mark.parametrize("aim", [higher(), lower(), higher(3, 7), lower(0.5, 0.1)], ids=["up", "down", "up2", "down2"])
def test_the_bands_of_compound_growth(aim: Aim, ratio: float, status: str, limits: tuple[float, float]) -> None:
    """The same for higher and for lower; the verdict names R and the band in which it lies."""
    found = of_2025(aim, compound(aim, ratio))
    assert (found.status, found.regel, found.drempel) == (status, "groei", limits)
    assert pytest.approx(ratio, abs=1e-9) == found.R
    assert found.score == pytest.approx(score(ratio))


@pytest.mark.parametrize(
    ("aim", "value", "ratio", "rule"),
    [
        (higher(0, 100), 30, 0.6, "lineair"),  # half of the time: 60 % of 50
        (higher(-10, 10), -1, 0.9, "lineair"),
        (higher(-20, -10), -15, 1.0, "lineair"),
        (higher(-10, 0), -12, -0.4, "lineair"),
        (lower(10, 0), 5, 1.0, "lineair"),
        (lower(10, -10), 10, 0.0, "lineair"),
        (lower(0, -10), 5, -1.0, "lineair"),
        (band(20), 30, 1.0, "afstand"),
        (band(80), 76, 0.4, "afstand"),
        (band(20), 64, 1.6, "afstand"),  # across the band, but much nearer
        (band(20), 90, -1.0, "afstand"),
        (Aim("stabiel", 98, 102, 90, BASE, TARGET), 95, 1.25, "afstand"),
    ],
)
def test_growth_is_linear_where_it_cannot_be_compound(aim: Aim, value: float, ratio: float, rule: str) -> None:
    """With nought and negative numbers, and for the distance to a band."""
    found = of_2025(aim, value)
    assert pytest.approx(ratio) == found.R
    assert found.regel == rule


def test_a_value_below_nought_has_lost_all_that_could_grow() -> None:
    """-100 % a year, where 7.2 % is needed; so has nought."""
    for value in (0, -5, -1e9):
        found = of_2025(higher(), value)
        assert (found.status, found.regel, found.score) == ("verkeerde_richting", "groei", -5)
        assert pytest.approx(-1 / (2**0.1 - 1)) == found.R


def test_time_is_counted_in_days() -> None:
    """From the end of 2020 to the 30th of June 2023 is two years and 181 of 365 days."""
    found = judge(higher(0, 100), 25, dt.date(2023, 6, 30), dt.date(2023, 8, 14))
    assert pytest.approx(0.25 * 10 / (2 + 181 / 365)) == found.R


def test_small_numbers_over_a_short_time() -> None:
    """From 0.1 at the end of 2025 to 0.4 a year later; 0.2 halfway is just on the path."""
    aim = Aim("hoger", 0.4, INF, 0.1, NOW, dt.date(2026, 12, 31))
    found = judge(aim, 0.2, dt.date(2026, 7, 2), dt.date(2026, 8, 14))
    half = 183 / 365
    assert pytest.approx((2 ** (1 / half) - 1) / 3) == found.R
    assert found.nodig == pytest.approx(0.1 * 4**half)
    assert found.verwacht == pytest.approx(0.1 * 2 ** (1 / half))
    months = judge(Aim("band", 0.4, 0.5, 0.1, NOW, dt.date(2026, 7, 2)), 0.25, dt.date(2026, 4, 2), dt.date(2026, 5, 1))
    assert pytest.approx(0.5 / (92 / 183)) == months.R
    assert months.nodig == pytest.approx(0.1 + 0.3 * 92 / 183)


def test_the_least_growth_that_there_is() -> None:
    """Between two numbers with nothing in between the growth is not lost in rounding."""
    found = of_2025(higher(2 - 2**-52, 2.0), 2 - 2**-52)
    assert (found.R, found.status) == (0, "veel_te_traag")


@pytest.mark.parametrize(
    ("aim", "value"),
    [
        (higher(), 20),
        (higher(), 500),
        (higher(0, 0), 0),
        (higher(10, 10), 10),
        (lower(), 10),
        (lower(), -5),
        (lower(5, 0), 0),
        (band(20), 40),
        (band(20), 60),
        (Aim("stabiel", 5, 5, 5, BASE, TARGET), 5),
        (Aim("hoger", 20, INF), 20),  # without base and date
    ],
)
def test_a_value_on_the_target_meets_it(aim: Aim, value: float) -> None:
    """The threshold is then the target itself, and the score the best, whatever the growth."""
    found = of_2025(aim, value)
    assert (found.status, found.regel, found.score) == ("bereikt", "streefwaarde", 5)
    assert found.drempel == (aim.low, aim.high)


@pytest.mark.parametrize(
    ("aim", "value"),
    [(higher(10, 10), 9), (higher(30, 20), 19), (lower(0, 0), 1), (band(50), 39), (band(40), 61)],
)
def test_a_base_that_met_the_target_and_a_value_that_does_not_is_the_wrong_way(aim: Aim, value: float) -> None:
    """No growth was needed, so there is no R; the score is the worst, and the target is what is needed."""
    found = of_2025(aim, value)
    assert (found.status, found.regel, found.score) == ("verkeerde_richting", "basis_voldeed", -5)
    assert math.isnan(found.R)
    assert found.nodig in (aim.low, aim.high)


@pytest.mark.parametrize(
    ("aim", "value", "rule"),
    [
        (Aim("", 1, INF, 0, BASE, TARGET), 0, "geen_richting"),
        (Aim("geen", 1, INF, 0, BASE, TARGET), 5, "geen_richting"),
        (higher(target=UNKNOWN), 5, "geen_streefwaarde"),
        (band(5, 60, 40), 50, "geen_streefwaarde"),  # from high to low
        (band(5, -INF, INF), 50, "geen_streefwaarde"),
        (higher(), UNKNOWN, "geen_meting"),
        (higher(), INF, "geen_meting"),
        (Aim("hoger", 20, INF, 10, dt.date(2026, 3, 31), TARGET), 15, "meting_voor_basis"),
        (Aim("hoger", 20, INF, UNKNOWN, BASE, TARGET), 15, "geen_basis"),
        (Aim("hoger", 20, INF, 10, None, TARGET), 15, "geen_basis"),
        (Aim("hoger", 20, INF, 10, NOW, TARGET), 10, "een_meting"),
        (Aim("hoger", 20, INF, 10, BASE, None), 15, "geen_streefdatum"),
        (Aim("hoger", 20, INF, 10, BASE, dt.date(2026, 1, 31)), 15, "voor_streefdatum"),
    ],
)
def test_what_cannot_be_said_is_unknown_and_says_why(aim: Aim, value: float, rule: str) -> None:
    """Nothing is made up beside it."""
    found = of_2025(aim, value)
    assert (found.status, found.regel, found.drempel) == ("onbekend", rule, ())
    assert all(math.isnan(figure) for figure in (found.R, found.score, found.nodig, found.verwacht))


@pytest.mark.parametrize("target", [dt.date(2024, 12, 31), NOW])
def test_a_target_that_was_measured_and_not_met_is_missed(target: dt.date) -> None:
    """On the target date itself or later; with a base that is unknown, or younger than the target, too."""
    for base_day in (BASE, None, dt.date(2025, 6, 30), NOW):
        found = of_2025(Aim("hoger", 20, INF, 10, base_day, target), 19)
        assert (found.status, found.regel, found.drempel) == ("gemist", "streefdatum", (20, INF))
    assert of_2025(Aim("hoger", 20, INF, 10, BASE, target), 20).status == "bereikt"


def test_a_target_that_was_not_measured_yet_is_not_missed() -> None:
    """The year is over, its value is not there: unknown. A value that meets the target before the date does."""
    aim = Aim("lager", -INF, 10, 20, BASE, dt.date(2025, 12, 31))
    value_of_2024 = dt.date(2024, 12, 31)
    assert judge(aim, 11, value_of_2024, AS_OF).regel == "voor_streefdatum"
    assert judge(aim, 11, value_of_2024, dt.date(2025, 12, 31)).status == "op_koers"
    assert judge(aim, 10, value_of_2024, AS_OF).status == "bereikt"


@pytest.mark.parametrize(
    ("months", "last_day"),
    [(1, dt.date(2026, 2, 28)), (3, dt.date(2026, 6, 30)), (6, dt.date(2026, 12, 31)), (12, dt.date(2027, 12, 31))],
)
def test_a_value_is_stale_after_two_intervals(months: int, last_day: dt.date) -> None:
    """A value of 2025: the day after the second interval it says nothing, not even that the target is met."""
    for value, status in ((15, "op_koers"), (20, "bereikt")):
        assert judge(higher(), value, NOW, last_day, months=months).status == status
        late = judge(higher(), value, NOW, last_day + dt.timedelta(days=1), months=months)
        assert (late.status, late.regel) == ("onbekend", "verouderd")


def test_a_missed_target_stays_missed_in_silence() -> None:
    """Not measuring any more does not make it unknown."""
    assert judge(higher(), 19, TARGET, dt.date(2039, 1, 1)).status == "gemist"


@pytest.mark.parametrize(
    ("aim", "value", "needed", "expected"),
    [
        (higher(), 12, 10 * 2**0.5, 14.4),
        (lower(), 18, 20 / 2**0.5, 16.2),
        (higher(0, 100), 30, 50, 60),
        (lower(0, -10), 5, -5, 10),
        (higher(), -5, 10 * 2**0.5, -20),  # nothing is left to grow: straight on
        (band(20), 25, 30, 30),
        (band(80), 90, 70, 100),
        (band(50), 65, 60, 80),
        (band(50), 50, UNKNOWN, 50),
    ],
)
def test_what_the_path_asks_and_where_it_leads(aim: Aim, value: float, needed: float, expected: float) -> None:
    """Halfway in time; straight where growth is linear."""
    found = of_2025(aim, value)
    assert found.nodig == pytest.approx(needed, nan_ok=True)
    assert found.verwacht == pytest.approx(expected)


def test_after_the_target_date_the_path_asks_the_target() -> None:
    """And there is nothing to expect any more."""
    found = judge(higher(), 19, dt.date(2031, 12, 31), dt.date(2032, 2, 14))
    assert found.nodig == pytest.approx(20)
    assert math.isnan(found.verwacht)


NUMBERS = st.one_of(
    st.floats(-100, 100),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, 5e-324, -5e-324, sys.float_info.max, -sys.float_info.max, 1.0, 1 + 2**-52, 2 - 2**-52, 2.0]),
)
DAYS = st.one_of(st.none(), st.dates(dt.date(2019, 1, 1), dt.date(2032, 12, 31)))


@st.composite
def aims(draw: st.DrawFn) -> Aim:
    """Draw what a meetpunt can ask."""
    direction = draw(st.sampled_from(DIRECTIONS))
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    good = {"hoger": (low, INF), "lager": (-INF, high)}.get(direction, (low, high))
    return Aim(direction, *good, draw(NUMBERS), draw(DAYS), draw(DAYS))


@given(aims(), NUMBERS, DAYS, st.integers(0, 1000))
@settings(max_examples=100, deadline=None)
def test_every_number_has_exactly_one_status(aim: Aim, value: float, day: dt.date | None, age: int) -> None:
    """Nought, negative, tiny and huge numbers included, with any dates; what is unknown has no score."""
    found = judge(aim, value, day, (day or NOW) + dt.timedelta(days=age))
    assert found.status in STATUSES
    assert found.regel in RULES
    if found.regel in ("groei", "lineair", "afstand"):
        least, most = found.drempel
        assert least - 1e-9 <= found.R < most
        assert -5 <= found.score <= 5
    if found.status == "onbekend":
        assert math.isnan(found.score)
        assert found.drempel == ()
    assert (found.status == "bereikt") <= (aim.low <= value <= aim.high)


def lack(aim: Aim, value: float) -> Fraction:
    """Return exactly how far a value is from the good ones."""
    edges = [(Fraction(edge), sign) for edge, sign in ((aim.low, 1), (aim.high, -1)) if math.isfinite(edge)]
    return max(sign * (edge - Fraction(value)) for edge, sign in edges)


@given(aims(), NUMBERS, NUMBERS)
@settings(max_examples=100, deadline=None)
def test_a_better_value_never_has_a_worse_status(aim: Aim, one: float, other: float) -> None:
    """Nearer to what is good, on the same day: at least as good a status, and no lower R or score."""
    dated = Aim(aim.direction, aim.low, aim.high, aim.base, BASE, TARGET)
    better, worse = (of_2025(dated, value) for value in sorted((one, other), key=lambda value: lack(aim, value)))
    assert STATUSES.index(better.status) <= STATUSES.index(worse.status)
    assert not better.score < worse.score
    assert better.status == "bereikt" or not worse.R - 1e-9 * abs(worse.R) > better.R


@given(aims(), NUMBERS, DAYS)
@settings(max_examples=100, deadline=None)
def test_meeting_the_target_is_the_best_that_can_be_said(aim: Aim, value: float, day: dt.date | None) -> None:
    """On any day: moving a value onto the target never makes its status worse."""
    goal = aim.low if math.isfinite(aim.low) else aim.high
    as_of = (day or NOW) + dt.timedelta(days=40)
    met, own = (judge(aim, number, day, as_of) for number in (goal, value))
    assert STATUSES.index(met.status) <= STATUSES.index(own.status)


@given(st.floats(1, 100), st.floats(1, 100), st.floats(1, 100))
@settings(max_examples=100, deadline=None)
def test_who_has_what_the_path_asks_is_in_time(base: float, target: float, value: float) -> None:
    """R is at least 1 exactly where the value reaches the path."""
    found = of_2025(higher(base, target), value)
    if found.regel == "groei" and abs(found.nodig - value) > 1e-6:
        assert (value > found.nodig) == (found.R > 1)


@pytest.mark.parametrize("value", [sys.float_info.max, -sys.float_info.max])
def test_the_largest_numbers_are_only_very_far(value: float) -> None:
    """R stops at a thousand; nothing overflows."""
    for base in (math.nextafter(abs(value), 0), -abs(value), 0.0, 5e-324):
        found = of_2025(Aim("band", abs(value), INF, base, BASE, TARGET), value)
        assert abs(found.R) <= 1000
        assert found.status == ("bereikt" if value > 0 else found.status)


def test_the_bands_leave_no_gap() -> None:
    """From the best down to minus infinity."""
    assert [least for _, least in BANDS] == sorted((least for _, least in BANDS), reverse=True)
    assert BANDS[-1][1] == -INF


def point(code: str, **changes: Any) -> dict[str, Any]:
    """Return a row of ``meetpunten``: from 10 in 2020 to 20 in 2030."""
    row: dict[str, Any] = {"meetpunt_code": code, "doelstelling_code": "1.1", "richting": "hoger", "frequentie": "jaar"}
    row |= {"basis_waarde": 10.0, "basis_periode": "2020", "streef_waarde": 20.0, "streef_periode": "2030"}
    row |= {"streef_onder": UNKNOWN, "streef_boven": UNKNOWN, "kwartaal": "2025Q4", "bekend_op": "2026-01-20"}
    return row | changes


def points(*rows: dict[str, Any]) -> pd.DataFrame:
    """Build ``meetpunten`` out of rows."""
    return dated(pd.DataFrame(rows, columns=list(point("1"))), "basis_periode", "streef_periode")


def measured(*rows: tuple[str, str, float], quarter: str = "2025Q4", known: str = "2026-01-20") -> pd.DataFrame:
    """Build ``metingen`` out of code, period and value."""
    frame = pd.DataFrame(rows, columns=["meetpunt_code", "periode", "waarde"])
    return dated(frame.assign(kwartaal=quarter, bekend_op=known).astype({"waarde": float}), "periode")


def dated(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Add the first and last day of each period."""
    for name in names:
        periods = [Period.parse(text) for text in frame[name]]
        frame[f"{name}_van"] = pd.to_datetime(pd.Series([period and period.start for period in periods], dtype=object))
        frame[f"{name}_tot"] = pd.to_datetime(pd.Series([period and period.end for period in periods], dtype=object))
    return frame.assign(bekend_op=pd.to_datetime(frame["bekend_op"]))


def test_the_table_has_one_row_per_meetpunt() -> None:
    """In the order of the code, with the latest value, its age and what the status rests on."""
    values = measured(("b", "2024", 11), ("b", "2025", 14), ("a", "2023", 12))
    found = meetpunt_status(points(point("b"), point("a"), point("c")), values, AS_OF)
    assert found.columns.tolist() == list(COLUMNS)
    assert found["meetpunt_code"].tolist() == ["a", "b", "c"]
    assert found["status"].tolist() == ["onbekend", "op_koers", "onbekend"]
    assert found["regel"].tolist() == ["verouderd", "groei", "geen_meting"]
    assert found["laatste_periode"].tolist() == ["2023", "2025", ""]
    assert found["leeftijd_dagen"].tolist() == pytest.approx([776, 45, UNKNOWN], nan_ok=True)
    inputs = found["inputs"].iloc[1]
    assert (inputs["basis_waarde"], inputs["streef_periode"], inputs["laatste_waarde"]) == (10, "2030", 14)


@pytest.mark.parametrize(
    ("frequency", "last_day"),
    [
        ("maand", "2026-02-28"),
        ("kwartaal", "2026-06-30"),
        ("halfjaar", "2026-12-31"),
        ("jaar", "2027-12-31"),
        ("", "2027-12-31"),
    ],
)
def test_the_frequency_says_when_a_value_is_stale(frequency: str, last_day: str) -> None:
    """Two intervals after the end of its period; unknown is a year."""
    table, values = points(point("a", frequentie=frequency)), measured(("a", "2025", 14))
    day = dt.date.fromisoformat(last_day)
    assert meetpunt_status(table, values, day)["status"].iloc[0] == "op_koers"
    assert meetpunt_status(table, values, day + dt.timedelta(days=1))["regel"].iloc[0] == "verouderd"


def test_a_period_counts_from_its_first_day() -> None:
    """On the first of January the new year has begun."""
    values = measured(("a", "2025", 14), ("a", "2026", 15))
    found = meetpunt_status(points(point("a")), values, dt.date(2026, 1, 1)).iloc[0]
    assert found["laatste_periode"] == "2026"


def test_the_last_delivery_counts() -> None:
    """Of a meetpunt and of a value: a correction, and a later quarter that sets another target."""
    old = point("a", streef_waarde=12.0, kwartaal="2025Q3", bekend_op="2026-03-01")
    values = pd.concat(
        [
            measured(("a", "2025", 19), known="2026-02-01"),
            measured(("a", "2025", 99), known="2026-01-01"),
            measured(("a", "2025", 77), quarter="2025Q3", known="2026-02-02"),
        ]
    )
    found = meetpunt_status(points(point("a"), old), values, AS_OF).iloc[0]
    assert (found["laatste_waarde"], found["inputs"]["streef_waarde"]) == (19, 20)


def test_a_withdrawn_value_is_no_value() -> None:
    """The period before it is then the last one."""
    values = pd.concat(
        [
            measured(("a", "2024", 13), ("a", "2025", 14)),
            measured(("a", "2025", UNKNOWN), known="2026-02-01"),
        ]
    )
    assert meetpunt_status(points(point("a")), values, AS_OF)["laatste_periode"].iloc[0] == "2024"


def test_a_period_that_runs_stands_for_today_and_one_ahead_for_nothing() -> None:
    """A value of 2026 has age nought in February, one of 2027 is a wish. Of two that end together the year counts."""
    values = measured(("a", "2026", 14), ("a", "2027", 99), ("b", "2025Q4", 99), ("b", "2025", 14))
    found = meetpunt_status(points(point("a"), point("b")), values, AS_OF)
    assert found["laatste_periode"].tolist() == ["2026", "2025"]
    assert found["leeftijd_dagen"].tolist() == [0, 45]


@pytest.mark.parametrize(
    ("changes", "value", "status", "rule"),
    [
        ({"frequentie": "maand"}, 14, "op_koers", "groei"),
        ({"frequentie": ""}, 14, "op_koers", "groei"),
        ({"richting": "lager", "streef_waarde": 5.0}, 6, "op_koers", "groei"),
        ({"richting": "band", "streef_onder": 20.0, "streef_boven": 30.0}, 15, "op_koers", "afstand"),
        ({"richting": "band", "streef_onder": 20.0}, 99, "bereikt", "streefwaarde"),
        ({"richting": "band", "streef_boven": 20.0}, -99, "bereikt", "streefwaarde"),
        ({"richting": "band"}, 15, "onbekend", "geen_streefwaarde"),
        ({"richting": "stabiel", "streef_waarde": 10.0}, 10, "bereikt", "streefwaarde"),
        ({"richting": "stabiel", "streef_waarde": 10.0}, 10.1, "verkeerde_richting", "basis_voldeed"),
        (
            {"richting": "stabiel", "streef_waarde": 10.0, "streef_onder": 9.0, "streef_boven": 11.0},
            10.9,
            "bereikt",
            "",
        ),
        ({"richting": "stabiel", "streef_waarde": UNKNOWN}, 10, "onbekend", "geen_streefwaarde"),
        ({"richting": ""}, 14, "onbekend", "geen_richting"),
        ({"streef_waarde": UNKNOWN}, 14, "onbekend", "geen_streefwaarde"),
        ({"streef_waarde": INF}, 14, "onbekend", "geen_streefwaarde"),
        ({"streef_periode": ""}, 14, "onbekend", "geen_streefdatum"),
        ({"streef_periode": "2025"}, 14, "gemist", "streefdatum"),
        ({"basis_periode": ""}, 14, "onbekend", "geen_basis"),
        ({"basis_periode": "2026"}, 14, "onbekend", "meting_voor_basis"),
        ({"basis_periode": "2025"}, 14, "onbekend", "een_meting"),
        ({"basis_waarde": UNKNOWN}, 20, "bereikt", "streefwaarde"),
    ],
)
def test_what_a_row_asks(changes: dict[str, Any], value: float, status: str, rule: str) -> None:
    """Direction, target and tolerance, frequency and periods, known and unknown."""
    found = meetpunt_status(points(point("a", **changes)), measured(("a", "2025", value)), AS_OF).iloc[0]
    assert found["status"] == status
    assert rule in (found["regel"], "")


def test_empty_tables_give_an_empty_table() -> None:
    """With all its columns; a plan that was never measured is unknown."""
    assert meetpunt_status(points(), measured(), AS_OF).columns.tolist() == list(COLUMNS)
    assert meetpunt_status(points(point("a")), measured(), AS_OF)["status"].tolist() == ["onbekend"]
