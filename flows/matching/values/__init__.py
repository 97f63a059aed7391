"""Words that stand for a value: numbers, dates, times, denials, whatever their spelling."""
