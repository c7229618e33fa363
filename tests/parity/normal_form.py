"""What may differ from one run to the next is replaced by a word for its kind, so that the rest can be compared as it is."""
import fnmatch
import re

from case_file import Text

# By the name of a key: the type the value has to have, and the word that stands for it.
_BY_KEY = {
    "took": (int, "*took*"),
    "took_in_millis": (int, "*took*"),
    "_scroll_id": (str, "*scroll id*"),
    "pit_id": (str, "*pit id*"),
    "uuid": (str, "*uuid*"),
    "index_uuid": (str, "*uuid*"),
    "cluster_uuid": (str, "*uuid*"),
    "creation_date": (str, "*time*"),
    "creation_time": (int, "*time*"),
    "created_date_millis": (int, "*time*"),
    "modified_date_millis": (int, "*time*"),
    "cluster_name": (str, "*cluster*"),
    "node": (str, "*node*"),
    "stack_trace": (str, "*trace*"),
}
_AUTOMATIC_ID = re.compile(r"^[A-Za-z0-9_-]{20}$")
_DATE_OF_BACKING_INDEX = re.compile(r"(\.ds-.+?-)\d{4}\.\d\d\.\d\d-(\d{6})")
_JAVA_FRAME = re.compile(r"[a-z.]+(@[0-9.]+)?/[a-z]")
_UUID_IN_TEXT = re.compile(r"(\[[^\]/\[]*/)[A-Za-z0-9_-]{22}\]")


def normal(value, ignored: list[str], path: str = "", key: str = ""):
    """`value` with words for what is different each time. `ignored`: paths with shell wildcards."""
    if path and any(fnmatch.fnmatchcase(path, pattern) for pattern in ignored):
        return "*"
    if isinstance(value, dict):
        return {name: normal(each, ignored, f"{path}.{name}" if path else name, name) for name, each in value.items()}
    if key == "script_stack" and isinstance(value, list):  # Java's own frames are Java's
        return [line for line in value if not _JAVA_FRAME.match(str(line))]
    if isinstance(value, list):
        return [normal(each, ignored, f"{path}.{number}" if path else str(number)) for number, each in enumerate(value)]
    kind, word = _BY_KEY.get(key.removeprefix("index."), (None, ""))
    if kind and isinstance(value, kind) and not isinstance(value, bool):
        return word
    if key == "_id" and isinstance(value, str) and _AUTOMATIC_ID.match(value):
        return "*automatic id*"
    if key == "created" and path.endswith("version.created"):
        return "*version*"
    if isinstance(value, str):
        text = _DATE_OF_BACKING_INDEX.sub(r"\1*date*-\2", _UUID_IN_TEXT.sub(r"\1*uuid*]", value))
        return Text(text) if isinstance(value, Text) else text
    return value


