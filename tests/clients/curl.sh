#!/usr/bin/env bash
# curl: what people type by hand. ARGUMENT: the URL.
set -euo pipefail
url=$1

expect() { # WANTED FOUND
  [[ $2 == *"$1"* ]] || { echo "expected [$1] in: $2" >&2; exit 1; }
}
ask() { curl -sS --max-time 30 -H 'Content-Type: application/json' "$@"; }

expect '"created"' "$(ask -X PUT "$url/c/_doc/1?refresh" -d '{"n": 1}')"
expect '"errors":false' "$(printf '{"index":{"_id":"2"}}\n{"n":2}\n' | ask "$url/c/_bulk?refresh" --data-binary @-)"
expect '"errors":false' "$(printf '{"index":{"_id":"3"}}\n{"n":3}\n' | gzip | ask -H 'Content-Encoding: gzip' "$url/c/_bulk?refresh" --data-binary @-)"
expect '"count":3' "$(ask "$url/c/_count")"
expect '"count":3' "$(ask --compressed "$url/c/_count")"
expect '"n":2' "$(ask "$url/c/_doc/2")"
expect '  "n" : 3' "$(ask "$url/c/_source/3?pretty")"
expect 'count: 3' "$(ask "$url/c/_count?format=yaml")"
expect '"n":5' "$(ask -X POST "$url/c/_update/3?_source=true" -d '{"script": {"source": "ctx._source.n += params.by", "params": {"by": 2}}}')"
expect '"created"' "$(ask -X POST "$url/e/_update/1" -d '{"script": "ctx._source.n++", "upsert": {"n": 1}}')"
expect '404' "$(ask -o /dev/null -w '%{http_code}' "$url/c/_doc/none")"
expect 'HTTP/1.1 200' "$(ask -I "$url/c")"
# a body that curl sends in chunks, after asking with Expect: 100-continue
expect '"errors":false' "$({ for n in $(seq 4 2000); do printf '{"index":{"_id":"%s"}}\n{"n":%s}\n' "$n" "$n"; done; } |
  ask -H 'Transfer-Encoding: chunked' -H 'Expect: 100-continue' -X POST "$url/c/_bulk?refresh&filter_path=errors" -T -)"
expect '"count":2000' "$(ask "$url/c/_count")"
expect '"created":2000' "$(ask "$url/_reindex?refresh" -d '{"source": {"index": "c"}, "dest": {"index": "d"}}')"
expect '"acknowledged":true' "$(ask -X DELETE "$url/c,d,e")"
echo "curl done"
