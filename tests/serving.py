"""The house as a process of its own on a test's database, so that it can be stopped and started again."""

import os
import socket
import subprocess
import sys
import time

PATIENCE = 30.0  # seconds


class House:
    """A server that a test starts and kills. It answers at the same address each time."""

    def __init__(self, database, media):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._told = {"TEST_DATABASE": str(database), "TEST_MEDIA": str(media), "TEST_PORT": str(self.port)}
        self._process = None

    def start(self):
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            env=os.environ | self._told,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise TimeoutError("the house does not answer")

    def stop(self):
        if self._process:
            self._process.kill()
            self._process.wait(PATIENCE)
            self._process = None


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "pishkhan.site.configuration.settings"
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
    settings.MEDIA_ROOT = os.environ["TEST_MEDIA"]
    django.setup()
    from pishkhan.offices import credential

    credential.serve(settings.ORIGIN, settings.AUTHORITY, public=True)
    from django.core.servers.basehttp import run
    from django.core.wsgi import get_wsgi_application

    run("127.0.0.1", int(os.environ["TEST_PORT"]), get_wsgi_application(), threading=True)


if __name__ == "__main__":
    main()
