"""A sluiced of one's own, on a free port of loopback, with a folder of its own."""
import pathlib
import shutil
import signal
import subprocess
import tempfile


class Sluiced:
    """Runs as long as the `with` block; `url` is where it answers."""

    def __init__(self, program: str, settings: tuple[str, ...] = (), folder: str | None = None):
        self._program, self._settings = program, settings
        self._kept = folder
        self.url, self._process, self._folder = "", None, None

    def __enter__(self):
        self._folder = pathlib.Path(self._kept or tempfile.mkdtemp(prefix="sluiced-"))
        command = [self._program, "--data", str(self._folder), "--listen", "127.0.0.1:0"]
        for setting in self._settings:
            command += ["--set", setting]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        self.url = next((word.rstrip(".,") for word in line.split() if word.startswith("http://")), "")
        if not self.url:
            self.__exit__()
            raise OSError(f"{' '.join(command)} did not start; it printed [{line.strip()}]")
        return self

    def __exit__(self, *_):
        """Ends it; an exit status that is not 0 is an error, as is a crash before."""
        ended_before = self._process.poll()
        if ended_before is None:
            self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(timeout=60)
        self._process.stdout.close()
        if not self._kept:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self.url and (ended_before is not None or status != 0):
            raise OSError(f"sluiced ended with {status}{' before it was told to' if ended_before is not None else ''}")

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def memory_kib(self) -> int:
        """Resident memory now."""
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0
