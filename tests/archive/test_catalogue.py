"""The catalogue: versions, leases, and what is asked of it while others write."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select

from flows.archive.catalogue import migrations, tables
from flows.archive.catalogue.database import open_database, open_existing
from flows.demo.server import Answer, page
from flows.errors import StoreError, UsageError

#: The tables and columns of version 1, for ever: a catalogue made today must
#: be opened by every later version. A later version adds its own list.
VERSION_1 = {
    "attempts": "at canonical_url http_status id outcome reason requests run_id",
    "captures": "canonical_url captured_at content_type digest etag file http_status id "
    "last_modified length offset payload_digest record_id size url via",
    "citations": "canonical_url post_key",
    "confirmations": "at capture_id file id length offset record_id",
    "files": "closed length name owner",
    "lookups": "asked_at canonical_url failures next_attempt_at reason",
    "posts": "key payload run_id",
    "probes": "body fetched_at host status",
    "robots": "body fetched_at origin status",
    "runs": "finished_at flow id outcome owner started_at",
    "schema_versions": "applied_at version",
    "sources": "archived_id attempts canonical_url capture_id capture_wanted checked_at cited_at "
    "definite definite_at failures http_status kind last_attempt_at leased_by leased_until "
    "next_attempt_at reason status url",
    "texts": "digest extractor payload url",
}


def columns(database):
    with database.reading() as connection:
        found = inspect(connection)
        return {
            name: " ".join(sorted(column["name"] for column in found.get_columns(name)))
            for name in found.get_table_names()
        }


def test_version_1_has_its_tables_and_columns(tmp_path):
    database = open_database("", tmp_path)
    assert columns(database) == VERSION_1
    database.close()


def test_a_catalogue_survives_being_opened_again(tmp_path):
    for _ in range(3):
        database = open_database("", tmp_path)
        with database.reading() as connection:
            assert migrations.version_of(connection) == len(migrations.MIGRATIONS)
        database.close()


def test_a_later_migration_is_made_once_and_keeps_what_was_there(tmp_path, world, monkeypatch):
    open_database("", tmp_path).close()
    made = []

    def second(connection):
        made.append(1)
        connection.exec_driver_sql("ALTER TABLE runs ADD COLUMN note TEXT")

    later = (*migrations.MIGRATIONS, second)
    monkeypatch.setattr("flows.archive.catalogue.database.MIGRATIONS", later)
    monkeypatch.setattr(migrations, "MIGRATIONS", later)
    monkeypatch.setattr(migrations.migrate, "__kwdefaults__", {"target": 2})
    for _ in range(2):
        database = open_database("", tmp_path)
        assert "note" in columns(database)["runs"]
        database.close()
    assert made == [1]


def test_a_catalogue_of_a_newer_version_is_refused_and_not_touched(tmp_path):
    database = open_database("", tmp_path)
    with database.writing() as connection:
        values = {"version": 99, "applied_at": None}
        connection.exec_driver_sql(
            "INSERT INTO schema_versions VALUES (:version, '2030-01-01T00:00:00.000000Z')", values
        )
    database.close()
    with pytest.raises(StoreError, match="version 99"):
        open_database("", tmp_path)


def test_looking_makes_nothing(tmp_path):
    assert open_existing("", tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("url", ["nonsense", "nosuchdb://x/y", "mysql+pymysql://u:p@h/d"])
def test_an_address_that_is_no_catalogue_is_bad_usage(url, tmp_path):
    with pytest.raises(UsageError, match="NSARCHIVE_CATALOG_URL"):
        open_database(url, tmp_path)


def test_a_catalogue_elsewhere_is_used(world, tmp_path):
    world.set(catalog_url=f"sqlite:///{tmp_path / 'elsewhere.db'}")
    with world.archive() as archive:
        archive.keep_text("sha256:00", "reader/1", "u", b"x")
    assert (tmp_path / "elsewhere.db").exists()
    with world.archive() as archive:
        assert archive.text("sha256:00", "reader/1", "u") == b"x"


def test_sqlite_is_set_up_to_survive_a_power_cut(tmp_path):
    database = open_database("", tmp_path)
    with database.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    database.close()
    # 2 is FULL: each commit is on disk before it is said to be done.
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_lease_is_held_by_one_until_given_back_or_run_out(world, want):
    with world.archive() as archive:
        ledger, now = archive._premises.ledger, world.clock()
        ledger.want([want("/document/1")])
        url = want("/document/1").canonical_url
        assert ledger.lease(url, "a", now=now, seconds=60) is None
        assert ledger.lease(url, "b", now=now, seconds=60) == "a"
        assert ledger.lease(url, "a", now=now, seconds=60) is None
        ledger.release(url, "b")
        assert ledger.lease(url, "b", now=now, seconds=60) == "a"
        assert ledger.lease(url, "b", now=now + timedelta(seconds=61), seconds=60) is None
        ledger.release(url, "b")
        assert ledger.lease(url, "c", now=now, seconds=60) is None
        ledger.free_leases_of(["c"])
        assert ledger.lease(url, "d", now=now, seconds=60) is None


def test_a_lease_of_a_dead_process_is_void_at_once(world, want):
    world.pages["/document/1"] = world.pages["/robots.txt"]
    with world.online(), world.archive() as archive:
        archive._premises.ledger.want([want("/document/1")])
        url = want("/document/1").canonical_url
        archive._premises.ledger.lease(url, "99999-dead", now=world.clock(), seconds=9_999)
        (source,) = archive.obtain([want("/document/1")])
    assert source.status == "gone"
    assert sum(world.clock.slept) < 1


def test_many_threads_write_and_none_is_turned_away(world):
    with world.archive() as archive:
        archive.keep_text("sha256:0", "reader/1", "u", b"x")

        def write(part):
            for number in range(20):
                archive.keep_text(f"sha256:{part}-{number}", "reader/1", "u", b"x")

        threads = [threading.Thread(target=write, args=(part,)) for part in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with archive._premises.database.reading() as connection:
            assert len(connection.execute(select(tables.texts.c.digest)).all()) == 161


def test_attempts_are_only_ever_added(world):
    world.pages["/document/1"] = [Answer(status=503), Answer(status=503), page("x")]
    with world.online():
        world.obtain("/document/1")
    with world.archive() as archive, archive._premises.database.reading() as connection:
        rows = connection.execute(select(tables.attempts).order_by(tables.attempts.c.id)).all()
    assert [(row.outcome, row.http_status) for row in rows] == [
        ("transient", 503),
        ("transient", 503),
        ("obtained", 200),
    ]


def test_many_that_open_a_new_catalogue_at_once_all_succeed(tmp_path):
    failed = []

    def open_it(folder):
        try:
            open_database("", folder).close()
        except StoreError as error:
            failed.append(error)

    for number in range(10):
        folder = tmp_path / str(number)
        threads = [threading.Thread(target=open_it, args=(folder,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []


def test_a_cache_that_may_only_be_read_can_be_looked_into(world, monkeypatch):
    world.pages["/document/1"] = Answer(status=404)
    with world.online():
        world.obtain("/document/1")
    monkeypatch.setattr("os.access", lambda *_: False)
    before = sorted(path.name for path in (world.folder / "cache").iterdir())
    with world.archive() as archive:
        assert len(archive.failures()) == 1
    assert sorted(path.name for path in (world.folder / "cache").iterdir()) == before
