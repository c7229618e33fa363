"""Two answers, key for key."""
import re

from case_file import Answer

MISSING = object()
_METHODS = re.compile(r"\b(?:DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)(?:, ?(?:DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT))+\b")


def _methods_in_order(value):
    """Lists of methods sorted: a node names them in the order of a hash that is another each time it starts."""
    if not isinstance(value, str):
        return value
    return _METHODS.sub(lambda found: ",".join(sorted(re.split(", ?", found[0]))), value)


def differences(found, wanted, path: str = "") -> list[str]:
    """One line for each place where they differ; 1 and 1.0 do."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        lines = []
        for key in [*wanted, *(key for key in found if key not in wanted)]:
            lines += differences(found.get(key, MISSING), wanted.get(key, MISSING), f"{path}.{key}" if path else key)
        return lines
    if isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        return [line for number, pair in enumerate(zip(found, wanted)) for line in differences(*pair, f"{path}.{number}")]
    if type(found) is type(wanted) and _methods_in_order(found) == _methods_in_order(wanted):
        return []
    return [f"{path or 'body'}: {_shown(found)}, not {_shown(wanted)}"]


def _shown(value) -> str:
    return "nothing" if value is MISSING else repr(value)


def answer_differences(found: Answer, wanted: Answer) -> list[str]:
    lines = [] if found.status == wanted.status else [f"status: {found.status}, not {wanted.status}"]
    return lines + differences(found.headers, wanted.headers, "header") + differences(found.body, wanted.body)
