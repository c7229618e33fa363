#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "stages/ingest/field_value.h"
#include "stages/ingest/ip_network.h"
#include "stages/ingest/processor.h"

namespace sluice::ingest {

using painless::List;
using stages::Address;

namespace {

constexpr OptionRow kOptions[] = {
    {"source_ip", "string", "source.ip", "The address that something comes from."},
    {"destination_ip", "string", "destination.ip", "The address that it goes to."},
    {"target_field", "string", "network.direction", "Where `internal`, `inbound`, `outbound` or `external` goes."},
    {"internal_networks", "list (template)", "",
     "What is inside: networks such as `10.0.0.0/8`, or `loopback`, `unicast`, `multicast`, `private`, `public` and "
     "more."},
    {"internal_networks_field", "string", "none", "A field with such a list instead."},
    {"ignore_missing", "boolean", "true", "Whether fields that are not there, or null, are no failure."},
};

bool all_of(const Address& address, std::size_t from, std::size_t to, unsigned char byte) {
  return std::all_of(address.begin() + static_cast<std::ptrdiff_t>(from),
                     address.begin() + static_cast<std::ptrdiff_t>(to), [&](unsigned char one) { return one == byte; });
}

/// What java.net.InetAddress says of an address.
class Kind {
 public:
  explicit Kind(const Address& address) : a_(address), four_(is_version_4(address)) {}

  [[nodiscard]] bool loopback() const { return four_ ? a_[12] == 127 : all_of(a_, 0, 15, 0) && a_[15] == 1; }
  [[nodiscard]] bool unspecified() const { return four_ ? all_of(a_, 12, 16, 0) : all_of(a_, 0, 16, 0); }
  [[nodiscard]] bool broadcast() const { return four_ && all_of(a_, 12, 16, 0xFF); }
  [[nodiscard]] bool multicast() const { return four_ ? (a_[12] & 0xF0) == 0xE0 : a_[0] == 0xFF; }
  [[nodiscard]] bool interface_local_multicast() const { return !four_ && multicast() && (a_[1] & 0x0F) == 1; }
  [[nodiscard]] bool link_local_multicast() const {
    return four_ ? a_[12] == 224 && a_[13] == 0 && a_[14] == 0 : multicast() && (a_[1] & 0x0F) == 2;
  }
  [[nodiscard]] bool link_local_unicast() const {
    return four_ ? a_[12] == 169 && a_[13] == 254 : a_[0] == 0xFE && (a_[1] & 0xC0) == 0x80;
  }
  [[nodiscard]] bool unicast() const {
    return !broadcast() && !unspecified() && !loopback() && !multicast() && !link_local_unicast();
  }
  [[nodiscard]] bool is_private() const {
    if (!four_) return a_[0] == 0xFD;
    return a_[12] == 10 || (a_[12] == 172 && (a_[13] & 0xF0) == 16) || (a_[12] == 192 && a_[13] == 168);
  }
  [[nodiscard]] bool is_public() const {
    return !loopback() && !unspecified() && !multicast() && !link_local_unicast() && !is_private() && !broadcast();
  }

 private:
  const Address& a_;
  bool four_;
};

struct Named {
  std::string_view name;
  bool (Kind::*test)() const;
};
constexpr Named kNamed[] = {
    {"loopback", &Kind::loopback},
    {"global_unicast", &Kind::unicast},
    {"unicast", &Kind::unicast},
    {"link_local_unicast", &Kind::link_local_unicast},
    {"interface_local_multicast", &Kind::interface_local_multicast},
    {"link_local_multicast", &Kind::link_local_multicast},
    {"multicast", &Kind::multicast},
    {"unspecified", &Kind::unspecified},
    {"private", &Kind::is_private},
    {"public", &Kind::is_public},
};

/// A network by its name or its range, read. Immutable.
class Network {
 public:
  explicit Network(std::string_view text) {
    const auto* const named = std::ranges::find(kNamed, text, &Named::name);
    if (named != std::end(kNamed)) {
      test_ = named->test;
    } else {
      range_ = IpNetwork::parse(text);
    }
  }
  /// Errors: what is wrong with the range.
  [[nodiscard]] Result<bool> contains(const Address& address) const {
    if (test_ != nullptr) return (Kind(address).*test_)();
    if (!*range_) return std::unexpected(range_->error());
    return (*range_)->contains(address);
  }

 private:
  bool (Kind::*test_)() const = nullptr;
  std::optional<Result<IpNetwork>> range_;  ///< there is one where there is no test
};
using Networks = std::vector<Network>;

/// Whether an address is in one of the networks. Nothing but that looks at it.
Result<bool> is_inside(const Networks& networks, std::string_view text) {
  if (networks.empty()) return false;
  const auto address = read_address(text);
  if (!address) return std::unexpected(address.error());
  for (const Network& network : networks) {
    const auto inside = network.contains(*address);
    if (!inside || *inside) return inside;
  }
  return false;
}

class NetworkDirection final : public Processor {
 public:
  FieldPath source;
  FieldPath destination;
  FieldPath target;
  std::vector<Template> networks;
  std::optional<Networks> fixed;  ///< of `networks`, where they are the same for all documents
  bool null_network = false;
  std::optional<FieldPath> networks_field;
  bool ignore_missing = true;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto direction = direction_of(document);
    if (!direction) return std::unexpected(direction.error());
    if (direction->empty()) {
      if (ignore_missing) return {};
      return std::unexpected(illegal_argument("unable to calculate network direction from document"));
    }
    return document.set(target, painless::Value::of(document.machine().text(*direction)));
  }

 private:
  /// Empty: something is missing.
  Result<std::string_view> direction_of(IngestDocument& document) const {
    std::optional<Networks> own;
    if (networks_field) {
      auto listed = listed_networks(document);
      if (!listed) return std::unexpected(std::move(listed.error()));
      if (!*listed) return std::string_view();
      own = std::move(*listed);
    }
    const auto from = read_text(document, source, ignore_missing);
    if (!from) return std::unexpected(from.error());
    if (*from == nullptr) return std::string_view();
    const auto to = read_text(document, destination, ignore_missing);
    if (!to) return std::unexpected(to.error());
    if (*to == nullptr) return std::string_view();
    if (!own && !fixed) {
      auto rendered = rendered_networks(document);
      if (!rendered) return std::unexpected(std::move(rendered.error()));
      own = std::move(*rendered);
    }
    const Networks& inside = own ? *own : *fixed;
    const auto from_inside = is_inside(inside, (*from)->text());
    if (!from_inside) return std::unexpected(from_inside.error());
    const auto to_inside = is_inside(inside, (*to)->text());
    if (!to_inside) return std::unexpected(to_inside.error());
    if (*from_inside) return std::string_view(*to_inside ? "internal" : "outbound");
    return std::string_view(*to_inside ? "inbound" : "external");
  }

  Result<Networks> rendered_networks(IngestDocument& document) const {
    if (null_network)
      return std::unexpected(null_pointer("Cannot invoke \"String.hashCode()\" because \"<local2>\" is null"));
    Networks made;
    for (const Template& network : networks) {
      const auto text = network.render(document);
      if (!text) return std::unexpected(text.error());
      made.emplace_back(*text);
    }
    return made;
  }

  /// Nothing: there is no list.
  Result<std::optional<Networks>> listed_networks(IngestDocument& document) const {
    const auto value = read_field(document, *networks_field, ignore_missing);
    if (!value) return std::unexpected(value.error());
    if (value->is_null()) return std::nullopt;
    painless::Machine& machine = document.machine();
    List* list = machine.as_list(*value);
    if (list == nullptr) return std::unexpected(document.wrong_type(*networks_field, *value, "java.util.ArrayList"));
    Networks made;
    for (std::uint32_t i = 0; i < list->size(machine); ++i) {
      const painless::Value item = machine.force(list->get(machine, i));
      const painless::String* text = machine.as_string(item);
      if (text == nullptr) return std::unexpected(class_cast(document, item, "java.lang.String"));
      made.emplace_back(text->text());
    }
    return made;
  }
};

Status read_networks(Config& config, NetworkDirection& made) {
  const auto elements = config.optional_elements("internal_networks");
  if (!elements) return std::unexpected(elements.error());
  const auto field = config.optional_text("internal_networks_field");
  if (!field) return std::unexpected(field.error());
  if (!*elements && !*field)
    return std::unexpected(config.problem("internal_networks", "or [internal_networks_field] must be specified"));
  if (*elements && *field) {
    return std::unexpected(
        config.problem("internal_networks", "and [internal_networks_field] cannot both be used in the same processor"));
  }
  if (*field) {
    made.networks_field = FieldPath(**field);
    return {};
  }
  if (std::ranges::find(**elements, "null") != (*elements)->end()) {
    made.null_network = true;
    return {};
  }
  const auto texts = config.list("internal_networks");
  if (!texts) return std::unexpected(texts.error());
  for (const std::string& text : *texts) {
    auto compiled = Template::compile(text);
    if (!compiled) return std::unexpected(config.placed(std::move(compiled.error()), "internal_networks"));
    made.networks.push_back(std::move(*compiled));
  }
  if (std::ranges::all_of(made.networks, &Template::is_fixed)) {
    made.fixed.emplace();
    for (const Template& network : made.networks) made.fixed->emplace_back(network.source());
  }
  return {};
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<NetworkDirection>();
  const std::pair<std::string_view, std::string_view> names[] = {
      {"source_ip", "source.ip"}, {"destination_ip", "destination.ip"}, {"target_field", "network.direction"}};
  FieldPath* const paths[] = {&made->source, &made->destination, &made->target};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    auto path = config.path_or(names[i].first, names[i].second);
    if (!path) return std::unexpected(std::move(path.error()));
    *paths[i] = std::move(*path);
  }
  if (Status done = read_networks(config, *made); !done) return std::unexpected(std::move(done.error()));
  const auto ignore_missing = config.flag("ignore_missing", true);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& network_direction_processor() {
  static const ProcessorRow row{"network_direction",
                                "Says whether traffic comes in, goes out, stays inside or has to do with neither.",
                                kOptions,
                                R"({"source_ip":"s","destination_ip":"d","target_field":"t",)"
                                R"("internal_networks":["private"]})",
                                R"({"s":"10.0.0.1","d":"8.8.8.8"})",
                                R"({"s":"10.0.0.1","d":"8.8.8.8","t":"outbound"})",
                                make};
  return row;
}

}  // namespace sluice::ingest
