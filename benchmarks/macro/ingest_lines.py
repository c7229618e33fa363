"""Ingest pipelines on the way from a file to nowhere, against the plain copy kernel; and in sluiced, beside a real OpenSearch."""
import json
import pathlib
import shutil
import time

from file_lines import ONE, against_kernel, body
from journey import http
from measuring import BenchError, Spread, Tools, at_least
from server_lines import Sluiced, opensearch

FIELDS = {"processors": [{"set": {"field": "imported", "value": True}},
                         {"rename": {"field": "asciiname", "target_field": "ascii"}},
                         {"remove": {"field": "alternatenames"}}]}
LOG_LINE = {"processors": [{"grok": {"field": "message", "patterns": ["%{COMMONAPACHELOG}"]}},
                           {"date": {"field": "timestamp", "formats": ["dd/MMM/yyyy:HH:mm:ss Z"]}}]}
BULK = 5000  # documents
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def rate(tools: Tools, source: pathlib.Path, pipeline: dict, documents: int) -> Spread:
    """Documents a second through a pipeline, whole process. All of them have to come out."""
    file = tools.data / "bench-pipeline.json"
    file.write_text(json.dumps(pipeline), encoding="utf-8")
    rates = []
    for _ in range(tools.repetitions):
        done = tools.reindex(body("bench"), "--source", source, "--dest", "null:", "--slices", 1, "--pipeline", file, cores=ONE)
        response = json.loads(done.stdout)
        if response["created"] != documents:
            raise BenchError(f"{response['created']} of {documents} documents came through the pipeline")
        rates.append(documents / done.seconds)
    return Spread.of(rates)


def log_line(document: dict) -> str:
    """A document of http_logs as the line that it was made of."""
    moment = time.gmtime(document["@timestamp"])
    stamp = f"{moment.tm_mday:02}/{MONTHS[moment.tm_mon - 1]}/{moment.tm_year}:{moment.tm_hour:02}:{moment.tm_min:02}:{moment.tm_sec:02} +0000"
    return f'{document["clientip"]} - - [{stamp}] "{document["request"]}" {document["status"]} {document["size"]}'


def log_lines(tools: Tools, size: str) -> tuple[pathlib.Path, int]:
    """The corpus of unparsed lines, and how many there are."""
    path = tools.data / f"http_logs-lines-{size}.ndjson"
    source = tools.corpus("http_logs", size)
    count = 0
    with source.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8") as out:
        for line in lines:
            hit = json.loads(line)
            hit["_source"] = {"message": log_line(hit["_source"])}
            out.write(json.dumps(hit) + "\n")
            count += 1
    return path, count


def bulk_rate(url: str, bulks: list[str], documents: int) -> float:
    http("PUT", f"{url}/_ingest/pipeline/bench", json.dumps(LOG_LINE))
    http("PUT", f"{url}/bench", json.dumps({"settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}}))
    begin = time.monotonic()
    for bulk in bulks:
        answer = http("POST", f"{url}/bench/_bulk?pipeline=bench&filter_path=errors", bulk)
        if answer.get("errors") is not False:
            raise BenchError(f"a bulk through a pipeline failed at {url}: {answer}")
    return documents / (time.monotonic() - begin)


def bulk_line(tools: Tools, source: pathlib.Path):
    """The same bulks through the same pipeline."""
    with source.open(encoding="utf-8") as lines:
        documents = [json.loads(line)["_source"] for line, _ in zip(lines, range(20 * BULK))]
    bulks = ["".join('{"index":{}}\n' + json.dumps(each) + "\n" for each in documents[at:at + BULK])
             for at in range(0, len(documents), BULK)]
    folder = tools.data / "ingest-store"
    rates, other = [], []
    for _ in range(max(1, tools.repetitions // 2)):
        shutil.rmtree(folder, ignore_errors=True)
        with Sluiced(tools, folder) as server:
            rates.append(bulk_rate(server.url, bulks, len(documents)))
        shutil.rmtree(folder, ignore_errors=True)
        with opensearch(folder) as url:
            bulk_rate(url, bulks, len(documents))  # its compiler warms up
            http("DELETE", f"{url}/bench")
            other.append(bulk_rate(url, bulks, len(documents)))
        shutil.rmtree(folder, ignore_errors=True)
    ours, theirs = Spread.of(rates), Spread.of(other)
    yield at_least("_bulk through grok and date, of OpenSearch's", ours.best / theirs.best, 10,
                   f"{ours.text()} docs/s, OpenSearch {theirs.text()}")


def ingest_lines(tools: Tools, size: str):
    source = tools.corpus("geonames", size)
    kernel, documents, instruction_set = tools.kernel(source, ONE)
    measured = rate(tools, source, FIELDS, documents)
    yield against_kernel("file -> null:, set, rename and remove, of the kernel", 0.20, measured, kernel, f" ({instruction_set})")
    lines, count = log_lines(tools, "100mb")
    parsed = rate(tools, lines, LOG_LINE, count)
    yield at_least("file -> null:, lines of http_logs through grok and date", parsed.best, 250_000, f"{parsed.text()} docs/s", " docs/s")
    yield from bulk_line(tools, lines)
