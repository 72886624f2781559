"""Run every notebook of every quarter in both ways, plain papermill's and the build's, and compare cell by cell.

    python benchmarks/parity.py [QUARTER...] [--language nl|fr|nl+fr]... [--jobs 2]

It takes long: about four seconds per notebook, quarter and language. Without languages it runs ``nl``, ``fr`` and
``nl+fr``, and also compares what ``nl+fr`` carries for each language with the runs for that language alone. Prints a
table of differences and ends with 1 when there are any.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from analysis.build.kernels import grammar  # noqa: E402 - before what takes a second without it

grammar.put_off()

from analysis import intake  # noqa: E402
from analysis.build.execute import Job, end_kernels  # noqa: E402
from analysis.build.kernels import warm  # noqa: E402
from analysis.build.kernels.imports import imports_of  # noqa: E402
from analysis.figure import MIME, carrier_in  # noqa: E402
from analysis.params import settle  # noqa: E402
from analysis.paths import Project  # noqa: E402
from tests.build.kernels.ways import Ran, both, differences  # noqa: E402

LANGUAGES = ("nl", "fr", "nl+fr")


def main() -> int:
    """Compare; return the exit code."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("quarters", nargs="*")
    given.add_argument("--language", action="append", choices=LANGUAGES)
    given.add_argument("--jobs", type=int, default=2)
    asked = given.parse_args()
    project = Project(ROOT)
    intake.ensure(project)
    quarters = asked.quarters or sorted(path.stem for path in project.params.glob("[0-9]*.yaml"))
    languages = tuple(asked.language or LANGUAGES)
    notebooks = sorted(path for path in project.notebooks.glob("*.ipynb") if path.name[0] not in "_.")
    warm.shared(imports_of(notebooks))
    found: list[str] = []
    cells = runs = 0
    try:
        for number, quarter in enumerate(quarters, start=1):
            for path in notebooks:
                ran = _runs(project, path, quarter, languages, asked.jobs)
                runs, cells = runs + 2 * len(ran), cells + sum(len(plain.cells) for plain, _ in ran.values())
                found += [f"{quarter} {path.stem} {text}" for text in _told(ran)]
                print(f"{number}/{len(quarters)} {quarter} {path.stem}: {len(found)} differences", flush=True)  # noqa: T201
    finally:
        end_kernels()
    for text in found:
        print(text)  # noqa: T201
    print(f"{runs} runs, {cells} cells compared, {len(found)} differences")  # noqa: T201
    return bool(found)


def _runs(
    project: Project, path: Path, quarter: str, languages: tuple[str, ...], jobs: int
) -> dict[str, tuple[Ran, Ran]]:
    """Run a notebook for one quarter in all languages, in both ways."""
    run = settle(project, quarter)
    asked: dict[str, Job] = {}
    for language in languages:
        parameters: dict[str, Any] = {"quarter": quarter, "language": language, "plan": run.plan}
        parameters |= {"as_of": run.as_of.isoformat()}
        asked[language] = Job(path, tuple(language.split("+")), parameters, Path(f"{path.stem}-{language}.ipynb"), ROOT)
    with tempfile.TemporaryDirectory(prefix="krachtlijn-parity-") as room:
        return both(asked, Path(room), save=False, at_once=jobs)


def _told(ran: dict[str, tuple[Ran, Ran]]) -> Iterator[str]:
    for language, (plain, warm_) in ran.items():
        yield from (f"{language}: {text}" for text in differences(plain, warm_))
    if "nl+fr" in ran:
        for language in {"nl", "fr"} & set(ran):
            yield from _carried(language, ran[language][1], ran["nl+fr"][1])


def _carried(language: str, alone: Ran, together: Ran) -> Iterator[str]:
    """Compare what a run for both languages carries for one of them with a run for that one alone."""
    one, other = (_figures(ran, language) for ran in (alone, together))
    if len(one) != len(other):
        yield f"{language} alone shows {len(one)} figures, nl+fr {len(other)}"
    for number, (left, right) in enumerate(zip(one, other, strict=False), start=1):
        if left != right:
            yield f"figure {number} of {language} alone is not that of nl+fr"


def _figures(ran: Ran, language: str) -> list[Any]:
    outputs = [output for cell in ran.notebook.cells for output in cell.get("outputs", [])]
    carried = [carrier_in(output.data[MIME], language) for output in outputs if MIME in output.get("data", {})]
    return [{name: value for name, value in one.items() if name != "language"} for one in carried]


if __name__ == "__main__":
    sys.exit(main())
