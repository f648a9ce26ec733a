"""A run of tests has a folder of its own, keys and papers in it, made before the settings are read.

So nothing is written into that of a deployment in the same checkout, and two runs at once do not meet.
"""

import atexit
import os
import shutil
import tempfile

MINE = "PISHKHAN_TESTS"  # the folder of this run, which the processes of the run find here

if MINE not in os.environ:
    os.environ[MINE] = os.environ["PISHKHAN_VAR"] = tempfile.mkdtemp(prefix="pishkhan-tests-")
    for named in ("PISHKHAN_KEYS", "PISHKHAN_MEDIA"):
        os.environ.pop(named, None)
    atexit.register(shutil.rmtree, os.environ[MINE], ignore_errors=True)
