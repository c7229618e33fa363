"""The nodes that a test run shares: started once by a ctest fixture, found by the tests through a file."""
import os
import pathlib
import shutil
import socket

from fetching import NodeError
from running import start, stop
from servers import Server

ENV_FILE = "nodes.env"


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _start_first(servers: list[Server], port: int, folder: pathlib.Path) -> tuple[Server, str, int]:
    """The first of the alternatives that this machine can run."""
    problems = []
    for server in servers:
        try:
            return server, *start(server, port or free_port(), folder / server.name)
        except NodeError as error:
            problems.append(str(error))
    raise NodeError("; ".join(problems))


def cluster_up(folder: pathlib.Path, wanted: list[tuple[list[Server], int]]) -> int:
    """Starts each node and writes a line `SLUICE_OPENSEARCH=http://127.0.0.1:19471` for it to nodes.env, its kind in the name.

    Each node is a list of alternatives, best first, and a port, 0 for any that is free. A node that cannot be had leaves a line `SLUICE_OPENSEARCH!=REASON`
    instead, and the tests that need it skip and say so. With CI=true that is a failure.
    """
    cluster_down(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for alternatives, port in wanted:
        variable = f"SLUICE_{alternatives[0].kind.upper()}"
        try:
            server, url, pid = _start_first(alternatives, port, folder)
            print(f"{server.name} {server.version} answers at {url}, pid {pid}", flush=True)
            lines += [f"{variable}={url}", f"{variable}_PID={pid}"]
        except NodeError as error:
            print(f"*** NO {alternatives[0].kind}: {error}", flush=True)
            lines.append(f"{variable}!={str(error).splitlines()[0]}")
            if os.environ.get("CI") == "true":
                cluster_down(folder)
                return 1
    (folder / ENV_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def cluster_down(folder: pathlib.Path) -> None:
    """Stops every node of `folder` and forgets its data; the logs stay."""
    if not folder.exists():
        return
    (folder / ENV_FILE).unlink(missing_ok=True)
    for node in folder.iterdir():
        if node.is_dir():
            stop(node)
            shutil.rmtree(node / "data", ignore_errors=True)
