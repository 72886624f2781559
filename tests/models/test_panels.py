"""Survey panels: intervals, tests and sizes as published, and what holds for every table of answers."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.intervals import newcombe
from analysis.models.panels import (
    FISHER,
    POOLED,
    between,
    cohen_h,
    compared,
    holm,
    needed,
    shares,
    since,
    size_of,
    two_sided,
)

Asked = tuple[str, str, str, int, int]


def delivered(*rows: Asked, known: str = "2026-08-01") -> pd.DataFrame:
    """Answers as (wave, question, panel, answers, favourable)."""
    columns = ["kwartaal", "vraag_code", "panel", "antwoorden", "gunstig"]
    return pd.DataFrame(rows, columns=columns).assign(bekend_op=pd.Timestamp(known))


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Two shares of at least one answer each: favourable, answers, favourable, answers."""
    n, m = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    return draw(st.integers(0, n)), n, draw(st.integers(0, m)), m


# --- as published -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_that_of_the_literature(
    table: tuple[int, int, int, int], low: float, high: float
) -> None:
    """Newcombe (1998), Statistics in Medicine 17, 873-890, table II, contrasts (a) to (h), method 10."""
    assert newcombe(*table) == pytest.approx((low, high), abs=5e-5)


def test_the_exact_test_is_fisher_s() -> None:
    """The lady tasting tea (Fisher 1935, The Design of Experiments, chapter 2): three of four right, 34 of 70 ways."""
    assert two_sided(3, 4, 1, 4) == (FISHER, pytest.approx(34 / 70))
    assert two_sided(4, 4, 0, 4) == (FISHER, pytest.approx(2 / 70))


def test_the_z_test_is_pearson_s_chi_squared() -> None:
    """Its square is the statistic of the table of four cells without correction (Fleiss, Levin and Paik 2003, 3.1)."""
    from scipy.stats import chi2_contingency

    for hits, n, other, m in ((56, 70, 48, 80), (197, 395, 120, 356), (30, 300, 60, 300)):
        expected = chi2_contingency([[hits, n - hits], [other, m - other]], correction=False).pvalue
        assert two_sided(hits, n, other, m) == (POOLED, pytest.approx(expected))


def test_few_expected_answers_ask_for_the_exact_test() -> None:
    """Five expected in each cell are enough, fewer in one are not: also where nearly everybody is favourable."""
    assert two_sided(5, 50, 5, 50)[0] == two_sided(45, 50, 45, 50)[0] == POOLED
    assert two_sided(4, 50, 5, 50)[0] == two_sided(46, 50, 45, 50)[0] == FISHER
    assert two_sided(10, 10, 20, 20) == (FISHER, pytest.approx(1.0))


@pytest.mark.parametrize(
    ("high", "low", "h", "word"),
    [
        (1.0, 0.0, math.pi, "groot"),
        (0.75, 0.25, math.pi / 3, "groot"),
        (0.5, 0.25, math.pi / 6, "middelgroot"),
        (0.5, 0.5 - math.sqrt(3) / 4, math.pi / 3, "groot"),
        (0.5, 0.5, 0.0, "kleiner"),
        (0.5, 0.4, 0.2014, "klein"),
    ],
)
def test_effects_have_cohen_s_size_and_word(high: float, low: float, h: float, word: str) -> None:
    """Cohen (1988), Statistical Power Analysis, chapter 6: the difference of 2 arcsin(sqrt(share)), here known angles.

    Small from .2, medium from .5, large from .8, in either direction.
    """
    assert cohen_h(high, low) == pytest.approx(h, abs=5e-5)
    assert (size_of(cohen_h(high, low)), size_of(cohen_h(low, high))) == (word, word)


def test_holm_steps_down() -> None:
    """The 15 outcomes of Benjamini and Hochberg (1995), JRSS B 57, 289-300, section 4.1.

    They report that three are found under control of even one false alarm, by Bonferroni and by Hochberg's steps up:
    Holm's steps down lie between the two.
    """
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    found = holm(p)
    assert found[:4] == pytest.approx([0.0015, 0.0056, 0.0247, 0.1140])
    assert sum(one < 0.05 for one in found) == 3
    assert found[10:] == [1.0] * 5
    assert found[6] == found[7] == pytest.approx(max(0.0278 * 10, 0.0298 * 9, 0.0344 * 8))


def test_the_answers_needed_are_those_of_the_handbook() -> None:
    """R's power.prop.test(p1 = .50, p2 = .75, power = .90) gives n = 76.7 in its manual; .30 against .20 by hand."""
    assert needed(0.50, 0.75, power=0.90) == pytest.approx(76.7, abs=0.05)
    by_hand = (1.959964 * math.sqrt(2 * 0.25 * 0.75) + 0.841621 * math.sqrt(0.21 + 0.16)) ** 2 / 0.01
    assert needed(0.3, 0.2) == pytest.approx(by_hand, rel=1e-6) == pytest.approx(293.2, abs=0.1)


# --- what holds for all -----------------------------------------------------------------------------------------------


@settings(max_examples=50)
@given(tables())
def test_the_other_way_round_everything_is_mirrored(table: tuple[int, int, int, int]) -> None:
    """Difference, interval and effect change sign; test, likelihood and the word for the size stay."""
    one, other = compared(*table), compared(*table[2:], *table[:2])
    assert one["verschil"] == pytest.approx(-other["verschil"])
    assert (one["onder"], one["boven"]) == pytest.approx((-other["boven"], -other["onder"]))
    assert one["h"] == pytest.approx(-other["h"])
    assert (one["toets"], one["grootte"]) == (other["toets"], other["grootte"])
    assert one["p"] == pytest.approx(other["p"])


@settings(max_examples=50)
@given(tables())
def test_the_interval_holds_the_difference_within_what_is_possible(table: tuple[int, int, int, int]) -> None:
    """Never beyond 100 points; a likelihood is between 0 and 1."""
    found = compared(*table)
    assert -100 - 1e-9 <= found["onder"] <= found["verschil"] + 1e-9
    assert found["verschil"] - 1e-9 <= found["boven"] <= 100 + 1e-9
    assert 0 <= found["p"] <= 1 + 1e-9


@settings(max_examples=50)
@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 3))
def test_equal_shares_do_not_differ(hits: int, misses: int, times: int) -> None:
    """Of samples of another size too: no difference, no effect, and nothing that chance does not give."""
    n = hits + misses
    found = compared(hits, n, times * hits, times * n)
    assert (found["verschil"], found["h"]) == pytest.approx((0, 0), abs=1e-9)
    assert found["onder"] < 0 < found["boven"]
    assert found["p"] == pytest.approx(1)


@settings(max_examples=50)
@given(st.lists(st.floats(0, 1), max_size=12))
def test_a_correction_lowers_nothing_and_keeps_the_order(p: list[float]) -> None:
    """Between the likelihood itself and that times the number of tests, at most 1; what is surer stays surer."""
    found = holm(p)
    assert all(one <= two <= min(1.0, len(p) * one + 1e-12) for one, two in zip(p, found, strict=True))
    assert [found[place] for place in sorted(range(len(p)), key=lambda place: p[place])] == sorted(found)


# --- questions, panels and waves --------------------------------------------------------------------------------------


def test_shares_are_those_of_the_last_delivery_on_a_wave() -> None:
    """A correction replaces; V2 comes before V10, and the internal panel before the external one."""
    rows = [("2026Q2", "V10", "extern", 100, 40), ("2026Q2", "V2", "extern", 100, 50), ("2026Q2", "V2", "intern", 9, 5)]
    corrected = delivered(("2026Q2", "V10", "extern", 263, 81), known="2026-09-01")
    found = shares(pd.concat([corrected, delivered(*rows)]))
    assert found[["vraag_code", "panel"]].to_numpy().tolist() == [
        ["V2", "intern"],
        ["V2", "extern"],
        ["V10", "extern"],
    ]
    last = found.iloc[-1]
    assert (last["aandeel"], last["onder"], last["boven"]) == pytest.approx((30.80, 25.53, 36.62), abs=0.005)


def test_the_panels_meet_in_the_last_wave_that_both_have() -> None:
    """A later wave of one of them does not count; a question that only one was asked is not compared."""
    rows = [
        ("2022Q4", "V1", "intern", 300, 200),
        ("2022Q4", "V1", "extern", 300, 150),
        ("2024Q2", "V1", "intern", 300, 100),
        ("2024Q2", "V2", "intern", 300, 100),
    ]
    found = between(shares(delivered(*rows)))
    assert found[["vraag_code", "kwartaal", "oordeel"]].to_numpy().tolist() == [["V1", "2022Q4", 1]]
    assert found["verschil"].iloc[0] == pytest.approx(100 / 6)


def test_a_wave_is_set_against_the_one_before_it() -> None:
    """The last one that the panel was asked before, also where a wave was passed over; once asked is no change."""
    rows = [
        ("2022Q4", "V1", "intern", 300, 200),
        ("2023Q4", "V1", "intern", 300, 190),
        ("2024Q2", "V2", "extern", 300, 100),
        ("2026Q2", "V1", "intern", 300, 100),
    ]
    found = since(shares(delivered(*rows))).iloc[0]
    assert (found["vraag_code"], found["vorig_kwartaal"], found["kwartaal"]) == ("V1", "2023Q4", "2026Q2")
    assert (found["verschil"], found["oordeel"]) == (pytest.approx(-30), -1)


def test_what_is_tested_together_is_corrected_together() -> None:
    """One difference that would be shown alone is not among five other questions."""
    alone: list[Asked] = [("2026Q2", "V1", "intern", 300, 175), ("2026Q2", "V1", "extern", 300, 150)]
    others: list[Asked] = [("2026Q2", f"V{n}", panel, 300, 150) for n in range(2, 7) for panel in ("intern", "extern")]
    assert between(shares(delivered(*alone)))["oordeel"].tolist() == [1]
    found = between(shares(delivered(*alone, *others)))
    assert found["oordeel"].tolist() == [0] * 6
    assert found["p_holm"].iloc[0] == pytest.approx(6 * found["p"].iloc[0])


def test_without_a_pair_nothing_is_tested() -> None:
    """One panel, one wave: tables with all columns and no row."""
    known = shares(delivered(("2026Q2", "V1", "intern", 300, 175)))
    empty: Any = (between(known), since(known))
    assert [len(found) for found in empty] == [0, 0]
    assert all({"p_holm", "oordeel", "verschil"} <= set(found) for found in empty)
