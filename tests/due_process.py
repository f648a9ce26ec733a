"""One query that counts the suspensions in force on a day without what the law gives a holder."""

from django.db import connection

# The suspensions in force on a day, as known now, for which something is wanting of what the law gives a holder: that
# the notice was served and ten working days (a fortnight at the least) or an answer followed, that the decision had
# its quorum and was served, that it was final before it was put into force, that no objection and no court held it up;
# and that are under no urgent order of the director that still may last. A suspension that no violation case made is
# another's.
WITHOUT_DUE_PROCESS = """
SELECT COUNT(*) FROM offices_licencestatus s
WHERE s.status = 'suspended' AND s.superseded_at IS NULL AND s.valid_from <= %(day)s
  AND (s.valid_to IS NULL OR s.valid_to > %(day)s)
  AND NOT EXISTS (
    SELECT 1 FROM enforcement_sanction x
    JOIN enforcement_violationdossier d ON d.case_id = x.case_id
    WHERE x.licence_id = s.licence_id AND x.from_on <= %(day)s AND x.until_on >= %(day)s AND x.annulled_on IS NULL
      AND x.final_on <= x.executed_on AND x.executed_on <= x.from_on AND x.days IS NOT NULL
      AND EXISTS (SELECT 1 FROM journal_entry e JOIN notices_notice n ON n.because = e.subject || '#' || e.number
                  JOIN notices_proof p ON p.notice_id = n.id AND p.withdrawn_on IS NULL
                  WHERE e.subject = 'case:' || x.case_id AND e.act = 'violation.notify'
                    AND (d.answered_on <= x.decided_on OR p."on" < {a_fortnight_before_decision}))
      AND EXISTS (SELECT 1 FROM journal_entry e JOIN notices_notice n ON n.because = e.subject || '#' || e.number
                  JOIN notices_proof p ON p.notice_id = n.id AND p.withdrawn_on IS NULL
                  WHERE e.subject = 'case:' || x.case_id AND e.act = 'violation.impose'
                    AND p."on" <= x.final_on)
      AND EXISTS (SELECT 1 FROM meetings_resolution r JOIN meetings_ballot b ON b.item_id = r.item_id
                  WHERE r.id = x.resolution_id AND b.result = 'carried'
                    AND 2 * (SELECT COUNT(*) FROM meetings_vote v WHERE v.ballot_id = b.id)
                      > (SELECT COUNT(*) FROM meetings_agendaitem i JOIN meetings_meeting m ON m.id = i.meeting_id
                         JOIN meetings_seat t ON t.body_id = m.body_id AND t.votes
                         WHERE i.id = r.item_id AND t.from_on <= m.held_on
                           AND (t.until_on IS NULL OR t.until_on >= m.held_on)))
      AND NOT EXISTS (SELECT 1 FROM enforcement_objection o
                      WHERE o.case_id = x.case_id AND o.suspensive AND o.outcome = '')
      AND NOT EXISTS (SELECT 1 FROM enforcement_stay y
                      WHERE y.case_id = x.case_id AND y.ordered_on <= %(day)s
                        AND (y.ended_on IS NULL OR y.ended_on > %(day)s)))
  AND NOT EXISTS (
    SELECT 1 FROM enforcement_interimorder i
    WHERE i.licence_id = s.licence_id AND i.from_on <= %(day)s AND i.until_on >= %(day)s
      AND {days_of_the_order} <= i.most_days)
"""
DIALECT = {
    "sqlite": {
        "a_fortnight_before_decision": "date(x.decided_on, '-13 days')",
        "days_of_the_order": "julianday(i.until_on) - julianday(i.from_on) + 1",
    },
    "postgresql": {
        "a_fortnight_before_decision": "x.decided_on - 13",
        "days_of_the_order": "i.until_on - i.from_on + 1",
    },
}


def without_due_process(day):
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_DUE_PROCESS.format(**DIALECT[connection.vendor]), {"day": day})
        return cursor.fetchone()[0]


def as_text(day, vendor):
    """The query about a day, for a database of a kind."""
    return (WITHOUT_DUE_PROCESS % {"day": f"'{day.isoformat()}'"}).format(**DIALECT[vendor])
