"""Public series brought up to date from Eurostat and be.STAT: new vintages beside what is known, nothing replaced."""

from __future__ import annotations

from analysis.refresh.client import Limits
from analysis.refresh.run import BASES, Outcome, refresh

__all__ = ["BASES", "Limits", "Outcome", "refresh"]
