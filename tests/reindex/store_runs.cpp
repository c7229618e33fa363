#include "tests/reindex/store_runs.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <unistd.h>

#include "io/store/catalog/create_index.h"

namespace sluice::tests {

void StoreRuns::SetUp() {
  const auto* info = testing::UnitTest::GetInstance()->current_test_info();
  folder_ = std::filesystem::temp_directory_path() /
            ("sluice-" + std::to_string(::getpid()) + "-" + info->test_suite_name() + "-" + info->name());
  std::filesystem::create_directories(folder_);
  auto opened = store::StoreFolder::open({.path = path("store")});
  ASSERT_TRUE(opened) << opened.error().message();
  opened_ = std::move(*opened);
}

void StoreRuns::TearDown() {
  opened_.reset();
  std::filesystem::remove_all(folder_);
}

void StoreRuns::write_file(const std::string& name, const std::string& text) const {
  std::ofstream(path(name), std::ios::binary) << text;
}

std::string StoreRuns::read_file(const std::string& name) const {
  std::ifstream file(path(name), std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void StoreRuns::make_index(const std::string& name, const std::string& body) const {
  auto index = store::parse_new_index(name, body);
  ASSERT_TRUE(index) << index.error().message();
  const Status made = store().catalog.update([&](store::ClusterState& state) -> Status {
    auto created = store::create_index(store().catalog, state, *index);
    return created ? Status{} : std::unexpected(created.error());
  });
  ASSERT_TRUE(made) << made.error().message();
}

void StoreRuns::put(const std::string& index, const std::string& id, const std::string& source) const {
  Buffer padded(source.size());
  padded.append(source);
  store::IndexItem item;
  item.index = index;
  item.write.id = id;
  item.write.source = padded.view();
  const Status written = store().indexer.write({&item, 1});
  ASSERT_TRUE(written) << written.error().message();
  ASSERT_FALSE(item.written.error) << item.written.error->message();
  store().views.refresh(*item.target);
}

void StoreRuns::remove(const std::string& index, const std::string& id) const {
  store::IndexItem item;
  item.index = index;
  item.write.kind = store::WriteKind::kDelete;
  item.write.id = id;
  const Status written = store().indexer.write({&item, 1});
  ASSERT_TRUE(written) << written.error().message();
  store().views.refresh(*item.target);
}

std::vector<std::string> StoreRuns::documents(const std::string& index) const {
  std::vector<std::string> found;
  const store::IndexPtr meta = store().catalog.state()->find(index);
  if (meta == nullptr) return {"no such index"};
  const store::ViewPtr view = store().views.view(*meta);
  for (std::uint32_t shard = 0; shard < meta->shards(); ++shard) {
    auto scan = view->scan(meta->key(), shard, 0, INT64_MAX);
    for (auto next = (*scan)->next(); next && *next != nullptr; next = (*scan)->next()) {
      found.push_back(std::string((*next)->id) + " " + std::string((*next)->source));
    }
  }
  std::ranges::sort(found);
  return found;
}

RunOptions StoreRuns::ends(const std::string& source, const std::string& dest) const {
  RunOptions options;
  options.source = source;
  options.dest = dest;
  options.store = opened_ ? &opened_->parts() : nullptr;
  return options;
}

pipeline::RunStatus StoreRuns::run(const std::string& body, const std::string& source, const std::string& dest) const {
  pipeline::RunStatus status;
  RequestRules rules;
  rules.source_names_index = source.starts_with("store:");
  rules.dest_names_index = rules.source_names_index;
  auto request = parse_request(body, {}, rules);
  if (!request) {
    status.error = request.error();
    return status;
  }
  request->refresh = true;
  auto run = reindex(std::move(*request), ends(source, dest));
  if (run) return run->wait();
  status.error = run.error();
  return status;
}

}  // namespace sluice::tests
