"""The chapter on people and money.

Its views stand in the modules ``personeel_*`` and ``budget_*`` beside this one; a notebook finds all
of them here.
"""

from analysis.views.budget_geconsolideerd import consolidated_debt
from analysis.views.budget_investeringen import strategic_investments
from analysis.views.budget_rating import rating
from analysis.views.budget_saldo import balance, contradictions
from analysis.views.budget_schuld import direct_debt
from analysis.views.personeel_aantal import staff, staff_counts
from analysis.views.personeel_profiel import administrations, gender, statutory
from analysis.views.personeel_werk import absence_elsewhere, not_public, telework

__all__ = [
    "absence_elsewhere",
    "administrations",
    "balance",
    "consolidated_debt",
    "contradictions",
    "direct_debt",
    "gender",
    "not_public",
    "rating",
    "staff",
    "staff_counts",
    "statutory",
    "strategic_investments",
    "telework",
]
