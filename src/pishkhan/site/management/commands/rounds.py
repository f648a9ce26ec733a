"""Choose, route, explain and check rounds of visits; read the roads of a region."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.geography.models import Division
from pishkhan.journal.clock import today
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import NotADay, jalali, parse_day
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import active_offices
from pishkhan.people.models import Account
from pishkhan.rounds.choosing.explaining import explained
from pishkhan.rounds.models import Plan, Roads, Stop
from pishkhan.rounds.plans import check_plan
from pishkhan.rounds.routing.roads import read_roads
from pishkhan.rounds.selectors import ranked
from pishkhan.rounds.services import open_plan, route_waiting
from pishkhan.site.command_line.arguments import number
from pishkhan.site.command_line.importing import refusals_in_words

NOBODY = Text("در {code} در {day} هیچ دفتر فعالی نیست.", "No office is active in {code} on {day}.")


class Command(BaseCommand):
    help = "Rounds of visits. Days are Jalali or Gregorian."

    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_subparsers(dest="what", required=True, metavar="choose|plan|explain|check|roads")
        choose = asked.add_parser("choose", help="list the offices of a region by their scores, the highest first")
        choose.add_argument("--place", required=True, metavar="CODE")
        choose.add_argument("--on", metavar="DATE")
        choose.add_argument("--first", type=number(1), default=25, metavar="N")
        plan = asked.add_parser("plan", help="choose and route a plan on behalf of an expert")
        plan.add_argument("--place", required=True, metavar="CODE")
        plan.add_argument("--from", dest="first_on", required=True, metavar="DATE")
        plan.add_argument("--to", dest="last_on", required=True, metavar="DATE")
        plan.add_argument("--visits", type=number(1), required=True, metavar="N")
        plan.add_argument("--by", required=True, metavar="ACCOUNT", help="the expert's account")
        plan.add_argument("--inspector", action="append", required=True, metavar="ACCOUNT", help="again for each")
        plan.add_argument("--seed", default="", help="of the draw (default: a fresh one)")
        plan.add_argument("--roads", metavar="NAME", help="roads that were read in")
        explain = asked.add_parser("explain", help="say why an office would be visited")
        explain.add_argument("office", metavar="OFFICE")
        explain.add_argument("--on", metavar="DATE")
        explain.add_argument("--json", action="store_true")
        check = asked.add_parser("check", help="check a plan in plain loops; exit code 1 if anything is broken")
        check.add_argument("plan", metavar="PLAN")
        roads = asked.add_parser("roads", help="read the roads of a region: an OpenStreetMap file or a matrix")
        roads.add_argument("file", metavar="FILE")
        roads.add_argument("--place", required=True, metavar="CODE")
        roads.add_argument("--name", required=True)
        for each in (choose, plan, explain, check, roads):
            each.add_argument("--lang", choices=["fa", "en"], default="fa")

    def handle(self, *args: Any, what: str, lang: str, **told: Any) -> None:
        with refusals_in_words(lang):
            getattr(self, f"_{what}")(lang=lang, **told)

    def _choose(self, place: str, on: str | None, first: int, lang: str, **told: Any) -> None:
        day, division = _day(on), _division(place)
        rows = ranked(division.code, day, active_offices(day))[:first]
        if not rows:
            self.stderr.write(NOBODY.filled(code=division.code, day=day).to(lang))
        for office, score in rows:
            reasons = "; ".join(each.said.to(lang) for each in score.reasons)
            self.stdout.write(f"{office.code}\t{score.points}\t{reasons}")

    def _plan(
        self,
        place: str,
        first_on: str,
        last_on: str,
        visits: int,
        by: str,
        inspector: list[str],
        seed: str,
        roads: str | None,
        **told: Any,
    ) -> None:
        division = _division(place)
        found = Roads.objects.filter(name=roads).order_by("-pk").first() if roads else None
        if roads and found is None:
            raise CommandError(f"No roads were read in under the name {roads}.")
        people = {
            each.username: each.person
            for each in Account.objects.filter(username__in=[by, *inspector]).select_related("person")
        }
        if missing := {by, *inspector} - set(people):
            raise CommandError(f"There is no account {', '.join(sorted(missing))}.")
        plan = open_plan(
            division,
            first_on=_day(first_on),
            last_on=_day(last_on),
            wanted=visits,
            by=people[by],
            inspectors=[people[each] for each in inspector],
            seed=seed,
            roads=found,
        )
        while plan.state == Plan.State.WAITING:
            route_waiting()
            plan.refresh_from_db()
        self._told(plan)

    def _told(self, plan: Plan) -> None:
        served = plan.stops.filter(shift__isnull=False).select_related("shift", "office", "visit__case")
        km, hours = (plan.metres or 0) / 1000, (plan.seconds or 0) / 3600
        count = f"{served.count()}/{plan.stops.count()}"
        self.stdout.write(f"{plan.number}\t{plan.state}\t{count}\t{km:.1f} km\t{hours:.1f} h")
        for stop in served.order_by("shift__day", "shift__inspector", "position"):
            if stop.shift is not None:
                self.stdout.write(
                    f"{jalali(stop.shift.day)}\tperson:{stop.shift.inspector_id}\t{stop.position}\t"
                    f"{stop.begins_at:%H:%M}\t{_code(stop)}\t{stop.why}"
                )

    def _explain(self, office: str, on: str | None, lang: str, **told: Any) -> None:
        found = Office.objects.filter(code=ascii_digits(office).strip()).first()
        if found is None:
            raise CommandError(f"There is no office {office}.")
        why = explained(found, _day(on), lang)
        if told["json"]:
            self.stdout.write(json.dumps(why, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{why['office']}\t{why['score']}")
        for part in why["parts"]:
            reckoned = f"{part['points']}\t= {part['weight']} × {part['measure']}"
            self.stdout.write(f"{reckoned}\t{part['name']}\t{part['said']}")

    def _check(self, plan: str, **told: Any) -> None:
        found = Plan.objects.filter(number=ascii_digits(plan).strip()).first()
        if found is None:
            raise CommandError(f"There is no plan {plan}.")
        broken = check_plan(found)
        for each in broken:
            self.stderr.write(f"{each.violation}\tshift {each.turn}\tvisit {each.task}")
        if broken:
            sys.exit(1)
        self.stdout.write("All constraints hold.")

    def _roads(self, file: str, place: str, name: str, **told: Any) -> None:
        path, division = Path(file), _division(place)
        if not path.is_file():
            raise CommandError(f"There is no file {file}.")
        row = read_roads(path, division=division, name=name)
        self.stdout.write(f"{row.kind}\t{row.name}\t{row.digest}")


def _division(code: str) -> Division:
    found = Division.objects.filter(code=ascii_digits(code).strip()).first()
    if found is None:
        raise CommandError(f"There is no place of code {code}.")
    return found


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        return parse_day(text)
    except NotADay as wrong:
        raise CommandError(wrong.text.en) from None


def _code(stop: Stop) -> str:
    if stop.office is not None:
        return stop.office.code
    return stop.visit.case.number if stop.visit is not None and stop.visit.case is not None else ""
