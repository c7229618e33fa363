"""opensearch-py: helpers.bulk, scan, a point in time by OpenSearch's routes, conflicts, _reindex as a task. ARGUMENT: the URL."""
import sys

from opensearchpy import ConflictError, NotFoundError, OpenSearch, RequestError, helpers

DOCUMENTS = 3000


def raises(kind, call):
    try:
        call()
    except kind:
        return
    raise AssertionError(f"{kind.__name__} was expected")


def manage_runs(client):
    def start(dest, rate):
        return client.reindex(body={"source": {"index": "os"}, "dest": {"index": dest}},
                              params={"wait_for_completion": "false", "requests_per_second": rate})["task"]

    def end_of(task):
        return client.tasks.get(task_id=task, params={"wait_for_completion": "true"})

    slow = start("os-slow", 20)
    listed = client.tasks.list(params={"actions": "*reindex", "detailed": "true", "group_by": "none"})["tasks"]
    assert slow in [f'{each["node"]}:{each["id"]}' for each in listed], listed
    assert not client.tasks.get(task_id=slow)["completed"]
    client.reindex_rethrottle(task_id=slow, params={"requests_per_second": -1})
    assert end_of(slow)["response"]["created"] == DOCUMENTS + 1
    stopped = start("os-stopped", 1)
    client.tasks.cancel(task_id=stopped)
    assert end_of(stopped)["response"]["canceled"] == "by user request"


def main(url):
    client = OpenSearch(url, timeout=60)
    client.indices.create(index="os", body={"mappings": {"properties": {"n": {"type": "long"}}}})
    assert helpers.bulk(client, ({"_index": "os", "_id": str(n), "n": n} for n in range(DOCUMENTS)), refresh=True) == (DOCUMENTS, [])
    assert len({hit["_id"] for hit in helpers.scan(client, index="os", size=500)}) == DOCUMENTS
    pit = client.create_pit(index="os", params={"keep_alive": "1m"})["pit_id"]
    client.index(index="os", id="later", body={"n": -1}, refresh=True)
    page = client.search(body={"pit": {"id": pit, "keep_alive": "1m"}, "sort": [{"n": "asc"}], "size": 2})["hits"]["hits"]
    assert [hit["_id"] for hit in page] == ["0", "1"], page
    assert client.delete_pit(body={"pit_id": [pit]})["pits"][0]["successful"]
    client.update(index="os", id="1", body={"doc": {"n": 99}})
    client.update(index="os", id="1", body={"script": {"source": "ctx._source.n += params.by", "lang": "painless", "params": {"by": 1}}})
    assert client.get(index="os", id="1")["_source"] == {"n": 100}
    raises(NotFoundError, lambda: client.get(index="os", id="none"))
    raises(ConflictError, lambda: client.index(index="os", id="1", body={"n": 1}, params={"op_type": "create"}))
    raises(RequestError, lambda: client.index(index="os", id="1", body={"n": "many"}))
    manage_runs(client)
    client.indices.delete(index="os")
    print("opensearch-py done")


if __name__ == "__main__":
    main(sys.argv[1])
