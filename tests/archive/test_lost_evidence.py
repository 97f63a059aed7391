"""Captures whose records are lost: noticed before they are used, at the cost of one look."""

from unittest.mock import patch

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from flows.demo.server import Answer, page
from flows.errors import StoreError

PATH = "/document/1"
FIRST = page("<p>The first edition of the page.</p>")


def lose_objects(name):
    objects = MemoryFileSystem()
    for path in objects.ls(f"/{name}", detail=False):
        objects.rm_file(path)


def test_an_object_that_is_lost_is_obtained_anew(world):
    """The store is listed once for a run, however many captures it holds."""
    world.set(store_url="memory://evidence-that-is-lost")
    world.pages |= {f"/document/{n}": page(f"<p>{n}</p>") for n in range(3)}
    paths = [f"/document/{n}" for n in range(3)]
    with world.online():
        world.obtain(*paths)
        with patch.object(
            MemoryFileSystem, "ls", autospec=True, side_effect=MemoryFileSystem.ls
        ) as ls:
            assert {source.status for source in world.obtain(*paths)} == {"cached"}
        assert ls.call_count == 1
        lose_objects("evidence-that-is-lost")
        assert {source.status for source in world.obtain(*paths)} == {"fetched"}
        assert {source.status for source in world.obtain(*paths)} == {"cached"}


def test_a_lost_capture_is_not_asked_about_but_asked_for(world):
    """Nothing is left that a 304 could confirm."""
    world.pages[PATH] = Answer(headers=(("ETag", '"one"'),), body=FIRST.body)
    with world.online() as stand_in:
        world.obtain(PATH)
        for file in (world.folder / "cache" / "warc").iterdir():
            file.unlink()
        world.clock.forward(days=31)
        (source,) = world.obtain(PATH)
        assert source.status == "fetched"
        assert "if-none-match" not in stand_in.requests[-1].headers
    with world.archive() as archive:
        assert archive.body(source.capture) == FIRST.body


def test_a_lost_capture_whose_bytes_lie_elsewhere_too_is_used(world):
    """What two addresses answered alike is stored with each of them."""
    other = PATH + "-again"
    world.pages |= {PATH: FIRST, other: FIRST}
    with world.online():
        world.obtain(PATH)
        (lost,) = (world.folder / "cache" / "warc").iterdir()
        kept = lost.rename(world.folder / "aside")
        world.obtain(other)
        (source,) = world.obtain(PATH)
    assert kept.exists()
    assert source.status == "cached"
    with world.archive() as archive:
        archive.require(source.capture)
        assert archive.body(source.capture) == FIRST.body


def test_a_folder_elsewhere_that_is_out_of_reach_ends_the_run(world, want):
    """A disk that is not mounted is no reason to distrust what lies on it."""
    folder = world.folder / "elsewhere"
    world.set(store_url=str(folder))
    world.pages[PATH] = FIRST
    with world.online():
        world.obtain(PATH)
        folder.rename(world.folder / "aside")
        with world.archive() as archive, pytest.raises(StoreError, match="is not there"):
            archive.obtain([want(PATH)])
        (world.folder / "aside").rename(folder)
        assert [source.status for source in world.obtain(PATH)] == ["cached"]
