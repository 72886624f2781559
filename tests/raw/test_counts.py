"""The tables hold what the documents count, and every row leads to a source."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.paths import Project
from analysis.schema import Package

GOB = "gob-2021-2026"


def table(project: Project, name: str) -> pd.DataFrame:
    """Open a processed table."""
    return pd.read_parquet(project.processed / f"{name}.parquet")


@pytest.mark.parametrize(
    ("name", "count"),
    [("krachtlijnen", 4), ("plan_doelstellingen", 20), ("plan_acties", 101), ("swot", 31)],
)
def test_the_plan_is_complete(project: Project, name: str, count: int) -> None:
    """4 krachtlijnen, 20 objectives, 101 actions, 31 items: the plan's own numbers."""
    rows = table(project, name)
    assert (rows["plan_id"] == GOB).sum() == count


def test_objectives_and_actions_per_krachtlijn_are_those_of_the_plan(project: Project) -> None:
    """Each krachtlijn has as many objectives and actions as its table in the plan numbers."""
    objectives = table(project, "plan_doelstellingen").query("plan_id == @GOB")
    actions = table(project, "plan_acties").query("plan_id == @GOB")
    assert objectives.groupby("krachtlijn_code").size().to_dict() == {
        "1": 4,
        "2": 4,
        "3": 8,
        "4": 4,
    }
    per_line = actions["actie_code"].str[0].value_counts().to_dict()
    assert per_line == {"1": 34, "2": 25, "3": 26, "4": 16}


def test_the_actions_are_numbered_without_a_gap(project: Project) -> None:
    """Within each objective the codes run 1, 2, 3, ... as in the plan."""
    actions = table(project, "plan_acties").query("plan_id == @GOB")
    for objective, rows in actions.groupby("doelstelling_code"):
        numbers = sorted(int(code.rsplit(".", 1)[1]) for code in rows["actie_code"])
        assert numbers == list(range(1, len(rows) + 1)), objective


@pytest.mark.parametrize(
    ("ours", "delivered", "code"),
    [
        ("plan_acties", "acties", "actie_code"),
        ("plan_doelstellingen", "doelstellingen", "doelstelling_code"),
    ],
)
def test_our_labels_are_those_of_the_delivered_register(project: Project, ours: str, delivered: str, code: str) -> None:
    """The Dutch labels stand in two tables and are the same in both."""
    own = table(project, ours).query("plan_id == @GOB").set_index(code)["label_nl"].sort_index()
    register = table(project, delivered).set_index(code)["label"].sort_index()
    pd.testing.assert_series_equal(own, register, check_names=False)


def test_the_swot_has_5_9_7_and_10_items(project: Project) -> None:
    """Strengths, weaknesses, opportunities and threats, numbered as in the plan."""
    items = table(project, "swot")
    assert items.groupby("groep").size().to_dict() == {"S": 5, "W": 9, "O": 7, "T": 10}
    assert (items["swot_code"] == items["groep"] + items["volgnr"].astype(str)).all()


def test_staff_per_administration_adds_up_to_the_plan_total(project: Project) -> None:
    """Eight administrations on 31-12-2020 with 1,453 people, which is also the last value of the staff series."""
    staff = table(project, "personeel").query("bron_id == 'strategisch-plan-gob-2021-2026'")
    eight = staff[staff["dimensie"] == "bestuur"]
    assert (len(eight), eight["waarde"].sum(), set(eight["periode"])) == (8, 1453, {"2020-12-31"})
    series = staff[staff["dimensie"] == "perimeter"].pivot(index="periode", columns="categorie", values="waarde")
    assert series["werkelijk"].tolist() == [1675, 1785, 1773, 1400, 1454, 1453]
    assert series["herberekend"].dropna().tolist() == [1249, 1276, 1330]


def test_the_eight_administrations_are_organisations(project: Project) -> None:
    """The plan counts eight administrations."""
    assert (table(project, "organisaties")["soort"] == "bestuur").sum() == 8


def test_the_plan_s_own_money_is_there(project: Project) -> None:
    """Balance 2020, direct debt of February 2021 and its path to 2025, and about 500 million a year until 2024."""
    money = table(project, "budget").query("bron_id == 'strategisch-plan-gob-2021-2026'")
    values = {(row.reeks, row.periode): row.waarde_getal for row in money.itertuples()}
    assert values["vorderingensaldo", "2020"] == -1234
    assert values["directe_schuld", "2021-02-28"] == 6000
    assert values["directe_schuld", "2025"] == 10100
    investments = [value for (series, _), value in values.items() if series == "strategische_investeringen"]
    assert investments == [500, 500, 500, 500]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("seminariethemas", 4),
        ("waarden", 5),
        ("caf_criteria", 9),
        ("identiteit_fasen", 5),
        ("identiteit_ambities", 6),
    ],
)
def test_small_registers_are_complete(project: Project, name: str, count: int) -> None:
    """Themes of the seminars, values, CAF criteria, the Flemish phases and ambitions."""
    assert len(table(project, name)) == count


def test_the_flemish_panels_have_500_members_each(project: Project) -> None:
    """500 inside and 500 outside."""
    assert table(project, "identiteit_panels")["omvang"].tolist() == [500, 500]


def test_the_challenges_are_complete(project: Project) -> None:
    """Five of perspective.brussels, six of Innoviris, and the budgetary and civil service ones with their parts."""
    rows = table(project, "uitdagingen")
    main = rows[rows["hoort_bij"] == ""].groupby("herkomst").size().to_dict()
    assert main == {"perspective": 5, "innoviris": 6, "begroting": 1, "ambtenarij": 1}
    assert set(rows.loc[rows["hoort_bij"] != "", "hoort_bij"]) == {"begroting", "ambtenarij"}


def test_the_mandate_is_a_second_plan(project: Project) -> None:
    """Four strategic and five transversal objectives, every meetpunt with a target, three KPIs."""
    objectives = table(project, "plan_doelstellingen").query("plan_id == 'actiris-mandaat'")
    assert objectives.groupby("krachtlijn_code").size().to_dict() == {"S": 4, "T": 5}
    measures = table(project, "meetpunten").query("plan_id == 'actiris-mandaat'")
    assert (measures["soort"] == "kpi").sum() == 3
    targets = table(project, "streefwaarden").query("plan_id == 'actiris-mandaat'")
    assert set(targets["meetpunt_code"]) == set(measures["meetpunt_code"])
    assert {"jaar", "doorlopend", "terugkerend"} <= set(targets["tijdschema_soort"])
    assert set(targets.query("tijdschema_soort == 'jaar'")["tijdschema_jaar"]) == {2025, 2026}


def test_the_hr_document_has_two_lines(project: Project) -> None:
    """Two lines, an objective for each, and actions under both."""
    own = "hr-begeleiding-2018"
    assert (table(project, "krachtlijnen")["plan_id"] == own).sum() == 2
    actions = table(project, "plan_acties")
    actions = actions[actions["plan_id"] == own]
    assert set(actions["doelstelling_code"]) == {"1.1", "2.1"}


def test_every_action_contributes_to_a_caf_criterion(project: Project) -> None:
    """Our own links cover all 101 actions with one or two criteria."""
    links = table(project, "actie_caf").groupby("actie_code").size()
    assert (len(links), links.max()) == (101, 2)


def test_every_row_has_a_source_that_exists(project: Project) -> None:
    """Each table but the register of sources itself names a source, and that source is registered."""
    sources = set(table(project, "bronnen")["bron_id"])
    for name in Package.load(project.raw / "datapackage.json").tables:
        rows = table(project, name)
        assert "bron_id" in rows, name
        assert set(rows["bron_id"]) <= sources, name
        assert (rows["bron_id"] != "").all(), name


def test_our_own_links_say_that_they_are_ours(project: Project) -> None:
    """No link of our making passes for the plan's."""
    own = ("swot_doelstellingen", "swot_uitdagingen", "swot_reeksen", "uitdaging_indicatoren", "actie_caf")
    for name in (*own, "bewijs_hervorming"):
        rows = table(project, name)
        assert set(rows["bron_id"]) == {"krachtlijn-koppeling"}, name
        assert (rows["motivering"] != "").all(), name


def test_every_break_is_about_a_figure_that_exists(project: Project) -> None:
    """A break with a typing mistake in its period would silently mark nothing."""
    key = ["indicator", "geo", "periode"]
    breaks = table(project, "reeksbreuken").rename(columns={"reeks": "indicator"})
    figures = set(table(project, "omgeving")[key].itertuples(index=False, name=None))
    assert len(breaks) == 60
    assert set(breaks[key].itertuples(index=False, name=None)) <= figures
    assert set(breaks["bron_id"]) == {"krachtlijn-register"}


def test_definitions_name_no_later_period(project: Project) -> None:
    """A definition is shown in every quarter from 2021 on: a later year may only be a target or a norm's name."""
    series = table(project, "indicatoren")
    for text in pd.concat([series["definitie_nl"], series["definitie_fr"]]):
        bare = re.sub(r"(Europ[ae]|tegen|d’ici|voor|pour) (2029|2030|2050)", "", text)
        assert all(int(year) <= 2021 for year in re.findall(r"20\d\d", bare)), text


def test_every_licence_has_a_name_in_both_languages(project: Project) -> None:
    """A source's licence never shows in another language than the report's."""
    named = set(table(project, "licenties")["licentie"])
    assert set(table(project, "bronnen")["licentie"]) - {""} <= named
