#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "stages/painless/time/adjusters.h"
#include "stages/painless/time/formatter_builder.h"
#include "stages/painless/time/parsed.h"
#include "stages/painless/time/temporal.h"
#include "stages/painless/time/week.h"

namespace sluice::painless::time::testing {

class Any;

/// What an expression of a case has for a value. `Any` holds everything that only one family of types needs.
using Value =
    std::variant<std::monostate, bool, Int, Long, std::string, Temporal, Duration, Period, ZoneId, Field, Unit,
                 ValueRange, Week, Locale, TextStyle, FormatStyle, ResolverStyle, SignStyle, DateTimeFormatter,
                 std::shared_ptr<Parsed>, std::shared_ptr<DateTimeFormatterBuilder>, Adjuster, std::shared_ptr<Any>>;

/// Objects of other bindings, with the name of their Java class.
class Any {
 public:
  explicit Any(std::string type_name) : type(std::move(type_name)) {}
  Any(const Any&) = delete;
  Any& operator=(const Any&) = delete;
  virtual ~Any() = default;
  [[nodiscard]] virtual std::string to_string() const = 0;
  std::string type;
};

std::string to_java_text(const Value& value);
/// The simple name of the value's Java class; `ChronoLocalDate` and the like are not used.
std::string type_of(const Value& value);

using Arguments = std::vector<Value>;
/// Nothing: the arguments don't fit this overload.
using Function = std::function<std::optional<Value>(const Value& self, const Arguments& arguments)>;

/// The methods that cases may call: `Type.name`, instance methods and statics alike, and `Type.CONSTANT`.
class Methods {
 public:
  static Methods& all();

  void add(const std::string& type, const std::string& name, Function function) {
    methods_[type + "." + name].push_back(std::move(function));
  }
  void constant(const std::string& name, Value value) { constants_.emplace(name, std::move(value)); }
  [[nodiscard]] const Value* find_constant(const std::string& name) const;
  [[nodiscard]] bool has_type(const std::string& type) const;
  /// Errors: std::runtime_error for what isn't bound.
  [[nodiscard]] Value call(const std::string& type, const std::string& name, const Value& self,
                           const Arguments& arguments) const;

 private:
  std::map<std::string, std::vector<Function>> methods_;
  std::map<std::string, Value> constants_;
};

/// A Java expression of constructors, calls, constants and literals. Errors: std::runtime_error.
Value evaluate(std::string_view expression);
/// The text of the value, or `! Class: message <- ..`.
std::string answer_to(std::string_view expression);

}  // namespace sluice::painless::time::testing
