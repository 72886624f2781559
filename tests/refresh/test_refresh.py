"""The refresh as a whole: what comes in, what stays, and what is left alone when something is wrong."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.catalog import Catalog
from analysis.cli.refresh import refresh as command
from analysis.errors import KrachtlijnError
from analysis.intake import ensure
from analysis.paths import Project
from analysis.refresh import Limits, Outcome, refresh, write
from analysis.refresh.links import read as read_links
from analysis.schema import Package
from tests.refresh.serving import Reply, Server, cube, serving

DAY = dt.date(2026, 11, 23)
LIFE = "levensverwachting_geboorte"
GIVEN = {"1990": 75.5, "2017": 81.2, "2018": 81.6, "2019": 81.9, "2020": 79.9, "2021": 81.5, "2022": 81.3}


def files(project: Project) -> dict[str, bytes]:
    """All that stands in data/raw."""
    return {path.relative_to(project.raw).as_posix(): path.read_bytes() for path in sorted(project.raw.rglob("*.*"))}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def run(project: Project, server: Server, *only: str, day: dt.date = DAY, dry: bool = False) -> Outcome:
    """Refresh some series from a server on this machine."""
    bases = {"eurostat": server.base, "bestat": server.base}
    return refresh(project, day, lambda *_: None, only=only, bases=bases, limits=Limits(5, pause=0), dry=dry)


def say_life(project: Project, server: Server, figures: dict[str, float]) -> None:
    """Let a server answer so about life expectancy: with a break in 2021, and 2022 provisional."""
    link = next(one for one in read_links(Catalog(project).table("verversingen")) if one.series == LIFE)
    flags = {period: flag for period, flag in (("2021", "b"), ("2022", "p")) if period in figures}
    server.say("demo_r_mlifexp", Reply(cube(link.filters, figures, flags)))


@pytest.fixture
def life(project: Project, server: Server) -> Server:
    """A server that knows life expectancy: 2017 as we do, 2018 revised, 2019 to 2022 new."""
    say_life(project, server, GIVEN)
    return server


@pytest.fixture(scope="module")
def refreshed(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project after a refresh whose figures were taken in; to look at, or to copy."""
    root = tmp_path_factory.mktemp("refreshed")
    for room in (project.raw, project.processed):
        shutil.copytree(room, root / "data" / room.name)
    with serving() as told:
        say_life(project, told, GIVEN)
        run(Project(root), told, LIFE)
    assert ensure(Project(root)).quarantined == 0
    return Project(root)


def test_what_is_new_or_other_becomes_a_file_of_its_own(copy: Project, life: Server) -> None:
    """What stood there stays to the byte; the new rows name their day, their dataset and what they replace."""
    before = files(copy)
    outcome = run(copy, life, LIFE)
    after = files(copy)
    assert {name: after[name] for name in before if name != "datapackage.json"} == {
        name: content for name, content in before.items() if name != "datapackage.json"
    }
    assert after.keys() - before.keys() == {f"{name}/verversing-{DAY}.csv" for name in ("omgeving", "bronnen")}
    assert outcome.written == copy.raw / "omgeving" / f"verversing-{DAY}.csv"
    made = rows(outcome.written)
    assert [(row["periode"], row["waarde"]) for row in made] == [
        ("2018", "81.6"), ("2019", "81.9"), ("2020", "79.9"), ("2021", "81.5"), ("2022", "81.3"),
    ]  # fmt: skip
    assert {(row["indicator"], row["geo"], row["eenheid"], row["gepubliceerd"]) for row in made} == {
        (LIFE, "BE10", "jaar", "2026-11-23")
    }
    assert made[0]["opmerking"] == "dataset bijgewerkt op 2026-07-08; herziet 81.5"
    assert made[4]["opmerking"] == "dataset bijgewerkt op 2026-07-08; vlag p"
    assert "age=Y_LT1" in made[0]["vindplaats"]
    (source,) = rows(copy.raw / "bronnen" / f"verversing-{DAY}.csv")
    assert source["bron_id"] == made[0]["bron_id"] == "eurostat-demo_r_mlifexp-2026-11-23"
    assert "CC BY 4.0" in source["licentie"]
    assert "demo_r_mlifexp" in source["url"]
    assert [one.breaks for one in outcome.news] == [["2021"]]


def test_a_second_refresh_of_the_day_adds_nothing(refreshed: Project, life: Server) -> None:
    """Nothing is written when there is nothing to write."""
    before = files(refreshed)
    again = run(refreshed, life, LIFE)
    assert (again.written, again.faults, len(again.found)) == (None, (), 1)
    assert files(refreshed) == before


@pytest.mark.parametrize("day", [dt.date(2021, 11, 14), dt.date(2026, 8, 14), dt.date(2026, 11, 14)])
def test_reports_as_of_an_earlier_day_do_not_change(project: Project, refreshed: Project, day: dt.date) -> None:
    """Though the dataset changed in July, and five years share one day: each figure counts from the refresh on."""
    before, after = (Catalog(one, day).table("omgeving").reset_index(drop=True) for one in (project, refreshed))
    pd.testing.assert_frame_equal(after, before)


def test_from_the_day_of_the_refresh_its_figures_count(refreshed: Project) -> None:
    """Each from that day, none as a later version of its series."""
    rows = Catalog(refreshed, DAY).table("omgeving")
    added = rows[rows["bron_id"] == "eurostat-demo_r_mlifexp-2026-11-23"]
    assert added["bekend_regel"].tolist() == ["gepubliceerd"] * 5
    assert set(added["bekend_op"]) == {pd.Timestamp(DAY)}


def test_a_figure_mended_within_the_day_is_a_vintage_too(refreshed: Project, copy: Project, life: Server) -> None:
    """Of a file and a source with a number, beside those of the morning."""
    shutil.copytree(refreshed.root, copy.root, dirs_exist_ok=True)
    say_life(copy, life, GIVEN | {"2022": 81.4})
    written = run(copy, life, LIFE).written
    assert written is not None
    assert written.name == "verversing-2026-11-23-2.csv"
    (row,) = rows(written)
    assert (row["waarde"], row["bron_id"]) == ("81.4", "eurostat-demo_r_mlifexp-2026-11-23-2")
    assert Package.load(copy.raw / "datapackage.json").tables["omgeving"].paths[-2:] == (
        "omgeving/verversing-2026-11-23.csv",
        "omgeving/verversing-2026-11-23-2.csv",
    )


def test_one_fault_holds_no_other_series_up(copy: Project, life: Server) -> None:
    """The fault names series, dataset, what and what to do; the others come in."""
    outcome = run(copy, life, LIFE, "bruto_binnenlands_product")
    assert outcome.written is not None
    (fault,) = outcome.faults
    assert fault.where.startswith("bruto_binnenlands_product BE10, eurostat nama_10r_2gdp\n")
    assert (fault.what, fault.why) == ("the server answered with error 404", "not found")
    assert fault.do


def test_a_provider_that_is_away_holds_the_other_not_up(copy: Project, life: Server) -> None:
    """It is asked once, and each of its series is named."""
    away = {"eurostat": life.base, "bestat": "http://127.0.0.1:9"}
    outcome = refresh(copy, DAY, lambda *_: None, only=[LIFE, "gezondheidsindex"], bases=away, dry=True)
    assert len(outcome.news) == 1
    assert [fault.where.split(",")[0] for fault in outcome.faults] == ["gezondheidsindex BE"]


def test_a_dry_run_writes_nothing(copy: Project, life: Server) -> None:
    """But says what would come in."""
    before = files(copy)
    outcome = run(copy, life, LIFE, dry=True)
    assert [len(one.figures) for one in outcome.news] == [5]
    assert files(copy) == before


def test_without_a_network_nothing_changes(copy: Project, server: Server) -> None:
    """Each provider is tried once, and the message says that reports do not need it."""
    before = files(copy)
    with pytest.raises(KrachtlijnError, match="no provider could be reached, so nothing was changed"):
        refresh(copy, DAY, lambda *_: None, bases={"eurostat": "http://127.0.0.1:9", "bestat": "http://127.0.0.1:9"})
    assert files(copy) == before


def test_rows_that_the_intake_would_set_aside_are_not_written(copy: Project, life: Server) -> None:
    """A series that the register does not know breaks a reference: the refresh is refused as a whole."""
    outcome = run(copy, life, LIFE, dry=True)
    before = files(copy)
    register = copy.raw / "indicatoren" / "indicatoren.csv"
    register.write_text(register.read_text(encoding="utf-8").replace(f"omgeving,{LIFE},", "omgeving,anders,"), "utf-8")
    with pytest.raises(KrachtlijnError, match="5 of its rows would go into quarantine"):
        write.put_in_place(copy, outcome.news, DAY, {"demo_r_mlifexp": "https://x"})
    assert files(copy).keys() == before.keys()


def test_nothing_is_half_written(copy: Project, life: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full at the last file leaves no file; what an ended run left behind is swept up first."""
    stray = copy.raw / "omgeving" / "verversing-2026-11-20.csv"
    before = files(copy)
    stray.write_text("half", encoding="utf-8")

    def full(path: Path, content: bytes) -> None:
        if path.name == "datapackage.json":
            raise OSError("no space left")
        path.write_bytes(content)

    with monkeypatch.context() as patched:
        patched.setattr(write, "write_whole", full)
        with pytest.raises(OSError, match="no space left"):
            run(copy, life, LIFE)
    assert files(copy) == before


def test_a_clock_that_runs_behind_is_noticed(copy: Project, life: Server) -> None:
    """A day before the collection would put figures into reports that did not know them."""
    with pytest.raises(KrachtlijnError, match="lies before the day on which the last data came"):
        run(copy, life, LIFE, day=dt.date(2026, 10, 7))


def test_a_series_that_is_not_mapped_is_named(copy: Project, life: Server) -> None:
    """With those that are."""
    with pytest.raises(KrachtlijnError, match="no such series can be refreshed: mivb_ritten") as fault:
        run(copy, life, "mivb_ritten")
    assert LIFE in fault.value.why


def test_the_data_package_keeps_its_form(project: Project) -> None:
    """A person who looks at what changed sees the new paths and the day, and nothing else."""
    text = (project.raw / "datapackage.json").read_text(encoding="utf-8")
    now = write.named(text, {"omgeving": "omgeving/x.csv"}, DAY)
    gone, come = (set(one.splitlines()) - set(other.splitlines()) for one, other in ((text, now), (now, text)))
    assert len(gone) <= 3
    assert len(come) == len(gone) + (0 if "krachtlijn:refreshed" in text else 1)
    assert write.named(now, {"omgeving": "omgeving/y.csv"}, DAY).count("krachtlijn:refreshed") == 1
    assert json.loads(now)["krachtlijn:refreshed"] == "2026-11-23"


def test_every_link_can_be_what_it_says(project: Project) -> None:
    """Its series is known in its region and unit, and its filters name the region."""
    facts = Catalog(project).table("omgeving")
    links = read_links(Catalog(project).table("verversingen"))
    assert len(links) >= 20
    for link in links:
        own = facts[(facts["indicator"] == link.series) & (facts["geo"] == link.geo)]
        assert set(own["eenheid"]) == {link.unit}, link.name
        assert link.provider == "bestat" or link.filters["geo"] == link.geo


def test_the_command_tells_per_series_and_ends_with_1_on_a_fault(
    copy: Project, life: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Addresses come from the environment or an option; a dry run is enough to see it."""
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(copy.root))
    monkeypatch.setenv("KRACHTLIJN_EUROSTAT", life.base)
    given = ["--only", LIFE, "--dry-run"]
    good = CliRunner().invoke(command, given, catch_exceptions=False)
    assert good.exit_code == 0
    assert f"{LIFE} BE10: 4 new (2020, 2021, 2022); 1 revised (2018: 81.5 -> 81.6); counted otherwise" in good.output
    assert "1 series read, 0 with a fault, 5 figures to bring in; nothing was written" in good.output
    bad = CliRunner().invoke(
        command, [*given, "--only", "gezondheidsindex", "--bestat", life.base], catch_exceptions=False
    )
    assert bad.exit_code == 1
    assert "fault: the server answered with error 404" in bad.output
    assert {asked[0].split("/")[1] for asked in life.asked} >= {
        "demo_r_mlifexp",
        "208b69bd-05c5-4947-b7f9-2d2300f517b8",
    }
