"""No number under five persons can be read in, or recomputed from, the processed figures on staff."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.catalog import Catalog
from analysis.intake.small_groups import CROSSED, LIMIT, PERSONS, SHARE, STAFF, masked, suppress
from analysis.paths import Project
from analysis.processed import SUPPRESSED

Published = dict[tuple[str, str], float]
SEXES, REGIMES = ("vrouw", "man"), ("structureel", "occasioneel", "mobiel")


def table(values: Published, unit: str = PERSONS, series: str = STAFF, source: str = "a") -> pd.DataFrame:
    """Rows of one employer and period."""
    rows = pd.DataFrame([(*cell, float(value)) for cell, value in values.items()])
    rows.columns = ["dimensie", "categorie", "waarde"]
    return rows.assign(reeks=series, entiteit="X", periode="2024", eenheid=unit, bron_id=source)


def shown(rows: pd.DataFrame) -> Published:
    """What is published: cells with their number."""
    kept = rows[~rows[SUPPRESSED]]
    return dict(zip(zip(kept["dimensie"], kept["categorie"], strict=True), kept["waarde"], strict=True))


# --- the attack: another way to reckon than the protection has ---


def attack(
    published: Published, every: list[tuple[str, str]], identities: list[dict[tuple[str, str], int]]
) -> Published:
    """Return every hidden cell whose number follows from what is published.

    Args:
        published: the cells with their numbers.
        every: all cells.
        identities: sums of cells that are nought; none of a cell that nobody published, such as a rest.
    """
    known = dict(published)
    while found := _follows(known, every, identities):
        known |= found
    return {cell: value for cell, value in known.items() if cell not in published}


def _follows(known: Published, every: list[tuple[str, str]], identities: list[dict[tuple[str, str], int]]) -> Published:
    unknown = [cell for cell in every if cell not in known]
    matrix = np.array([[float(one.get(cell, 0)) for cell in unknown] for one in identities])
    right = np.array([-sum(sign * known[cell] for cell, sign in one.items() if cell in known) for one in identities])
    if not unknown or not matrix.size:
        return {}
    found: Published = {}
    solved = np.linalg.lstsq(matrix, right, rcond=None)[0]
    inverse = np.linalg.pinv(matrix)
    # a cell follows from the sums where its own direction lies in what they span
    spanned = np.abs(inverse @ matrix - np.eye(len(unknown))).max(axis=1) < 1e-7
    found |= {cell: round(float(value)) for cell, value, one in zip(unknown, solved, spanned, strict=True) if one}
    for row, total in zip(matrix, right, strict=True):
        signs = row[row != 0]
        if len(signs) and abs(total) < 1e-7 and (abs(signs.sum()) == len(signs)):  # numbers that add up to nought
            found |= {cell: 0 for cell, sign in zip(unknown, row, strict=True) if sign}
    return found


def identities_of(cells: list[tuple[str, str]]) -> list[dict[tuple[str, str], int]]:
    """All sums that an attacker knows of: categories to the whole, a crossing to its sides."""
    names = {dimension for dimension, _ in cells if dimension and ("", "") in cells}
    found = [{cell: 1 for cell in cells if cell[0] == name} | {("", ""): -1} for name in names]
    for name, sides in CROSSED.items():
        for place, side in enumerate(sides):
            for category in {cell[1] for cell in cells if cell[0] == side}:
                parts = {c: 1 for c in cells if c[0] == name and c[1].split("_", 1)[place] == category}
                found += [parts | {(side, category): -1}] if parts else []
    return found


@st.composite
def staff_tables(draw: st.DrawFn) -> Published:
    """Staff by sex and regime, crossed or not, and by level: many small numbers."""
    sizes = st.integers(0, 12) | st.integers(0, 60)
    crossed = {(a, b): draw(sizes) for a, b in product(SEXES, REGIMES)}
    cells: Published = {("", ""): sum(crossed.values())}
    if draw(st.booleans()):
        cells |= {("geslacht_regime", f"{a}_{b}"): value for (a, b), value in crossed.items()}
    for place, (side, categories) in enumerate((("geslacht", SEXES), ("regime", REGIMES))):
        if draw(st.booleans()):
            sums = {name: sum(v for pair, v in crossed.items() if pair[place] == name) for name in categories}
            cells |= {(side, name): value for name, value in sums.items()}
    left = int(cells["", ""])
    for name in ("A", "B", "C"):
        cells["niveau", name] = draw(st.integers(0, left))
        left -= int(cells["niveau", name])
    cells["niveau", "D"] = left
    return cells


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(staff_tables())
def test_an_attack_finds_no_small_group(cells: Published) -> None:
    """Whoever knows the published numbers, and how they add up, recomputes none of those from one to four."""
    nothing_follows(cells)


@pytest.mark.long
@settings(max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(staff_tables())
def test_an_attack_finds_no_small_group_in_thousands_of_tables(cells: Published) -> None:
    """The same, on many more tables."""
    nothing_follows(cells)


def nothing_follows(cells: Published) -> None:
    """No number under five is published, and none from one to four follows from what is."""
    published = shown(suppress(table(cells)))
    assert all(value >= LIMIT for value in published.values())
    names = list(cells)
    given_away = attack(published, names, identities_of(names))
    assert not {cell for cell in given_away if 0 < cells[cell] < LIMIT}, given_away


def test_the_attack_would_find_what_is_not_protected() -> None:
    """The attack is no formality: with only the small numbers hidden, it finds them, also through a crossing."""
    cells = {("", ""): 40.0, ("niveau", "A"): 3.0, ("niveau", "B"): 37.0}
    bare = {cell: value for cell, value in cells.items() if value >= LIMIT}
    assert attack(bare, list(cells), identities_of(list(cells))) == {("niveau", "A"): 3}
    crossed = {("geslacht_regime", f"{a}_{b}"): 10.0 for a, b in product(SEXES, REGIMES)}
    crossed |= {("geslacht_regime", "man_mobiel"): 2.0, ("geslacht", "man"): 22.0, ("geslacht", "vrouw"): 30.0}
    bare = {cell: value for cell, value in crossed.items() if value >= LIMIT}
    found = attack(bare, list(crossed), identities_of(list(crossed)))
    assert found == {("geslacht_regime", "man_mobiel"): 2}


# --- by hand ---


def test_the_smallest_complement_goes_too() -> None:
    """40 = 3 + 30 + 7: without the 7, the 3 would follow; the 30 and the whole stay."""
    cells = {("", ""): 40.0, ("niveau", "A"): 3.0, ("niveau", "B"): 30.0, ("niveau", "C"): 7.0}
    assert shown(suppress(table(cells))) == {("", ""): 40.0, ("niveau", "B"): 30.0}


def test_two_small_cells_that_hide_each_other_need_a_third_where_their_sum_is_small() -> None:
    """1 + 2 = 3 says of both that they are small; 4 + 4 = 8 does not."""
    small = {("", ""): 53.0, ("niveau", "A"): 1.0, ("niveau", "B"): 2.0, ("niveau", "C"): 50.0}
    assert shown(suppress(table(small))) == {("", ""): 53.0}
    enough = {("", ""): 58.0, ("niveau", "A"): 4.0, ("niveau", "B"): 4.0, ("niveau", "C"): 50.0}
    assert shown(suppress(table(enough))) == {("", ""): 58.0, ("niveau", "C"): 50.0}


def test_what_no_category_names_is_a_group_too() -> None:
    """Of 100 persons 97 statutory: the three others, whom nobody published, would follow."""
    cells = {("", ""): 100.0, ("statuut", "statutair"): 97.0}
    assert shown(suppress(table(cells))) == {("", ""): 100.0}


def test_a_share_of_a_small_group_is_no_way_round() -> None:
    """2 of 50 persons is 4 %: the share goes with the number, and so does that of the complement."""
    counts = {("", ""): 50.0, ("woonplaats", "BHG"): 40.0, ("woonplaats", "VL"): 8.0, ("woonplaats", "WAL"): 2.0}
    shares = {cell: 100 * value / 50 for cell, value in counts.items() if cell[0]}
    rows = pd.concat([table(counts), table(shares, SHARE, "woonplaats")], ignore_index=True)
    found = suppress(rows)
    assert found.loc[~found[SUPPRESSED], "categorie"].tolist() == ["", "BHG", "BHG"]


def test_a_share_alone_is_reckoned_back_with_the_staff() -> None:
    """1.63 % of 200 is three persons, although nobody published the three."""
    handicap = table({("", ""): 1.63}, SHARE, "personen_met_handicap_aandeel")
    found = suppress(pd.concat([table({("", ""): 200.0}), handicap], ignore_index=True))
    assert found[SUPPRESSED].tolist() == [False, True]
    assert not suppress(handicap)[SUPPRESSED].any()


def test_another_source_for_the_same_cell_goes_too() -> None:
    """Two sources give the same category; both rows lose their number."""
    cells = {("", ""): 40.0, ("niveau", "A"): 3.0, ("niveau", "B"): 37.0}
    other = table({("niveau", "A"): 3.0, ("niveau", "B"): 37.0}, source="b")
    found = suppress(pd.concat([table(cells), other], ignore_index=True))
    assert found[SUPPRESSED].tolist() == [False, True, True, True, True]


def test_other_units_and_large_groups_stay_as_they_are() -> None:
    """Days, years and numbers of five and more are nobody's secret."""
    rows = pd.concat([table({("", ""): 5.0}), table({("", ""): 2.0}, unit="dagen", series="x")], ignore_index=True)
    found = suppress(rows)
    pd.testing.assert_frame_equal(found.drop(columns=SUPPRESSED), rows)


def test_rows_that_were_set_aside_show_no_number() -> None:
    """The quarantine is written to data/processed too."""
    rows = pd.DataFrame({"waarde": ["3", "4.5"], "eenheid": [PERSONS, "dagen"], "reeks": ["x", "y"]})
    assert masked(rows)["waarde"].tolist() == ["", "4.5"]


# --- the data of the project ---


def test_no_small_number_is_in_the_processed_table(project: Project) -> None:
    """Not in the file itself, which anybody may open; the rows are there, without their value."""
    rows = pd.read_parquet(project.processed / "personeel.parquet")
    assert not ((rows["eenheid"] == PERSONS) & (rows["waarde"] < LIMIT)).any()
    hidden = rows[rows[SUPPRESSED]]
    assert len(hidden) > 0
    assert hidden["waarde"].isna().all()
    catalog = Catalog(project)
    assert len(catalog.suppressed("personeel")) == len(hidden)
    assert len(catalog.table("personeel")) == len(rows) - len(hidden)
    assert catalog.table("personeel")["waarde"].notna().all()


def test_every_crossing_in_the_data_is_known(project: Project) -> None:
    """A category that names a sex and something else belongs to a dimension of which the protection knows the sides."""
    rows = pd.read_parquet(project.processed / "personeel.parquet")
    crossing = rows.loc[rows["categorie"].str.match("(vrouw|man)_"), "dimensie"]
    assert set(crossing) <= set(CROSSED)


@pytest.mark.parametrize("dimension", CROSSED)
def test_a_crossing_names_its_sides(dimension: str) -> None:
    """In the order in which its name has them."""
    assert "_".join(CROSSED[dimension]) == dimension
