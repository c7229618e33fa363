#include "stages/ingest/geoip/geo_database.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <maxminddb.h>
#include <netinet/in.h>

#include "stages/ingest/ip_network.h"

namespace sluice::ingest {

struct GeoDatabase::File {
  MMDB_s mmdb{};
  bool open = false;
  ~File() {
    if (open) MMDB_close(&mmdb);
  }
};

namespace {

constexpr std::size_t kFirstOfV4 = 12;  // of the sixteen bytes

std::optional<MMDB_entry_data_s> value_at(const MMDB_s& mmdb, std::uint32_t offset, const char* const* path) {
  MMDB_entry_s entry{&mmdb, offset};
  MMDB_entry_data_s data{};
  if (MMDB_aget_value(&entry, &data, path) != MMDB_SUCCESS || !data.has_data) return std::nullopt;
  return data;
}

/// The network of so many bits around an address.
std::string network_text(stages::Address address, std::size_t bits, bool v4) {
  const std::size_t first = v4 ? kFirstOfV4 : 0;
  for (std::size_t i = first; i < address.size(); ++i) {
    const std::size_t kept = std::min<std::size_t>(8, bits - std::min(bits, 8 * (i - first)));
    address[i] = static_cast<unsigned char>(address[i] & (0xFF00U >> kept));
  }
  return stages::address_text(address) + "/" + std::to_string(bits);
}

}  // namespace

GeoDatabase::GeoDatabase(std::unique_ptr<File> file) : file_(std::move(file)) {}

GeoDatabase::~GeoDatabase() = default;

Result<std::shared_ptr<const GeoDatabase>> GeoDatabase::open(const std::string& path) {
  auto file = std::make_unique<File>();
  if (const int problem = MMDB_open(path.c_str(), MMDB_MODE_MMAP, &file->mmdb); problem != MMDB_SUCCESS) {
    return std::unexpected(illegal_argument("[" + path + "] can't be used: " + MMDB_strerror(problem)));
  }
  file->open = true;
  return std::shared_ptr<const GeoDatabase>(new GeoDatabase(std::move(file)));
}

std::string_view GeoDatabase::type() const {
  const char* type = file_->mmdb.metadata.database_type;
  return type == nullptr ? "" : type;
}

std::optional<GeoDatabase::Entry> GeoDatabase::find(const stages::Address& address) const {
  const bool v4 = ingest::is_version_4(address);
  sockaddr_storage storage{};
  if (v4) {
    auto* to = reinterpret_cast<sockaddr_in*>(&storage);
    to->sin_family = AF_INET;
    std::memcpy(&to->sin_addr, address.data() + kFirstOfV4, sizeof to->sin_addr);
  } else {
    auto* to = reinterpret_cast<sockaddr_in6*>(&storage);
    to->sin6_family = AF_INET6;
    std::memcpy(&to->sin6_addr, address.data(), sizeof to->sin6_addr);
  }
  int problem = MMDB_SUCCESS;
  const MMDB_lookup_result_s found =
      MMDB_lookup_sockaddr(&file_->mmdb, reinterpret_cast<const sockaddr*>(&storage), &problem);
  if (problem != MMDB_SUCCESS || !found.found_entry) return std::nullopt;
  Entry entry;
  entry.database_ = this;
  entry.offset_ = found.entry.offset;
  std::size_t bits = found.netmask;
  if (v4 && file_->mmdb.metadata.ip_version == 6) bits -= std::min<std::size_t>(bits, 8 * kFirstOfV4);
  entry.network_ = network_text(address, bits, v4);
  return entry;
}

std::optional<std::string> GeoDatabase::Entry::text(const char* const* path) const {
  const auto data = value_at(database_->file_->mmdb, offset_, path);
  if (!data || data->type != MMDB_DATA_TYPE_UTF8_STRING) return std::nullopt;
  return std::string(data->utf8_string, data->data_size);
}

std::optional<bool> GeoDatabase::Entry::flag(const char* const* path) const {
  const auto data = value_at(database_->file_->mmdb, offset_, path);
  if (!data || data->type != MMDB_DATA_TYPE_BOOLEAN) return std::nullopt;
  return data->boolean;
}

std::optional<std::uint32_t> GeoDatabase::Entry::number(const char* const* path) const {
  const auto data = value_at(database_->file_->mmdb, offset_, path);
  if (!data) return std::nullopt;
  if (data->type == MMDB_DATA_TYPE_UINT32) return data->uint32;
  if (data->type == MMDB_DATA_TYPE_UINT16) return data->uint16;
  return std::nullopt;
}

std::optional<double> GeoDatabase::Entry::real(const char* const* path) const {
  const auto data = value_at(database_->file_->mmdb, offset_, path);
  if (!data) return std::nullopt;
  if (data->type == MMDB_DATA_TYPE_DOUBLE) return data->double_value;
  if (data->type == MMDB_DATA_TYPE_FLOAT) return static_cast<double>(data->float_value);
  return std::nullopt;
}

}  // namespace sluice::ingest
