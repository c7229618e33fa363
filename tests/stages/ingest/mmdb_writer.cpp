#include "tests/stages/ingest/mmdb_writer.h"

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "stages/query/address.h"

namespace sluice::tests {

namespace {

enum Type : unsigned {
  kString = 2,
  kDouble = 3,
  kUint16 = 5,
  kUint32 = 6,
  kMap = 7,
  kUint64 = 9,
  kList = 11,
  kBoolean = 14
};

void put_control(std::string& out, unsigned type, std::size_t size) {
  const unsigned first = type < 8 ? type << 5 : 0;
  const std::size_t shown = size < 29 ? size : 29;  // more than 284 is not needed here
  out += static_cast<char>(first | shown);
  if (type >= 8) out += static_cast<char>(type - 7);
  if (size >= 29) out += static_cast<char>(size - 29);
}

void put_bytes(std::string& out, std::uint64_t number, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i));
}

void put(std::string& out, const MmdbValue& value) {
  if (const auto* text = std::get_if<std::string>(&value.is)) {
    put_control(out, kString, text->size());
    out += *text;
  } else if (const auto* real = std::get_if<double>(&value.is)) {
    put_control(out, kDouble, 8);
    std::uint64_t bits = 0;
    std::memcpy(&bits, real, sizeof bits);
    put_bytes(out, bits, 8);
  } else if (const auto* number = std::get_if<std::uint32_t>(&value.is)) {
    put_control(out, kUint32, 4);
    put_bytes(out, *number, 4);
  } else if (const auto* small = std::get_if<std::uint16_t>(&value.is)) {
    put_control(out, kUint16, 2);
    put_bytes(out, *small, 2);
  } else if (const auto* large = std::get_if<std::uint64_t>(&value.is)) {
    put_control(out, kUint64, 8);
    put_bytes(out, *large, 8);
  } else if (const auto* flag = std::get_if<bool>(&value.is)) {
    put_control(out, kBoolean, *flag ? 1 : 0);
  } else if (const auto* map = std::get_if<MmdbValue::Map>(&value.is)) {
    put_control(out, kMap, map->size());
    for (const auto& [key, member] : *map) {
      put(out, {key});
      put(out, member);
    }
  } else if (const auto* list = std::get_if<MmdbValue::List>(&value.is)) {
    put_control(out, kList, list->size());
    for (const MmdbValue& item : *list) put(out, item);
  }
}

/// The search tree, a bit of the address a level.
class Tree {
 public:
  static constexpr std::uint32_t kNothing = UINT32_MAX;
  void add(const std::string& network, std::uint32_t offset) {
    const std::size_t slash = network.find('/');
    auto address = *stages::parse_address(network.substr(0, slash));
    std::size_t bits = std::stoul(network.substr(slash + 1));
    if (stages::is_version_4(address)) {
      bits += 96;
      address[10] = address[11] = 0;  // in the tree version 4 begins at ::/96
    }
    std::size_t at = 0;
    for (std::size_t bit = 0; bit + 1 < bits; ++bit) {
      const std::uint32_t next = nodes_[at][side(address, bit)].node;
      if (next != kNothing) {
        at = next;
        continue;
      }
      nodes_[at][side(address, bit)].node = static_cast<std::uint32_t>(nodes_.size());
      at = nodes_.size();
      nodes_.emplace_back();
    }
    nodes_[at][side(address, bits - 1)].data = offset;
  }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] std::string bytes() const {
    std::string out;
    const auto count = static_cast<std::uint32_t>(nodes_.size());
    for (const auto& node : nodes_) {
      for (const Side& each : node) {
        put_bytes(out, each.node != kNothing ? each.node : each.data != kNothing ? count + 16 + each.data : count, 4);
      }
    }
    return out;
  }

 private:
  struct Side {
    std::uint32_t node = kNothing;
    std::uint32_t data = kNothing;
  };
  static std::size_t side(const stages::Address& address, std::size_t bit) {
    return (address[bit / 8] >> (7 - bit % 8)) & 1U;
  }
  std::vector<std::array<Side, 2>> nodes_{1};
};

MmdbValue map_of(MmdbValue::Map map) { return {std::move(map)}; }
MmdbValue text(std::string value) { return {std::move(value)}; }
MmdbValue names(std::string english) { return map_of({{"de", text("-")}, {"en", text(std::move(english))}}); }

MmdbValue linkoeping() {
  return map_of(
      {{"city", map_of({{"names", names("Linköping")}})},
       {"continent", map_of({{"code", text("EU")}, {"names", names("Europe")}})},
       {"country", map_of({{"iso_code", text("SE")}, {"is_in_european_union", {true}}, {"names", names("Sweden")}})},
       {"location", map_of({{"accuracy_radius", {std::uint16_t{76}}},
                            {"latitude", {58.4167}},
                            {"longitude", {15.6167}},
                            {"time_zone", text("Europe/Stockholm")}})},
       {"postal", map_of({{"code", text("580 00")}})},
       {"registered_country", map_of({{"iso_code", text("DE")}, {"names", names("Germany")}})},
       {"subdivisions",
        {MmdbValue::List{map_of({{"iso_code", text("X")}, {"names", names("Larger")}}),
                         map_of({{"iso_code", text("E")}, {"names", names("Östergötland County")}})}}}});
}

struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / ("sluice_geo_" + std::to_string(::getpid()))).string();
  Folder() {
    std::filesystem::create_directories(path);
    const MmdbValue country =
        map_of({{"country", map_of({{"iso_code", text("US")}, {"names", names("United States")}})}});
    write_mmdb(path + "/GeoLite2-City.mmdb", "GeoLite2-City",
               {{"89.160.20.0/24", linkoeping()},
                {"2001:db8::/32", linkoeping()},
                {"10.0.0.0/8", country},
                {"11.0.0.0/8", map_of({})}});
    write_mmdb(path + "/GeoLite2-Country.mmdb", "GeoLite2-Country",
               {{"89.160.0.0/16", linkoeping()}, {"10.0.0.0/8", country}});
    write_mmdb(path + "/GeoLite2-ASN.mmdb", "GeoLite2-ASN",
               {{"82.171.64.0/18", map_of({{"autonomous_system_number", {std::uint32_t{1136}}},
                                           {"autonomous_system_organization", text("KPN B.V.")}})},
                {"2001:db8::/33", map_of({{"autonomous_system_number", {std::uint32_t{4200000000}}}})}});
    write_mmdb(path + "/Other.mmdb", "GeoIP2-Shoe-Size", {{"10.0.0.0/8", country}});
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

}  // namespace

void write_mmdb(const std::string& path, const std::string& type, const std::vector<MmdbNetwork>& networks) {
  Tree tree;
  std::string data;
  for (const auto& [network, value] : networks) {
    tree.add(network, static_cast<std::uint32_t>(data.size()));
    put(data, value);
  }
  std::string metadata;
  put(metadata, map_of({{"binary_format_major_version", {std::uint16_t{2}}},
                        {"binary_format_minor_version", {std::uint16_t{0}}},
                        {"build_epoch", {std::uint64_t{1'700'000'000}}},
                        {"database_type", text(type)},
                        {"description", map_of({{"en", text("made by a test")}})},
                        {"ip_version", {std::uint16_t{6}}},
                        {"languages", {MmdbValue::List{text("en")}}},
                        {"node_count", {static_cast<std::uint32_t>(tree.size())}},
                        {"record_size", {std::uint16_t{32}}}}));
  std::ofstream(path, std::ios::binary) << tree.bytes() << std::string(16, '\0') << data << "\xab\xcd\xef"
                                        << "MaxMind.com" << metadata;
}

const std::string& geo_databases() {
  static const Folder folder;
  return folder.path;
}

}  // namespace sluice::tests
