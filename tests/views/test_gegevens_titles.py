"""The messages of the chapter on the data: all, some, one and none, on counts that the eye can check."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.language import Words
from analysis.models.ages import Age
from analysis.paths import Project
from analysis.views import Report, gegevens
from analysis.views.gegevens import ouderdom, tegenspraak, toetsing
from analysis.views.gegevens.datering import dating_title

NL = Words("nl")
#: All that these titles ask of a report.
REPORT = SimpleNamespace(words=NL)


@pytest.mark.parametrize(
    ("broken", "aside", "title"),
    [
        ([0, 0], [0, 0], "Alle 20 regels kloppen en er staat geen enkele rij in quarantaine"),
        ([1, 0], [1, 0], "1 van de 20 regels is geschonden: 1 rij staat in quarantaine"),
        ([1, 2], [4, 0], "3 van de 20 regels zijn geschonden: 4 rijen staan in quarantaine"),
        ([2, 0], [0, 0], "2 van de 20 regels zijn geschonden: 0 rijen staan in quarantaine"),
    ],
    ids=["none", "one", "several", "no row"],
)
def test_broken_rules_and_rows_set_aside_are_added_up(broken: list[int], aside: list[int], title: str) -> None:
    """Over all tables; a broken rule counts also where it set no row aside."""
    counts = pd.DataFrame({"geschonden": broken, "quarantaine": aside, "regels": 10})
    assert toetsing.verdict(REPORT, counts) == title  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clean", "tables", "kinds"),
    [
        (5, "Alle 5 tabellen volgen al hun regels", "Alle 5 soorten regels kloppen"),
        (3, "3 van de 5 tabellen volgen al hun regels", "Bij 3 van de 5 soorten regels is er geen enkele geschonden"),
        (0, "0 van de 5 tabellen volgen al hun regels", "Bij 0 van de 5 soorten regels is er geen enkele geschonden"),
    ],
    ids=["all", "some", "none"],
)
def test_tables_and_kinds_of_rules_that_hold_are_counted(clean: int, tables: str, kinds: str) -> None:
    """All is said as such."""
    assert toetsing._clean(REPORT, clean, 5) == tables  # type: ignore[arg-type]
    assert toetsing._held(REPORT, clean, 5) == kinds  # type: ignore[arg-type]


def _age(series: int, old: int) -> Age:
    return Age(0, None, None, None, None, 0, series, old)


@pytest.mark.parametrize(
    ("ages", "title"),
    [
        ([(4, 1), (2, 2)], "Van 3 van de 6 reeksen is het laatste cijfer meer dan 3 jaar oud"),
        ([(4, 4)], "Van 4 van de 4 reeksen is het laatste cijfer meer dan 3 jaar oud"),
        ([(4, 0)], "Van 0 van de 4 reeksen is het laatste cijfer meer dan 3 jaar oud"),
        ([(0, 0)], "Er is nog geen gedateerd feit bekend"),
    ],
    ids=["some", "all", "none", "unknown"],
)
def test_old_series_are_counted_over_all_tables(
    ages: list[tuple[int, int]], title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all series with a figure; without any figure nothing is called old or young."""
    monkeypatch.setattr(ouderdom, "OLD_YEARS", 3)
    found = {f"tabel {place}": _age(*one) for place, one in enumerate(ages)}
    assert ouderdom._title(REPORT, found) == title  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("classes", "title"),
    [
        (["tegenspraak", "raming", "tegenspraak"], "3 cijfers hebben verschillende waarden; bij 2 daarvan spreken"),
        (["tegenspraak"], "1 cijfer heeft verschillende waarden; bij 1 daarvan spreken bronnen elkaar tegen"),
        (["afronding", "begrip"], "2 cijfers hebben verschillende waarden; nergens spreken bronnen elkaar tegen"),
        ([], "Elk cijfer heeft één waarde"),
    ],
    ids=["some", "one", "none", "no figure"],
)
def test_only_contradictions_are_called_so(classes: list[str], title: str) -> None:
    """A figure with several values is no contradiction by itself."""
    assert tegenspraak._title(REPORT, pd.DataFrame({"klasse": classes})).startswith(title)  # type: ignore[arg-type]


@pytest.mark.parametrize(("exact", "title"), [(0, "Van 0 van de 1.500"), (1, "Van 1 van"), (1500, "Van 1.500 van de")])
def test_facts_with_a_day_of_their_own_are_counted(exact: int, title: str) -> None:
    """None, one or all."""
    assert dating_title(NL, exact, 1500).startswith(title)


@pytest.mark.parametrize("quarter", ["2021Q3", "2026Q3"])
def test_choices_and_limits_are_as_many_as_their_rows(project: Project, quarter: str) -> None:
    """The message of each is the sum, or the number, of what stands below it."""
    report = Report(quarter, "nl", project=project)
    chosen, limits = gegevens.choices(report), gegevens.thresholds(report)
    total = sum(int(row[1].replace(".", "")) for row in chosen.grid.rows)
    assert chosen.title == f"{report.words.number(total)} rijen van de gegevens zijn een eigen keuze van Krachtlijn"
    assert limits.title.startswith(f"{len(limits.grid.rows)} ")
