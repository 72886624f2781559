"""The board's table: one honest verdict per krachtlijn."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.models.boordtabel import VERDICTS, WHOLE, board, roll_up


def actions(*rows: tuple[str, str, str, int | None]) -> pd.DataFrame:
    """Return actions: krachtlijn, code, status, age of the youngest evidence in days."""
    return pd.DataFrame(rows, columns=["krachtlijn_code", "actie_code", "status", "leeftijd_dagen"])


@pytest.mark.parametrize(
    ("statuses", "ages", "verdict"),
    [
        (["loopt", "gestart", "geen_spoor"], [10, 10, None], "beweging"),
        (["loopt", "geen_spoor"], [10, None], "beweging"),
        (["loopt", "geen_spoor", "geen_spoor"], [10, None, None], "te_weinig"),
        (["vertraagd", "geen_spoor", "geen_spoor"], [10, None, None], "vertraagd"),
        (["voltooid", "voltooid", "vertraagd"], [10, 10, 10], "vertraagd"),
        (["loopt", "loopt", "gestart"], [731, 731, 10], "stil"),
        (["loopt", "voltooid"], [731, 2000], "beweging"),
        (["voltooid", "voltooid"], [2000, 2000], "voltooid"),
        (["voltooid", "overgenomen"], [2000, 2000], "overgenomen"),
        (["geen_spoor"], [None], "te_weinig"),
        ([], [], "te_weinig"),
    ],
)
def test_the_roll_up_never_hides_bad_news_or_silence(statuses: list[str], ages: list[int | None], verdict: str) -> None:
    """A delay comes first; silence, now or for two years, is never 'on the move'."""
    assert roll_up(pd.DataFrame({"status": statuses, "leeftijd_dagen": ages})) == verdict
    assert verdict in VERDICTS


def test_each_krachtlijn_has_a_row_and_the_plan_the_last() -> None:
    """Counts, worst actions, trend and age are those of the row's own actions."""
    now = actions(("1", "1.1", "loopt", 400), ("1", "1.2", "vertraagd", 800), ("2", "2.1", "geen_spoor", None))
    before = actions(("1", "1.1", "geen_spoor", None), ("1", "1.2", "gestart", 700), ("2", "2.1", "geen_spoor", None))
    rows = board(now, before, before).set_index("krachtlijn_code")
    assert list(rows.index) == ["1", "2", WHOLE]
    assert rows.loc["1", ["acties", "vooruit", "onbekend", "vorig", "jaar", "oud"]].tolist() == [2, 1, 0, 1, 1, 1]
    assert rows.loc["1", "laat"] == ("1.2",)
    assert rows.loc["1", "maanden"] == 19  # the median of 400 and 800 days
    assert rows.loc[WHOLE, ["acties", "vooruit", "onbekend"]].tolist() == [3, 1, 1]
    assert rows.loc["2", "oordeel"] == "te_weinig"


def test_what_is_not_known_stays_unknown() -> None:
    """No evidence has no age, and a plan that did not exist a year ago has no trend over a year."""
    row = board(actions(("1", "1.1", "geen_spoor", None)), actions(("1", "1.1", "geen_spoor", None)), None).iloc[0]
    assert math.isnan(row["maanden"])
    assert math.isnan(row["jaar"])


def test_a_plan_without_actions_has_no_rows() -> None:
    """Nothing to roll up: no row for a whole of nothing."""
    none = actions()
    assert board(none, none, None).empty
