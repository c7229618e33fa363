#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <openssl/evp.h>

#include "stages/ingest/field_value.h"
#include "stages/ingest/ip_network.h"
#include "stages/ingest/java_number.h"
#include "stages/ingest/processor.h"
#include "stages/painless/api/base64_codec.h"
#include "stages/painless/api/text_search.h"
#include "stages/painless/run/big_number.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"source_ip", "string", "source.ip", "The address that something comes from."},
    {"source_port", "string", "source.port", "Its port."},
    {"destination_ip", "string", "destination.ip", "The address that it goes to."},
    {"destination_port", "string", "destination.port", "Its port."},
    {"iana_number", "string", "network.iana_number", "The number of the protocol."},
    {"transport", "string", "network.transport", "The name or the number of the protocol, where that one is missing."},
    {"icmp_type", "string", "icmp.type", "The type of a message of ICMP."},
    {"icmp_code", "string", "icmp.code", "The code of a message of ICMP."},
    {"target_field", "string", "network.community_id", "Where the id goes."},
    {"seed", "integer", "0", "A number up to 65535 that goes into the hash."},
    {"ignore_missing", "boolean", "true", "Whether fields that are not there are no failure."},
};

constexpr int kIcmp = 1;
constexpr int kTcp = 6;
constexpr int kUdp = 17;
constexpr int kIcmp6 = 58;
constexpr int kSctp = 132;
constexpr std::int64_t kMostPort = 65535;

constexpr std::pair<std::string_view, int> kProtocols[] = {
    {"icmp", kIcmp},    {"igmp", 2},   {"tcp", kTcp}, {"udp", kUdp}, {"gre", 47},     {"ipv6-icmp", kIcmp6},
    {"icmpv6", kIcmp6}, {"eigrp", 88}, {"ospf", 89},  {"pim", 103},  {"sctp", kSctp},
};

/// Messages and the ones that answer them. Source: the specification of Community ID flow hashing.
constexpr std::pair<int, int> kAnswers[] = {{8, 0}, {13, 14}, {15, 16}, {17, 18}, {10, 9}};
constexpr std::pair<int, int> kAnswers6[] = {{128, 129}, {133, 134}, {135, 136}, {130, 131}, {144, 145}, {139, 140}};

std::optional<int> other_side(int protocol, int type) {
  const auto look = [&](const auto& pairs) -> std::optional<int> {
    for (const auto& [asks, answers] : pairs) {
      if (type == asks) return answers;
      if (type == answers) return asks;
    }
    return std::nullopt;
  };
  return protocol == kIcmp ? look(kAnswers) : look(kAnswers6);
}

/// Two ends and a protocol.
struct Flow {
  std::string source;  ///< the bytes of an address
  std::string destination;
  int protocol = 0;
  std::int64_t source_port = 0;  ///< or a type of ICMP
  std::int64_t destination_port = 0;
  bool has_ports = false;
  bool one_way = false;
};

std::string bytes_of(const stages::Address& address) {
  const std::string all(reinterpret_cast<const char*>(address.data()), address.size());
  return is_version_4(address) ? all.substr(12) : all;
}

/// Number.intValue(); nothing: no number.
std::optional<std::int32_t> int_of(const Value& value) {
  if (value.is_integral()) return static_cast<std::int32_t>(value.i);
  if (painless::is_big_number(value))
    return static_cast<std::int32_t>(painless::big_number_as(value, painless::Tag::kInt).i);
  if (!value.is_floating()) return std::nullopt;
  const double number = value.as_double();
  if (number != number) return 0;
  return static_cast<std::int32_t>(std::clamp(number, -2147483648.0, 2147483647.0));
}

class CommunityId final : public Processor {
 public:
  FieldPath source_ip, source_port, destination_ip, destination_port, iana_number, transport, icmp_type, icmp_code,
      target;
  std::int32_t seed = 0;
  bool ignore_missing = true;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto flow = flow_of(document);
    if (!flow) return std::unexpected(flow.error());
    if (!*flow) {
      if (ignore_missing) return {};
      return std::unexpected(illegal_argument("unable to construct flow from document"));
    }
    const auto id = id_of(**flow);
    if (!id) return std::unexpected(id.error());
    return document.set(target, document.machine().string_value(*id));
  }

 private:
  /// Nothing: something is missing.
  Result<std::optional<Flow>> flow_of(IngestDocument& document) const {
    Flow flow;
    for (const auto& [path, bytes] : {std::pair(&source_ip, &flow.source), {&destination_ip, &flow.destination}}) {
      const auto text = read_text(document, *path, ignore_missing);
      if (!text) return std::unexpected(text.error());
      if (*text == nullptr) return std::nullopt;
      const auto address = read_address((*text)->text());
      if (!address) return std::unexpected(address.error());
      *bytes = bytes_of(*address);
    }
    auto protocol = read_field(document, iana_number, true);
    if (protocol && protocol->is_null()) protocol = read_field(document, transport, ignore_missing);
    if (!protocol) return std::unexpected(protocol.error());
    if (protocol->is_null()) return std::nullopt;
    const auto number = protocol_of(document, *protocol);
    if (!number) return std::unexpected(number.error());
    flow.protocol = *number;
    const bool messages = *number == kIcmp || *number == kIcmp6;
    if (Status done = messages ? add_message(document, flow) : add_ports(document, flow); !done)
      return std::unexpected(std::move(done.error()));
    return flow;
  }

  static Result<int> protocol_of(IngestDocument& document, const Value& value) {
    constexpr int kReserved = 255;
    std::optional<std::int32_t> number = int_of(value);
    if (!number) {
      const painless::String* text = document.machine().as_string(value);
      if (text == nullptr) {
        return std::unexpected(illegal_argument("could not convert value of type [" + document.class_name(value) +
                                                "] to transport protocol"));
      }
      const std::string lower = painless::api::lower_case(text->text());
      const auto* const named = std::ranges::find(kProtocols, lower, &std::pair<std::string_view, int>::first);
      if (named != std::end(kProtocols)) return named->second;
      const auto read = read_int(text->text());
      if (!read) {
        return std::unexpected(
            illegal_argument("could not convert string [" + std::string(text->text()) + "] to transport protocol"));
      }
      number = *read;
    }
    if (*number >= 0 && *number < kReserved) return *number;
    return std::unexpected(illegal_argument("invalid transport protocol number [" + std::to_string(*number) + "]"));
  }

  /// A number, or a text of one; null is 0.
  static Result<std::int32_t> number_of(IngestDocument& document, const Value& value, std::string_view what) {
    if (value.is_null()) return 0;
    if (const auto number = int_of(value)) return *number;
    const auto text = text_of_value(document, value);
    if (!text) return std::unexpected(text.error());
    const auto number = read_int(*text);
    if (number) return *number;
    return std::unexpected(illegal_argument("unable to parse " + std::string(what) + " [" + *text + "]"));
  }

  Status add_ports(IngestDocument& document, Flow& flow) const {
    flow.has_ports = flow.protocol == kTcp || flow.protocol == kUdp || flow.protocol == kSctp;
    if (!flow.has_ports) return {};
    struct Side {
      const FieldPath& path;
      std::string_view name;
      std::int64_t& port;
    };
    for (const Side& side : {Side{source_port, "source port", flow.source_port},
                             Side{destination_port, "destination port", flow.destination_port}}) {
      const auto value = read_field(document, side.path, ignore_missing);
      if (!value) return std::unexpected(value.error());
      const auto number = number_of(document, *value, side.name);
      if (!number) return std::unexpected(number.error());
      if (*number < 1 || *number > kMostPort) {
        const auto shown = text_of_value(document, *value);
        return std::unexpected(
            illegal_argument("invalid " + std::string(side.name) + " [" + shown.value_or("null") + "]"));
      }
      side.port = *number;
    }
    return {};
  }

  Status add_message(IngestDocument& document, Flow& flow) const {
    std::array<std::int32_t, 2> numbers{};
    const std::array<std::pair<const FieldPath*, std::string_view>, 2> fields = {
        std::pair{&icmp_type, std::string_view("icmp type")}, {&icmp_code, "icmp code"}};
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto value = read_field(document, *fields.at(i).first, true);
      if (!value) return std::unexpected(value.error());
      const auto number = number_of(document, *value, fields.at(i).second);
      if (!number) return std::unexpected(number.error());
      numbers.at(i) = *number;
    }
    const auto answer = other_side(flow.protocol, numbers[0]);
    flow.source_port = numbers[0];
    flow.destination_port = answer.value_or(numbers[1]);
    flow.one_way = !answer;
    flow.has_ports = true;
    return {};
  }

  [[nodiscard]] Result<std::string> id_of(const Flow& flow) const {
    const int order = flow.source.compare(flow.destination);
    const bool ordered = flow.one_way || order < 0 || (order == 0 && flow.source_port < flow.destination_port);
    std::string input;
    for (const std::int64_t number : {std::int64_t{seed}, flow.source_port, flow.destination_port}) {
      if (number < 0 || number > kMostPort) {
        return std::unexpected(java_error(
            "illegal_state_exception", "number [" + std::to_string(number) + "] must be a value between 0 and 65535"));
      }
    }
    const auto add = [&](std::int64_t number) {
      input += static_cast<char>(number >> 8);
      input += static_cast<char>(number & 0xFF);
    };
    add(seed);
    input += ordered ? flow.source + flow.destination : flow.destination + flow.source;
    input += static_cast<char>(flow.protocol);
    input += '\0';
    if (flow.has_ports) {
      add(ordered ? flow.source_port : flow.destination_port);
      add(ordered ? flow.destination_port : flow.source_port);
    }
    std::string digest(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    EVP_Digest(input.data(), input.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, EVP_sha1(), nullptr);
    digest.resize(size);
    return "1:" + painless::api::encode_base64(digest);
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<CommunityId>();
  struct Name {
    const char* option;
    const char* fallback;
    FieldPath& path;
  };
  for (const Name& name : {Name{"source_ip", "source.ip", made->source_ip},
                           {"source_port", "source.port", made->source_port},
                           {"destination_ip", "destination.ip", made->destination_ip},
                           {"destination_port", "destination.port", made->destination_port},
                           {"iana_number", "network.iana_number", made->iana_number},
                           {"transport", "network.transport", made->transport},
                           {"icmp_type", "icmp.type", made->icmp_type},
                           {"icmp_code", "icmp.code", made->icmp_code},
                           {"target_field", "network.community_id", made->target}}) {
    auto path = config.path_or(name.option, name.fallback);
    if (!path) return std::unexpected(std::move(path.error()));
    name.path = std::move(*path);
  }
  const auto seed = config.integer("seed", 0);
  if (!seed) return std::unexpected(seed.error());
  if (*seed < 0 || *seed > kMostPort)
    return std::unexpected(config.problem("seed", "must be a value between 0 and 65535"));
  const auto ignore_missing = config.flag("ignore_missing", true);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  made->seed = *seed;
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& community_id_processor() {
  static const ProcessorRow row{
      "community_id",
      "Hashes the two ends of a flow of packets, the same both ways.",
      kOptions,
      R"({"source_ip":"s","source_port":"sp","destination_ip":"d","destination_port":"dp","transport":"t",)"
      R"("target_field":"id"})",
      R"({"s":"128.232.110.120","sp":34855,"d":"66.35.250.204","dp":80,"t":"tcp"})",
      R"({"s":"128.232.110.120","sp":34855,"d":"66.35.250.204","dp":80,"t":"tcp","id":"1:LQU9qZlK+B5F3KDmev6m5PMibrg="})",
      make};
  return row;
}

}  // namespace sluice::ingest
