#include "tests/stages/ingest_reference.h"

#include <string_view>

#include "stages/ingest/processor.h"

namespace sluice::ingest {

namespace {

constexpr std::string_view kHead = R"md(# Ingest pipelines

A pipeline is a list of processors that change a document before it is written. The body is Elasticsearch's:

```json
{"description": "demo",
 "processors": [{"rename": {"field": "a", "target_field": "b", "ignore_missing": true}},
                {"set": {"if": "ctx.b == null", "field": "b", "value": "none", "tag": "default"}},
                {"script": {"source": "ctx.len = ctx.b.length()"}}],
 "on_failure": [{"set": {"field": "error", "value": "{{_ingest.on_failure_message}}"}}]}
```

**Where they run.** In `sluiced`: `PUT _ingest/pipeline/ID` keeps one in the store; `pipeline` of `_bulk`, `_doc`,
`_update_by_query` and of `_reindex`'s `dest` names it, `index.default_pipeline` and `index.final_pipeline` of an index
(or of the template it is made with) run without being named, `_none` is none. From the command line:
`sluice reindex .. --pipeline FILE.json` runs one on the way to any destination, a file too; `sluice pipeline check FILE`
compiles it, `sluice pipeline run FILE --docs x.ndjson` shows documents before and after, and how long each processor
took. In a program: `RunOptions::pipelines`, or the stage `ingest::IngestStage` in a graph of its own.

**What it costs.** A pipeline works on the lazy document that scripts see: a field that no processor touches is not
parsed, and comes out byte for byte. One of nothing but `set`, `rename` and `remove` of fields of the document itself,
each with a name and a value that are no templates, is done to the document's bytes in one go.

**Failures.** A processor's failure is handled by its `on_failure`, or passed over with `ignore_failure`, or handled by
the pipeline's `on_failure`, which ends the pipeline; else the document fails with the processor's error, as its own
item of a bulk and as an entry of `failures` of a reindex. A document that is dropped counts as `updated` in a reindex,
as in Elasticsearch.

**Databases.** `geoip` and `user_agent`'s `regex_file` read files of one folder: `ingest.geoip.database_path` of `sluiced`, which
is `ingest-geoip` in its folder of data unless said; `--databases` of `sluice pipeline` and `sluice reindex`, which is
`ingest-geoip` beside the pipeline's file unless said. Nothing is downloaded, and what is not there is refused when the
pipeline is stored. `enrich` is for pipelines of a store: `PUT _enrich/policy/NAME`, `POST _enrich/policy/NAME/_execute`.

**Fields with dots in their names.** `a.b` is the field `b` of the object `a`. In a pipeline with `"field_access_pattern": "flexible"` it is
also the field `a.b`: of several names as few as can be are taken for one key, what is missing is written as one key
with dots, and there are no places in lists (`a.0`). Pipelines that it calls have a pattern of their own.

**Texts with `{{..}}`** are mustache templates over the document: `{{a.b}}`, `{{list.0}}`, `{{{not escaped}}}`, sections
`{{#a}}..{{/a}}` and `{{^a}}..{{/a}}`, `{{#toJson}}a{{/toJson}}`, `{{#join}}list{{/join}}`, `{{#url}}..{{/url}}`,
`{{_ingest.timestamp}}`.

Every processor also takes:

| option | kind | default | |
|---|---|---|---|
| `if` | script | none | A condition in Painless; `ctx` has the fields and the metadata, for reading only. |
| `tag` | string | none | A name for errors and statistics. |
| `description` | string | none | For people. |
| `ignore_failure` | boolean | false | Whether a failure is passed over. |
| `on_failure` | list | none | Processors that handle a failure; then the pipeline goes on. |

This page is made from the processors' rows (`build/release/tests/ingest_reference > docs/ingest.md`); a test runs every
example and compares the page.
)md";

std::string cell(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (c == '|') made += '\\';
    made += c;
  }
  return made;
}

}  // namespace

std::string ingest_reference_page() {
  std::string page(kHead);
  for (const ProcessorRow* row : processor_rows()) {
    page += "\n## " + std::string(row->type) + "\n\n" + row->sentence + "\n";
    if (!row->options.empty()) page += "\n| option | kind | default | |\n|---|---|---|---|\n";
    for (const OptionRow& option : row->options) {
      const std::string_view fallback = option.fallback;
      page += "| `" + std::string(option.name) + "` | " + cell(option.kind) + " | " +
              (fallback.empty() ? "required" : "`" + cell(fallback) + "`") + " | " + cell(option.sentence) + " |\n";
    }
    page += "\n`{\"" + std::string(row->type) + "\":" + row->config + "}` makes of `" + row->before + "`: `" +
            row->after + "`\n";
  }
  return page;
}

}  // namespace sluice::ingest
