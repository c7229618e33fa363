"""What the whole copies share: the tool, the nodes, and files of hits to compare."""
import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.error
import urllib.request

SKIPPED = 77


class Failed(Exception):
    """A copy went wrong; the message says what was expected."""


class Journey:
    """One test: `SCRIPT SLUICE WORK_DIR [ARGUMENT...]`."""

    def __init__(self):
        self.sluice, folder, *self.arguments = sys.argv[1:]
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def node(self, kind: str) -> str:
        """The URL of a node of the run. Where there is none the test ends here: skipped, or failed with CI=true."""
        variable = f"SLUICE_{kind.upper()}"
        path = pathlib.Path(os.environ.get("SLUICE_NODES_ENV", "nodes.env"))
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else [f"{variable}!={path} is not there"]
        for line in lines:
            if line.startswith(f"{variable}="):
                return line.partition("=")[2]
        why = next((line.partition("!=")[2] for line in lines if line.startswith(f"{variable}!=")), "no such node was started")
        skip(f"no {kind} node: {why}")

    def generate(self, documents: int, seed: int = 7) -> pathlib.Path:
        path = self.folder / "source.ndjson"
        self.run("generate", "geonames", "--docs", str(documents), "--seed", str(seed), "-o", str(path))
        return path

    def run(self, *arguments: str, expect: tuple[int, ...] = (0,), timeout: float = 300) -> str:
        """Runs the tool; what it printed on stdout. Its stderr is kept for the message."""
        run = subprocess.run([self.sluice, *arguments], capture_output=True, text=True, timeout=timeout, check=False)
        if run.returncode not in expect:
            raise Failed(f"sluice {' '.join(arguments)} ended with {run.returncode}, not {expect}:\n{run.stdout[-2000:]}\n{run.stderr[-2000:]}")
        return run.stdout

    def reindex(self, body: dict, *options: str, expect: tuple[int, ...] = (0,), timeout: float = 300) -> dict:
        """Runs a reindex; its response, which has to balance."""
        response = json.loads(self.run("reindex", "-d", json.dumps(body), "--quiet", *options, expect=expect, timeout=timeout))
        if "error" not in response:
            check_balance(response)
        return response


def skip(why: str):
    print(f"*** SKIPPED: {why}", flush=True)
    sys.exit(1 if os.environ.get("CI") == "true" else SKIPPED)


def check(condition: bool, message: str) -> None:
    if not condition:
        raise Failed(message)


def check_balance(response: dict) -> None:
    """Nothing is lost: what was read is what became of it."""
    counted = sum(response[key] for key in ("created", "updated", "deleted", "noops", "version_conflicts"))
    check(counted + len(response["failures"]) <= response["total"], f"more outcomes than documents: {response}")
    if not response["failures"] and "canceled" not in response and not response["version_conflicts"]:
        check(counted == response["total"], f"outcomes don't add up to the total: {response}")


def http(method: str, url: str, body: str | None = None, timeout: float = 60) -> dict:
    """One JSON request to a node."""
    request = urllib.request.Request(url, data=None if body is None else body.encode(), method=method,
                                     headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as reply:
            text = reply.read()
    except urllib.error.HTTPError as error:
        raise Failed(f"{method} {url}: {error.code} {error.read()[:500]!r}") from error
    try:
        return json.loads(text)
    except ValueError:
        return {}


def drop(url: str, index: str) -> None:
    try:
        http("DELETE", f"{url}/{index}")
    except Failed:
        pass  # it was not there


def documents(path: pathlib.Path) -> dict[str, bytes]:
    """The raw bytes of each hit's `_source`, by id."""
    found = {}
    with open(path, "rb") as lines:
        for line in lines:
            cut = line.index(b'"_source":') + len(b'"_source":')
            identifier = json.loads(line)["_id"]
            check(identifier not in found, f"{path} holds document {identifier} twice")
            found[identifier] = _object_at(line, cut)
    return found


def _object_at(line: bytes, begin: int) -> bytes:
    text = line[begin:].decode()
    _, end = json.JSONDecoder().raw_decode(text.lstrip())
    return text.lstrip()[:end].encode()


def check_same(found: pathlib.Path, wanted: pathlib.Path) -> None:
    """The two files hold the same documents, byte for byte in `_source`, in any order."""
    have, want = documents(found), documents(wanted)
    missing, extra = want.keys() - have.keys(), have.keys() - want.keys()
    check(not missing and not extra, f"{found}: {len(missing)} missing, {len(extra)} extra: {sorted(missing | extra)[:5]}")
    for identifier, source in want.items():
        check(have[identifier] == source, f"document {identifier} changed:\n{source!r}\n{have[identifier]!r}")


def main(body) -> None:
    """Runs a journey; says what failed in one message."""
    started = time.monotonic()
    try:
        body(Journey())
    except Failed as failure:
        print(f"FAILED: {failure}", file=sys.stderr)
        sys.exit(1)
    print(f"done in {time.monotonic() - started:.1f} s")
