#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "pipeline/base/ascii_case.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/geoip/geo_database.h"
#include "stages/ingest/geoip/geo_property.h"
#include "stages/ingest/ip_network.h"
#include "stages/ingest/processor.h"
#include "stages/painless/api/natives.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr std::string_view kDefaultFile = "GeoLite2-City.mmdb";

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "An IP address, or a list of them."},
    {"target_field", "string", "geoip", "Where the object with what the database tells goes."},
    {"database_file", "string", "GeoLite2-City.mmdb",
     "A City, Country or ASN database in MaxMind's format, in the folder of databases. It has to be there: nothing is "
     "fetched."},
    {"properties", "list", "by the database",
     "What is written. City: `continent_name`, `country_iso_code`, `country_name`, `region_iso_code`, `region_name`, "
     "`city_name`, `location` unless said, also `ip`, `continent_code`, `country_in_european_union`, `timezone`, "
     "`accuracy_radius`, `postal_code`, `registered_country_*`. Country: its part of those. ASN: `ip`, `asn`, "
     "`organization_name`, `network`."},
    {"first_only", "boolean", "true", "Whether the first address of a list that the database knows is enough."},
    {"download_database_on_pipeline_creation", "boolean", "true", "Accepted; nothing is ever downloaded."},
    kIgnoreMissingOption,
};

class GeoIp final : public Processor {
 public:
  FieldPath field;
  FieldPath target;
  std::shared_ptr<const GeoDatabase> database;
  std::vector<const GeoProperty*> properties;
  bool first_only = true;
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    painless::Machine& machine = document.machine();
    const auto value = need_field(document, field, ignore_missing, "extract geoip information.");
    if (!value) return std::unexpected(value.error());
    if (value->is_null()) return {};
    if (const painless::String* text = machine.as_string(*value)) {
      const auto told = of_address(machine, text->text());
      if (!told) return std::unexpected(told.error());
      return told->is_null() ? Status() : document.set(target, *told);
    }
    if (painless::List* list = machine.as_list(*value)) return run_list(document, *list);
    return std::unexpected(
        illegal_argument("field [" + field.text() + "] should contain only string or array of strings"));
  }

 private:
  Status run_list(IngestDocument& document, painless::List& list) const {
    painless::Machine& machine = document.machine();
    auto* all = painless::api::new_list(machine);
    bool any = false;
    for (std::uint32_t i = 0; i < list.size(machine); ++i) {
      const painless::String* text = machine.as_string(machine.force(list.get(machine, i)));
      if (text == nullptr) {
        return std::unexpected(illegal_argument("array in field [" + field.text() + "] should only contain strings"));
      }
      const auto told = of_address(machine, text->text());
      if (!told) return std::unexpected(told.error());
      if (first_only && !told->is_null()) return document.set(target, *told);
      any = any || !told->is_null();
      all->push(machine.heap(), *told);
    }
    return any ? document.set(target, Value::of(all)) : Status();
  }

  /// What the database tells of an address; null: nothing.
  [[nodiscard]] Result<Value> of_address(painless::Machine& machine, std::string_view text) const {
    const auto address = read_address(text);
    if (!address) return std::unexpected(address.error());
    const auto entry = database->find(*address);
    if (!entry) return Value::null();
    auto* map = painless::api::new_hash_map(machine);
    bool any = false;
    for (const GeoProperty* property : properties) {
      const Value value = value_of(machine, *property, *entry, *address);
      if (value.is_null()) continue;
      any = true;
      map->put(machine, machine.string_value(property->key), value);
    }
    return any ? Value::of(map) : Value::null();
  }

  static Value value_of(painless::Machine& machine, const GeoProperty& property, const GeoDatabase::Entry& entry,
                        const stages::Address& address) {
    const auto text = [&](const std::optional<std::string>& found) {
      return found ? machine.string_value(*found) : Value::null();
    };
    switch (property.how) {
      case GeoProperty::How::kIp:
        return machine.string_value(stages::address_text(address));
      case GeoProperty::How::kNetwork:
        return machine.string_value(entry.network());
      case GeoProperty::How::kText:
        return text(entry.text(property.path));
      case GeoProperty::How::kFlag: {
        // The databases say only what is.
        constexpr std::size_t kParent = 0;
        const char* const parent[] = {property.path[kParent], "iso_code", nullptr};
        const auto flag = entry.flag(property.path);
        return flag || entry.text(parent) ? Value::boolean(flag.value_or(false)) : Value::null();
      }
      case GeoProperty::How::kInteger: {
        const auto number = entry.number(property.path);
        return number ? Value::of_int(static_cast<std::int32_t>(*number)) : Value::null();
      }
      case GeoProperty::How::kLong: {
        const auto number = entry.number(property.path);
        return number ? Value::of_long(*number) : Value::null();
      }
      case GeoProperty::How::kLocation:
        return location_of(machine, entry);
      case GeoProperty::How::kRegionCode: {
        constexpr const char* kCountry[] = {"country", "iso_code", nullptr};
        const auto country = entry.text(kCountry);
        const auto region = entry.text(property.path);
        return country && region ? machine.string_value(*country + "-" + *region) : Value::null();
      }
    }
    return Value::null();
  }

  static Value location_of(painless::Machine& machine, const GeoDatabase::Entry& entry) {
    constexpr const char* kLatitude[] = {"location", "latitude", nullptr};
    constexpr const char* kLongitude[] = {"location", "longitude", nullptr};
    const auto latitude = entry.real(kLatitude);
    const auto longitude = entry.real(kLongitude);
    if (!latitude || !longitude) return Value::null();
    auto* map = painless::api::new_hash_map(machine);
    map->put(machine, machine.string_value("lat"), Value::of_double(*latitude));
    map->put(machine, machine.string_value("lon"), Value::of_double(*longitude));
    return Value::of(map);
  }
};

Result<std::shared_ptr<const GeoDatabase>> open_database(Config& config, const CompileEnvironment& environment) {
  const auto file = config.text_or("database_file", kDefaultFile);
  if (!file) return std::unexpected(file.error());
  constexpr std::string_view kWhere =
      "the folder is ingest.geoip.database_path of sluiced (ingest-geoip in its folder of data), --databases of sluice";
  if (environment.databases.empty()) {
    return std::unexpected(config.problem(
        "database_file",
        "database [" + *file + "] can't be looked for: no folder of databases is named; " + std::string(kWhere)));
  }
  const std::filesystem::path path = std::filesystem::path(environment.databases) / *file;
  std::error_code failed;
  if (file->find('/') != std::string::npos || !std::filesystem::is_regular_file(path, failed)) {
    return std::unexpected(config.problem(
        "database_file", "database [" + *file + "] is not there: [" + path.string() +
                             "] was looked for; put the file there, it is not fetched; " + std::string(kWhere)));
  }
  auto database = GeoDatabase::open(path.string());
  if (!database) return std::unexpected(config.problem("database_file", database.error().reason));
  if (!geo_kind_of((*database)->type())) {
    return std::unexpected(config.problem(
        "database_file",
        "Unsupported database type [" + std::string((*database)->type()) + "] for file [" + *file + "]"));
  }
  return database;
}

Status read_properties(Config& config, GeoKind kind, std::vector<const GeoProperty*>& wanted) {
  const auto names = config.optional_list("properties");
  if (!names) return std::unexpected(names.error());
  std::string valid;
  for (const GeoProperty& property : geo_properties()) {
    if (property.is_of(kind)) valid += (valid.empty() ? "" : ", ") + std::string(property.name);
    if (!*names && property.is_default(kind)) wanted.push_back(&property);
  }
  if (!*names) return {};
  const auto illegal = [&](const std::string& name) {
    return config.problem("properties", "illegal property value [" + name + "]. valid values are [" + valid + "]");
  };
  for (const std::string& name : **names) {
    const std::string upper = ascii_upper_case(name);
    const auto found = std::ranges::find(geo_properties(), upper, &GeoProperty::name);
    if (found == geo_properties().end() || !found->is_of(kind)) {
      return std::unexpected(illegal(name));
    }
    if (std::ranges::find(wanted, &*found) == wanted.end()) wanted.push_back(&*found);
  }
  return {};
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment& environment) {
  auto made = std::make_unique<GeoIp>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto target = config.path_or("target_field", "geoip");
  if (!target) return std::unexpected(std::move(target.error()));
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  const auto first_only = config.flag("first_only", true);
  if (!first_only) return std::unexpected(first_only.error());
  if (const auto download = config.flag("download_database_on_pipeline_creation", true); !download) {
    return std::unexpected(download.error());
  }
  auto database = open_database(config, environment);
  if (!database) return std::unexpected(std::move(database.error()));
  made->database = std::move(*database);
  Status done = read_properties(config, *geo_kind_of(made->database->type()), made->properties);
  if (!done) return std::unexpected(std::move(done.error()));
  made->field = std::move(*field);
  made->target = std::move(*target);
  made->first_only = *first_only;
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& geoip_processor() {
  static const ProcessorRow row{
      "geoip",
      "Tells where an IP address is, by a database of MaxMind's format.",
      kOptions,
      R"({"field":"ip","properties":["country_name","city_name","location"]})",
      R"({"ip":"89.160.20.112"})",
      R"({"ip":"89.160.20.112","geoip":{"city_name":"Linköping","country_name":"Sweden","location":{"lon":15.6167,"lat":58.4167}}})",
      make};
  return row;
}

}  // namespace sluice::ingest
