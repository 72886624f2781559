"""What figures say of the items of the SWOT: it follows from the data, says how strong it is, and faces the scores."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.language import Words
from analysis.models import item_evidence
from analysis.models.item_evidence import SERIES
from analysis.paths import Project
from analysis.views import Report, swot
from analysis.views.swot import bewijs, bewijs_cijfers
from analysis.views.swot.bewijs import evidence_title
from analysis.views.swot.bewijs_reeksen import series_title

pytestmark = pytest.mark.xdist_group("swot-evidence")
NL = Words("nl")


@pytest.fixture(scope="module")
def report(project: Project) -> Report:
    """The real report, in both languages: without scores."""
    return Report("2026Q3", "nl+fr", project=project)


@pytest.fixture(scope="module")
def scored(examples: Project) -> Report:
    """With made-up scores."""
    return Report("2026Q3", "nl", deliveries="examples", project=examples)


@pytest.mark.parametrize("name", ["evidence", "series"])
def test_each_is_a_whole_figure_in_both_languages(report: Report, name: str) -> None:
    """With its sources, and as wide in one language as in the other."""
    figure = getattr(swot, name)(report)
    for one in (figure, *figure.others.values()):
        assert one.title
        assert one.grid.rows
        assert one.notes
        assert len(one.grid.columns) == len(figure.grid.columns)
    assert any(origin.bron_id == "krachtlijn-koppeling" for origin in figure.origins)


def test_every_item_is_there_and_every_link(report: Report) -> None:
    """Nothing that was linked, and nothing to which nothing was linked, is left out."""
    own = report.in_language("nl")
    assert len(swot.evidence(own).grid.rows) == len(own.now.plan("swot", own.plan_id)) == 31
    assert len(swot.series(own).grid.rows) == len(bewijs_cijfers.links(own))


def test_the_debt_moved_the_wrong_way_by_the_figures_of_the_data(report: Report) -> None:
    """First, last and difference are those of the table budget, realised, at the end of years from 2020 on."""
    rows = report.now.table("budget")
    rows = rows[(rows["soort"] == "gerealiseerd") & (rows["eenheid"] == "EUR_mln")]
    own = rows[rows["reeks"] == "geconsolideerde_brutoschuld"]
    values = own.groupby(own["periode_tot"].dt.year)["waarde_getal"].agg(set)
    found = bewijs_cijfers.movements(report.in_language("nl"))
    debt = found[(found["reeks"] == "geconsolideerde_brutoschuld") & (found["swot_code"] == "T5")].iloc[0]
    assert debt["verandering"] in {last - first for last in values.iloc[-1] for first in values[2020]}
    assert (debt["kant"], debt["tot"].year) == ("slechter", values.index[-1])


def test_a_report_knows_no_later_figures(project: Project) -> None:
    """In the first quarter of the plan no series has two figures; what came later is not seen."""
    own = Report("2021Q3", "nl", project=project)
    last = bewijs_cijfers.compared(own)["periode_tot"]
    assert (last <= pd.Timestamp(own.as_of)).all()
    assert swot.evidence(own).title == "Nog geen enkel cijfer zegt welke kant de items van de SWOT op gingen"
    assert "(" not in swot.evidence(own).grid.rows[0][3]


def test_without_scores_nothing_is_said_of_raters(report: Report) -> None:
    """The columns of the scores are not there, empty."""
    figure = swot.evidence(report.in_language("nl"))
    assert len(figure.grid.columns) == 4
    assert not any("beoordelaar" in text.lower() for text in (figure.title, *figure.notes))


def test_people_and_figures_face_each_other(scored: Report) -> None:
    """The title counts what the last column says, and each of these has two sides that differ."""
    figure, found = swot.evidence(scored), bewijs.items(scored)
    against = found[found["samen"] == "oneens"]
    assert [row[5] for row in figure.grid.rows].count("spreken elkaar tegen") == len(against) > 0
    assert (against["mensen"] != against["cijfers"]).all()
    assert all(code in figure.title for code in against["swot_code"])
    assert "verzonnen" in figure.notes[0]


def test_every_link_names_a_series_and_an_entity_that_could_be(project: Project) -> None:
    """A typing mistake in a code would show as 'no figure found'; only these have none, and are known to have none."""
    data = pd.read_parquet(project.processed / "swot_reeksen.parquet")
    known = {
        table: pd.read_parquet(project.processed / f"{table}.parquet") for table in ("omgeving", "personeel", "budget")
    }
    for tabel, reeks, entiteit, _ in data[SERIES].drop_duplicates().itertuples(index=False, name=None):
        names = ("indicator", "geo") if tabel == "omgeving" else ("reeks", "entiteit")
        rows = known[tabel]
        found = rows[(rows[names[0]] == reeks) & (rows[names[1]] == entiteit)]
        assert len(found) or (tabel, reeks) in {("personeel", "ziekteverzuim"), ("personeel", "uitstroom")}, reeks


def test_one_series_has_one_name(project: Project) -> None:
    """The same series behind two items is called the same in both."""
    rows = Report("2026Q3", "nl", project=project).now.table("swot_reeksen")
    assert (rows.groupby(SERIES)[["label_nl", "label_fr"]].nunique() == 1).all(axis=None)


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        ([], "Nog geen enkel cijfer"),
        (["slechter"], "Sinds het begin van het plan: achter 1 item gingen de cijfers de verkeerde kant op"),
        (["beter"], "Sinds het begin van het plan: achter 1 item gingen de cijfers de goede kant op"),
        (["beter", "slechter", "slechter"], "achter 2 items gingen de cijfers de verkeerde kant op en achter 1 item"),
    ],
)
def test_the_title_without_scores_counts_right(sides: list[str], said: str) -> None:
    """None, one and more."""
    found = pd.DataFrame({"swot_code": [f"W{n}" for n, _ in enumerate(sides)], "cijfers": sides}, dtype=object)
    assert said in evidence_title(NL, found, scored=False)


@pytest.mark.parametrize(("n", "said"), [(0, "elkaar nergens tegen"), (1, "Over 1 item"), (2, "Over 2 items")])
def test_the_title_with_scores_counts_right(n: int, said: str) -> None:
    """None, one and more."""
    own = {"swot_code": ["W1", "W2"], "samen": ["oneens"] * n + [item_evidence.AGREEMENTS[0]] * (2 - n)}
    assert said in evidence_title(NL, pd.DataFrame(own), scored=True)


def test_the_title_of_the_series_counts_right() -> None:
    """None, one and more."""
    told = [series_title(NL, 31, n) for n in (0, 1, 22)]
    assert [text[:9] for text in told] == ["Van 0 van", "Van 1 van", "Van 22 va"]
