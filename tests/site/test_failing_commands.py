"""Whatever a command is given, it ends in a sentence on the error stream and an exit status, never in a traceback."""

import sqlite3
import subprocess
from contextlib import closing

import psycopg
import pytest
from django.core.management import CommandError
from django.db import OperationalError

import forking
from commands import CURRENT, Deployed, in_words
from pishkhan.site.command_line.cli import COMMANDS
from pishkhan.site.command_line.failures import ended, sentence_of
from warm import Warm

PATIENCE = 60.0  # seconds
APPOINTEE = (
    "--given-name a --family-name b --national-id 0499370899 --phone 09161234567 --letter 9 --letter-on 1401/1/15 "
    "--operator c"
)
DAYS = "--from 1405-01-01 --to 1405-02-01"


@pytest.fixture(scope="module")
def opened(migrated, tmp_path_factory):
    """An open province that nobody changes, with what its commands may be pointed at by mistake."""
    deployed = Deployed(tmp_path_factory.mktemp("opened"), migrated)
    deployed.run("init", "--province", "15", check=True)
    (deployed.var / "text").write_text("این پرونده نیست.\n")
    (deployed.var / "bytes.json").write_bytes(b"\xff\xfe\x00\x81")
    (deployed.var / "list.json").write_text("[1]")
    (deployed.var / "kind.json").write_text('{"poem": {}}')
    (deployed.var / "lacking.json").write_text('{"licence": {}}')
    (deployed.var / "empty.csv").write_text("")
    (deployed.var / "bytes.csv").write_bytes(b"\xff\xfe\x00\x81")
    (deployed.var / "bytes.osm").write_bytes(b"\xff\xfe\x00\x81")
    yield deployed
    deployed.remove()


@pytest.fixture(scope="module")
def warm(opened):
    """The command on it, quickly."""
    warm = Warm(opened)
    yield warm
    warm.close()


# {var} is the folder of the deployment; {text} a file where a folder or a package is meant; {nothing} is not there.
WRONG = {
    "a port that is none": "web --port 99999",
    "a port that is no number": "serve --port http",
    "a port of nobody": "demo --port 0",
    "no worker": "web --workers 0",
    "a host of nobody": "web --host 192.0.2.1",
    "a host that is none": "serve --host no.such.host.invalid",
    "a certificate without its key": "web --certificate {text}",
    "a certificate that is none": "web --certificate {text} --key {text}",
    "a certificate that is not there": "serve --certificate {nothing} --key {nothing}",
    "a certificate that is a folder": "web --certificate {var} --key {var}",
    "a pause that is none": "clock --once --every nan",
    "a pause below nothing": "worker --once --every -1",
    "a province that is none": "init --province 99",
    "an opened database": "init --province 15",
    "a live database to play in": "demo --no-serve",
    "a seed that is none": "demo --seed x",
    "a day that is none": "demo --until 1401-13-01",
    "a day before the story": "demo --until 1390-01-01",
    "a database that is no demo": "simulate",
    "offices below none": "simulate --offices -1",
    "a share above all": "simulate --under-way 2",
    "a region of nobody": "bulletin --region 99 --from 1401-01-01 --to 1401-02-01",
    "a first day that is none": "bulletin --region 15 --from yesterday --to 1401-02-01",
    "a last day before the first": "bulletin --region 15 --from 1401-02-01 --to 1401-01-01",
    "a day of knowledge that is none": "bulletin --region 15 --from 1401-01-01 --to 1401-02-01 --as-known-on x",
    "no document named": "documents",
    "documents of nobody": "documents 15/1401/9999",
    "documents into a file": "documents 15/1401/9999 --out {text}",
    "records that are not there": "documents --record {nothing}",
    "records in a folder": "documents --record {var}",
    "records that are no text": "documents --record {var}/bytes.json",
    "records that are no JSON": "documents --record {text}",
    "records in a list": "documents --record {var}/list.json",
    "a record of no kind": "documents --record {var}/kind.json",
    "a record that lacks all": "documents --record {var}/lacking.json",
    "records into a file": "documents --record {var}/lacking.json --out {text}",
    "a map that is not there": "geography import {nothing}.csv",
    "a map in a folder": "geography import {var}",
    "a map without an ending": "geography import {text}",
    "an empty map": "geography import {var}/empty.csv",
    "a map that is no text": "geography import {var}/bytes.csv",
    "a map of another province": "geography import {var}/empty.csv --province 99",
    "a column of nothing": "geography import {var}/empty.csv --column code",
    "an officer of nobody": "exchange export {var} --partner tax --by nobody",
    "a partner of nobody": "exchange export {var} --partner nobody --by admin --place 15",
    "a place of nobody": "exchange export {var} --partner tax --by admin --place 99",
    "a package into a file": "exchange export {text} --partner tax --by admin --place 15",
    "a package that is not there": "exchange import {nothing} --partner tax --by admin",
    "a package that is a folder": "exchange import {var} --partner tax --by admin",
    "a package that is none": "exchange import {text} --partner tax --by admin",
    "a bank's file that is not there": "payments import {nothing} --bank melli",
    "a bank's file that is a folder": "payments import {var} --bank melli",
    "a bank's file that is none": "payments import {var}/bytes.csv --bank melli",
    "a register that is not there": "register import {nothing}",
    "a register in a folder": "register import {var}",
    "a register that is none": "register import {var}/bytes.csv",
    "an empty register": "register import {var}/empty.csv",
    "days off that are not there": "calendar import {nothing} --source x",
    "days off in a folder": "calendar import {var} --source x",
    "days off that are none": "calendar import {var}/bytes.csv --source x",
    "days off of nobody's word": "calendar import {var}/empty.csv",
    "no list of days off": "calendar import --source x",
    "a year that is none": "calendar show --year x",
    "a year beyond all": "calendar show --year 99999999",
    "instruments that are not there": "instruments import {nothing}",
    "instruments in a folder": "instruments import {var}",
    "instruments that are none": "instruments import {var}/bytes.csv",
    "an empty list of instruments": "instruments import {var}/empty.csv",
    "a half of a letter of nobody": "second-half --account x --operator c",
    "an appointment of nobody": "appoint --role director --place 15 --account x",
    "an appointment nowhere": "appoint --role director --place 99 --account x {appointee} --scan {text}",
    "an appointment by no letter": "appoint --role director --place 15 --account x {appointee} --scan {nothing}",
    "an appointment by a folder": "appoint --role director --place 15 --account x {appointee} --scan {var}",
    "an appointment by what is no scan": "appoint --role director --place 15 --account x {appointee} --scan {text}",
    "a password that is not there": "init --province 15 --password-file {nothing}",
    "machines that are not there": "machines import {nothing}",
    "machines that are none": "machines import {text}",
    "a digest of no checkpoint": "verify-journal --published 00",
    "no digest at all": "verify-journal --published=",
    "the way back": "migrate journal zero",
    "a licence of no keys": "verify-licence x --keys {nothing} --status {nothing}",
    "a licence by keys in a folder": "verify-licence x --keys {var} --status {var}",
    "a licence by keys that are none": "verify-licence x --keys {var}/bytes.json --status {text}",
    "a licence on no day": "verify-licence x --keys {text} --status {text} --on never",
    "a key of nobody": "keys withdraw 00",
    "keys into a file": "keys publish {text}",
    "a manual into a file": "manual --folder {text}",
    "a manual below a file": "manual --folder {text}/manual",
    "a manual that is not there": "manual --check --folder {nothing}",
    "a region of no offices": "rounds choose --place 99",
    "a day of no round": "rounds choose --place 15 --on never",
    "no office at all": "rounds choose --place 15 --first 0",
    "a plan of nowhere": "rounds plan --place 99 --visits 1 --by admin --inspector admin {days}",
    "a plan of no visits": "rounds plan --place 15 --visits x --by admin --inspector admin {days}",
    "a plan of nobody": "rounds plan --place 15 --visits 1 --by a --inspector b {days}",
    "a plan on no roads": "rounds plan --place 15 --visits 1 --by admin --inspector admin --roads none {days}",
    "an office of nobody": "rounds explain 9-99",
    "a plan that is none": "rounds check R-0",
    "roads that are not there": "rounds roads {nothing} --place 15 --name a",
    "roads in a folder": "rounds roads {var} --place 15 --name a",
    "roads that are none": "rounds roads {var}/bytes.osm --place 15 --name a",
    "a matrix that is none": "rounds roads {var}/bytes.csv --place 15 --name a",
    "roads of nowhere": "rounds roads {text} --place 99 --name a",
    "a language of nobody": "check --lang de",
    "a migration that is none": "migrate journal 9999",
    "an option of nobody": "worker --dance",
    "a command of nobody": "dance",
    "forms of something": "formats journal",
    "a backup into a file": "backup --to {text} --keys-to {var}/k --passphrase-file {text}",
    "a passphrase that is not there": "backup --to {var}/b --keys-to {var}/k --passphrase-file {nothing}",
    "an upgrade that is told no folder": "upgrade",
    "a backup that is none": "restore --from {text} --keys {var}/k --passphrase-file {text}",
    "a database to move to that is none": "move-database --to postgres://[::1/x",
    "a file that cannot hold a database": "move-database --to sqlite:///%00",
    "a folder without a name": "backup --to= --keys-to {var}/k --passphrase-file {text}",
    "documents into no folder": "documents --check --out=",
}


@pytest.mark.parametrize("command", WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_with_a_command_is_said(opened, warm, command):
    text = command.format(
        var=opened.var, text=opened.var / "text", nothing=opened.var / "nothing", days=DAYS, appointee=APPOINTEE
    )

    done = warm.run(*text.split())

    assert "Something failed on our side" not in in_words(done)


def test_every_command_is_given_something_wrong():
    assert {item.split()[0] for item in WRONG.values()} >= set(COMMANDS)


VARIABLES = {
    "PISHKHAN_SMTP_PORT": ("abc", "99999"),
    "PISHKHAN_SMS_HEADERS": ("X-Key: 1", "[1]", '{"a": 1}'),
    "PISHKHAN_ANONYMOUS_RATE": ("10 per s", "fast", "0/s"),
    "PISHKHAN_SIGNED_IN_RATE": ("/", "10/"),
    "PISHKHAN_PROXIES": ("two", "-1", ""),
    "PISHKHAN_ORIGIN": ("https://example.ir/a", "example.ir"),
    "PISHKHAN_HOSTS": ("elsewhere.example",),
    "PISHKHAN_HTTPS": ("1",),
    "PISHKHAN_CERTIFICATE": ("c.pem",),
    "DATABASE_URL": ("oracle+x://a", "nonsense", "postgres://u:p@127.0.0.1:abc/x"),
    "PISHKHAN_SMS": ("pigeon",),
    "PISHKHAN_EMAIL": ("pigeon",),
    "PISHKHAN_SMTP_SECURITY": ("none-at-all",),
    "PISHKHAN_LIMITS": ("track", "track=", "track=often"),
    "PISHKHAN_LEAST_FREE": ("-1",),
    "PISHKHAN_SECRET": ("x",),
    "PISHKHAN_MAP_STYLE": ("https://elsewhere.example/style.json",),
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in VARIABLES.items() for value in values])
def test_a_variable_that_cannot_be_used_is_named(opened, name, value):
    env = opened.env | {name: value} | ({"PISHKHAN_EMAIL": "smtp"} if name == "PISHKHAN_SMTP_SECURITY" else {})

    done = forking.run(opened.command("check"), env=env)

    said = in_words(done)
    assert name in said or value in said
    assert "https://pishkhan.example.ir" not in said or name == "PISHKHAN_ORIGIN"


def test_a_variable_that_is_empty_says_nothing(opened, tmp_path):
    """So it stands in files of variables; what is meant for a folder would else lie in the working directory."""
    kept = {name: value for name, value in opened.env.items() if name not in ("PISHKHAN_VAR", "DATABASE_URL")}
    env = kept | dict.fromkeys(
        (
            "PISHKHAN_VAR",
            "PISHKHAN_KEYS",
            "PISHKHAN_SECRET",
            "PISHKHAN_LIMITS",
            "PISHKHAN_SMS",
            "PISHKHAN_NOTICES",
            "PISHKHAN_MAP_STYLE",
            "DATABASE_URL",
        ),
        " ",
    )
    env["PISHKHAN_SECRET"] = ""

    made = forking.run(opened.command("init", "--province", "15"), env=env, cwd=tmp_path)

    assert made.returncode == 0, made.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["var"]
    assert (tmp_path / "var" / "keys" / "master.key").exists() and (tmp_path / "var" / "pishkhan.sqlite3").exists()


@pytest.mark.parametrize(
    "url",
    [
        "postgres://u:secret@127.0.0.1:1/none",
        "sqlite:////no/such/folder/x.sqlite3",
        "sqlite:///{text}",
        "sqlite:///{var}",
    ],
)
def test_a_database_that_cannot_be_used_is_named(opened, tmp_path, url):
    there = Deployed(tmp_path, url=url.format(text=opened.var / "text", var=opened.var))

    with closing(Warm(there)) as warm:
        for command in ("check", "clock --once", "init --province 15", "migrate"):
            said = in_words(warm.run(*command.split()), status=1)
            assert "The database cannot be used" in said and "secret" not in said


def test_a_damaged_database_is_named_by_every_command_that_asks_it(tmp_path):
    there = Deployed(tmp_path, url=f"sqlite:///{tmp_path}/damaged.sqlite3")
    (tmp_path / "damaged.sqlite3").write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 40)

    with closing(Warm(there)) as warm:
        for command in CURRENT:
            assert "The database cannot be used" in in_words(warm.run(*command.split()), status=1)


@pytest.mark.parametrize("folder", ["PISHKHAN_VAR", "PISHKHAN_KEYS"])
def test_a_file_where_a_folder_is_meant_is_named(opened, folder):
    env = opened.env | {folder: str(opened.var / "text")}

    done = forking.run(opened.command("check"), env=env)

    assert str(opened.var / "text") in in_words(done, status=1)


def test_what_asks_no_database_asks_none(tmp_path):
    there = Deployed(tmp_path, url="postgres://u:p@127.0.0.1:1/none")
    (tmp_path / "record.json").write_text('{"licence": {}}')

    assert there.run("manual", "--folder", str(tmp_path / "manual")).returncode == 0
    assert "lacks something" in in_words(there.run("documents", "--record", str(tmp_path / "record.json")), status=1)


def test_a_manual_leaves_alone_what_is_not_its_own(nowhere):
    folder = nowhere.var / "manual"
    folder.mkdir()
    (folder / "mine.md").write_text("my own")
    (folder / "gone-1.fa.md").write_text("an edition that is gone")

    nowhere.run("manual", "--folder", str(folder), check=True)

    assert (folder / "mine.md").read_text() == "my own"
    assert not (folder / "gone-1.fa.md").exists() and list(folder.glob("new-licence*.fa.md"))


def test_who_stops_reading_is_told_nothing_and_a_full_disk_is(opened):
    with subprocess.Popen(
        opened.command("--help"), env=opened.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as unread:
        unread.stdout.close()
        assert (unread.stderr.read(), unread.wait(PATIENCE)) == (b"", 141)

    with open("/dev/full", "w") as full:
        done = subprocess.run(
            opened.command("verify-journal"),
            env=opened.env,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=300,
            check=False,
        )

    assert (done.returncode, done.stderr) == (1, "pishkhan: There is no space left.\n")


def test_ctrl_c_ends_in_its_own_status(opened):
    def stopped():
        raise KeyboardInterrupt

    assert ended(stopped) == 130


@pytest.mark.parametrize(
    ("error", "said", "status"),
    [
        (CommandError("so it is", returncode=3), "so it is", 3),
        (OperationalError("attempt to write a readonly database"), "attempt to write a readonly database", 1),
        (OperationalError("database is locked"), "database is locked", 1),
        (sqlite3.OperationalError("database or disk is full"), "database or disk is full", 1),
        (psycopg.OperationalError("one\n  two"), "one two", 1),
        (PermissionError(13, "Permission denied", "/a"), "/a: Permission denied", 1),
        (OSError(28, "No space left on device", "/a"), "/a: there is no space left", 1),
        (ModuleNotFoundError("none", name="playwright"), "playwright is not installed", 1),
        (subprocess.CalledProcessError(2, ["pishkhan", "demo"]), "pishkhan demo ended with status 2", 1),
        (
            ZeroDivisionError("division by zero"),
            "Something failed on our side (ZeroDivisionError: division by zero)",
            1,
        ),
    ],
)
def test_each_kind_of_failure_has_its_sentence(error, said, status):
    assert said in sentence_of(error)[0] and sentence_of(error)[1] == status


def test_developers_see_where_it_came_from_if_they_ask(opened):
    run = opened.run("keys", "--traceback", "withdraw", "00")
    assert run.returncode == 1 and "Traceback" in run.stderr
