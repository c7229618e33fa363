#!/usr/bin/env python3
"""Asks a real node what queries find, and sluiced likewise.

    generate.py 1 500 | compare.py check --node http://127.0.0.1:9200 --sluiced http://127.0.0.1:9201
    compare.py check  --node .. --sluiced .. tests/cases/query/written/*.case
    compare.py check --hits --node .. --sluiced .. tests/cases/query/written/*.case
    compare.py record --node .. tests/cases/query/written/*.case

A line asks one query of a corpus (corpora.py): {"corpus":"places","query":{..}}; with "q" instead of "query" it is the parameters of
a URL. A .case file says its corpus once, `# corpus: places 150`, and then has a query a line; lines with # in front say what they are
about. check prints each difference and ends with 1 when there is one: ids and errors have to be equal, scores within 1e-5; but for what shares_words() says;
with --hits, for OpenSearch, whose scores and words of errors are its own, only which documents are found and which queries are refused.
record writes what the node answers to each .case file, with the documents, beside its folder: what query_test.cpp runs.
"""
import argparse
import json
import os
import re
import sys

import corpora
import searching


def read_case(path):
    corpus, count, queries = None, 0, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            if line.startswith("# corpus:"):
                corpus, count = line.split(":")[1].split()
            elif line and not line.startswith("#"):
                queries.append(line)
    return corpus, int(count), queries


def record(node, path):
    """The file: a mapping, documents, and queries with what they find or how they fail."""
    corpus, count, queries = read_case(path)
    index = searching.load(node, corpus, count)
    out = [json.dumps({"mapping": corpora.MAPPINGS[corpus], "index": index})]
    out += [json.dumps({"id": number, "document": source}, ensure_ascii=False) for number, source in corpora.documents(corpus, count)]
    for query in queries:
        answer = searching.search(node, index, query)
        if "error" in answer:
            error = answer["error"]
            error = error["failed_shards"][0]["reason"] if "failed_shards" in error else error
            fails = {key: error[key] for key in ("type", "reason", "line", "col") if key in error}
            if "script" in json.dumps(error.get("type")) or error.get("caused_by", {}).get("type") == "script_exception":
                fails["cause"] = searching.innermost(error)
            out.append(f'{{"query":{query},"fails":{json.dumps(fails, ensure_ascii=False)}}}')
        else:
            hits = sorted(answer["hits"].items(), key=lambda hit: int(hit[0]))
            out.append(f'{{"query":{query},"ids":{json.dumps([key for key, _ in hits])},"scores":{json.dumps([score for _, score in hits])}}}')
    name = os.path.splitext(os.path.basename(path))[0]
    target = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(path))), "recorded", f"{name}.ndjson")
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


def asked(paths):
    """(corpus, documents, query, parameters) of all files, or of the lines of the standard input."""
    if not paths:
        for line in sys.stdin:
            if line.strip():
                asks = json.loads(line)
                yield asks["corpus"], asks.get("documents", 5000), asks.get("query"), asks.get("q", "")
    for path in paths:
        corpus, count, queries = read_case(path)
        for query in queries:
            yield corpus, count, query, ""


def shares_words(query, found):
    """Known: two fuzzy words of a query may stand for the same word of the index. Lucene takes both for one term, with the frequency of
    the first; sluice scores each by its own (docs/queries.md). The hits are the same ones."""
    text = query if isinstance(query, str) else json.dumps(query)
    words = re.search(r'"query": ?"[^" ]+ [^"]+"', text)
    return "scores differ" in found and '"fuzziness"' in text and words is not None


# Where OpenSearch is known to find other documents, or to refuse what is right in Elasticsearch; docs/compatibility.md says why.
OPENSEARCH_DIFFERS = re.compile(r"""
    "min_score" | "cutoff_frequency" | \*names | "fuzziness":\ ?3 | ~(3|1\.5)" | "regexp".*~ | "terms_set".*"minimum_should_match":
    | "combined_fields".*("minimum_should_match"|"zero_terms_query"|"auto_generate_synonyms_phrase_query"|"fields":\ ?\[\]|{"query":"x"}) | "prefix".*"value":\ "".*"scoring_boolean"
    | script".*(doc\['ip'\] | doc\['?_ | doc\[[^]]*\]\.toString | \.millis | \.join\( | CIDR | \[[23]\] | \.get\([23]\))""", re.VERBOSE)


def is_known(arguments, query, found):
    text = query if isinstance(query, str) else json.dumps(query)
    return OPENSEARCH_DIFFERS.search(text) is not None if arguments.hits else shares_words(query, found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["check", "record"])
    parser.add_argument("--node", required=True)
    parser.add_argument("--sluiced")
    parser.add_argument("--hits", action="store_true", help="compare neither scores nor what errors say")
    parser.add_argument("--shown", type=int, default=40, help="differences that are printed")
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_intermixed_args()
    if arguments.mode == "record":
        searching.allow_scripts(arguments.node)
        for path in arguments.files:
            record(arguments.node, path)
        return 0
    for url in (arguments.node, arguments.sluiced):
        searching.allow_scripts(url)
    total = different = known = 0
    for corpus, count, query, parameters in asked(arguments.files):
        indices = [searching.load(url, corpus, count) for url in (arguments.node, arguments.sluiced)] if (corpus, count) not in LOADED else LOADED[corpus, count]
        LOADED[corpus, count] = indices
        node = searching.search(arguments.node, indices[0], query, parameters)
        ours = searching.search(arguments.sluiced, indices[1], query, parameters)
        total += 1
        found = searching.other_hits(node, ours) if arguments.hits else searching.difference(node, ours)
        if found and is_known(arguments, query, found):
            known += 1
        elif found:
            different += 1
            if different <= arguments.shown:
                print(corpus, query if isinstance(query, str) else json.dumps(query, ensure_ascii=False) if query else parameters, f"\n    {found}")
    print(f"{total} queries, {different} differences, and {known} known ones")
    return 1 if different else 0


LOADED = {}

if __name__ == "__main__":
    sys.exit(main())
