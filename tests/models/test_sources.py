"""Which source is shown, and when sources contradict each other."""

import pandas as pd
import pytest

from analysis.models.sources import PRESS_CITING_COURT, best, cites_court, conflicts, current, ranked

KINDS = pd.DataFrame({"soort": ["officieel", "brondocument", "pers"], "rang": [1, 3, 4]})
SOURCES = pd.DataFrame(
    {
        "bron_id": ["inr", "plan", "krant", "trends", "gemengd"],
        "soort": ["officieel", "brondocument", "pers", "pers", "pers"],
        "uitgever": ["INR", "GOB", "De Krant", "Trends (bron Rekenhof)", "A | B (bron Rekenhof)"],
    }
)


def rows(**columns):
    """Return facts about one figure."""
    return pd.DataFrame({"reeks": "saldo", "periode": "2024"} | columns)


def test_a_row_has_the_rank_of_its_kind_of_source():
    """Official is 1, a document 3, press 4, whatever the order of the rows."""
    facts = rows(bron_id=["krant", "inr", "plan"], opmerking="", vindplaats="")
    assert ranked(facts, SOURCES, KINDS)["rang"].tolist() == [4.0, 1.0, 3.0]


def test_press_that_cites_the_court_of_audit_ranks_before_other_press():
    """The citation stands in the note or in the place; other kinds of source do not move."""
    facts = rows(
        bron_id=["krant", "krant", "krant", "plan"],
        opmerking=["Rekenhof 30e boek", "", "", "Rekenhof 30e boek"],
        vindplaats=["", "solde calculé par l’ICN", "page 3", ""],
    )
    rank = ranked(facts, SOURCES, KINDS)["rang"].tolist()
    assert rank == [PRESS_CITING_COURT, PRESS_CITING_COURT, 4.0, 3.0]


def test_a_publisher_that_passes_on_the_court_counts_as_a_citation():
    """Only where it is the sole publisher: a source with several serves several figures."""
    rank = ranked(rows(bron_id=["trends", "gemengd"]), SOURCES, KINDS)["rang"].tolist()
    assert rank == [PRESS_CITING_COURT, 4.0]


@pytest.mark.parametrize(
    "note",
    [
        "andere berekening dan Rekenhof",
        "ander begrip dan het Rekenhof",
        "MR citeert Rekenhof",
        "ca. 1 mld (Rekenhof sceptisch)",
        "CONFLICT met -1.514,9 (INR)",
    ],
)
def test_naming_the_court_is_not_citing_it(note):
    """A note that sets the figure against the Court's, or passes on a party, is no citation."""
    assert not cites_court(rows(opmerking=[note])).any()


def test_a_source_without_a_rank_is_an_error():
    """A figure is never shown with an unknown rank."""
    with pytest.raises(ValueError, match="elders"):
        ranked(rows(bron_id=["elders"]), SOURCES, KINDS)


def test_the_best_rank_is_shown_and_other_values_are_counted():
    """Rank 1 wins from rank 4; a second source with the same value is a confirmation."""
    facts = rows(waarde=[-1552.0, -1514.9, -1514.9], rang=[4.0, 1.0, 3.5])
    shown = best(facts, ["reeks", "periode"])
    assert shown[["waarde", "conflicten"]].values.tolist() == [[-1514.9, 1]]


def test_within_one_rank_a_known_date_wins_from_a_derived_one_and_then_the_youngest():
    """The derived row is younger, and still loses."""
    facts = rows(
        waarde=[1.0, 2.0, 3.0],
        rang=4.0,
        bekend_regel=["gepubliceerd", "gepubliceerd", "afgeleid"],
        gepubliceerd_tot=pd.to_datetime(["2024-01-31", "2024-06-30", "2025-01-31"]),
    )
    assert best(facts, ["reeks", "periode"])["waarde"].tolist() == [2.0]
    facts["gepubliceerd_afgeleid"] = ["nee", "ja", "nee"]
    assert best(facts, ["reeks", "periode"])["waarde"].tolist() == [1.0]


def test_the_keys_keep_their_order():
    """The shown rows stand in the order in which their keys first stood."""
    facts = pd.DataFrame({"periode": ["2024", "2022", "2024"], "waarde": [1, 2, 3], "rang": [4, 1, 1]})
    assert best(facts, ["periode"])["waarde"].tolist() == [3, 2]


def test_conflicts_hold_every_row_of_a_disputed_key_and_nothing_else():
    """The confirming row stays in the list of a conflict; a confirmed key alone is not in it."""
    facts = pd.DataFrame(
        {
            "periode": ["2023", "2023", "2024", "2024", "2024"],
            "waarde": [5.0, 5.0, 7.0, 8.0, 8.0],
            "rang": [1, 4, 4, 1, 2],
        }
    )
    found = conflicts(facts, ["periode"])
    assert found["waarde"].tolist() == [8.0, 8.0, 7.0]
    assert found["getoond"].tolist() == [True, False, False]
    assert conflicts(facts.head(2), ["periode"]).empty


def test_an_earlier_edition_of_a_series_is_no_conflict() -> None:
    """A refreshed figure replaces the value that it names, of the series itself; press that printed it stays."""
    rows = pd.DataFrame(
        {
            "periode": ["2023", "2024", "2024", "2024", "2024"],
            "waarde": [1.5, 1.5, 1.7, 1.5, 1.6],
            "rang": [2.0, 2.0, 1.0, 4.0, 2.0],
            "opmerking": ["", "", "dataset bijgewerkt op 2026-07-08; herziet 1.500000", "pers", None],
        }
    )
    assert current(rows, ["periode"]).index.tolist() == [0, 2, 3, 4]
    before = rows[rows["opmerking"] != rows["opmerking"].iloc[2]]
    assert current(before, ["periode"]).index.tolist() == before.index.tolist()
