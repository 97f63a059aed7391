"""Lines that are dates: what they say, and how one stands to another.

Posts and pages give dates in many spellings; both are read here alone, so that
what one room takes for a date the next one can compare.
"""

from flows.dates.reading import DateText, Part, read_date
from flows.dates.relating import Related, Relation, relate

__all__ = ["DateText", "Part", "Related", "Relation", "read_date", "relate"]
