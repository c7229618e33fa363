#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <boost/json.hpp>

#include "io/cluster/cluster_source.h"
#include "io/cluster/server_error.h"

namespace sluice::io {
namespace {

constexpr std::uint32_t kMostAutoSlices = 20;  // reference/reindex.md 4.1

std::string string_member(std::string_view json, std::initializer_list<std::string_view> keys) {
  boost::system::error_code problem;
  const boost::json::value value = boost::json::parse({json.data(), json.size()}, problem);
  if (problem || !value.is_object()) return {};
  for (const std::string_view key : keys) {
    const boost::json::value* member = value.as_object().if_contains({key.data(), key.size()});
    if (member != nullptr && member->is_string()) return member->as_string().c_str();
  }
  return {};
}

/// Index name -> its shards' numbers, from what `_search_shards` answers: a list for each shard, of its copies.
std::map<std::string, std::set<std::int64_t>> read_shards(const std::string& text) {
  std::map<std::string, std::set<std::int64_t>> found;
  boost::system::error_code problem;
  const boost::json::value json = boost::json::parse(text, problem);
  if (problem || !json.is_object()) return found;
  const boost::json::value* shards = json.as_object().if_contains("shards");
  if (shards == nullptr || !shards->is_array()) return found;
  for (const auto& copies : shards->as_array()) {
    if (!copies.is_array()) continue;
    for (const auto& copy : copies.as_array()) {
      if (!copy.is_object()) continue;
      const boost::json::value* index = copy.as_object().if_contains("index");
      const boost::json::value* shard = copy.as_object().if_contains("shard");
      if (index != nullptr && index->is_string() && shard != nullptr && shard->is_int64()) {
        found[index->as_string().c_str()].insert(shard->as_int64());
      }
    }
  }
  return found;
}

/// A server that knows no points in time refuses to open one in one of these ways.
bool has_no_pit(const Error& error) {
  return error.status == 400 || error.status == 405 ||
         (error.status == 404 && !has_cause(error, "index_not_found_exception"));
}

}  // namespace

void ClusterSource::open(Opened done) {
  if (Status status = check_headers(options_.cluster.http); !status)
    return done(std::unexpected(std::move(status.error())));
  client_.introduce([this, done = std::move(done)](Result<Dialect> dialect) mutable {
    if (!dialect) return done(std::unexpected(std::move(dialect.error())));
    dialect_ = std::move(*dialect);
    // The shards decide the number of slices, and whether an order by _id is total. Old servers have neither use.
    // They tell, too, which indices an alias or a pattern means.
    const bool shards_matter =
        options_.auto_slices || sorts_by(options_.search, "_id") || !options_.search.written_index.empty();
    if (shards_matter && dialect_.has(Feature::kSlicedScroll)) return count_shards(std::move(done));
    decide_slices({}, std::move(done));
  });
}

void ClusterSource::count_shards(Opened done) {
  ClusterCall call = search_shards_call(options_.search);
  call.retry_for = client_.options().retry_for;
  client_.call(std::move(call), [this, done = std::move(done)](Result<ClusterReply> reply) mutable {
    if (reply) return decide_slices(std::string(reply->response.body.view()), std::move(done));
    // Serverless clusters hide their shards: one slice reads them too.
    const Error& error = reply.error();
    if (error.status == 400 || error.status == 405 || error.status == 410) return decide_slices({}, std::move(done));
    done(std::unexpected(std::move(reply.error())));
  });
}

void ClusterSource::decide_slices(const std::string& shards_json, Opened done) {
  const auto shards = read_shards(shards_json);
  options_.search.one_index = shards.size() == 1;
  if (shards.contains(options_.search.written_index)) {
    return done(std::unexpected(validation_error(
        {"reindex cannot write into an index its reading from [" + options_.search.written_index + "]"})));
  }
  if (options_.auto_slices) {
    std::size_t fewest = shards.empty() ? 1 : kMostAutoSlices;
    for (const auto& [index, numbers] : shards) fewest = std::min(fewest, numbers.size());
    options_.slices =
        dialect_.has(Feature::kSlicedScroll) ? static_cast<std::uint32_t>(std::max<std::size_t>(fewest, 1)) : 1;
  }
  if ((options_.slices > 1 || options_.search.slice) && !dialect_.has(Feature::kSlicedScroll)) {
    return done(std::unexpected(illegal_argument(name() + " is " + dialect_.name() +
                                                 ", which can't be read in slices; leave slices out, or set it to 1")));
  }
  slices_.resize(std::max(options_.slices, 1U));
  open_context(std::move(done));
}

void ClusterSource::open_context(Opened done) {
  const bool sliced = options_.slices > 1 || options_.search.slice;
  if (!dialect_.has(sliced ? Feature::kSlicedPointInTime : Feature::kPointInTime)) return opened(std::move(done));
  open_pit([this, done = std::move(done)](Status status) mutable {
    if (!status && !has_no_pit(status.error())) return done(std::unexpected(std::move(status.error())));
    opened(std::move(done));
  });
}

void ClusterSource::open_pit(std::move_only_function<void(Status)> done) {
  ClusterCall call = open_pit_call(dialect_, options_.search);
  call.retry_for = client_.options().retry_for;
  client_.call(std::move(call), [this, done = std::move(done)](Result<ClusterReply> reply) mutable {
    if (!reply) return done(std::unexpected(std::move(reply.error())));
    std::string id = string_member(reply->response.body.view(), {"pit_id", "id"});
    if (id.empty()) {
      return done(std::unexpected(internal_error(client_.origin() + " opened a point in time without telling its id: " +
                                                 std::string(reply->response.body.view().substr(0, 200)))));
    }
    {
      const std::lock_guard lock(mutex_);
      pit_id_ = std::move(id);
    }
    done({});
  });
}

void ClusterSource::opened(Opened done) {
  pipeline::SourceFacts facts;
  facts.slices = static_cast<std::uint32_t>(slices_.size());
  done(facts);
}

}  // namespace sluice::io
