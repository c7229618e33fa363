#!/usr/bin/env python3
"""check_snippets.py SLUICE_BINARY FILE.md...: runs every ```sh block of the files, in a folder of its own for each file."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def main() -> int:
    binary = pathlib.Path(sys.argv[1]).resolve()
    failed = run = 0
    for name in sys.argv[2:]:
        blocks = re.findall(r"^```sh\n(.*?)^```", pathlib.Path(name).read_text(encoding="utf-8"), re.S | re.M)
        with tempfile.TemporaryDirectory() as folder:
            environment = dict(os.environ, PATH=f"{binary.parent}:{os.environ['PATH']}")
            for block in blocks:
                run += 1
                done = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=folder, env=environment,
                                      capture_output=True, text=True, check=False)
                if done.returncode != 0:
                    failed += 1
                    print(f"{name}: this block ended with {done.returncode}:\n{block}\n{done.stdout}{done.stderr}")
    print(f"{run} snippets run, {failed} failed")
    return 1 if failed or not run else 0


if __name__ == "__main__":
    sys.exit(main())
