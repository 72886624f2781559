"""The files around the code: the lock, the commands, the environments. They say the same thing."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME, DEV = "requirements.lock", "requirements-dev.lock"
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
MACHINES = [
    ("linux", "Linux", "x86_64"),
    ("linux", "Linux", "aarch64"),
    ("darwin", "Darwin", "x86_64"),
    ("darwin", "Darwin", "arm64"),
    ("win32", "Windows", "AMD64"),
]


def entries(lock):
    """Return the requirements of a lock, each with the hashes that stand behind it."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and line.lstrip()[0] not in "#-"]
    return [(Requirement(line.split(" --hash=")[0]), line.split(" --hash=")[1:]) for line in lines]


def versions(lock, python, machine):
    """Return name -> version of what a lock installs on one kind of machine."""
    platform, system, processor = machine
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": platform,
        "platform_system": system,
        "platform_machine": processor,
        "os_name": "nt" if platform == "win32" else "posix",
    }
    found = {}
    for requirement, _ in entries(lock):
        if requirement.marker is None or requirement.marker.evaluate(environment):
            assert requirement.name not in found, f"{requirement.name} twice in {lock}"
            found[requirement.name] = str(requirement.specifier).removeprefix("==")
    return found


def make(*arguments):
    """Run make as a person would, free of what a make around these tests hands down."""
    inherited = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "QUARTER"}
    environment = {name: value for name, value in os.environ.items() if name not in inherited}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout


def makefile_targets():
    """Return the targets that the Makefile documents."""
    return set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", [RUNTIME, DEV])
def test_each_locked_package_has_one_version_and_hashes(lock):
    """A package that is not, byte for byte, the one that was locked is refused by pip."""
    for requirement, hashes in entries(lock):
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one.strip()) for one in hashes)


@pytest.mark.parametrize("lock", [RUNTIME, DEV])
def test_a_lock_names_no_index_and_builds_nothing(lock):
    """The lock serves behind any mirror, and no package needs build tools that it does not name."""
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert re.findall(r"^--.*", text, re.MULTILINE) == ["--only-binary :all:"]


@pytest.mark.parametrize("lock", [RUNTIME, DEV])
def test_a_lock_says_how_it_was_made(lock):
    """Whoever opens a lock reads which command makes it again."""
    header = (ROOT / lock).read_text("utf-8").splitlines()[:2]
    assert all(line.startswith("#") for line in header)
    assert header[1].strip("# ") == "make lock"


@pytest.mark.parametrize("machine", MACHINES, ids="-".join)
@pytest.mark.parametrize("python", PYTHONS)
def test_developers_run_the_versions_that_reports_are_built_with(python, machine):
    """On every machine the development lock holds the runtime lock whole, version for version."""
    assert versions(RUNTIME, python, machine).items() <= versions(DEV, python, machine).items()


@pytest.mark.parametrize("machine", MACHINES, ids="-".join)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_satisfies_every_declared_dependency(python, machine):
    """What pyproject.toml asks for, in its bounds, is what the lock installs."""
    project, groups = PYPROJECT["project"], PYPROJECT["dependency-groups"]
    asked = {
        RUNTIME: project["dependencies"] + groups["build"],
        DEV: groups["dev"],
    }
    for lock, lines in asked.items():
        locked = versions(lock, python, machine)
        for requirement in map(Requirement, lines):
            assert locked[canonicalize_name(requirement.name)] in requirement.specifier


def imported(folder):
    """Return the distributions that the modules in a folder import, Python's own and the project's left out."""
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            found.update(name.partition(".")[0] for name in names)
    modules = found - sys.stdlib_module_names - {"analysis", "benchmarks", "tests"}
    return {canonicalize_name(packages_distributions()[module][0]) for module in modules}


@pytest.mark.parametrize("folder", ["src", "tests"])
def test_every_import_is_declared(folder):
    """No code leans on a package that happens to come along with another."""
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    declared = [*PYPROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    if folder == "tests":
        declared += PYPROJECT["dependency-groups"]["dev"]
    assert imported(folder) <= {canonicalize_name(Requirement(line).name) for line in declared}


def test_the_build_backend_is_locked():
    """Installing the project itself fetches nothing outside the lock."""
    assert set(PYPROJECT["build-system"]["requires"]) <= set(PYPROJECT["dependency-groups"]["build"])


def test_the_supported_pythons_are_the_same_everywhere():
    """Metadata, Makefile and these tests promise the same versions of Python."""
    prefix = "Programming Language :: Python :: 3."
    classified = [
        line.removeprefix("Programming Language :: Python :: ")
        for line in PYPROJECT["project"]["classifiers"]
        if line.startswith(prefix)
    ]
    makefile = re.search(r"^PYTHONS := (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert classified == makefile[1].split() == PYTHONS
    assert PYPROJECT["project"]["requires-python"] == f">={PYTHONS[0]}"
    assert f"--python-version {PYTHONS[0]} " in make("--dry-run", "lock")


def test_conda_takes_its_packages_from_the_lock():
    """environment.yml brings a supported Python and the lock, and no versions of its own."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    python, pip, packages = environment["dependencies"]
    assert environment["name"] == PYPROJECT["project"]["name"]
    assert python.removeprefix("python=") in SpecifierSet(PYPROJECT["project"]["requires-python"])
    assert python.removeprefix("python=") in PYTHONS
    assert pip == "pip"
    assert packages == {"pip": [f"-r {RUNTIME}"]}


def test_help_lists_every_target():
    """Whoever types `make` reads what there is to do, and nothing hides."""
    assert makefile_targets() >= {"help", "report", "test", "lab", "lint", "clean", "lock"}
    assert set(re.findall(r"^  make ([a-z]+) ", make(), re.MULTILINE)) == makefile_targets()


def test_the_quarter_reaches_the_command():
    """`make report QUARTER=...` builds the quarter that was asked for."""
    assert make("--dry-run", "report", "QUARTER=2026Q3").rstrip().endswith("2026Q3")


@pytest.mark.parametrize("tool", ["ruff format --check", "ruff check", "mypy"])
def test_the_tests_command_lints_too(tool):
    """CI runs `make test` alone, so that has every check in it."""
    assert f".venv/bin/{tool}\n" in make("--dry-run", "lint")
    assert f".venv/bin/{tool}\n" in make("--dry-run", "test")


def without_browser(tmp_path, *arguments, **settings):
    """Run make with nothing on PATH but what it needs itself; the environment counts as made."""
    for tool in ("cat", "env", "id", "touch"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    given = {"PATH": str(tmp_path), "HOME": str(tmp_path), **settings}
    command = [shutil.which("make"), "--old-file", ".venv/.dev", f"MAC_CHROME={tmp_path}/Chrome", *arguments]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


def test_without_a_browser_make_stops_and_says_how_to_get_one(tmp_path):
    """On a machine with no browser, and no apt-get to fetch one, the tests are not skipped."""
    ran = without_browser(tmp_path, "browser")
    assert ran.returncode == 2
    assert "The browser tests cannot start. They need:\n- Chromium or Chrome, on PATH or named by" in ran.stderr


def test_a_named_browser_that_is_missing_is_not_replaced(tmp_path):
    """Not by one on PATH, and not by an installation."""
    for name in ("chromium", "apt-get"):
        (tmp_path / name).write_text("#!/bin/sh\necho wrong >&2\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    ran = without_browser(tmp_path, "browser", KRACHTLIJN_BROWSER="/nowhere/chrome")
    assert ran.returncode == 2
    assert "(now: /nowhere/chrome)" in ran.stderr
    assert "wrong" not in ran.stderr


def test_the_tests_command_looks_for_a_browser_first():
    """A missing browser is told before the first test, not as a failure among many."""
    steps = make("--dry-run", "test")
    assert steps.index("The browser tests cannot start") < steps.index("-m pytest")


def test_commits_are_checked_as_ci_checks_them():
    """The hook runs `make lint` itself, so the two cannot drift apart."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    lint, notebooks = config["repos"][0]["hooks"]
    assert (lint["entry"], lint["language"]) == ("make lint", "system")
    assert "--clear-output --inplace" in notebooks["entry"]
    assert re.search(notebooks["files"], "notebooks/00_directieraad.ipynb")


def test_ci_runs_the_test_command():
    """CI does what a developer does, and stops at the first failure."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    commands = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert commands[0] == "set -euo pipefail"
    assert commands[-1] == "make test"
    assert len(commands) == 3  # the one between goes to the project's folder


def test_every_exception_is_explained():
    """In pyproject.toml a silenced rule or warning has its reason beside it."""
    after_selection = (ROOT / "pyproject.toml").read_text("utf-8").partition("\nignore = [")[2]
    one = r"^ +\"(?:[A-Z]+[0-9]+|ANN|D|FBT|ignore:.+)\",.*"
    silenced = re.findall(one, after_selection, re.MULTILINE)
    assert len(silenced) > 10
    assert [line for line in silenced if not re.search(r"\", +# \w", line)] == []


def test_the_licence_is_whole():
    """LICENSE is the European Union Public Licence 1.2: fifteen articles and an appendix."""
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert PYPROJECT["project"]["license"] == "EUPL-1.2"
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    articles = re.findall(r"^(\d+)\.[A-Z]", text, re.MULTILINE)
    assert [int(number) for number in articles] == list(range(1, 16))
    assert "Appendix\n" in text
