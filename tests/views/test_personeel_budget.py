"""The chapter on people and money, on the real data."""

from __future__ import annotations

import itertools
import json
import re

import pandas as pd
import pytest

from analysis.catalog import Catalog
from analysis.figure import Figure
from analysis.models import people
from analysis.paths import Project
from analysis.views import Report, personeel_budget

#: A place not filled in, or a value that is not written in the reader's language.
RAW = re.compile(r"\{|\bnan\b|NaT|None|\d\.0\b")
VIEWS = [getattr(personeel_budget, name) for name in personeel_budget.__all__]


@pytest.fixture
def report(project: Project) -> Report:
    """The report of the latest quarter, in Dutch."""
    return Report("2026Q3", "nl", project=project)


def _texts(figure: Figure) -> str:
    return json.dumps(figure.carrier(), ensure_ascii=False, default=str)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("quarter", ["2021Q3", "2022Q2", "2024Q4", "2026Q3"])
def test_every_figure_stands_in_every_quarter(project: Project, quarter: str, language: str) -> None:
    """Each has its message, its sources, and no place or number left raw; ids are unique."""
    report = Report(quarter, language, project=project)
    figures = [view(report) for view in VIEWS]
    assert len({figure.id for figure in figures}) == len(VIEWS)
    for figure in figures:
        assert figure.title
        assert figure.origins
        shown = (figure.title, figure.subtitle, figure.alt, *figure.notes, *figure.sentences)
        cells = [cell for row in figure.grid.rows for cell in row] if figure.grid else []
        assert not [text for text in (*shown, *cells) if RAW.search(text)]


@pytest.mark.parametrize("plan", ["actiris-mandaat", "hr-begeleiding-2018"])
def test_another_plan_says_what_it_lacks(project: Project, plan: str) -> None:
    """A plan without amounts says so; no figure of the other plan becomes its own."""
    report = Report("2026Q3", "nl", plan=plan, project=project)
    for view in VIEWS:
        assert view(report).title
    assert "dit plan noemt geen cijfer" in personeel_budget.direct_debt(report).title
    assert "noemt geen bedrag" in personeel_budget.strategic_investments(report).title


def test_an_institution_without_series_gets_a_plain_sentence(project: Project) -> None:
    """Actiris has a single count: no chart is made of it, the list of counts holds it."""
    report = Report("2026Q3", "fr", plan="actiris-mandaat", project=project)
    figure = personeel_budget.staff(report)
    assert figure.kind == "sentences"
    assert "aucune série" in figure.title
    assert len(personeel_budget.staff_counts(report).grid.rows) == 1


@pytest.mark.parametrize("view", VIEWS, ids=personeel_budget.__all__)
def test_nothing_known_is_said_and_does_not_fail(report: Report, monkeypatch, view) -> None:
    """With empty tables every view still gives a message."""
    whole = Catalog.table

    def emptied(self: Catalog, name: str) -> pd.DataFrame:
        rows = whole(self, name)
        return rows.iloc[0:0] if name in ("personeel", "budget") else rows

    monkeypatch.setattr(Catalog, "table", emptied)
    figure = view(report)
    assert figure.title
    assert figure.kind != "chart"


def test_a_report_knows_nothing_published_later(project: Project) -> None:
    """In 2022Q2 the debt of 2022 and the downgrade of 2024 are unknown, in 2026Q3 they are not."""
    early, late = (Report(quarter, "nl", project=project) for quarter in ("2022Q2", "2026Q3"))
    for view, text in ((personeel_budget.direct_debt, "8,85"), (personeel_budget.rating, "maart 2024")):
        assert text not in _texts(view(early))
        assert text in _texts(view(late))


def test_the_plans_debt_is_not_compared_before_its_year_is_realised(report: Report) -> None:
    """10.1 billion stands beside the last realised figure, and the missing year is named."""
    figure = personeel_budget.direct_debt(report)
    assert "plan 10,1 voor 2025; laatst gerealiseerd 8,85 (31 december 2022)" in figure.title
    assert "Voor 2025 is nog geen gerealiseerd cijfer bekend" in figure.subtitle


def test_no_line_joins_estimates_or_crosses_a_gap(report: Report) -> None:
    """Lines hold realised year ends of consecutive years, or the plan's own two points."""
    spec = personeel_budget.direct_debt(report).spec
    lines = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    assert len(lines) == 2
    assert all("raming" not in json.dumps(layer["transform"]) for layer in lines)
    points = pd.concat([pd.DataFrame(rows) for rows in spec["datasets"].values()])
    realised = points[(points["merk"] == "gerealiseerd") & points["eind"]].drop_duplicates("x")
    gaps = realised.groupby("deel")["x"].apply(lambda x: x.sort_values().diff().max())
    assert gaps.dropna().le(1).all()


def test_staff_per_administration_adds_up(report: Report) -> None:
    """Eight administrations, together the 1,453 of the plan."""
    grid = personeel_budget.administrations(report).grid
    assert len(grid.rows) == 9
    assert grid.rows[-1][1] == "1.453"
    assert sum(int(row[1]) for row in grid.rows[:-1]) == 1453


def test_two_perimeters_are_drawn_as_two_series(report: Report) -> None:
    """The former perimeter ends in 2017; today's begins in 2018 and is another line."""
    rows = personeel_budget.staff(report).grid.rows
    by_count = pd.DataFrame(rows).groupby(1)[0].agg(list)
    assert [day[-4:] for day in by_count["vroegere perimeter"]] == ["2015", "2016", "2017"]
    assert [day[-4:] for day in by_count["werkelijk"]] == ["2018", "2019", "2020"]
    assert by_count["jaarverslagen"] == ["2020", "2021", "2022"]


def test_differing_counts_are_marked(report: Report) -> None:
    """1,454 and 1,455, 1,453 and 1,452, and the 1,541 of 2018 all carry the mark."""
    marked = [row[2] for row in personeel_budget.staff_counts(report).grid.rows if "*" in row[2]]
    assert set(marked) == {f"{n} *" for n in ("1.400", "1.541", "1.454", "1.455", "1.452", "1.453")}


def test_contractual_staff_are_not_derived(report: Report) -> None:
    """No cell and no bar holds what 100 % or the total leaves over."""
    figure = personeel_budget.statutory(report)
    shares = people.statutory_shares(report.now.table("personeel"), "GOB")
    rests = {str(int(rest)) for rest in shares["totaal"] - shares["waarde"]}
    assert rests.isdisjoint(cell for row in figure.grid.rows for cell in row)
    assert "contractuelen" in " ".join(figure.notes)


def test_telework_has_a_visible_break(report: Report) -> None:
    """Between 2018 and 2020 the chart says that the count changes; 2018 has no share."""
    figure = personeel_budget.telework(report)
    assert "Breuk in de reeks" in json.dumps(figure.spec, ensure_ascii=False)
    assert figure.grid.rows[0][-1] == "–"


def test_what_is_not_public_stays_a_dash(report: Report) -> None:
    """Absence, full-time equivalents, departures, levels and age bands of the GOB are unknown."""
    rows = {row[0]: row[1] for row in personeel_budget.not_public(report).grid.rows}
    unknown = ("Ziekteverzuim", "Voltijdse equivalenten", "Uitstroom", "Personeel per niveau")
    assert all(rows[topic] == "–" for topic in (*unknown, "Personeel per leeftijdsgroep"))


def test_every_contradiction_shows_one_value_and_all_others(report: Report) -> None:
    """Each heading has exactly one shown value, or all of them where they are estimates."""
    grid = personeel_budget.contradictions(report).grid
    starts = [*sorted(grid.groups), len(grid.rows)]
    for start, end in itertools.pairwise(starts):
        uses = [row[2] for row in grid.rows[start:end]]
        assert uses == ["ja", *["nee"] * (len(uses) - 1)] or set(uses) == {"alle"}
        assert len({row[1] for row in grid.rows[start:end]}) > 1
    assert any("23 september 2022" in heading for heading in grid.groups.values())


def test_the_three_balances_stand_apart(report: Report) -> None:
    """Three headings; 2024 has a value of its own under each, and none is a mixture."""
    grid = personeel_budget.balance(report).grid
    assert len(grid.groups) == 3
    assert [row[1] for row in grid.rows if row[0] == "2024"] == ["-1.514,9", "-1.552", "-1.648,4"]
