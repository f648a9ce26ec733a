"""The sheet that an office hangs up: its QR code by which anybody complains about it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from pishkhan.geography.selectors import place_name
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.offices.credential import address_of
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import names_of
from pishkhan.people.access import everybody
from pishkhan.people.web.request_context import language
from pishkhan.register.qr import qr_code

TO_COMPLAIN = Text("رمزینهٔ شکایت از دفتر {code}", "Code to complain about office {code}")


@everybody
def complaint_sign(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet to print, for the complaint board of an office (item 16 of the checklist)."""
    office = Office.objects.select_related("division").filter(code=code).first()
    if office is None:
        raise Http404
    address = address_of(f"{reverse('new_complaint')}?{urlencode({'office': office.code})}")
    return render(
        request,
        "site/complaint_sign.html",
        {
            "office": office,
            "name": names_of([office], today()).get(office.pk, ""),
            "place": place_name(office.division_id, language()),
            "address": address,
            "code": qr_code(address, TO_COMPLAIN.filled(code=office.code).to(language())),
        },
    )
