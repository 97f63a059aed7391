"""One file of every form, sound and broken, against one golden file.

How to add one: README.md in this folder.
"""

import dataclasses
import json
import os
from pathlib import Path

import pytest

from flows.citations import bind_replies, find_claims, find_links
from flows.posts import read_posts

FOLDER = Path(__file__).parent / "bestiary"
GOLDEN = Path(__file__).parent / "bestiary.golden.json"


def plain(value):
    """Return *value* as JSON has it, without what is empty."""
    if dataclasses.is_dataclass(value):
        fields = dataclasses.asdict(value)
        return {key: plain(item) for key, item in fields.items() if item not in (None, (), "")}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def read_bestiary(**options):
    before = Path.cwd()
    os.chdir(FOLDER)
    try:
        stream = read_posts(sorted(path.name for path in FOLDER.iterdir()), **options)
        posts = list(stream)
    finally:
        os.chdir(before)
    return posts, stream.inputs


def golden_of(posts, inputs):
    links = [find_links(post.text) for post in posts]
    items = [
        (post, found, find_claims(post.text, found))
        for post, found in zip(posts, links, strict=True)
    ]
    told = []
    for post, found, claims in zip(posts, links, bind_replies(items), strict=True):
        entry = plain(post)
        del entry["origin"]
        entry["links"] = [link.canonical_url or "unusable" for link in found]
        entry["claims"] = [
            f"{claim.binding or 'unbound'} {claim.field or claim.kind}: {claim.exact[:60]}"
            for claim in claims
        ]
        told.append((post.origin, entry))
    return {
        entry.path: {
            **plain(entry),
            # A dump of hundreds of posts is told by its first three.
            "found": [post for origin, post in told if origin == entry.path][:3],
        }
        for entry in inputs
    }


def test_bestiary_reads_as_the_golden_file_says():
    """To accept a change on purpose: GOLDEN=write, and read the difference."""
    found = golden_of(*read_bestiary())
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_animal_is_described():
    described = (Path(__file__).parent / "README.md").read_text(encoding="utf-8")
    missing = [path.name for path in FOLDER.iterdir() if f"`{path.name}`" not in described]
    assert missing == []


def test_reading_only_posts_with_links_loses_no_link():
    """The quick way over a dump finds the very links, in the very posts, of the thorough one."""
    thorough, _ = read_bestiary()
    quick, _ = read_bestiary(only_with_links=True)
    want = [(p.origin, p.id, p.text, find_links(p.text)) for p in thorough if find_links(p.text)]
    got = [(p.origin, p.id, p.text, find_links(p.text)) for p in quick if find_links(p.text)]
    assert got == want
    assert len(quick) < len(thorough)


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_name_of_the_file_is_not_asked(name, read):
    """Content alone tells the form."""
    content = (FOLDER / name).read_bytes()
    if content[:2] == b"PK" or name in {"rubbish.bin", "dump.tar.gz"}:
        return  # entries are named after the file; rubbish is refused as a whole
    _, [entry] = read(content, name="anything")
    _, inputs = read_bestiary()
    assert [entry.format] == [other.format for other in inputs if other.path == name]


def test_offsets_lead_into_the_raw_form():
    """Every place where text and raw form change their distance is named, in order."""
    for post in read_bestiary()[0]:
        places = [place for place, _ in post.raw_offsets]
        assert places == sorted(set(places))
        raws = [raw for _, raw in post.raw_offsets]
        assert raws == sorted(raws)
        assert all(0 <= place <= len(post.text) for place in places)
