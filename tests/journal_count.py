"""The figures of a bulletin counted again from the journal alone: what was done on which day, in plain loops.

Of what is a state of a day and no act (who serves today), the rows are counted one by one.
"""

import json
from collections import Counter

ORIGINS = {
    "renewal": "renewal",
    "revival": "revival",
    "transfer": "transfer",
    "address-change": "reissue",
    "name-change": "reissue",
    "conversion": "conversion",
}
BODIES = {"WG": "working_group", "VC": "violations_committee"}
SERVING = ("active", "renewal_window", "waived")
ANSWERED = {"uphold": "upheld", "change": "changed", "annul": "annulled", "annul_in_court": "annulled"}


class Journal:
    """The entries of a demo, with the facts by which each is counted."""

    def __init__(self, query):
        self._query = query
        self.cases, self.subjects = {}, {}
        self.entries = []
        for subject, act, day, facts in query("SELECT subject, act, happened_on, facts FROM journal_entry ORDER BY id"):
            facts = facts if isinstance(facts, dict) else json.loads(facts)
            if subject.startswith("case:") and act.endswith(".open"):
                self.cases[subject] = (act.removesuffix(".open"), facts["kind"])
            if act in ("meeting.convene", "visit.request", "office.enter"):
                self.subjects[subject] = facts
            self.entries.append((subject, act, str(day)[:10], facts))

    def figures(self, from_on, to_on):
        """What came to how much from one day to another, both included; what came to nothing is left out."""
        counts = Counter()
        done = [entry for entry in self.entries if from_on <= entry[2] <= to_on]
        for subject, act, _, facts in done:
            for code, by in self._counted(subject, act, facts):
                counts[code, tuple(sorted(by.items()))] += 1
        counts.update(self._visits(from_on, to_on))
        counts.update(self._closed(done))
        counts.update(self._of_licences(from_on, to_on))
        counts.update(self._serving(to_on))
        return {key: count for key, count in counts.items() if count}

    def _counted(self, subject, act, facts):
        name, _, step = act.partition(".")
        procedure, kind = self.cases.get(subject, ("", ""))
        if step == "issue" and name == "new-licence":
            yield "licences.issued", {"kind": kind}
        elif step == "issue" and name in ORIGINS:
            yield "licences.succeeded", {"origin": ORIGINS[name], "kind": kind}
        elif step == ("propose" if name == "correction" else "submit") and procedure not in ("", "violation"):
            yield "cases.submitted", {"procedure": procedure, "kind": kind}
        elif act == "meeting.close":
            yield "meetings.held", {"body": BODIES[self.subjects[subject]["number"][:2]]}
        elif act == "resolution.adopt":
            body = {"body": BODIES[facts["number"][:2]]}
            yield "resolutions.adopted", body
            decided = {"procedure": self.cases[facts["case"]][0], "outcome": facts["outcome"]}
            yield "resolutions.adopted", body | decided
        elif act == "complaint.receive":
            yield "complaints.received", {"complaint": facts["kind"]}
        elif act == "violation.open":
            yield "violations.reported", {}
        elif name == "violation" and step in ANSWERED:
            yield "objections.answered", {"objection": ANSWERED[step]}
        elif act == "licence.waived":
            yield "licences.waived", {}

    def _visits(self, from_on, to_on):
        for subject, act, _, facts in self.entries:
            if act == "visit.submit" and from_on <= facts["visited_on"] <= to_on:
                yield "visits.made", ()
                for purpose in {self.subjects[subject]["purpose"], *facts["further"]}:
                    yield "visits.made", (("purpose", purpose),)

    def _closed(self, done):
        last = {
            subject: (act, facts) for subject, act, _, facts in done if act in ("complaint.close", "complaint.reopen")
        }
        for act, facts in last.values():
            if act == "complaint.close":
                yield "complaints.closed", (("ending", facts["outcome"]),)

    def _of_licences(self, from_on, to_on):
        for _, act, _, facts in self.entries:
            if act == "licence.closed" and from_on <= facts["from_on"] <= to_on:
                yield "licences.closed", ()
            if act == "licence.enter" and from_on <= facts["valid_until"] <= to_on:
                yield "licences.ended", ()
        sanctions = self._query("SELECT final_on, annulled_on FROM enforcement_sanction")
        for final_on, annulled_on in sanctions:
            if final_on and annulled_on is None and from_on <= str(final_on)[:10] <= to_on:
                yield "sanctions.final", ()

    def _serving(self, day):
        rows = self._query(
            "SELECT o.kind, o.id, s.status, s.valid_from, s.valid_to, s.superseded_at FROM offices_licencestatus s "
            "JOIN offices_office o ON o.id = s.office_id"
        )
        serving = {
            (kind, office)
            for kind, office, status, begins, ends, superseded in rows
            if superseded is None
            and status in SERVING
            and str(begins)[:10] <= day
            and (ends is None or day < str(ends)[:10])
        }
        for kind, _ in serving:
            yield "offices.active", (("kind", kind),)


WITHOUT_SORTS = ("violations.reported", "licences.waived", "licences.closed", "licences.ended", "sanctions.final")


def of_bulletin(report):
    """The figures of a bulletin in the same shape: of some only the sum of their sorts."""
    counts = Counter()
    for figure in report["figures"]:
        code, by = figure["code"], figure["by"]
        if code == "visits.same_inspector" or (code == "sanctions.final" and by):
            continue
        counts[code, () if code in WITHOUT_SORTS else tuple(sorted(by.items()))] += figure["value"]
    return {key: count for key, count in counts.items() if count}
