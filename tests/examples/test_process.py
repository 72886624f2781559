"""The made-up plan: its truth, and what its owners say of it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.examples.process import TABLES, Process, Simulated, simulate
from analysis.examples.words import CAUSES, MEASURES, ROLES
from analysis.quarter import Quarter

FIRST, LAST = Quarter(2021, 3), Quarter(2026, 3)
ACTIONS = pd.DataFrame({"actie_code": [f"{1 + place // 25}.{1 + place % 25}" for place in range(101)]})
OFFICES = ("a", "b", "c", "d")
SEEDS = st.integers(0, 2**32)


def plan(seed: int = 1, last: Quarter = LAST, first: Quarter = FIRST, **habits: float) -> Simulated:
    """Simulate the plan of 101 actions."""
    return simulate(ACTIONS, first, last, seed, process=Process(**habits), organisatie_ids=OFFICES)


@pytest.fixture(scope="module")
def plans() -> list[Simulated]:
    """A few plans: what holds on average shows over several."""
    return [plan(seed) for seed in range(1, 7)]


def side_by_side(some: list[Simulated]) -> pd.DataFrame:
    """Return each delivered row of progress beside the truth of its quarter."""
    pairs = [one.voortgang.merge(one.truth, on=["kwartaal", "actie_code"]).assign(plan=n) for n, one in enumerate(some)]
    return pd.concat(pairs, ignore_index=True)


def ends(rows: pd.DataFrame) -> pd.Series:
    """Return the last day of the quarter of each row."""
    days = {name: pd.Timestamp(Quarter.parse(name).end) for name in rows["kwartaal"].unique()}
    return rows["kwartaal"].map(days)


@given(seed=SEEDS)
@settings(max_examples=20, deadline=None)
def test_true_progress_only_rises(seed: int) -> None:
    """From 0 to at most 100, and the true end is the day on which it is 100."""
    truth = simulate(ACTIONS.iloc[:30], FIRST, LAST, seed, tables=()).truth
    steps = truth.sort_values(["actie_code", "kwartaal"]).groupby("actie_code")["voortgang"].diff()
    assert (steps.dropna() >= 0).all()
    assert truth["voortgang"].between(0, 100).all()
    assert ((truth["voortgang"] >= 100) == (truth["einde"] <= ends(truth))).all()
    assert (truth["start"].notna() | (truth["voortgang"] == 0)).all()


@given(seed=SEEDS, last=st.sampled_from(["2021Q3", "2022Q2", "2024Q4", "2026Q2"]))
@settings(max_examples=15, deadline=None)
def test_a_quarter_knows_nothing_of_later_ones(seed: int, last: str) -> None:
    """A plan that is followed for longer begins with the very same rows."""
    short, long = plan(seed, Quarter.parse(last)), plan(seed)
    for name in TABLES:
        begin = long.tables[name][long.tables[name]["kwartaal"] <= last].reset_index(drop=True)
        pd.testing.assert_frame_equal(short.tables[name], begin)


def test_rows_tell_only_what_has_passed(plans: list[Simulated]) -> None:
    """True starts, true ends and realised milestones lie before the end of the quarter; those to come after it."""
    for one in plans:
        for name in ("werkelijk_start", "werkelijk_einde"):
            rows = one.voortgang[one.voortgang[name].notna()]
            assert (rows[name] <= ends(rows)).all()
        stones = one.tables["mijlpalen"]
        known = stones["gerealiseerd"].notna()
        assert (stones["gerealiseerd"] <= ends(stones))[known].all()
        assert (stones["verwacht"] > ends(stones))[~known].all()
    rows = side_by_side(plans)
    told = rows[rows["werkelijk_einde"].notna()]
    assert len(told)
    assert (told["werkelijk_einde"] == told["einde"]).all()
    assert (told["voortgang_pct"] == 100).all()


def test_the_same_seed_is_the_same_plan() -> None:
    """And another seed is another one."""
    pd.testing.assert_frame_equal(plan(3).voortgang, plan(3).voortgang)
    assert not plan(3).truth["voortgang"].equals(plan(4).truth["voortgang"])


def test_fewer_tables_are_the_same_tables() -> None:
    """Asking for progress alone changes nothing in it."""
    alone = simulate(ACTIONS, FIRST, LAST, 5, tables=("voortgang",))
    assert list(alone.tables) == ["voortgang"]
    pd.testing.assert_frame_equal(alone.voortgang, plan(5).voortgang)
    pd.testing.assert_frame_equal(alone.truth, plan(5).truth)


def test_deliveries_may_begin_after_the_plan() -> None:
    """The truth knows the quarters before; the tables do not, and are the same from there on."""
    late, whole = plan(2, first=Quarter(2024, 1)), plan(2)
    assert late.truth["kwartaal"].min() == "2021Q3"
    assert set(late.voortgang["kwartaal"]) == set(whole.voortgang["kwartaal"][whole.voortgang["kwartaal"] >= "2024Q1"])


def test_deliveries_may_begin_before_the_plan() -> None:
    """Nothing has started then."""
    early = simulate(ACTIONS, Quarter(2021, 1), Quarter(2021, 2).next(), 2, organisatie_ids=OFFICES)
    before = early.voortgang[early.voortgang["kwartaal"] < "2021Q3"]
    assert set(before["eigen_status"]) == {"niet_gestart"}
    assert before["voortgang_pct"].dropna().eq(0).all()


def test_owners_are_optimistic(plans: list[Simulated]) -> None:
    """They say more than there is, and most of all when they say 90 %: what is left takes them longer."""
    rows = side_by_side(plans)
    running = rows[(rows["voortgang"] > 0) & (rows["voortgang"] < 100) & ~rows["overgenomen"] & ~rows["stopgezet"]]
    running = running.dropna(subset="voortgang_pct")
    ahead = running["voortgang_pct"] - running["voortgang"]
    assert 4 < ahead.mean() < 15
    near = ahead[running["voortgang_pct"].between(80, 95)]
    far = ahead[running["voortgang_pct"] < 40]
    assert near.mean() > far.mean() + 4
    assert (running["voortgang_pct"] % 5 == 0).all()


def test_own_statuses_are_greener_than_the_truth(plans: list[Simulated]) -> None:
    """Of the actions that are called green before their planned end, many miss it."""
    rows = side_by_side(plans)
    green = rows[(rows["eigen_status"] == "groen") & (rows["gepland_einde"] > ends(rows))]
    judged = green[green["gepland_einde"] <= pd.Timestamp(LAST.end)]
    missed = ~(judged["einde"] <= judged["gepland_einde"])
    assert missed.mean() > 0.5


def test_some_owners_fall_silent(plans: list[Simulated]) -> None:
    """For a while, and some for good."""
    for one in plans:
        heard = one.voortgang.groupby("actie_code")["kwartaal"].agg(["count", "max"])
        assert heard["count"].lt(21).sum() > 20
        assert 1 <= heard["max"].lt("2026Q1").sum() <= 30
        # of most actions something is heard in most quarters
        assert heard["count"].median() >= 16


def test_plans_slip(plans: list[Simulated]) -> None:
    """Most actions end after their first planned end; a few planned ends move silently, most expected ends do."""
    rows = pd.concat([one.voortgang.assign(plan=n) for n, one in enumerate(plans)])
    per = rows.groupby(["plan", "actie_code"])
    assert 0.03 < (per["gepland_einde"].nunique() > 1).mean() < 0.4
    assert (per["verwacht_einde"].nunique() > 1).mean() > 0.6
    assert (per["gepland_start"].nunique() == 1).all()
    first = per["gepland_einde"].first()
    assert first.min() >= pd.Timestamp("2021-09-30")
    assert first.max() <= pd.Timestamp("2026-12-31")
    true = pd.concat([one.truth.assign(plan=n) for n, one in enumerate(plans)])
    end = true.groupby(["plan", "actie_code"])["einde"].first().reindex(first.index)
    due = first <= pd.Timestamp(LAST.end)
    assert (~(end <= first))[due].mean() > 0.6


def test_a_reform_takes_actions_over_from_2026_on(plans: list[Simulated]) -> None:
    """Never before, and never one that is completed; its progress stays as it is."""
    for one in plans:
        taken = one.truth[one.truth["overgenomen"]]
        assert 1 <= taken["actie_code"].nunique() <= 15
        assert taken["kwartaal"].min() >= "2026Q1"
        assert taken["einde"].isna().all()
        assert (taken.groupby("actie_code")["voortgang"].nunique() == 1).all()
        told = one.voortgang[one.voortgang["eigen_status"] == "overgenomen"]
        assert set(told["actie_code"]) <= set(taken["actie_code"])


def test_who_is_late_says_why_and_what(plans: list[Simulated]) -> None:
    """Causes and measures stand only where an action is late; a measure has both languages, a role and a day."""
    rows = pd.concat([one.voortgang for one in plans])
    late = rows["eigen_status"].isin(["oranje", "rood", "niet_gestart"])
    assert (rows.loc[~late, ["oorzaak", "maatregel_nl", "maatregel_stand"]] == "").all(axis=None)
    told = rows[rows["maatregel_nl"] != ""]
    assert len(told)
    pairs = zip(told["oorzaak"], told["maatregel_nl"], told["maatregel_fr"], strict=True)
    assert all(MEASURES[cause] == (nl, fr) for cause, nl, fr in set(pairs))
    assert set(told["maatregel_rol"]) <= set(ROLES)
    assert told["maatregel_datum"].notna().all()
    assert set(told["maatregel_stand"]) == {"open", "uitgevoerd"}
    effect = told["maatregel_effect"] != ""
    assert ((told["maatregel_stand"] == "uitgevoerd") == effect).all()


def test_the_tables_are_those_of_the_contract(plans: list[Simulated]) -> None:
    """Columns, types and words."""
    rows = plans[0].voortgang
    assert not rows.duplicated(["kwartaal", "actie_code"]).any()
    assert set(rows["eigen_status"]) <= {
        "niet_gestart", "groen", "oranje", "rood", "voltooid", "stopgezet", "overgenomen",
    }  # fmt: skip
    assert set(rows["pdca_fase"]) == {"plan", "do", "check", "act"}
    assert set(rows["oorzaak"]) <= {"", *CAUSES}
    assert set(rows["trekker_rol"]) <= set(ROLES)
    assert rows["gewicht"].between(1, 3).all()
    assert 0 < (rows.groupby("actie_code")["gewicht"].nunique() > 1).sum() < 15
    dates = [name for name in rows if "start" in name or "einde" in name or name.endswith("datum")]
    assert all(str(rows[name].dtype).startswith("datetime64") for name in dates)
    assert rows["voortgang_pct"].isna().mean() < 0.03
    assert rows["voortgang_pct"].dropna().between(0, 100).all()


def test_each_action_has_one_to_four_milestones(plans: list[Simulated]) -> None:
    """Planned in order, the last at the planned end; realised in order."""
    stones = plans[0].tables["mijlpalen"]
    assert not stones.duplicated(["kwartaal", "actie_code", "mijlpaal_code"]).any()
    assert set(stones.groupby("actie_code")["mijlpaal_code"].nunique()) == {1, 2, 3, 4}
    for _, rows in stones[stones["kwartaal"] == "2025Q3"].groupby("actie_code"):
        ordered = rows.sort_values("mijlpaal_code")
        assert ordered["gepland"].is_monotonic_increasing
        assert ordered["gerealiseerd"].dropna().is_monotonic_increasing
    last = stones.groupby(["kwartaal", "actie_code"])["gepland"].max().rename("gepland").reset_index()
    beside = last.merge(plans[0].voortgang, on=["kwartaal", "actie_code"])
    assert (beside["gepland"] == beside["gepland_einde"]).all()


def test_contributors_come_from_the_list() -> None:
    """One to three of those that are given; without a list the table is empty, with its columns."""
    rows = plan().tables["bijdragen"]
    assert set(rows["organisatie_id"]) == set(OFFICES)
    assert rows.groupby(["kwartaal", "actie_code"]).size().between(1, 3).all()
    none = simulate(ACTIONS, FIRST, LAST, 1, tables=("bijdragen",)).tables["bijdragen"]
    assert list(none) == ["kwartaal", "actie_code", "organisatie_id"]
    assert none.empty


def test_habits_do_what_they_say() -> None:
    """Honest owners do not exaggerate much, owners that never fall silent report everything."""
    honest = side_by_side([plan(seed, optimism=0.0, premature=0.0) for seed in (1, 2)])
    rosy = side_by_side([plan(seed, optimism=25.0) for seed in (1, 2)])
    gap = [(rows["voortgang_pct"] - rows["voortgang"]).mean() for rows in (honest, rosy)]
    assert gap[0] < 2 < gap[1]
    assert len(plan(silent=0.0, gone=0.0).voortgang) == 101 * 21


def test_a_plan_without_actions_gives_empty_tables() -> None:
    """With all their columns."""
    nothing = simulate(ACTIONS.iloc[:0], FIRST, LAST, 1, organisatie_ids=OFFICES)
    assert all(rows.empty for rows in nothing.tables.values())
    assert list(nothing.voortgang) == list(plan().voortgang)


def test_what_cannot_be_simulated_is_refused() -> None:
    """A last quarter before the first or before the plan, and a table that owners do not deliver."""
    with pytest.raises(ValueError, match="lies before"):
        simulate(ACTIONS, LAST, FIRST, 1)
    with pytest.raises(ValueError, match="lies before"):
        simulate(ACTIONS, Quarter(2020, 1), Quarter(2021, 2), 1)
    with pytest.raises(ValueError, match="metingen"):
        simulate(ACTIONS, FIRST, LAST, 1, tables=("metingen",))
