"""The chapter on people and money; a notebook finds all its views here."""

from analysis.views.personeel_budget.aantal import staff, staff_counts
from analysis.views.personeel_budget.geconsolideerd import consolidated_debt
from analysis.views.personeel_budget.investeringen import strategic_investments
from analysis.views.personeel_budget.profiel import administrations, gender, statutory
from analysis.views.personeel_budget.rating import rating
from analysis.views.personeel_budget.saldo import balance, contradictions
from analysis.views.personeel_budget.schuld import direct_debt
from analysis.views.personeel_budget.werk import absence_elsewhere, not_public, telework

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
