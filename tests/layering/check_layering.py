#!/usr/bin/env python3
"""check_layering.py ROOT: the arrows between the folders, who may include which library, and the sizes of the house.

Prints one line for each thing that is wrong, as FILE:LINE: what and what to do; exit status 1 when there is any.
"""
import pathlib
import re
import sys

# What a folder may include of the project, by the longest prefix that fits. Its own folder is always allowed.
ARROWS = {
    "pipeline/base/": (),
    "pipeline/model/": ("pipeline/base/",),
    "pipeline/control/": ("pipeline/base/", "pipeline/model/"),
    "pipeline/graph/": ("pipeline/",),
    "pipeline/": ("pipeline/base/", "pipeline/model/"),
    "stages/": ("pipeline/",),
    "io/http/": ("pipeline/",),
    "io/ndjson/": ("pipeline/",),
    "io/store/": ("pipeline/",),
    "io/serve/": ("pipeline/",),
    "io/cluster/": ("pipeline/", "io/http/"),
    "io/": ("pipeline/",),
    "reindex/": ("pipeline/", "stages/", "io/"),
    "tools/": ("pipeline/", "stages/", "io/", "reindex/", "benchmarks/data/"),
    "benchmarks/data/": ("pipeline/base/",),
    "benchmarks/": ("pipeline/", "stages/", "io/", "reindex/"),
}
# Libraries that only some folders may include; tests and benchmarks may include all.
LIBRARIES = {
    "tbb/": ("pipeline/graph/",),
    "oneapi/tbb": ("pipeline/graph/",),
    "curl/": ("io/http/",),
    "rocksdb/": ("io/store/",),
    "boost/beast": ("io/serve/",),
    "boost/asio": ("io/serve/",),
    "boost/json": ("io/cluster/", "io/store/", "reindex/", "tools/"),
    "CLI/": ("tools/",),
}
FREE = ("tests/", "benchmarks/micro/", "benchmarks/macro/")
FOLDERS = ("pipeline", "stages", "io", "reindex", "tools", "benchmarks", "tests")
FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|misc)(_|\.)")

SOURCE_LINES, SOURCE_MOST, HEADER_MOST = 400, 800, 300
FUNCTION_LINES, FUNCTION_MOST = 40, 80
# The script machine's loop and its tables are the only exceptions; none exists yet.
EXCEPTIONS: tuple[str, ...] = ()

_INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
_NOT_A_FUNCTION = re.compile(r"^\s*(namespace|class|struct|enum|union|extern|if|for|while|switch|do|else|try|case|default|return|\}|#|//|public|private|protected)\b|^\s*[}#/]")


def allowed_includes(path: str) -> tuple[str, ...]:
    """The prefixes of the project that the file may include; its own folder first."""
    prefix = max((each for each in ARROWS if path.startswith(each)), key=len, default="")
    return (prefix, *ARROWS[prefix]) if prefix else ()


def include_problems(path: str, lines: list[str]):
    free = path.startswith(FREE)
    for number, line in enumerate(lines, 1):
        match = _INCLUDE.match(line)
        if not match:
            continue
        kind, target = match.groups()
        if kind == '"' and not free and not target.startswith(allowed_includes(path)):
            yield number, f'must not include "{target}": the arrows of docs/architecture.md go the other way'
        for library, owners in LIBRARIES.items():
            if kind == "<" and target.startswith(library) and not free and not path.startswith(owners):
                yield number, f"must not include <{target}>: only {', '.join(owners)} may"


def functions(lines: list[str]):
    """(first line, length) of each function, by the shape clang-format gives it: a lone } at the indent it began with."""
    for end, line in enumerate(lines):
        closing = re.fullmatch(r"( {0,4})\}", line.rstrip())
        if not closing:
            continue
        indent = closing.group(1)
        for begin in range(end - 1, -1, -1):
            text = lines[begin]
            if text.startswith(indent) and text[len(indent):len(indent) + 1] not in ("", " ", ")"):
                if not _NOT_A_FUNCTION.match(text) and "(" in text:
                    yield begin + 1, end - begin + 1
                break


def size_problems(path: str, lines: list[str]):
    most = HEADER_MOST if path.endswith(".h") else SOURCE_MOST
    if len(lines) > most:
        yield 1, f"has {len(lines)} lines, {most} at most: split it by concept"
    for begin, length in functions(lines):
        if length > FUNCTION_MOST:
            yield begin, f"this function has {length} lines, {FUNCTION_MOST} at most: split it"


def name_problems(path: str, lines: list[str]):
    name = path.rsplit("/", 1)[-1]
    if FORBIDDEN_NAMES.search(name):
        yield 1, "name the file after the concept it holds"
    if not re.fullmatch(r"[a-z0-9_]+\.(h|cpp)", name):
        yield 1, "file names are snake_case"
    if name.endswith(".h") and "#pragma once" not in "\n".join(lines[:5]):
        yield 1, "a header begins with #pragma once"


def nine_in_ten(files: dict[str, list[str]]):
    """The limits that one in ten may break."""
    sources = [path for path in files if path.endswith(".cpp")]
    long_sources = [path for path in sources if len(files[path]) > SOURCE_LINES]
    if 10 * len(long_sources) > len(sources):
        yield f"more than one source in ten is over {SOURCE_LINES} lines: {', '.join(long_sources)}"
    lengths = [(length, f"{path}:{begin}") for path in files for begin, length in functions(files[path])]
    long_functions = sorted((each for each in lengths if each[0] > FUNCTION_LINES), reverse=True)
    if 10 * len(long_functions) > len(lengths):
        yield f"more than one function in ten is over {FUNCTION_LINES} lines: {long_functions[:10]}"


def problems(root: pathlib.Path) -> list[str]:
    files = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                files[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8").splitlines()
    found = []
    for path, lines in files.items():
        checks = [include_problems, name_problems] + ([] if path in EXCEPTIONS else [size_problems])
        found += [f"{path}:{number}: {text}" for check in checks for number, text in check(path, lines)]
    if not files:
        found.append(f"{root}: there are no sources here")
    return found + list(nine_in_ten(files))


if __name__ == "__main__":
    wrong = problems(pathlib.Path(sys.argv[1]))
    print("\n".join(wrong) or "layering, names and sizes are as docs/architecture.md has them")
    sys.exit(1 if wrong else 0)
