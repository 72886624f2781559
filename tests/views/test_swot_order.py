"""The picture of the order of the items, the weights out of comparisons, and deliveries that hold only scores."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import pandas as pd
import pytest

from analysis.build import drawing
from analysis.build.figures import DRAWN_BYTES
from analysis.figure import Figure
from analysis.language import Words
from analysis.models.delivered import movements as moving
from analysis.models.scoring import matrices
from analysis.paths import Project
from analysis.views import Report, swot, voortgang
from analysis.views.swot import gewogen, gewogen_tekst, paren, rangorde, rangorde_beeld, scores
from analysis.views.voortgang import bewegingen, common
from analysis.views.voortgang.received import SCORES

pytestmark = pytest.mark.xdist_group("swot-order")

NL, FR = Words("nl"), Words("fr")
#: What fits on a sheet, in pixels.
SHEET = 1040


@pytest.fixture(scope="module")
def both(examples: Project) -> Report:
    """The report on the made-up scores, in both languages."""
    return Report("2026Q3", "nl+fr", deliveries="examples", project=examples)


@pytest.fixture(scope="module")
def report(both: Report) -> Report:
    """The same in Dutch."""
    return both.in_language("nl")


@pytest.fixture(scope="module")
def figure(both: Report) -> Figure:
    """The picture, in both languages."""
    return swot.order(both)


def altered(monkeypatch: pytest.MonkeyPatch, report: Report, **columns: Any) -> pd.DataFrame:
    """Let the picture see other findings of the items."""
    found = rangorde.scored(report).assign(**columns)
    monkeypatch.setattr(rangorde, "scored", lambda _: found)
    return found


def kinds_of(figure: Figure) -> set[str]:
    """Return what the marks of a picture stand for."""
    rows = [row for rows in figure.spec["datasets"].values() for row in rows] if figure.spec else []
    return {row["soort"] for row in rows if "soort" in row}


# --- the picture ---


def test_the_picture_is_whole_in_both_languages(figure: Figure) -> None:
    """A chart with its data, its sources and the warning; each item once, in the order of the table."""
    for one, warning in zip((figure, figure.others["fr"]), ("Fictief", "Fictif"), strict=True):
        assert (one.id, one.kind) == ("swot-rangorde-beeld", "chart")
        assert one.origins
        assert one.notes[0].startswith(warning)
        assert one.title in one.alt
        assert one.grid is not None
        assert len(one.grid.rows) == 31
        assert len(one.grid.groups) == 4
    assert figure.title == "5 van de 31 items staan vrij zeker bij de eerste 3 van hun groep: S2, S4, W1, O4 en O1"


def test_the_picture_and_the_table_say_the_same(report: Report, figure: Figure) -> None:
    """Of each item the score and its interval; sure is who reads 80 or more twice in the table."""
    table = swot.ranking(report)
    assert table.reference
    assert table.grid is not None
    assert figure.grid is not None
    assert table.title != figure.title
    for drawn, told in zip(figure.grid.rows, table.grid.rows, strict=True):
        assert drawn[:3] == told[:3]
        chances = [int(cell.split()[-1]) for cell in told[4:6] if "minder" not in cell and "<" not in cell]
        assert drawn[4] == ("ja" if len(chances) == 2 and min(chances) >= 80 else "nee")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_picture_fits_on_a_sheet(figure: Figure, language: str) -> None:
    """Not too high, not too heavy, and every name in it; in the narrow one long names end in dots."""
    one = figure if language == "nl" else figure.others["fr"]
    assert one.spec is not None
    assert one.grid is not None
    wide, narrow = (drawing.draw(one.spec, width, language, "x") for width in (drawing.WIDE, drawing.NARROW))
    assert len((wide + narrow).encode()) <= DRAWN_BYTES
    for drawn in (wide, narrow):
        size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
        assert size is not None
        assert float(size[2]) <= SHEET
    assert all(row[0] in wide for row in one.grid.rows)
    assert all(row[0][:20] in narrow for row in one.grid.rows)


def test_without_scores_there_is_no_picture(project: Project, examples: Project) -> None:
    """Neither where nobody scored, nor before the first moment."""
    assert swot.order(Report("2026Q3", "nl", project=project)).kind == "absent"
    assert swot.order(Report("2022Q2", "nl", deliveries="examples", project=examples)).kind == "absent"


def test_the_first_moment_has_no_earlier_marks(examples: Project) -> None:
    """The scores only."""
    first = swot.order(Report("2022Q4", "nl", deliveries="examples", project=examples))
    assert kinds_of(first) == {
        "score; vrij zeker bij de eerste 3 van de groep (vet)",
        "score; niet zeker bij de eerste 3",
    }
    assert first.grid is not None
    assert {row[3] for row in first.grid.rows} == {"–"}


def test_of_one_rater_no_interval_and_no_place_is_told(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind of mark, no line, and the title says what cannot be said."""
    altered(monkeypatch, report, score_onder=math.nan, score_boven=math.nan, top=math.nan, eerste=math.nan)
    alone = swot.order(report)
    assert alone.title == "Hoe zeker de volgorde van de items is, kan één beoordelaar niet zeggen"
    assert "marge" not in alone.subtitle
    assert not any("Vrij zeker" in note for note in alone.notes)
    assert kinds_of(alone) == {"score", "score van het tweede kwartaal 2024"}
    assert "score_onder" not in json.dumps(alone.spec)
    assert alone.grid is not None
    assert {row[4] for row in alone.grid.rows} == {"–"}
    assert swot.ranking(report).title == "W1 en T2 wegen elk het zwaarst van hun groep volgens één beoordelaar"


def test_one_rater_at_one_moment_still_has_dots(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind of mark: a scale of sizes with a single size would draw nothing."""
    unknown = dict.fromkeys(("score_onder", "score_boven", "top", "eerste", "eerder"), math.nan)
    altered(monkeypatch, report, **unknown)
    alone = swot.order(report)
    assert kinds_of(alone) == {"score"}
    marks = json.dumps(alone.spec)
    assert '"size": {"value"' in marks
    assert '"range": [55]' not in marks


def test_an_item_that_one_rater_scored_has_no_sure_place() -> None:
    """A five of one rater is the highest score, and no likelihood; the others are ranked with it."""
    scored = {"W1": [5.0], "W2": [4.0, 4.0, 3.0], "W3": [2.0, 1.0, 2.0]}
    rows = [("abc"[place], code, "W", value) for code, own in scored.items() for place, value in enumerate(own)]
    rated = pd.DataFrame(rows, columns=["beoordelaar", "swot_code", "groep", "score"])
    assert [code for code, _, _ in rangorde._ranks(rated)] == ["W2", "W3"]


def test_items_without_a_score_are_named_beside_the_picture(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not drawn, and the last of the table; with no score at all there is no picture."""
    found = rangorde.scored(report)
    missing = found["swot_code"].isin(["W5", "T6"])
    unknown = {name: found[name].mask(missing) for name in ("score", "score_onder", "score_boven", "top", "gewogen")}
    altered(monkeypatch, report, **unknown)
    one = swot.order(report)
    assert "van de 29 items" in one.title
    assert one.notes[-1] == "Zonder score: W5 Klantgerichtheid voor verbetering vatbaar; T6 Talenten vasthouden."
    assert one.grid is not None
    assert one.grid.rows[-1] == ("T6 Talenten vasthouden", "–", "–", NL.number(found["eerder"].iloc[-1], 1), "–")
    assert "Talenten vasthouden" not in json.dumps(one.spec)
    altered(monkeypatch, report, score=math.nan)
    assert swot.order(report).kind == "absent"


@pytest.mark.parametrize(
    ("sure", "said"),
    [
        (None, "kan één beoordelaar niet zeggen"),
        ([], "Van geen van de 9 items is het zeker"),
        (["W1"], "1 van de 9 items staat vrij zeker bij de eerste 3 van zijn groep: W1"),
        (["W1", "T2"], "2 van de 9 items staan vrij zeker bij de eerste 3 van hun groep: W1 en T2"),
        ([f"T{n}" for n in range(10)], "T7 en 2 andere"),
    ],
)
def test_the_title_counts_the_sure_places(sure: list[str] | None, said: str) -> None:
    """Unknown, none, one, more, many."""
    assert said in rangorde_beeld.order_title(NL, 9, sure)
    assert rangorde_beeld.order_title(FR, 9, sure)


def test_an_earlier_score_out_of_other_questions_is_not_shown() -> None:
    """Urgency was not asked at first, so that scores of then are something else; those of the strengths are alike."""
    then = pd.DataFrame({"beoordelaar": list("ab") * 2, "swot_code": ["S1", "S1", "O1", "O1"], "belang": 4.0})
    then = then.assign(prestatie=3.0, kans=2.0)
    now = then.assign(urgentie=5.0)
    found = rangorde._changes(then, now).set_index("swot_code")["eerder"]
    assert found["S1"] == pytest.approx(math.sqrt(12))
    assert math.isnan(found["O1"])


# --- rules of the matrices ---


def evaluated(**columns: Any) -> matrices.Evaluation:
    """An internal matrix of a strength and a weakness."""
    rows = {"swot_code": ["S1", "W1"], "groep": ["S", "W"], "weight": [0.6, 0.4], "rating": [4.0, 2.0]}
    return matrices.evaluate(pd.DataFrame(rows | columns))


def test_rules_that_hold_take_one_sentence() -> None:
    """For both matrices together."""
    (said,) = gewogen_tekst.rules(NL, [evaluated()])
    assert said.startswith("De regels van beide matrices kloppen")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"weight": [0.6, 0.6]}, "de gewichten zijn samen 1,20 in plaats van 1"),
        ({"weight": [1.2, -0.2]}, "S1 weegt 1,20, niet tussen 0 en 1; W1 weegt −0,20, niet tussen 0 en 1"),
        ({"rating": [2.0, 2.0]}, "S1 heeft waardering 2,00, terwijl zijn groep 3 tot 4 toelaat"),
        ({"rating": [4.0, 3.0]}, "W1 heeft waardering 3,00, terwijl zijn groep 1 tot 2 toelaat"),
        ({"rating": [4.0, math.nan]}, "belang of prestatie onbekend en dus weggelaten: W1"),
    ],
)
def test_a_broken_rule_is_told_in_words(columns: dict[str, Any], said: str) -> None:
    """Which item, and what is wrong."""
    found = evaluated(**columns)
    assert gewogen_tekst.rules(NL, [evaluated(), found]) == (f"Regels van de IFE die niet kloppen: {said}.",)
    assert gewogen_tekst.rules(FR, [found])


def test_the_evaluations_say_that_their_rules_hold(report: Report) -> None:
    """As the made-up scores break none."""
    assert any("kloppen" in note for note in swot.evaluations(report).notes)


# --- weights out of comparisons ---


def compared_as(monkeypatch: pytest.MonkeyPatch, comparisons: pd.DataFrame) -> None:
    """Let the views see other comparisons in pairs."""
    latest = scores.latest
    monkeypatch.setattr(
        scores, "latest", lambda report, table: comparisons if table == paren.TABLE else latest(report, table)
    )


def test_within_a_group_weights_come_from_comparisons_where_there_are(report: Report) -> None:
    """The made-up raters compared the groups, and the weaknesses; elsewhere importance counts."""
    found, by_pairs = gewogen.weights(report)
    assert by_pairs == ("", "W")
    assert found["gewicht"].sum() == pytest.approx(1)
    assert found.groupby("groep")["gewicht_binnen"].sum().tolist() == pytest.approx([1] * 4)
    together = next(one for one in gewogen._compared(report) if one.of == "W")
    own = found.set_index("swot_code")["gewicht_binnen"]
    assert own[list(together.items)].tolist() == pytest.approx(together.found.weights.tolist())
    note = swot.tows(report).notes[1]
    assert "komt in de groep Zwaktes uit de vergelijkingen in paren" in note
    assert "De vergelijkingen zijn die van" not in note


@pytest.mark.parametrize("why", ["not connected", "contradictory", "not all"])
def test_comparisons_that_cannot_carry_weights_are_left_and_told(
    report: Report, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    """Two islands, a circle of preferences, or an item that nobody compared."""
    rows = scores.latest(report, paren.TABLE)
    groups = rows["links"].isin(["S", "W", "O", "T"])
    own = rows[~groups & (rows["beoordelaar"] == "diensthoofd-1")]
    if why == "not all":
        own = own[(own["links"] != "W9") & (own["rechts"] != "W9")]
    if why == "not connected":
        island = own[["links", "rechts"]].isin(["W8", "W9"])
        own = own[island["links"] == island["rechts"]]
    if why == "contradictory":
        turned = [9.0 if number % 2 else 1 / 9 for number in range(len(own))]
        own = own.assign(waarde=turned)
    compared_as(monkeypatch, pd.concat([rows[groups], own]))
    found, by_pairs = gewogen.weights(report)
    assert by_pairs == ("",)
    assert found["gewicht"].sum() == pytest.approx(1)
    note = swot.tows(report).notes[1]
    assert "te onvolledig of te tegenstrijdig om op te bouwen: Zwaktes." in note
    assert "in zijn groep komt uit de scores voor belang" in note


def test_where_only_items_were_compared_groups_weigh_by_importance(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mixture the other way round."""
    rows = scores.latest(report, paren.TABLE)
    compared_as(monkeypatch, rows[~rows["links"].isin(["S", "W", "O", "T"])])
    found, by_pairs = gewogen.weights(report)
    assert by_pairs == ("W",)
    assert found["gewicht"].sum() == pytest.approx(1)
    assert "Het gewicht van een groep komt uit de scores voor belang." in swot.tows(report).notes[1]


@pytest.mark.parametrize(
    ("by_pairs", "left", "said"),
    [
        ((), (), "niemand vergeleek de groepen"),
        (
            ("", *"SWOT"),
            (),
            "komt uit de vergelijkingen in paren. Het gewicht van een item in zijn groep komt uit de verg",
        ),
        (("", "S", "W"), (), "in de groepen Sterktes en Zwaktes uit de vergelijkingen"),
        ((), ("", "W"), "om op te bouwen: de groepen zelf en Zwaktes."),
    ],
)
def test_the_note_says_where_weights_come_from(
    report: Report, by_pairs: tuple[str, ...], left: tuple[str, ...], said: str
) -> None:
    """None, all, some, and what was left."""
    (note,) = gewogen_tekst.sources(report, by_pairs, left)
    assert said in note


def test_comparisons_of_another_moment_are_told(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scores are younger than the comparisons."""
    moments = scores.moments
    monkeypatch.setattr(
        scores, "moments", lambda own, table: moments(own, "swot_scores")[: 1 if table == paren.TABLE else None]
    )
    (note,) = gewogen_tekst.sources(report, ("",), ())
    assert note.endswith("De vergelijkingen zijn die van het vierde kwartaal 2022.")


@pytest.mark.parametrize(
    ("language", "name", "letters"),
    [("nl", "de groep Kansen", "Zwaktes"), ("fr", "le groupe Opportunités", "Faiblesses")],
)
def test_groups_are_compared_by_their_names(both: Report, language: str, name: str, letters: str) -> None:
    """No letters, in neither language; items keep their codes."""
    grid = swot.pairs(both.in_language(language)).grid
    assert grid is not None
    items = list(grid.groups)[1]
    for row in grid.rows[:items]:
        assert letters in row[3]
        assert not re.search(r"\b[SWOT]\b", row[3])
    assert any(row[2].startswith(name) for row in grid.rows[:items])
    assert all("W1 " in row[3] for row in grid.rows[items:])


# --- deliveries that hold only scores ---


def without_progress(monkeypatch: pytest.MonkeyPatch, *quarters: str) -> None:
    """Take away all but the scores of some quarters."""
    rows = common.rows

    def fewer(report: Report, table: str) -> pd.DataFrame:
        found = rows(report, table)
        kept = table in (*SCORES, "leveringen")
        return found if kept else found[~found["kwartaal"].isin(quarters)]

    monkeypatch.setattr(common, "rows", fewer)


@pytest.fixture(scope="module")
def second(examples: Project) -> Report:
    """The report on a quarter on which scores were delivered too."""
    return Report("2026Q2", "nl", deliveries="examples", project=examples)


def test_a_delivery_of_scores_alone_is_told_as_such(second: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reports on no progress; which one does so last is said."""
    assert voortgang.received(second).title == "Wat over het tweede kwartaal 2026 geleverd werd"
    without_progress(monkeypatch, "2026Q2")
    one = voortgang.received(second)
    assert one.title == "Over het tweede kwartaal 2026 kwamen alleen scores van de SWOT binnen, niets over de voortgang"
    said = " ".join(one.sentences)
    assert "Over 19 kwartalen werd gerapporteerd" in said
    assert "Over 1 kwartaal kwamen alleen scores van de SWOT binnen" in said
    assert "De laatste levering over de voortgang is die over het eerste kwartaal 2026." in said
    assert "Over 101 van de 101 acties" not in said


def test_scores_alone_leave_progress_unknown(second: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing else ever came."""
    known = common.rows(second, "leveringen")
    alone = known[known["kwartaal"].isin(["2022Q4", "2024Q2", "2026Q2"])]
    rows = {name: common.rows(second, name) for name in SCORES} | {"leveringen": alone}
    monkeypatch.setattr(common, "rows", lambda _, table: rows.get(table, known.iloc[:0].assign(actie_code="")))
    said = voortgang.received(second).sentences
    assert said[-1] == "Over de voortgang van het plan is nog niets geleverd: die telt als onbekend."
    assert len(said) == 2
    assert voortgang.movements(second).kind == "absent"


def test_an_earlier_delivery_of_scores_alone_is_told_beside_the_last(
    second: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The title is that of the last delivery."""
    without_progress(monkeypatch, "2024Q2")
    one = voortgang.received(second)
    assert one.title == "Wat over het tweede kwartaal 2026 geleverd werd"
    assert any(text.startswith("Over 1 kwartaal kwamen alleen scores") for text in one.sentences)
    assert not any("De laatste levering over de voortgang" in text for text in one.sentences)


def test_scores_alone_changed_nothing_and_are_not_told_to_have(second: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """There was nothing to compare; a delivery on progress that changed nothing is told as before."""
    monkeypatch.setattr(bewegingen, "_movements", lambda *_: pd.DataFrame(columns=list(moving.COLUMNS)))
    assert voortgang.movements(second).title == "De levering over het tweede kwartaal 2026 veranderde niets"
    without_progress(monkeypatch, "2026Q2")
    said = voortgang.movements(second).title
    assert said == "De levering over het tweede kwartaal 2026 zegt niets over de voortgang: er is niets te vergelijken"


def test_without_rows_of_the_quarter_the_model_finds_no_news(second: Report) -> None:
    """An action of which nothing was asked is not gone."""
    every = (common.rows(second, name) for name in bewegingen.TABLES)
    told, milestones, points, measured = (rows[rows["kwartaal"] < "2026Q2"] for rows in every)
    found = moving.movements(told, milestones, points, measured, second.quarter.end, second.quarter)
    assert set(found["soort"]) <= {"stil_gewijzigd"}
