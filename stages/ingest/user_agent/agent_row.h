#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sluice::ingest {

/// A line of the tables: texts that hold `token` are of this name. The first line that fits counts.
struct AgentRow {
  std::string_view token;  ///< the version follows it, where there is one
  std::string_view name;
  std::uint8_t parts = 3;               ///< of the version, at most; 0: it says none
  std::string_view with = {};           ///< has to be there too
  std::string_view without = {};        ///< must not be there
  std::string_view version = {};        ///< the version, whatever the text says
  std::string_view version_after = {};  ///< where the version stands, if not behind the token
  bool is_robot = false;                ///< it is no person's
};

/// Programs, the most telling name first: nearly all of them call themselves Mozilla, and many Safari too.
std::span<const AgentRow> browser_rows();
std::span<const AgentRow> system_rows();
/// Devices that have one name; those of Android say theirs.
std::span<const AgentRow> device_rows();

/// The first row that fits; null: none does.
const AgentRow* row_of(std::span<const AgentRow> rows, std::string_view text);
/// The version that a row finds in a text that it fits.
std::string version_in(const AgentRow& row, std::string_view text);
/// Up to so many numbers with dots or underscores between them, from the beginning of a text: `10_15_7` is `10.15.7`.
std::string version_at(std::string_view text, std::size_t parts);

}  // namespace sluice::ingest
