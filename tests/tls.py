"""Real TLS in tests: a certificate made on the spot, a proxy that ends TLS, and the web process as it is deployed."""

import http.client
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import connection

PATIENCE = 60.0  # seconds for a process to listen
OF_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


def certificate_in(folder, *, days=2):
    """A certificate of localhost that signs itself, and its key; both as files."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=10))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    file, secret = folder / "certificate.pem", folder / "key.pem"
    file.write_bytes(made.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file, secret


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def listens(port):
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def web_at(port, media, **environment):
    """`pishkhan web` as a process of its own on the test's database, for as long as the block lasts."""
    env = (
        os.environ
        | {"DATABASE_URL": database_url(), "PISHKHAN_VAR": str(media), "PISHKHAN_KEYS": str(settings.KEYS)}
        | environment
    )
    command = [sys.executable, "-m", "pishkhan.site.command_line.cli", "web", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while not listens(port):
            assert process.poll() is None and time.monotonic() < until, "the web process does not listen"
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def database_url():
    """The database of this test, as an address."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    server, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{server.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


@contextmanager
def proxy_to(port, folder):
    """A proxy that ends TLS at a port of its own, as nginx and Caddy do; yields that port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Passing)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate_in(folder))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.behind, server.daemon_threads = port, True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


class _Passing(BaseHTTPRequestHandler):
    """Passes a request on, and says from whom it came, and that it came by https."""

    def _pass_on(self):
        headers = {name: value for name, value in self.headers.items() if name.lower() not in OF_ONE_HOP}
        before = headers.pop("X-Forwarded-For", "")
        headers["X-Forwarded-For"] = f"{before}, {self.client_address[0]}".lstrip(", ")
        headers["X-Forwarded-Proto"] = "https"
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with closing(http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=30)) as behind:
            behind.request(self.command, self.path, body or None, headers)
            answer = behind.getresponse()
            content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OF_ONE_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_HEAD = _pass_on  # noqa: N815  names of http.server

    def log_message(self, *told):
        return None
