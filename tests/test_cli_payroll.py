"""`krachtlijn payroll`: a case of one's own, its result, and each fault with its place."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.cli.payroll import payroll
from analysis.errors import KrachtlijnError

EXAMPLE = Path(__file__).parents[1] / "params" / "loonkost-voorbeeld.yaml"


def run(*given: str) -> str:
    """What it says."""
    return str(CliRunner().invoke(payroll, [*given], catch_exceptions=False).output)


def test_the_example_says_that_it_is_made_up(tmp_path: Path) -> None:
    """First of all; and the table on disk adds up to what is shown."""
    target = tmp_path / "kost.csv"
    told = run(str(EXAMPLE), "--csv", str(target))
    assert told.startswith("FICTITIOUS")
    rows = pd.read_csv(target)
    first = rows[rows["scenario"] == "ongewijzigd"]
    assert f"{first['kost'].sum() / 1e6:.2f}".replace(".", ",") in told
    assert rows["jaar"].unique().tolist() == [2026, 2027, 2028, 2029, 2030]


def test_own_figures_are_not_called_made_up(tmp_path: Path) -> None:
    """The file decides, and the source stands above the result."""
    own = tmp_path / "eigen.yaml"
    own.write_text(EXAMPLE.read_text(encoding="utf-8").replace("fictief: true", "fictief: false"), encoding="utf-8")
    told = run(str(own))
    assert "FICTITIOUS" not in told
    assert "Source: verzonnen voorbeeld" in told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("fictief: true", "", "fictief: Field required"),
        ("schaal: C,", "schaal: D,", "group 5: there is no scale 'D'"),
        ("A: { 0: 24000,", "A: { 1: 24000,", "a scale begins at seniority 0"),
        ("statuut: contractueel, ancienniteit: 18", "statuut: mandaat, ancienniteit: 18", "no statute 'mandaat'"),
        ('"2026-09"', '"2036-09"', "the jump of 2036-09 lies outside 2026-2030"),
        ('"2026-09"', '"september"', "'september' is no month"),
        ("uitstroom: 0.05, vervanging: 1.0", "uitstroom: 5, vervanging: 1.0", "less than or equal to 1"),
        ("vte: 60", "vte: -60", "personeel, 0, vte"),
        ("tot: 2030", "tot: 2020", "'tot' lies before 'van'"),
        ("bron:", "bronn:", "bronn: Extra inputs"),
        ("jaren: {", "jaren: [", "cannot be read"),
    ],
)
def test_each_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    """What is wrong, and where in the file; no result is shown."""
    own = tmp_path / "fout.yaml"
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    own.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(KrachtlijnError) as caught:
        run(str(own))
    assert said in str(caught.value)
    assert "fout.yaml" in str(caught.value)
