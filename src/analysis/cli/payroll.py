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
    from analysis.models.savings import Review

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
#: What each uncertain assumption of the savings is called, and how its step is written.
_OFF = {"index": "index {step} % off", "uitstroom": "outflow {step} points off"}
_TOGETHER = "all together"


@click.command()
@click.argument("case", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--csv", "csv", type=click.Path(dir_okay=False, path_type=Path), help="Also write scenario, year, level.")
def payroll(case: Path, csv: Path | None) -> None:
    """Reckon what the staff of CASE costs, per year and scenario, and which assumption matters most.

    CASE is a YAML file with scales, staff, index and scenarios; params/loonkost-voorbeeld.yaml is an example with
    made-up figures to copy. The first scenario is that with which the others are compared. With a part 'besparing' it
    also tells what measures save against that scenario, who bears it, and what is still to be found.
    """
    from analysis.models import payroll as model  # loads pandas
    from analysis.models.payroll_case import read, review_of

    known, written = read(case, str(case))
    click.echo(_head(case, written))
    click.echo(_table(known, model.totals(known)))
    first = known.scenarios[0]
    click.echo(f"\nWhat moves the cost of '{first.naam}', all years together:")
    for row in model.sensitivity(known, first).itertuples():
        share = WORDS.number(100 * float(str(row.aandeel)), 1, sign=True)
        click.echo(f"  {_ASSUMED[str(row.wat)]:<42}{_millions(float(str(row.verschil)), sign=True):>10}  ({share} %)")
    if review := review_of(written):
        click.echo(_savings(known, review))
        if review.onzeker:
            click.echo(_ranges(known, review))
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


def _savings(case: Case, review: Review) -> str:
    """Return a line per measure: its net saving per year, who bears it; then all together, and what is left to find."""
    from analysis.models import savings

    rows, levels, gap = savings.per_year(case, review), savings.borne(case, review), savings.gaps(case, review)
    wide = _wide(review)
    lines = [_asked(case, review), " " * wide + "".join(f"{year:>10}" for year in gap["jaar"]) + f"{'together':>12}"]
    for name in (*(one.naam for one in review.maatregelen), savings.TOGETHER):
        own = rows[rows["maatregel"] == name]
        lines.append(_line(name or _TOGETHER, own["netto"], wide, total=True))
        if own["eenmalig"].any():
            lines.append(_line("  of which one-off cost", -own["eenmalig"], wide, total=True))
        at = levels[levels["maatregel"] == name]
        borne = (
            f"{level} {_millions(gross, sign=True)}" for level, gross in zip(at["niveau"], at["bruto"], strict=True)
        )
        lines.append(f"  saved at level: {'; '.join(borne)}")
    together = rows[rows["maatregel"] == savings.TOGETHER]
    lines.append(_line("  cumulated", together["cumulatief"], wide))
    lines.append(_line("  counted twice by measures alone", gap["overlap"], wide, total=True))
    lines.append(_line("still to be found (-: more than wanted)", gap["tekort"], wide))
    return "\n".join(lines)


def _wide(review: Review) -> int:
    names = ("still to be found (-: more than wanted)", *(one.naam for one in review.maatregelen))
    return max(map(len, names)) + 2


def _asked(case: Case, review: Review) -> str:
    from analysis.models import savings

    want = f"{_millions(savings.wanted(case, review))} a year"
    if review.als_aandeel:
        want += f" ({WORDS.number(100 * review.gewenst, 1)} % of the cost of {review.basisjaar})"
    unchanged = f"'{case.scenarios[0].naam}' (same staff, seniority, index)"
    return f"\nNet saving against {unchanged}, in millions of euro. Wanted: {want}"


def _line(name: str, values: pd.Series, wide: int, *, total: bool = False) -> str:
    cells = "".join(f"{_millions(float(value), sign=True):>10}" for value in values)
    return f"{name:<{wide}}{cells}" + (f"{_millions(float(values.sum()), sign=True):>12}" if total else "")


def _ranges(case: Case, review: Review) -> str:
    """Return between what the saving of all years lies when one assumption is off."""
    from analysis.models import savings

    rows, wide = savings.ranges(case, review), _wide(review)
    heads = [_OFF[name].format(step=WORDS.number(100 * step, 1)) for name, step in review.onzeker.items()]
    lines = [
        "\nNet saving of all years together when one assumption is off, in the scenario and with the measure alike:"
    ]
    lines.append(" " * wide + f"{'as assumed':>12}" + "".join(f"{head:>24}" for head in heads))
    for name, own in rows.groupby("maatregel", sort=False):
        spans = (
            f"{_millions(low, sign=True)} to {_millions(high, sign=True)}"
            for low, high in own[["laag", "hoog"]].to_numpy()
        )
        middle = _millions(float(own["midden"].iloc[0]), sign=True)
        lines.append(f"{name or _TOGETHER!s:<{wide}}{middle:>12}" + "".join(f"{span:>24}" for span in spans))
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
