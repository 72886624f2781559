"""How fast the build is: ``python -m benchmarks.build [PART...]``; see README.md beside this file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from analysis.paths import Project
from benchmarks import page, record
from benchmarks.clock import ROOT
from benchmarks.parts import PARTS, Setting
from benchmarks.summary import LINES, speeds

#: A word among the parts that measures nothing.
_PAGE = "page"


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice([*PARTS, _PAGE]), metavar="[PART]...")
@click.option("--repeats", type=click.IntRange(1), help="How often each way runs; by default 3, with --quick 1.")
@click.option("--quick", is_flag=True, help="A try: fewer quarters, rows and plans.")
@click.option("--peers", is_flag=True, help="Also jupyter-cache and ploomber, installed for the time of the run.")
@click.option(
    "--docs",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "docs",
    help="Where build.json, build.md and build.svg stand.",
)
def main(parts: tuple[str, ...], repeats: int | None, quick: bool, peers: bool, docs: Path) -> None:  # noqa: FBT001
    """Measure the build, add the figures to build.json, and make build.md and build.svg of all that stands there.

    PART is one of: quarter, unchanged, all, dask, growth, memory, size; all of them when none is given. The part page
    measures nothing, and only makes the page. Everything runs in temporary copies of the project: nothing that is
    published is touched.
    """
    times = repeats or (1 if quick else 3)
    setting = Setting(Project.find(ROOT), times, quick, peers)
    for name in [part for part in parts or PARTS if part != _PAGE]:
        click.echo(f"{name}: {(PARTS[name].__doc__ or '').splitlines()[0]}", err=True)
        on = record.machine()
        results = PARTS[name](setting)
        record.append(docs / "build.json", name, results, on=on, repeats=times, quick=quick)
        _tell(name, results)
    for path in page.write(docs):
        click.echo(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def _tell(part: str, results: dict[str, Any]) -> None:
    for one in speeds(results) if part == "quarter" else []:
        compared = f"{one.faster:.1f} times faster than plain commands, {one.of_limit:.1f} times the limit"
        click.echo(f"  {one.way}: {one.seconds:.1f} s, {compared}")
    for line in LINES[part](results):
        goal = f" (goal: {line.goal}; {'met' if line.met else 'missed'})" if line.goal else ""
        click.echo(f"  {line.what}: {line.measured}{goal}")


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.build")
