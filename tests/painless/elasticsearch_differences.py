"""What Elasticsearch 9 answers to generated programs otherwise than sluice, for reasons that docs/compatibility.md gives."""


def _memory(node, mine):
    return (bool(node.get("causes")) and node["causes"][0].startswith("out_of_memory_error") and bool(mine.get("causes"))
            and mine["causes"][0].startswith("circuit_breaking_exception: script allocation limit exceeded"))


def _result(node, mine):
    """The script is through; its result can't be shown."""
    return node.get("causes") == [] and mine.get("causes") == [node.get("error")] and "position" not in mine


def _byte_code(node, mine):
    return node.get("error") == "compile error" and node["causes"][0].startswith(("verify_error", 'null_pointer_exception: Cannot invoke "String.hashCode()"'))


def place_only(node, mine):
    return "position" in node and "position" in mine and {**node, "position": 0} == {**mine, "position": 0}


RULES = {
    "the node's heap, sluice's limit": _memory,
    "a result that can't be shown": _result,
    "the node's own byte code is wrong": _byte_code,
    "the place of an error": place_only,
}


def explained(node, mine):
    """The rule that says why they differ; None: nobody knows."""
    return next((name for name, rule in RULES.items() if rule(node, mine)), None)
