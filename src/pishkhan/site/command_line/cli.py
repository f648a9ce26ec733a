"""The command `pishkhan`: what it can do, what each command needs of the database, and the day at which that stands."""

import os
import sys
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from functools import partial
from typing import Any, NamedTuple

from pishkhan.credentials import command


class Needs(Enum):
    """What a command needs of the database before it begins."""

    NONE = auto()  # it asks none
    ANY = auto()  # whatever there is: it makes the tables, or says itself what is wrong with them
    CURRENT = auto()  # the tables of this very version


class Command(NamedTuple):
    """What a command does, and what it needs of the database; with an option, something else."""

    purpose: str
    needs: Needs = Needs.CURRENT
    option: str = ""
    with_option: Needs = Needs.CURRENT


COMMANDS = {
    "init": Command("start an empty province with an administrator", Needs.ANY),
    "appoint": Command("fill a vacant directorship or replace a lost administrator, by letter"),
    "second-half": Command("print the second half of a letter with a code, where nobody else can"),
    "demo": Command("load Lorestan and play its half year, then serve it", Needs.ANY),
    "simulate": Command("put many offices and cases beside a demo's own, to measure with"),
    "serve": Command("run web, worker and clock together on this machine"),
    "web": Command("serve pages and the API"),
    "worker": Command("send what waits in the outbox, and route plans of rounds"),
    "clock": Command("take the steps that fall due, and seal the journal"),
    "rounds": Command("choose and route rounds of visits, explain and check them"),
    "bulletin": Command("print the figures of a period"),
    "documents": Command(
        "make documents again, and compare them with what went out", Needs.CURRENT, "record", Needs.NONE
    ),
    "geography": Command("import divisions, people and points"),
    "exchange": Command("send packages to the issuer and the inquiry bodies, and take in answers"),
    "payments": Command("take in a bank's file"),
    "calendar": Command("take in a list of days off, or say which days of a year are"),
    "instruments": Command("import instruments of the law with their articles"),
    "register": Command("import offices that exist already"),
    "machines": Command("import the ATMs and booths of banks"),
    "verify-journal": Command("prove that the journal is whole"),
    "formats": Command("print in which form the journal seals each table", Needs.NONE),
    "check": Command("say what is wrong with this deployment", Needs.ANY),
    "verify-licence": Command("say whether a licence holds, from files alone", Needs.NONE),
    "keys": Command("list, rotate, withdraw or publish the keys that sign licences; renew that of sessions"),
    "manual": Command("write the manual of every procedure from its declaration", Needs.NONE),
    "backup": Command("back up database, papers and keys, and prove the backup", Needs.NONE),
    "restore": Command("put a backup in place, or rehearse it", Needs.NONE),
    "upgrade": Command("back up, bring the database up to this version and verify, or leave it as it was", Needs.NONE),
    "move-database": Command("carry everything to an empty database of either engine", Needs.NONE),
    "migrate": Command("make the tables of an empty database", Needs.ANY),
}
SIGN_SESSIONS = ("serve", "web", "demo")


def main() -> int:
    """Run a command; its exit status is 0 when all is well, and whatever else happens is said in a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pishkhan.site.configuration.settings")
    if sys.argv[1:2] == ["verify-licence"]:
        return _verify_licence(sys.argv[2:])
    from .failures import ended

    return ended(lambda: _run(sys.argv[1:]))


def _verify_licence(arguments: Sequence[str]) -> int:
    """No database, no settings, and no Django unless something went wrong."""
    try:
        return command.main(list(arguments))
    except BaseException as error:  # whatever it is, it is said as it is of every command
        from .failures import ended

        return ended(partial(_fail, error))


def _fail(error: BaseException) -> int:
    raise error


def _run(arguments: Sequence[str]) -> int:
    from .failures import MISUSED, REFUSED

    name, *rest = arguments or ["--help"]
    if name in ("-h", "--help", "help") and not rest:
        sys.stdout.write(_usage())
        return 0
    if name not in COMMANDS:
        sys.stderr.write(f"pishkhan: there is no command '{name}'.\n\n{_usage()}")
        return MISUSED
    from pishkhan.site.keeping import command as keeping
    from pishkhan.site.keeping import running

    if name in keeping.DEEDS:  # no settings: keys or database may be lost
        return keeping.main(name, rest)
    if refused := running.begun(name):
        sys.stderr.write(refused)
        return REFUSED
    return _run_with_settings(name, rest)


def _run_with_settings(name: str, arguments: Sequence[str]) -> int:
    """What Django's own runner does, but that failures rise to `ended`, and the database is looked at in between."""
    import django
    from django.core.management import get_commands, load_command_class
    from django.db import connections

    from .failures import TRACEBACK

    django.setup()
    module = name.replace("-", "_")
    command = load_command_class(get_commands()[module], module)
    command._called_from_command_line = True  # type: ignore[attr-defined]  # wrong use then ends in status 2
    options = vars(command.create_parser("pishkhan", name).parse_args(arguments))
    if options["traceback"]:
        os.environ[TRACEBACK] = "1"
    try:
        _look_at_database(name, _needs(name, options))
        command.execute(*options.pop("args", ()), **options)
    finally:
        connections.close_all()
    return 0


def _needs(name: str, options: Mapping[str, Any]) -> Needs:
    command = COMMANDS[name]
    return command.with_option if options.get(command.option) else command.needs


def _look_at_database(name: str, needs: Needs) -> None:
    """Refuse a database of another version, or of another key, where that matters; stand at the day of a demo's."""
    from django.core.management import CommandError

    from pishkhan.site.operations.deployment import keep_its_day
    from pishkhan.site.operations.health import said_at_start
    from pishkhan.site.operations.schema import misfit
    from pishkhan.site.operations.starting import ask_keys

    if needs is Needs.NONE:
        return
    if needs is Needs.CURRENT and (wrong := misfit()):
        raise CommandError(wrong.en)
    if name != "check":  # which says itself what is wrong with them
        ask_keys(for_sessions=name in SIGN_SESSIONS)
    keep_its_day()
    for warning in said_at_start() if name == "web" else ():
        sys.stderr.write(f"warning: {warning.fa}\nwarning: {warning.en}\n")


def _usage() -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{command.purpose}" for name, command in COMMANDS.items()]
    return "\n".join(["pishkhan COMMAND [OPTIONS]    (pishkhan COMMAND --help says more)", "", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
