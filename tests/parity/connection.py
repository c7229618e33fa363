"""One server, spoken to over one connection that is kept."""
import http.client
import json
import urllib.parse

from case_file import Answer, Text


class Connection:
    def __init__(self, url: str, timeout: float = 90):
        parts = urllib.parse.urlsplit(url)
        self.url = url.rstrip("/")
        self._address, self._timeout = (parts.hostname, parts.port or 80), timeout
        self._http = None

    def send(self, method: str, path: str, body: bytes | None = None, headers: tuple = ()) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in small letters), body. A connection that the server closed meanwhile is opened anew."""
        for attempt in (1, 2):
            try:
                return self._send(method, path, body, headers)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def _send(self, method, path, body, headers):
        if self._http is None:
            self._http = http.client.HTTPConnection(*self._address, timeout=self._timeout)
        self._http.request(method, path, body=body, headers=dict(headers))
        reply = self._http.getresponse()
        return reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()

    def close(self) -> None:
        if self._http is not None:
            self._http.close()
        self._http = None

    def json(self, method: str, path: str, body=None) -> tuple[int, dict]:
        """For what the runner itself wants to know."""
        text = None if body is None else json.dumps(body).encode()
        status, _, reply = self.send(method, path, text, (("Content-Type", "application/json"),))
        try:
            return status, json.loads(reply)
        except ValueError:
            return status, {}

    def flavour(self) -> str:
        """`elasticsearch` or `opensearch`, by what the server says of itself."""
        version = self.json("GET", "/")[1].get("version", {})
        return "opensearch" if version.get("distribution") == "opensearch" else "elasticsearch"


def answer_of(status: int, headers: dict[str, str], body: bytes, wanted_headers: list[str]) -> Answer:
    kept = {name: headers[name.lower()] for name in wanted_headers if name.lower() in headers}
    text = body.decode(errors="replace")
    if not text:
        return Answer(status, kept)
    try:
        value = json.loads(text)
    except ValueError:
        value = Text("\n".join(line.rstrip() for line in text.rstrip("\n").split("\n")))
    return Answer(status, kept, value)
