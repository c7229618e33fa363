#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/run/heap.h"
#include "stages/painless/run/list.h"
#include "stages/painless/run/map.h"
#include "stages/painless/run/object.h"
#include "stages/painless/run/program.h"
#include "stages/painless/run/registry.h"
#include "stages/painless/run/value.h"

namespace sluice::painless {

class ChangedDocument;
class DocFields;

/// What one document's script may take.
struct Limits {
  std::size_t memory = Heap::kDefaultLimit;                  ///< bytes that it makes, garbage included
  std::chrono::nanoseconds time = std::chrono::seconds(10);  ///< asked every thousand steps
  std::uint32_t regex_factor = 6;  ///< characters a match may look at, times the input's length; 0: any
};

/// What a machine keeps of a program between two of its runs: one for each machine and program. The program outlives
/// it.
struct ProgramState {
  explicit ProgramState(const Program& its_program);
  const Program* program;
  std::vector<SiteCache> caches;
  std::vector<std::uint32_t> places;  ///< for each of the program's texts: where the key was found last
};

/// Runs one program, one document after the other. Natives and values reach everything through it. Not thread-safe: one
/// machine for each worker; the program is shared.
///
/// An exception of the script is not an exception of C++: raise() notes it and returns Value::error(), which a native
/// returns in turn. Whoever gets an error value, or null or false where that means one, passes it on.
class Machine {
 public:
  explicit Machine(const Program& program, Limits limits = {});
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  /// Forgets everything of the last document.
  void reset();
  /// Runs the entry function. An error value: failure() says which.
  Value run(std::span<const Value> arguments);
  Value run(const Value& first, const Value& second) {
    stack_[0] = first;
    stack_[1] = second;
    return execute(0, stack_.data());
  }

  /// Runs another program on the same document, with the same heap and limits: the scripts of a pipeline.
  Value run(ProgramState& other, const Value& first, const Value& second);
  /// Whether what came with the document is for reading only: putting is an unsupported_operation_exception then.
  void set_document_read_only(bool read_only) { document_read_only_ = read_only; }
  [[nodiscard]] bool document_read_only() const { return document_read_only_; }
  /// Whether maps of a document print their entries in the order that a java.util.HashMap would have: a node reads
  /// documents of pipelines into those.
  void set_prints_by_hash(bool by_hash) { prints_by_hash_ = by_hash; }
  [[nodiscard]] bool prints_by_hash() const { return prints_by_hash_; }
  /// Throws what a change of such a document is answered with.
  Value raise_read_only() {
    return raise(known().unsupported_operation, "Mutating ingest documents in conditionals is not supported");
  }

  /// The exception that is pending, and where it was thrown.
  struct Failure {
    Throwable* exception = nullptr;
    std::uint32_t offset = 0xFFFFFFFF;  ///< bytes into the source; 0xFFFFFFFF: not known
    bool placed = false;
  };
  [[nodiscard]] const Failure& failure() const { return failure_; }

  // --- what natives use
  [[nodiscard]] Heap& heap() { return heap_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  /// What `doc` is about; null: the script has none.
  [[nodiscard]] DocFields* fields() const { return fields_; }
  void set_fields(DocFields* fields) { fields_ = fields; }
  /// What `metadata()` and `field()` are about; set before a script runs whose context has them.
  [[nodiscard]] ChangedDocument* changed_document() const { return changed_document_; }
  void set_changed_document(ChangedDocument* document) { changed_document_ = document; }

  /// A string with a copy of `utf8`.
  String* string(std::string_view utf8) { return text(heap_.copy(utf8)); }
  /// A string over text that lives as long as the document's work: of the page, a literal, or the heap.
  String* text(std::string_view utf8) { return heap_.make<String>(known().string, utf8); }
  /// Likewise over text that is ASCII.
  String* ascii_text(std::string_view ascii) {
    return heap_.make<String>(known().string, ascii, static_cast<std::uint32_t>(ascii.size()));
  }
  Value string_value(std::string_view utf8) { return Value::of(string(utf8)); }

  /// Throws: notes the exception and returns Value::error().
  Value raise(const Class* exception, std::string_view reason);
  /// Throws it without a reason (`"reason":null`).
  Value raise(const Class* exception);
  Value raise(Throwable* exception);
  /// Takes the pending exception away, as a catch of Exception does. Null: there is none, or none to catch.
  Throwable* catch_exception();
  /// Takes whatever is pending away: for who runs scripts one after the other.
  Throwable* take_failure() {
    Throwable* pending = failure_.exception;
    failure_ = {};
    top_ = stack_.data();
    depth_ = 0;
    return pending;
  }
  Value null_pointer() { return raise(known().null_pointer); }
  [[nodiscard]] bool failed() const { return failure_.exception != nullptr; }

  /// A raw value as what it says; everything else as it is. Strings without escapes stay where they are.
  Value force(const Value& value) { return value.is_raw() ? force_raw(value) : value; }
  /// The run-time class; null for null. Raw values are looked at, not read.
  [[nodiscard]] const Class* class_of(const Value& value) const {
    // An object's value has one; the analyzer doesn't know.
    if (value.is_object()) return value.o->type;  // NOLINT(clang-analyzer-core.NullDereference)
    if (value.is_raw() && value.raw[0] == '"') return known().string;
    return class_of_other(value);
  }
  [[nodiscard]] bool is_a(const Value& value, const Class* cls) const {
    const Class* its = class_of(value);
    return its != nullptr && its->is_a(*cls);
  }
  /// The value as a T when it is an object of exactly that C++ type's class or below; null otherwise.
  String* as_string(const Value& value) const {
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): an object's value has one
    return value.is_object() && value.o->type == known().string ? static_cast<String*>(value.o) : nullptr;
  }
  List* as_list(const Value& value) const {
    return value.is_object() && value.o->type->is_a(*known().list) ? static_cast<List*>(value.o) : nullptr;
  }
  /// Whatever keeps its items as a List does: a java.util.List, a deque, a queue.
  List* as_sequence(const Value& value) const {
    return value.is_object() && value.o->type->is_a(*known().listed) ? static_cast<List*>(value.o) : nullptr;
  }
  Map* as_map(const Value& value) const {
    return value.is_object() && value.o->type->is_a(*known().map) ? static_cast<Map*>(value.o) : nullptr;
  }

  /// String.valueOf(value). Null: an exception is pending.
  String* to_text(const Value& value) {
    String* text = as_string(value);
    return text != nullptr ? text : to_text_other(value);
  }
  /// Objects.equals(a, b), boxed numbers of different classes being different.
  bool equals(const Value& a, const Value& b);
  std::int32_t hash(const Value& value);
  /// ((Comparable) a).compareTo(b). `failed()` afterwards says whether it could.
  int compare(const Value& a, const Value& b);

  /// Calls a lambda or method reference.
  Value call(const Value& function, std::span<const Value> arguments);
  Value call(const Value& function, std::initializer_list<Value> arguments) {
    return call(function, std::span<const Value>(arguments.begin(), arguments.size()));
  }
  /// Likewise, and the result as a boolean; false and failed() when it could not.
  bool call_boolean(const Value& function, std::initializer_list<Value> arguments);

  /// `value` as `type`, as a cast in a script does it: def to a static type.
  Value convert(const Value& value, const Type& type, bool explicit_cast) {
    // What has the type already: most arguments.
    if (type.is_primitive() && value.tag == tag_of(type.kind)) return value;
    if (type.cls == known().string && as_string(value) != nullptr) return value;
    return convert_other(value, type, explicit_cast);
  }

  /// What for-in and natives walk: an Iterator over an Iterable or array. Null: an exception is pending.
  Iterator* iterate(const Value& iterable);

  /// Counts steps of loops inside natives; false: over the limit, an exception is pending.
  bool tick(std::uint32_t steps = 1) {
    steps_left_ -= steps;
    return (steps_left_ >= 0 && !heap_.over_limit()) || check_limits();
  }
  /// Whether `more` bytes may be taken; false: an exception is pending. For sizes that a script chooses.
  bool afford(std::size_t more) { return heap_.fits(more) || refuse_to_allocate(more); }

  // --- what the machine's own parts use
  /// `receiver.name(arguments)`, looked up at run time.
  Value call_method(const Value& receiver, std::string_view name, std::span<const Value> arguments);
  /// Calls what is known: arguments are forced and converted to the declared types in place.
  Value invoke(const Method& method, Value* arguments);
  /// Gives a lambda that met its use only now the interface it is for. False: an exception is pending.
  bool bind(const Value& value, const Type& type, std::string_view caller);
  /// `new T[a][b]`, filled with zero or null.
  Value make_array(const Type& type, const Value* lengths, std::uint32_t count);
  [[nodiscard]] const Program& program() const { return *own_.program; }
  /// Whether no two of the signatures are equal. Documents are alike, so the last question is remembered.
  bool distinct_signatures(const std::uint32_t* signatures, std::uint32_t count);

 private:
  String* to_text_other(const Value& value);
  [[nodiscard]] const Class* class_of_other(const Value& value) const;
  Value execute(std::uint32_t function, Value* base);
  /// A method of a class that is met at run time, as far as the script's context has it.
  [[nodiscard]] const Method* find_method(const Class& cls, std::string_view name, std::size_t arity) const;
  Value invoke_here(const Method& method, Value* arguments);
  Value call_def(const Site& site, SiteCache& cache, Value* arguments);
  Value call_new_class(const Site& site, SiteCache& cache, Value* arguments, const Class* cls);
  Value load_member(const Instruction& at, const Value& receiver);
  Value store_member(const Instruction& at, const Value& receiver, const Value& value);
  Value make_lambda(const Instruction& at, const Value* base);
  Value make_reference(const Instruction& at, const Value* base);
  Value convert_other(const Value& value, const Type& type, bool explicit_cast);
  Value convert_loaded(const Value& value, const Type& type, const Instruction& at);
  Value convert_primitive_cast(const Value& value, const Type& type, bool explicit_cast);
  Value convert_reference(const Value& value, const Type& type, bool explicit_cast);
  Value force_raw(const Value& value);
  Value force_other(const Value& value);
  bool check_limits();
  bool refuse_to_allocate(std::size_t more);
  /// Looks for a handler of the pending exception at `pc`; where it goes on, or -1.
  std::int64_t catch_pending(const FunctionCode& function, std::uint32_t pc, Value* base);

  ProgramState own_;  ///< of the program that runs
  Limits limits_;
  DocFields* fields_ = nullptr;
  ChangedDocument* changed_document_ = nullptr;
  Heap heap_;
  std::vector<Value> stack_;
  Value* stack_end_;
  Value* top_ = nullptr;  ///< behind the registers of the innermost function that runs
  std::uint32_t depth_ = 0;
  std::vector<std::uint32_t> seen_signatures_;
  bool seen_are_distinct_ = true;
  std::int64_t steps_left_ = 0;
  std::chrono::steady_clock::time_point deadline_{};
  bool clock_runs_ = false;
  bool document_read_only_ = false;
  bool prints_by_hash_ = false;
  Failure failure_;
};

/// Where the work of natives on strings begins: text, or a null_pointer_exception that is pending.
String* text_of(Machine& machine, const Value& value);

}  // namespace sluice::painless
