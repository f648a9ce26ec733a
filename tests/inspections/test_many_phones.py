"""Twenty phones send their reports at once, with photos, again where nobody answered: all arrive, once."""

import os
from collections import Counter
from datetime import timedelta
from threading import Thread
from time import sleep

from django.db import connection
from django.test import Client

from factories import person_as
from http_client import signed_in
from law import enter_law
from phone import given, jpeg, photo, report
from pishkhan.inspections.models import Photo, Submission, Visit
from pishkhan.inspections.visits.services import assign_visit, request_visit
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.refusals import Busy
from pishkhan.people.roles import Role

DEVICES, PATIENCE = 20, 300
EACH = 25 if os.environ.get("PISHKHAN_FUZZ") else 5  # a round of a month, for `make fuzz`; a week else


class Phone:
    """What one phone has to send, and what it was answered."""

    def __init__(self, inspector, visits):
        self._client = Client(raise_request_exception=False)
        self._client.cookies = signed_in(inspector).cookies
        self._waiting = [self._written(visit) for visit in visits]
        self.answers = Counter()

    def _written(self, visit):
        content = jpeg(64)
        named = photo(content)
        return report(visit, [named]).model_dump(mode="json"), named["id"], content

    def send(self):
        """As the page does: each report and its photo, twice over, and again where the house could not answer."""
        try:
            for told, key, content in self._waiting * 2:
                self._until(
                    "post",
                    "/api/field/reports",
                    {"sent_at": now().isoformat(), "report": told},
                    content_type="application/json",
                )
                self._until(
                    "put", f"/api/field/photos/{key}/content?offset=0", content, content_type="application/octet-stream"
                )
        finally:
            connection.close()

    def _until(self, method, path, body, **options):
        for _ in range(PATIENCE):
            answer = getattr(self._client, method)(path, body, **options)
            self.answers[answer.status_code] += 1
            if answer.status_code < 429:
                return
            sleep(0.2)
        raise TimeoutError(path)


def planned(count, office, expert):
    """Visits to an office, each given to one inspector."""
    inspector = person_as(Role.INSPECTOR)
    visits = [
        request_visit(kind=Visit.Kind.ROUTINE, purpose=Visit.Purpose.PERFORMANCE, office=office, by=expert)
        for _ in range(count)
    ]
    for visit in visits:
        assign_visit(visit, inspector, planned_on=today(), by=expert)
    return inspector, visits


def test_reports_of_twenty_phones_at_once_all_arrive_once(transactional_db, papers):
    enter_law()
    with clock.at(now() - timedelta(hours=3)):  # so that midnight may lie between the asking and the visits
        office, expert = given()[0].office, person_as(Role.EXPERT)
        plans = [planned(EACH, office, expert) for _ in range(DEVICES)]
    phones = [Phone(*plan) for plan in plans]
    threads = [Thread(target=phone.send) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = sum((phone.answers for phone in phones), Counter())
    assert answers.pop(200) == DEVICES * EACH * 4
    assert set(answers) <= {429, Busy.status}, "who is told to wait sends again; nothing else fails"
    assert Submission.objects.count() == Photo.objects.exclude(file=None).count() == DEVICES * EACH
    assert Visit.objects.filter(kind=Visit.Kind.ROUTINE, state=Visit.State.SUBMITTED).count() == DEVICES * EACH
