#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "stages/query/address.h"

namespace sluice::ingest {

/// A file of MaxMind's format that tells of IP addresses. It is mapped into memory for as long as this lives: a new
/// version of it has to be another file with the same name, as `mv` makes one. Immutable; any thread.
class GeoDatabase {
 public:
  /// What is told of an address. It lives as long as the database.
  class Entry {
   public:
    /// The value at a path of keys, `{"country","names","en"}`; a list's last element is `-1`. Nothing: there is none
    /// of that type.
    [[nodiscard]] std::optional<std::string> text(const char* const* path) const;
    [[nodiscard]] std::optional<bool> flag(const char* const* path) const;
    [[nodiscard]] std::optional<std::uint32_t> number(const char* const* path) const;
    [[nodiscard]] std::optional<double> real(const char* const* path) const;
    /// `82.171.64.0/18`: all addresses that the same is told of.
    [[nodiscard]] const std::string& network() const { return network_; }

   private:
    friend class GeoDatabase;
    const GeoDatabase* database_ = nullptr;
    std::uint32_t offset_ = 0;
    std::string network_;
  };

  /// Errors: illegal_argument_exception, 400: it can't be read, or is no such file.
  static Result<std::shared_ptr<const GeoDatabase>> open(const std::string& path);
  ~GeoDatabase();
  GeoDatabase(const GeoDatabase&) = delete;
  GeoDatabase& operator=(const GeoDatabase&) = delete;

  /// What it says that it is: `GeoLite2-City`.
  [[nodiscard]] std::string_view type() const;
  /// Nothing: the address is not in it.
  [[nodiscard]] std::optional<Entry> find(const stages::Address& address) const;

 private:
  struct File;
  explicit GeoDatabase(std::unique_ptr<File> file);
  std::unique_ptr<File> file_;
};

}  // namespace sluice::ingest
