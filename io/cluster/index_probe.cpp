#include "io/cluster/index_probe.h"

#include <optional>
#include <utility>

#include <boost/json.hpp>

#include "io/cluster/server_error.h"

namespace sluice::io {
namespace {

std::optional<std::uint64_t> number_at(const boost::json::value& json, std::string_view name) {
  const boost::json::value* member = json.is_object() ? json.as_object().if_contains(name) : nullptr;
  if (member == nullptr) return std::nullopt;
  boost::system::error_code problem;
  const auto number = member->to_number<std::uint64_t>(problem);
  return problem ? std::nullopt : std::optional(number);
}

Result<FoundDocuments> read_count(std::string_view text, const std::string& origin) {
  boost::system::error_code problem;
  const boost::json::value json = boost::json::parse(text, problem);
  const boost::json::value* shards = !problem && json.is_object() ? json.as_object().if_contains("_shards") : nullptr;
  const auto documents = problem ? std::nullopt : number_at(json, "count");
  const auto count = shards == nullptr ? std::nullopt : number_at(*shards, "total");
  if (documents && count) return FoundDocuments{*documents, *count};
  return std::unexpected(
      internal_error(origin + " answered a count without a number: " + std::string(text.substr(0, 200))));
}

}  // namespace

void IndexProbe::has(const std::string& name, Answer<bool> done) {
  ClusterCall call;
  call.target = "/" + index_list({name}) + "/_count";
  client_.call(std::move(call), [done = std::move(done)](Result<ClusterReply> reply) mutable {
    if (reply) return done(true);
    if (has_cause(reply.error(), "index_not_found_exception")) return done(false);
    done(std::unexpected(std::move(reply.error())));
  });
}

void IndexProbe::count(const std::vector<std::string>& indices, const std::string& query, Answer<FoundDocuments> done) {
  ClusterCall call;
  call.method = "POST";
  call.target = "/" + index_list(indices) + "/_count";
  call.body = query.empty() ? "{}" : "{\"query\":" + query + "}";
  client_.call(std::move(call), [done = std::move(done), origin = origin()](Result<ClusterReply> reply) mutable {
    if (!reply) return done(std::unexpected(std::move(reply.error())));
    done(read_count(reply->response.body.view(), origin));
  });
}

}  // namespace sluice::io
