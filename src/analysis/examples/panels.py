"""A made-up survey on what a service is and whether it is trusted: a panel of its own people, and one from outside.

Two panels of 500 are asked the same six questions, three times. Fewer than that answer, each wave another part. What
they truly think stands in :data:`TRUTH`; the deliveries count a sample of it. The questions and the answers are
fictitious; the size of the panels is that of the Flemish reality check of 2018.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.examples.world import stream
from analysis.quarter import Quarter

#: Members of each panel, when they are asked, and which share of each panel answers then.
SIZE = 500
WAVES = (Quarter(2022, 4), Quarter(2024, 2), Quarter(2026, 2))
RESPONSE: dict[str, tuple[float, ...]] = {"intern": (0.82, 0.74, 0.79), "extern": (0.71, 0.63, 0.68)}
#: Of those who answer, this share answers a given question.
ANSWERED = 0.98
#: What a favourable answer is, in both languages.
_AGREED = ("eens of helemaal eens", "d’accord ou tout à fait d’accord")
QUESTIONS: dict[str, tuple[str, str]] = {
    "V1": ("Ik heb vertrouwen in deze dienst", "J’ai confiance dans ce service"),
    "V2": ("Ik weet waar deze dienst voor staat", "Je sais ce que ce service représente"),
    "V3": ("Deze dienst werkt voor alle Brusselaars", "Ce service travaille pour tous les Bruxellois"),
    "V4": ("Deze dienst doet wat hij belooft", "Ce service tient ses promesses"),
    "V5": ("Deze dienst zegt eerlijk wat niet kan", "Ce service dit franchement ce qui n’est pas possible"),
    "V6": ("Deze dienst werkt als één geheel", "Ce service travaille comme un seul ensemble"),
}
#: The true share of favourable answers in each wave. V1 rises in both panels at the last wave; V2 and V6 differ between
#: the panels, each another way, and never change; V3 does neither. V4 differs too little for panels of this size.
TRUTH: dict[str, dict[str, tuple[float, ...]]] = {
    "V1": {"intern": (0.55, 0.56, 0.71), "extern": (0.55, 0.56, 0.71)},
    "V2": {"intern": (0.76, 0.76, 0.76), "extern": (0.54, 0.54, 0.54)},
    "V3": {"intern": (0.61, 0.61, 0.61), "extern": (0.61, 0.61, 0.61)},
    "V4": {"intern": (0.66, 0.66, 0.66), "extern": (0.63, 0.63, 0.63)},
    "V5": {"intern": (0.47, 0.47, 0.47), "extern": (0.47, 0.47, 0.47)},
    "V6": {"intern": (0.36, 0.36, 0.36), "extern": (0.53, 0.53, 0.53)},
}
_COLUMNS = ["kwartaal", "vraag_code", "label_nl", "label_fr", "panel", "antwoorden", "gunstig"]


def panel_rows(quarters: Sequence[Quarter], seed: int) -> pd.DataFrame:
    """Return the table ``peilingen``, with ``kwartaal``: the waves that fall in these quarters.

    Args:
        quarters: of the deliveries.
        seed: same seed, same answers; a wave has the same answers whichever others there are.

    >>> rows = panel_rows([Quarter(2022, 4), Quarter(2023, 1)], seed=1)
    >>> len(rows), rows["kwartaal"].unique().tolist(), bool((rows["gunstig"] <= rows["antwoorden"]).all())
    (12, ['2022Q4'], True)
    """
    rows: list[tuple[object, ...]] = []
    for number, wave in enumerate(WAVES):
        if wave in quarters:
            rows += _wave(number, str(wave), seed)
    return pd.DataFrame(rows, columns=_COLUMNS)


def _wave(number: int, quarter: str, seed: int) -> list[tuple[object, ...]]:
    rng = stream(seed, f"panels-{quarter}")
    there = {panel: int(rng.binomial(SIZE, share[number])) for panel, share in RESPONSE.items()}
    rows: list[tuple[object, ...]] = []
    for code, labels in QUESTIONS.items():
        told = tuple(f"{label} ({agreed})" for label, agreed in zip(labels, _AGREED, strict=True))
        for panel, people in there.items():
            answers = int(rng.binomial(people, ANSWERED))
            hits = int(rng.binomial(answers, TRUTH[code][panel][number]))
            rows.append((quarter, code, *told, panel, answers, hits))
    return rows
