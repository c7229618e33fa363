#!/usr/bin/env python3
"""Asks a real node what scripts give (`POST _scripts/painless/_execute`), and sluice likewise.

    generate.py programs 1 500 | compare.py check --url http://127.0.0.1:9200 --sluice build/release/tests/painless_lines
    generate.py operators      | compare.py record --url http://127.0.0.1:9200 > tests/cases/painless/operators.ndjson
    compare.py check --opensearch --url http://127.0.0.1:9200 --sluice .. < tests/cases/painless/errors.ndjson

check prints each difference and ends with 1 when there is one. What is compared: the result's text, or the error's causes
(type and reason) and its place. Frames of Java's own in a stack are not. Of a line, `source` and `params` are asked; what else it has
is an answer that was recorded. What a node is known to answer otherwise is counted, not shown; with --opensearch the node is one.
"""
import argparse
import collections
import concurrent.futures
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request

import elasticsearch_differences
import opensearch_differences

PLACES = 500  # of so many programs one may fail in another place: the virtual machine's tables of lines have their own ways


def asked(line):
    """The script of a line, without the answer that was recorded."""
    return json.dumps({key: value for key, value in json.loads(line).items() if key in ("source", "params")})


def ask_node(url, line):
    body = json.dumps({"script": json.loads(line)}).encode()
    ask = urllib.request.Request(url + "/_scripts/painless/_execute", body, {"Content-Type": "application/json"})
    for attempt in range(120):
        try:
            with urllib.request.urlopen(ask, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 429 or attempt == 119:
                return json.load(error)
        time.sleep(0.5)  # its heap is full of classes for the moment
    return {}


def essence(answer):
    """What has to be equal."""
    if "result" in answer:
        return {"result": answer["result"]}
    if "error" not in answer:
        return answer
    error = answer["error"]
    causes = []
    cause = error.get("caused_by")
    while cause:
        causes.append(f"{cause['type']}: {cause['reason']}")
        cause = cause.get("caused_by")
    made = {"error": error["reason"] if error["type"] == "script_exception" else f"{error['type']}: {error['reason']}", "causes": causes}
    position = error.get("position")
    if position:
        made["position"] = [position["offset"], position["start"], position["end"]]
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["check", "record"])
    parser.add_argument("--url", required=True)
    parser.add_argument("--sluice")
    parser.add_argument("--opensearch", action="store_true")
    parser.add_argument("--shown", type=int, default=40, help="differences that are printed")
    arguments = parser.parse_args()
    given = [line for line in sys.stdin.read().split("\n") if line.strip()]
    lines = [asked(line) for line in given]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda line: essence(ask_node(arguments.url, line)), lines))
    if arguments.mode == "record":
        for line, answer in zip(lines, answers):
            print(json.dumps({**json.loads(line), **answer}))
        return 0
    ran = subprocess.run([arguments.sluice], input="\n".join(lines) + "\n", capture_output=True, text=True, check=False)
    ours = [essence(json.loads(line)) for line in ran.stdout.split("\n") if line.strip()]
    if len(ours) != len(lines):
        print(f"sluice answered {len(ours)} of {len(lines)} scripts and ended with {ran.returncode}: {ran.stderr[-500:]}")
        print("at:", lines[len(ours)] if len(ours) < len(lines) else "")
        return 1
    different, known = 0, collections.Counter()
    for line, node, mine in zip(given, answers, ours):
        if node == mine:
            continue
        rules = opensearch_differences if arguments.opensearch else elasticsearch_differences
        if why := rules.explained(node, mine) or json.loads(line).get("differs"):
            known[why] += 1
            continue
        different += 1
        if different <= arguments.shown:
            print(json.loads(line)["source"], f"\n    node:   {node}\n    sluice: {mine}")
    for why, times in known.most_common():
        print(f"{times} known differences: {why}")
    print(f"{len(lines)} scripts, {different} differences")
    return 1 if different or known["the place of an error"] > max(1, len(lines) // PLACES) else 0


if __name__ == "__main__":
    sys.exit(main())
