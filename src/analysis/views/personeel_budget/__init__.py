"""The chapter on people and money; a notebook finds all its views here."""

from analysis.views.personeel_budget.aantal import staff
from analysis.views.personeel_budget.begrippen import balances
from analysis.views.personeel_budget.bestuur import administrations
from analysis.views.personeel_budget.beweging import movement
from analysis.views.personeel_budget.geconsolideerd import consolidated_debt
from analysis.views.personeel_budget.investeringen import strategic_investments
from analysis.views.personeel_budget.leeftijd import ages
from analysis.views.personeel_budget.pensioen import retirements
from analysis.views.personeel_budget.profiel import profile
from analysis.views.personeel_budget.raming_fouten import forecast_errors, open_forecasts
from analysis.views.personeel_budget.ramingen import forecasts
from analysis.views.personeel_budget.rating import rating
from analysis.views.personeel_budget.reeel import real_terms
from analysis.views.personeel_budget.saldo import balance
from analysis.views.personeel_budget.samenstelling import composition
from analysis.views.personeel_budget.schuld import direct_debt
from analysis.views.personeel_budget.stromen import income_and_spending, interest
from analysis.views.personeel_budget.uitvoering import execution
from analysis.views.personeel_budget.verzuim import absence_elsewhere
from analysis.views.personeel_budget.waarden import several_values
from analysis.views.personeel_budget.werk import not_found
from analysis.views.personeel_budget.woonplaats import residence

__all__ = [
    "absence_elsewhere",
    "administrations",
    "ages",
    "balance",
    "balances",
    "composition",
    "consolidated_debt",
    "direct_debt",
    "execution",
    "forecast_errors",
    "forecasts",
    "income_and_spending",
    "interest",
    "movement",
    "not_found",
    "open_forecasts",
    "profile",
    "rating",
    "real_terms",
    "residence",
    "retirements",
    "several_values",
    "staff",
    "strategic_investments",
]
