import pytest
from django.db import DatabaseError, connection, transaction

from pishkhan.journal.models import Entry


@pytest.mark.django_db
def test_guard():
    import datetime
    from pishkhan.journal import clock
    e = Entry(subject="a", number=1, act="x", actor="s", role="x", happened_on=datetime.date(2020,1,1), at=clock.now(), digest="x")
    e.save()
    with pytest.raises(DatabaseError, match="permanent"), transaction.atomic(), connection.cursor() as c:
        c.execute("UPDATE journal_entry SET role='y'")
