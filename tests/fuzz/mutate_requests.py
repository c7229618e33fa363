#!/usr/bin/env python3
"""mutate_requests.py SLUICED COUNT [SEED] [CASES]: that many requests, made from the parity cases and changed, against a fresh sluiced.

None may bring a 5xx but the documented ones (501 not supported, 503 too many, 507 no space) and Elasticsearch's own, end the server, leave it without an
answer, or make it grow by more than 64 MiB after its first tenth. SLUICE_ANY_GROWTH=1: by any amount, for a sanitizer's build. What was sent last is in the
message when one does.
"""
import os
import pathlib
import random
import socket
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "parity"))
from case_file import read  # noqa: E402
from sluiced_process import Sluiced  # noqa: E402

ALLOWED = (501, 503, 507)
# What is a 500 of Elasticsearch's too.
AS_ELASTICSEARCH = (b"more than one write index", b"Cycle detected for pipeline", b"configured for non-existent pipeline",
                    b"fail_processor_exception", b"can't change the target index")
GROWTH_KIB = 64 * 1024
WORDS = [b"null", b"true", b"-1", b"0", b"1e400", b"9223372036854775808", b"-0.0", b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\u0000",
         b"\\ud800", b"\xff", b"\xc3\x28", b"\x00", b"*", b"_all", b"..", b"%2F", b"%", b"{}", b"[]", b'""', b"<a-{now/d}>", b"\n", b"\r\n",
         b"_id", b"_source", b"query", b"bool", b"sort", b"a" * 600, b"[" * 200, b'{"a":' * 200]


def seeds(folder: pathlib.Path) -> list[tuple[bytes, bytes, list, bytes]]:
    found = []
    for path in sorted(folder.glob("*.case")):
        for step in read(path).steps:
            body = "\n".join(step.body) + ("\n" if step.body else "")
            found.append((step.method.encode(), step.path.encode(), step.headers, body.encode()))
    return found


class Mutator:
    """Seeded: the same number gives the same requests."""

    def __init__(self, folder: pathlib.Path, seed: int):
        self._random, self._seeds = random.Random(seed), seeds(folder)

    def request(self) -> bytes:
        method, path, headers, body = self._random.choice(self._seeds)
        kind = self._random.random()
        if kind < 0.5:
            body = self._changed(body)
        elif kind < 0.8:
            path = b"/" + bytes(b if 0x20 < b < 0x7F else 0x2A for b in self._changed(path[1:]))
        elif kind < 0.9:
            method = self._random.choice([b"GET", b"PUT", b"POST", b"DELETE", b"HEAD", b"PATCH", b"OPTIONS"])
            body = self._random.choice(self._seeds)[3]
        else:
            path, body = self._random.choice(self._seeds)[1], self._changed(body)
        if b"health" in path:  # which waits for what does not come, half a minute unless told
            path += (b"&" if b"?" in path else b"?") + b"timeout=1ms"
        lines = [method + b" " + path + b" HTTP/1.1", b"Host: localhost"]
        lines += [f"{name}: {value}".encode() for name, value in headers]
        if body:
            if not any(name == "Content-Type" for name, _ in headers):
                lines.append(b"Content-Type: application/json")
            lines.append(b"Content-Length: %d" % len(body))
        return b"\r\n".join(lines) + b"\r\n\r\n" + body

    def _changed(self, text: bytes) -> bytes:
        out = bytearray(text)
        for _ in range(self._random.choice((1, 1, 1, 2, 4))):
            at = self._random.randint(0, len(out))
            kind = self._random.randrange(5)
            if kind == 0:
                out[at:at] = self._random.choice(WORDS)
            elif kind == 1:
                del out[at:at + self._random.randint(1, 12)]
            elif kind == 2 and out:
                out[min(at, len(out) - 1)] = self._random.randrange(256)
            elif kind == 3:
                end = at + self._random.randint(1, 30)
                out[at:at] = out[at:end]
            else:
                end = at + self._random.randint(1, 8)
                out[at:end] = self._random.choice(WORDS)
        return bytes(out)


class Wire:
    """Sends bytes as they are; reads one answer."""

    def __init__(self, url: str):
        host, port = url.removeprefix("http://").split(":")
        self._address, self._socket, self._rest = (host, int(port)), None, b""
        self.body = b""  # of the last answer, where its length was said

    def ask(self, request: bytes) -> int:
        """The status. Errors: OSError where no answer comes within a minute."""
        for attempt in (1, 2):
            try:
                if self._socket is None:
                    self._socket, self._rest = socket.create_connection(self._address, timeout=60), b""
                self._socket.sendall(request)
                return self._answer(request.startswith(b"HEAD "))
            except (ConnectionResetError, BrokenPipeError, EOFError):
                self.close()
                if attempt == 2:
                    raise OSError("the connection was closed without an answer, twice") from None
        raise AssertionError("unreachable")

    def _answer(self, without_body: bool) -> int:
        head = self._until(b"\r\n\r\n").lower()
        status = int(head.split(b" ", 2)[1])
        if status == 100:
            return self._answer(without_body)
        length = 0
        for line in head.split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        chunked = b"transfer-encoding: chunked" in head
        if not without_body and chunked:
            while size := int(self._until(b"\r\n"), 16):
                self._take(size + 2)
            self._take(2)
        elif not without_body:
            self.body = self._take(length)
        if b"connection: close" in head:
            self.close()
        return status

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._more()
        found, _, self._rest = self._rest.partition(mark)
        return found

    def _take(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._more()
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken

    def _more(self) -> None:
        got = self._socket.recv(1 << 16)
        if not got:
            raise EOFError
        self._rest += got

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None


def tidied(wire: Wire, number: int) -> None:
    """Now and then everything goes, so that it is requests that are tried and not how many indices there can be."""
    if number % 2000 == 1999:
        wire.ask(b"PUT /_cluster/settings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 62\r\n\r\n"
                 b'{"persistent":{"action.destructive_requires_name":false}}     ')
        for path in (b"/_data_stream/*", b"/*?expand_wildcards=all", b"/_index_template/*", b"/_template/*", b"/_search/scroll/_all",
                     b"/_search/point_in_time/_all"):
            wire.ask(b"DELETE " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n")


def fuzz(server: Sluiced, count: int, mutator: Mutator) -> tuple[dict[int, int], int]:
    """How often each status came, and by how many KiB the server grew. Errors: SystemExit with the request that did it."""
    wire, statuses, base = Wire(server.url), {}, 0
    for number in range(count):
        request = mutator.request()
        try:
            status = wire.ask(request)
        except OSError as error:
            alive = "it runs" if server.is_running() else "it has ended"
            raise SystemExit(f"request {number}: no answer ({error}); {alive}:\n{request!r}") from error
        if status >= 500 and status not in ALLOWED and not any(text in wire.body for text in AS_ELASTICSEARCH):
            raise SystemExit(f"request {number} was answered with {status}:\n{request!r}\n{wire.body!r}")
        statuses[status] = statuses.get(status, 0) + 1
        tidied(wire, number)
        if number == count // 10:
            base = server.memory_kib()
    return statuses, server.memory_kib() - base


def main(program: str, count: str, seed: str = "1", folder: str = str(HERE.parent / "cases/parity")) -> int:
    begin = time.monotonic()
    with Sluiced(program) as server:
        statuses, growth = fuzz(server, int(count), Mutator(pathlib.Path(folder), int(seed)))
    seconds = time.monotonic() - begin
    print(f"{count} requests of seed {seed} in {seconds:.1f} s; it grew by {growth} KiB; statuses {dict(sorted(statuses.items()))}")
    if growth > GROWTH_KIB and "SLUICE_ANY_GROWTH" not in os.environ:
        print(f"more than {GROWTH_KIB} KiB", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
