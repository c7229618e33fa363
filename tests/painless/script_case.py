"""The `.case` files of tests/cases/painless/scripts: scripts as people write them, with what a real _reindex makes of documents.

    # what the file is about

    === what the script is for
    --- params                            may be left out
    {"a": 1}
    --- script
    ctx._source.b = ctx._source.remove('a');
    --- before                            a document a line: _id, _routing, _source
    {"_id": "1", "_source": {"a": 1}}
    --- after                             what became of each, in the same order
    {"op": "index", "_index": "pld", "_id": "1", "_source": {"b": 1}}

`op` is index, noop or delete. A document that failed has {"error": "runtime error", "causes": [..], "position": [..]}. Where the `_id`
was made by the node it is `*made*`. A part `differs` says why sluice answers otherwise. A document without an `_id` has its number in the case, from 1.
"""
import json
import pathlib
from dataclasses import dataclass, field

SOURCE, DEST = "pls", "pld"
PARTS = ("params", "script", "before", "after", "differs")


@dataclass
class ScriptCase:
    title: str
    parts: dict[str, list[str]] = field(default_factory=dict)

    @property
    def script(self) -> str:
        return "\n".join(self.parts["script"])

    @property
    def params(self) -> dict:
        return json.loads("\n".join(self.parts.get("params", ["{}"])))

    def documents(self) -> list[dict]:
        documents = [json.loads(line) for line in self.parts["before"]]
        for number, document in enumerate(documents, 1):
            document.setdefault("_id", str(number))
        return documents


def read(path: pathlib.Path) -> tuple[list[str], list[ScriptCase]]:
    """The comments at the head, and the cases."""
    head, cases, part = [], [], None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("=== "):
            cases.append(ScriptCase(line[4:]))
            part = None
        elif cases and line.startswith("--- "):
            part = cases[-1].parts.setdefault(line[4:], [])
        elif part is not None:
            part.append(line)
        elif not cases:
            head.append(line)
    for case in cases:
        for name, lines in case.parts.items():
            if name not in PARTS:
                raise ValueError(f"{path}: [{case.title}] has a part [{name}]; there are {', '.join(PARTS)}")
            while lines and not lines[-1]:
                lines.pop()
    return head, cases


def write(path: pathlib.Path, head: list[str], cases: list[ScriptCase]) -> None:
    lines = list(head)
    while lines and not lines[-1]:
        lines.pop()
    for case in cases:
        lines += ["", f"=== {case.title}"]
        for name in PARTS:
            if name in case.parts:
                lines += [f"--- {name}", *case.parts[name]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
