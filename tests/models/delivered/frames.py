"""Small tables of deliveries: a test names only what it is about, the rest is unknown."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.quarter import Quarter

#: The columns of each table, with the value of a cell that a test does not name; dates are NaT.
NUMBER, TEXT, DATE = float("nan"), "", pd.NaT
COLUMNS: dict[str, dict[str, Any]] = {
    "voortgang": {
        "actie_code": "1.1.1",
        "voortgang_pct": NUMBER,
        "eigen_status": TEXT,
        "gewicht": NUMBER,
        **dict.fromkeys(
            ("gepland_start", "gepland_einde", "verwacht_start", "verwacht_einde", "werkelijk_start"), DATE
        ),
        "werkelijk_einde": DATE,
        **dict.fromkeys(("trekker_rol", "pdca_fase", "oorzaak", "maatregel_nl", "maatregel_fr", "maatregel_rol"), TEXT),
        "maatregel_datum": DATE,
        **dict.fromkeys(("maatregel_stand", "maatregel_effect", "opmerking_nl", "opmerking_fr"), TEXT),
    },
    "mijlpalen": {
        "actie_code": "1.1.1",
        "mijlpaal_code": "M1",
        "label_nl": TEXT,
        "label_fr": TEXT,
        **dict.fromkeys(("gepland", "verwacht", "gerealiseerd"), DATE),
    },
    "meetpunten": {
        "meetpunt_code": "P1",
        "doelstelling_code": "1.1",
        **dict.fromkeys(("label_nl", "label_fr", "eenheid", "richting", "basis_periode", "basis_periode_soort"), TEXT),
        **dict.fromkeys(("basis_waarde", "streef_waarde", "streef_onder", "streef_boven"), NUMBER),
        **dict.fromkeys(("streef_periode", "streef_periode_soort", "frequentie", "herkomst"), TEXT),
        **dict.fromkeys(("basis_periode_van", "basis_periode_tot", "streef_periode_van", "streef_periode_tot"), DATE),
    },
    "metingen": {
        "meetpunt_code": "P1",
        "periode": TEXT,
        "periode_van": DATE,
        "periode_tot": DATE,
        "periode_soort": TEXT,
        "waarde": NUMBER,
    },
    "beslissingen": {
        "beslissing_code": "B1",
        "datum": DATE,
        **dict.fromkeys(("doelstelling_code", "actie_code", "label_nl", "label_fr", "rol"), TEXT),
        "tegen": DATE,
        "stand": TEXT,
        "uitgevoerd_op": DATE,
        "effect_nl": TEXT,
        "effect_fr": TEXT,
    },
}


def delivered(table: str, *rows: dict[str, Any]) -> pd.DataFrame:
    """Return a table of deliveries.

    Args:
        table: one of :data:`COLUMNS`.
        rows: the cells that count; ``kwartaal`` is 2026Q3 unless told, and ``bekend_op`` ten days after it.
    """
    usual = {"plan_id": "plan", "levering": "L", "kwartaal": "2026Q3", "bekend_op": DATE, **COLUMNS[table]}
    frame = pd.DataFrame([{**usual, "bestand": "b.xlsx", "blad": table, "rij": 2, **row} for row in rows])
    frame = frame if rows else pd.DataFrame(columns=[*usual, "bestand", "blad", "rij"])
    ends = pd.Series([Quarter.parse(text).as_of(10) for text in frame["kwartaal"]], index=frame.index)
    frame["bekend_op"] = pd.to_datetime(frame["bekend_op"]).fillna(pd.to_datetime(ends))
    for name, usually in COLUMNS[table].items():
        if usually is DATE:
            frame[name] = pd.to_datetime(frame[name])
        else:
            frame[name] = frame[name].astype(type(usually))
    return frame


def voortgang(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return progress; a row is of action 1.1.1 unless told."""
    return delivered("voortgang", *rows)


def mijlpalen(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return milestones; a row is of M1 of action 1.1.1 unless told."""
    return delivered("mijlpalen", *rows)


def plan(*codes: str) -> pd.DataFrame:
    """Return the actions of a plan: 1.2.3 is the third action of objective 1.2, of krachtlijn 1."""
    return pd.DataFrame(
        {
            "actie_code": list(codes),
            "doelstelling_code": [code.rpartition(".")[0] for code in codes],
            "krachtlijn_code": [code.partition(".")[0] for code in codes],
            "label": [f"actie {code}" for code in codes],
        }
    )


def quarters(quarter: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows with their quarter, the last being of ``quarter`` and each before it of a quarter earlier."""
    at, found = Quarter.parse(quarter), []
    for row in reversed(rows):
        found.append({"kwartaal": str(at), **row})
        at = at.previous()
    return found[::-1]
