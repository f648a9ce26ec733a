"""`python -m devtools pages` or `pictures`: the house made ready, then the tool that is named."""

import os
import sys
from importlib import import_module

import django

TOOLS = ("pages", "pictures")


def main() -> int:
    """Run a tool in the settings of the house."""
    if sys.argv[1:2] not in [[name] for name in TOOLS]:
        sys.stderr.write(f"python -m devtools {'|'.join(TOOLS)} [OPTIONS]\n")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pishkhan.site.configuration.settings")
    django.setup()
    status: int = import_module(f"devtools.{sys.argv[1]}").main(sys.argv[2:])
    return status


if __name__ == "__main__":
    sys.exit(main())
