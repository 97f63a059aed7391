"""A stand-in for the Wayback Machine: it answers with the nearest capture, as the real one does."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

from flows.demo.server import Answer, Request, page

HTML = ("Content-Type", "text/html; charset=utf-8")


@dataclass
class Mementos:
    """Captures by page and time (14 digits); ``answers`` come first, one per request."""

    captures: Mapping[str, Mapping[str, str]]
    answers: list[Answer] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Answer:
        """Answer *request* (RFC 7089 §4.2, pattern 2.1: a redirect to the nearest one)."""
        self.asked.append(request.url)
        if self.answers:
            return self.answers.pop(0)
        if request.path.startswith("/cdx/"):
            return self._listing(parse_qs(urlsplit(request.url).query)["url"][0])
        at, _, original = request.path.removeprefix("/web/").partition("id_/")
        held = self.captures.get(original, {})
        if not held:
            return page("<h1>Hrm. The Wayback Machine has not archived that URL.</h1>", status=404)
        nearest = min(held, key=lambda time: abs(int(time) - int(at)))
        if nearest != at:
            return Answer(status=302, headers=(("Location", f"/web/{nearest}id_/{original}"),))
        made = datetime.strptime(at, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        header = ("Memento-Datetime", format_datetime(made, usegmt=True))
        return Answer(headers=(HTML, header), body=held[at].encode())

    def _listing(self, original: str) -> Answer:
        rows = [["timestamp", "original", "statuscode"]]
        rows += [[at, original, "200"] for at in self.captures.get(original, {})]
        return page(json.dumps(rows), content_type="application/json")
