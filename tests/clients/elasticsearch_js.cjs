// @elastic/elasticsearch: its bulk helper, its scroll helper, a point in time, errors, _reindex as a task. ARGUMENT: the URL.
const assert = require('node:assert');
const { Client, errors } = require('@elastic/elasticsearch');

const kDocuments = 3000;

async function write(client) {
  await client.indices.create({ index: 'js', mappings: { properties: { n: { type: 'long' } } } });
  const datasource = Array.from({ length: kDocuments }, (_, n) => ({ n, text: `document ${n}` }));
  const result = await client.helpers.bulk({
    datasource, refreshOnCompletion: true,
    onDocument: (document) => ({ index: { _index: 'js', _id: String(document.n) } }),
  });
  assert.equal(result.successful, kDocuments);
  assert.equal(result.failed, 0);
}

async function read(client) {
  const found = new Set();
  for await (const document of client.helpers.scrollDocuments({ index: 'js', size: 400 })) found.add(document.n);
  assert.equal(found.size, kDocuments);
  const pit = (await client.openPointInTime({ index: 'js', keep_alive: '1m' })).id;
  const page = await client.search({ pit: { id: pit, keep_alive: '1m' }, sort: [{ n: 'desc' }], size: 3 });
  assert.deepEqual(page.hits.hits.map((hit) => hit._id), ['2999', '2998', '2997']);
  assert.equal((await client.closePointInTime({ id: pit })).succeeded, true);
  assert.equal((await client.get({ index: 'js', id: '7' }))._source.n, 7);
}

async function fail(client) {
  const status = (code) => (error) => error instanceof errors.ResponseError && error.statusCode === code;
  await assert.rejects(client.get({ index: 'js', id: 'none' }), status(404));
  await assert.rejects(client.create({ index: 'js', id: '7', document: { n: 7 } }), status(409));
  await assert.rejects(client.index({ index: 'js', id: '7', document: { n: 'many' } }), status(400));
}

async function manageRuns(client) {
  const copied = await client.reindex({ source: { index: 'js' }, dest: { index: 'js-copy' }, refresh: true });
  assert.equal(copied.created, kDocuments);
  const start = async (index, options) =>
    (await client.reindex({ source: { index: 'js' }, dest: { index }, wait_for_completion: false, ...options })).task;
  const endOf = (task) => client.tasks.get({ task_id: task, wait_for_completion: true, timeout: '60s' });
  const slow = await start('js-slow', { slices: 2, requests_per_second: 20 });
  const listed = (await client.tasks.list({ actions: '*reindex', detailed: true, group_by: 'none' })).tasks;
  assert.ok(listed.some((each) => `${each.node}:${each.id}` === slow));
  assert.equal((await client.tasks.get({ task_id: slow })).completed, false);
  await client.reindexRethrottle({ task_id: slow, requests_per_second: -1 });
  assert.equal((await endOf(slow)).response.created, kDocuments);
  const stopped = await start('js-stopped', { requests_per_second: 1 });
  await client.tasks.cancel({ task_id: stopped });
  assert.equal((await endOf(stopped)).response.canceled, 'by user request');
}

async function main(url) {
  const client = new Client({ node: url });
  for (const step of [write, read, fail, manageRuns]) await step(client);
  console.log('@elastic/elasticsearch done');
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
