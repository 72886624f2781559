"""Initial, adjusted, realised: a rate of what counts alike, and a dash for the rest."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.models import execution
from analysis.models.money import ADJUSTED, INITIAL, REALISED

NET, BUDGET, RECEIPTS = "netto_te_financieren_saldo", "begrotingssaldo", "ontvangsten"


def _facts(*rows: tuple[str, int, str, float, str, str], entity: str = "BHG") -> pd.DataFrame:
    """One row per (series, year, kind, value, note, source)."""
    frame = pd.DataFrame(list(rows), columns=["reeks", "jaar", "soort", "waarde", "opmerking", "bron_id"])
    end = pd.to_datetime(frame["jaar"].astype(str) + "-12-31")
    return frame.assign(periode_tot=end, periode_soort="jaar", entiteit=entity, eenheid="EUR_mln", rang=4.0)


def test_a_rate_and_a_difference_by_hand() -> None:
    """1,400 of an adjusted deficit of 2,000 is 70 %, and 600 better; the initial 1,000 is not the measure."""
    facts = _facts((NET, 2020, INITIAL, -1000, "", "a"), (NET, 2020, ADJUSTED, -2000, "", "a"))
    rows = execution.stages(pd.concat([facts, _facts((NET, 2020, REALISED, -1400, "", "a"))], ignore_index=True))
    assert rows[["graad", "verschil"]].values.tolist() == [[70.0, 600.0]]
    assert rows["een_bron"].all()


def test_without_an_adjusted_budget_there_is_a_difference_but_no_rate() -> None:
    """The last budget known is then the initial one."""
    row = execution.stages(
        _facts((RECEIPTS, 2020, INITIAL, 100, "", "a"), (RECEIPTS, 2020, REALISED, 90, "", "b"))
    ).iloc[0]
    assert pd.isna(row["graad"])
    assert (row["verschil"], row["een_bron"]) == (-10, False)


@pytest.mark.parametrize("note", ["CONFLICT: ander begrip", "andere perimeter"])
def test_what_counts_otherwise_stands_in_a_row_of_its_own(note: str) -> None:
    """Two notions of one year are two rows, and nothing is computed between them."""
    facts = _facts((RECEIPTS, 2018, ADJUSTED, 4220, "", "a"), (RECEIPTS, 2018, REALISED, 4700, note, "b"))
    rows = execution.stages(facts)
    assert len(rows) == 2
    assert rows[["graad", "verschil"]].isna().all(axis=None)


@pytest.mark.parametrize(("source", "rate"), [("a", 75.0), ("b", None)])
def test_an_unstated_notion_is_compared_within_its_source_only(source: str, rate: float | None) -> None:
    """The balance of the budget means what its source means by it."""
    facts = _facts((BUDGET, 2022, ADJUSTED, -2000, "", "a"), (BUDGET, 2022, REALISED, -1500, "", source))
    found = execution.stages(facts)["graad"].iloc[0]
    assert found == rate if rate else pd.isna(found)


def test_one_stage_or_two_entities_are_not_shown() -> None:
    """A budget of the Region and an outcome of its services are two figures with one stage each."""
    one = _facts((NET, 2020, ADJUSTED, -2000, "", "a"))
    other = _facts((NET, 2020, REALISED, -1400, "", "a"), entity="BHG-DBHR")
    assert execution.stages(pd.concat([one, other], ignore_index=True)).empty


@pytest.mark.parametrize("realised", [0.0, 50.0])
def test_amounts_of_opposite_sign_have_no_rate(realised: float) -> None:
    """A surplus is no share of a deficit, nor is nought."""
    facts = _facts((NET, 2020, ADJUSTED, -2000, "", "a"), (NET, 2020, REALISED, realised, "", "a"))
    assert execution.stages(facts)["graad"].isna().all()


def test_underuse_is_what_sources_say() -> None:
    """A position within the year is marked; nothing is derived from budgets that are known as well."""
    facts = _facts(
        (execution.EXPECTED_UNDERUSE, 2022, INITIAL, 220, "", "a"),
        (execution.UNDERUSE, 2023, REALISED, 166, "", "a"),
        ("uitgaven", 2022, INITIAL, 7000, "", "a"),
        ("uitgaven", 2022, REALISED, 6500, "", "a"),
    )
    facts.loc[1, ["periode_tot", "periode_soort"]] = [pd.Timestamp("2023-10-23"), "dag"]
    rows = execution.underuse(facts)
    assert rows["waarde"].tolist() == [220, 166]
    assert rows["tussenstand"].tolist() == [False, True]


def test_nothing_known_is_an_empty_table() -> None:
    """Without rows the columns still stand."""
    assert {"graad", "verschil", "een_bron", REALISED} <= set(execution.stages(_facts()))
    assert execution.underuse(_facts()).empty
