"""Make pictures of every page of this database: Persian on a desk and on a phone, English on a desk."""

import sys
from argparse import ArgumentParser

from .ready import make_ready, open_database

make_ready()

from django.conf import settings  # noqa: E402  the house stands ready first

from pishkhan.site.arguments import a_path  # noqa: E402

from .browser import chosen_pictures, pictured  # noqa: E402


def main() -> int:
    """Make the pictures, and say how many there are."""
    parser = ArgumentParser(prog="python -m devtools.pictures", description=__doc__)
    parser.add_argument("--into", type=a_path, default=settings.VAR / "pictures")
    parser.add_argument("--readme", action="store_true", help="only the eight of the README")
    options = parser.parse_args()
    open_database()
    made = list((chosen_pictures if options.readme else pictured)(options.into))
    sys.stdout.write(f"{len(made)} pictures in {options.into}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
