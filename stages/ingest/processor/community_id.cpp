#include <memory>
#include <utility>

#include "stages/ingest/community_flow.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"

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

class CommunityId final : public Processor {
 public:
  FieldPath source_ip, source_port, destination_ip, destination_port, iana_number, transport, icmp_type, icmp_code,
      target;
  std::int32_t seed = 0;
  bool ignore_missing = true;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto id = community_id(document.machine(), [&](FlowPart part) { return read(document, part); }, seed);
    if (!id) return std::unexpected(id.error());
    if (*id) return document.set(target, document.machine().string_value(**id));
    if (ignore_missing) return {};
    return std::unexpected(incomplete_flow());
  }

 private:
  Result<Value> read(IngestDocument& document, FlowPart part) const {
    switch (part) {
      case FlowPart::kSourceIp:
        return address(document, source_ip);
      case FlowPart::kDestinationIp:
        return address(document, destination_ip);
      case FlowPart::kIanaNumber:
        return read_field(document, iana_number, true);
      case FlowPart::kTransport:
        return read_field(document, transport, ignore_missing);
      case FlowPart::kSourcePort:
        return read_field(document, source_port, ignore_missing);
      case FlowPart::kDestinationPort:
        return read_field(document, destination_port, ignore_missing);
      case FlowPart::kIcmpType:
        return read_field(document, icmp_type, true);
      case FlowPart::kIcmpCode:
        break;
    }
    return read_field(document, icmp_code, true);
  }

  Result<Value> address(IngestDocument& document, const FieldPath& path) const {
    const auto text = read_text(document, path, ignore_missing);
    if (!text) return std::unexpected(text.error());
    return *text == nullptr ? Value::null() : Value::of(*text);
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
  if (*seed < 0 || *seed > kMostFlowNumber)
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
