"""Where else do these words stand? An index over every source that the cache holds.

A quotation that its cited source lacks may stand in another one. The index
proposes places; ``flows.matching`` alone judges them. It lives in a folder of
its own, is derived from the captures, and can be thrown away and made again.
"""

from flows.concordance.index import Candidate, Concordance
from flows.concordance.verified import Hit, compare_with_all

__all__ = ["Candidate", "Concordance", "Hit", "compare_with_all"]
