"""The data package declares every raw file, and nothing that is not there."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import Any

import pytest

from analysis import deliveries
from analysis.errors import KrachtlijnError
from analysis.params import LANGUAGES
from analysis.paths import Project
from analysis.schema import GROUPS, Package


def test_every_raw_file_is_declared_once(project: Project) -> None:
    """A file that nobody declared would never be validated."""
    tables = Package.load(project.raw / "datapackage.json").tables.values()
    declared = [path for table in tables for path in table.paths]
    found = [path.relative_to(project.raw).as_posix() for path in project.raw.rglob("*.csv")]
    assert sorted(declared) == sorted(name for name in found if not name.startswith("leveringen/"))


def test_the_templates_of_a_delivery_have_the_declared_columns(project: Project) -> None:
    """Whoever delivers CSV files begins with these: one per table, with its columns and nothing else."""
    package = Package.load(project.raw / "datapackage.json")
    tables = deliveries.declared(project, package)
    room = project.raw / deliveries.FOLDER / deliveries.TEMPLATES
    columns = {name: [own for own in table.columns if own not in deliveries.PLACE] for name, table in tables.items()}
    assert {path.stem: path.read_text("utf-8") for path in room.iterdir()} == {
        name: ",".join(own) + "\n" for name, own in columns.items()
    }


def test_every_table_has_types_a_key_and_sources(project: Project) -> None:
    """No table stands there without its declaration being complete."""
    content = json.loads((project.raw / "datapackage.json").read_text(encoding="utf-8"))
    assert content["$schema"].endswith("/2.0/datapackage.json")
    for resource in content["resources"]:
        assert resource["sources"], resource["name"]
        assert resource["description"], resource["name"]
        assert resource["schema"]["primaryKey"], resource["name"]
        assert all(field["type"] for field in resource["schema"]["fields"]), resource["name"]


def test_every_table_but_the_ranking_refers_to_the_sources(project: Project) -> None:
    """bron_id is a foreign key wherever it is a column (the ranking of kinds of sources comes before them)."""
    for table in Package.load(project.raw / "datapackage.json").tables.values():
        if "bron_id" in table.columns and table.name not in ("bron_soorten", "bronnen"):
            assert any(key.table == "bronnen" for key in table.foreign_keys), table.name


def test_references_point_at_columns_that_exist(project: Project) -> None:
    """A key refers to columns (or constants) of a declared table."""
    tables = Package.load(project.raw / "datapackage.json").tables
    for table in tables.values():
        for key in table.foreign_keys:
            target = tables[key.table or table.name]
            assert set(key.fields) <= {*table.columns, *table.constants}, table.name
            assert set(key.reference) <= {*target.columns, *target.constants}, table.name


def test_the_delivered_text_is_valid_csv(project: Project) -> None:
    """Every file is UTF-8 without a byte order mark, with as many cells as columns in each row."""
    for path in project.raw.rglob("*.csv"):
        content = path.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf"), path
        rows = list(csv.reader(content.decode("utf-8").splitlines()))
        assert {len(row) for row in rows} == {len(rows[0])}, path


@pytest.mark.parametrize("text", ["{", '{"resources": [{}]}', '{"resources": []}'])
def test_a_broken_declaration_is_one_clear_message(sandbox: Project, text: str) -> None:
    """The message names the file."""
    path = sandbox.raw / "datapackage.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KrachtlijnError, match="data package") as fault:
        Package.load(path)
    assert fault.value.where.startswith("datapackage.json")


@pytest.mark.parametrize(
    ("change", "where", "why"),
    [
        (lambda swot: swot.pop("path"), "resource swot", "'path' is missing"),
        (lambda swot: swot["schema"]["fields"].append({"type": "string"}), "resource swot", "'name' is missing"),
        (lambda swot: swot.update(name="waarden"), "resource waarden", "earlier resource"),
        (lambda swot: swot.update(encoding="utf-9"), "resource swot, encoding", "utf-9"),
        (lambda swot: swot.update(dialect={"delimiter": ";;"}), "resource swot, dialect.delimiter", "one character"),
        (
            lambda swot: swot["schema"]["fields"][1]["constraints"].update(pattern="[SWOT"),
            "resource swot, field swot_code, constraints.pattern",
            "no regular expression",
        ),
        (lambda swot: swot["schema"].update(primaryKey=["code"]), "resource swot, primaryKey", "no field 'code'"),
        (
            lambda swot: swot["schema"]["foreignKeys"][0].update(fields="bron"),
            "resource swot, foreignKeys, fields bron",
            "no field 'bron'",
        ),
        (
            lambda swot: swot["schema"]["foreignKeys"][0]["reference"].update(fields="code"),
            "resource swot, foreignKeys, fields bron_id",
            "'bronnen' has no field 'code'",
        ),
        (
            lambda swot: swot["schema"]["foreignKeys"][0]["reference"].update(resource="boeken"),
            "resource swot, foreignKeys, fields bron_id",
            "no resource 'boeken'",
        ),
    ],
)
def test_a_fault_in_a_declaration_names_its_place(
    sandbox: Project, change: Callable[[dict[str, Any]], object], where: str, why: str
) -> None:
    """The resource and the key in it stand in the message, with what is wrong there."""
    path = sandbox.raw / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(next(item for item in content["resources"] if item["name"] == "swot"))
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(KrachtlijnError, match="data package") as fault:
        Package.load(path)
    assert fault.value.where == f"datapackage.json, {where}"
    assert why in fault.value.why


def test_tables_that_refer_in_a_circle_are_refused(sandbox: Project) -> None:
    """The message names the tables."""
    path = sandbox.raw / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    sources = next(item for item in content["resources"] if item["name"] == "bronnen")
    sources["schema"]["foreignKeys"].append(
        {"fields": "bron_id", "reference": {"resource": "swot", "fields": "bron_id"}}
    )
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(KrachtlijnError, match="circle"):
        Package.load(path)


def test_every_table_has_a_title_in_both_languages_and_a_group(project: Project) -> None:
    """The report names each table in its own language and files it under one of the groups; no two titles are equal."""
    tables = Package.load(project.raw / "datapackage.json").tables.values()
    for language in LANGUAGES:
        assert len({table.title_in(language) for table in tables}) == len(tables)
    assert {table.group for table in tables} == set(GROUPS)


def test_a_table_without_a_french_title_is_named(sandbox: Project) -> None:
    """Another language never takes its place."""
    path = sandbox.raw / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"krachtlijn:title_fr": "Analyse SWOT",', ""), "utf-8")
    with pytest.raises(KrachtlijnError, match="no title in fr") as fault:
        Package.load(path).tables["swot"].title_in("fr")
    assert fault.value.where.endswith("resource swot")
