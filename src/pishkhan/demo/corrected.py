"""The demo's correction of the register: what was seen on a visit to correct an address, looked at by two experts."""

from collections.abc import Iterator
from random import Random

from pishkhan.casework.selectors import open_about
from pishkhan.inspections.models import Visit
from pishkhan.licensing.licences.licence_requests import open_matter
from pishkhan.offices.models import Licence, Office, Tenure
from pishkhan.offices.selectors import active_offices, premises_of

from .acting import Acting
from .stage.names import a_postal_code
from .stage.setting import Scene

CORRECTED = "{address}، طبقهٔ همکف"  # what stood on the register named no floor
WAITS = 2  # working days until another expert looks


class Corrected(Acting):
    """The correction of one office, the first of those visited for their address of which nothing else is asked."""

    def __init__(self, office: Office, scene: Scene, seed: int) -> None:
        super().__init__(office.division, scene, Random(f"{seed}:correction"))  # noqa: S311
        self.office = office

    def lived(self) -> Iterator[int]:
        """Proposed by one expert, entered by another."""
        cast, licence = self.scene.cast, Licence.objects.get(office=self.office)
        self.case = self.scene.do(open_matter, "correction", licence, by=cast.expert)
        self._take("describe", cast.expert, self._as_seen(licence))
        self._take("propose", cast.expert)
        yield WAITS
        self._take("correct", cast.second_expert)

    def _as_seen(self, licence: Licence) -> dict[str, object]:
        """The premises as the inspector saw them: true since the licence began."""
        there = premises_of([self.office], self.scene.watch.day)[self.office.pk]
        return {
            "address": CORRECTED.format(address=there.address),
            "postal_code": a_postal_code(self._draw),
            "area": there.area,
            "tenure": there.tenure,
            "lease_years": 5 if there.tenure == Tenure.LEASE else None,
            "lat": there.lat,
            "lon": there.lon,
            "from_on": licence.valid_from.isoformat(),
        }


def correction(scene: Scene, seed: int) -> Iterator[int]:
    """Correct what the first visit to correct an address has shown; nothing, where there was none."""
    day = scene.watch.day
    seen = Visit.objects.filter(
        purpose=Visit.Purpose.ADDRESS_CORRECTION,
        state=Visit.State.ACCEPTED,
        office__in=active_offices(day),
    )
    for visit in seen.select_related("office__division").order_by("visited_on", "pk"):
        if visit.office and visit.office.licences.count() == 1 and not open_about(visit.office.subject).exists():
            yield from Corrected(visit.office, scene, seed).lived()
            return
