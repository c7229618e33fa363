#!/usr/bin/env python3
"""Asks a real Elasticsearch node what becomes of each step of tests/cases/mappings/*.case, and writes it down.

    record_mapping_cases.py URL FILE.case...

A step without an outcome gets one; with --all every outcome is asked for again. Only steps of types that the node has.
"""
import json
import sys
import urllib.error
import urllib.request

INDEX = "mapping-case"


def ask(url, method, path, body=None):
    request = urllib.request.Request(f"{url}/{path}", method=method, data=body.encode() if body is not None else None,
                                     headers={"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def outcome(url, step):
    kind, text = step.split(" ", 1)
    path = f"{INDEX}/_doc/1" if kind == "document" else f"{INDEX}/_mapping"
    status, answer = ask(url, "PUT", path, text)
    if status >= 400:
        error = {key: value for key, value in answer["error"].items() if key != "root_cause"}
        return "!! " + json.dumps(error, separators=(",", ":"), ensure_ascii=False)
    _, mapping = ask(url, "GET", f"{INDEX}/_mapping")
    return "=> " + json.dumps(mapping[INDEX]["mappings"], separators=(",", ":"), ensure_ascii=False)


def record(url, name):
    lines = []
    for line in open(name, encoding="utf-8").read().splitlines():
        if line.startswith(("=> ", "!! ")):
            continue
        if line.startswith("=== "):
            ask(url, "DELETE", INDEX)
            ask(url, "PUT", INDEX)
            lines += [""] * bool(lines) + [line]
        elif line:
            lines += [line, outcome(url, line)]
    ask(url, "DELETE", INDEX)
    open(name, "w", encoding="utf-8").write("\n".join(lines) + "\n")


if __name__ == "__main__":
    for case_file in sys.argv[2:]:
        record(sys.argv[1], case_file)
