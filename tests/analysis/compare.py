#!/usr/bin/env python3
"""Asks a real node what _analyze gives, and sluice likewise.

    generate.py bodies 1 500 | compare.py check --url http://127.0.0.1:9200 --sluice build/release/tests/analysis_lines
    generate.py bodies 7 1200 | compare.py record --url http://127.0.0.1:9200 > tests/cases/analysis/components.ndjson
    compare.py recorded --sluice build/release/tests/analysis_lines < tests/cases/analysis/components.ndjson

A line is a body of _analyze, or a recorded case: {"body": .., "tokens": [[text, start, end, position, type, length], ..]} or
{"body": .., "error": ["type: reason", ..]}; the length is left out where it is 1. check prints each difference and ends with 1 when
there is one; recorded compares with the answers in the lines, without a node. With --opensearch the node is one: what it is known to
answer otherwise is counted, not shown.
"""
import argparse
import collections
import concurrent.futures
import json
import subprocess
import sys
import urllib.error
import urllib.request

import opensearch_differences


def body_of(line):
    case = json.loads(line)
    return case.get("body", case)


def ask_node(url, body):
    ask = urllib.request.Request(url + "/_analyze", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(ask, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)


def essence(answer):
    """What has to be equal."""
    if "error" not in answer:
        keys = ("token", "start_offset", "end_offset", "position", "type", "positionLength")
        return {"tokens": [[token[key] for key in keys if key in token] for token in answer["tokens"]]}
    causes, cause = [], answer["error"]
    while cause:
        causes.append(f"{cause['type']}: {cause.get('reason')}")
        cause = cause.get("caused_by")
    return {"error": causes}


def ask_sluice(program, bodies):
    ran = subprocess.run([program], input="".join(json.dumps(body) + "\n" for body in bodies), capture_output=True, text=True, check=False)
    answers = [essence(json.loads(line)) for line in ran.stdout.split("\n") if line]
    if len(answers) != len(bodies):
        sys.exit(f"sluice answered {len(answers)} of {len(bodies)} bodies and ended with {ran.returncode}: {ran.stderr[-500:]}")
    return answers


def ask_all(url, bodies):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return [essence(answer) for answer in pool.map(lambda body: ask_node(url, body), bodies)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["check", "record", "recorded"])
    parser.add_argument("--url")
    parser.add_argument("--sluice")
    parser.add_argument("--opensearch", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="only each nth line")
    parser.add_argument("--shown", type=int, default=20, help="differences that are printed")
    arguments = parser.parse_args()
    lines = [line for line in sys.stdin.read().split("\n") if line.strip()][:: arguments.every]
    bodies = [body_of(line) for line in lines]
    if arguments.mode == "record":
        for body, answer in zip(bodies, ask_all(arguments.url, bodies)):
            print(json.dumps({"body": body, **answer}, ensure_ascii=False))
        return 0
    if arguments.mode == "check":
        expected = ask_all(arguments.url, bodies)
    else:
        expected = [{key: value for key, value in json.loads(line).items() if key in ("tokens", "error")} for line in lines]
    different, known = 0, collections.Counter()
    for body, theirs, ours in zip(bodies, expected, ask_sluice(arguments.sluice, bodies)):
        if theirs == ours:
            continue
        if arguments.opensearch and (why := opensearch_differences.explained(body, theirs, ours)):
            known[why] += 1
            continue
        different += 1
        if different <= arguments.shown:
            print(json.dumps(body, ensure_ascii=False), f"\n    node:   {theirs}\n    sluice: {ours}")
    for why, times in known.most_common():
        print(f"{times} known differences: {why}")
    print(f"{len(bodies)} bodies, {different} differences")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
