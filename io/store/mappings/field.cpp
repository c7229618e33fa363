#include "io/store/mappings/field.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace sluice::store {

namespace {

constexpr auto kTypes = std::to_array<FieldTypeInfo>({
#define SLUICE_FIELD_TYPE(enumerator, name, kind, check) \
  {FieldType::enumerator, name, pipeline::FieldKind::kind, ValueCheck::check},
#include "io/store/mappings/field_types.def"
#undef SLUICE_FIELD_TYPE
});

/// The first and the last eight bytes and the size: names of one object seldom agree in all of them.
std::size_t hash_of(std::string_view name) {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  const std::size_t part = std::min<std::size_t>(name.size(), 8);
  if (part == 8) {
    std::memcpy(&head, name.data(), 8);
    std::memcpy(&tail, name.data() + name.size() - 8, 8);
  } else if (part >= 4) {
    std::memcpy(&head, name.data(), 4);
    std::memcpy(&tail, name.data() + name.size() - 4, 4);
  } else {
    for (const char c : name) head = head << 8 | static_cast<unsigned char>(c);
  }
  constexpr std::uint64_t kMix = 0x9E37'79B9'7F4A'7C15;
  std::uint64_t mixed = (head ^ std::rotl(tail, 29) ^ name.size()) * kMix;
  mixed ^= mixed >> 32;
  return mixed * kMix >> 40;
}

}  // namespace

const FieldTypeInfo& type_info(FieldType type) { return kTypes[static_cast<std::size_t>(type)]; }

const FieldTypeInfo* type_named(std::string_view name) {
  const auto found = std::ranges::find(kTypes, name, &FieldTypeInfo::name);
  return found == kTypes.end() ? nullptr : &*found;
}

std::string_view dynamic_name(Dynamic dynamic) {
  switch (dynamic) {
    case Dynamic::kTrue:
      return "true";
    case Dynamic::kFalse:
      return "false";
    case Dynamic::kStrict:
      return "strict";
    case Dynamic::kRuntime:
      return "runtime";
  }
  return "true";
}

FieldTable::FieldTable(std::vector<FieldPtr> fields) {
  std::ranges::stable_sort(fields, {}, [](const FieldPtr& field) -> const std::string& { return field->name; });
  for (FieldPtr& field : fields) {
    if (!fields_.empty() && fields_.back()->name == field->name) {
      fields_.back() = std::move(field);
    } else {
      fields_.push_back(std::move(field));
    }
  }
  if (fields_.empty()) return;
  index_.resize(std::bit_ceil(fields_.size() * 2 + 2));
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    std::size_t at = hash_of(fields_[i]->name) & (index_.size() - 1);
    while (index_[at] != 0) at = (at + 1) & (index_.size() - 1);
    index_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

const FieldPtr* FieldTable::slot(std::string_view name) const {
  if (index_.empty()) return nullptr;
  const std::size_t mask = index_.size() - 1;
  for (std::size_t at = hash_of(name) & mask; index_[at] != 0; at = (at + 1) & mask) {
    const FieldPtr& field = fields_[index_[at] - 1];
    if (field->name == name) return &field;
  }
  return nullptr;
}

const Field* FieldTable::find(std::string_view name) const {
  const FieldPtr* found = slot(name);
  return found == nullptr ? nullptr : found->get();
}

const Parameter* Field::parameter(std::string_view wanted) const {
  const auto found = std::ranges::find(parameters, wanted, [](const Parameter& each) { return each.rule->name; });
  return found == parameters.end() ? nullptr : &*found;
}

}  // namespace sluice::store
