"""Verifying a licence on the register: its address, the status list that follows from it, and the page for anybody."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories import company, division, person
from pishkhan.credentials import keys as published
from pishkhan.credentials import vault
from pishkhan.credentials.models import SigningKey
from pishkhan.credentials.selectors import signer, usable_keys
from pishkhan.credentials.services import open_key, withdraw
from pishkhan.credentials.status_list import SIZE, TokenStatus, opened
from pishkhan.credentials.verdicts import Verdict
from pishkhan.credentials.verifier import judged
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER, SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal
from pishkhan.limits.rates import forget
from pishkhan.offices import credential
from pishkhan.offices.models import Licence, LicenceStatus
from pishkhan.offices.services import OfficeFacts, PremisesFacts, change_status, import_office
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from pishkhan.register.pages import VERIFYING

pytestmark = pytest.mark.usefixtures("law", "signing")
START, END, NOON = date(2022, 5, 22), date(2027, 5, 21), datetime(2022, 9, 16, 8, 30, tzinfo=UTC)
KEYS, LIST = "/.well-known/pishkhan/keys.json", "/.well-known/pishkhan/status/0.cwt"


@pytest.fixture
def signing(law, signing_folder):
    """A key from a day before all licences; the clock stands at a noon."""
    with clock.at(NOON):
        yield open_key(by=SYSTEM, valid_from=date(2022, 3, 21))


def licence(number="1", holder=None, **dates):
    values = {"issued_on": START, "valid_from": START, "valid_until": END} | dates
    facts = OfficeFacts(
        "counter",
        division("1503011001"),
        holder or person(),
        PremisesFacts(address="خیابان شهدا"),
        person(),
        None,
        values["issued_on"],
        number,
        values["valid_from"],
        values["valid_until"],
    )
    return import_office(facts)[1]


def become(entered, status):
    return change_status(entered, status, from_on=NOON.date(), by=IMPORTER, role=Role.IMPORTER)


def fetched():
    """The keys and the list as anybody fetches them."""
    client = Client()
    known = published.read(client.get(KEYS).content)
    return known, opened(client.get(LIST).content, known)


def verdict_of(entered, at=NOON):
    known, listed = fetched()
    return judged(credential.verification_url(entered), known, [listed], at).verdict


def test_every_status_of_the_register_has_its_place_in_the_list():
    assert set(credential.STANDINGS) == set(Status)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (None, Verdict.VALID),
        (Status.SUSPENDED, Verdict.SUSPENDED),
        (Status.REVOKED, Verdict.REVOKED),
        (Status.TRANSFERRED, Verdict.TRANSFERRED),
        (Status.REPLACED, Verdict.TRANSFERRED),
        (Status.CLOSED, Verdict.CLOSED),
        (Status.SURRENDERED, Verdict.CLOSED),
    ],
)
def test_what_becomes_of_a_licence_is_in_the_list_at_once(status, verdict):
    entered, other = licence("1"), licence("2")
    assert verdict_of(entered) == Verdict.VALID

    if status:
        become(entered, status)

    assert verdict_of(entered) == verdict
    assert verdict_of(other) == Verdict.VALID
    text = Client().get("/verify/", {"number": entered.number}).content.decode()
    assert f'data-verdict="{verdict}"' in text.partition("<template")[0]


def test_a_status_that_is_superseded_alone_is_seen_too():
    entered = become(licence(), Status.SUSPENDED)
    assert verdict_of(entered) == Verdict.SUSPENDED
    LicenceStatus.objects.filter(status="suspended").update(superseded_at=NOON)
    assert verdict_of(entered) != Verdict.SUSPENDED


def test_the_day_moves_what_was_planned():
    entered = licence()
    for day, verdict in (
        (START - timedelta(days=1), Verdict.NOT_YET),
        (END, Verdict.VALID),
        (END + timedelta(days=1), Verdict.EXPIRED),
    ):
        with clock.at(datetime(day.year, day.month, day.day, 8, tzinfo=UTC)):
            assert verdict_of(entered, clock.now()) == verdict


def test_an_index_is_ones_own_whatever_the_list_holds():
    """A permutation: no two licences of a list share an index, and neighbours in time are none in the list."""
    of_two_lists = {credential.index_of(key) for key in range(2 * SIZE)}
    assert of_two_lists == set(range(2 * SIZE))
    gaps = {credential.index_of(key + 1) - credential.index_of(key) for key in range(1000)}
    assert len(gaps) > 950


def test_a_list_names_nobody_and_costs_the_same_whatever_it_holds():
    licence("1")
    wanted = []
    for number in range(2, 5):
        licence(str(number))
        for again in range(2):
            with CaptureQueriesContext(connection) as queries:
                Client().get(LIST)
            wanted.append((again, len(queries)))
    assert len(set(wanted)) == 2
    _, listed = fetched()
    assert [listed.status_at(credential.index_of(key)) for key in Licence.objects.values_list("pk", flat=True)] == [
        TokenStatus.VALID
    ] * 4
    assert listed.status_at(credential.index_of(10_000)) == TokenStatus.UNLISTED


def test_what_is_published_may_be_kept_and_asked_again_by_its_tag():
    entered = licence()
    first = Client().get(LIST)
    assert first.headers["Content-Type"] == "application/statuslist+cwt"
    assert "public" in first.headers["Cache-Control"]
    assert "public" in Client().get(KEYS).headers["Cache-Control"]
    assert "Set-Cookie" not in first.headers
    assert Client().get(LIST, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    become(entered, Status.SUSPENDED)
    assert Client().get(LIST, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert Client().get("/.well-known/pishkhan/status/1.cwt").status_code == 404


def test_the_address_is_the_same_again_and_stays_so_when_keys_are_rotated(signing):
    entered = licence()
    before = credential.verification_url(entered)
    with clock.at(NOON + timedelta(days=30)):
        fresh = credential.rotate_keys(by=SYSTEM)
        later = licence("2")

        assert credential.verification_url(entered) == before
        assert signer(usable_keys(), later.recorded_on) == fresh
        assert verdict_of(entered, clock.now()) == verdict_of(later, clock.now()) == Verdict.VALID
        signing.refresh_from_db()
        assert signing.valid_until == END + credential.A_YEAR


def test_a_withdrawn_key_is_believed_no_longer_and_its_licences_are_signed_anew(signing):
    entered = licence()
    before = credential.verification_url(entered)
    with pytest.raises(Refusal):
        withdraw(signing, by=SYSTEM)  # the only one
    credential.rotate_keys(by=SYSTEM)
    withdraw(signing, by=SYSTEM)

    known, listed = fetched()
    assert judged(before, known, [listed], NOON).verdict == Verdict.UNKNOWN_KEY
    assert verdict_of(entered) == Verdict.VALID
    assert not vault.path_of(signing.kid).exists()
    acts = Entry.objects.filter(subject__startswith="signing-key:").values_list("act", flat=True)
    assert set(acts) == {"credentials.open-key", "credentials.retire-key", "credentials.withdraw-key"}


def test_private_keys_are_files_of_their_owner_alone_and_encrypted(signing):
    path = vault.path_of(signing.kid)
    private = vault.private_key(signing.kid).private_bytes_raw()
    assert path.stat().st_mode & 0o077 == 0
    assert private not in path.read_bytes() and private.hex().encode() not in path.read_bytes()
    stored = json.dumps(list(SigningKey.objects.values()), default=str)
    assert private.hex() not in stored


def test_without_a_key_the_address_asks_the_register_by_number(signing):
    entered = licence()
    SigningKey.objects.update(withdrawn_on=NOON.date())
    assert credential.verification_url(entered).endswith(f"/verify/?number={entered.number}")
    assert Client().get(LIST).status_code == 404


# The page.


def answer_to(typed, **headers):
    return Client().post("/verify/", {"licence": typed}, **headers)


def verdict_on(answer):
    shown = answer.content.decode().partition("<template")[0].partition('data-verdict="')[2]
    return shown.partition('"')[0]


def test_what_is_pasted_or_typed_is_judged_without_a_script():
    entered = licence(holder=company(name="پیشگامان لرستان"))
    address = credential.verification_url(entered)
    for typed in (address, address.partition("#")[2], entered.number, entered.number.replace("1", "۱")):
        answer = answer_to(typed)
        assert (answer.status_code, verdict_on(answer)) == (200, "valid")
        assert "خیابان شهدا" in answer.content.decode()
        assert "پیشگامان لرستان" in answer.content.decode()
    become(entered, Status.SUSPENDED)
    assert verdict_on(answer_to(address)) == "suspended"
    assert verdict_on(answer_to(address[:-8] + "AAAAAAAA")) == "altered"


def test_what_is_no_licence_is_told_so_and_a_slip_is_no_forgery():
    assert (answer_to("15/1401/9999").status_code, verdict_on(answer_to("15/1401/9999"))) == (404, "none")
    for slip in ("abc", "۱۵-۱۴۰۱"):
        assert (answer_to(slip).status_code, verdict_on(answer_to(slip))) == (422, "")


def test_a_holder_who_is_a_person_is_named_nowhere():
    entered = licence(holder=person(given_name="نام‌نهان", family_name="خاندان‌نهان"))
    for answer in (answer_to(credential.verification_url(entered)), Client().get(f"/verify/?number={entered.number}")):
        assert "نهان" not in answer.content.decode()


def test_whoever_verifies_too_much_is_asked_to_wait():
    answers = [answer_to("15/1401/9999").status_code for _ in range(31)]
    assert (answers[29], answers[30]) == (404, 429)
    forget(VERIFYING, "127.0.0.1")
    assert answer_to("15/1401/9999").status_code == 404


def test_a_licence_of_its_own_issuer_is_no_extract(settings):
    entered = licence()
    assert credential.claim_of(entered).form.name == "EXTRACT"
    credential.serve(settings.ORIGIN, "cra", public=True)
    try:
        assert credential.claim_of(entered).form.name == "LICENCE"
    finally:
        credential.serve(settings.ORIGIN, settings.AUTHORITY, public=True)
