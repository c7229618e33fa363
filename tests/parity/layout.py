"""JSON as people like to read it: what fits in a line stays in a line."""
import json

_WIDTH = 130


def laid_out(value, indent: int = 0) -> str:
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= _WIDTH or not isinstance(value, (dict, list)) or not value:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        parts = [f"{inner}{json.dumps(key, ensure_ascii=False)}: {laid_out(each, indent + 2)}" for key, each in value.items()]
        begin, end = "{", "}"
    else:
        parts = [inner + laid_out(each, indent + 2) for each in value]
        begin, end = "[", "]"
    return f"{begin}\n" + ",\n".join(parts) + f"\n{' ' * indent}{end}"
