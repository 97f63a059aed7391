"""Scanned PDF files read by Tesseract, where it is installed.

The recogniser is a program of its own (``tesseract`` on the PATH), run once a
page with a time limit. Where there is none, or where it fails, a scanned file
stays what it was: a source that cannot be compared.
"""

import os
import re
import shutil
import subprocess
import time
from functools import lru_cache

from flows.records import Page

#: A page of a typed document takes two to five seconds; one that takes this
#: long is a map or a plan.
SECONDS_PER_PAGE = 60.0
#: As long as one file may hold up a run. A thousand scanned pages would take an hour.
SECONDS_PER_FILE = 600.0

_VERSION = re.compile(r"tesseract\s+v?(\d[\w.-]{0,30})", re.IGNORECASE)


def engine() -> str | None:
    """Return name and version of the recogniser, such as ``tesseract 5.3.0``, if there is one."""
    program = shutil.which("tesseract")
    return _version_of(program) if program is not None else None


@lru_cache(maxsize=4)
def _version_of(program: str) -> str | None:
    try:
        told = subprocess.run(  # noqa: S603  the program that the PATH names; no shell
            [program, "--version"], capture_output=True, timeout=20, check=True, text=True
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None
    found = _VERSION.search(told.stdout + told.stderr)
    return f"tesseract {found.group(1)}" if found is not None else None


def recognised_page(
    body: bytes, *, url: str, engine: str, seconds: float = SECONDS_PER_FILE
) -> tuple[Page, bool]:
    """Return the PDF file *body* read again, pages without a text layer by *engine*.

    The second value says whether the engine worked on every page it was given:
    if not, another run may give more. *seconds* bounds the whole; pages that
    are not reached are named in ``Page.incomplete``.
    """
    # PDFium takes 0.1 s to load, and few sources are scans.
    from flows.pages.pdf import Recognised, read_pdf  # noqa: PLC0415
    from flows.pages.scans import pictures_of_scans  # noqa: PLC0415

    end = time.monotonic() + seconds
    texts: dict[int, str] = {}
    blank: set[int] = set()
    worked = True
    unread = None
    for picture in pictures_of_scans(body):
        left = end - time.monotonic()
        if left <= 0:
            unread = f"recognising stopped after {seconds:.0f} s"
            break
        if picture.blank:
            blank.add(picture.number)
            continue
        text = _text_of(picture.data, min(left, SECONDS_PER_PAGE))
        worked = worked and text is not None
        texts[picture.number] = text or ""
    found = Recognised(engine, texts, frozenset(blank), unread)
    return read_pdf(body, url=url, recognised=found), worked


def _text_of(picture: bytes, seconds: float) -> str | None:
    """Return what Tesseract reads in *picture*, or ``None`` if it fails or takes too long."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    # One thread: Tesseract's own take longer than they save on pages like these.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603  the program that the PATH names; no shell
            [program, "stdin", "stdout"],
            input=picture,
            capture_output=True,
            timeout=seconds,
            check=True,
            env=environment,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").replace("\r\n", "\n").strip("\n\f ")
