"""Asks servers: loads corpora into them by _bulk, searches, and says what of an answer has to be equal."""
import json
import re
import urllib.error
import urllib.request

import corpora


def ask(url, body=None, method=None, kind="application/json"):
    data = body.encode() if isinstance(body, str) else None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": kind}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.loads(error.read() or b"{}")


def allow_scripts(url):
    """As many as there are queries: each is another one."""
    ask(f"{url}/_cluster/settings", {"persistent": {"script.max_compilations_rate": "100000/1m"}}, "PUT")


def load(url, name, count):
    """An index with the first documents of a corpus; its name. What is there already is taken as it is."""
    index = f"{name}-{count}"
    if ask(f"{url}/{index}/_count").get("count") == count:
        return index
    ask(f"{url}/{index}", method="DELETE")
    made = ask(f"{url}/{index}", {"settings": {"number_of_shards": 1, "number_of_replicas": 0}, "mappings": corpora.MAPPINGS[name]}, "PUT")
    if not made.get("acknowledged"):
        raise SystemExit(f"{url} does not make {index}: {made}")
    documents = corpora.documents(name, count)
    for first in range(0, count, 1000):
        lines = "".join(f'{json.dumps({"index": {"_id": number, "routing": corpora.routing(source)}})}\n{json.dumps(source)}\n' for number, source in documents[first:first + 1000])
        answer = ask(f"{url}/{index}/_bulk", lines, kind="application/x-ndjson")
        if answer.get("errors") is not False:
            raise SystemExit(f"{url} refuses documents of {name}: {json.dumps(answer)[:1000]}")
    ask(f"{url}/{index}/_refresh", method="POST")
    ask(f"{url}/{index}/_forcemerge?max_num_segments=1", method="POST")
    return index


def search(url, index, query, parameters=""):
    """Scores by id, or what is wrong."""
    raw = query if isinstance(query, str) else json.dumps(query)
    if parameters:
        answer = ask(f"{url}/{index}/_search?size=10000&_source=false&{parameters}")
    else:
        answer = ask(f"{url}/{index}/_search", f'{{"query":{raw},"size":10000,"_source":false}}')
    if "error" in answer:
        return {"error": essence(answer["error"]), "status": answer.get("status")}
    return {"hits": {hit["_id"]: hit["_score"] for hit in answer["hits"]["hits"]}}


def essence(error):
    """An error without what differs from server to server: ids, Java's own frames of a script's stack, Lucene's numbers of documents."""
    if isinstance(error, dict):
        return {key: essence(value if key != "script_stack" else [line for line in value if not re.match(r"[a-z.]+(@[0-9.]+)?/", line)])
                for key, value in error.items() if key not in ("node", "index_uuid", "stack_trace")}
    if isinstance(error, list):
        return [essence(value) for value in error]
    return re.sub(r"for doc(: | \[)[0-9]+", r"for doc\1", re.sub(r"@[0-9a-f]{6,8}\b", "@", error)) if isinstance(error, str) else error


def innermost(error):
    """What in the end is wrong, and where in a script: `type: reason 4`."""
    place = ""
    while True:
        place = str(error["position"]["offset"]) if "position" in error else place
        if "caused_by" not in error:
            return f'{error["type"]}: {error["reason"]} {place}'.strip()
        error = error["caused_by"]


def close(a, b):
    return a == b or (a is not None and b is not None and abs(a - b) <= 1e-5 * max(abs(a), abs(b)))


def other_hits(node, ours):
    """Empty: the same documents are found, or both refuse the query."""
    if "error" in node and "error" in ours:
        return ""
    if "error" in node or "error" in ours:
        return f"node: {json.dumps(node)[:900]}\n    sluice: {json.dumps(ours)[:900]}"
    theirs, mine = node["hits"], ours["hits"]
    missing, more = sorted(theirs.keys() - mine.keys()), sorted(mine.keys() - theirs.keys())
    return f"of {len(theirs)} hits {len(missing)} are missing: {missing[:5]}; {len(more)} are too many: {more[:5]}" if missing or more else ""


def difference(node, ours):
    """Empty: they are equal."""
    if "error" in node and "error" in ours:
        return "" if node == ours else f"node: {json.dumps(node)[:900]}\n    sluice: {json.dumps(ours)[:900]}"
    found = other_hits(node, ours)
    if found or "error" in node:
        return found
    theirs, mine = node["hits"], ours["hits"]
    wrong = [(key, theirs[key], mine[key]) for key in theirs if not close(theirs[key], mine[key])]
    return f"{len(wrong)} of {len(theirs)} scores differ: {wrong[:3]}" if wrong else ""
