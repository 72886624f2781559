"""Ways of counting staff are told apart; shares come from one source."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.models import people


def _staff(*rows: tuple[str, str, str, int, float, str]) -> pd.DataFrame:
    """One row per (series, dimension, category, year, value, source), all of one institution."""
    names = ["reeks", "dimensie", "categorie", "jaartal", "waarde", "bron_id"]
    frame = pd.DataFrame(list(rows), columns=names)
    end = pd.to_datetime(frame.pop("jaartal").astype(str) + "-12-31")
    return frame.assign(entiteit="GOB", periode_tot=end, periode_soort="jaar", eenheid="personen")


STAFF, TELEWORK = people.STAFF, people.TELEWORKERS


def test_a_recalculated_year_has_the_former_perimeter() -> None:
    """The actual figure of a recalculated year is another count than that of a later year."""
    staff = _staff(
        (STAFF, "perimeter", "werkelijk", 2017, 1773, "plan"),
        (STAFF, "perimeter", "herberekend", 2017, 1330, "plan"),
        (STAFF, "perimeter", "werkelijk", 2018, 1400, "plan"),
    )
    totals = people.staff_totals(staff, "GOB").set_index("waarde")["telling"]
    assert totals.to_dict() == {1773: people.FORMER, 1330: people.RECALCULATED, 1400: people.ACTUAL}


def test_annual_reports_and_other_sources_are_counts_of_their_own() -> None:
    """A total without a perimeter is an annual report's or another source's, never the plan's."""
    staff = _staff((STAFF, "", "", 2020, 1452, "jaarverslag-2020"), (STAFF, "", "", 2018, 1541, "vraag"))
    totals = people.staff_totals(staff, "GOB")
    assert totals[["waarde", "telling"]].values.tolist() == [
        [1541, people.OTHER],
        [1452, people.ANNUAL],
    ]


def test_the_latest_count_compares_within_one_series() -> None:
    """The change is that of the series that reaches furthest, not of the newest against any other."""
    staff = _staff(
        (STAFF, "perimeter", "werkelijk", 2018, 1400, "plan"),
        (STAFF, "", "", 2020, 1452, "jaarverslag-2020"),
        (STAFF, "", "", 2022, 1518, "jaarverslag-2022"),
    )
    ends = people.latest_count(people.staff_totals(staff, "GOB"))
    assert ends["waarde"].tolist() == [1452, 1518]


def test_other_counts_alone_make_no_series() -> None:
    """Without a plan or an annual report there is nothing to draw a series of."""
    staff = _staff((STAFF, "", "", 2018, 1541, "vraag"))
    assert people.latest_count(people.staff_totals(staff, "GOB")).empty


def test_only_the_last_division_into_administrations_is_shown() -> None:
    """An older division does not stand beside the last one; an unknown code keeps its name."""
    staff = _staff(
        (STAFF, "bestuur", "BGC", 2018, 433, "vraag"),
        (STAFF, "bestuur", "BIT", 2020, 60, "plan"),
        (STAFF, "bestuur", "NIEUW", 2020, 140, "plan"),
    )
    known = pd.DataFrame(
        {
            "organisatie_id": ["bit"],
            "label_nl": ["Brussels International"],
            "label_fr": ["Brussels International"],
            "afkorting": ["BIT"],
        }
    )
    rows = people.administrations(staff, "GOB", known)
    assert rows[["label_nl", "aandeel"]].values.tolist() == [
        ["NIEUW", 70.0],
        ["Brussels International", 30.0],
    ]
    assert people.older_structures(staff, "GOB")["categorie"].tolist() == ["BGC"]


def test_women_of_one_source_are_not_set_against_men_of_another() -> None:
    """A share needs both figures from one source."""
    staff = _staff((STAFF, "geslacht", "vrouw", 2020, 761, "a"), (STAFF, "geslacht", "man", 2020, 691, "b"))
    assert people.women_shares(staff, "GOB").empty


def test_the_statutory_share_uses_the_total_of_its_own_source() -> None:
    """Another source's total gives no share."""
    staff = _staff(
        (STAFF, "statuut", "statutair", 2020, 50, "a"),
        (STAFF, "statuut", "statutair", 2021, 60, "a"),
        (STAFF, "", "", 2020, 100, "a"),
        (STAFF, "", "", 2021, 100, "b"),
    )
    shares = people.statutory_shares(staff, "GOB")["aandeel"]
    assert shares.iloc[0] == 50.0
    assert pd.isna(shares.iloc[1])


def test_telework_with_and_without_mobile_workers_are_two_series() -> None:
    """A total whose source also names mobile workers counts them; the reports' sum does not."""
    staff = _staff(
        (TELEWORK, "", "", 2018, 1369, "vraag"),
        (TELEWORK, "regime", "mobiel", 2018, 109, "vraag"),
        (TELEWORK, "regime", "occasioneel_en_structureel", 2020, 1255, "jaarverslag-2020"),
        (TELEWORK, "", "", 2021, 1300, "krant"),
    )
    rows = people.telework(staff, "GOB")
    assert rows["telling"].tolist() == [
        people.WITH_MOBILE,
        people.WITHOUT_MOBILE,
        people.UNSPECIFIED,
    ]
    assert rows["aandeel"].isna().all()


def test_a_share_is_compared_only_with_what_is_counted_alike() -> None:
    """A source of another count, or a count without a whole, is no year to compare with."""
    staff = _staff(
        (STAFF, "geslacht", "vrouw", 2018, 30, "vraag"),
        (STAFF, "geslacht", "man", 2018, 70, "vraag"),
        (STAFF, "geslacht", "vrouw", 2020, 40, "jaarverslag-2020"),
        (STAFF, "geslacht", "man", 2020, 60, "jaarverslag-2020"),
        (STAFF, "geslacht", "vrouw", 2022, 45, "jaarverslag-2022"),
        (STAFF, "geslacht", "man", 2022, 55, "jaarverslag-2022"),
        (TELEWORK, "", "", 2018, 90, "vraag"),
    )
    rows = people.shares(staff, "GOB")
    assert rows[["onderwerp", "aandeel"]].values.tolist()[:3] == [["vrouwen", 30], ["vrouwen", 40], ["vrouwen", 45]]
    latest = people.latest_shares(rows)
    assert latest[["onderwerp", "eerste", "verandering"]].values.tolist() == [["vrouwen", 2020, 5]]


def test_one_year_gives_no_change() -> None:
    """Without an earlier year the change is unknown, not nought."""
    staff = _staff(
        (STAFF, "geslacht", "vrouw", 2020, 40, "jaarverslag-2020"),
        (STAFF, "geslacht", "man", 2020, 60, "jaarverslag-2020"),
    )
    assert people.latest_shares(people.shares(staff, "GOB"))["verandering"].isna().tolist() == [True]


def test_unknown_stays_unknown() -> None:
    """A topic without a row is NaN; a figure of another entity does not fill it."""
    staff = _staff(("gemiddelde_leeftijd", "", "", 2022, 43.4, "jaarverslag-2022"))
    other = _staff(("vte", "", "", 2024, 100, "krant")).assign(entiteit="BPL")
    topics = people.known_topics(pd.concat([staff, other]), "GOB").set_index("onderwerp")["waarde"]
    assert topics["gemiddelde_leeftijd"] == 43.4
    assert topics.drop("gemiddelde_leeftijd").isna().all()


def test_only_yearly_absence_of_whole_employers_is_compared() -> None:
    """Quarters and parts of the staff are left out."""
    staff = _staff(
        (people.ABSENCE, "", "", 2020, 6.23, "medex"),
        (people.ABSENCE, "geslacht", "vrouw", 2020, 6.98, "medex"),
        (people.ABSENCE, "", "", 2019, 7.28, "krant"),
    ).assign(entiteit="FED")
    staff.loc[2, "periode_soort"] = "kwartaal"
    assert people.absence(staff, ("FED",))["waarde"].tolist() == [6.23]


@pytest.mark.parametrize(
    "model",
    [people.staff_totals, people.women_shares, people.statutory_shares, people.telework, people.shares],
)
def test_nothing_known_gives_nothing(model) -> None:
    """An empty table is no error."""
    assert model(_staff(), "GOB").empty
