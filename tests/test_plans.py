"""Other plans run through the same notebooks, with their own levels and no code of their own."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from analysis.intake import ensure
from analysis.intake.receive import receive
from analysis.paths import Project
from analysis.quarter import Quarter

# What the reports are made of is reckoned once, by one worker.
pytestmark = pytest.mark.xdist_group("plans")

BRON, PLACE = "strategisch-plan-gob-2021-2026", "verzonnen voor een test"
#: A plan of two levels, pijler and project, that fits on a hand.
TINY: dict[str, list[dict[str, str]]] = {
    "plannen": [
        {"plan_id": "klein", "label_nl": "Klein plan", "label_fr": "Petit plan", "instelling": "GOB"}
        | {"van": "2026", "tot": "2026", "gepubliceerd": "2026-01-05"}
    ],
    "plan_niveaus": [
        {"niveau": "doelstelling", "enkelvoud_nl": "Pijler", "meervoud_nl": "Pijlers"}
        | {"enkelvoud_fr": "Pilier", "meervoud_fr": "Piliers"},
        {"niveau": "actie", "enkelvoud_nl": "Project", "meervoud_nl": "Projecten"}
        | {"enkelvoud_fr": "Projet", "meervoud_fr": "Projets"},
    ],
    "plan_doelstellingen": [
        {"doelstelling_code": "A", "label_nl": "Sneller", "label_fr": "Plus vite"},
        {"doelstelling_code": "B", "label_nl": "Beter", "label_fr": "Mieux"},
    ],
    "plan_acties": [
        {"doelstelling_code": "A", "actie_code": "A1", "label_nl": "Eerste project", "label_fr": "Premier projet"},
        {"doelstelling_code": "A", "actie_code": "A2", "label_nl": "Tweede project", "label_fr": "Deuxième projet"},
        {"doelstelling_code": "B", "actie_code": "B1", "label_nl": "Derde project", "label_fr": "Troisième projet"},
    ],
}
PROGRESS = [("A1", 90, "groen"), ("A2", 20, "groen"), ("B1", 50, "oranje")]


def add(project: Project, tables: Mapping[str, list[dict[str, str]]]) -> None:
    """Append a plan's rows to the tables of the project: data, and nothing else."""
    for name, rows in tables.items():
        path = next(iter(sorted((project.raw / name).glob("*.csv"))))
        with path.open(encoding="utf-8", newline="") as stream:
            columns = next(csv.reader(stream))
        with path.open("a", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
            for row in rows:
                writer.writerow({"plan_id": "klein", "bron_id": BRON, "vindplaats": PLACE} | row)


def hand_in(project: Project, room: Path, quarter: Quarter, day: dt.date, share: float) -> None:
    """Deliver the progress of the tiny plan's projects."""
    lines = ["actie_code,voortgang_pct,eigen_status,gepland_start,gepland_einde"]
    lines += [f"{code},{share * done:.0f},{own},2026-01-01,2026-12-31" for code, done, own in PROGRESS]
    (room / "voortgang.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    receive(project, [room / "voortgang.csv"], "klein", quarter, day)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory, project: Project) -> Project:
    """A project with the tiny plan and two of its deliveries."""
    root = tmp_path_factory.mktemp("tiny")
    shutil.copytree(project.raw, root / "data" / "raw")
    shutil.copytree(project.params, root / "params")
    (root / "data" / "processed").mkdir()
    own = Project(root)
    add(own, TINY)
    hand_in(own, root, Quarter(2026, 2), dt.date(2026, 7, 20), 0.6)
    hand_in(own, root, Quarter(2026, 3), dt.date(2026, 10, 20), 1.0)
    outcome = ensure(own)
    assert not outcome.faults
    return own


@pytest.fixture(scope="module")
def shown(tiny: Project, figures: Callable[..., dict[str, str]]) -> dict[str, dict[str, Any]]:
    """Every figure of the tiny plan's report."""
    found = figures(tiny, quarter="2026Q3", language="nl+fr", plan="klein")
    return {name: json.loads(text) for name, text in found.items()}


def test_a_plan_of_two_levels_runs_through_every_notebook(shown: dict[str, dict[str, Any]]) -> None:
    """Every figure is made; the chapter of deliveries shows what there is, and nothing that there is not."""
    assert len(shown) > 30
    assert shown["voortgang-boordtabel"]["kind"] == "table"
    assert shown["voortgang-acties"]["kind"] == "chart"
    assert {shown[f"voortgang-{name}"]["kind"] for name in ("mijlpalen", "meetpunten", "middelen")} == {"absent"}


def test_its_levels_have_their_own_names(shown: dict[str, dict[str, Any]]) -> None:
    """In both languages, and nowhere in a header those of another plan."""
    heads = {
        language: [
            column["label"] for figure in _in(shown, language) for column in (figure["grid"] or {}).get("columns", [])
        ]
        for language in ("nl", "fr")
    }
    assert {"Pijler", "Project"} <= set(heads["nl"])
    assert {"Pilier", "Projet"} <= set(heads["fr"])
    assert not {"Krachtlijn", "Doelstelling", "Actie", "Acties"} & set(heads["nl"])
    assert not {"Ligne de force", "Objectif", "Action", "Actions"} & set(heads["fr"])


def _in(shown: Mapping[str, dict[str, Any]], language: str) -> list[dict[str, Any]]:
    return [figure if language == "nl" else figure["others"][language] for figure in shown.values()]


def test_its_worst_project_stands_beside_the_average(shown: dict[str, dict[str, Any]]) -> None:
    """A2 is 55 points behind what its plan asked at the end of September; the average of A hides it."""
    row = shown["voortgang-boordtabel"]["grid"]["rows"][0]
    assert row[0] == "A Sneller"
    assert "A2" in row[4]
    assert row[2] == "55"


def test_the_mandate_runs_with_its_own_meetpunten_and_deadlines(
    examples: Project, figures: Callable[..., dict[str, str]]
) -> None:
    """The second plan has no actions: its meetpunten, duties and KPIs are shown, and the rest is left out."""
    found = figures(examples, quarter="2026Q3", language="nl", plan="actiris-mandaat", deliveries="examples")
    kinds = {name: json.loads(text)["kind"] for name, text in found.items() if name.startswith("voortgang-")}
    shown = {name for name, kind in kinds.items() if kind != "absent"}
    assert {"voortgang-meetpunten", "voortgang-meetpunten-stand", "voortgang-taken", "voortgang-optiris"} <= shown
    assert not {"voortgang-boordtabel", "voortgang-acties", "voortgang-verloop"} & shown


def test_a_note_tells_which_words_the_sentences_use(shown: dict[str, dict[str, Any]]) -> None:
    """Sentences say doelstelling and actie for every plan; page one and two chapters tell what this plan calls them."""
    said = "‘doelstelling’ waar het plan ‘Pijler’ zegt en ‘actie’ waar het plan ‘Project’ zegt"
    with_notes = {name for name, figure in shown.items() if any(said in note for note in figure["notes"])}
    assert with_notes == {"directieraad-boodschap", "krachtlijnen-status", "voortgang-leveringen"}
    french = shown["directieraad-boodschap"]["others"]["fr"]["notes"]
    assert any("«\u00a0action\u00a0» là où le plan dit «\u00a0Projet\u00a0»" in note for note in french)
