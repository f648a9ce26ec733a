"""The addresses of the house."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from pishkhan.accounts import public_pages as public_accounts
from pishkhan.accounts import staff_pages as accounts
from pishkhan.accounts.second_factor import holder_pages as second_factor
from pishkhan.casework import pages as cases
from pishkhan.casework import staff_pages as staff_cases
from pishkhan.complaints.pages import holder_pages as asked_complaints
from pishkhan.complaints.pages import public_pages as public_complaints
from pishkhan.complaints.pages import staff_pages as complaints
from pishkhan.counter import public_pages as public_services
from pishkhan.counter import staff_pages as counter
from pishkhan.enforcement import pages as enforcement
from pishkhan.enforcement.reports import pages as report_pages
from pishkhan.exchange import pages as exchange
from pishkhan.inspections.checklists import public_pages as public_visits
from pishkhan.inspections.checklists import staff_pages as checklists
from pishkhan.inspections.field import handed_in_pages as handed_in
from pishkhan.inspections.field import public_pages as phone
from pishkhan.inspections.field import staff_pages as field_pages
from pishkhan.inspections.lists import where_pages as visit_lists
from pishkhan.inspections.machines import pages as machines
from pishkhan.inspections.objections import holder_pages as objections
from pishkhan.inspections.objections import staff_pages as staff_objections
from pishkhan.inspections.visits import pages as visits
from pishkhan.letters import pages as letters
from pishkhan.licensing.calls import pages as licensing
from pishkhan.licensing.calls import public_pages as public_calls
from pishkhan.licensing.calls import staff_pages as staff_calls
from pishkhan.licensing.licences import extract_pages as extracts
from pishkhan.licensing.licences import request_pages as matter_pages
from pishkhan.meetings import pages as meetings
from pishkhan.meetings.bodies import pages as bodies
from pishkhan.meetings.bodies import seat_pages as seats
from pishkhan.meetings.course import pages as course
from pishkhan.meetings.minutes import pages as minutes
from pishkhan.notices import pages as notices
from pishkhan.offices import pages as offices
from pishkhan.offices.undertakings import pages as undertakings
from pishkhan.offices.undertakings import staff_pages as staff_undertakings
from pishkhan.payments import holder_pages as my_payments
from pishkhan.payments import staff_pages as payments
from pishkhan.people import staff_pages as people
from pishkhan.people.access import everybody
from pishkhan.people.appointments import pages as appointments
from pishkhan.people.need_to_know import staff_pages as identity
from pishkhan.register import pages as licences
from pishkhan.rounds import pages as rounds
from pishkhan.rounds.selection import evaluation_pages as round_evaluation
from pishkhan.rounds.selection import holder_pages as my_reasons
from pishkhan.rounds.selection import public_pages as public_rounds
from pishkhan.rounds.selection import staff_pages as round_reasons
from pishkhan.rounds.shifts import public_pages as feeds
from pishkhan.rounds.shifts import staff_pages as shifts
from pishkhan.site.api import api
from pishkhan.site.item_files import pages as item_files
from pishkhan.site.law import calendar_pages, instrument_pages
from pishkhan.site.law import pages as regulation_pages
from pishkhan.site.pages import (
    case_page,
    complaint_sign,
    joining,
    my_office,
    reading,
    round_page,
    search_page,
    system_pages,
    uploading,
)
from pishkhan.site.pages import urls as pages
from pishkhan.site.pages.today import mine, today
from pishkhan.site.pages.undertaking_page import undertaking
from pishkhan.site.provinces import pages as provinces

handler400 = "pishkhan.site.api.unreadable"
handler404 = "pishkhan.site.pages.urls.not_found"
handler429 = "pishkhan.site.pages.urls.too_many"
handler500 = "pishkhan.site.pages.urls.broken"
FOR_EVERYBODY = [
    path("", search_page.find, name="home"),
    path("offices/<str:code>/", search_page.office, name="office"),
    path("offices/<str:code>/complaint-sheet/", complaint_sign.complaint_sign, name="complaint_sign"),
    path("complaints/new/", public_complaints.new_complaint, name="new_complaint"),
    path("complaints/track/", public_complaints.track_complaint, name="track_complaint"),
    path("services/", public_services.services, name="services"),
    path("services/<slug:code>/", public_services.service, name="service"),
    path("calls/", public_calls.calls, name="calls"),
    path("calls/fit/", public_calls.eligibility, name="eligibility"),
    path("account/code/", public_accounts.by_code, name="account_code"),
    path("account/forgotten/", public_accounts.forgotten, name="account_reset_password"),
    path("join/", joining.join, name="account_signup"),
    path("track/", case_page.track, name="track"),
    path("verify/", licences.verify, name="verify_licence"),
    path("draws/", public_rounds.draws, name="draws"),
    path("draws/<str:number>/", public_rounds.draw, name="draw"),
    path("figures/", pages.figures, name="figures"),
    path("sanctions/", pages.sanctions, name="sanctions"),
    path("law/", pages.law, name="law"),
    path("checklists/", public_visits.checklists, name="checklists"),
    path("decisions/", reading.decisions, name="decisions"),
    path("glossary/", reading.glossary, name="glossary"),
    path("methods/", reading.methods, name="methods"),
    path("methods/<slug:name>/", reading.method, name="method"),
    path("about/", reading.about, name="about"),
    path("accessibility/", reading.accessibility, name="accessibility"),
    path("privacy/", reading.privacy, name="privacy"),
    path("language/", everybody(set_language), name="set_language"),
]
FOR_APPLICANTS = [
    path("mine/", mine, name="mine"),
    path("my-office/", my_office.my_offices, name="my_offices"),
    path("my-office/complaints/<uuid:key>/", asked_complaints.complaint_to_answer, name="asked_complaint"),
    path("my-office/<str:code>/", my_office.my_office, name="my_office"),
    path("my-visits/<uuid:key>/", objections.my_visit, name="my_visit"),
    path("my-visits/<uuid:key>/object/", objections.object_page, name="object"),
    path("my-visits/<uuid:key>/objection/taking-back/", objections.take_back_page, name="take_objection_back"),
    path("my-visits/<uuid:key>/objection/<int:file>/", objections.objection_file, name="objection_file"),
    path("my-office/<str:code>/reasons/", my_reasons.reasons, name="reasons"),
    path("matters/<str:code>/", matter_pages.matters, name="matters"),
    path("undertakings/<int:key>/", undertaking, name="undertaking"),
    path("undertakings/<int:key>/proof/", undertakings.proof, name="proof"),
    path("undertakings/<int:key>/<slug:name>/", undertakings.undertaking_act, name="undertaking_act"),
    path("calls/<int:key>/begin/", licensing.begin, name="begin"),
    path("upload/", uploading.upload, name="upload"),
    path("account/second-factor/", second_factor.second_factor, name="mfa_index"),
    path("account/second-factor/totp/activate/", second_factor.turn_on, name="mfa_activate_totp"),
    path("account/second-factor/totp/deactivate/", second_factor.turn_second_factor_off, name="mfa_deactivate_totp"),
    path("account/second-factor/recovery-codes/", second_factor.list_of_codes, name="mfa_view_recovery_codes"),
    path("letters/<str:number>/<slug:edition>/", letters.letter, name="letter"),
    path("receipts/<str:number>/<int:entry>/", my_payments.receipt, name="receipt"),
]
AT_WORK = [
    path("today/", today, name="today"),
    path("cases/", staff_cases.cases, name="cases"),
    path("cases/<str:number>/", case_page.case, name="case"),
    path("cases/<str:number>/papers/<slug:kind>/", cases.document, name="document"),
    path("cases/<str:number>/waiver/", staff_cases.waive, name="waive"),
    path("cases/<str:number>/steps/<slug:name>/", cases.take, name="step"),
    path("calls/new/", staff_calls.call, name="new_call"),
    path("calls/<int:key>/withdrawal/", staff_calls.withdraw, name="withdraw_call"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/seats/<int:key>/members/", seats.propose, name="propose_seat"),
    path("bodies/proposals/<int:key>/", seats.seat_proposal, name="seat_proposal"),
    path("bodies/proposals/<int:key>/scan/", seats.scan, name="seat_scan"),
    path("meetings/<str:number>/", meetings.meeting, name="meeting"),
    path("meetings/<str:number>/items/<int:position>/", item_files.item_file, name="item_file"),
    path("meetings/<str:number>/items/<int:position>/papers/<slug:kind>/", item_files.item_paper, name="item_paper"),
    path("meetings/<str:number>/items/<int:position>/photos/<uuid:key>/", item_files.item_photo, name="item_photo"),
    path("meetings/<str:number>/live/", meetings.live, name="meeting_live"),
    path("meetings/<str:number>/minutes/<slug:edition>.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path("meetings/<str:number>/minutes/<slug:name>/", minutes.minutes_change, name="minutes_change"),
    path("meetings/<str:number>/change/<slug:name>/", course.meeting_change, name="meeting_change"),
    path("meetings/<str:number>/<slug:name>/", meetings.act, name="meeting_act"),
    path("field/", field_pages.field, name="field"),
    path("visits/", visits.visits, name="visits"),
    path("visits/handed-in/", handed_in.handed_in, name="handed_in"),
    path("visits/handed-in/<uuid:key>/", handed_in.handed_in_report, name="handed_in_report"),
    path("visits/ask/", visits.ask, name="ask_visit"),
    path("visits/plan/", visit_lists.plan, name="visit_plan"),
    path("visits/last/", visit_lists.unvisited, name="unvisited"),
    path("visits/findings/", visit_lists.findings, name="findings"),
    path("visits/untold/", visit_lists.untold, name="untold"),
    path("visits/objections/", staff_objections.objections, name="objections"),
    path("visits/machines/", machines.machines, name="machines"),
    path("visits/machines/new/", machines.new_machine, name="new_machine"),
    path("visits/machines/import/", machines.import_page, name="import_machines"),
    path("visits/machines/<str:code>/", machines.machine, name="machine"),
    path("visits/machines/<str:code>/<slug:name>/", machines.machine_act, name="machine_act"),
    path("visits/<uuid:key>/", visits.visit, name="visit"),
    path("visits/<uuid:key>/follow/", visit_lists.follow, name="follow"),
    path("visits/<uuid:key>/waiver/", visits.waive_rule, name="waive_visit_rule"),
    path("visits/<uuid:key>/objection/", staff_objections.decide, name="decide_objection"),
    path("visits/<uuid:key>/photos/<uuid:photo>/", visits.photo, name="visit_photo"),
    path("rounds/", rounds.plans, name="rounds"),
    path("rounds/new/", rounds.new_plan, name="new_round"),
    path("rounds/risk/", rounds.risks, name="risks"),
    path("rounds/found/", round_evaluation.risk_results, name="rounds_found"),
    path("rounds/inspectors/", shifts.duties, name="duties"),
    path("rounds/inspectors/<int:key>/", shifts.duty, name="duty"),
    path("rounds/mine/", shifts.my_round, name="my_round"),
    path("rounds/corrections/", round_reasons.corrections, name="corrections"),
    path("rounds/corrections/<int:key>/", round_reasons.correction, name="correction"),
    path("rounds/<str:number>/", round_page.plan, name="round"),
    path("rounds/<str:number>/live/", round_page.plan_live, name="round_live"),
    path("rounds/<str:number>/sheet/", round_page.plan_sheet, name="round_sheet"),
    path("rounds/<str:number>/change/", rounds.change_plan, name="change_round"),
    path("rounds/<str:number>/acts/<slug:name>/", rounds.plan_act, name="round_act"),
    path("visits/checklists/", checklists.editions, name="checklist_editions"),
    path("visits/checklists/new/", checklists.new_edition, name="new_checklist_edition"),
    path("visits/checklists/<slug:code>/", checklists.edition, name="checklist_edition"),
    path("visits/checklists/<slug:code>/phone/", checklists.on_phone, name="checklist_on_phone"),
    path("visits/checklists/<slug:code>/table/", checklists.table, name="checklist_table"),
    path("visits/checklists/<slug:code>/scan/", checklists.scan, name="checklist_scan"),
    path("visits/checklists/<slug:code>/<slug:name>/", checklists.act, name="checklist_act"),
    path("register/", offices.register, name="register"),
    path("register/<str:code>/", offices.history, name="history"),
    path("register/<str:code>/extract/<int:key>/", extracts.extract, name="extract"),
    path("register/<str:code>/counter/", counter.describe, name="describe"),
    path("undertakings/", staff_undertakings.undertakings, name="undertakings"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/enter/", complaints.enter_complaint, name="enter_complaint"),
    path("complaints/<uuid:key>/", complaints.complaint, name="complaint"),
    path("complaints/<uuid:key>/photos/<int:photo>/", complaints.complaint_photo, name="complaint_photo"),
    path("complaints/<uuid:key>/<slug:name>/", complaints.complaint_act, name="complaint_act"),
    path("violations/", enforcement.violations, name="violations"),
    path("violations/report/", enforcement.report_violation, name="report_violation"),
    path("violations/figures/", report_pages.enforcement_report, name="enforcement_report"),
    path("catalogue/", counter.catalogue, name="catalogue"),
    path("catalogue/agencies/new/", counter.new_agency, name="new_agency"),
    path("catalogue/new/", counter.new_service, name="new_service"),
    path("catalogue/<slug:code>/", counter.edit_service, name="edit_service"),
    path("people/", people.people, name="people"),
    path("people/new/", people.enter, name="enter_person"),
    path("people/organisations/new/", people.organise, name="enter_organisation"),
    path("people/<int:key>/", people.person, name="person"),
    path("people/<int:key>/appoint/", appointments.propose, name="propose_appointment"),
    path("provinces/", provinces.provinces, name="provinces"),
    path("provinces/new/", provinces.open_another, name="open_province"),
    path("appointments/", appointments.appointments, name="appointments"),
    path("appointments/<int:key>/", appointments.appointment, name="appointment"),
    path("appointments/<int:key>/scan/", appointments.scan, name="appointment_scan"),
    path("people/<int:key>/account/", accounts.person_account, name="person_account"),
    path("account-letters/", accounts.account_letters, name="account_letters"),
    path("people/<int:key>/national-id/", identity.national_id, name="national_id"),
    path("regulation/", regulation_pages.regulation, name="regulation"),
    path("regulation/new/", regulation_pages.new_number, name="new_number"),
    path("regulation/adopt/", regulation_pages.adopt_numbers, name="adopt_numbers"),
    path("regulation/<int:key>/adopt/", regulation_pages.adopt_number, name="adopt_number"),
    path("regulation/holidays/new/", calendar_pages.new_holiday, name="new_holiday"),
    path("regulation/holidays/import/", calendar_pages.import_holidays, name="import_holidays"),
    path("regulation/holidays/confirm/", calendar_pages.confirm, name="confirm_holiday"),
    path("regulation/holidays/withdraw/", calendar_pages.withdraw_ruled, name="withdraw_ruled"),
    path("regulation/holidays/<int:key>/withdraw/", calendar_pages.withdraw, name="withdraw_holiday"),
    path("regulation/instruments/", instrument_pages.instruments, name="instruments"),
    path("regulation/instruments/new/", instrument_pages.new_instrument, name="new_instrument"),
    path("regulation/instruments/import/", instrument_pages.import_page, name="import_instruments"),
    path("regulation/instruments/<slug:code>/", instrument_pages.instrument, name="instrument"),
    path("regulation/instruments/<slug:code>/correct/", instrument_pages.correct, name="correct_instrument"),
    path("regulation/instruments/<slug:code>/article/", instrument_pages.article, name="write_article"),
    path("calendar/", calendar_pages.calendar, name="calendar"),
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange/<int:key>/", exchange.package, name="package"),
    path("exchange/<int:key>/content/", exchange.content, name="package_content"),
    path("exchange/<int:key>/resume/", exchange.resume, name="resume_package"),
    path("payments/", payments.payments, name="payments"),
    path("payments/files/new/", payments.import_file, name="import_bank_file"),
    path("payments/files/<int:key>/", payments.bank_file, name="bank_file"),
    path("payments/rows/<int:key>/", payments.settle, name="settle"),
    path("payments/rows/<int:key>/return/", payments.repaid, name="repaid"),
    path("payments/notes/", payments.demand_notes, name="demand_notes"),
    path("served/", notices.legal_notices, name="legal_notices"),
    path("served/<uuid:key>/", notices.legal_notice, name="legal_notice"),
    path("served/<uuid:key>/proofs/<int:proof>/", notices.evidence, name="evidence"),
    path("system/notices/", notices.notices, name="notices"),
    path("system/notices/<uuid:key>/again/", notices.again, name="notice_again"),
    path("system/", system_pages.system, name="system"),
    path("system/check/", system_pages.check, name="check"),
    path("system/verify/", system_pages.verify, name="verify"),
    path("system/access/", system_pages.access_log, name="access_log"),
    path("design/", reading.design, name="design"),
]
FOR_PROGRAMS = [
    path("health/", system_pages.health, name="health"),
    path("feeds/<str:secret>.ics", feeds.feed, name="feed"),
    path(".well-known/pishkhan/keys.json", licences.keys, name="keys"),
    path(".well-known/pishkhan/status/<int:number>.cwt", licences.status, name="status_list"),
    path("field/sw.js", phone.worker, name="field_worker"),
    path("field/manifest.webmanifest", phone.manifest, name="field_manifest"),
]
urlpatterns: list[URLPattern | URLResolver | Any] = [
    *FOR_EVERYBODY,
    *FOR_APPLICANTS,
    *AT_WORK,
    *FOR_PROGRAMS,
    path("", include("pishkhan.people.sign_in.urls")),
    path("api/", api.urls),
    path("_allauth/", include("pishkhan.people.urls")),
]
