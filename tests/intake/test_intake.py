"""The intake as a whole: kept + quarantined = received, and nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import KrachtlijnError
from analysis.intake import cast, ensure, intake
from analysis.intake.reader import refuse_strays
from analysis.paths import Project
from analysis.period import Period
from analysis.schema import Field, Package


def append(project: Project, name: str, line: str) -> int:
    """Add a line to a raw file and return its row number."""
    path = project.raw / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text + line + "\n", encoding="utf-8")
    return text.count("\n") + 1


def replace(project: Project, name: str, old: str, new: str) -> None:
    """Change one text in a raw file."""
    path = project.raw / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def processed(project: Project) -> dict[str, bytes]:
    """Return every processed file with its content."""
    return {str(path): path.read_bytes() for path in sorted(project.processed.rglob("*")) if path.is_file()}


def test_all_delivered_rows_are_kept(project: Project) -> None:
    """The delivered figures have blemishes, and every one of them is typed and kept."""
    outcome = ensure(project)
    assert outcome.quarantined == 0
    assert all(count["received"] == count["kept"] for count in outcome.counts.values())
    delivered = {
        "acties": 101,
        "doelstellingen": 20,
        "bewijs_acties": 105,
        "omgeving": 2109,
        "omgeving_doelen": 18,
    }
    assert {name: outcome.counts[name]["kept"] for name in delivered} == delivered


def test_a_formula_in_a_row_set_aside_does_not_run_in_a_spreadsheet(sandbox: Project) -> None:
    """Whoever opens the quarantine in Excel sees the text that was delivered, and nothing is calculated."""
    append(
        sandbox, "omgeving/omgeving.csv", "nergens,economie_werk,BE10,2021,-5.5,%,lecho-be-c33560,2024-06-01,nee,=1+1,"
    )
    assert intake(sandbox).quarantined == 1
    row = pd.read_csv(sandbox.processed / "quarantaine" / "omgeving.csv", dtype=str).iloc[0]
    assert "'=1+1" in set(row)
    assert "-5.5" in set(row)


def test_partial_dates_and_intervals_are_typed(project: Project) -> None:
    """A year, a month, a day, an interval and nothing each keep their precision and both ends."""
    staff = pd.read_parquet(project.processed / "personeel.parquet")
    shapes = set(staff["periode_soort"])
    assert {"jaar", "maand", "dag", "kwartaal", "interval", ""} <= shapes
    undated = staff[staff["periode"] == ""]
    assert len(undated) == 1
    assert undated["periode_van"].isna().all()


def test_a_rating_is_a_text_and_money_is_a_number(project: Project) -> None:
    """The column that mixes them gains a number column, empty for the ratings only."""
    money = pd.read_parquet(project.processed / "budget.parquet")
    assert money.loc[money["eenheid"] == "rating", "waarde_getal"].isna().all()
    assert money.loc[money["eenheid"] != "rating", "waarde_getal"].notna().all()


def test_every_processed_row_says_where_it_was_read(project: Project) -> None:
    """File and row number lead back to the delivered cell."""
    actions = pd.read_parquet(project.processed / "acties.parquet")
    row = actions[actions["actie_code"] == "1.1.1"].iloc[0]
    assert (row["bestand"], row["rij"]) == ("data/raw/acties/acties.csv", 2)


def test_bad_rows_go_to_quarantine_and_the_rest_is_kept(sandbox: Project) -> None:
    """A text in a number column, an unknown action and a repeated key: each is named, none is lost."""
    text = append(
        sandbox,
        "omgeving/omgeving.csv",
        "neet_15_29,economie_werk,BE,2031,veel,%,indicators-be-45bafa,,nee,,",
    )
    event = append(
        sandbox,
        "bewijs_acties/bewijs_acties.csv",
        "9.9.9,2024,jaar,Gebeurtenis,mijlpaal,loopt,hoog,strategisch-plan-gob-2021-2026,2024,nee,x",
    )
    twice = append(
        sandbox,
        "waarden/waarden.csv",
        "respect,6,Respect,Respect,strategisch-plan-gob-2021-2026,Waarden",
    )
    outcome = intake(sandbox)
    assert outcome.quarantined == 3
    assert all(c["received"] == c["kept"] + c["quarantined"] for c in outcome.counts.values())
    faults = "\n".join(outcome.faults)
    assert f"data/raw/omgeving/omgeving.csv, row {text}, column 'waarde': a number is expected (found 'veel')" in faults
    assert f"data/raw/bewijs_acties/bewijs_acties.csv, row {event}, column 'actie_code': no row of 'acties'" in faults
    assert f"data/raw/waarden/waarden.csv, row {twice}, column 'waarde_code'" in faults
    set_aside = pd.read_csv(sandbox.processed / "quarantaine" / "omgeving.csv", dtype=str)
    assert (set_aside["_rij"].item(), set_aside["waarde"].item()) == (str(text), "veel")
    assert len(pd.read_parquet(sandbox.processed / "waarden.parquet")) == 5


def test_of_two_rows_with_one_key_the_first_stays(sandbox: Project) -> None:
    """The message names the row that was there first."""
    first = (sandbox.raw / "bronnen/bronnen.csv").read_text(encoding="utf-8").splitlines()[1]
    row = append(sandbox, "bronnen/bronnen.csv", first)
    outcome = intake(sandbox)
    assert outcome.quarantined == 1
    message = next(fault for fault in outcome.faults if "row 2 of" in fault)
    assert f"data/raw/bronnen/bronnen.csv, row {row}, column 'bron_id'" in message


def test_an_empty_part_of_a_key_is_a_fault_of_its_row(sandbox: Project) -> None:
    """A missing code in a key of several columns goes to quarantine like every other fault."""
    row = append(sandbox, "swot_doelstellingen/gob-2021-2026.csv", "gob-2021-2026,,1.1,reden,krachtlijn-koppeling")
    outcome = intake(sandbox)
    assert outcome.quarantined == 1
    assert any(f"row {row}, column 'swot_code': the cell may not be empty" in fault for fault in outcome.faults)


def test_a_row_with_too_few_cells_is_set_aside(sandbox: Project) -> None:
    """A broken line does not shift its neighbours."""
    row = append(sandbox, "swot/gob-2021-2026.csv", "gob-2021-2026,S6,S")
    outcome = intake(sandbox)
    assert outcome.counts["swot"] == {"received": 32, "kept": 31, "quarantined": 1, "corrected": 0, "suppressed": 0}
    assert any(f"row {row}, column 'volgnr': the row has 3 cells instead of 8" in fault for fault in outcome.faults)


@pytest.mark.parametrize(
    ("content", "where", "signs"),
    [
        (None, "omgeving.csv", ["missing"]),
        (b"", "omgeving.csv, row 1", ["empty"]),
        (b"  \n\n", "omgeving.csv, row 1", ["empty"]),
        (b"HEADER\n", "omgeving.csv, row 1", ["empty"]),
        (
            "HEADER;\n".replace(";", "").encode() + b"\xff\xfea\n",
            "omgeving.csv, row 2",
            ["utf-8", "0xff"],
        ),
        (b"indicator,waarde\nx,1\n", "row 1, column", ["columns", "missing: uitdaging"]),
    ],
)
def test_a_file_that_cannot_be_read_stops_the_intake(
    sandbox: Project, content: bytes | None, where: str, signs: list[str]
) -> None:
    """One message with the file (and row); no processed table is touched."""
    path = sandbox.raw / "omgeving/omgeving.csv"
    header = path.read_bytes().split(b"\n", 1)[0]
    path.unlink() if content is None else path.write_bytes(content.replace(b"HEADER", header))
    (sandbox.processed / "old.parquet").write_bytes(b"old")
    before = processed(sandbox)
    with pytest.raises(KrachtlijnError) as fault:
        intake(sandbox)
    assert where in fault.value.where
    for sign in signs:
        assert sign in str(fault.value)
    assert processed(sandbox) == before


def test_a_windows_file_is_told_apart(sandbox: Project) -> None:
    """Windows-1252 with semicolons and decimal commas: one message with file, row and column, and how to save it."""
    path = sandbox.raw / "omgeving/omgeving.csv"
    rows = pd.read_csv(path, dtype=str)
    rows["waarde"] = rows["waarde"].str.replace(".", ",")
    rows.to_csv(path, sep=";", index=False, encoding="cp1252", errors="replace")
    with pytest.raises(KrachtlijnError) as fault:
        intake(sandbox)
    message = str(fault.value)
    assert "data/raw/omgeving/omgeving.csv, row " in fault.value.where
    assert "column 'opmerking'" in fault.value.where
    assert "semicolons" in message
    assert "column E has a decimal comma" in message
    assert "CSV UTF-8" in fault.value.do


def test_semicolons_and_decimal_commas_without_accents_are_told_apart(sandbox: Project) -> None:
    """A file that is valid UTF-8 but has another separator is refused, and the decimal comma is shown with its row."""
    path = sandbox.raw / "omgeving/omgeving.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0].replace(",", ";")
    path.write_text(
        header + "\nneet_15_29;economie_werk;BE;2023;9,6;%;indicators-be-45bafa;;nee;;\n",
        encoding="utf-8",
    )
    with pytest.raises(KrachtlijnError, match="separated by ';'") as fault:
        intake(sandbox)
    assert "row 2, column E has a decimal comma: 9,6" in fault.value.why


def test_a_declared_dialect_is_read(sandbox: Project) -> None:
    """The same Windows file is fine once the data package declares what it is."""
    table = sandbox.raw / "identiteit_panels/identiteit_panels.csv"
    text = table.read_text(encoding="utf-8")
    table.write_bytes(text.replace(",", ";").encode("cp1252"))
    package = json.loads((sandbox.raw / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(item for item in package["resources"] if item["name"] == "identiteit_panels")
    resource |= {"encoding": "windows-1252", "dialect": {"delimiter": ";"}}
    (sandbox.raw / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert intake(sandbox).counts["identiteit_panels"]["kept"] == 2


def test_the_validation_results_hold_no_values(sandbox: Project) -> None:
    """Great Expectations' results are written per table, without the failing cells."""
    append(
        sandbox,
        "swot/gob-2021-2026.csv",
        "gob-2021-2026,X9,S,1,geheim-label,secret,strategisch-plan-gob-2021-2026,x",
    )
    intake(sandbox)
    result = (sandbox.processed / "validatie" / "swot.json").read_text(encoding="utf-8")
    assert json.loads(result)["success"] is False
    assert "geheim-label" not in result
    assert "X9" not in result


def test_nothing_changed_means_nothing_to_do(sandbox: Project) -> None:
    """A second intake reports the first one's outcome; a changed cell or a damaged table runs it again."""
    first = ensure(sandbox)
    assert first.fresh
    second = ensure(sandbox)
    assert (second.fresh, second.counts) == (False, first.counts)
    (sandbox.processed / "swot.parquet").unlink()
    assert ensure(sandbox).fresh
    replace(sandbox, "waarden/waarden.csv", "Respect", "Respect!")
    assert ensure(sandbox).fresh


def test_a_correction_that_no_longer_fits_trips(sandbox: Project) -> None:
    """When the source is mended, the correction must go: the intake says so."""
    replace(
        sandbox,
        "bewijs_acties/bewijs_acties.csv",
        "voedt het governanceseminarie",
        "opent het seminarie",
    )
    with pytest.raises(KrachtlijnError, match="correction no longer fits") as fault:
        intake(sandbox)
    assert "data/raw/correcties/correcties.csv, row 2" in fault.value.where


def test_names_of_private_persons_do_not_leave_the_raw_data(project: Project) -> None:
    """Each correction replaced the delivered text by a role."""
    fixes = pd.read_csv(project.raw / "correcties/correcties.csv")
    for fix in fixes.itertuples():
        table = pd.read_parquet(Path(project.processed) / f"{fix.tabel}.parquet")
        assert fix.nieuwe_waarde in set(table[fix.kolom])


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1e999", "too large"),
        ("\uff11\uff12", "a number is expected"),
        ("\u0663", "a number is expected"),
        ("inf", "a number is expected"),
        ("nan", "a number is expected"),
    ],
)
def test_what_only_looks_like_a_number_is_none(cell: str, reason: str) -> None:
    """Infinity, full-width and Arabic digits are faults of their cell, never a value."""
    with pytest.raises(ValueError, match=reason):
        cast._number(cell, Field("waarde", "number"))


@pytest.mark.parametrize("cell", ["\uff11\uff12", "9" * 30, "1.0", "1e3"])
def test_what_only_looks_like_a_whole_number_is_none(cell: str) -> None:
    """Also a number that no column can hold."""
    with pytest.raises(ValueError, match=r"whole number|too large"):
        cast._integer(cell)


def test_a_year_in_other_digits_is_no_period() -> None:
    """2022 in full-width digits looks the same and would never be found again."""
    with pytest.raises(ValueError, match="not a year"):
        Period.parse("\uff12\uff10\uff12\uff12")


def test_a_file_with_a_nul_is_refused(sandbox: Project) -> None:
    """A damaged file, or one in UTF-16 without its mark, stops the intake with the row."""
    path = sandbox.raw / "swot/gob-2021-2026.csv"
    path.write_bytes(path.read_bytes().replace(b"S2,S", b"S2,\x00", 1))
    with pytest.raises(KrachtlijnError, match="NUL") as fault:
        intake(sandbox)
    assert fault.value.where == "data/raw/swot/gob-2021-2026.csv, row 3"


def test_a_publication_after_the_day_of_collection_is_set_aside(sandbox: Project) -> None:
    """Nobody can have known it; the message says what to raise. The day itself, and its month and year, may stand."""
    fact = "neet_15_29,economie_werk,BE,{},9,%,indicators-be-45bafa,{},nee,,"
    for year, published in (("1990", "2026-10-08"), ("1991", "2026-10"), ("1992", "2026")):
        append(sandbox, "omgeving/omgeving.csv", fact.format(year, published))
    row = append(sandbox, "omgeving/omgeving.csv", fact.format("1993", "2026-10-09"))
    outcome = intake(sandbox)
    assert outcome.quarantined == 1
    assert (
        f"row {row}, column 'gepubliceerd': published after the data were collected (2026-10-08)" in outcome.faults[0]
    )
    assert "krachtlijn:collected" in outcome.faults[0]


@pytest.mark.parametrize("name", ["omgeving/2027-01.csv", "nieuw/nieuw.csv", "swot/levering.xlsx", "los.CSV"])
def test_a_file_that_nobody_declared_is_refused(sandbox: Project, name: str) -> None:
    """It would be ignored without a word; the processed tables stay as they were."""
    path = sandbox.raw / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(KrachtlijnError, match="not named in the data package") as fault:
        ensure(sandbox)
    assert fault.value.where == f"data/raw/{name}"
    assert processed(sandbox) == {}


def test_what_desktops_leave_behind_is_no_delivery(sandbox: Project) -> None:
    """Hidden files, lock files of a spreadsheet and notes may lie beside the data."""
    for name in (".DS_Store", "swot/~$levering.xlsx", "Thumbs.db", "README.md", ".ipynb_checkpoints/swot.csv"):
        path = sandbox.raw / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    refuse_strays(sandbox, Package.load(sandbox.raw / "datapackage.json").tables)
