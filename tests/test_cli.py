"""The command: what a person sees, and the exit code."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import pytest

from analysis import intake
from analysis.build import pages, pdf, series
from analysis.build.order import Order, Published, Result, Wish
from analysis.build.place import work_folder
from analysis.paths import Project
from tests.conftest import assert_clear, run


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> object:
    """Stand in a project's folder."""

    def enter(project: Project) -> None:
        monkeypatch.chdir(project.root)
        monkeypatch.setenv("KRACHTLIJN_ROOT", str(project.root))

    return enter


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        (["report", "2026Q5"], ["'2026Q5' is not a quarter", "write it as 2026Q3"]),
        (["report", "2026-Q3"], ["'2026-Q3' is not a quarter"]),
        (["report", "2026Q3", "--plan", "mars"], ["the plan 'mars' is not known", "gob-2021-2026"]),
        (["report", "2026Q3", "--as-of", "gisteren"], ["'as_of' is not accepted", "2026-11-14"]),
        (["report", "2026Q3", "--language", "de"], ["'nl', 'fr'"]),
        (["report", "2026Q3", "--as-of", "2099-01-01"], ["lies in the future", "or earlier"]),
        (["report", "2031Q1"], ["no parameters for 2031Q1", "params/2031Q1.yaml"]),
        (["rapport"], ["No such command"]),
        (["intake", "--fast"], ["No such option"]),
        (["index", "2026Q3"], ["unexpected extra argument"]),
    ],
)
def test_a_mistake_on_the_command_line_is_one_clear_message(
    project: Project,
    at: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    signs: list[str],
) -> None:
    """What is wrong and what is allowed, no traceback, exit code not 0."""
    at(project)
    assert run(monkeypatch, *words) != 0
    assert_clear(capsys.readouterr().err, signs)


def test_outside_a_project_the_command_says_where_it_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """KRACHTLIJN_ROOT that points nowhere is named."""
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(tmp_path))
    assert run(monkeypatch, "intake") == 1
    assert "no Krachtlijn project found" in capsys.readouterr().err


def test_the_intake_counts_what_came_in_and_what_stayed(
    sandbox: Project, at: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 while rows are in quarantine; the fault names file, row and column; the report refuses to be made."""
    path = sandbox.raw / "swot" / "gob-2021-2026.csv"
    path.write_text(path.read_text(encoding="utf-8") + "gob-2021-2026,S6,S,zes,a,b,nergens,x\n", encoding="utf-8")
    at(sandbox)
    assert run(monkeypatch, "intake") == 1
    said = capsys.readouterr()
    assert "32 received     31 kept, 1 in quarantine" in said.out
    assert "data/raw/swot/gob-2021-2026.csv, row 33, column 'volgnr': a whole number is expected" in said.err
    assert run(monkeypatch, "report", "2026Q3") == 1
    refused = capsys.readouterr().err
    assert "1 rows are in quarantine" in refused
    assert "--allow-quarantine" in refused


def test_a_second_intake_has_nothing_to_do(
    project: Project, at: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says so, with the counts, and ends well."""
    at(project)
    assert run(monkeypatch, "intake") == 0
    said = capsys.readouterr().out
    total = sum(
        count["received"] for count in json.loads((project.processed / "intake.json").read_text())["tables"].values()
    )
    assert f"{total} rows = {total} kept + 0 in quarantine" in said
    assert "unchanged in data/processed" in said


def test_an_unexpected_fault_leaves_a_log_and_no_traceback(
    project: Project, at: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault of ours ends in one message that names the log."""
    at(project)

    def broken(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(intake, "ensure", broken)
    assert run(monkeypatch, "intake") == 70
    said = capsys.readouterr().err
    assert "ZeroDivisionError: boom" in said
    assert "Traceback" not in said
    log = Path(said.split("send ")[1].split(";")[0].removesuffix(" to the maintainers"))
    assert "Traceback" in log.read_text(encoding="utf-8")
    log.unlink()


@pytest.fixture
def asked(
    monkeypatch: pytest.MonkeyPatch, at: Callable[[Project], None], project: Project, sandbox: Project
) -> list[Order]:
    """Gather what the command asks of the build, without building; the data have been taken in."""
    calls: list[Order] = []
    shutil.copytree(project.processed, sandbox.processed, dirs_exist_ok=True)
    monkeypatch.setattr(pages, "setters", lambda _: nullcontext(pages.Here()))
    monkeypatch.setattr(pages, "warm_up", lambda: None)

    def note(_: Project, orders: Sequence[Order], *__: object, **___: object) -> Iterator[Result]:
        calls.extend(orders)
        for order in orders:
            manifest = order.room.folder / "manifest.json"
            manifest.parent.mkdir(parents=True, exist_ok=True)
            manifest.write_text("{}", encoding="utf-8")
            yield Result(order, Published(order.room.folder, (manifest,), manifest))

    monkeypatch.setattr(series, "make", note)
    at(sandbox)
    return calls


def test_only_the_static_report_is_made_unless_more_is_asked(
    asked: list[Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No script and no browser without a flag; each flag asks for its own form."""
    monkeypatch.setattr(pdf, "find_browser", lambda: "/a/browser")
    assert run(monkeypatch, "report", "2026Q3") == 0
    assert run(monkeypatch, "report", "2026Q3", "--interactive") == 0
    assert run(monkeypatch, "report", "2026Q3", "--pdf") == 0
    assert [order.wish for order in asked] == [Wish(), Wish(interactive=True), Wish(browser="/a/browser")]


@pytest.mark.parametrize(("given", "languages"), [("fr", ("fr",)), ("fr nl", ("fr", "nl")), ("nl nl", ("nl",))])
def test_each_language_that_is_named_is_made_once(
    asked: list[Order], monkeypatch: pytest.MonkeyPatch, given: str, languages: tuple[str, ...]
) -> None:
    """A second --language adds to the first, and does not replace it in silence."""
    words = [word for language in given.split() for word in ("--language", language)]
    assert run(monkeypatch, "report", "2026Q3", *words) == 0
    assert [order.run.languages for order in asked] == [languages]


def test_a_missing_browser_is_told_before_the_notebooks_run(
    asked: list[Order], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A minute of work for a PDF that cannot be printed would be lost."""
    monkeypatch.setenv("KRACHTLIJN_BROWSER", "/nowhere/browser")
    assert run(monkeypatch, "report", "2026Q3", "--pdf") == 1
    assert "KRACHTLIJN_BROWSER=/nowhere/browser" in capsys.readouterr().err
    assert asked == []


def test_the_page_over_all_reports_can_be_made_by_itself(
    sandbox: Project, at: Callable[[Project], None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a folder was removed by hand; the command says where it stands."""
    at(sandbox)
    assert run(monkeypatch, "index") == 0
    assert capsys.readouterr().out == "reports/index.html\n"
    assert (sandbox.reports / "index.html").is_file()


@pytest.fixture
def heeded() -> Iterator[None]:
    """Heed Ctrl-C, as in a terminal: who starts the tests in the background of a shell has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
@pytest.mark.parametrize(
    ("number", "code", "words"), [(signal.SIGINT, 130, "stopped"), (signal.SIGTERM, 143, "ended from outside")]
)
def test_a_build_that_is_told_to_stop_cleans_up_and_says_so(
    asked: list[Order],
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: signal.Signals,
    code: int,
    words: str,
) -> None:
    """Ctrl-C or a shutdown: one line, its own exit code, no work folder left, and the signal is as it was after."""
    before = signal.getsignal(signal.SIGTERM)

    def interrupted(*_: object, **__: object) -> Iterator[Result]:
        with work_folder(tmp_path / "reports"):
            signal.raise_signal(number)
        yield from ()

    monkeypatch.setattr(series, "make", interrupted)
    assert run(monkeypatch, "report", "2026Q3") == code
    said = capsys.readouterr().err
    assert words in said
    assert "untouched" in said
    assert not list((tmp_path / "reports").glob("**/*"))
    assert signal.getsignal(signal.SIGTERM) == before
