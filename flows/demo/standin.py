"""What the stand-in archive answers: a few made pages, and the faults of real sites.

Every page says of itself that it is a stand-in. The pages of the two
documents were made from what the sample posts say, and the texts of the
primary documents from the quotations in them, so that the demonstration shows
what the program does and nothing about what the Archive holds.
"""

from importlib.resources import files

from flows.demo.wire import Answer, Request, page

HOST = "nsarchive.gwu.edu"

#: A document page that answers 503 until ``heal`` is called.
FAILING = "/document/99001-stand-in-page-fails-first"
GONE = "/document/99002-stand-in-page-that-is-gone"
CHALLENGE = "/document/99003-stand-in-challenge-page"
SCAN = "/sites/default/files/documents/99004/stand-in-scan.pdf"
#: A text page whose first request is answered 503: its second try succeeds.
FAILING_ONCE = "/media/27170/ocr"

_PAGES = {
    "/document/27160-doc-06-clinton-letter-yeltsin": "27160.html",
    "/document/27170-doc-16-strobe-talbott-memorandum-president-moment-truth": "27170.html",
    "/media/27160/ocr": "27160-ocr.html",
    FAILING_ONCE: "27170-ocr.html",
    FAILING: "99001.html",
    CHALLENGE: "99003.html",
}
_ROBOTS = "User-agent: *\nDisallow: /search/\nDisallow: /admin/\n"
_MISSING = "<!DOCTYPE html><title>Page not found (stand-in page)</title><h1>Page not found</h1>"
_BUSY = "<!DOCTYPE html><title>Service unavailable (stand-in page)</title><h1>Please try again</h1>"


class StandInArchive:
    """Answers requests as the Archive's site would, from bundled stand-in pages.

    Give it to ``flows.demo.server.StandIn`` as its ``answer``; serve ``hosts``.
    """

    hosts: tuple[str, ...] = (HOST,)

    def __init__(self) -> None:
        self.healed = False

    def heal(self) -> None:
        """Let the page that has failed so far be served from now on."""
        self.healed = True

    def __call__(self, request: Request) -> Answer:
        """Return the answer to *request*; what is not bundled is a 404."""
        if request.method not in {"GET", "HEAD"}:
            return page(_MISSING, status=405)
        if request.path == "/robots.txt":
            return page(_ROBOTS, content_type="text/plain; charset=utf-8")
        if self._fails(request):
            busy = page(_BUSY, status=503)
            return Answer(status=503, headers=(*busy.headers, ("Retry-After", "0")), body=busy.body)
        if request.path == SCAN:
            headers = (("Content-Type", "application/pdf"),)
            return Answer(headers=headers, body=_bundled("scan.pdf"))
        if (name := _PAGES.get(request.path)) is not None:
            headers = (("Content-Type", "text/html; charset=utf-8"),)
            return Answer(headers=headers, body=_bundled(name))
        return page(_MISSING, status=404)

    def _fails(self, request: Request) -> bool:
        if request.path == FAILING:
            return not self.healed
        return request.path == FAILING_ONCE and request.number == 1


def _bundled(name: str) -> bytes:
    return (files("flows.demo") / "data" / "pages" / name).read_bytes()
