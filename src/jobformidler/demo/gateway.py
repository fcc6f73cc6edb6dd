"""A gateway for text messages that sends nothing: it keeps what it is given, and can be told to fail. For tests and showing.

`jobformidler manage sms_gateway` starts one; set `JOBFORMIDLER_SMS_URL=http://127.0.0.1:8098/` for web and worker.
"""

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

PORT = 8098


@dataclass(frozen=True)
class Received:
    """One message as it came."""

    to: str
    sender: str
    text: str
    reference: str


class Gateway(ThreadingHTTPServer):
    """Listens on this machine alone. `received` holds one message for each reference; `failing` is what it answers next.

    With a `token` it answers nobody who does not show it.
    """

    daemon_threads = True

    def __init__(self, port: int = 0, token: str = "") -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.token = token
        self.received: dict[str, Received] = {}
        self.failing: list[int] = []

    @property
    def url(self) -> str:
        """Where messages are sent."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def __enter__(self) -> "Gateway":
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(self._answer(body))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, body: bytes) -> int:
        gateway = self.server
        if gateway.failing:
            return gateway.failing.pop(0)
        if gateway.token and self.headers.get("Authorization") != f"Bearer {gateway.token}":
            return HTTPStatus.UNAUTHORIZED
        try:
            sent = json.loads(body)
            found = Received(sent["to"], sent["from"], sent["text"], sent["reference"])
        except (ValueError, KeyError, TypeError):
            return HTTPStatus.BAD_REQUEST
        if not re.fullmatch(r"45\d{8}", found.to) or not found.text:
            return HTTPStatus.UNPROCESSABLE_ENTITY
        gateway.received.setdefault(found.reference, found)
        return HTTPStatus.ACCEPTED

    def log_message(self, *args: Any) -> None:
        """Nothing: the texts are for the receiver."""
