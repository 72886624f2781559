from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import build
from analysis.build import inputs, manifest
from analysis.build.chapters import read_chapters
from analysis.errors import KrachtlijnError


@pytest.fixture
def filled(house, figure):
    """A house with one chapter, delivered data and a lock."""
    house.add("10_omgeving", house.text("## Wie", "nl"), house.text("## Qui", "fr"), house.figure(figure()))
    (house.project.raw / "acties").mkdir()
    (house.project.raw / "acties" / "acties.csv").write_text("a\n1\n", encoding="utf-8")
    (house.project.root / "requirements.lock").write_text("pandas==3.0\n", encoding="utf-8")
    return house


def told(folder):
    """The manifest of a folder."""
    return json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))


def test_every_kind_of_input_has_its_checksum(filled):
    """Data, parameters, notebooks and lock by file; the code as a whole, with its version."""
    entry = told(filled.build().folder)["editions"]["nl"]
    root = filled.project.root
    assert set(entry["raw"]) == {"data/raw/acties/acties.csv", "data/raw/datapackage.json"}
    assert set(entry["params"]) == {"params/2026Q3.yaml", "params/defaults.yaml"}
    assert set(entry["lock"]) == {"requirements.lock"}
    for group in ("raw", "params", "notebooks", "lock"):
        assert all(digest == inputs.sha256(root / path) for path, digest in entry[group].items()), group
    assert entry["code"] == inputs.code()
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", entry["code"]["version"])
    parameters = {key: entry[key] for key in ("as_of", "plan", "publication_lag_days", "provisional")}
    assert parameters == {
        "as_of": "2026-11-14",
        "plan": "gob-2021-2026",
        "publication_lag_days": 45,
        "provisional": False,
    }


def test_nothing_of_the_machine_stands_in_it(filled):
    """No folder, no clock time, no name of a person or a machine: anybody makes the same one."""
    text = (filled.build().folder / manifest.NAME).read_text(encoding="utf-8")
    assert str(filled.project.root) not in text
    assert not re.search(r"\d{2}:\d{2}:\d{2}|\bhost|\buser|timezone|\b/home|\b/root|\\\\", text)


def test_an_edition_says_which_files_it_links_to(filled):
    """Made alone it links to none; a later language links to what stands there; together they link to each other."""
    folder = filled.build(languages=("nl",)).folder
    assert told(folder)["editions"]["nl"]["beside"] == []
    filled.build(languages=("fr",))
    assert told(folder)["editions"]["fr"]["beside"] == ["rapport-nl.html"]
    assert told(folder)["editions"]["nl"]["beside"] == []
    filled.build(wish=build.Wish(interactive=True))
    assert told(folder)["editions"]["fr"]["beside"] == ["rapport-nl-interactief.html", "rapport-nl.html"]


def test_what_each_notebook_opened_stands_there_when_it_is_known(filled, tmp_path):
    """In one order, whatever order the notebooks ran in; without anybody watching the key is left out."""
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    (fresh / "rapport-nl.html").write_text("x", encoding="utf-8")
    said = {"nl": {"plan_label": "Plan", "headline": "Kop"}}
    making = manifest.Making(filled.project, filled.run, {}, read_chapters(filled.project), said)
    assert "opened" not in manifest.manifest(making, fresh, tmp_path / "none")["editions"]["nl"]
    watched = replace(making, opened={"b": {"y": "2", "x": "1"}, "a": {}})
    opened = manifest.manifest(watched, fresh, tmp_path / "none")["editions"]["nl"]["opened"]
    assert json.dumps(opened) == '{"a": {}, "b": {"x": "1", "y": "2"}}'


@pytest.fixture
def package(tmp_path) -> Path:
    """A package of two files."""
    folder = tmp_path / "package"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.py").write_bytes(b"one\ntwo\n")
    (folder / "deep" / "b.po").write_bytes(b"three\n")
    return folder


def test_the_code_has_one_checksum_on_every_system(package, tmp_path):
    """Ends of lines as Windows checks them out, another folder, and what tools leave behind change nothing."""
    before = inputs.digest(package)
    (package / "a.py").write_bytes(b"one\r\ntwo\r\n")
    (package / "__pycache__").mkdir()
    for litter in ("__pycache__/a.pyc", ".a.py.swp", "a.py~", "deep/.DS_Store", "Thumbs.db"):
        (package / litter).write_bytes(b"x")
    moved = shutil.copytree(package, tmp_path / "elsewhere" / "other")
    assert inputs.digest(package) == inputs.digest(moved) == before


@pytest.mark.parametrize(("name", "content"), [("a.py", b"one\ntwo"), ("deep/b.po", b""), ("c.css", b"")])
def test_any_change_of_the_code_changes_its_checksum(package, name, content):
    """A letter, an emptied file, a new file."""
    before = inputs.digest(package)
    (package / name).write_bytes(content)
    assert inputs.digest(package) != before


def test_a_renamed_file_is_other_code(package):
    """The checksum is over paths too."""
    before = inputs.digest(package)
    (package / "a.py").rename(package / "z.py")
    assert inputs.digest(package) != before


def test_a_whole_manifest_can_be_read_back(filled):
    """What was published is what is read."""
    folder = filled.build().folder
    assert manifest.read(folder, "reports/2026Q3") == told(folder)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda _: None, "JSONDecodeError"),
        (lambda _: [], "TypeError"),
        (lambda content: content | {"quarter": "2026Q9"}, "'2026Q9' is not a quarter"),
        (lambda content: content | {"quarter": 2026}, "'2026' is not a quarter"),
        (lambda content: content | {"editions": {}}, "no edition"),
        (lambda content: {"quarter": content["quarter"]}, "'editions'"),
        (lambda content: without(content, "code"), "'code'"),
        (lambda content: changed(content, raw=[]), "'raw'"),
        (lambda content: changed(content, as_of="gisteren"), "gisteren"),
        (lambda content: changed(content, provisional="no"), "'provisional'"),
    ],
)
def test_a_damaged_manifest_is_one_clear_message(filled, damage, said):
    """Where it stands, what is wrong with it, and what to do."""
    folder = filled.build().folder
    content = damage(told(folder))
    (folder / manifest.NAME).write_text("{" if content is None else json.dumps(content), encoding="utf-8")
    with pytest.raises(KrachtlijnError, match="the manifest of a report is damaged") as caught:
        manifest.read(folder, "reports/2026Q3")
    assert caught.value.where == "reports/2026Q3/manifest.json"
    assert said in caught.value.why
    assert "krachtlijn report" in caught.value.do


@pytest.mark.parametrize(("made", "why"), [(True, "no manifest.json stands there"), (False, "there is no such folder")])
def test_where_nothing_is_published_is_told(tmp_path, made, why):
    """A folder without a manifest and no folder at all are two things."""
    folder = tmp_path / "2026Q3"
    if made:
        folder.mkdir()
    with pytest.raises(KrachtlijnError, match="there is no published report") as caught:
        manifest.read(folder, "reports/2026Q3")
    assert caught.value.why == why


def changed(content, **entry):
    """A manifest with other values in its Dutch edition."""
    return content | {"editions": content["editions"] | {"nl": content["editions"]["nl"] | entry}}


def without(content, key):
    """A manifest whose Dutch edition lacks a key."""
    entry = {name: value for name, value in content["editions"]["nl"].items() if name != key}
    return content | {"editions": content["editions"] | {"nl": entry}}
