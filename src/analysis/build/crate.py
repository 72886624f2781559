"""The record of a run, beside the report that it made: who, when, how long, with what, from what.

An RO-Crate 1.1 after the profile Workflow Run Crate 0.5: plain JSON-LD that other tools read too. What is the same for
the same inputs stands in the manifest, and the crate takes its checksums from there; clock times and the machine stand
here only. It names a role, never a person, and no host, user or folder.

The workflow that the profile asks for is the plan of the run, see :mod:`analysis.build.workplan`.
"""

from __future__ import annotations

import datetime as dt
import json
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from analysis.build import manifest, workplan
from analysis.build.manifest import Making
from analysis.deliveries import RECEIVED
from analysis.schema import Package

NAME = "ro-crate-metadata.json"
#: The role under which a report is made when nobody names another.
USUAL_ROLE = "rapporteur"

SPECIFICATION = "https://w3id.org/ro/crate/1.1"
#: Each extends the ones before it, and asks to name them all.
PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": ("Process Run Crate", "0.5"),
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": ("Workflow RO-Crate", "1.0"),
    "https://w3id.org/ro/wfrun/workflow/0.5": ("Workflow Run Crate", "0.5"),
}
#: RO-Crate 1.1 has no word for a checksum; the profiles' own is used.
CONTEXT = [f"{SPECIFICATION}/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}]

_KINDS = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".csv": "text/csv",
    ".yaml": "application/yaml",
    ".ipynb": "application/x-ipynb+json",
    ".parquet": "application/vnd.apache.parquet",
    ".lock": "text/plain",
}
_DONE = "http://schema.org/CompletedActionStatus"
_PYTHON = "https://www.python.org/"

Entity = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """A part of a run.

    Attributes:
        name: what was done, such as ``10_omgeving`` or ``rapport-nl.html``.
        start: when it began, with its time zone.
        end: when it ended.
        notebook: the notebook that ran, by its path in the project; empty for another step.
        reused: nothing ran: what an earlier run had made of the same inputs was taken.
        parameters: that papermill filled in.
    """

    name: str
    start: dt.datetime
    end: dt.datetime
    notebook: str = ""
    reused: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Times:
    """When a run began and ended, and each of its steps."""

    start: dt.datetime
    end: dt.datetime
    steps: Sequence[Step] = ()

    @property
    def ran(self) -> list[workplan.Filled]:
        """The notebooks, each with its parameters."""
        return [(step.notebook, step.parameters) for step in self.steps if step.notebook]


def write(folder: Path, making: Making, times: Times, role: str) -> list[str]:
    """Write the record of a run beside the manifest, and the plan that it tells of; return the names of both.

    Args:
        folder: where the manifest of this run stands already.
        making: the build.
        times: when it did what.
        role: under which role it ran, never the name of a person.
    """
    (folder / workplan.NAME).write_bytes(workplan.text_of(making, times.ran).encode("utf-8"))
    content = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    marks = {name: manifest.sha256(folder / name) for name in (manifest.NAME, workplan.NAME)}
    told = crate(content, marks, making, times, role)
    (folder / NAME).write_bytes((json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))
    return [workplan.NAME, NAME]


def crate(
    content: Mapping[str, Any], marks: Mapping[str, str], making: Making, times: Times, role: str
) -> dict[str, Any]:
    """Return the record of a run.

    Args:
        content: the manifest.
        marks: the checksums of the manifest's file and of the plan's.
        making: the build.
        times: when it did what.
        role: under which role it ran.
    """
    entry = content["editions"][next(iter(making.told))]
    inputs = list(_inputs(entry, making))
    parameters = list(_parameters(content, entry, making))
    formal = [own["@id"] for own in parameters if own["@type"] == "FormalParameter"]
    plan, language = workplan.entities(marks[workplan.NAME], content["quarter"], times.ran, formal)
    files = [*_files(content, marks[manifest.NAME], making), plan]
    actions = list(_actions(content, entry, making, times))
    made = [name for language in making.told for name in content["editions"][language]["files"]]
    actions[0] |= {
        "agent": {"@id": "#role"},
        "object": _all(own["@id"] for own in (*parameters, *inputs) if own["@id"] not in formal),
        "result": _all([*made, manifest.NAME]),
    }
    root = _root(content, times)
    root |= {"hasPart": _all(own["@id"] for own in files), "mentions": _all(own["@id"] for own in actions)}
    software = [language, *_software(entry)]
    graph = [*_head(), root, *actions, _role(role), *software, *parameters, *files, *inputs, *_origins(making)]
    return {"@context": CONTEXT, "@graph": graph}


def _head() -> Iterator[Entity]:
    yield {"@id": NAME, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": SPECIFICATION}}
    for own, (name, version) in PROFILES.items():
        yield {"@id": own, "@type": "CreativeWork", "name": name, "version": version}


def _root(content: Mapping[str, Any], times: Times) -> Entity:
    return {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": _all(PROFILES),
        "mainEntity": {"@id": workplan.NAME},
        "name": f"Quarterly strategy report {content['quarter']}",
        "description": "The report in each language and form, the manifest of what it was made of, and this record of "
        "the run that made it. `krachtlijn verify` makes the report again and compares it.",
        "datePublished": _moment(times.end),
        "license": {"@id": "#licence"},
    }


def _role(role: str) -> Entity:
    said = "The role under which the run was started; the record names no person."
    return {"@id": "#role", "@type": "Person", "name": role, "jobTitle": role, "description": said}


def _actions(content: Mapping[str, Any], entry: Entity, making: Making, times: Times) -> Iterator[Entity]:
    """Yield the run as a whole, then each of its steps."""
    yield {
        **_action("#run", "CreateAction", f"The report of {content['quarter']}", times.start, times.end),
        "description": f"krachtlijn report {content['quarter']} --plan {entry['plan']} --as-of {entry['as_of']}"
        + "".join(f" --language {language}" for language in making.told)
        + ("" if entry["deliveries"] == RECEIVED else f" --deliveries {entry['deliveries']}"),
        "instrument": {"@id": workplan.NAME},
    }
    opened = making.opened or {}
    for number, step in enumerate(times.steps, start=1):
        reused = "nothing ran: an earlier run had made it of the same inputs"
        action = _action(f"#step-{number}", "ActivateAction", step.name, step.start, step.end)
        took = f"{(step.end - step.start).total_seconds():.1f} s"
        action |= {"description": reused if step.reused else took, "agent": {"@id": "#role"}}
        action["instrument"] = {"@id": _id(step.notebook) if step.notebook else "#krachtlijn"}
        files = sorted(opened.get(step.notebook, {}))
        yield action | ({"object": _all(map(_id, files))} if files else {})


def _action(own: str, kind: str, name: str, start: dt.datetime, end: dt.datetime) -> Entity:
    times = {"startTime": _moment(start), "endTime": _moment(end)}
    return {"@id": own, "@type": kind, "name": name, **times, "actionStatus": _DONE}


def _files(content: Mapping[str, Any], mark: str, making: Making) -> Iterator[Entity]:
    """Yield what stands in the folder; what an earlier run made is told apart."""
    for language, edition in content["editions"].items():
        by = "Made by this run" if language in making.told else "Made by an earlier run"
        for name, digest in edition["files"].items():
            said = f"{by}. {edition['headline']}".strip()
            yield _file(name, name, digest) | {"description": said, "inLanguage": language}
    yield _file(manifest.NAME, manifest.NAME, mark) | {"description": "What the report was made of, by checksum"}


def _file(own: str, path: str, digest: str) -> Entity:
    kind = _KINDS.get(Path(path).suffix, "application/octet-stream")
    return {"@id": own, "@type": "File", "name": path, "encodingFormat": kind, "sha256": digest}


def _inputs(entry: Entity, making: Making) -> Iterator[Entity]:
    """Yield all that went in. It stands outside the crate's folder, so it is named, not held: by path and checksum."""
    processed = making.project.show(making.project.processed)
    tables = {f"{processed}/{name}": digest for name, digest in entry["data"]["files"].items()}
    opened = {path: digest for files in (making.opened or {}).values() for path, digest in files.items()}
    named = entry["raw"] | entry["params"] | entry["notebooks"] | entry["lock"] | tables
    sources = {path: number for number, _, paths in _delivered(making) for path in paths}
    for path, digest in (opened | named).items():
        code = {"@type": "SoftwareSourceCode", "version": digest[:12]}
        told = _file(_id(path), path, digest) | (code if path in entry["notebooks"] else {"@type": "CreativeWork"})
        if path in sources:
            told |= {"isBasedOn": {"@id": f"#source-{sources[path]}"}, "license": {"@id": "#licence"}}
        yield told


def _delivered(making: Making) -> Iterator[tuple[int, str, list[str]]]:
    """Yield what the data package says of where tables come from: a number, the words, the files."""
    package = Package.load(making.project.raw / "datapackage.json")
    raw, found = making.project.show(making.project.raw), dict[str, list[str]]()
    for table in package.tables.values():
        said = "; ".join(source.get("title", "") for source in table.sources)
        found.setdefault(said, []).extend(f"{raw}/{path}" for path in table.paths)
    yield from ((number, said, found[said]) for number, said in enumerate(sorted(found), start=1) if said)


def _origins(making: Making) -> Iterator[Entity]:
    for number, said, _ in _delivered(making):
        yield {"@id": f"#source-{number}", "@type": "CreativeWork", "name": said}
    yield {
        "@id": "#licence",
        "@type": "CreativeWork",
        "name": "EUPL-1.2 for structure and own tables; every source keeps its own licence",
        "description": "The list of sources in the report names the licence of each, as far as it is known; "
        "data/raw/bronnen holds them all.",
        "url": "https://spdx.org/licenses/EUPL-1.2",
    }


def _parameters(content: Mapping[str, Any], entry: Entity, making: Making) -> Iterator[Entity]:
    """Yield each parameter of a run, and the value that it had."""
    values = {
        "quarter": ("Text", content["quarter"]),
        "plan": ("Text", entry["plan"]),
        "as_of": ("Date", entry["as_of"]),
        "languages": ("Text", ", ".join(making.told)),
        "publication_lag_days": ("Integer", str(entry["publication_lag_days"])),
        "deliveries": ("Text", entry["deliveries"]),
    }
    for name, (kind, value) in values.items():
        formal = {"@id": f"#parameter-{name}", "@type": "FormalParameter", "name": name, "additionalType": kind}
        yield formal | {"conformsTo": {"@id": workplan.PARAMETER}}
        work = {"exampleOfWork": {"@id": f"#parameter-{name}"}}
        yield {"@id": f"#value-{name}", "@type": "PropertyValue", "name": name, "value": value, **work}


def _software(entry: Entity) -> Iterator[Entity]:
    """Yield the program, the Python and the machine type that it ran on, and the packages that set the report."""
    made_with = {name: version for name, version in entry["made_with"].items() if name not in ("python", "krachtlijn")}
    yield {
        "@id": "#krachtlijn",
        "@type": "SoftwareApplication",
        "name": "Krachtlijn",
        "softwareVersion": entry["code"]["version"],
        "sha256": entry["code"]["sha256"],
        "description": "The checksum is that over all files of the package, by path and content.",
        "softwareRequirements": _all([_PYTHON, *(f"pkg:pypi/{name}@{made_with[name]}" for name in made_with)]),
    }
    machine = {"operatingSystem": platform.system(), "processorRequirements": platform.machine()}
    python = {"name": platform.python_implementation(), "softwareVersion": platform.python_version()}
    yield {"@id": _PYTHON, "@type": "SoftwareApplication", "url": _PYTHON, **python, **machine}
    for name, version in made_with.items():
        own = {"@id": f"pkg:pypi/{name}@{version}", "@type": "SoftwareApplication"}
        yield own | {"name": name, "softwareVersion": version}


def _id(path: str) -> str:
    return f"#{quote(path)}"


def _all(ids: Iterable[str]) -> dict[str, str] | list[dict[str, str]]:
    """Refer to entities; to a single one without a list, as RO-Crate asks."""
    found = [{"@id": own} for own in ids]
    return found[0] if len(found) == 1 else found


def _moment(moment: dt.datetime) -> str:
    """Write a moment in the time of Greenwich: a run's place is nobody's business."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")
