"""The plan of a run, a file beside the report: which notebook ran with what, and which page was set of which of them.

It is the workflow that the record of the run tells of (:mod:`analysis.build.crate`): whoever finds a report years later
reads in plain JSON what was to be done, in what order. ``krachtlijn report`` works such a plan out by itself, and never
reads one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from analysis.build import forms
from analysis.build.manifest import Making

NAME = "werkplan.json"
#: What Bioschemas and RO-Crate call a workflow, and a parameter of one.
WORKFLOW, PARAMETER = (
    f"https://bioschemas.org/profiles/{kind}/1.0-RELEASE" for kind in ("ComputationalWorkflow", "FormalParameter")
)
_LANGUAGE = "#workplan"

#: A notebook, by its path in the project, and the parameters that papermill filled in.
Filled = tuple[str, Mapping[str, str]]


def text_of(making: Making, ran: Sequence[Filled]) -> str:
    """Write the plan of a run: the same inputs give the same text.

    Args:
        making: the build.
        ran: each notebook with its parameters; one that showed each language something else stands there twice.
    """
    ordered = sorted(ran, key=lambda one: (one[0], one[1].get("language", "")))
    notebooks = [{"run": path, "parameters": dict(parameters)} for path, parameters in ordered]
    pages = [
        {"set": forms.html(language), "of": [path for path, filled in ordered if _serves(filled, language)]}
        for language in making.told
    ]
    plan = {"quarter": str(making.run.quarter), "notebooks": notebooks, "pages": pages}
    return json.dumps(plan, indent=1, ensure_ascii=False) + "\n"


def _serves(parameters: Mapping[str, str], language: str) -> bool:
    return language in parameters.get("language", language).split("+")


def entities(digest: str, quarter: str, ran: Sequence[Filled], parameters: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the plan as the workflow of an RO-Crate.

    Args:
        digest: the checksum of its file.
        quarter: of the report.
        ran: as for :func:`text_of`.
        parameters: the ids of the formal parameters of the run.
    """
    notebooks = dict.fromkeys(f"#{quote(path)}" for path, _ in ran)
    yield {
        "@id": NAME,
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
        "name": f"Plan of the run for {quarter}",
        "description": "Which notebook ran with which parameters, and which page was set of which notebooks.",
        "conformsTo": {"@id": WORKFLOW},
        "encodingFormat": "application/json",
        "sha256": digest,
        "programmingLanguage": {"@id": _LANGUAGE},
        "input": [{"@id": own} for own in parameters],
        "hasPart": [{"@id": own} for own in (*notebooks, "#krachtlijn")],
        "license": {"@id": "#licence"},
    }
    said = "JSON that krachtlijn report writes: notebooks that papermill runs, and pages that are set of them."
    yield {"@id": _LANGUAGE, "@type": "ComputerLanguage", "name": "Krachtlijn work plan", "description": said}
