"""Backup and restore, on real databases and folders."""

import json
import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from threading import Event, Thread

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from home import backup, restoring

NEWEST = {"core": "0005_tags"}


def silent(what, done, total):
    pass


@pytest.fixture
def site(tmp_path):
    """A small installation: a folder with database, media and index."""
    root = tmp_path / "site"
    for name, content in {
        "media/images/a.png": b"picture",
        "media/documents/Kế hoạch 444.pdf": b"",
        "search/meta": b"i",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    with closing(sqlite3.connect(root / "trang.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(
            "CREATE TABLE django_migrations (app, name); INSERT INTO django_migrations VALUES ('core', '0005_tags');"
            "CREATE TABLE wagtailcore_page (id INTEGER PRIMARY KEY, title TEXT, twin INTEGER);"
            "INSERT INTO wagtailcore_page (title, twin) VALUES ('Trang chủ', 1), ('Tin tức', 2);"
        )
    return root


def make(site, target):
    return backup.write(target, site / "trang.sqlite3", site / "media", silent)


def titles(database):
    with closing(sqlite3.connect(database)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM wagtailcore_page ORDER BY id")]


def unpack(file, folder, newest=NEWEST):
    folder.mkdir(exist_ok=True)
    return restoring.unpack(file, folder, newest, silent)


def test_what_was_backed_up_comes_back(site, tmp_path):
    made = make(site, tmp_path / "b.zip")
    manifest = unpack(tmp_path / "b.zip", tmp_path / "out")
    assert manifest["counts"] == made["counts"] == {"pages": 2}
    assert titles(tmp_path / "out/database.sqlite3") == ["Trang chủ", "Tin tức"]
    assert (tmp_path / "out/media/images/a.png").read_bytes() == b"picture"
    assert (tmp_path / "out/media/documents/Kế hoạch 444.pdf").read_bytes() == b""


def test_a_backup_is_for_its_owner_alone_and_never_overwrites(site, tmp_path):
    target = tmp_path / "b.zip"
    make(site, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = target.read_bytes()
    with pytest.raises(FileExistsError):
        make(site, target)
    assert target.read_bytes() == before


def test_a_backup_that_fails_leaves_no_file(site, tmp_path):
    shutil.copytree(site, tmp_path / "broken")
    (tmp_path / "broken/trang.sqlite3").write_bytes(b"not a database" * 100)
    folder = tmp_path / "backups"
    with pytest.raises(sqlite3.DatabaseError):
        make(tmp_path / "broken", folder / "b.zip")
    assert list(folder.iterdir()) == []


def test_a_backup_made_while_the_site_is_written_to_is_of_one_moment(site, tmp_path):
    """Each transaction of the writer adds two rows; a copy with an odd number of them has torn one apart."""
    database, stop, first = site / "trang.sqlite3", Event(), Event()
    with closing(sqlite3.connect(database)) as connection:  # so large that copying it takes several steps
        connection.executemany("INSERT INTO wagtailcore_page (title, twin) VALUES (?, 0)", [("x" * 4000,)] * 8000)
        connection.commit()

    def write():
        with closing(sqlite3.connect(database, timeout=20)) as connection:
            while not stop.is_set():
                with connection:
                    connection.execute("INSERT INTO wagtailcore_page (title, twin) VALUES ('a', 0)")
                    connection.execute("INSERT INTO wagtailcore_page (title, twin) VALUES ('b', 0)")
                first.set()

    writer = Thread(target=write)
    writer.start()
    try:
        assert first.wait(20)
        manifest = make(site, tmp_path / "b.zip")
    finally:
        stop.set()
        writer.join()
    assert manifest["counts"]["pages"] % 2 == 0
    assert 8004 <= manifest["counts"]["pages"] <= len(titles(database))
    assert unpack(tmp_path / "b.zip", tmp_path / "out")["counts"] == manifest["counts"]


def rewritten(source, target, *, drop=(), add=None, manifest=None):
    """A copy of a backup, forged."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name not in drop:
                content = old.read(name)
                if name == backup.MANIFEST and manifest:
                    content = json.dumps(manifest(json.loads(content)))
                new.writestr(name, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return target


def entry_for(name):
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # of nothing
    return lambda manifest: manifest | {"files": manifest["files"] | {name: {"size": 0, "sha256": digest}}}


@pytest.mark.parametrize(
    "name",
    ["../evil", "media/../../evil", "/etc/evil", "media//evil", "media", "media/", "secret_key", "media\\..\\evil"],
)
def test_a_forged_backup_writes_nowhere_else(site, tmp_path, name):
    make(site, tmp_path / "b.zip")
    forged = rewritten(tmp_path / "b.zip", tmp_path / "f.zip", add={name: b""}, manifest=entry_for(name))
    with pytest.raises(restoring.NotRestorable):
        unpack(forged, tmp_path / "out")
    assert list(tmp_path.rglob("evil")) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"drop": ["media/images/a.png"]}, "not those that"),
        ({"drop": [backup.MANIFEST]}, "no manifest.json"),
        ({"add": {"media/more.png": b"x"}}, "not those that"),
        (
            {"drop": ["media/images/a.png"], "add": {"media/images/a.png": b"painted"}},
            r"a\.png in it is damaged",
        ),
        ({"drop": ["media/images/a.png"], "add": {"media/images/a.png": b"0" * 5_000_000}}, "damaged"),
        ({"manifest": lambda manifest: manifest | {"format": 2}}, "format 2"),
        ({"manifest": lambda manifest: ["no object"]}, "no manifest.json"),
    ],
)
def test_a_backup_that_was_changed_is_refused_with_the_reason(site, tmp_path, changes, reason):
    make(site, tmp_path / "b.zip")
    forged = rewritten(tmp_path / "b.zip", tmp_path / "f.zip", **changes)
    with pytest.raises(restoring.NotRestorable, match=reason):
        unpack(forged, tmp_path / "out")


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.9, 0.98])
def test_a_damaged_or_cut_off_file_is_refused(site, tmp_path, place):
    make(site, tmp_path / "b.zip")
    whole = (tmp_path / "b.zip").read_bytes()
    at = int(len(whole) * place)
    (tmp_path / "cut.zip").write_bytes(whole[:at])
    with pytest.raises(restoring.NotRestorable, match=r"cut\.zip is not a backup, or damaged"):
        unpack(tmp_path / "cut.zip", tmp_path / "out")


def test_a_backup_of_a_newer_version_is_refused(site, tmp_path):
    make(site, tmp_path / "b.zip")
    with pytest.raises(restoring.NotRestorable, match=r"newer version, which has core\.0005_tags"):
        unpack(tmp_path / "b.zip", tmp_path / "out", newest={"core": "0004_cards"})


def test_replacing_keeps_the_old_state_aside(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).write_text(name)
    restoring.replace([tmp_path / "old", tmp_path / "absent"], {tmp_path / "new": tmp_path / "old"}, tmp_path / "aside")
    assert (tmp_path / "old").read_text() == "new"
    assert (tmp_path / "aside/old").read_text() == "old"


def test_replacing_that_fails_halfway_puts_everything_back(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    with pytest.raises(OSError):
        restoring.replace([tmp_path / "a", tmp_path / "b"], {tmp_path / "missing": tmp_path / "a"}, tmp_path / "aside")
    assert ((tmp_path / "a").read_text(), (tmp_path / "b").read_text()) == ("a", "b")
    assert not (tmp_path / "aside").exists()


@pytest.mark.embedded
def test_restore_names_what_it_cannot_read_and_changes_nothing(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    (tmp_path / "letter.zip").write_text("Kính gửi")
    with pytest.raises(CommandError, match=r"Nothing was restored: .*letter\.zip is not a backup"):
        call_command("restore", str(tmp_path / "letter.zip"))
    with pytest.raises(CommandError, match=r"none\.zip"):
        call_command("restore", str(tmp_path / "none.zip"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in_use.lock", "letter.zip"]
    assert not list(django_settings.DATA_DIR.glob("before-restore-*"))
