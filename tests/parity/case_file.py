"""The `.case` files of the parity suite: REST steps with the answers that real nodes gave.

    # what the file is about
    ignore: hits.hits.*.sort              for every step of the file
    only: opensearch, sluiced             which servers know what the file is about; all of them unless said

    --- what the step shows
    capture: scroll = _scroll_id          ${scroll} stands for it in later steps; `a.[b.c=d].e ~ ^(.*):` chooses an
                                          element of a list, and a part of a text
    ignore: version.number                paths (shell wildcards) whose values don't matter
    fresh: yes                            what the steps before it have made is taken away first
    until: task.status.batches = 1        asked again, for 20 s, until the answer has this value there; may stand twice
    headers: Location                     response headers that matter
    like: opensearch                      whose answer sluiced gives; elasticsearch unless said
    differs: scores                       sluiced differs on purpose: a heading of docs/compatibility.md
    POST /par-a/_doc?refresh
    Accept: application/json
    {"the": "body"}
    => 201
    {"the": "answer"}
    => opensearch 201                     where it is another one
    {"another": "answer"}

An answer that is no JSON has `| ` before each of its lines.
"""
import json
import pathlib
import re
from dataclasses import dataclass, field

from layout import laid_out

FLAVOURS = ("elasticsearch", "opensearch", "sluiced")
_REQUEST = re.compile(r"^(GET|PUT|POST|DELETE|HEAD|OPTIONS|PATCH) (/\S*)$")
_HEADER = re.compile(r"^([A-Z][A-Za-z-]+): (.*)$")
_ANSWER = re.compile(r"^=> (?:(elasticsearch|opensearch|sluiced) )?(\d{3})$")
_DIRECTIVES = ("capture", "ignore", "headers", "like", "differs", "final-newline", "fresh", "until")


class CaseError(Exception):
    """A file that cannot be read; the message says where."""


@dataclass
class Answer:
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: object = None  # JSON, Text, or None for an empty one


class Text(str):
    """A body that is no JSON."""


@dataclass
class Step:
    title: str
    line: int
    directives: list[tuple[str, str]] = field(default_factory=list)
    method: str = ""
    path: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)  # by flavour

    def said(self, name: str) -> list[str]:
        return [value for key, value in self.directives if key == name]

    def expected(self, flavour: str) -> Answer | None:
        """What a server of the flavour has to answer."""
        if flavour in self.answers:
            return self.answers[flavour]
        if flavour == "sluiced":
            for wanted in self.said("like"):
                if wanted in self.answers:
                    return self.answers[wanted]
        return self.answers.get("elasticsearch")


@dataclass
class CaseFile:
    path: pathlib.Path
    head: list[str]
    ignored: list[str]
    only: list[str]  # flavours; empty: all
    steps: list[Step]


def split_list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def read(path: pathlib.Path) -> CaseFile:
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("--- ")]
    head = lines[: starts[0]] if starts else lines
    ignored = [each for line in head if line.startswith("ignore: ") for each in split_list(line[8:])]
    only = [each for line in head if line.startswith("only: ") for each in split_list(line[6:])]
    for line in head:
        if line and not line.startswith(("#", "ignore: ", "only: ")):
            raise CaseError(f"{path}: before the first `--- ` stand only comments, `ignore:` and `only:`, not [{line}]")
    steps = [_step(path, lines, begin, end) for begin, end in zip(starts, starts[1:] + [len(lines)])]
    return CaseFile(path, head, ignored, only, steps)


def _step(path: pathlib.Path, lines: list[str], begin: int, end: int) -> Step:
    step = Step(lines[begin][4:].strip(), begin + 1)
    at = begin + 1
    while at < end and not _REQUEST.match(lines[at]):
        name, colon, value = lines[at].partition(":")
        if lines[at] and (not colon or name not in _DIRECTIVES):
            raise CaseError(f"{path}:{at + 1}: [{lines[at]}] is neither a directive nor a request (`GET /path`)")
        if lines[at]:
            step.directives.append((name, value.strip()))
        at += 1
    if at == end:
        raise CaseError(f"{path}:{begin + 1}: the step [{step.title}] has no request (`GET /path`)")
    step.method, step.path = _REQUEST.match(lines[at]).groups()
    at += 1
    while at < end and (header := _HEADER.match(lines[at])):
        step.headers.append(header.groups())
        at += 1
    while at < end and not _ANSWER.match(lines[at]):
        step.body.append(lines[at])
        at += 1
    while step.body and not step.body[-1]:
        step.body.pop()
    while at < end:
        at = _answer(path, lines, at, end, step)
    return step


def _answer(path: pathlib.Path, lines: list[str], at: int, end: int, step: Step) -> int:
    flavour, status = _ANSWER.match(lines[at]).groups()
    answer, at = Answer(int(status)), at + 1
    while at < end and (header := _HEADER.match(lines[at])):
        answer.headers[header.group(1)] = header.group(2)
        at += 1
    first, text = at, []
    while at < end and not _ANSWER.match(lines[at]):
        text.append(lines[at])
        at += 1
    while text and not text[-1]:
        text.pop()
    if text and text[0].startswith("|"):
        answer.body = Text("\n".join(line[2:] for line in text))
    elif text:
        try:
            answer.body = json.loads("\n".join(text))
        except ValueError as error:
            raise CaseError(f"{path}:{first + 1}: the answer is no JSON ({error}); text has `| ` before each line") from error
    step.answers[flavour or "elasticsearch"] = answer
    return at


def write(case: CaseFile) -> None:
    """The file anew, with the answers its steps have now."""
    lines = [line for line in case.head]
    while lines and not lines[-1]:
        lines.pop()
    for step in case.steps:
        lines += ["", f"--- {step.title}", *(f"{name}: {value}" for name, value in step.directives)]
        lines += [f"{step.method} {step.path}", *(f"{name}: {value}" for name, value in step.headers), *step.body]
        for flavour in FLAVOURS:
            if flavour in step.answers:
                lines += _answer_lines(flavour, step.answers[flavour])
    case.path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _answer_lines(flavour: str, answer: Answer) -> list[str]:
    name = "" if flavour == "elasticsearch" else f"{flavour} "
    lines = [f"=> {name}{answer.status}", *(f"{key}: {value}" for key, value in answer.headers.items())]
    if isinstance(answer.body, Text):
        return lines + [f"| {line}" for line in answer.body.split("\n")]
    return lines if answer.body is None else lines + laid_out(answer.body).split("\n")
