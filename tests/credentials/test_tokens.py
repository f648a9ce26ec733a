"""Tokens, lists and keys, whatever they say."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.vectors import ANOTHER, CLAIM, KEYS, KID, MADE_AT, TESTING, WEEK, public
from pishkhan.credentials import cose
from pishkhan.credentials.claim import Claim, Form, claim_in, midnight, taken_apart, token_of
from pishkhan.credentials.keys import Key, Keys, kid_of, read
from pishkhan.credentials.status_list import SIZE, StatusList, TokenStatus, opened, packed, signed
from pishkhan.credentials.vc import as_credential
from pishkhan.credentials.verdicts import Verdict
from pishkhan.credentials.verifier import judged, verdict_on

pytestmark = pytest.mark.no_database

days = st.dates(date(2010, 1, 1), date(2060, 1, 1))
claims = st.builds(
    lambda number, kind, place, form, index, first, length: Claim(
        number, kind, place, form, index, first, first + timedelta(days=length)
    ),
    st.text(max_size=20),
    st.integers(1, 300),
    st.from_regex(r"\d{2,16}", fullmatch=True),
    st.sampled_from(Form),
    st.integers(0, 2**32),
    days,
    st.integers(0, 4000),
)
indices = st.integers(SIZE, 2 * SIZE - 1)


def instant(day):
    return datetime.fromtimestamp(midnight(day), UTC)


def listed(standings, first=0, made_at=MADE_AT):
    return StatusList("", first, made_at, made_at + WEEK, packed(standings, first))


@given(claims)
def test_a_token_says_what_was_claimed_and_only_its_key_signed_it(claim):
    message = taken_apart(token_of(claim, TESTING, KID))

    assert claim_in(message) == claim
    assert message.is_signed_by(public(TESTING))
    assert not message.is_signed_by(public(ANOTHER))


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda rest: cose.BEGINS + rest) | st.text())
def test_whatever_is_no_token_is_altered(given_text):
    token = given_text if isinstance(given_text, str) else cose.in_text(given_text)
    assert judged(token, KEYS, [], instant(CLAIM.first_day)).verdict == Verdict.ALTERED


@given(st.dictionaries(indices, st.sampled_from(TokenStatus), max_size=50), indices)
def test_a_list_says_how_each_stands_and_of_others_nothing(standings, other):
    made = signed(listed(standings, SIZE), TESTING, KID, seconds_to_live=60)

    result = opened(made, KEYS)

    assert {index: result.status_at(index) for index in standings} == standings
    assert other in standings or result.status_at(other) == TokenStatus.UNLISTED
    assert not result.covers(SIZE - 1) and not result.covers(2 * SIZE)


@given(days, st.sampled_from(TokenStatus))
def test_what_ended_for_good_outranks_the_term_and_the_term_what_is_for_a_time(day, status):
    verdict = verdict_on(CLAIM, status, instant(day))

    if status in (TokenStatus.REVOKED, TokenStatus.TRANSFERRED):
        assert verdict == status.name.lower()
    elif day < CLAIM.first_day:
        assert verdict == Verdict.NOT_YET
    elif day > CLAIM.last_day:
        assert verdict == Verdict.EXPIRED
    else:
        assert (verdict == Verdict.VALID) == (status == TokenStatus.VALID)


def test_the_last_day_of_a_term_still_counts_and_the_day_after_does_not():
    for day, verdict in (
        (CLAIM.first_day, Verdict.VALID),
        (CLAIM.first_day - timedelta(days=1), Verdict.NOT_YET),
        (CLAIM.last_day, Verdict.VALID),
        (CLAIM.last_day + timedelta(days=1), Verdict.EXPIRED),
    ):
        assert verdict_on(CLAIM, TokenStatus.VALID, instant(day)) == verdict
        assert (
            day > CLAIM.last_day
            or verdict_on(CLAIM, TokenStatus.VALID, instant(day) + timedelta(hours=22, minutes=59)) == verdict
        )


def test_no_bit_can_be_flipped_in_a_token_or_in_its_letters():
    token, draw = token_of(CLAIM, TESTING, KID), Random(1401)
    lists, at = [listed({CLAIM.index: TokenStatus.VALID})], datetime.fromtimestamp(MADE_AT, UTC)
    assert judged(token, KEYS, lists, at).verdict == Verdict.VALID
    message, letters = cose.from_text(token), token.encode()
    places = [*range(8 * len(message)), *draw.sample(range(8 * len(message), 8 * (len(message) + len(letters))), 200)]
    assert len(places) >= 1000

    for place in places:
        flipped = bytearray(message + letters)
        flipped[place // 8] ^= 1 << place % 8
        text = (
            cose.in_text(bytes(flipped[: len(message)]))
            if place < 8 * len(message)
            else flipped[len(message) :].decode("latin-1")
        )
        assert judged(text, KEYS, lists, at).verdict in (Verdict.ALTERED, Verdict.UNKNOWN_KEY), place


def test_no_bit_can_be_flipped_in_a_status_list():
    message = signed(listed({CLAIM.index: TokenStatus.VALID}), TESTING, KID, seconds_to_live=60)
    for place in Random(1401).sample(range(8 * len(message)), 300):
        flipped = bytearray(message)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises(cose.Malformed):
            opened(bytes(flipped), KEYS)


def test_a_list_over_its_time_or_older_than_the_licence_says_nothing():
    token, at = token_of(CLAIM, TESTING, KID), datetime.fromtimestamp(MADE_AT, UTC)
    fresh = listed({CLAIM.index: TokenStatus.VALID})

    assert judged(token, KEYS, [fresh], at + timedelta(days=7, seconds=-1)).verdict == Verdict.VALID
    for lists, when in (
        ([fresh], at + timedelta(days=7)),
        ([], at),
        ([listed({})], at),
        ([listed({}, first=SIZE)], at),
    ):
        assert judged(token, KEYS, lists, when).verdict == Verdict.STATUS_TOO_OLD


def test_of_several_lists_the_newest_counts():
    token, at = token_of(CLAIM, TESTING, KID), datetime.fromtimestamp(MADE_AT, UTC)
    older, newer = (
        listed({CLAIM.index: status}, made_at=MADE_AT - before)
        for status, before in ((TokenStatus.VALID, 3600), (TokenStatus.SUSPENDED, 0))
    )
    assert judged(token, KEYS, [newer, older], at).verdict == Verdict.SUSPENDED
    assert judged(token, KEYS, [older, newer], at).verdict == Verdict.SUSPENDED


def test_a_key_is_believed_on_its_days_only():
    first, last = date(2022, 6, 1), date(2023, 6, 1)
    known = Keys([Key(public(TESTING), first, last)], {})
    token = token_of(CLAIM, TESTING, KID)
    for day, believed in (
        (first - timedelta(days=1), False),
        (first, True),
        (last, True),
        (last + timedelta(days=1), False),
    ):
        assert (judged(token, known, [], instant(day)).verdict != Verdict.UNKNOWN_KEY) == believed


def test_a_list_of_a_strangers_key_or_of_a_key_out_of_use_is_refused():
    result = listed({})
    with pytest.raises(cose.Malformed):
        opened(signed(result, ANOTHER, kid_of(public(ANOTHER)), seconds_to_live=60), KEYS)
    with pytest.raises(cose.Malformed):
        opened(signed(result, ANOTHER, KID, seconds_to_live=60), KEYS)
    late = Keys([Key(public(TESTING), date(2022, 9, 17))], {})
    with pytest.raises(cose.Malformed):
        opened(signed(result, TESTING, KID, seconds_to_live=60), late)


def test_a_status_list_is_no_token_and_a_token_no_list():
    made, at = signed(listed({}), TESTING, KID, seconds_to_live=60), datetime.fromtimestamp(MADE_AT, UTC)
    assert judged(cose.in_text(made), KEYS, [], at).verdict == Verdict.ALTERED
    with pytest.raises(cose.Malformed):
        opened(cose.from_text(token_of(CLAIM, TESTING, KID)), KEYS)


def test_the_published_keys_are_read_as_they_were_written_and_under_their_own_names_only():
    text = json.dumps(KEYS.published())
    assert read(text).published() == KEYS.published()
    for wrong in (text.replace(KID.hex(), "00000000"), text.replace("OKP", "EC"), "[]", "{}", "no"):
        with pytest.raises(cose.Malformed):
            read(wrong)


def test_a_claim_is_told_in_the_terms_of_verifiable_credentials():
    credential = as_credential(
        replace(CLAIM, index=SIZE + 7), KEYS, address="https://x/verify/#t", list_address="https://x/1"
    )
    assert (credential["validFrom"], credential["validUntil"]) == ("2022-05-21T19:30:00Z", "2027-05-21T20:29:59Z")
    assert credential["credentialStatus"]["statusListIndex"] == "7"
    assert credential["issuer"] == "https://pishkhan.example"
