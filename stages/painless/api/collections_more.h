#pragma once

#include "stages/painless/api/natives.h"

/// Natives of java.util.Collections, Arrays and Objects beside those in collections.cpp, which has the rows.
namespace sluice::painless::api {

Value as_lifo_queue(Machine& machine, const Value* a);
Value binary_search(Machine& machine, const Value* a);
Value binary_search_by(Machine& machine, const Value* a);
Value copy_into_list(Machine& machine, const Value* a);
Value empty_enumeration(Machine& machine, const Value* a);
Value empty_iterator(Machine& machine, const Value* a);
Value empty_list_iterator(Machine& machine, const Value* a);
Value empty_sorted_map(Machine& machine, const Value* a);
Value empty_sorted_set(Machine& machine, const Value* a);
Value enumeration(Machine& machine, const Value* a);
Value index_of_sub_list(Machine& machine, const Value* a);
Value last_index_of_sub_list(Machine& machine, const Value* a);
Value list_of_enumeration(Machine& machine, const Value* a);
Value set_from_map(Machine& machine, const Value* a);
Value replace_all_items(Machine& machine, const Value* a);
Value reverse_order_of(Machine& machine, const Value* a);
Value rotate(Machine& machine, const Value* a);
Value shuffle(Machine& machine, const Value* a);
Value shuffle_by(Machine& machine, const Value* a);
Value unmodifiable_collection(Machine& machine, const Value* a);
Value unmodifiable_sorted_map(Machine& machine, const Value* a);
Value unmodifiable_sorted_set(Machine& machine, const Value* a);

Value deep_equals(Machine& machine, const Value* a);
Value deep_hash(Machine& machine, const Value* a);
Value objects_compare(Machine& machine, const Value* a);

}  // namespace sluice::painless::api
