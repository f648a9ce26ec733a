"""The command `pishkhan` from a process that is warm already: each run is a process of its own, forked from it.

To start Python and Django takes longer than what most commands do. Whoever has many to run runs them here.
"""

import json
import os
import subprocess
import sys
import tempfile


class Warm:
    """The command on a deployment, with its environment as it is now."""

    def __init__(self, deployed):
        self._process = subprocess.Popen(
            [sys.executable, __file__], env=deployed.env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def run(self, *arguments):
        """Run the command to its end."""
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        status, out, err = json.loads(self._process.stdout.readline())
        return subprocess.CompletedProcess(arguments, status, out, err)

    def close(self):
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "pishkhan.site.configuration.settings"
    import django

    django.setup()
    import pishkhan.site.configuration.urls  # noqa: F401  most of what takes time
    from pishkhan.site.command_line.cli import main as command

    for line in sys.stdin:
        sys.stdout.write(json.dumps(_run(command, json.loads(line))) + "\n")
        sys.stdout.flush()


def _run(command, arguments):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            sys.argv = ["pishkhan", *arguments]
            sys.exit(command())
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return [status, *(_read(file) for file in (out, err))]


def _read(file):
    file.seek(0)
    return file.read().decode()


if __name__ == "__main__":
    main()
