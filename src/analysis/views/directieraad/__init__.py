"""Page one: the message of the quarter, the board's table, and the decisions that are asked.

Every sentence and cell is computed; the chapters behind it show the figures on which it rests.
"""

from analysis.views.directieraad.asks import decisions
from analysis.views.directieraad.delivered import delivered
from analysis.views.directieraad.headline import message
from analysis.views.directieraad.table import boordtabel

__all__ = ["boordtabel", "decisions", "delivered", "message"]
