"""What OpenSearch 3 answers otherwise than Elasticsearch 9, and so than sluice: docs/compatibility.md has the table.

Values are the same. What differs is how mistakes are told; every rule wants the rest of the answer to be the same.
"""
import re


def _errors(node, mine):
    return "error" in node and "error" in mine and node["error"] == mine["error"] and bool(node["causes"]) and bool(mine["causes"])


def _both(prefix):
    """The first causes begin so, in the same place."""
    def rule(node, mine):
        return (_errors(node, mine) and node.get("position") == mine.get("position")
                and node["causes"][0].startswith(prefix) and mine["causes"][0].startswith(prefix))
    return rule


def _package(node, mine):
    renamed = [cause.replace("org.opensearch.", "org.elasticsearch.") for cause in node.get("causes", [])]
    return _errors(node, mine) and {**node, "causes": renamed} == mine


def _cast(node, mine):
    word = re.compile(r"class_cast_exception: ([Cc]annot |class )")
    return _both("class_cast_exception")(node, mine) and all(word.match(each["causes"][0]) for each in (node, mine))


def _stack(node, mine):
    return _errors(node, mine) and node["causes"] == mine["causes"] == ["stack_overflow_error: None"] and "position" not in node


def _byte_code(node, mine):
    return node.get("error") == "compile error" and node["causes"][0].startswith("verify_error")


RULES = {
    "null": _both("null_pointer_exception"),
    "casts": _cast,
    "packages": _package,
    "unknown calls": _both("illegal_argument_exception: Unknown call"),
    "regular expressions": _both("illegal_argument_exception: invalid regular expression"),
    "endless calls": _stack,
    "byte code": _byte_code,
}


def explained(node, mine):
    """The rule that says why they differ; None: nobody knows."""
    return next((name for name, rule in RULES.items() if rule(node, mine)), None)
