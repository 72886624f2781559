"""The made-up deliveries as files: one workbook per plan and quarter, with its receipt, as if it had been handed in.

They stand in ``data/processed/leveringen/examples/ontvangen/`` and are made again when the plan or this room changes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis import deliveries, lock
from analysis.deliveries import EXAMPLES
from analysis.examples import measured, panels, scores, staff
from analysis.examples.credits import credit_rows
from analysis.examples.process import simulate
from analysis.examples.words import ROLES
from analysis.examples.world import stream
from analysis.files import write_whole
from analysis.intake import poll
from analysis.intake.receive import write
from analysis.intake.template import workbook
from analysis.paths import Project
from analysis.quarter import Quarter
from analysis.schema import Package, Table

Tables = Mapping[str, pd.DataFrame]
Progress = Callable[[int, int, str], None]

FIRST, LAST = Quarter(2021, 3), Quarter(2026, 3)
#: One made-up history; another seed is another one.
SEED = 20210701
NAME = "voorbeeld-fictief.xlsx"
#: Notes what the files were made of; written last.
_MARK = "gemaakt.txt"
#: The plans that get examples.
_WITH_ACTIONS, _MANDATE = "gob-2021-2026", "actiris-mandaat"
#: Of which quarter a correction follows some weeks later.
_CORRECTED = (Quarter(2024, 2), Quarter(2026, 1))


def ensure(project: Project, progress: Progress) -> None:
    """Make the examples, unless they stand there as this code makes them.

    Args:
        project: the project folder.
        progress: is told how far it is.
    """
    home = deliveries.source(project, EXAMPLES)
    with lock.in_turn(project, "examples"):
        mark, own = home / _MARK, _digest(project)
        if mark.is_file() and mark.read_text(encoding="utf-8") == own:
            return
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        _write(project, home, progress)
        write_whole(mark, own.encode("utf-8"))


def _digest(project: Project) -> str:
    """Return a checksum of all that the examples are made of."""
    room = Path(__file__).parent
    registers = ("plan_acties", "plan_doelstellingen", "organisaties", "streefwaarden", "swot")
    files = [path for name in registers for path in sorted((project.raw / name).glob("*.csv"))]
    code = [*sorted(room.glob("*.py")), room / "gauges.csv", room.parent / "intake" / "template.py"]
    declaration = project.raw / deliveries.FOLDER / deliveries.DECLARATION
    total = hashlib.sha256()
    for path in (*files, *code, declaration):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def _write(project: Project, home: Path, progress: Progress) -> None:
    package = Package.load(project.raw / deliveries.DECLARATION)
    declared = deliveries.declared(project, package)
    register = {name: _register(project, package.tables[name]) for name in ("plan_acties", "plan_doelstellingen")}
    quarters, labels = _quarters(), _items(project, package)
    administrations = _administrations(project, package)
    plans = {
        _WITH_ACTIONS: of_actions(_of(register, _WITH_ACTIONS), administrations, quarters) | of_swot(list(labels)),
        _MANDATE: of_mandate(_register(project, package.tables["streefwaarden"]), quarters),
    }
    for number, quarter in enumerate(quarters):
        progress(number, len(quarters), f"example {quarter}")
        for plan, tables in plans.items():
            own = {name: rows[rows["kwartaal"] == str(quarter)] for name, rows in tables.items()}
            for day, told in _received(quarter, plan, own):
                written, polls = _as_poll(quarter, told, labels)
                rows = {name: _records(own, declared[name]) for name, own in written.items()}
                content = {NAME: workbook(declared, rows, more=polls)}
                write(home / plan / deliveries.folder_name(quarter, day), content)


def of_actions(
    actions: pd.DataFrame, administrations: Sequence[str], quarters: Sequence[Quarter]
) -> dict[str, pd.DataFrame]:
    """Return all tables of a plan with actions, with ``kwartaal``: on which quarter's delivery each row reports."""
    made = simulate(actions, quarters[0], quarters[-1], SEED, organisatie_ids=administrations)
    objectives = list(dict.fromkeys(actions["doelstelling_code"]))
    gauges = [one for one in measured.gauges(_WITH_ACTIONS) if one.objective in objectives]
    return dict(made.tables) | {
        "meetpunten": measured.gauge_rows(gauges, quarters, SEED),
        "metingen": measured.measurement_rows(gauges, quarters, SEED),
        "verbanden": measured.share_rows(objectives, administrations, quarters, SEED),
        "beslissingen": measured.decision_rows(actions, quarters, ROLES, SEED),
        "kredieten": credit_rows(quarters, SEED),
        "personeel": staff.staff_rows(administrations, quarters, SEED),
        "peilingen": panels.panel_rows(quarters, SEED),
    }


def of_swot(items: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return the tables that score the items of a SWOT, with ``kwartaal``."""
    return {
        "swot_scores": scores.score_rows(items, SEED),
        "swot_vergelijkingen": scores.comparison_rows(items, SEED),
    }


def of_mandate(targets: pd.DataFrame, quarters: Sequence[Quarter]) -> dict[str, pd.DataFrame]:
    """Return all tables of a plan of meetpunten without actions."""
    own = targets[targets["plan_id"] == _MANDATE]
    duties = own[own["frequentie_per_jaar"] != ""]
    gauges = measured.gauges(_MANDATE)
    return {
        "meetpunten": measured.gauge_rows(gauges, quarters, SEED),
        "metingen": measured.measurement_rows(gauges, quarters, SEED),
        "uitvoeringen": measured.execution_rows(duties, quarters, SEED),
    }


def _as_poll(quarter: Quarter, tables: Tables, labels: Mapping[str, str]) -> tuple[Tables, dict[str, scores.Lines]]:
    """Take the scores of one moment out of the tables: they are delivered as a poll tool exports them."""
    if quarter != scores.WIDE or poll.TABLE not in tables:
        return tables, {}
    others = {name: rows for name, rows in tables.items() if name != poll.TABLE}
    return others, scores.poll_sheets(tables[poll.TABLE], labels)


def _received(quarter: Quarter, plan: str, tables: Tables) -> list[tuple[dt.date, Tables]]:
    """Return each delivery on a quarter with the day on which it came: one, or a correction after it."""
    days = int(stream(SEED, f"received-{plan}-{quarter}").integers(14, 36))
    first = quarter.end + dt.timedelta(days=days)
    if quarter not in _CORRECTED or "voortgang" not in tables:
        return [(first, tables)]
    corrected = tables["voortgang"].iloc[::9]
    lower = (corrected["voortgang_pct"] - 10).clip(lower=0)
    return [(first, tables), (first + dt.timedelta(days=40), {"voortgang": corrected.assign(voortgang_pct=lower)})]


def _quarters() -> list[Quarter]:
    found = [FIRST]
    while found[-1] < LAST:
        found.append(found[-1].next())
    return found


def _register(project: Project, table: Table) -> pd.DataFrame:
    frames = [pd.read_csv(project.raw / path, dtype=str, keep_default_na=False) for path in table.paths]
    return pd.concat(frames, ignore_index=True)


def _of(register: Tables, plan: str) -> pd.DataFrame:
    actions, above = (rows[rows["plan_id"] == plan] for rows in register.values())
    return actions.merge(above[["doelstelling_code", "krachtlijn_code"]], on="doelstelling_code")


def _administrations(project: Project, package: Package) -> list[str]:
    rows = _register(project, package.tables["organisaties"])
    return list(rows.loc[rows["soort"] == "bestuur", "organisatie_id"])


def _items(project: Project, package: Package) -> dict[str, str]:
    """Return the label of each item of the SWOT by its code."""
    rows = _register(project, package.tables["swot"])
    own = rows[rows["plan_id"] == _WITH_ACTIONS]
    return dict(zip(own["swot_code"], own["label_nl"], strict=True))


def _records(rows: pd.DataFrame, table: Table) -> list[dict[str, object]]:
    """Return rows as cells of a sheet: dates as days, unknown values as empty cells."""
    own = rows[[name for name in table.columns if name in rows]]
    return [{str(name): _cell(value) for name, value in row.items()} for row in own.to_dict("records")]


def _cell(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if value is None or value == "" or value is pd.NaT or value != value else value
