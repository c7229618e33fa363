"""Starts and stops one node on loopback. Nothing listens anywhere else."""
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from fetching import NodeError, fetch, find_java, has_module
from servers import Server

TRANSPORT_PORTS = "19250-19299"

_LOG4J = """\
status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = {logs}/node.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{{ISO8601}}][%-5p][%-25c{{1.}}] %m%n
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
"""

_LOGGING_YML = """\
es.logger.level: INFO
rootLogger: INFO, file
appender:
  file:
    type: file
    file: {logs}/node.log
    layout: {{type: pattern, conversionPattern: "[%d{{ISO8601}}][%-5p][%-25c] %m%n"}}
"""


def _settings(server: Server, port: int, folder: pathlib.Path) -> list[str]:
    lines = [f"cluster.name: {server.name}", f"node.name: node-{port}", f"path.data: {folder}/data",
             f"path.logs: {folder}/logs", f'path.repo: ["{folder}/snapshots"]', "network.host: 127.0.0.1",
             f"http.port: {port}", "cluster.routing.allocation.disk.threshold_enabled: false"]
    if server.is_elasticsearch and server.major <= 2:
        return lines + ["node.local: true"]  # neither a transport port nor discovery
    transport = "transport.tcp.port" if server.is_elasticsearch and server.major <= 6 else "transport.port"
    allowed = "whitelist" if server.is_elasticsearch else "allowlist"
    return lines + [f"{transport}: {TRANSPORT_PORTS}", "discovery.type: single-node",
                    f'reindex.remote.{allowed}: ["127.0.0.1:*", "localhost:*"]']


def _write_config(server: Server, port: int, folder: pathlib.Path) -> None:
    for name in ("config", "data", "logs", "snapshots", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    lines = _settings(server, port, folder) + list(server.settings) + os.environ.get("NODE_SETTINGS", "").splitlines()
    (folder / "config" / f"{server.kind}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    old = server.is_elasticsearch and server.major <= 2
    name, text = ("logging.yml", _LOGGING_YML) if old else ("log4j2.properties", _LOG4J)
    (folder / "config" / name).write_text(text.format(logs=folder / "logs"), encoding="utf-8")
    (folder / "config" / "jvm.options").write_text("", encoding="utf-8")


def _jvm_arguments(server: Server, folder: pathlib.Path, java: pathlib.Path, heap: str) -> list[str]:
    arguments = ["-Xms128m", f"-Xmx{heap}", "-Xss1m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
                 "-XX:-OmitStackTraceInFastThrow", f"-XX:ErrorFile={folder}/logs/hs_err_%p.log",
                 f"-Djava.io.tmpdir={folder}/tmp", "-Dfile.encoding=UTF-8", "-Djava.awt.headless=true", "-Djna.nosys=true",
                 "-Dio.netty.noUnsafe=true", "-Dio.netty.noKeySetOptimization=true",
                 "-Dio.netty.recycler.maxCapacityPerThread=0", "-Dlog4j.shutdownHookEnabled=false",
                 "-Dlog4j2.disable.jmx=true", "-Dlog4j2.formatMsgNoLookups=true", *server.jvm_args]
    arguments += [f"--add-modules={module}" for module in server.optional_modules if has_module(java, module)]
    return arguments + os.environ.get("NODE_JVM_ARGS", "").split()


def _command(server: Server, home: pathlib.Path, folder: pathlib.Path, java: pathlib.Path, heap: str):
    """The command line, what it needs in its environment, and whether it is a launcher that leaves the node behind."""
    jvm = _jvm_arguments(server, folder, java, heap)
    prefix = "es" if server.is_elasticsearch else "opensearch"
    program, config = str(java / "bin/java"), folder / "config"
    if server.is_elasticsearch and server.major >= 8:
        small = ["-Xms4m", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"]
        env = {"ES_TMPDIR": f"{folder}/tmp", "ES_JAVA_HOME": str(java), "ES_JAVA_OPTS": " ".join(jvm)}
        if (home / "lib/tools/server-launcher").is_dir():  # from 9.4 on
            env |= {"JAVA": program, "JAVA_TYPE": "ES_JAVA_HOME", "CLI_JAVA_OPTS": " ".join(small), "ES_HOME": str(home),
                    "ES_PATH_CONF": str(config), "ES_DISTRIBUTION_TYPE": "zip"}
            launcher = ["-cp", "lib/tools/server-launcher/*", "org.elasticsearch.server.launcher.ServerLauncher"]
        else:
            launcher = ["-Dcli.name=server", "-Dcli.script=bin/elasticsearch", "-Dcli.libs=lib/tools/server-cli",
                        f"-Des.path.home={home}", f"-Des.path.conf={config}", "-Des.distribution.type=zip",
                        "-Des.java.type=ES_JAVA_HOME", "-cp", "lib/*:lib/cli-launcher/*",
                        "org.elasticsearch.launcher.CliToolLauncher"]
        return [program, *small, *launcher, "-d", "-p", f"{folder}/pid"], env, True
    main = "org.elasticsearch.bootstrap.Elasticsearch" if server.is_elasticsearch else "org.opensearch.bootstrap.OpenSearch"
    command = [program, *jvm, f"-D{prefix}.path.home={home}", f"-D{prefix}.path.conf={config}",
               f"-D{prefix}.distribution.type=zip", f"-D{prefix}.bundled_jdk=false", "-cp", f"{home}/lib/*", main]
    old_command_line = server.is_elasticsearch and server.major == 2
    return command + (["start"] if old_command_line else []), {"LIBFFI_TMPDIR": f"{folder}/tmp"}, False


def _as_user() -> list[str]:
    """Most servers refuse to run as root. In a user namespace the files stay ours and the node sees uid 1000."""
    if os.getuid() != 0:
        return []
    wrapper = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if subprocess.run([*wrapper, "true"], capture_output=True, check=False).returncode != 0:
        raise NodeError("a node does not run as root, and unshare --user is not allowed here: start it as another user")
    return wrapper


def node_pid(folder: pathlib.Path) -> int | None:
    """The node's pid, if it is still that node and not another process with its number."""
    try:
        pid = int((folder / "pid").read_text(encoding="utf-8"))
        command = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
        state = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except (OSError, ValueError):
        return None
    return pid if f"{folder}/tmp".encode() in command and state != "Z" else None


def _answers(url: str) -> bool:
    try:
        for path in ("/", "/_cluster/health?wait_for_status=yellow&timeout=30s"):
            with urllib.request.urlopen(url + path, timeout=35) as reply:
                if reply.status != 200:
                    return False
        return True
    except (urllib.error.URLError, OSError):
        return False


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _tail(folder: pathlib.Path) -> str:
    text = ""
    for name in ("stdout.log", "node.log"):
        log = folder / "logs" / name
        if log.exists():
            text += "\n" + "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
    return text


def start(server: Server, port: int, folder: pathlib.Path, heap: str = "512m") -> tuple[str, int]:
    """Fetches it once, starts one node, waits until it answers. The URL and the pid."""
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    java = find_java(server)
    if node_pid(folder):
        raise NodeError(f"a node is running on {folder} already: stop it, or use another folder")
    if _is_taken(port):
        raise NodeError(f"port {port} is taken: use another one")
    home = fetch(server)
    _write_config(server, port, folder)
    for stale in (folder / "pid", folder / "logs" / "node.log"):
        stale.unlink(missing_ok=True)
    command, extra, is_launcher = _command(server, home, folder, java, heap)
    clean = {name: value for name, value in os.environ.items() if name not in ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JAVA_OPTS")}
    with open(folder / "logs" / "stdout.log", "wb") as output:
        process = subprocess.Popen([*_as_user(), *command], cwd=home, env=clean | extra, stdin=subprocess.DEVNULL,
                                   stdout=output, stderr=output, start_new_session=True)
    if not is_launcher:
        (folder / "pid").write_text(str(process.pid), encoding="utf-8")
    return _wait(f"http://127.0.0.1:{port}", process, folder)


def _wait(url: str, process: subprocess.Popen, folder: pathlib.Path) -> tuple[str, int]:
    seconds = float(os.environ.get("START_TIMEOUT", "180"))
    deadline = time.monotonic() + seconds
    while not _answers(url):
        if process.poll() is not None and not node_pid(folder):
            raise NodeError(f"the node ended while it started; {folder}/logs says why:{_tail(folder)}")
        if time.monotonic() > deadline:
            process.kill()
            stop(folder)
            raise NodeError(f"no answer within {seconds:.0f} s (START_TIMEOUT); {folder}/logs says why:{_tail(folder)}")
        time.sleep(0.1)
    pid = node_pid(folder)
    if not pid:
        raise NodeError(f"something else answers at {url}")
    return url, pid


def stop(folder: pathlib.Path) -> None:
    """Ends the node that was started on `folder`; none is fine too."""
    folder = folder.resolve()
    pid = node_pid(folder)
    for number in (signal.SIGTERM, signal.SIGKILL):
        if not pid:
            break
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            break
        deadline = time.monotonic() + 30
        while node_pid(folder) and time.monotonic() < deadline:
            time.sleep(0.05)
        pid = node_pid(folder)
    (folder / "pid").unlink(missing_ok=True)
