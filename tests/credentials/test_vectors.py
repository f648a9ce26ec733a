"""The published vectors: judged by our verifier, by the command offline, by another library from the document alone."""

import base64
import json
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from shutil import which

import cbor2
import pytest
from pycose.keys import OKPKey
from pycose.messages import Sign1Message

from credentials import vectors
from pishkhan.credentials import cose, keys
from pishkhan.credentials.claim import midnight
from pishkhan.credentials.status_list import opened
from pishkhan.credentials.verdicts import EXIT_CODES, Verdict
from pishkhan.credentials.verifier import judged

pytestmark = pytest.mark.no_database

TOLD = vectors.published()
DAY, TEHRAN_IN_SUMMER = 24 * 3600, 4.5 * 3600
each_vector = pytest.mark.parametrize("vector", TOLD["vectors"], ids=lambda vector: vector["verdict"])


def verdict_of(token, on=vectors.ON):
    known = keys.read(json.dumps(TOLD["keys"]))
    lists = [opened(cose.from_text(TOLD["status_list"]), known)]
    return judged(token, known, lists, datetime.fromtimestamp(midnight(on), UTC)).verdict


def test_there_is_a_vector_for_every_verdict_and_a_code_for_each():
    assert [each["verdict"] for each in TOLD["vectors"]] == list(Verdict)
    assert {each: code for code, each in zip([0, *range(10, 19)], Verdict, strict=True)} == EXIT_CODES
    text = vectors.DOCUMENT.read_text()
    assert all(f"| `{each}` | {code} |" in text for each, code in EXIT_CODES.items())


def test_the_vectors_are_what_we_issue():
    made = vectors.made()
    assert (made["vectors"], made["keys"]) == (TOLD["vectors"], TOLD["keys"])


@each_vector
def test_a_vector_has_its_verdict(vector):
    assert verdict_of(vector["token"], datetime.fromisoformat(vector["on"]).date()) == vector["verdict"]
    address = f" https://pishkhan.example/verify/#{vector['token']}\n"
    assert verdict_of(address, datetime.fromisoformat(vector["on"]).date()) == vector["verdict"]


# Another library, and what the document says; nothing of ours.


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def believed(key, at):
    day = datetime.fromtimestamp(at + TEHRAN_IN_SUMMER, UTC).date().isoformat()
    return key["valid_from"] <= day <= (key["valid_until"] or day)


def opened_by_pycose(message, at=None):
    """The claims of a message, or what is wrong with it at a moment; a list is asked at the moment it was made."""
    message = Sign1Message.decode(message)
    key = next(
        (each for each in TOLD["keys"]["keys"] if bytes.fromhex(each["kid"]) == cbor2.loads(message.phdr_encoded)[4]),
        None,
    )
    if key is None or not believed(key, at or cbor2.loads(message.payload)[6]):
        return "unknown_key"
    message.key = OKPKey(crv="ED25519", x=decoded(key["x"]))
    return cbor2.loads(message.payload) if message.verify_signature() else "altered"


@each_vector
def test_another_library_comes_to_the_same_verdict_from_the_document_alone(vector):
    at = datetime.fromisoformat(vector["on"]).replace(tzinfo=UTC).timestamp() - TEHRAN_IN_SUMMER
    claims = opened_by_pycose(decoded(vector["token"]), at)
    if isinstance(claims, str):
        assert claims == vector["verdict"]
        return
    listed = opened_by_pycose(decoded(TOLD["status_list"]))
    place = claims[-65537][4] - listed[-65537]
    packed = zlib.decompress(listed[65533]["lst"])
    status = packed[place // 2] >> 4 * (place % 2) & 15
    meaning = {1: "revoked", 2: "suspended", 12: "transferred", 13: "expired", 14: "closed", 0: "valid"}.get(status)
    verdict = (
        meaning
        if at < listed[4] and meaning in ("revoked", "transferred")
        else "not_yet"
        if at < claims[5]
        else "expired"
        if at >= claims[4]
        else "status_too_old"
        if at >= listed[4]
        else meaning
    )
    assert verdict == vector["verdict"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    (folder / "keys.json").write_text(json.dumps(TOLD["keys"]))
    (folder / "0.cwt").write_bytes(cose.from_text(TOLD["status_list"]))
    return folder


def alone(*arguments):
    """The command without a network where the system lets us, and without a database or settings anywhere."""
    network = ["unshare", "--net", "--map-root-user"]
    offline = which("unshare") and subprocess.run([*network, "true"], capture_output=True, check=False).returncode == 0
    return subprocess.run(
        [
            *(network if offline else []),
            sys.executable,
            "-m",
            "pishkhan.site.command_line.cli",
            "verify-licence",
            *arguments,
        ],
        capture_output=True,
        text=True,
        check=False,
        env={"DATABASE_URL": "postgres://nobody@nowhere.invalid/none", "PISHKHAN_VAR": "/nowhere"},
    )


@each_vector
def test_the_command_needs_nothing_but_the_files(vector, files):
    told = alone(
        vector["token"], "--keys", files / "keys.json", "--status", files / "0.cwt", "--on", vector["on"], "--json"
    )
    assert told.stderr == ""
    assert (json.loads(told.stdout)["verdict"], told.returncode) == (vector["verdict"], EXIT_CODES[vector["verdict"]])


def test_the_command_tells_people_in_their_language(files):
    token = TOLD["vectors"][0]["token"]
    given = ("--keys", files / "keys.json", "--status", files / "0.cwt", "--on", "۱۴۰۱/۰۶/۲۵", "--lang")
    told = alone(token, *given, "fa").stdout
    assert told.startswith("معتبر است\n")
    assert "۱ خرداد ۱۴۰۱" in told
    assert "31 Ordibehesht 1406" in alone(token, *given, "en").stdout


def test_what_cannot_be_used_is_no_verdict(files, tmp_path):
    (tmp_path / "0.cwt").write_bytes(b"\x00" + (files / "0.cwt").read_bytes()[1:])
    for keys_file, list_file in (
        (files / "0.cwt", files / "0.cwt"),
        (files / "keys.json", tmp_path / "0.cwt"),
        (files / "none.json", files / "0.cwt"),
    ):
        told = alone(TOLD["vectors"][0]["token"], "--keys", keys_file, "--status", list_file)
        assert (told.returncode, told.stdout) == (2, "")
        assert told.stderr


def test_whoever_verifies_loads_no_django():
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, pishkhan.site.command_line.cli, pishkhan.credentials.vc;sys.exit('django' in sys.modules)",
        ],
        check=False,
    )
    assert told.returncode == 0
