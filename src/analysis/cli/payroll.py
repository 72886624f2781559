"""``krachtlijn payroll``: what a staff costs in the years to come, under scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.files import write_whole
from analysis.language import Words

if TYPE_CHECKING:
    import pandas as pd

    from analysis.models.payroll import Case
    from analysis.models.payroll_case import Written

WORDS = Words("nl")
_STAFF = "  full-time equivalents"
#: What each assumption is called, and how its step is written.
_ASSUMED = {
    "sprong": "one more index jump, from the first month",
    "uitstroom": "outflow one percentage point higher",
    "vervanging": "ten percentage points fewer replaced",
    "toeslagen": "supplements one percentage point higher",
    "schalen": "scales one per cent higher",
}


@click.command()
@click.argument("case", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--csv", "csv", type=click.Path(dir_okay=False, path_type=Path), help="Also write scenario, year, level.")
def payroll(case: Path, csv: Path | None) -> None:
    """Reckon what the staff of CASE costs, per year and scenario, and which assumption matters most.

    CASE is a YAML file with scales, staff, index and scenarios; params/loonkost-voorbeeld.yaml is an example with
    made-up figures to copy. The first scenario is that with which the others are compared.
    """
    from analysis.models import payroll as model  # loads pandas
    from analysis.models.payroll_case import read

    known, written = read(case, str(case))
    click.echo(_head(case, written))
    click.echo(_table(known, model.totals(known)))
    first = known.scenarios[0]
    click.echo(f"\nWhat moves the cost of '{first.naam}', all years together:")
    for row in model.sensitivity(known, first).itertuples():
        share = WORDS.number(100 * float(str(row.aandeel)), 1, sign=True)
        click.echo(f"  {_ASSUMED[str(row.wat)]:<42}{_millions(float(str(row.verschil)), sign=True):>10}  ({share} %)")
    if csv:
        _write(known, csv)


def _head(case: Path, written: Written) -> str:
    warning = "FICTITIOUS: the figures of this case are made up.\n" if written.fictief else ""
    return f"{warning}Payroll of {case.name}, in millions of euro. Source: {written.bron}"


def _table(case: Case, totals: pd.DataFrame) -> str:
    """Return a line per scenario: its staff and cost per year, their sum, and the difference with the first one."""
    years = range(case.van, case.tot + 1)
    wide = max(len(name) for name in (_STAFF, *(scenario.naam for scenario in case.scenarios))) + 2
    lines = [" " * wide + "".join(f"{year:>10}" for year in years) + f"{'together':>12}{'against first':>16}"]
    for scenario in case.scenarios:
        own = totals[totals["scenario"] == scenario.naam]
        cells = "".join(f"{_millions(cost):>10}" for cost in own["kost"])
        difference = _millions(float(own["verschil"].sum()), sign=True) if scenario is not case.scenarios[0] else ""
        lines.append(f"{scenario.naam:<{wide}}{cells}{_millions(float(own['kost'].sum())):>12}{difference:>16}")
        staff = "".join(f"{WORDS.number(vte, 1):>10}" for vte in own["vte"])
        lines.append(f"{_STAFF:<{wide}}{staff}")
    return "\n".join(lines)


def _millions(amount: float, *, sign: bool = False) -> str:
    return WORDS.number(amount / 1e6, 2, sign=sign)


def _write(case: Case, path: Path) -> None:
    import pandas as pd

    from analysis.models import payroll as model

    rows = pd.concat([model.costs(case, scenario) for scenario in case.scenarios], ignore_index=True)
    text: str = rows.round({"vte": 4, "kost": 2}).to_csv(index=False, lineterminator="\n")
    write_whole(path, text.encode("utf-8"))
    click.echo(f"\n{path}: {len(rows)} rows, cost in euro")
