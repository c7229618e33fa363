"""Runs programs and measures them: wall time, CPU time and peak memory of each, several times over."""
import json
import os
import pathlib
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass


class BenchError(Exception):
    """A line could not be measured; the message says why."""


@dataclass
class Run:
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    stdout: str


def run(command: list, cores: str | None = None, expect: int = 0, timeout: float = 900) -> Run:
    """One run, by `taskset` on some cores when they are given."""
    wrapped = (["taskset", "-c", cores] if cores else []) + [str(word) for word in command]
    with open(os.path.join(os.environ["SLUICE_BENCH_DIR"], "stdout"), "w+b") as out, \
            open(os.path.join(os.environ["SLUICE_BENCH_DIR"], "stderr"), "w+b") as err:
        began = time.monotonic()
        process = subprocess.Popen(wrapped, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        watchdog = threading.Timer(timeout, process.kill)
        watchdog.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        watchdog.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        stdout, stderr = out.read().decode(), err.read().decode()
    if process.returncode != expect:
        raise BenchError(f"{' '.join(wrapped)} ended with {process.returncode} after {seconds:.1f} s: {stdout[-300:]} {stderr[-600:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, stdout)


@dataclass
class Spread:
    """Repetitions of one rate. The best is what the program can do; the median says how steady the machine was."""
    best: float
    median: float
    worst: float

    @staticmethod
    def of(rates: list[float]) -> "Spread":
        return Spread(max(rates), statistics.median(rates), min(rates))

    def text(self) -> str:
        return f"{human(self.worst)} .. {human(self.median)} .. {human(self.best)}"


def human(value: float) -> str:
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit:
            return f"{value / limit:.2f}{unit}"
    return f"{value:.2f}"


@dataclass
class Tools:
    """What was built, and where the data lies."""
    build: pathlib.Path
    data: pathlib.Path
    repetitions: int

    @property
    def sluice(self) -> pathlib.Path:
        return self.build / "sluice"

    def program(self, name: str) -> pathlib.Path:
        return self.build / "benchmarks" / name

    def corpus(self, name: str, size: str) -> pathlib.Path:
        path = self.data / f"{name}-{size}.ndjson"
        if not path.exists():
            run([self.sluice, "generate", name, "--bytes", size, "--seed", "1", "-o", path])
        return path

    def kernel(self, corpus: pathlib.Path, core: str) -> tuple[Spread, int, str]:
        """The kernel's documents a second on the file, the number of documents, the instruction set."""
        facts = json.loads(run([self.program("kernel_run"), corpus, self.repetitions], core).stdout)
        return Spread.of([facts["documents"] / seconds for seconds in facts["seconds"]]), facts["documents"], facts["instruction_set"]

    def reindex(self, body: dict, *options, cores: str | None = None, expect: int = 0) -> Run:
        return run([self.sluice, "reindex", "-d", json.dumps(body), "--quiet", *options], cores, expect)


@dataclass
class Line:
    """A line of the table: a ratio and the bar for it."""
    name: str
    bar: str
    passed: bool
    value: float
    detail: str

    def json(self) -> dict:
        return {"line": self.name, "bar": self.bar, "passed": self.passed, "value": self.value, "detail": self.detail}


def at_least(name: str, value: float, bar: float, detail: str, unit: str = "x") -> Line:
    return Line(name, f">= {human(bar)}{unit}", value >= bar, value, detail)


def at_most(name: str, value: float, bar: float, detail: str, unit: str = "") -> Line:
    return Line(name, f"<= {human(bar)}{unit}", value <= bar, value, detail)


def for_comparison(name: str, value: float, detail: str) -> Line:
    """A figure that nobody set a bar for."""
    return Line(name, "no bar", True, value, detail)


def process_cpu(pid: int) -> float:
    """Seconds of CPU that a running process has used."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
