"""The desk at which every end-to-end test works."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.demo.server import StandIn
from tests.end_to_end.desk import (
    DESCRIPTION,
    GRAIN,
    GRAIN_OCR,
    HOSTS,
    POST,
    Desk,
    Site,
    document_page,
    ocr_page,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose site serves the grain cable and its recognised text."""
    site = Site()
    site.set(GRAIN, document_page())
    site.set(GRAIN_OCR, ocr_page())
    with StandIn(site, hosts=HOSTS) as server:
        yield Desk(tmp_path, site, server)


@pytest.fixture
def grain_post(desk: Desk) -> str:
    """A faithful post about the grain cable."""
    return desk.write("posts.txt", POST.format(description=DESCRIPTION, url=GRAIN))
