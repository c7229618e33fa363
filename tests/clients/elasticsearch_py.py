"""elasticsearch-py: helpers.bulk, scan, a point in time, conflicts, _reindex and its kin as tasks. ARGUMENT: the URL."""
import sys

from elasticsearch import BadRequestError, ConflictError, Elasticsearch, NotFoundError, helpers

DOCUMENTS = 5000


def raises(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was expected")


def write(client):
    client.indices.create(index="py", settings={"number_of_shards": 2}, mappings={"properties": {"n": {"type": "long"}}})
    actions = ({"_index": "py", "_id": str(n), "n": n, "text": f"document {n}"} for n in range(DOCUMENTS))
    assert helpers.bulk(client, actions, chunk_size=700, refresh=True) == (DOCUMENTS, [])
    done, errors = helpers.bulk(client, [{"_op_type": "create", "_index": "py", "_id": "1", "n": 1},
                                         {"_op_type": "update", "_index": "py", "_id": "2", "doc": {"n": -2}},
                                         {"_op_type": "update", "_index": "py", "_id": "2", "script": {"source": "ctx._source.m = ctx._source.n * 2"}},
                                         {"_op_type": "delete", "_index": "py", "_id": "3"}], raise_on_error=False)
    assert done == 3 and errors[0]["create"]["status"] == 409, (done, errors)
    for ok, _ in helpers.streaming_bulk(client, ({"_index": "py", "_id": f"s{n}", "n": n} for n in range(10))):
        assert ok
    client.indices.refresh(index="py")
    assert client.count(index="py")["count"] == DOCUMENTS + 9


def read(client):
    found = {hit["_id"] for hit in helpers.scan(client, index="py", size=300, query={"query": {"range": {"n": {"gte": 0}}}})}
    assert len(found) == DOCUMENTS + 8, len(found)
    pit = client.open_point_in_time(index="py", keep_alive="1m")["id"]
    after, seen = None, []
    while True:
        page = client.search(pit={"id": pit, "keep_alive": "1m"}, sort=[{"n": "asc"}], size=1000, search_after=after)["hits"]["hits"]
        if not page:
            break
        seen += [hit["_id"] for hit in page]
        after = page[-1]["sort"]
    assert len(seen) == len(set(seen)) == DOCUMENTS + 9, len(seen)
    assert client.close_point_in_time(id=pit)["succeeded"]
    assert client.get(index="py", id="2")["_source"]["n"] == -2
    assert client.get(index="py", id="2")["_source"]["m"] == -4
    assert [each["found"] for each in client.mget(index="py", ids=["1", "3"])["docs"]] == [True, False]


def fail(client):
    raises(NotFoundError, lambda: client.get(index="py", id="3"))
    raises(ConflictError, lambda: client.create(index="py", id="1", document={"n": 1}))
    error = raises(BadRequestError, lambda: client.index(index="py", id="x", document={"n": "many"}))
    assert error.error == "document_parsing_exception", error
    raises(NotFoundError, lambda: client.search(index="nowhere"))
    error = raises(BadRequestError, lambda: client.update(index="py", id="1", script={"source": "ctx._source.n.foo()"}))
    assert error.body["error"]["caused_by"]["type"] == "script_exception", error


def manage(client):
    assert client.info()["tagline"] == "You Know, for Search"
    assert client.indices.exists(index="py") and not client.indices.exists(index="nowhere")
    client.indices.put_alias(index="py", name="py-alias")
    assert client.cluster.health(index="py")["status"] in ("green", "yellow")
    result = client.reindex(source={"index": "py"}, dest={"index": "py-copy"}, refresh=True)
    assert result["created"] == DOCUMENTS + 9, result
    client.indices.delete(index="py")


def manage_runs(client):
    def start(dest, **options):
        return client.reindex(source={"index": "py-copy"}, dest={"index": dest}, wait_for_completion=False, **options)["task"]

    def end_of(task):
        return client.tasks.get(task_id=task, wait_for_completion=True, timeout="60s")

    slow = start("py-slow", slices=2, requests_per_second=20)
    listed = client.tasks.list(actions="*reindex", detailed=True, group_by="none")["tasks"]
    assert slow in [f'{each["node"]}:{each["id"]}' for each in listed], listed
    assert not client.tasks.get(task_id=slow)["completed"]
    client.reindex_rethrottle(task_id=slow, requests_per_second=-1)
    done = end_of(slow)
    assert done["completed"] and done["response"]["created"] == DOCUMENTS + 9 and len(done["response"]["slices"]) == 2, done
    stopped = start("py-stopped", requests_per_second=1)
    client.tasks.cancel(task_id=stopped)
    assert end_of(stopped)["response"]["canceled"] == "by user request"
    updating = client.update_by_query(index="py-copy", script={"source": "ctx._source.seen = true"}, refresh=True, requests_per_second=20, wait_for_completion=False)["task"]
    client.update_by_query_rethrottle(task_id=updating, requests_per_second=-1)
    assert end_of(updating)["response"]["updated"] == DOCUMENTS + 9
    deleting = client.delete_by_query(index="py-copy", query={"match_all": {}}, requests_per_second=20, wait_for_completion=False)["task"]
    client.delete_by_query_rethrottle(task_id=deleting, requests_per_second=-1)
    assert end_of(deleting)["response"]["deleted"] == DOCUMENTS + 9


def main(url):
    client = Elasticsearch(url, request_timeout=60)
    for step in (write, read, fail, manage, manage_runs):
        step(client)
    print("elasticsearch-py", client.info()["version"]["number"])


if __name__ == "__main__":
    main(sys.argv[1])
