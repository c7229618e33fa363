"""Runs the steps of a case file against one server, with captured values put in and taken out."""
import pathlib
import re
import time

from case_file import Answer, CaseError, CaseFile, Step, Text, split_list
from connection import Connection, answer_of
from normal_form import normal

_PLACEHOLDER = re.compile(r"\$\{([a-z_0-9]+)\}")


class Session:
    """One file on one server: what was captured, and a clean place to begin with."""

    def __init__(self, connection: Connection, case: CaseFile):
        self._connection, self._case, self._values = connection, case, {}

    def run(self, step: Step) -> Answer:
        """The answer in normal form. Errors: CaseError where a capture finds nothing."""
        text = "\n".join(self._filled(line, step) for line in step.body)
        if step.body and step.said("final-newline") != ["no"]:
            text += "\n"
        headers = list(step.headers)
        if step.body and not any(name == "Content-Type" for name, _ in headers):
            headers.append(("Content-Type", "application/json"))
        if step.said("fresh"):
            tidy(self._connection)
            self._values.clear()
        path, body = self._filled(step.path, step), text.encode() if step.body else None

        def send():
            return self._connection.send(step.method, path, body, tuple(headers))

        sent = send()
        answer = answer_of(*sent, [name for each in step.said("headers") for name in split_list(each)])
        answer = self._awaited(step, answer, send)
        for each in step.said("capture"):
            self._capture(step, each, answer.body)
        ignored = self._case.ignored + [path for each in step.said("ignore") for path in split_list(each)]
        answer.body = self._emptied(normal(answer.body, ignored))
        return answer

    @staticmethod
    def _awaited(step: Step, answer: Answer, send) -> Answer:
        """The first answer that has what the step waits for, or the last one."""
        conditions = [[part.strip() for part in each.split("=")] for each in step.said("until")]
        deadline = time.monotonic() + 20
        while not all(str(found_at(answer.body, path)) == value for path, value in conditions):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
            answer = answer_of(*send(), [])
        return answer

    def _filled(self, text: str, step: Step) -> str:
        def value(match):
            if match.group(1) not in self._values:
                raise CaseError(f"{self._where(step)}: nothing was captured as ${{{match.group(1)}}}")
            return str(self._values[match.group(1)])
        return _PLACEHOLDER.sub(value, text)

    def _emptied(self, value):
        """Captured values become their names again where an answer repeats them."""
        if isinstance(value, dict):
            return {key: self._emptied(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._emptied(each) for each in value]
        if isinstance(value, str):
            text = str(value)
            for name, captured in self._values.items():
                if isinstance(captured, str) and len(captured) > 8:
                    text = text.replace(captured, f"${{{name}}}")
            return Text(text) if isinstance(value, Text) else text
        return value

    def _capture(self, step: Step, text: str, body) -> None:
        name, path = (part.strip() for part in text.split("=", 1))
        path, _, regex = (part.strip() for part in path.partition("~"))
        value = found_at(body, path)
        if regex and isinstance(value, str):
            value = re.search(regex, value).group(1)
        self._values[name] = "nothing-was-captured" if value is None else value

    def _where(self, step: Step) -> str:
        return f"{self._case.path.name}:{step.line}"


def found_at(value, path: str):
    """What a.0.b leads to; nothing where it leads nowhere. [a.b=c] is the element of a list whose a.b is c."""
    for key in re.findall(r"\[[^]]*\]|[^.]+", path):
        try:
            if key.startswith("["):
                inner, _, wanted = key[1:-1].partition("=")
                value = next((each for each in value if str(found_at(each, inner)) == wanted), None)
            else:
                value = value[int(key)] if isinstance(value, list) else value[key]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return value


def tidy(connection: Connection) -> None:
    """Takes away what a suite makes: everything whose name begins with `par`, points in time, runs."""
    connection.json("POST", "/_tasks/_cancel?actions=indices:data/write/reindex,*/byquery&wait_for_completion=true")
    connection.send("PUT", "/_cluster/settings", b'{"persistent":{"action.auto_create_index":null}}',
                    (("Content-Type", "application/json"),))
    for path in ("/_data_stream/par*?expand_wildcards=all",):
        for each in connection.json("GET", path)[1].get("data_streams", []):
            connection.json("DELETE", f"/_data_stream/{each['name']}")
    status, indices = connection.json("GET", "/par*/_settings?expand_wildcards=all&filter_path=*.settings.index.uuid")
    for name in indices if status == 200 else ():
        connection.json("DELETE", f"/{name}")
    for path in ("/_index_template/par*", "/_template/par*", "/_component_template/par*", "/_search/point_in_time/_all"):
        connection.json("DELETE", path)


def case_files(arguments: list[str]) -> list[pathlib.Path]:
    """The files themselves, and those in the folders named."""
    found = []
    for each in map(pathlib.Path, arguments):
        found += sorted(each.glob("*.case")) if each.is_dir() else [each]
    if not found:
        raise CaseError("no .case files: name files or a folder")
    return found
