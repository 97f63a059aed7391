"""Why a source cannot be compared, or only in part: sentences that reports show."""

NO_WORDS = "The page has no words."
FRAME_SET = "The page is a frame set: its words stand in the frames it shows."

#: A scanned PDF file, and the beginning of what a partly scanned one lacks.
NO_TEXT_LAYER = "The PDF file is a scan without a text layer."
NO_TEXT_LAYER_ON = "No text layer on"
