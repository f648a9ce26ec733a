"""Run `pishkhan` and kill it, as a power cut would, at its so many-eth change on a disk or on a database server."""

import os
import signal
import sys
from itertools import count

from pishkhan.site.command_line.cli import main
from pishkhan.site.keeping import durable
from pishkhan.site.keeping.databases import postgres

moment = int(sys.argv.pop(1))
calls = count(1)


def counted(place, name):
    """Count the calls of a function, and die before the one that is the moment."""
    kept = getattr(place, name)

    def counting(*told, **more):
        if next(calls) == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return kept(*told, **more)

    setattr(place, name, counting)


for place, name in (
    (os, "replace"),
    (os, "link"),
    (os, "unlink"),
    (durable, "copy"),
    (durable, "sync_folder"),
    (postgres, "create"),
    (postgres, "drop"),
    (postgres, "load"),
    (postgres, "dump"),
    (postgres, "put_in_place"),
):
    counted(place, name)
sys.exit(main())
