#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/schema.h"
#include "stages/parse/walker.h"

namespace sluice::stages {

class DocumentFields;
class RuntimeField;
class RuntimeScripts;

/// Which values of a path a clause gets.
enum class Take : std::uint8_t {
  kValues,   ///< strings, numbers, booleans and nulls, also out of arrays
  kWhole,    ///< whatever stands at the path, arrays and objects as they are: points, shapes, ranges
  kObjects,  ///< objects, also out of arrays: nested documents
};

/// The places of `_source` that a compiled query reads: a document is walked once for all of its clauses. Filled while
/// a query is compiled, immutable afterwards.
class ReadPlan {
 public:
  ReadPlan() : nodes_(1) {}

  /// The slot in which the values of a dotted path are found; the same one for the same path.
  std::uint32_t slot(std::string_view path, Take take = Take::kValues);
  [[nodiscard]] std::size_t slots() const { return paths_.size(); }
  [[nodiscard]] const std::vector<std::string>& paths() const { return paths_; }

  /// The scripts of the runtime fields that it may be asked for; null: there are none. They outlive it.
  void set_runtime(const RuntimeScripts* scripts) { scripts_ = scripts; }
  /// The number of a runtime field whose values a script makes, the same one for the same field. What the script names
  /// is read along.
  std::uint32_t computed(const pipeline::FieldSchema& field);
  [[nodiscard]] const RuntimeField& computed_field(std::uint32_t number) const { return *computed_[number]; }

  /// Walks an object and files what it finds. Keys with dots count as paths. What is no JSON ends the walk.
  void read(Walker walker, DocumentFields& into) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Node {
    std::vector<std::pair<std::string, std::uint32_t>> children;  ///< part of a path, and the node
    std::uint32_t values = kNone;                                 ///< slots
    std::uint32_t whole = kNone;
    std::uint32_t objects = kNone;
  };

  [[nodiscard]] const Node* child(const Node& node, std::string_view part) const;
  void read_flat(Walker& walker, DocumentFields& into) const;
  void read_members(const Node& node, Walker& walker, DocumentFields& into) const;
  void read_member(const Node& node, std::string_view key, Walker& walker, DocumentFields& into) const;
  void read_value(const Node& node, Walker& walker, DocumentFields& into) const;
  void read_elements(const Node& node, Walker& walker, DocumentFields& into) const;

  std::vector<Node> nodes_;
  std::vector<std::string> paths_;
  const RuntimeScripts* scripts_ = nullptr;
  std::vector<std::string> computed_paths_;
  std::vector<std::shared_ptr<const RuntimeField>> computed_;
  bool flat_ = true;  ///< all paths are keys of the document, of which values are read: then no key matters twice
};

}  // namespace sluice::stages
