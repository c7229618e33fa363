#!/usr/bin/env python3
"""Compares pipelines of sluice with those of real nodes, through _ingest/pipeline/_simulate.

  compare.py record --node URL FILE...   asks a node each question of the files and writes its answers into them
  compare.py check FILE... [--node URL]  compares: with the answers in the files, or with a node's

A file has a question a line: {"body":{"pipeline":..,"docs":..},"verbose":true,"answer":{..}}. A line {"put":"id","body":..}
keeps a pipeline first. Both read from standard input where there is no file. What is not compared: timestamps, the Java
frames of scripts' stacks, root causes, and the order of members. `--lines` is the program that answers for sluice.
"""

import argparse
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

DATABASES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../cases/ingest/databases")
IGNORED = {"root_cause", "timestamp", "script_stack", "created_date_millis", "modified_date_millis", "bytes_wanted"}


def plain(answer):
    if isinstance(answer, dict):
        return {key: plain(value) for key, value in answer.items() if key not in IGNORED}
    if isinstance(answer, list):
        return [plain(value) for value in answer]
    if isinstance(answer, str):
        # A node reads objects into another kind of map; what it calls an operand depends on what else it has run.
        answer = answer.replace("java.util.LinkedHashMap", "java.util.HashMap")
        answer = answer.replace("org.elasticsearch.ingest.IngestDocument.UnmodifiableIngestList", "java.util.ArrayList")  # docs/compatibility.md
        return answer.replace('"leftObject" is null', '"left" is null')
    return answer


def text_of(value):
    """What is compared: 1 is not 1.0."""
    return json.dumps(plain(value), sort_keys=True)


def line_of(question):
    line = json.dumps(question, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half of a pair
        line = json.dumps(question)
    return line + "\n"


def ask_node(url, question):
    if "put" in question:
        method, path = "PUT", "/_ingest/pipeline/" + question["put"]
    else:
        method, path = "POST", "/_ingest/pipeline/_simulate" + ("?verbose" if question.get("verbose") else "")
    request = urllib.request.Request(url + path, json.dumps(question["body"]).encode(), method=method,
                                     headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.load(reply)
    except urllib.error.HTTPError as error:
        return json.load(error)


class Sluice:
    def __init__(self, program, databases=DATABASES):
        self.process = subprocess.Popen([program, databases], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question):
        line = {key: question[key] for key in ("put", "verbose", "body") if key in question}
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"sluice died of {json.dumps(line)}")
        return json.loads(answer)


def questions(files):
    for name in files or ["-"]:
        stream = sys.stdin if name == "-" else open(name, encoding="utf-8")
        with stream:
            for number, line in enumerate(stream, 1):
                if line.strip() and not line.startswith("#"):
                    yield f"{name}:{number}", json.loads(line)


def record(arguments):
    for name in arguments.files:
        lines = []
        with open(name, encoding="utf-8") as stream:
            for line in stream:
                if not line.strip() or line.startswith("#"):
                    lines.append(line)
                    continue
                question = json.loads(line)
                question["answer"] = plain(ask_node(arguments.node, question))
                lines.append(line_of(question))
        with open(name, "w", encoding="utf-8") as stream:
            stream.writelines(lines)


def check(arguments):
    sluice = Sluice(arguments.lines)
    total = wrong = 0
    for place, question in questions(arguments.files):
        if not arguments.node and "answer" not in question:  # nobody has recorded it yet
            if "put" in question:
                sluice.ask(question)
            continue
        expected = ask_node(arguments.node, question) if arguments.node else question["answer"]
        got = sluice.ask(question)
        total += 1
        if text_of(expected) != text_of(got):
            wrong += 1
            shown = json.dumps({key: question[key] for key in question if key != "answer"})
            if wrong <= arguments.most:
                print(f"{place}: {shown}\n  node:   {json.dumps(plain(expected))}\n  sluice: {json.dumps(plain(got))}")
    print(f"{total} questions, {wrong} different")
    return 1 if wrong or not total else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["record", "check"])
    parser.add_argument("--node")
    parser.add_argument("--lines", default="build/release/tests/ingest_lines")
    parser.add_argument("--most", type=int, default=20, help="differences that are shown")
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_intermixed_args()
    if arguments.mode == "record":
        record(arguments)
        return 0
    return check(arguments)


if __name__ == "__main__":
    sys.exit(main())
