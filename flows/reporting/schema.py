"""The name and the JSON Schema of ``report.json``.

The schema (draft 2020-12) is shipped in the package, so that a script can
check a report without this program. It allows further keys everywhere:
adding is free, renaming or removing needs a new number.
"""

import importlib.resources
import json
from typing import Any

#: First key of every report; a script looks here before anything else.
SCHEMA = "nsarchive-verify/report/1"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``report.json`` as a new dictionary.

    >>> json_schema()["properties"]["schema"]["const"]
    'nsarchive-verify/report/1'
    """
    text = importlib.resources.files(__package__).joinpath("report.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
