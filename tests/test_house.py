"""The house stands as its plan says: imports go down only, rooms stay small, the docs name every command."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from analysis.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "analysis"

#: Which rooms each room may import, besides itself and the ground floor.
ALLOWED: dict[str, set[str]] = {
    "ground": set(),
    "intake": set(),
    "models": set(),
    "views": {"models"},
    "build": set(),
    "examples": {"intake"},
    "refresh": {"intake"},
    "explore": {"views", "models", "intake", "examples"},
    "cli": {"build", "intake", "examples", "refresh", "models"},
}
MODULES = sorted(SOURCE.rglob("*.py"))
#: Modules that may be longer, each with its reason; empty is the goal.
LONGER: dict[str, str] = {}


def room(path: Path) -> str:
    """Return the room in which a module stands."""
    first = path.relative_to(SOURCE).parts[0]
    return first if (SOURCE / first).is_dir() else "ground"


def imported(path: Path) -> set[str]:
    """Return the rooms that a module imports."""
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        parts = [name.split(".") for name in names if name.startswith("analysis.")]
        rooms |= {part[1] if part[1] in ALLOWED else "ground" for part in parts}
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_down_only(path: Path) -> None:
    """A room imports itself, the ground floor, and the rooms below it."""
    own = room(path)
    assert imported(path) <= {own, "ground"} | ALLOWED[own]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_modules_and_functions_stay_small(path: Path) -> None:
    """A module over 300 lines, or a function over 40 with its docstring left out, is a sign that a room is missing."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(SOURCE).as_posix()
    assert name in LONGER or text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert length <= 40, f"{name}: {node.name} has {length} lines"


def test_only_the_intake_s_judge_imports_great_expectations() -> None:
    """It takes seconds to load, so one module imports it, and that module is loaded only when there is work."""
    users = [
        path.name for path in MODULES if "great_expectations" in path.read_text(encoding="utf-8").split('"""', 2)[-1]
    ]
    assert [name for name in users if name != "rules.py"] == ["expectations.py"]


def test_only_the_panels_load_widgets() -> None:
    """The report never needs them: nothing else imports ipywidgets, nor the room that does."""
    users = {room(path) for path in MODULES if "import ipywidgets" in path.read_text(encoding="utf-8")}
    assert users == {"explore"}
    assert not [name for name, allowed in ALLOWED.items() if "explore" in allowed]


def commands() -> Iterator[tuple[str, click.Command]]:
    """Return every subcommand with the words that call it, those of a group too."""
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None, name
        yield name, command
        for inner, below in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", below


def test_the_readme_names_every_command_and_option() -> None:
    """A command that the docs do not mention does not exist for its users."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in commands():
        assert f"krachtlijn {name}" in readme
        for option in command.params:
            for flag in option.opts:
                assert not flag.startswith("--") or name == "intake" or flag in readme, f"{name} {flag}"


def test_every_command_helps() -> None:
    """Each command and option says what it does."""
    for name, command in commands():
        assert command.help, name
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help, f"{name} {option.name}"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "DECISIONS.md", "CHANGELOG.md", "LICENSE"])
def test_the_documents_are_there(name: str) -> None:
    """Every document that the house promises has content."""
    assert len((ROOT / name).read_text(encoding="utf-8")) > 500


def test_the_tree_in_the_readme_is_the_tree() -> None:
    """Every folder that the README's tree names exists."""
    tree = (ROOT / "README.md").read_text(encoding="utf-8").split("## The house")[1].split("```")[1]
    for line in tree.strip().splitlines():
        name = line.split()[0]
        if name.endswith("/") and "<" not in name:
            assert (ROOT / name).is_dir() or (SOURCE / name).is_dir(), name
