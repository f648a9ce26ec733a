"""Who takes notices in: a mail server and a provider of SMS on this machine, for as long as a test lasts."""

import socketserver
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much of SMTP as it takes to be handed a letter, and keeps what it was handed."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self, recipient="250 yes", goodbye="221 bye"):
        self.letters, self.recipient, self.goodbye = [], recipient, goodbye
        super().__init__(("127.0.0.1", 0), _Mail)


class _Mail(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self.say("354 go on")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.letters.append(letter)
                self.say("250 taken")
            elif verb == "QUIT":
                self.say(self.server.goodbye)
                return
            else:
                self.say(self.server.recipient if verb == "RCPT" else "250 yes")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class Provider(ThreadingHTTPServer):
    """A provider of SMS: keeps what it was asked, and answers as it is told; `then` is done before it answers."""

    def __init__(self, status=200, answer=b'{"ok": true}', then=lambda: None):
        self.requests, self.status, self.answer, self.then = [], status, answer, then
        super().__init__(("127.0.0.1", 0), _Provided)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class _Provided(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((self.command, self.path, dict(self.headers), body))
        self.server.then()
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    do_GET = do_POST  # noqa: N815  so it is called in the library

    def log_message(self, *data):
        pass


@contextmanager
def serving(server):
    """The server, at work in a thread."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
