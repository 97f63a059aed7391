"""The answers as they came, in WARC files: kept, read back, counted, exported, imported."""
