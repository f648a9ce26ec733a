"""Python from a process that has loaded what others wrote: each run is a process of its own, forked from it.

What is ours is read anew by each, its settings too; a start from nothing takes three times as long. One such process
serves a process of tests, and ends with it.
"""

import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import warnings
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

# What most commands load, and what loads without settings.
OF_OTHERS = """allauth.utils asgiref.sync cbor2 concurrent.futures cryptography.fernet cryptography.x509 dateutil.tz
    cryptography.hazmat.primitives.asymmetric.ed25519 dj_database_url django.contrib.auth.hashers django.core.mail
    django.core.cache.backends.locmem django.core.files.storage django.core.management django.core.serializers.json
    django.core.servers.basehttp django.db.backends.postgresql.base django.db.backends.sqlite3.base django.forms
    django.db.migrations.executor django.shortcuts django.template.defaulttags django.template.loader django.urls
    django.views.generic django.views.static environs fido2.server icalendar markdown_it msgspec numpy openpyxl osmium
    persiantools.jdatetime pikepdf PIL.Image PIL.ImageOps psycopg psycopg.rows pydantic pydantic.networks pyvrp qrcode
    rich.console rich.progress scipy.optimize scipy.sparse scipy.spatial segno typst unittest.mock uuid6 vrplib
    xml.dom.minidom yaml"""
FILTERS = "default"  # of warnings: with which Python would start


class Started:
    """Python running with arguments, on streams that are given: input, output, errors."""

    def __init__(self, command, *, env, streams, cwd=None):
        if env.get("PYTHONWARNINGS") != FILTERS:
            raise ValueError("Python reads how to warn when it starts")
        self._command, self._asking = command, socket.socket(socket.AF_UNIX)
        self._asking.connect(_started(os.getpid()))
        with tempfile.TemporaryFile() as wanted:
            wanted.write(json.dumps({"arguments": command[1:], "env": env, "folder": str(cwd or Path.cwd())}).encode())
            wanted.seek(0)
            socket.send_fds(self._asking, [b"."], [file.fileno() for file in (wanted, *streams)])
        self._answers = self._asking.makefile()
        self._child = int(self._answers.readline())

    def wait(self, timeout=300):
        """How it ended, as `subprocess` says it."""
        self._asking.settimeout(timeout)
        try:
            return int(self._answers.readline())
        except TimeoutError:
            os.kill(self._child, signal.SIGKILL)
            raise subprocess.TimeoutExpired(self._command, timeout) from None
        finally:
            self._answers.close()
            self._asking.close()


def run(command, *, env, cwd=None, check=False):
    """Run Python with arguments, as `subprocess.run` does, and take what it says on its two streams."""
    with open(os.devnull) as nothing, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        status = Started(command, env=env, cwd=cwd, streams=(nothing, out, err)).wait()
        done = subprocess.CompletedProcess(command, status, *(_text(file) for file in (out, err)))
    if check:
        done.check_returncode()
    return done


def _text(file):
    file.seek(0)
    return file.read().decode()


@cache
def _started(pid):
    folder = tempfile.TemporaryDirectory(prefix="pishkhan-forking-")
    place = str(Path(folder.name) / "socket")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PISHKHAN_", "DJANGO_"))}
    process = subprocess.Popen(
        [sys.executable, __file__, place],
        env=env | {"PYTHONWARNINGS": FILTERS},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    process.stdout.readline()

    def end():
        if os.getpid() == pid:
            process.stdin.close()
            process.wait(60)
            process.stdout.close()
            folder.cleanup()

    atexit.register(end)
    return place


def main():
    """Serve until whoever started it is gone; a fork comes back from it with what it is to run."""
    wanted = _serve(sys.argv[1])
    if wanted:
        _become(**wanted)


def _serve(place):
    with warnings.catch_warnings():
        for name in OF_OTHERS.split():
            import_module(name)
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(place)
        listening.listen()
        sys.stdout.write("\n")
        sys.stdout.flush()
        while True:
            ready = select.select([listening, sys.stdin], [], [], 1.0)[0]
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if sys.stdin in ready:
                return None
            if listening in ready:
                asking = listening.accept()[0]
                with asking:
                    if os.fork() == 0:
                        listening.close()
                        return _forked(asking)


def _forked(asking):
    """In a process between: start the one that is asked for, and say how it ends. It alone comes back from here."""
    _, (data, *streams), *_ = socket.recv_fds(asking, 1, 4)
    child = os.fork()
    if child:
        for stream in streams:
            os.close(stream)
        with asking.makefile("w") as answers, suppress(BrokenPipeError):
            answers.write(f"{child}\n")
            answers.flush()
            answers.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
            answers.flush()
        os._exit(0)
    asking.close()
    with open(data) as file:
        wanted = json.load(file)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    return wanted


def _become(arguments, env, folder):
    """Be what Python would be that is started with the arguments."""
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    first, *rest = arguments
    if first == "-m":
        name, *rest = rest
        sys.argv, sys.path[0] = [name, *rest], folder
        runpy.run_module(name, run_name="__main__", alter_sys=True)
    elif first == "-c":
        code, *rest = rest
        sys.argv, sys.path[0] = ["-c", *rest], ""
        exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102  what a test says
    else:
        sys.argv, sys.path[0] = [first, *rest], str(Path(first).parent)
        runpy.run_path(first, run_name="__main__")


if __name__ == "__main__":
    main()
