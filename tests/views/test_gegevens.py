"""The chapter on the quality of the data: on the project's own data, and on a delivery with faults."""

import dataclasses
import datetime as dt
import re
import shutil

import pytest

from analysis.catalog import Catalog
from analysis.errors import KrachtlijnError
from analysis.intake import intake
from analysis.language import Words
from analysis.models import quality
from analysis.models.disagreement import CLASSES
from analysis.paths import Project
from analysis.schema import GROUPS
from analysis.views import Report, gegevens, omgeving
from analysis.views.gegevens import aannames, datering, fouten, ouderdom, tegenspraak, toetsing, wording

VIEWS = tuple(getattr(gegevens, name) for name in gegevens.__all__)
QUARTERS = ("2021Q3", "2022Q2", "2024Q4", "2026Q3")
HIDDEN = "geheim-label"
#: One fault of each kind that a row can have: file, line, kind, column.
FAULTS = (
    ("swot/gob-2021-2026.csv", "gob-2021-2026,S90,S", "cells", ""),
    (
        "swot/gob-2021-2026.csv",
        f"gob-2021-2026,S91,S,veel,{HIDDEN},x,strategisch-plan-gob-2021-2026,x",
        "type",
        "volgnr",
    ),
    ("swot/gob-2021-2026.csv", f"gob-2021-2026,S92,S,1,{HIDDEN},x,,x", "required", "bron_id"),
    ("swot/gob-2021-2026.csv", f"gob-2021-2026,S93,Z,1,{HIDDEN},x,strategisch-plan-gob-2021-2026,x", "enum", "groep"),
    (
        "swot/gob-2021-2026.csv",
        f"gob-2021-2026,X94,S,1,{HIDDEN},x,strategisch-plan-gob-2021-2026,x",
        "pattern",
        "swot_code",
    ),
    ("swot/gob-2021-2026.csv", f"gob-2021-2026,S95,S,0,{HIDDEN},x,strategisch-plan-gob-2021-2026,x", "range", "volgnr"),
    ("swot/gob-2021-2026.csv", f"gob-2021-2026,S96,S,1,{HIDDEN},x,{HIDDEN},x", "reference", "bron_id"),
    ("waarden/waarden.csv", f"respect,6,{HIDDEN},x,strategisch-plan-gob-2021-2026,x", "unique", "waarde_code"),
    (
        "budget/budget.csv",
        "sp_rating,BHG,2025-01-01,ZZZ,rating,gerealiseerd,rtl-be-d9e9ec,2025-01,nee,x,",
        "rating",
        "waarde",
    ),
    (
        "bewijs_acties/bewijs_acties.csv",
        f"1.1.5,2022-03-01,jaar,{HIDDEN},mijlpaal,loopt,hoog,lecho-be-c33560,2024-06-01,nee,x",
        "precision",
        "datum_precisie",
    ),
    (
        "omgeving/omgeving.csv",
        "neet_15_29,economie_werk,BE,1990,9,%,indicators-be-45bafa,2031-01,nee,,",
        "collected",
        "gepubliceerd",
    ),
    ("omgeving_doelen/omgeving_doelen.csv", "neet_15_29,2045,,%,,lecho-be-c33560,x", "target", "doelwaarde"),
)


@pytest.fixture(scope="module")
def report(project: Project) -> Report:
    """The latest report, in Dutch."""
    return Report("2026Q3", "nl", project=project)


@pytest.fixture(scope="module")
def damaged(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with one row of each fault in its raw data, taken in."""
    root = tmp_path_factory.mktemp("damaged")
    shutil.copytree(project.root / "data" / "raw", root / "data" / "raw")
    shutil.copytree(project.root / "params", root / "params")
    (root / "data" / "processed").mkdir()
    found = Project(root)
    for name, line, _, _ in FAULTS:
        with (found.raw / name).open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
    assert intake(found).quarantined == len(FAULTS)
    return found


def texts(figure) -> str:
    """Return everything that a reader sees of a figure."""
    cells = [cell for row in figure.grid.rows for cell in row] if figure.grid else []
    groups = list(figure.grid.groups.values()) if figure.grid else []
    return "\n".join([figure.title, figure.subtitle, *figure.sentences, *cells, *groups, *figure.notes])


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_figure_is_whole_in_every_quarter_and_language(project: Project, quarter: str, language: str):
    """Each has a title, a source for its data, and as many cells per row as columns; ids are unique."""
    made = [view(Report(quarter, language, project=project)) for view in VIEWS]
    assert len({figure.id for figure in made}) == len(VIEWS) == 11
    for figure in made:
        assert figure.title
        assert not {"nan", "NaT", "None", "<NA>"} & set(re.findall(r"[\w<>]+", texts(figure))), figure.id
        if figure.grid:
            assert figure.origins, figure.id
            assert figure.grid.rows, figure.id
            assert {len(row) for row in figure.grid.rows} == {len(figure.grid.columns)}


@pytest.mark.parametrize("plan", ["actiris-mandaat", "hr-begeleiding-2018"])
def test_every_plan_has_this_chapter(project: Project, plan: str):
    """The data are those of all plans; a plan whose day of publication is unknown has an unknown age."""
    report = Report("2026Q3", "nl", plan, project=project)
    assert all(view(report).title for view in VIEWS)
    ages = {row[0]: row for row in gegevens.ages(report).grid.rows}
    own = report.now.table("plannen").set_index("plan_id").at[plan, "label_nl"]
    assert ages[own][1:4] == ("–", "–", "leeftijd onbekend")


def test_the_message_when_all_rules_hold(report: Report):
    """The number of rules is that of the rows below it, and the five kinds of data are all there."""
    figure = gegevens.overview(report)
    total = sum(int(row[3]) for row in figure.grid.rows[:-1])
    assert figure.title == f"Alle {total} regels kloppen en er staat geen enkele rij in quarantaine"
    assert len(figure.grid.rows) == len(GROUPS) + 1
    assert figure.grid.rows[-1][0] == "Samen"
    assert gegevens.faults(report).sentences == ("Geen enkele regel is geschonden en de quarantaine is leeg.",)
    assert gegevens.rules(report).title == f"Alle {len(quality.KINDS)} soorten regels kloppen"


def test_sums_in_overview_and_tables_agree(report: Report):
    """The rows of the tables add up to those of the overview, column by column."""
    whole = [row[2:] for row in gegevens.overview(report).grid.rows]
    parts = [row[1:] for row in gegevens.tables(report).grid.rows]

    def numbers(rows):
        return [[int(cell.replace(".", "")) for cell in row] for row in rows]

    sums = [sum(column) for column in zip(*numbers(parts), strict=True)]
    assert numbers(whole)[-1] == sums == [sum(column) for column in zip(*numbers(whole[:-1]), strict=True)]
    assert len(parts) == len(report.now.package.tables)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_kind_of_rule_has_words(project: Project, language: str):
    """A rule without words in both languages fails here, and is never shown in English."""
    judged = set(Catalog(project).validation()["regel"])
    room = project.root / "src" / "analysis" / "intake"
    code = "".join((room / name).read_text(encoding="utf-8") for name in ("reader.py", "cast.py"))
    found = judged | set(re.findall(r'rule="(\w+)"', code))
    assert found == set(quality.KINDS)
    words = Words(language)
    said = [(wording.demand(words, kind), wording.fault(words, kind)) for kind in quality.KINDS]
    assert len({text for pair in said for text in pair}) == 2 * len(quality.KINDS)


def test_a_kind_without_words_is_an_error(report: Report):
    """Nothing is shown in place of the words."""
    with pytest.raises(KrachtlijnError, match="no words for: nieuw"):
        wording.demand(report.words, "nieuw")


def test_every_fault_is_named_by_rule_file_and_row(damaged: Project):
    """Each faulty row stands under its broken rule, with what is wrong, and nothing of what it held."""
    report = Report("2026Q3", "fr", project=damaged)
    figure, words = gegevens.faults(report), report.words
    listed = dict(_by_heading(figure))
    for name, line, kind, column in FAULTS:
        number = (damaged.raw / name).read_text(encoding="utf-8").splitlines().index(line) + 1
        heading = next(text for text in listed if wording.demand(words, kind) in text and column in text)
        wanted = (f"data/raw/{name}", words.number(number), wording.fault(words, kind))
        assert wanted in listed[heading], kind
        assert heading.endswith("1 ligne")
    assert HIDDEN not in texts(figure)
    assert "veel" not in texts(figure)
    assert figure.title == f"{len(FAULTS)} lignes manquent dans ce rapport"


def _by_heading(figure):
    starts = sorted(figure.grid.groups)
    for start, end in zip(starts, [*starts[1:], len(figure.grid.rows)], strict=True):
        yield figure.grid.groups[start], figure.grid.rows[start:end]


def test_the_message_when_rules_are_broken(damaged: Project):
    """Broken rules and rows in quarantine are counted, of each table and in the message; the reader's rules too."""
    report = Report("2026Q3", "nl", project=damaged)
    broken = sum(int(row[2]) for row in gegevens.rules(report).grid.rows)
    title = gegevens.overview(report).title
    assert title.startswith(f"{broken} van de ")
    assert title.endswith(f"regels zijn geschonden: {len(FAULTS)} rijen staan in quarantaine")
    swot = next(row for row in gegevens.tables(report).grid.rows if row[0] == "SWOT")
    assert (swot[1], swot[4]) == ("31", "7")
    kinds = {kind for _, _, kind, _ in FAULTS} | {"key"}  # a code that stands twice breaks both
    held, total = len(quality.KINDS) - len(kinds), len(quality.KINDS)
    assert gegevens.rules(report).title == f"Bij {held} van de {total} soorten regels is er geen enkele geschonden"


def test_one_broken_rule_and_one_row_are_written_as_one(report: Report):
    """The message has its forms for one."""
    counts = toetsing._counts(report).assign(geschonden=0, quarantaine=0, regels=1)
    counts.loc[0, ["geschonden", "quarantaine"]] = 1
    assert (
        toetsing.verdict(report, counts) == f"1 van de {len(counts)} regels is geschonden: 1 rij staat in quarantaine"
    )


def test_a_long_list_of_faults_is_cut_and_says_so(damaged: Project, monkeypatch: pytest.MonkeyPatch):
    """Of one rule at most LISTED rows are shown, with how many more there are; a rule without a row says so."""
    report = Report("2026Q3", "nl", project=damaged)
    aside = report.now.quarantine().head(1)
    many = aside.loc[aside.index.repeat(fouten.LISTED + 3)].assign(rij=range(fouten.LISTED + 3))
    lines = fouten._lines(report, many.iloc[0], many)
    assert len(lines) == fouten.LISTED + 1
    assert lines[-1][0] == "en nog 3 rijen"
    assert fouten._lines(report, many.iloc[0], many.iloc[:0])[0][:2] == ("–", "–")


def test_conflicts_add_up_and_agree_with_the_other_chapters(report: Report):
    """Each figure with several values is in one class; the environment chapter lists as many."""
    figure = gegevens.conflicts(report)
    rows = [[int(cell.replace(".", "")) for cell in row[1:]] for row in figure.grid.rows]
    assert all(row[1] == sum(row[2:]) for row in rows)
    assert len(figure.grid.columns) == 3 + len(CLASSES)
    assert rows[-1] == [sum(column) for column in zip(*rows[:-1], strict=True)]
    assert rows[0][1] == len(omgeving.conflicts(report).grid.rows)
    assert [int(number) for number in re.findall(r"\d+", figure.title)] == [rows[-1][1], rows[-1][5]]


def test_the_largest_differences_come_first(report: Report):
    """Five rows, from large to small, each with who says what; the message names the first."""
    figure = gegevens.differences(report)
    sizes = [float(row[1].replace(",", ".")) for row in figure.grid.rows]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == tegenspraak.LISTED
    assert figure.title.endswith(figure.grid.rows[0][0])
    assert all(": " in cell for row in figure.grid.rows for cell in row[2:])


def test_no_contradiction_is_said_in_words(report: Report, monkeypatch: pytest.MonkeyPatch):
    """Without figures on several sources the messages say so."""
    empty = tegenspraak._disputed(report).iloc[:0]
    monkeypatch.setattr(tegenspraak, "_disputed", lambda _: empty)
    assert gegevens.conflicts(report).title == "Elk cijfer heeft één waarde"
    assert gegevens.differences(report).kind == "sentences"


def test_differences_that_are_no_contradictions_are_not_counted_as_such(report: Report, monkeypatch):
    """Estimates alone: several values, no contradiction."""
    every = tegenspraak._disputed(report)
    estimates = every[every["klasse"] == "raming"]
    monkeypatch.setattr(tegenspraak, "_disputed", lambda _: estimates)
    title = gegevens.conflicts(report).title
    assert title == f"{len(estimates)} cijfers hebben verschillende waarden; nergens spreken bronnen elkaar tegen"


def test_ages_stand_oldest_first_and_count_every_series(report: Report):
    """The plan of 2021 is the oldest; the title adds up the series of the rows."""
    figure = gegevens.ages(report)
    months = [int(row[1]) for row in figure.grid.rows]
    assert months == sorted(months, reverse=True)
    assert figure.grid.rows[0][0] == "Strategisch plan GOB 2021-2026"
    assert figure.grid.rows[0][3] == "oud"
    counts = [[int(n) for n in row[2].split(" van ")] for row in figure.grid.rows if row[2] != "–"]
    said = [int(number) for number in re.findall(r"\d+", figure.title)]
    assert said[:2] == [sum(column) for column in zip(*counts, strict=True)]
    assert {len(wording.fact_tables(report)) + 2} == {len(figure.grid.rows)}


def test_an_early_report_does_not_name_the_day_of_collection(project: Project):
    """The data were collected in 2026: the report of 2022Q2 cannot have known that."""
    early, late = (gegevens.ages(Report(quarter, "nl", project=project)) for quarter in ("2022Q2", "2026Q3"))
    assert not any("2026" in note for note in early.notes)
    assert any("8 oktober 2026" in note for note in late.notes)


def test_a_refresh_is_told_from_the_day_on_which_it_was_done(project: Project, monkeypatch: pytest.MonkeyPatch):
    """A report of before the refresh does not know of it."""
    for day, told in ((dt.date(2026, 11, 2), True), (dt.date(2026, 11, 20), False)):
        report = Report("2026Q3", "nl", project=project)
        monkeypatch.setattr(report.now, "package", dataclasses.replace(report.now.package, refreshed=day))
        notes = " ".join(gegevens.ages(report).notes)
        assert ("bijgewerkt, het laatst op 2 november 2026" in notes) is told


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_fact_has_one_rule_of_dating(project: Project, quarter: str):
    """The counts add up to all known facts, and the message names those with a day of their own."""
    report = Report(quarter, "nl", project=project)
    figure = gegevens.dating(report)
    rows = [[int(cell.replace(".", "")) for cell in row[1:-1]] for row in figure.grid.rows]
    facts = [len(report.now.table(name)) for name in wording.fact_tables(report)]
    assert [sum(column) for column in zip(*rows, strict=True)] == facts
    assert figure.title.startswith(f"Van {report.words.number(sum(rows[0]))} van de {report.words.number(sum(facts))} ")


def test_every_rule_of_dating_has_words(report: Report):
    """Also a rule that no known fact follows."""
    assert all(datering._rule(report, rule) and datering._meaning(report, rule) for rule in datering.RULES)


def test_every_choice_of_our_own_is_listed_with_what_it_decides(report: Report):
    """Each table with rows of our own says in words what is chosen in it."""
    figure = gegevens.choices(report)
    assert all(row[2] != "–" for row in figure.grid.rows)
    links = {row[0]: row[1] for row in figure.grid.rows}
    breaks = report.now.table("reeksbreuken")[["tabel", "reeks", "geo"]].drop_duplicates()
    assert any(f" {len(breaks)} reeksen anders geteld" in row[2] for row in figure.grid.rows)
    assert links["SWOT en doelstellingen"] == str(len(report.now.table("swot_doelstellingen")))
    assert {origin.bron_id for origin in figure.origins} == {"krachtlijn-koppeling", "krachtlijn-register"}


def test_the_reasons_count_every_correction_and_target(report: Report):
    """The counts under each heading are those of the message; no old value and no fingerprint is shown."""
    figure = gegevens.reasons(report)
    sums = [sum(int(row[1]) for row in rows) for _, rows in _by_heading(figure)]
    assert sums == [int(number) for number in re.findall(r"\d+", figure.title)]
    assert "sha256" not in texts(figure)
    assert figure.grid.columns[0].language == "nl"


def test_in_french_the_reasons_are_marked_as_dutch(project: Project):
    """The note says so; in Dutch it would be noise."""
    notes = {language: gegevens.reasons(Report("2026Q3", language, project=project)).notes for language in ("nl", "fr")}
    assert len(notes["fr"]) == len(notes["nl"]) + 1


def test_without_corrections_and_targets_there_is_a_sentence(report: Report, monkeypatch):
    """A young project has none of them."""
    every = wording.known(report)
    nothing = {name: every[name].iloc[:0] for name in ("correcties", "doelen_datering")}
    monkeypatch.setattr(aannames.wording, "known", lambda _: every | nothing)
    figure = gegevens.reasons(report)
    assert figure.kind == "sentences"
    assert "14 november 2026" in figure.sentences[0]


def test_the_limits_are_those_of_the_code(report: Report, monkeypatch: pytest.MonkeyPatch):
    """A changed constant changes the table; nothing is typed a second time."""
    monkeypatch.setattr(aannames.changes, "SILENT_DAYS", 444)
    monkeypatch.setattr(aannames.indicators, "OLD_YEARS", 9)
    monkeypatch.setattr(aannames.boordtabel, "KNOWN_SHARE", 0.37)
    monkeypatch.setattr(aannames.decisions, "END_QUARTERS", 6)
    monkeypatch.setattr(aannames.aantal, "PERIMETER_GAP", 0.08)
    shown = [row[1] for row in gegevens.thresholds(report).grid.rows]
    assert {"444", "9", "45", "37", "6", "8"} <= set(shown)


def test_no_dated_fact_at_all(report: Report):
    """The message of the ages does not divide by nothing."""
    nothing = ouderdom.Age(0, None, None, None, None, 0, 0, 0)
    assert ouderdom._title(report, {"omgeving": nothing}) == "Er is nog geen gedateerd feit bekend"


def test_later_facts_with_all_that_comes_with_them_change_no_earlier_report(project: Project, sandbox: Project):
    """Facts of 2024 with a source, a series, a break, a target and a correction of their own: 2022Q2 stays the same."""
    later = {
        "bronnen/eigen.csv": "bron-2024,Nieuwe bron,Krant,pers,https://example.org,nieuwe licentie",
        "licenties/licenties.csv": "nieuwe licentie,Nieuw,Nouveau,krachtlijn-register",
        "indicatoren/indicatoren.csv": "omgeving,nieuwe_reeks,Nieuw,Nouveau,hoger,30,x,x,x,,krachtlijn-register",
        "omgeving/omgeving.csv": "nieuwe_reeks,economie_werk,BE10,2021,99,%,bron-2024,2024-06-01,nee,,",
        "reeksbreuken/reeksbreuken.csv": "omgeving,nieuwe_reeks,BE10,2021,anders geteld,krachtlijn-register",
        "omgeving_doelen/omgeving_doelen.csv": "nieuwe_reeks,2045,5,%,,bron-2024,",
        "doelen_datering/doelen_datering.csv": "nieuwe_reeks,2045,bron-2024,2024-06,reden,krachtlijn-register",
        "budget/budget.csv": "directe_schuld,BHG,2021-12-31,9,EUR_mln,gerealiseerd,bron-2024,2024-06-01,nee,x,",
        "correcties/correcties.csv": "bronnen,bron_id=bron-2024,uitgever,Krant,Dagblad,reden,krachtlijn-register",
    }
    for name, line in later.items():
        with (sandbox.raw / name).open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
    assert intake(sandbox).quarantined == 0

    def shown(quarter: str, where: Project) -> dict[str, str]:
        report = Report(quarter, "nl", project=where)
        return {view.__name__: texts(view(report)) for view in VIEWS}

    assert shown("2022Q2", sandbox) == shown("2022Q2", project)
    before, after = shown("2026Q3", project), shown("2026Q3", sandbox)
    assert {name for name in before if before[name] != after[name]} >= {"overview", "conflicts", "dating", "reasons"}
