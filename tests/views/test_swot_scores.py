"""The scores in the chapter on the SWOT: who scored, in which order the items stand, and how far raters agree."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import pytest

from analysis.figure import Figure
from analysis.language import Words
from analysis.models.scoring import aggregate
from analysis.paths import Project
from analysis.views import Report, swot
from analysis.views.swot import eensgezind, gewogen, paren, rangorde, scores

NL = Words("nl")
VIEWS: dict[str, Callable[[Report], Figure]] = {
    "swot-beoordeling": swot.scored,
    "swot-rangorde": swot.ranking,
    "swot-eensgezind": swot.agreed,
    "swot-paren": swot.pairs,
    "swot-tows": swot.tows,
    "swot-ife-efe": swot.evaluations,
}


@pytest.fixture(scope="module")
def report(examples: Project) -> Report:
    """The report on the made-up scores, in both languages."""
    return Report("2026Q3", "nl+fr", deliveries="examples", project=examples)


@pytest.mark.parametrize("name", VIEWS)
def test_each_is_a_whole_figure_that_says_that_it_is_made_up(report: Report, name: str) -> None:
    """In both languages, with its sources."""
    figure = VIEWS[name](report)
    assert figure.id == name
    for one, warning in zip((figure, figure.others["fr"]), ("Fictief", "Fictif"), strict=True):
        assert one.title
        assert one.origins
        assert one.notes[0].startswith(warning)
        assert one.sentences or (one.grid and one.grid.rows)


@pytest.mark.parametrize("name", VIEWS)
def test_without_scores_the_chapter_says_on_what_it_rests(project: Project, name: str) -> None:
    """One sentence; the tables leave the report."""
    figure = VIEWS[name](Report("2026Q3", "nl", project=project))
    assert figure.kind == ("sentences" if name == "swot-beoordeling" else "absent")
    if name == "swot-beoordeling":
        assert figure.title == "Niemand heeft de items van de SWOT gescoord"


@pytest.mark.parametrize("name", VIEWS)
def test_before_the_first_moment_nothing_is_told(examples: Project, name: str) -> None:
    """Scores count from the quarter on which they were delivered."""
    figure = VIEWS[name](Report("2022Q2", "nl", deliveries="examples", project=examples))
    assert figure.kind == ("sentences" if name == "swot-beoordeling" else "absent")


def test_the_first_moment_has_nothing_to_compare_with(examples: Project) -> None:
    """No change is told, and no comparison in pairs was made yet."""
    early = Report("2022Q4", "nl", deliveries="examples", project=examples)
    figure = swot.ranking(early)
    assert figure.grid is not None
    assert figure.grid.columns[6].label == "Sinds het vorige moment"
    assert {row[6] for row in figure.grid.rows} == {"–"}
    assert swot.pairs(early).kind == "absent"


def test_the_order_and_the_scores_are_those_of_the_model(report: Report) -> None:
    """Every item of the plan once, the heaviest of each group first; the scores are means over raters."""
    own = report.in_language("nl")
    figure, found = swot.ranking(own), rangorde.scored(own)
    assert figure.grid is not None
    assert len(figure.grid.rows) == len(own.now.plan("swot", own.plan_id))
    model = aggregate.score(scores.latest(own, "swot_scores")).set_index("swot_code")
    for row in figure.grid.rows:
        assert row[1] == NL.number(model.at[row[0].split()[0], "score"], 1)
    for _, group in found.groupby("groep"):
        assert group["score"].is_monotonic_decreasing
        assert group["eerste"].sum() == pytest.approx(1)
        for likely in ("top", "gewogen"):
            assert group[likely].sum() == pytest.approx(min(rangorde.TOP, len(group)))
    assert any("projectleider-2" in note for note in figure.notes)


def test_one_rater_gives_scores_without_an_interval(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """No interval, no likelihood, no verdict on agreement; and the title does not say that anything is sure."""
    own = report.in_language("nl")
    rows = scores.latest(own, "swot_scores")
    alone = rows[rows["beoordelaar"] == "diensthoofd-1"]
    monkeypatch.setattr(scores, "latest", lambda *_: alone)
    figure = swot.agreed(own)
    assert figure.title == "Of de beoordelaars het eens zijn, is niet te zeggen"
    assert figure.grid is not None
    assert {row[2:4] for row in figure.grid.rows} == {("–", "–")}
    assert rangorde._ranks(aggregate.rated(alone)) == []
    table = aggregate.score(alone)
    assert table["score_onder"].isna().all()


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ([0.9, 0.85], "W1 en T1 wegen elk het zwaarst van hun groep, en dat is vrij zeker"),
        ([0.9, 0.5], "W1 en T1 wegen elk het zwaarst van hun groep, maar andere beoordelaars zouden het anders"),
        ([0.9, math.nan], "W1 weegt het zwaarst van zijn groep, en dat is vrij zeker"),
        ([math.nan, math.nan], "De beoordelaars scoorden geen zwakte en geen bedreiging"),
    ],
)
def test_the_title_of_the_order_says_how_sure_it_is(first: list[float], said: str) -> None:
    """Both sure, one not, one group only, none."""
    scored = [3.0 if chance == chance else math.nan for chance in first]
    found = pd.DataFrame(
        {"swot_code": ["W1", "T1"], "groep": ["W", "T"], "label": "", "score": scored, "eerste": first}
    )
    assert rangorde.ranking_title(NL, found).startswith(said)


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        (["betrouwbaar", "voorlopig"], "genoeg eens"),
        (["onbetrouwbaar", "onbetrouwbaar"], "te weinig eens om op hun gemiddelde"),
        (["onbetrouwbaar", "betrouwbaar"], "Over 1 van de 2 zaken"),
        (["onbekend"], "niet te zeggen"),
    ],
)
def test_the_title_on_agreement_counts_right(bands: list[str], said: str) -> None:
    """All, none, some, unknown."""
    assert said in eensgezind.agreed_title(NL, bands)


def test_the_inconsistent_rater_is_told_which_judgement_to_look_at(report: Report) -> None:
    """The made-up rater who contradicts the own judgements has a ratio above the limit, and a judgement named."""
    figure = swot.pairs(report.in_language("nl"))
    assert figure.grid is not None
    rows = [row for row in figure.grid.rows if row[0] == "projectleider-1"]
    assert rows
    assert all("keer zo belangrijk als" in row[2] for row in rows)
    assert {row[2] for row in figure.grid.rows if row[0] != "projectleider-1"} == {"–"}
    assert figure.title.startswith(f"In {len(rows)} van de ")


def test_comparisons_that_do_not_connect_all_items_have_no_weights(report: Report) -> None:
    """The two pairs say nothing of each other."""
    rows = pd.DataFrame({"beoordelaar": "a", "links": ["W1", "W3"], "rechts": ["W2", "W4"], "waarde": [3.0, 2.0]})
    (together, alone) = paren.compared(rows)
    assert together.found.reden == alone.found.reden == "niet_verbonden"
    assert paren._row(report.in_language("nl"), together)[1:] == (
        "–",
        "–",
        "geen gewichten: de vergelijkingen verbinden niet alle items",
    )


@pytest.mark.parametrize(
    ("consistent", "total", "said"), [(0, 0, "te weinig paren"), (2, 2, "elke"), (1, 3, "In 2 van")]
)
def test_the_title_of_the_pairs_counts_right(consistent: int, total: int, said: str) -> None:
    """None to check, all well, some not."""
    assert said in paren.pairs_title(NL, consistent, total)


def test_the_weights_are_those_of_the_whole_and_the_heaviest_pairs_come_first(report: Report) -> None:
    """Weights sum to 1, of the groups as compared in pairs; three pairs of each kind, in the order of their weight."""
    own = report.in_language("nl")
    found, by_pairs = gewogen.weights(own)
    assert by_pairs
    assert found["gewicht"].sum() == pytest.approx(1)
    figure = swot.tows(own)
    assert figure.grid is not None
    assert len(figure.grid.rows) == 4 * gewogen.SHOWN
    for start in figure.grid.groups:
        shares = [float(row[2].replace(",", ".")) for row in figure.grid.rows[start : start + gewogen.SHOWN]]
        assert shares == sorted(shares, reverse=True)
    together = sum(row[3].startswith("één doelstelling") for row in figure.grid.rows)
    assert f"beantwoordt één doelstelling er {together} als geheel" in figure.title


def test_without_comparisons_of_the_groups_weights_come_from_importance(examples: Project) -> None:
    """And the note says so."""
    early = Report("2024Q2", "nl", deliveries="examples", project=examples)
    assert not gewogen.weights(early)[1]
    assert any("niemand vergeleek de groepen" in note for note in swot.tows(early).notes)


def test_the_evaluations_are_told_against_the_average() -> None:
    """Each by where its own total lies."""
    said = gewogen.evaluations_title(NL, "boven", "onder")
    assert said == "Intern: boven het gemiddelde; inspelen op buiten: onder het gemiddelde"
