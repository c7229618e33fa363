#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

/// S3, server access logs.
constexpr auto kS3 = std::to_array<Columns>({
    {"WORD", "owner"},
    {"NOTSPACE", "bucket"},
    {"", "[{HTTPDATE:timestamp}]"},
    {"IP", "clientip"},
    {"NOTSPACE", "requester request_id operation key"},
    {"", R"({["{S3_REQUEST_LINE}"|-]})"},
    {"-?INT:int", "response"},
    {"-?NOTSPACE", "error_code"},
    {"-?INT:int", "bytes object_size request_time_ms turnaround_time_ms"},
    {"-?QS", "referrer"},
    {"", R"({[`"?`{QS:agent}`"?`|-]})"},
    {"-?NOTSPACE", "version_id"},
});

/// Classic load balancers, access logs.
constexpr auto kElbClassic = std::to_array<Columns>({
    {"TIMESTAMP_ISO8601", "timestamp"},
    {"NOTSPACE", "elb"},
    {"", "{IP:clientip}:{INT:clientport:int}"},
    {"", "{[{IP:backendip}`:?:`{INT:backendport:int}|-]}"},
    {"NUMBER:float", "request_processing_time backend_processing_time response_processing_time"},
    {"INT:int", "response"},
    {"-?INT:int", "backend_response"},
    {"INT:int", "received_bytes bytes"},
    {"", R"("{ELB_REQUEST_LINE}")"},
});
constexpr auto kElbEcs = std::to_array<Columns>({
    {"TIMESTAMP_ISO8601", "timestamp"},
    {"NOTSPACE", "aws.elb.name"},
    {"", "{IP:source.ip}:{INT:source.port:int}"},
    {"", "{[-|{IP:aws.elb.backend.ip}:{INT:aws.elb.backend.port:int}]}"},
    {"-1?NUMBER:float",
     "aws.elb.request_processing_time.sec aws.elb.backend_processing_time.sec aws.elb.response_processing_time.sec"},
    {"INT:int", "http.response.status_code"},
    {"-?INT:int", "aws.elb.backend.http.response.status_code"},
    {"INT:long", "http.request.body.bytes http.response.body.bytes"},
    {"", R"("{ELB_REQUEST_LINE}")"},
});
constexpr std::string_view kElbEcsLater =
    R"({[ "{-?DATA:user_agent.original}" {-?NOTSPACE:tls.cipher} {-?NOTSPACE:aws.elb.ssl_protocol}|]})";

/// CloudFront, standard logs: columns between tabs, the first two of which are the time.
constexpr Columns kCloudFrontTime = {"", R"({<timestamp>{YEAR}-{MONTHNUM}-{MONTHDAY}\t{TIME}>})"};
constexpr auto kCloudFrontClassic = std::to_array<Columns>({
    kCloudFrontTime,
    {"WORD", "x_edge_location"},
    {"-?NUMBER:int", "sc_bytes"},
    {"IPORHOST", "clientip"},
    {"WORD", "cs_method"},
    {"HOSTNAME", "cs_host"},
    {"NOTSPACE", "cs_uri_stem"},
    {"NUMBER:int", "sc_status"},
    {"GREEDYDATA", "referrer agent cs_uri_query cookies"},
    {"WORD", "x_edge_result_type"},
    {"NOTSPACE", "x_edge_request_id"},
    {"HOSTNAME", "x_host_header"},
    {"URIPROTO", "cs_protocol"},
    {"INT:int", "cs_bytes"},
    {"GREEDYDATA:float", "time_taken"},
    {"GREEDYDATA", "x_forwarded_for ssl_protocol ssl_cipher x_edge_response_result_type"},
});
constexpr auto kCloudFrontEcs = std::to_array<Columns>({
    kCloudFrontTime,
    {"WORD", "aws.cloudfront.x_edge_location"},
    {"-?INT:long", "destination.bytes"},
    {"IPORHOST", "source.ip"},
    {"WORD", "http.request.method"},
    {"HOSTNAME", "url.domain"},
    {"NOTSPACE", "url.path"},
    {"000?INT:int", "http.response.status_code"},
    {"-?DATA", "http.request.referrer"},
    {"DATA", "user_agent.original"},
    {"-?DATA", "url.query aws.cloudfront.http.request.cookie"},
    {"WORD", "aws.cloudfront.x_edge_result_type"},
    {"NOTSPACE", "aws.cloudfront.x_edge_request_id"},
    {"HOSTNAME", "aws.cloudfront.http.request.host"},
    {"URIPROTO", "network.protocol"},
    {"-?INT:long", "source.bytes"},
    {"NUMBER:float", "aws.cloudfront.time_taken"},
    {"-?IP", "network.forwarded_ip"},
    {"-?DATA", "aws.cloudfront.ssl_protocol"},
    {"-?NOTSPACE", "tls.cipher"},
    {"WORD", "aws.cloudfront.x_edge_response_result_type"},
});
constexpr auto kCloudFrontEcsLater = std::to_array<Columns>({
    {"", "{[-|HTTP/{NUMBER:http.version}]}"},
    {"-?DATA", "aws.cloudfront.fle_status aws.cloudfront.fle_encrypted_fields"},
    {"INT:int", "source.port"},
    {"NUMBER:float", "aws.cloudfront.time_to_first_byte"},
    {"-?DATA", "aws.cloudfront.x_edge_detailed_result_type"},
    {"-?NOTSPACE", "http.request.mime_type"},
    {"-?INT:long",
     "aws.cloudfront.http.request.size aws.cloudfront.http.request.range.start aws.cloudfront.http.request.range.end"},
});

/// A method, what is asked for and the version; classic patterns take anything else too.
constexpr auto kRequest = std::to_array<Row>({
    {"version", "{[ HTTP/{NUMBER:httpversion|http.version}|]}"},
    {"S3_REQUEST_LINE", "{[{WORD:verb} {NOTSPACE:request}{version}|{DATA:rawrequest}]}", In::kClassic},
    {"S3_REQUEST_LINE", "{WORD:http.request.method} {NOTSPACE:url.original}{version}", In::kEcs},
    {"ELB_REQUEST_LINE", "{[{WORD:verb} {ELB_URI:request}{version}|{DATA:rawrequest}]}", In::kClassic},
    {"ELB_REQUEST_LINE", "{WORD:http.request.method} {ELB_URI:url.original}{version}", In::kEcs},
});

constexpr auto kAddresses = std::to_array<Row>({
    {"ELB_URIHOST", "{IPORHOST:url.domain}{[:{POSINT:url.port:int}|]}", In::kEcs},
    {"ELB_URIPATHQUERY", R"({URIPATH:url.path}{[\?{URIQUERY:url.query}|]})", In::kEcs},
    {"ELB_URIPATHPARAM", "{URIPATH:path}{[{URIPARAM:params}|]}", In::kClassic},
    {"ELB_URIPATHPARAM", "{ELB_URIPATHQUERY}", In::kEcs},
    {"ELB_URI", "{URIPROTO:proto}://{[{USER}{[:`[^@]*`|]}@|]}{[{URIHOST:urihost}|]}{[{ELB_URIPATHPARAM}|]}",
     In::kClassic},
    {"ELB_URI", "{URIPROTO:url.scheme}://{[{USER:url.username}@|]}{[{ELB_URIHOST}|]}{[{ELB_URIPATHQUERY}|]}", In::kEcs},
});

}  // namespace

Patterns amazon(EcsMode mode) {
  const bool ecs = mode == EcsMode::kV1;
  const auto request = [&](std::string_view name) -> PatternDefinition {
    return {std::string(name), layout("{" + std::string(name) + "}", mode, kRequest)};
  };
  constexpr std::string_view kTab = R"(\t)";
  Patterns all{request("S3_REQUEST_LINE")};
  // The node's own of the common schema lacks a bracket, so that it can't be used; neither can this one.
  all.push_back({"S3_ACCESS_LOG", ecs ? ")" : layout(separated(" ", {kS3}), mode)});
  append(all, layouts(kAddresses, mode));
  all.push_back(request("ELB_REQUEST_LINE"));
  if (ecs) all.push_back({"ELB_V1_HTTP_LOG", layout(separated(" ", {kElbEcs}) + std::string(kElbEcsLater), mode)});
  all.push_back({"ELB_ACCESS_LOG", ecs ? "%{ELB_V1_HTTP_LOG}" : layout(separated(" ", {kElbClassic}), mode)});
  const std::string later = R"({[\t)" + separated(kTab, {kCloudFrontEcsLater}) + "|]}";
  all.push_back({"CLOUDFRONT_ACCESS_LOG", ecs ? layout(separated(kTab, {kCloudFrontEcs}) + later, mode)
                                              : layout(separated(kTab, {kCloudFrontClassic}), mode)});
  return all;
}

}  // namespace sluice::ingest::bank
