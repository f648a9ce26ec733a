"""The command `pishkhan`: what it can do, and the day at which its database stands."""

import os
import sys

from pishkhan.credentials import command
from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text

from .faults import Misconfigured

COMMANDS = {
    "init": "start an empty province with an administrator",
    "demo": "load Lorestan and play its half year, then serve it",
    "simulate": "put many offices and cases beside a demo's own, to measure with",
    "pages": "look at every page as every role sees it",
    "pictures": "make pictures of every page",
    "serve": "run web, worker and clock together on this machine",
    "web": "serve pages and the API",
    "worker": "send what waits in the outbox, and route plans of rounds",
    "clock": "take the steps that fall due, and seal the journal",
    "rounds": "choose and route rounds of visits, explain and check them",
    "bulletin": "print the figures of a period",
    "documents": "make documents again, and compare them with what went out",
    "geography": "import divisions, people and points",
    "exchange": "send packages to the issuer and the inquiry bodies, and take in answers",
    "payments": "take in a bank's file",
    "register": "import offices that exist already",
    "machines": "import the ATMs and booths of banks",
    "verify-journal": "prove that the journal is whole",
    "check": "say what is wrong with this deployment",
    "verify-licence": "say whether a licence holds, from files alone",
    "keys": "list, rotate, withdraw or publish the keys that sign licences; renew that of sessions",
    "manual": "write the manual of every procedure from its declaration",
    "migrate": "bring the database up to this version",
}
ASK_NO_DATABASE = ("manual", "verify-licence")
SIGN_SESSIONS = ("serve", "web", "demo", "pages", "pictures")


def main() -> int:
    """Run a command; its exit code is 0 when all is well."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pishkhan.site.settings")
    name = sys.argv[1] if len(sys.argv) > 1 else "--help"
    if name in ("-h", "--help", "help") and len(sys.argv) <= 2:
        sys.stdout.write(_usage())
        return 0
    if name not in COMMANDS:
        sys.stderr.write(f"pishkhan: there is no command '{name}'.\n\n{_usage()}")
        return 2
    if name == "verify-licence":  # no database, no settings
        return command.main(sys.argv[2:])
    try:
        return _run(name, sys.argv[2:])
    except Misconfigured as fault:
        return _failed(fault.text)
    except Exception as error:  # whatever a disk or database says is told in words; all else is a defect, and raised
        from pishkhan.journal.storage import refusal_of

        refusal = error if isinstance(error, Refusal) else refusal_of(error)
        if refusal is None:
            raise
        return _failed(refusal.text, because="" if isinstance(error, Refusal) else str(error))


def _failed(text: Text, because: str = "") -> int:
    sys.stderr.write("\n".join([text.fa, text.en, *([because] if because else []), ""]))
    return 1


def _run(name: str, options: list[str]) -> int:
    asks_the_database = name not in ASK_NO_DATABASE and not {"-h", "--help"} & set(options)
    if asks_the_database:
        os.umask(0o077)  # what the house writes is its owner's alone
    import django
    from django.core.management import execute_from_command_line

    django.setup()
    from .deployment import keep_its_day
    from .starting import ask_keys

    if asks_the_database:
        if name != "check":  # which says itself what is wrong with them
            ask_keys(for_sessions=name in SIGN_SESSIONS)
        keep_its_day()
    if asks_the_database and name == "web":
        from .health import said_at_start

        for warning in said_at_start():
            sys.stderr.write(f"warning: {warning.fa}\nwarning: {warning.en}\n")
    execute_from_command_line(["pishkhan", name.replace("-", "_"), *options])
    return 0


def _usage() -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{purpose}" for name, purpose in COMMANDS.items()]
    return "\n".join(["pishkhan COMMAND [OPTIONS]    (pishkhan COMMAND --help says more)", "", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
