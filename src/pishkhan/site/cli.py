"""The command `pishkhan`: what it can do, and the day at which its database stands."""

import os
import sys

from pishkhan.credentials import command

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
    "keys": "list, rotate, withdraw or publish the keys that sign licences",
    "manual": "write the manual of every procedure from its declaration",
    "backup": "back up database, papers and keys, and prove the backup",
    "restore": "put a backup in place, or rehearse it",
    "upgrade": "back up, bring the database up to this version and verify, or leave it as it was",
    "move-database": "carry everything to an empty database of either engine",
    "migrate": "bring the database up to this version",
}


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
    from .keeping import command as keeping
    from .keeping import running

    if name in keeping.DEEDS:  # no settings: keys or database may be lost
        return keeping.main(name, sys.argv[2:])
    if refused := running.begun(name):
        sys.stderr.write(refused)
        return 1
    import django
    from django.core.management import execute_from_command_line

    django.setup()
    from .deployment import keep_its_day

    keep_its_day()
    execute_from_command_line(["pishkhan", name.replace("-", "_"), *sys.argv[2:]])
    return 0


def _usage() -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{purpose}" for name, purpose in COMMANDS.items()]
    return "\n".join(["pishkhan COMMAND [OPTIONS]    (pishkhan COMMAND --help says more)", "", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
