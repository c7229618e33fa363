"""Gets one client from its package registry, once, into a folder of its own in the user's cache; never into the checkout."""
import fcntl
import os
import pathlib
import shutil
import subprocess
import sys
from dataclasses import dataclass

SKIPPED = 77


@dataclass(frozen=True)
class Client:
    name: str
    registry: str           # pip | npm | go | none
    packages: tuple[str, ...]
    program: str            # in this folder
    needs: str = ""         # a command that has to be on the machine


CLIENTS = {client.name: client for client in (
    Client("elasticsearch-py-8", "pip", ("elasticsearch==8.19.3",), "elasticsearch_py.py"),
    Client("elasticsearch-py-9", "pip", ("elasticsearch==9.5.1",), "elasticsearch_py.py"),
    Client("opensearch-py", "pip", ("opensearch-py==3.2.0",), "opensearch_py.py"),
    Client("elasticsearch-js-8", "npm", ("@elastic/elasticsearch@8.19.2",), "elasticsearch_js.cjs", "node"),
    Client("elasticsearch-js-9", "npm", ("@elastic/elasticsearch@9.4.3",), "elasticsearch_js.cjs", "node"),
    Client("elasticdump", "npm", ("elasticdump@6.125.1",), "elasticdump.py", "node"),
    Client("go-elasticsearch", "go", ("github.com/elastic/go-elasticsearch/v8@v8.8.2",), "bulk_indexer.go", "go"),
    Client("curl", "none", (), "curl.sh", "curl"),
)}


def skip(why: str):
    """Loudly; with CI=true a client that cannot be had is a failure."""
    print(f"*** SKIPPED: {why}", flush=True)
    sys.exit(1 if os.environ.get("CI") == "true" else SKIPPED)


def folder_of(client: Client) -> pathlib.Path:
    root = pathlib.Path(os.environ.get("SLUICE_CLIENT_CACHE") or pathlib.Path.home() / ".cache" / "sluice" / "clients")
    version = client.packages[0].rpartition("@")[2].rpartition("=")[2] if client.packages else "system"
    return root / f"{client.name}-{version}"


def prepare(client: Client) -> pathlib.Path:
    """The client's folder, complete. Ends the program where it cannot be had."""
    if client.needs and not shutil.which(client.needs):
        skip(f"{client.name} needs [{client.needs}], which is not on this machine")
    folder = folder_of(client)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            _install(client, folder)
            (folder / "complete").touch()
    return folder


def _install(client: Client, folder: pathlib.Path) -> None:
    commands = {
        "pip": [[sys.executable, "-m", "venv", folder / "venv"], [folder / "venv/bin/pip", "install", "-q", *client.packages]],
        "npm": [["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", folder, *client.packages]],
        "go": [["go", "mod", "init", "sluice.test/client"], ["go", "get", *client.packages]],
        "none": [],
    }[client.registry]
    for command in commands:
        run = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            (folder / "go.mod").unlink(missing_ok=True)
            skip(f"{client.registry} could not get {', '.join(client.packages)}: {(run.stderr or run.stdout).strip()[-600:]}")


def command_of(client: Client, folder: pathlib.Path, url: str) -> tuple[list[str], dict[str, str]]:
    """How its program is run against a server, and what its environment needs."""
    program = pathlib.Path(__file__).resolve().parent / client.program
    if client.registry == "pip":
        return [str(folder / "venv/bin/python"), str(program), url], {}
    if program.suffix == ".cjs":
        return ["node", str(program), url], {"NODE_PATH": str(folder / "node_modules")}
    if client.registry == "go":
        shutil.copyfile(program, folder / "main.go")
        return ["go", "run", "-mod=mod", "main.go", url], {"PWD": str(folder)}
    if program.suffix == ".py":
        return [sys.executable, str(program), url, str(folder)], {}
    return ["bash", str(program), url], {}
