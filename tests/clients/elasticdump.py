"""elasticdump copies an index of sluiced to a file and back into another index. ARGUMENTS: the URL, the folder with elasticdump."""
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

DOCUMENTS = 1500


def http(method, url, body=None):
    request = urllib.request.Request(url, data=body, method=method, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.loads(reply.read())


def sources(url, index):
    hits = http("GET", f"{url}/{index}/_search?size=10000")["hits"]["hits"]
    return {hit["_id"]: hit["_source"] for hit in hits}


def main(url, folder):
    program = pathlib.Path(folder) / "node_modules/.bin/elasticdump"
    lines = "".join(f'{{"index":{{"_id":"{n}"}}}}\n{{"n":{n},"text":"document {n}","o":{{"x":[{n},null]}}}}\n' for n in range(DOCUMENTS))
    assert not http("POST", f"{url}/dump/_bulk?refresh", lines.encode())["errors"]
    with tempfile.TemporaryDirectory() as scratch:
        file = f"{scratch}/dump.ndjson"
        for kind in ("mapping", "data"):
            subprocess.run([program, f"--input={url}/dump", f"--output={file}.{kind}", f"--type={kind}", "--limit=200", "--quiet"], check=True)
        for kind in ("mapping", "data"):
            subprocess.run([program, f"--input={file}.{kind}", f"--output={url}/restored", f"--type={kind}", "--limit=200", "--quiet"],
                           check=True)
    http("POST", f"{url}/restored/_refresh")
    wanted, found = sources(url, "dump"), sources(url, "restored")
    assert len(wanted) == DOCUMENTS and found == wanted, (len(wanted), len(found))
    mappings = [http("GET", f"{url}/{index}/_mapping")[index] for index in ("dump", "restored")]
    assert mappings[0] == mappings[1], mappings
    print("elasticdump done")


if __name__ == "__main__":
    main(*sys.argv[1:])
