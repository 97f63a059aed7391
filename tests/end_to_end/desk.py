"""A scripted stand-in for the Archive, and the real command run against it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flows.demo.server import Answer, Request, StandIn, page

HOSTS = ("nsarchive.gwu.edu", "nsarchive2.gwu.edu", "web.archive.org")
GRAIN = "https://nsarchive.gwu.edu/document/41001-doc-03-grain-cable"
GRAIN_OCR = "https://nsarchive.gwu.edu/media/41001/ocr"

DESCRIPTION = (
    "The embassy tells Washington that the harvest has failed for the second year. The cable "
    "says: “We do not expect the ministry to admit the shortfall before 14 May, and it will not "
    "ask for more than 1,200 wagons.” Its author, Harold Quist, had walked the fields himself."
)
MEMO_TEXT = (
    "UNCLASSIFIED U S Embassy to Department of State U We do not expect the ministry to admit "
    "the shortfall before 14 May and it will not ask for more than 1 200 wagons Tbe fields near "
    "the river stood under water until June and the mills have closed"
)

POST = """Anonymous ID:\u00a0 4f20aa March 3, 2025, 9:05 a.m. No.30000001 \u00a0

>>30000000

Date

May 2, 1972

Description

{description}

\u00a0

Source

Department of State records.

{url}
"""


def document_page(
    *,
    title: str = "Document 3: Cable on the grain harvest",
    date: str = "May 2, 1972",
    iso: str = "1972-05-02T12:00:00Z",
    description: str = DESCRIPTION,
    source: str = "Department of State records.",
) -> str:
    """Return an Archive document page, in the markup that its site uses."""
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body>
<nav><a href="/">Home</a> <a href="/postings/all">Postings</a></nav><main>
<article><h1>{title}</h1>
<div class="field field--name-field-date"><div class="field__label">Date</div>
<div class="field__item"><time datetime="{iso}">{date}</time></div></div>
<div class="field field--name-field-description"><div class="field__label">Description</div>
<div class="field__item"><p>{description}</p></div></div>
<div class="field field--name-field-source"><div class="field__label">Source</div>
<div class="field__item">{source}</div></div>
</article></main><footer>Contact us</footer></body></html>"""


def ocr_page(text: str = MEMO_TEXT) -> str:
    """Return the page that holds a document's recognised text."""
    return f"<!DOCTYPE html><html><head><title>OCR</title></head><body><p>{text}</p></body></html>"


@dataclass
class Site:
    """Answers by address: a list is used up one request at a time, its last entry stays."""

    pages: dict[str, list[Answer | Callable[[Request], Answer]]] = field(default_factory=dict)
    fallback: dict[str, Callable[[Request], Answer]] = field(default_factory=dict)

    def set(self, url: str, *answers: Answer | str) -> None:
        """Script the answers for *url*; a string is a page."""
        self.pages[url] = [page(a) if isinstance(a, str) else a for a in answers]

    def __call__(self, request: Request) -> Answer:
        """Answer *request*."""
        if request.path == "/robots.txt" and request.url not in self.pages:
            return page("User-agent: *\nDisallow: /admin/\n", content_type="text/plain")
        if request.host in self.fallback:
            return self.fallback[request.host](request)
        answers = self.pages.get(request.url)
        if not answers:
            return page("<h1>Page not found</h1>", status=404)
        answer = answers[min(request.number, len(answers)) - 1]
        return answer(request) if callable(answer) else answer


@dataclass
class Result:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def report(self) -> dict:
        """The report whose path was printed last."""
        return json.loads(Path(self.out.splitlines()[-1]).read_text("utf-8"))


@dataclass
class Desk:
    """A working directory, a site, and the command run there."""

    folder: Path
    site: Site
    server: StandIn

    def environment(self, **more: str) -> dict[str, str]:
        """Return the variables for a quick, polite-enough run against the stand-in."""
        quick = {
            "NSARCHIVE_ENGINE": "direct",
            "NSARCHIVE_BACKOFF_SECONDS": "0.02",
            "NSARCHIVE_REQUESTS_PER_SECOND": "500",
            "NSARCHIVE_WAYBACK": "false",
        }
        kept = {k: v for k, v in os.environ.items() if not k.startswith("NSARCHIVE_")}
        return kept | self.server.environment() | quick | more

    def write(self, name: str, text: str) -> str:
        """Put a file of posts into the working directory and return its name."""
        (self.folder / name).write_text(text, "utf-8")
        return name

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen:
        """Start the command without waiting for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "flows", *arguments],
            cwd=self.folder,
            env=self.environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, stdin: str = "", **variables: str) -> Result:
        """Run the command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "flows", *arguments],
            cwd=self.folder,
            env=self.environment(**variables),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def asked(self, url: str) -> int:
        """Return how often *url* was requested."""
        return sum(request.url == url for request in self.server.requests)
