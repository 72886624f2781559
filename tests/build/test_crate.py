from __future__ import annotations

import datetime as dt
import getpass
import json
import platform
import re
import socket

import pytest

from analysis.build import crate, manifest, workplan
from analysis.build.chapters import read_chapters
from analysis.build.crate import Step, Times
from analysis.build.manifest import Making, sha256

START = dt.datetime(2026, 11, 22, 14, 5, 0, 250_000, tzinfo=dt.timezone(dt.timedelta(hours=1)))
NOTEBOOK = "notebooks/10_omgeving.ipynb"


def after(seconds):
    """A moment of the run."""
    return START + dt.timedelta(seconds=seconds)


@pytest.fixture
def published(house, figure):
    """A published report in both languages, with the record of a run that made the Dutch one anew."""
    house.add("10_omgeving", house.figure(figure()))
    (house.project.raw / "acties").mkdir()
    (house.project.raw / "acties" / "acties.csv").write_text("a\n1\n", encoding="utf-8")
    folder = house.build().folder
    told = {"nl": {"plan_label": "Plan", "headline": "Eén loopt"}}
    opened = {NOTEBOOK: {"data/processed/acties.parquet": "0" * 64, "notebooks/eigen.csv": "1" * 64}}
    making = Making(house.project, house.run, {"files": {}}, read_chapters(house.project), told, opened)
    steps = (
        Step("10_omgeving", START, after(12.5), NOTEBOOK, parameters={"quarter": "2026Q3", "language": "nl+fr"}),
        Step("rapport-nl.html", after(13), after(14)),
    )
    crate.write(folder, making, Times(START, after(15), steps), "controller")
    return folder


@pytest.fixture
def graph(published):
    """The entities of the record by id."""
    content = json.loads((published / crate.NAME).read_text(encoding="utf-8"))
    found = {entity["@id"]: entity for entity in content["@graph"]}
    assert len(found) == len(content["@graph"]), "an id is given twice"
    return found


def ids(value):
    """The ids that a property refers to."""
    return [one["@id"] for one in (value if isinstance(value, list) else [value])]


def test_the_context_is_that_of_ro_crate_and_one_word_more(published):
    """JSON-LD of RO-Crate 1.1; the checksum is the word of the profile."""
    content = json.loads((published / crate.NAME).read_text(encoding="utf-8"))
    assert content["@context"][0] == "https://w3id.org/ro/crate/1.1/context"
    assert content["@context"][1] == {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}


def test_the_entities_that_the_specification_asks_for_are_there(graph):
    """The descriptor, the root with name, day, licence and profile, and the profile itself."""
    descriptor, root = graph["ro-crate-metadata.json"], graph["./"]
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert root["@type"] == "Dataset"
    assert {"name", "description", "datePublished", "license"} <= set(root)
    assert set(ids(root["conformsTo"])) == set(crate.PROFILES)
    assert {graph[own]["name"] for own in crate.PROFILES} >= {"Workflow Run Crate", "Workflow RO-Crate"}


def test_the_workflow_is_a_file_of_the_crate(published, graph):
    """Workflow Run Crate asks for it: the main entity, the instrument of the run, in a language that is described."""
    plan = graph[graph["./"]["mainEntity"]["@id"]]
    assert plan["@id"] == graph["#run"]["instrument"]["@id"] == workplan.NAME
    assert plan["@type"] == ["File", "SoftwareSourceCode", "ComputationalWorkflow"]
    assert graph[plan["programmingLanguage"]["@id"]]["@type"] == "ComputerLanguage"
    assert set(ids(plan["hasPart"])) == {f"#{NOTEBOOK}", "#krachtlijn"}
    content = json.loads((published / workplan.NAME).read_text(encoding="utf-8"))
    filled = {"quarter": "2026Q3", "language": "nl+fr"}
    assert content == {
        "quarter": "2026Q3",
        "notebooks": [{"run": NOTEBOOK, "parameters": filled}],
        "pages": [{"set": "rapport-nl.html", "of": [NOTEBOOK]}],
    }


def test_a_page_is_of_the_notebooks_that_serve_its_language(house):
    """A notebook that shows each language something else runs for each; which of them ended first is nothing to it."""
    making = Making(house.project, house.run, {}, [], {"nl": {}, "fr": {}})
    ran = [("b.ipynb", {"language": "fr"}), ("b.ipynb", {"language": "nl"}), ("a.ipynb", {"language": "nl+fr"})]
    content = json.loads(workplan.text_of(making, ran))
    assert [one["parameters"]["language"] for one in content["notebooks"]] == ["nl+fr", "fr", "nl"]
    assert content["pages"][1] == {"set": "rapport-fr.html", "of": ["a.ipynb", "b.ipynb"]}
    assert workplan.text_of(making, ran[::-1]) == workplan.text_of(making, ran)


def test_every_reference_leads_somewhere(graph):
    """Nothing is named that is not described; only RO-Crate and Bioschemas are described elsewhere."""
    named = re.findall(r'\{"@id": "([^"]+)"\}', json.dumps(list(graph.values())))
    assert set(named) - set(graph) == {crate.SPECIFICATION, workplan.WORKFLOW, workplan.PARAMETER}


def test_a_single_reference_is_no_list(graph):
    """RO-Crate asks for it."""
    lists = [value for entity in graph.values() for value in entity.values() if isinstance(value, list)]
    assert lists
    assert all(len(value) > 1 for value in lists)


def test_the_checksums_are_those_of_the_files(published, graph):
    """Of every file in the folder, the manifest included; all are parts of the crate."""
    files = {path.name for path in published.iterdir()} - {crate.NAME}
    assert set(ids(graph["./"]["hasPart"])) == files
    assert files == {"rapport-nl.html", "rapport-fr.html", manifest.NAME, workplan.NAME}
    for name in files:
        assert graph[name]["sha256"] == sha256(published / name)
        assert "File" in graph[name]["@type"]


def test_the_run_tells_who_when_with_what_from_what(graph):
    """A role, both times with their zone, the program, the parameters and all inputs, and what it made."""
    run = graph["#run"]
    assert run["@type"] == "CreateAction"
    assert (run["startTime"], run["endTime"]) == ("2026-11-22T13:05:00.250+00:00", "2026-11-22T13:05:15.250+00:00")
    assert graph[run["agent"]["@id"]]["name"] == "controller"
    assert set(ids(run["result"])) == {"rapport-nl.html", manifest.NAME}
    assert "#data/raw/acties/acties.csv" in ids(run["object"])
    assert "#notebooks/eigen.csv" in ids(run["object"])
    assert set(ids(graph["./"]["mentions"])) == {"#run", "#step-1", "#step-2"}


def test_a_file_of_an_earlier_run_is_not_called_a_result(graph):
    """The French report was not made again; it is part of the crate, and says so."""
    assert graph["rapport-fr.html"]["description"].startswith("Made by an earlier run")
    assert graph["rapport-nl.html"]["description"].startswith("Made by this run")


def test_each_input_has_path_checksum_and_origin(published, graph):
    """As the manifest has them; delivered tables also say what they are based on."""
    entry = json.loads((published / manifest.NAME).read_text(encoding="utf-8"))["editions"]["nl"]
    for path, digest in (entry["raw"] | entry["params"] | entry["notebooks"]).items():
        assert (graph[f"#{path}"]["name"], graph[f"#{path}"]["sha256"]) == (path, digest)
    table = graph["#data/raw/acties/acties.csv"]
    assert graph[table["isBasedOn"]["@id"]]["name"]
    assert "EUPL-1.2" in graph[table["license"]["@id"]]["name"]


def test_each_step_has_its_times(graph):
    """A notebook is the instrument of its own step, which says what it opened and how long it took."""
    notebook, page = graph["#step-1"], graph["#step-2"]
    assert notebook["instrument"] == {"@id": f"#{NOTEBOOK}"}
    assert notebook["description"] == "12.5 s"
    assert set(ids(notebook["object"])) == {"#data/processed/acties.parquet", "#notebooks/eigen.csv"}
    assert page["instrument"] == {"@id": "#krachtlijn"}
    assert page["startTime"] == "2026-11-22T13:05:13.250+00:00"


def test_a_parameter_and_its_value_belong_together(graph):
    """As Workflow Run RO-Crate has them: FormalParameter and PropertyValue."""
    assert graph["#value-as_of"]["value"] == "2026-11-14"
    assert graph["#value-as_of"]["exampleOfWork"] == {"@id": "#parameter-as_of"}
    assert graph["#parameter-publication_lag_days"]["additionalType"] == "Integer"
    assert set(ids(graph[workplan.NAME]["input"])) == {own for own in graph if own.startswith("#parameter-")}


def test_the_machine_is_told_without_naming_it(published, graph):
    """Its kind and the versions; no name of host or user, no folder of the project, no time zone of its own."""
    python = graph["https://www.python.org/"]
    assert python["softwareVersion"] == platform.python_version()
    assert python["operatingSystem"] == platform.system()
    text = (published / crate.NAME).read_text(encoding="utf-8")
    assert str(published.parent) not in text
    assert f'"{getpass.getuser()}' not in text
    assert socket.gethostname() not in text
    assert "+01:00" not in text


def test_a_step_that_was_taken_from_an_earlier_run_says_so(house, figure, tmp_path):
    """No duration is given for what did not run."""
    house.add("10_omgeving", house.figure(figure()))
    folder = house.build().folder
    making = Making(house.project, house.run, {}, read_chapters(house.project), {"nl": {}})
    step = Step("10_omgeving", START, START, NOTEBOOK, reused=True)
    crate.write(folder, making, Times(START, after(1), (step,)), "controller")
    graph = json.loads((folder / crate.NAME).read_text(encoding="utf-8"))["@graph"]
    assert next(one for one in graph if one["@id"] == "#step-1")["description"].startswith("nothing ran")
