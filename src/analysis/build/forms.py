"""The forms in which a report stands there in a language, and the name of each file."""

from __future__ import annotations

from collections.abc import Callable

_LIVE = {"nl": "interactief", "fr": "interactif"}


def html(language: str) -> str:
    """Return the name of the static report."""
    return f"rapport-{language}.html"


def interactive(language: str) -> str:
    """Return the name of the edition with live charts.

    >>> interactive("nl"), interactive("fr")
    ('rapport-nl-interactief.html', 'rapport-fr-interactif.html')
    """
    return f"rapport-{language}-{_LIVE[language]}.html"


def pdf(language: str) -> str:
    """Return the name of the printed report."""
    return f"rapport-{language}.pdf"


#: Each form with the name of its file; the static report comes first.
FORMS: dict[str, Callable[[str], str]] = {"html": html, "interactive": interactive, "pdf": pdf}
