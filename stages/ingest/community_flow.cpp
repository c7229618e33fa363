#include "stages/ingest/community_flow.h"

#include <algorithm>
#include <array>
#include <utility>

#include <openssl/evp.h>

#include "stages/ingest/field_value.h"
#include "stages/ingest/ip_network.h"
#include "stages/ingest/java_number.h"
#include "stages/painless/api/base64_codec.h"
#include "stages/painless/api/text_search.h"
#include "stages/painless/run/big_number.h"

namespace sluice::ingest {

using painless::Machine;
using painless::Value;

namespace {

constexpr int kIcmp = 1;
constexpr int kTcp = 6;
constexpr int kUdp = 17;
constexpr int kIcmp6 = 58;
constexpr int kSctp = 132;

constexpr std::pair<std::string_view, int> kProtocols[] = {
    {"icmp", kIcmp},    {"igmp", 2},   {"tcp", kTcp}, {"udp", kUdp}, {"gre", 47},     {"ipv6-icmp", kIcmp6},
    {"icmpv6", kIcmp6}, {"eigrp", 88}, {"ospf", 89},  {"pim", 103},  {"sctp", kSctp},
};

/// Messages and the ones that answer them.
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

/// Puts a flow together. False: something is missing.
class FlowMaker {
 public:
  FlowMaker(Machine& machine, const FlowReader& read) : machine_(machine), read_(read) {}

  Result<bool> make() {
    auto found = add_addresses();
    if (!found || !*found) return found;
    found = add_protocol();
    if (!found || !*found) return found;
    const bool messages = flow_.protocol == kIcmp || flow_.protocol == kIcmp6;
    if (Status done = messages ? add_message() : add_ports(); !done) return std::unexpected(std::move(done.error()));
    return true;
  }
  [[nodiscard]] const Flow& flow() const { return flow_; }

 private:
  Result<bool> add_addresses() {
    std::array<Value, 2> texts{};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto value = read_(i == 0 ? FlowPart::kSourceIp : FlowPart::kDestinationIp);
      if (!value) return std::unexpected(value.error());
      if (value->is_null()) return false;
      texts.at(i) = *value;
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto address = read_address(machine_.as_string(texts.at(i))->text());
      if (!address) return std::unexpected(address.error());
      (i == 0 ? flow_.source : flow_.destination) = bytes_of(*address);
    }
    return true;
  }

  Result<bool> add_protocol() {
    auto value = read_(FlowPart::kIanaNumber);
    if (value && value->is_null()) value = read_(FlowPart::kTransport);
    if (!value) return std::unexpected(value.error());
    if (value->is_null()) return false;
    const auto number = protocol_of(*value);
    if (!number) return std::unexpected(number.error());
    flow_.protocol = *number;
    return true;
  }

  Result<int> protocol_of(const Value& value) {
    constexpr int kReserved = 255;
    std::optional<std::int32_t> number = int_of(value);
    if (!number) {
      const painless::String* text = machine_.as_string(value);
      if (text == nullptr) {
        return std::unexpected(illegal_argument("could not convert value of type [" + class_name(machine_, value) +
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

  Result<std::string> shown(const Value& value) {
    const painless::String* text = machine_.to_text(value);
    if (text == nullptr) return std::unexpected(take_error(machine_));
    return std::string(text->text());
  }

  /// A number, or a text of one; null is 0.
  Result<std::int32_t> number_of(const Value& value, std::string_view what) {
    if (value.is_null()) return 0;
    if (const auto number = int_of(value)) return *number;
    const auto text = shown(value);
    if (!text) return std::unexpected(text.error());
    const auto number = read_int(*text);
    if (number) return *number;
    return std::unexpected(illegal_argument("unable to parse " + std::string(what) + " [" + *text + "]"));
  }

  Result<std::int32_t> port(FlowPart part, std::string_view name) {
    const auto value = read_(part);
    if (!value) return std::unexpected(value.error());
    const auto number = number_of(*value, name);
    if (!number || (*number >= 1 && *number <= kMostFlowNumber)) return number;
    const auto text = shown(*value);
    if (!text) return std::unexpected(text.error());
    return std::unexpected(illegal_argument("invalid " + std::string(name) + " [" + *text + "]"));
  }

  Status add_ports() {
    flow_.has_ports = flow_.protocol == kTcp || flow_.protocol == kUdp || flow_.protocol == kSctp;
    if (!flow_.has_ports) return {};
    const auto source = port(FlowPart::kSourcePort, "source port");
    if (!source) return std::unexpected(source.error());
    const auto destination = port(FlowPart::kDestinationPort, "destination port");
    if (!destination) return std::unexpected(destination.error());
    flow_.source_port = *source;
    flow_.destination_port = *destination;
    return {};
  }

  Result<std::int32_t> message_number(FlowPart part, std::string_view name) {
    const auto value = read_(part);
    if (!value) return std::unexpected(value.error());
    return number_of(*value, name);
  }

  Status add_message() {
    const auto type = message_number(FlowPart::kIcmpType, "icmp type");
    if (!type) return std::unexpected(type.error());
    const auto code = message_number(FlowPart::kIcmpCode, "icmp code");
    if (!code) return std::unexpected(code.error());
    const auto answer = other_side(flow_.protocol, *type);
    flow_.source_port = *type;
    flow_.destination_port = answer.value_or(*code);
    flow_.one_way = !answer;
    flow_.has_ports = true;
    return {};
  }

  Machine& machine_;
  const FlowReader& read_;
  Flow flow_;
};

std::string sha1_of(std::string_view input) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  EVP_Digest(input.data(), input.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, EVP_sha1(), nullptr);
  digest.resize(size);
  return digest;
}

Result<std::string> hash_of(const Flow& flow, std::int32_t seed) {
  for (const std::int64_t number : {std::int64_t{seed}, flow.source_port, flow.destination_port}) {
    if (number < 0 || number > kMostFlowNumber) {
      return std::unexpected(java_error("illegal_state_exception",
                                        "number [" + std::to_string(number) + "] must be a value between 0 and 65535"));
    }
  }
  const int order = flow.source.compare(flow.destination);
  const bool ordered = flow.one_way || order < 0 || (order == 0 && flow.source_port < flow.destination_port);
  std::string input;
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
  return "1:" + painless::api::encode_base64(sha1_of(input));
}

}  // namespace

Result<std::optional<std::string>> community_id(Machine& machine, const FlowReader& read, std::int32_t seed) {
  FlowMaker maker(machine, read);
  const auto complete = maker.make();
  if (!complete) return std::unexpected(complete.error());
  if (!*complete) return std::nullopt;
  return hash_of(maker.flow(), seed);
}

Error incomplete_flow() { return illegal_argument("unable to construct flow from document"); }

}  // namespace sluice::ingest
