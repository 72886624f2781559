"""Realised, budgeted, estimated and planned amounts stay apart."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.models import money
from analysis.models.money import DIRECT, ESTIMATE, INITIAL, RATING, REALISED


def _budget(*rows: tuple[str, str, float | str, str, str], known: str = "2021-07-31") -> pd.DataFrame:
    """One row per (series, day, value, kind, source); the lowest rank is that of source 'a'."""
    frame = pd.DataFrame(list(rows), columns=["reeks", "dag", "waarde", "soort", "bron_id"])
    numbers = pd.to_numeric(frame["waarde"], errors="coerce")
    return frame.drop(columns="dag").assign(
        periode_tot=pd.to_datetime(frame["dag"]),
        waarde=frame["waarde"].astype(str),
        waarde_getal=numbers,
        eenheid=["rating" if missing else money.MILLIONS for missing in numbers.isna()],
        entiteit="BHG",
        opmerking="",
        bekend_op=pd.Timestamp(known),
        rang=frame["bron_id"].map({"a": 1.0, "plan": 3.0}).fillna(4.0),
    )


def test_percentages_and_other_series_are_left_out() -> None:
    """Only millions of euro of the asked series, with the plan's own rows marked."""
    budget = _budget(
        (DIRECT, "2025-12-31", 10100, ESTIMATE, "plan"),
        (DIRECT, "2020-12-31", 6400, REALISED, "a"),
        ("schuldgraad", "2020-12-31", 179, REALISED, "a"),
    )
    budget.loc[1, "eenheid"] = "pct"
    rows = money.amounts(budget, (DIRECT,), "plan")
    assert rows[["waarde", "jaar", "plan"]].values.tolist() == [[10100.0, 2025, True]]


def test_without_a_plan_no_row_is_the_plans() -> None:
    """An empty source code marks nothing."""
    rows = money.amounts(_budget((DIRECT, "2025-12-31", 1, ESTIMATE, "")), (DIRECT,))
    assert not rows["plan"].any()


def _debt(*more: tuple[str, str, float | str, str, str]) -> pd.DataFrame:
    plan = _budget((DIRECT, "2021-02-28", 6000, REALISED, "plan"), (DIRECT, "2025-12-31", 10100, ESTIMATE, "plan"))
    later = _budget(*more, known="2023-10-31")
    return money.amounts(pd.concat([plan, later], ignore_index=True), (DIRECT,), "plan")


def test_what_came_is_not_the_plans_own_start() -> None:
    """The realised figure comes from outside the plan; before the target's year no deviation is given."""
    check = money.plan_check(_debt((DIRECT, "2020-12-31", 6400, REALISED, "a")))
    assert check.start is not None
    assert check.realised is not None
    assert (check.start["waarde"], check.realised["waarde"]) == (6000, 6400)
    assert not check.reached
    assert check.deviation is None


def test_a_realised_figure_of_the_targets_year_gives_the_deviation() -> None:
    """Deviation = what came minus the plan, even when a later year is known too."""
    check = money.plan_check(
        _debt((DIRECT, "2025-12-31", 12000, REALISED, "a"), (DIRECT, "2026-12-31", 13000, REALISED, "a"))
    )
    assert check.reached
    assert check.deviation == 1900


def test_estimates_that_count_were_made_after_the_plan() -> None:
    """Of the latest year up to the target's, beyond what is realised; older estimates do not count."""
    facts = _debt(
        (DIRECT, "2022-12-31", 8850, REALISED, "a"),
        (DIRECT, "2023-12-31", 10000, ESTIMATE, "b"),
        (DIRECT, "2024-12-31", 11400, ESTIMATE, "b"),
        (DIRECT, "2028-12-31", 17000, ESTIMATE, "b"),
    )
    old = money.amounts(_budget((DIRECT, "2025-12-31", 11200, ESTIMATE, "c"), known="2020-06-11"), (DIRECT,))
    check = money.plan_check(pd.concat([facts, old]))
    assert check.later["waarde"].tolist() == [11400]


def test_a_plan_without_figures_has_no_target() -> None:
    """Neither target nor deviation is made up."""
    check = money.plan_check(money.amounts(_budget((DIRECT, "2022-12-31", 1, REALISED, "a")), (DIRECT,)))
    assert check.target is None
    assert check.deviation is None
    assert check.later.empty


def test_budgets_show_the_best_source_and_estimates_their_span() -> None:
    """The better rank is shown with its contradiction counted; of estimates none is chosen."""
    facts = money.amounts(
        _budget(
            ("begrotingssaldo", "2024-12-31", -950, INITIAL, "b"),
            ("begrotingssaldo", "2024-12-31", -450, INITIAL, "a"),
            ("begrotingssaldo", "2024-12-31", -1600, ESTIMATE, "b"),
            ("begrotingssaldo", "2024-12-31", -5.8, ESTIMATE, "c"),
        ),
        money.BALANCES,
    )
    row = money.per_year(facts).iloc[0]
    assert (row[INITIAL], row["begroot_initieel_conflicten"]) == (-450, 1)
    assert (row[ESTIMATE], row["raming_hoog"]) == (-1600, -5.8)
    assert pd.isna(row[REALISED])


def test_estimates_alone_make_a_row() -> None:
    """A year that was only estimated is not dropped."""
    facts = money.amounts(_budget(("begrotingssaldo", "2027-12-31", -719, ESTIMATE, "a")), money.BALANCES)
    assert money.per_year(facts)["jaar"].tolist() == [2027]


def test_a_rise_tells_what_the_year_before_must_have_been() -> None:
    """8,850 after a rise of 1,763 means 7,087 before, not 6,900; an equal level is no news."""
    debt = pd.DataFrame({"jaar": [2021, 2022], "waarde": [6900.0, 8850.0]})
    rises = pd.DataFrame({"jaar": [2022, 2030], "waarde": [1763.0, 1.0]})
    found = money.implied_levels(debt, rises)
    assert found[["afgeleid", "vermeld"]].values.tolist() == [[7087.0, 6900.0]]
    assert money.implied_levels(debt, rises.assign(waarde=1950.0)).empty


@pytest.mark.parametrize(
    ("note", "also"),
    [
        ("Stabiel", ()),
        ('CONFLICT: "AA-rating" kan als AA of AA- gelezen worden', ("AA-",)),
        ("artikelen noemen AA- als vorige rating, A bleef buiten beeld", ("AA-",)),
    ],
)
def test_a_note_that_names_another_grade_is_kept(note: str, also: tuple[str, ...]) -> None:
    """The shown grade is that of the best source; what its note names besides stands beside it."""
    rows = _budget((RATING, "2022-09-23", "AA", REALISED, "b")).assign(opmerking=note)
    shown = money.ratings(rows).iloc[0]
    assert (shown["waarde"], shown["trede"], shown["ook"]) == ("AA", 2, also)


def test_two_sources_on_one_day_give_one_assessment() -> None:
    """The better rank is shown, the other grade is named beside it."""
    rows = _budget((RATING, "2022-09-23", "AA-", REALISED, "z"), (RATING, "2022-09-23", "AA", REALISED, "a"))
    shown = money.ratings(rows)
    assert shown[["waarde", "conflicten", "ook"]].values.tolist() == [["AA", 1, ("AA-",)]]


def test_investments_deviate_only_where_both_are_known() -> None:
    """A planned year without a budget has no deviation, and a budget is not the plan's."""
    name = money.INVESTMENTS
    facts = money.amounts(
        _budget(
            (name, "2021-12-31", 500, ESTIMATE, "plan"),
            (name, "2022-12-31", 500, ESTIMATE, "plan"),
            (name, "2022-12-31", 400, INITIAL, "a"),
        ),
        (name,),
        "plan",
    )
    rows = money.investments(facts).set_index("jaar")
    assert pd.isna(rows.loc[2021, "afwijking"])
    assert rows.loc[2022, "afwijking"] == -100
    assert rows[ESTIMATE].isna().all()


def test_nothing_known_gives_nothing() -> None:
    """Empty tables are no error."""
    empty = money.amounts(_budget(), (DIRECT,))
    assert money.plan_check(empty).realised is None
    assert money.per_year(empty).empty
    assert money.investments(empty).empty
    assert money.ratings(_budget()).empty
