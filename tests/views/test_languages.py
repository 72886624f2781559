"""One run of the notebooks serves several languages."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from importlib import import_module

import pytest

from analysis.errors import KrachtlijnError
from analysis.figure import Figure, carrier_in
from analysis.models import evidence, indicators
from analysis.params import LANGUAGES
from analysis.paths import Project
from analysis.views import Report, directieraad, omgeving, veranderingen

CHAPTERS = ("directieraad", "gegevens", "krachtlijnen", "omgeving", "personeel_budget", "swot", "veranderingen")


@pytest.fixture(scope="module")
def both(project: Project) -> Report:
    """The report of 2026Q3 in Dutch and French."""
    return Report("2026Q3", "nl+fr", project=project)


@pytest.mark.slow
@pytest.mark.parametrize("quarter", [pytest.param("2021Q3", marks=pytest.mark.long), "2026Q3"])
def test_a_run_in_several_languages_holds_the_runs_in_one(
    project: Project, figures: Callable[..., dict[str, str]], quarter: str
) -> None:
    """Every figure of every notebook is, to the letter, the one of a run in that language alone."""
    together = figures(project, quarter=quarter, language="+".join(LANGUAGES))
    for language in LANGUAGES:
        alone = figures(project, quarter=quarter, language=language)
        split = {name: carrier_in(json.loads(content), language) for name, content in together.items()}
        assert {name: json.dumps(content, sort_keys=True) for name, content in split.items()} == alone


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_view_can_be_told_in_several_languages(chapter: str) -> None:
    """What a notebook can call takes a report in several languages; help() still shows the view's own words."""
    room = import_module(f"analysis.views.{chapter}")
    for name in room.__all__:
        view = getattr(room, name)
        assert hasattr(view, "__wrapped__"), name
        assert view.__name__ == name
        assert view.__doc__
        assert next(iter(inspect.signature(view).parameters)) == "report"


def test_a_report_in_several_languages_speaks_the_first(both: Report) -> None:
    """The others stand in ``languages``; the order is the one asked for."""
    assert (both.language, both.languages) == ("nl", ("nl", "fr"))
    turned = Report("2026Q3", "fr+nl", project=both.now.project)
    assert (turned.language, turned.languages, turned.words.language) == ("fr", ("fr", "nl"), "fr")
    assert both.in_language("fr").languages == ("fr",)


@pytest.mark.parametrize("asked", ["nl+nl", "nl+de", "nl+", "+", "", "de", "nl,fr"])
def test_each_language_is_known_and_stands_once(project: Project, asked: str) -> None:
    """Anything else is one clear message that names the languages there are."""
    with pytest.raises(KrachtlijnError) as fault:
        Report("2026Q3", asked, project=project)
    assert "nl, fr" in str(fault.value.do)
    with pytest.raises(KrachtlijnError, match="no language"):
        Report("2026Q3", project=project).in_language(asked)


def test_the_languages_share_the_tables(both: Report) -> None:
    """Also those of earlier reports: what is worked out of them is worked out once."""
    french = both.in_language("fr")
    assert french.now is both.now
    assert french.before is both.before is both.earlier().now
    assert french.ago(4).now is both.ago(4).now
    assert french.earlier().words.language == "fr"


def test_the_models_run_once_for_all_languages(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second language, and a second figure, cost no second judgement of the actions or the indicators."""
    calls: list[str] = []

    def counting(model: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object) -> object:
            calls.append(model.__name__)
            return model(*args)

        return counted

    for room, name in ((evidence, "action_status"), (indicators, "latest")):
        monkeypatch.setattr(room, name, counting(getattr(room, name)))
    report = Report("2026Q3", "nl+fr", project=project)
    for view in (directieraad.message, directieraad.boordtabel, veranderingen.figures, omgeving.movements):
        view(report)
    # the actions on three days (now, a quarter and a year ago), the indicators on two
    assert (calls.count("action_status"), calls.count("latest")) == (3, 2)


def test_a_figure_is_in_the_first_language_with_the_others_in_it(both: Report) -> None:
    """A view's own arguments hold for each language."""
    figure = omgeving.challenge(both, "leefkwaliteit")
    assert isinstance(figure, Figure)
    assert figure.language == "nl"
    assert list(figure.others) == ["fr"]
    assert figure.others["fr"].others == {}
    assert figure.title != figure.others["fr"].title
    assert omgeving.challenge(both.in_language("fr"), "leefkwaliteit") == figure.others["fr"]
