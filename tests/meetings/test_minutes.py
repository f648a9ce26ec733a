"""Minutes that can be signed: what stands in them, who reads which edition, who signs how, and when they are whole."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import company, person, person_as
from http_client import PASSWORD, as_read, signed_in, signed_in_with_a_password
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings import refusals
from pishkhan.meetings.course.agenda import add_by_vote, take_off_by_vote
from pishkhan.meetings.course.services import adjourn, end_inquorate
from pishkhan.meetings.minutes.printing import pdf
from pishkhan.meetings.minutes.rendering import in_lines, render
from pishkhan.meetings.minutes.selectors import are_whole, rendered, to_sign_by
from pishkhan.meetings.minutes.services import decline, draft_minutes, note_declined, sign, sign_on_paper
from pishkhan.meetings.models import Entitlement, Minutes, Recusal
from pishkhan.meetings.services import appoint, arrive, close_meeting, give_seat, leave, open_meeting, recuse
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote
from pishkhan.notices.models import Notice
from pishkhan.people.models import Account
from pishkhan.people.roles import Role
from pishkhan.people.services import erase
from procedure_driver import PDF, at, meeting_about, places, scanned, sitting, vote_on, working_group

pytestmark = pytest.mark.usefixtures("law", "papers")
CONDITION, DISSENT, WHY = "تابلو تا پایان ماه نصب شود", "کوچه تنگ است", "دیروقت بود"
NAMES = ("نسرین", "بهرام", "فرشته")


def named_group():
    """The working group, whose members bear names of their own."""
    body = working_group()
    for (seat, old), name in zip(sitting(body).items(), NAMES, strict=True):
        seat.memberships.get(person=old)
        appoint(seat, person("15", given_name=name), letter="9", deputy=name == "بهرام", by=SYSTEM)
    return body


def eventful():
    """A meeting in which somebody deputised, dissented, was recused and left; an item was added, one taken off."""
    body = named_group()
    under = places(4)
    first, second, third, added = (at(NewLicence, "agenda", under=under) for _ in range(4))
    meeting, secretary = meeting_about(first, second, third)
    for seat in sitting(body):
        leave(meeting, seat, by=secretary)
    members = {seat: seat.memberships.get(letter="9").person for seat in sitting(body)}
    for seat, member in members.items():
        arrive(meeting, seat, member, by=secretary)
    chair, region, third_member = members.values()
    one, two, three = meeting.items.order_by("position")
    ballot = open_vote(one, "conditional", by=secretary, conditions=CONDITION)
    for voter in (chair, region):
        cast_vote(ballot, Entitlement.Choice.FOR, by=voter)
    cast_vote(ballot, Entitlement.Choice.AGAINST, by=third_member, reasons=DISSENT, grounds=["premises"])
    close_vote(one, by=secretary)
    recuse(two, third_member, reason=Recusal.Reason.DECLARED, by=third_member)
    vote_on(two, "approved", secretary)
    take_off_by_vote(meeting, three, reasons=WHY, votes_for=3, votes_against=0, by=secretary)
    add_by_vote(meeting, added, votes_for=2, votes_against=1, by=secretary)
    leave(meeting, list(members)[2], by=secretary)
    adjourn(meeting, reasons=WHY, by=secretary)
    return meeting, secretary, members


def whole_text(minutes, language="fa", **edition):
    return in_lines(rendered(minutes, **edition), language)


def test_minutes_say_who_sat_where_from_when_and_what_was_put_decided_and_said():
    meeting, secretary, _ = eventful()
    case = meeting.items.get(position=1).case
    minutes = draft_minutes(meeting, by=secretary)

    fa, en = whole_text(minutes), whole_text(minutes, "en")

    for name in NAMES:
        assert name in fa
    assert "جانشین" in fa and "رئیس" in fa and "سالن جلسات" in fa and "۹:۰۰" in fa
    for text in (CONDITION, DISSENT, WHY, case.party.name, case.dossier.address):
        assert text in fa, text
    assert "خود اعلام کرد" in fa and "از دستور برداشته شد" in fa
    assert "با رأی حاضران به دستور افزوده شد: ۲ موافق" in fa and "به نوبت بازگشت" in fa
    for text in ("condition: ", "recused", "taken off", "Adjourned", "chair", "deputy"):
        assert text in en, text
    assert minutes.meeting.number in en and list(problems()) == []


def test_minutes_of_old_are_told_as_they_were_drafted():
    old = {
        "number": "WG-15-1401-1",
        "held_on": "2022-07-04",
        "opened_at": "2022-07-04T05:00:00+00:00",
        "closed_at": "2022-07-04T07:00:00+00:00",
        "organisations": {"1": "استانداری"},
        "attendance": [{"seat": 1, "person": "person:1", "arrived_at": "2022-07-04T05:00:00+00:00", "left_at": None}],
        "items": [
            {
                "position": 1,
                "case": "NL-15-1401-0001",
                "recusals": [{"seat": 1, "reason": "declared"}],
                "ballots": [
                    {"round": 1, "motion": "approved", "result": "carried", "votes": [{"seat": 1, "choice": "for"}]}
                ],
                "resolution": {"number": "WG-15-1401-R-0001", "outcome": "approved"},
            }
        ],
    }
    for redacted in (False, True):
        text = in_lines(render(old, {}, redacted=redacted), "fa")
        assert "استانداری" in text and "۱ موافق" in text and "WG-15-1401-R-0001" in text


def test_the_redacted_edition_names_no_natural_person_and_repeats_nothing_that_anybody_wrote():
    meeting, secretary, _ = eventful()
    minutes = draft_minutes(meeting, by=secretary)
    case = meeting.items.get(position=1).case
    for language in ("fa", "en"):
        text = whole_text(minutes, language, redacted=True)
        for secret in (*NAMES, "رضایی", CONDITION, DISSENT, WHY, case.dossier.address, "متقاضی"):
            assert secret not in text, secret
        assert case.number in text


def test_who_reads_what_stands_in_minutes_reads_them_whole_and_others_the_redacted_edition():
    meeting, secretary, members = eventful()
    draft_minutes(meeting, by=secretary)
    page, api = f"/meetings/{meeting.number}/", f"/api/meetings/{meeting.number}/minutes"
    whole = [secretary, *members.values(), *(person_as(role) for role in (Role.DIRECTOR, Role.EXPERT, Role.REGION))]
    others = [person_as(role) for role in (Role.ACCOUNTANT, Role.INSPECTOR, Role.ADMINISTRATOR)]
    for readers, reads in ((whole, True), (others, False)):
        for reader in readers:
            client = signed_in(reader)
            assert (DISSENT in as_read(client.get(page))) == reads
            assert (DISSENT in client.get(api).json()["text"]) == reads
            assert client.get(f"{page}minutes/fa.pdf").status_code == (200 if reads else 404)
            assert client.get(f"{page}minutes/redacted-fa.pdf").status_code == 200


def test_the_pdf_is_made_again_from_the_records_byte_for_byte_and_shows_who_signed():
    meeting, secretary, members = eventful()
    minutes = draft_minutes(meeting, by=secretary)
    first = {language: pdf(minutes, language) for language in ("fa", "en")}
    again = Minutes.objects.get()
    assert first == {language: pdf(again, language) for language in ("fa", "en")}
    assert first["fa"].startswith(b"%PDF") and pdf(again, "fa", redacted=True) != first["fa"]
    sign(minutes, minutes.digest, by=next(iter(members.values())))
    assert pdf(Minutes.objects.get(), "fa") != first["fa"]


def test_what_is_drafted_anew_has_the_same_digest_unless_something_it_says_has_changed():
    meeting, secretary, _ = eventful()
    first = draft_minutes(meeting, by=secretary).digest
    assert draft_minutes(meeting, by=secretary).digest == first
    assert Notice.objects.filter(template="meeting.minutes_drafted").count() == 6  # whoever attended, once


def test_erasing_somebody_takes_them_out_of_the_minutes_and_leaves_the_rest_and_the_digest():
    meeting, secretary, members = eventful()
    minutes = draft_minutes(meeting, by=secretary)
    last, digest = list(members.values())[2], minutes.digest
    erase(last, reason="درخواست خود او", by=person_as(Role.ADMINISTRATOR))
    minutes = Minutes.objects.get()
    assert NAMES[2] not in whole_text(minutes) and NAMES[0] in whole_text(minutes)
    assert "پاک شده" in whole_text(minutes) and DISSENT in whole_text(minutes)
    assert minutes.digest == digest and list(problems()) == []


def test_one_signs_in_again_to_sign_and_signs_what_one_has_read():
    meeting, secretary, members = eventful()
    minutes = draft_minutes(meeting, by=secretary)
    member = next(iter(members.values()))
    client, address = signed_in_with_a_password(member), f"/meetings/{meeting.number}/sign/"
    api = f"/api/meetings/{meeting.number}/minutes/signatures"

    for given in ({}, {"password": "نادرست"}):
        assert "گذرواژه" in as_read(client.post(address, {"digest": minutes.digest} | given, follow=True))
    assert client.post(api, {"digest": minutes.digest}, content_type="application/json").status_code == 422
    wrong = {"digest": minutes.digest, "password": "نادرست"}
    assert client.post(api, wrong, content_type="application/json").status_code == 422
    assert "گذرواژه ندارد" in as_read(
        signed_in(list(members.values())[1]).post(address, {"digest": minutes.digest, "password": ""}, follow=True)
    )
    assert not minutes.signatures.exists()
    client.post(address, {"digest": "0" * 64, "password": PASSWORD})
    assert not minutes.signatures.exists()

    client.post(address, {"digest": minutes.digest, "password": PASSWORD})

    assert [signature.person for signature in minutes.signatures.all()] == [member]


def test_who_has_a_second_factor_signs_with_its_code():
    meeting, secretary, members = eventful()
    minutes = draft_minutes(meeting, by=secretary)
    member = next(iter(members.values()))
    client, address = signed_in_with_a_password(member), f"/meetings/{meeting.number}/"
    assert 'name="one_time_code"' not in as_read(client.get(address))
    TOTP.activate(Account.objects.get(person=member), secret := generate_totp_secret())
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    data = {"digest": minutes.digest, "password": PASSWORD}

    assert 'name="one_time_code"' in as_read(client.get(address))
    client.post(f"{address}sign/", data)
    assert not minutes.signatures.exists()
    client.post(f"{address}sign/", data | {"one_time_code": code})

    assert [signature.person for signature in minutes.signatures.all()] == [member]


def test_wrong_passwords_bar_signing_as_they_bar_signing_in():
    meeting, secretary, members = eventful()
    minutes = draft_minutes(meeting, by=secretary)
    client, address = signed_in_with_a_password(next(iter(members.values()))), f"/meetings/{meeting.number}/sign/"
    for _ in range(6):
        client.post(address, {"digest": minutes.digest, "password": "نادرست"})
    client.post(address, {"digest": minutes.digest, "password": PASSWORD})
    assert not minutes.signatures.exists()


def held(*, seats=3):
    """A meeting that decided on a case; its minutes, the secretary and the members, the chair first."""
    body, director = working_group(), person_as(Role.DIRECTOR)
    for _ in range(seats - 3):
        appoint(
            give_seat(body, company("15", kind="public", legal_id=None), by=director), person(), letter="1", by=SYSTEM
        )
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    vote_on(meeting.items.get(), "approved", secretary)
    close_meeting(meeting, by=secretary)
    return draft_minutes(meeting, by=secretary), secretary, list(sitting(body).values())


def test_minutes_are_whole_once_more_than_half_of_those_present_signed_and_the_chair_among_them():
    minutes, _, (chair, *others) = held(seats=4)
    for member in others:
        sign(minutes, minutes.digest, by=member)
        assert not are_whole(minutes) and minutes.completed_at is None  # the chair has not
    sign(minutes, minutes.digest, by=chair)
    assert are_whole(minutes) and minutes.completed_at is not None


def test_half_is_not_more_than_half():
    minutes, secretary, (chair, second, third, _) = held(seats=4)
    sign(minutes, minutes.digest, by=chair)
    sign(minutes, minutes.digest, by=second)
    assert not are_whole(minutes)
    sign_on_paper(minutes, third, scan=scanned(secretary), by=secretary)
    assert minutes.completed_at is not None


def test_who_does_not_sign_says_why_and_holds_nothing_up():
    minutes, secretary, (chair, second, third) = held()
    with pytest.raises(refusals.NoReasonsGiven):
        decline(minutes, reasons=" ", by=chair)
    decline(minutes, reasons=DISSENT, by=chair)
    sign(minutes, minutes.digest, by=second)
    assert not are_whole(minutes)
    assert DISSENT in as_read(signed_in(second).get(f"/meetings/{minutes.meeting.number}/"))
    sign(minutes, minutes.digest, by=third)
    assert minutes.completed_at is not None  # the chair said why not
    with pytest.raises(refusals.SignedAlready):
        note_declined(minutes, second, reasons=WHY, by=secretary)
    sign(minutes, minutes.digest, by=chair)  # and may still think better of it


def test_minutes_that_nobody_signs_are_whole_once_everybody_said_why_not():
    minutes, secretary, members = held()
    for member in members:
        note_declined(minutes, member, reasons="به مأموریت رفته است", by=secretary)
    assert minutes.completed_at is not None
    assert Entry.objects.filter(act="minutes.note-declined").count() == 3


def test_only_who_attended_declines_and_only_the_secretary_records_it_for_another():
    minutes, secretary, (chair, *_) = held()
    stranger = person()
    appoint(next(iter(sitting(minutes.meeting.body))), stranger, letter="3", deputy=True, by=SYSTEM)
    with pytest.raises(refusals.NotAnAttendee):
        decline(minutes, reasons=WHY, by=stranger)
    with pytest.raises(refusals.NotAnAttendee):
        note_declined(minutes, stranger, reasons=WHY, by=secretary)
    with pytest.raises(NotPermitted):
        note_declined(minutes, chair, reasons=WHY, by=chair)
    with pytest.raises(refusals.NotYourScan):
        sign_on_paper(minutes, chair, scan=scanned(person_as(Role.EXPERT)), by=secretary)


def test_what_waits_for_a_signature_is_known_until_it_is_given_or_declined():
    minutes, secretary, (chair, second, third) = held()
    assert list(to_sign_by(chair)) == list(to_sign_by(second)) == [minutes]
    assert not to_sign_by(secretary).exists()
    number = minutes.meeting.number
    for page in ("/mine/", "/meetings/?to_sign=1"):
        assert "to_sign=1" in as_read(signed_in(second).get(page)) or number in as_read(signed_in(second).get(page))
    assert 'href="/meetings/?unsigned=1"' in as_read(signed_in(secretary).get("/today/"))
    assert number in as_read(signed_in(secretary).get("/meetings/?unsigned=1"))
    sign(minutes, minutes.digest, by=chair)
    decline(minutes, reasons=WHY, by=second)
    assert number not in as_read(signed_in(second).get("/meetings/?to_sign=1"))
    assert number in as_read(signed_in(secretary).get("/meetings/?unsigned=1"))
    sign(minutes, minutes.digest, by=third)
    assert number not in as_read(signed_in(secretary).get("/meetings/?unsigned=1"))
    assert not to_sign_by(chair).exists() and not to_sign_by(second).exists()


def test_an_inquorate_meeting_has_minutes_too_that_say_so():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"), opened=False)
    with pytest.raises(refusals.NotInThisState):
        draft_minutes(meeting, by=secretary)
    open_meeting(meeting, by=secretary)
    end_inquorate(meeting, by=secretary)
    assert "حد نصاب نیافت" in whole_text(draft_minutes(meeting, by=secretary))


def test_the_secretary_records_a_signature_on_paper_on_its_page():
    minutes, secretary, (chair, *_) = held()
    address = f"/meetings/{minutes.meeting.number}/minutes/sign-on-paper/"
    data = {"person": chair.pk, "scan": SimpleUploadedFile("a.pdf", PDF)}
    assert signed_in(person_as(Role.EXPERT)).post(address, data).status_code == 403
    answer = signed_in(secretary).post(address, {"person": chair.pk, "scan": SimpleUploadedFile("a.pdf", PDF)})
    assert answer.status_code == 302, answer.content.decode()
    assert minutes.signatures.get().person == chair and minutes.signatures.get().scan
