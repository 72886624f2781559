"""What the ranking of the SWOT would be with other weights, or without some raters; and what is said of it."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.explore import drawing, page, wording
from analysis.explore.scoring import START, Choices, Moment, Outcome, moment, outcome
from analysis.language import Words
from analysis.models.scoring.aggregate import QUESTIONS
from analysis.paths import Project
from analysis.quarter import Quarter
from analysis.views import Report
from analysis.views.swot import rangorde, scores

pytestmark = pytest.mark.xdist_group("explore")

EVEN = dict.fromkeys(QUESTIONS, START)
LABELS = {"W1": "Kader", "W2": "Procedures", "W3": "Middelen"}
#: Importance and performance of three weaknesses by three raters, of whom the last gives all the same.
ROWS = pd.DataFrame(
    [
        *(("a", "W1", 5, 1), ("a", "W2", 4, 1), ("a", "W3", 5, 5)),
        *(("b", "W1", 5, 2), ("b", "W2", 3, 1), ("b", "W3", 5, 5)),
        *(("c", "W1", 3, 3), ("c", "W2", 3, 3), ("c", "W3", 3, 3)),
    ],
    columns=["beoordelaar", "swot_code", "belang", "prestatie"],
).astype({"belang": float, "prestatie": float})


@pytest.fixture(scope="module")
def known() -> Moment:
    """Three scored weaknesses, a fourth that nobody scored."""
    return moment(ROWS, ["W1", "W4"])


def tried(known: Moment, *without: str, groups: tuple[str, ...] = ("W",), **weights: float) -> Outcome:
    """Return what comes of some choices."""
    return outcome(known, Choices(groups, EVEN | weights, frozenset(without)))


def places(found: Outcome, column: str = "plaats") -> dict[str, float]:
    """Return the place of each item, unknown ones left out."""
    return found.items.set_index("swot_code")[column].dropna().to_dict()


def test_without_choices_it_is_the_ranking_of_the_report(examples: Project) -> None:
    """Score, place and both likelihoods are those of the chapter, to the last digit."""
    report = Report("2026Q3", "nl", deliveries="examples", project=examples)
    found = outcome(moment(scores.latest(report, "swot_scores")), Choices())
    shown = rangorde.scored(report).set_index("swot_code")
    own = found.items.set_index("swot_code")
    assert not found.changed
    assert [*own.index] == [*shown.index]
    for name in ("score", "score_onder", "score_boven", "top", "gewogen"):
        assert own[name].tolist() == pytest.approx(shown[name].astype(float).tolist(), nan_ok=True)
    assert (own["verschoven"] == 0).all()


def test_weights_move_items_and_tell_how_far(known: Moment) -> None:
    """With importance alone W3 shares the first place; W4, that nobody scored, stands last without one."""
    found = tried(known, prestatie=0)
    assert places(found) == {"W1": 1, "W3": 1, "W2": 3}
    assert places(found, "vroeger") == {"W1": 1, "W2": 2, "W3": 3}
    assert places(found, "verschoven") == {"W1": 0, "W2": -1, "W3": 2}
    assert found.items["swot_code"].tolist()[-1] == "W4"
    assert found.changed


def test_only_weights_that_count_in_the_group_are_a_choice(known: Moment) -> None:
    """Probability was not asked of weaknesses; all twice as heavy is the same."""
    assert not tried(known, kans=0).changed
    assert not tried(known, belang=10, prestatie=10).changed
    assert tried(known, belang=10).changed


@pytest.mark.parametrize(
    ("without", "left", "warned"),
    [
        ((), ("a", "b", "c"), []),
        (("c",), ("a", "b"), []),
        (("a", "c"), ("b",), ["Eén beoordelaar"]),
        (("a", "b", "c"), (), ["vink er minstens één aan"]),
    ],
)
def test_raters_can_be_left_out_down_to_the_last(
    known: Moment, without: tuple[str, ...], left: tuple[str, ...], warned: list[str]
) -> None:
    """One has no interval and no likelihood, none no ranking; who gives all the same score is named."""
    found, words = tried(known, *without), Words("nl")
    assert (found.raters, found.of) == (left, 3)
    told = " ".join(wording.warnings(words, found, wording.group_words(words)))
    assert all(text in told for text in warned)
    assert ("alle items dezelfde score" in told) == ("c" in left)
    assert found.items["score_onder"].notna().any() == (len(left) > 1)
    assert found.items["top"].notna().any() == (len(left) > 1)
    assert found.items["plaats"].notna().any() == bool(left)


def test_a_group_in_which_no_question_weighs_has_no_ranking(known: Moment) -> None:
    """It says which; a group of which nothing was asked is not blamed on the weights."""
    words = Words("nl")
    found = tried(known, belang=0, prestatie=0, groups=("S", "W"))
    assert found.weightless == ("W",)
    assert found.items["plaats"].isna().all()
    assert wording.message(words, found, LABELS) == ("Met deze keuzes is er geen rangorde.",)
    assert any("Zwaktes" in text for text in wording.warnings(words, found, wording.group_words(words)))
    assert page.pictures(words, found, LABELS, wording.group_words(words)) == ""
    nothing = tried(known, **dict.fromkeys(QUESTIONS, 0))
    assert nothing.items["plaats"].isna().all()


# --- words ------------------------------------------------------------------------------------------------------------


def said(now: list[int], before: list[int], groups: tuple[str, ...] = ("W",), language: str = "nl") -> str:
    """Return the message for three items (of the first group, others stay) that stand where they are said to."""
    parts = [
        pd.DataFrame(
            {
                "swot_code": [f"{group}{number}" for number in (1, 2, 3)],
                "groep": group,
                "plaats": now if group == groups[0] else before,
                "vroeger": before,
            }
        )
        for group in groups
    ]
    found = Outcome(pd.concat(parts), groups, ("a", "b"), 3, (), (), changed=True)
    return " ".join(wording.message(Words(language), found, LABELS))


def test_the_message_says_what_the_choices_do_at_the_top() -> None:
    """Another first, another order below it, the same; equals together."""
    assert said([2, 1, 3], [1, 2, 3]) == ("Met deze keuzes staat W2 ‘Procedures’ eerst, in plaats van W1 ‘Kader’.")
    assert said([1, 1, 3], [1, 2, 3]) == (
        "Met deze keuzes staan W1 ‘Kader’ en W2 ‘Procedures’ samen eerst, in plaats van W1 ‘Kader’."
    )
    assert said([1, 3, 2], [1, 2, 3]) == (
        "Eerst blijft W1 ‘Kader’; bovenaan staan nu W1, W3 en W2, in plaats van W1, W2 en W3."
    )
    assert said([1, 2, 3], [1, 2, 3]) == "De volgorde van de eerste drie verandert niet."
    assert said([2, 1, 3], [1, 2, 3], language="fr").startswith("Avec ces choix, W2 «\u00a0Procedures\u00a0» arrive")


def test_the_message_on_several_groups_says_which_stay() -> None:
    """None changes, or one does and the others are named together."""
    assert said([1, 2, 3], [1, 2, 3], ("W", "O")) == "De volgorde van de eerste drie verandert in geen enkele groep."
    told = said([2, 1, 3], [1, 2, 3], ("W", "O"))
    assert told.endswith("In de andere groepen blijft de volgorde van de eerste drie dezelfde.")


@pytest.mark.parametrize(("without", "n"), [((), "tellen er 3 mee"), (("a", "b"), "telt er 1 mee")])
def test_it_says_how_many_raters_are_left(known: Moment, without: tuple[str, ...], n: str) -> None:
    """And, once something was chosen, how many items have another place."""
    told = wording.counts(Words("nl"), tried(known, *without), Quarter(2026, 2))
    assert told.startswith(f"Van de 3 beoordelaars in het tweede kwartaal 2026 {n}.")
    assert ("andere plaats" in told) == bool(without)


def test_a_label_cannot_break_the_page(known: Moment) -> None:
    """Labels are data: what looks like HTML in them is shown as it stands."""
    words, labels = Words("fr"), {"W1": '<b>&"quoted"\''}
    found, heads = tried(known, prestatie=0), wording.group_heads(words, fictitious=True)
    shown = (
        page.heading(words, found, Quarter(2026, 2), labels, heads)
        + page.pictures(words, found, labels, heads)
        + page.tables(words, found, labels, heads)
    )
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown
    assert shown.count("(exemples fictifs)") >= 2


# --- the picture ------------------------------------------------------------------------------------------------------


def test_the_picture_shows_each_scored_item_in_order(known: Moment) -> None:
    """With where it stood, an interval, and the places that it moved; who nobody scored is only in the table."""
    words, found = Words("nl"), tried(known, prestatie=1)
    rows = drawing.chart(words, found.items[found.items["score"].notna()], LABELS)["datasets"]["items"]
    assert [row["item"].split()[0] for row in rows] == ["W1", "W3", "W2"]
    assert [row["verschuiving"] for row in rows] == ["=", "▲ 1 (was 3)", "▼ 1 (was 2)"]
    svg = drawing.picture(words, found.items, LABELS)
    assert svg.startswith("<svg")
    assert "W4" not in svg
    assert "W4" in page.tables(words, found, LABELS, wording.group_words(words))
    assert drawing.told(words, found.items, LABELS, "Zwaktes").startswith("Zwaktes: een punt per item")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_label_of_the_plan_fits_in_two_lines(examples: Project, language: str) -> None:
    """More would run into the next item."""
    report = Report("2026Q3", language, deliveries="examples", project=examples)
    items = report.labelled(report.now.plan("swot", report.plan_id))
    labels = dict(zip(items["swot_code"], items["label"], strict=True))
    found = outcome(moment(scores.latest(report, "swot_scores")), Choices())
    rows = drawing.chart(report.words, found.items, labels)["datasets"]["items"]
    assert max(row["item"].count("\n") for row in rows) == 1


def test_unknown_is_a_dash() -> None:
    """Of one rater there is no likelihood, and what has no place did not move."""
    assert wording.likelihood(Words("nl"), math.nan) == "–"
    assert wording.moved(Words("nl"), math.nan, 1.0) == "–"
