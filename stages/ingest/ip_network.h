#pragma once

#include <string_view>

#include "pipeline/base/error.h"
#include "stages/query/address.h"

namespace sluice::ingest {

/// An address as InetAddresses.forString() reads it; it may name its scope behind a percent sign. Errors:
/// illegal_argument_exception, `'x' is not an IP string literal.`
Result<stages::Address> read_address(std::string_view text);
/// Whether it is of version 4, or version 6's form of one.
bool is_version_4(const stages::Address& address);

/// A network `10.0.0.0/8`, or a single address. Immutable.
class IpNetwork {
 public:
  /// Errors: of CIDRUtils: `Illegal prefix length [33] in [..]`, a number_format_exception.
  static Result<IpNetwork> parse(std::string_view text);
  [[nodiscard]] bool contains(const stages::Address& address) const;

 private:
  IpNetwork(const stages::Address& address, int bits) : address_(address), bits_(bits) {}
  stages::Address address_;
  int bits_;  ///< of the sixteen bytes that have to be the same
};

}  // namespace sluice::ingest
