"""As-of holds: a report knows nothing that was published after its as-of date."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.asof import DERIVED_RULES
from analysis.catalog import Catalog, once
from analysis.errors import KrachtlijnError
from analysis.intake import ensure, intake
from analysis.params import settle
from analysis.paths import Project

FACTS = ("bewijs_acties", "omgeving", "budget", "personeel")


@pytest.mark.parametrize("name", FACTS)
@pytest.mark.parametrize("quarter", ["2021Q3", "2022Q2", "2024Q4", "2026Q3"])
def test_no_fact_is_younger_than_the_report(project: Project, name: str, quarter: str) -> None:
    """Neither the day on which it became known, nor a publication date of its source, is after the as-of date."""
    as_of = settle(project, quarter).as_of
    rows = Catalog(project, as_of).table(name)
    assert (rows["bekend_op"] <= str(as_of)).all()
    stated = rows[~rows["bekend_regel"].isin(DERIVED_RULES)]
    assert (stated["gepubliceerd_tot"] <= str(as_of)).all()


@pytest.mark.parametrize("name", FACTS)
def test_reports_only_ever_learn(project: Project, name: str) -> None:
    """What an earlier report knew, every later one knows too."""
    known = [
        set(Catalog(project, settle(project, quarter).as_of).table(name).index)
        for quarter in ("2021Q3", "2023Q1", "2026Q3")
    ]
    assert known[0] < known[1] < known[2]


def test_a_later_fact_is_not_seen_by_an_earlier_report(sandbox: Project) -> None:
    """An event and a figure published in 2024 are in the report of 2026Q3 and not in that of 2022Q2."""
    planted = {
        "bewijs_acties": "1.1.5,2022-03-01,dag,Geplant,mijlpaal,voltooid,hoog,lecho-be-c33560,2024-06-01,nee,x",
        "omgeving": "neet_15_29,economie_werk,BE10,2021,99,%,lecho-be-c33560,2024-06-01,nee,,",
    }
    for name, line in planted.items():
        path = sandbox.raw / name / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert intake(sandbox).quarantined == 0
    for name, rows in (
        ("bewijs_acties", "gebeurtenis == 'Geplant'"),
        ("omgeving", "waarde == 99 and periode == '2021'"),
    ):
        seen = {
            quarter: len(Catalog(sandbox, settle(sandbox, quarter).as_of).table(name).query(rows))
            for quarter in ("2022Q2", "2026Q3")
        }
        assert seen == {"2022Q2": 0, "2026Q3": 1}, name


def test_before_the_intake_the_catalog_says_what_to_do(sandbox: Project) -> None:
    """The message names the command."""
    with pytest.raises(KrachtlijnError, match="not there") as fault:
        Catalog(sandbox, dt.date(2026, 11, 14))
    assert fault.value.do == "run: krachtlijn intake"


def test_sources_come_best_kind_first_and_each_once(project: Project) -> None:
    """Origins are ranked by kind; an unknown source is an error, never left out."""
    catalog = Catalog(project, dt.date(2026, 11, 14))
    ids = ["lecho-be-c33560", "strategisch-plan-gob-2021-2026", "lecho-be-c33560"]
    assert [origin.bron_id for origin in catalog.origins(ids)] == ["strategisch-plan-gob-2021-2026", "lecho-be-c33560"]
    with pytest.raises(KrachtlijnError, match="do not exist"):
        catalog.origins(["nergens"])


def test_what_is_remembered_belongs_to_one_day(project: Project) -> None:
    """A catalog works a thing out once, however often it is asked; of another day it is worked out anew."""
    asked = []

    @once
    def size(catalog: Catalog, name: str) -> int:
        asked.append((catalog.as_of, name))
        return len(catalog.table(name))

    late = Catalog(project, dt.date(2026, 11, 14))
    early = late.at(dt.date(2022, 8, 14))
    assert size(late, "omgeving") == size(late, "omgeving") > size(early, "omgeving")
    assert asked == [(late.as_of, "omgeving"), (early.as_of, "omgeving")]
    assert early.at(dt.date(2026, 11, 14)) is late


def test_a_table_is_the_callers_own(project: Project) -> None:
    """Who changes a table changes it for nobody else, though all share one reading of the file."""
    catalog = Catalog(project, dt.date(2026, 11, 14))
    for rows in (catalog.table("omgeving"), catalog.plan("krachtlijnen", "gob-2021-2026")):
        rows.loc[:, "bron_id"] = "veranderd"
        rows["nieuw"] = 1
    for rows in (catalog.table("omgeving"), catalog.plan("krachtlijnen", "gob-2021-2026")):
        assert "nieuw" not in rows
        assert "veranderd" not in set(rows["bron_id"])


def test_the_validation_is_read_without_any_value(sandbox: Project) -> None:
    """A broken rule and the row that it set aside are named by table, kind, column, file and row, and by no more."""
    path = sandbox.raw / "swot" / "gob-2021-2026.csv"
    text = path.read_text(encoding="utf-8")
    line = "gob-2021-2026,S99,Z,1,geheim,x,strategisch-plan-gob-2021-2026,x"
    path.write_text(text + line + "\n", encoding="utf-8")
    assert intake(sandbox).quarantined == 1
    catalog = Catalog(sandbox)
    judged = catalog.validation()
    assert judged[~judged["voldaan"]].drop(columns="voldaan").values.tolist() == [["swot", "enum", "groep"]]
    row = text.count("\n") + 1
    assert catalog.quarantine().to_dict("records") == [
        {"tabel": "swot", "bestand": "data/raw/swot/gob-2021-2026.csv", "rij": row, "kolom": "groep", "regel": "enum"}
    ]


def test_a_missing_validation_result_is_one_clear_message(sandbox: Project) -> None:
    """A page on the quality of the data never takes silence for success; the next intake makes the result again."""
    intake(sandbox)
    (sandbox.processed / "validatie" / "swot.json").unlink()
    with pytest.raises(KrachtlijnError, match="not there") as fault:
        Catalog(sandbox).validation()
    assert fault.value.where == "data/processed/validatie/swot.json"
    assert ensure(sandbox).fresh
