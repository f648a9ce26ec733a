"""Make pictures of every page of this database: Persian on a desk and on a phone, English on a desk."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from django.conf import settings

from pishkhan.site.command_line.arguments import a_path

from .browser import chosen_pictures, pictured
from .ready import open_database


def main(arguments: Sequence[str]) -> int:
    """Make the pictures, and say how many there are."""
    parser = ArgumentParser(prog="python -m devtools pictures", description=__doc__)
    parser.add_argument("--into", type=a_path, default=settings.VAR / "pictures")
    parser.add_argument("--readme", action="store_true", help="only the eight of the README")
    options = parser.parse_args(arguments)
    open_database()
    made = list((chosen_pictures if options.readme else pictured)(options.into))
    sys.stdout.write(f"{len(made)} pictures in {options.into}\n")
    return 0
