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


def test_savings_by_hand(tmp_path: Path) -> None:
    """Of ten statutory B's at 15 years one leaves and half is replaced at 0: 0.5 x 18,500 x 2 x 1.42 = 26,270 saved.

    Wanted is 10 % of 10 x 22,300 x 2 x 1.42 = 633,320; with an outflow of 5 to 15 % the saving is 13,135 to 39,405.
    """
    own = tmp_path / "besparing.yaml"
    own.write_text(
        """
fictief: false
bron: met de hand
jaren: { van: 2026, tot: 2027 }
index: { coefficient: 2.0, sprong: 0.02 }
toeslagen: { statutair: { alles: 0.42 } }
schalen: { B: { 0: 18500, 12: 22300 } }
personeel: [{ niveau: B, schaal: B, statuut: statutair, ancienniteit: 15, vte: 1000 }]
scenarios: { gelijk: { uitstroom: 0.1 } }
besparing:
  basisjaar: 2026
  gewenst: { procent: 10 }
  onzeker: { uitstroom: 0.05 }
  maatregelen: { helft: { vanaf: 2027, vervanging: { B: 0.5 }, eenmalig: 27000 } }
""",
        encoding="utf-8",
    )
    told = [" ".join(line.split()) for line in run(str(own)).splitlines()]
    # a hundred times the ten of above
    assert told[told.index("2027 together") - 1].endswith("Wanted: 6,33 a year (10,0 % of the cost of 2026)")
    assert "helft +2,60 +2,60" in told
    assert "of which one-off cost −0,03 −0,03" in told
    assert "saved at level: B +2,63" in told
    assert "still to be found (-: more than wanted) +3,73" in told
    assert "helft +2,60 +1,29 to +3,91" in told


def test_a_case_without_savings_tells_none(tmp_path: Path) -> None:
    """The part may be left out."""
    own = tmp_path / "zonder.yaml"
    own.write_text(EXAMPLE.read_text(encoding="utf-8").partition("besparing:")[0], encoding="utf-8")
    assert "Net saving" not in run(str(own))


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
        ("basisjaar: 2026", "basisjaar: 2030", "'basisjaar' is no year from 2026 to 2029"),
        ("{ procent: 3 }", "{ procent: 3, euro: 5 }", "give either 'procent' or 'euro'"),
        ("vervanging: 1.0, anc", "vervanging: 0.9, anc", "'ongewijzigd' does not replace all who leave"),
        ("vervangen: { vanaf: 2027", "vervangen: { vanaf: 2026", "'vanaf' is no year from 2027 to 2030"),
        ("uitstel_maanden: { A: 6, B: 6 }", "eenmalig: 5", "zes maanden later aanwerven: a measure has one of"),
        ("uitstel_maanden: { A: 6", "uitstel_maanden: { D: 6", "there is no staff of level 'D'"),
        ("uitstel_maanden: { A: 6", "uitstel_maanden: { A: 13", "uitstel_maanden, A"),
        ("[eindejaarstoelage]", "[dertiende maand]", "toeslagen has no 'dertiende maand'"),
        ("naar: B, schaal: B", "naar: B, schaal: Z", "there is no scale 'Z'"),
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
