#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "pipeline/base/error.h"
#include "stages/painless/run/machine.h"

/// Community ID: a hash of the two ends of a flow of packets, the same both ways. Source: the specification of
/// Community ID flow hashing; what is taken for a port or a protocol, and the errors: a node's answers.
namespace sluice::ingest {

/// What a flow is made of.
enum class FlowPart : std::uint8_t {
  kSourceIp,
  kDestinationIp,
  kIanaNumber,
  kTransport,
  kSourcePort,
  kDestinationPort,
  kIcmpType,
  kIcmpCode,
};

/// A part of a flow, read; null where it is missing. Addresses are texts. Errors stop the reading.
using FlowReader = std::function<Result<painless::Value>(FlowPart)>;

constexpr std::int64_t kMostFlowNumber = 65535;  ///< of a port, and of a seed

/// The Community ID of a flow, whose parts are asked for as they are needed; nothing: some are missing. One worker.
/// Errors: of `read`; illegal_argument_exception, an address, protocol or port that is none; illegal_state_exception, a
/// number that does not fit into 16 bits.
Result<std::optional<std::string>> community_id(painless::Machine& machine, const FlowReader& read, std::int32_t seed);

/// What is said where some are missing: illegal_argument_exception.
Error incomplete_flow();

}  // namespace sluice::ingest
