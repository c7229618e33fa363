#include <algorithm>

#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

namespace {

Value message(Machine& machine, const Value* args) {
  (void)machine;
  String* text = object<Throwable>(args[0]).message;
  return Value::of(text);
}

/// Constructors are the same for all: the class that a row belongs to is its template argument.
template <std::size_t N>
struct Name {
  constexpr explicit Name(const char (&text)[N]) { std::copy_n(text, N, value); }
  char value[N] = {};
};

template <Name kName>
const Class* class_of_name() {
  static const Class* const found = Registry::get().class_named(kName.value);
  return found;
}
template <Name kName>
Value construct(Machine& machine, const Value* args) {
  (void)args;
  return made(machine.heap().make<Throwable>(class_of_name<kName>(), nullptr));
}
template <Name kName>
Value construct_with(Machine& machine, const Value* args) {
  String* text = args[0].is_null() ? nullptr : static_cast<String*>(args[0].o);
  return made(machine.heap().make<Throwable>(class_of_name<kName>(), text));
}

constexpr MethodRow kThrowable[] = {
    {"String getMessage()", message, "What the exception says.",
     "try { throw new IllegalArgumentException('no') } catch (Exception e) { return e.getMessage() }", "no"},
    {"String getLocalizedMessage()", message, "The same.",
     "try { throw new IllegalArgumentException('no') } catch (Exception e) { return e.getLocalizedMessage() }", "no"},
};

template <Name kName>
constexpr MethodRow kConstructors[2] = {
    {"new()", construct<kName>, "An exception that says nothing.", "", ""},
    {"new(String)", construct_with<kName>, "An exception that says something.", "", ""},
};

#define EXCEPTION(name, super) {name, super, "An exception of Java.", kConstructors<Name(name)>}

constexpr ClassRow kRows[] = {
    {"java.lang.Throwable", "", "What can be thrown.", kThrowable, false, true},
    {"java.lang.Error", "java.lang.Throwable", "What a script can't catch.", {}, false, true},
    {"org.elasticsearch.painless.PainlessError", "java.lang.Error", "A loop that went on too long.", {}, false, true},
    {"org.elasticsearch.painless.PainlessExplainError",
     "java.lang.Error",
     "What Debug.explain() throws.",
     {},
     false,
     true},
    {"java.lang.StackOverflowError", "java.lang.Error", "Calls in calls without an end.", {}, false, true},
    {"org.elasticsearch.common.breaker.CircuitBreakingException",
     "java.lang.Error",
     "A limit was reached.",
     {},
     false,
     true},
    {"java.lang.Exception", "java.lang.Throwable", "What can be caught.", kConstructors<Name("java.lang.Exception")>},
    EXCEPTION("java.lang.RuntimeException", "Exception"),
    EXCEPTION("java.lang.IllegalArgumentException", "RuntimeException"),
    EXCEPTION("java.lang.IllegalStateException", "RuntimeException"),
    EXCEPTION("java.lang.ArithmeticException", "RuntimeException"),
    EXCEPTION("java.lang.IndexOutOfBoundsException", "RuntimeException"),
    EXCEPTION("java.lang.ArrayIndexOutOfBoundsException", "IndexOutOfBoundsException"),
    EXCEPTION("java.lang.StringIndexOutOfBoundsException", "IndexOutOfBoundsException"),
    EXCEPTION("java.lang.NullPointerException", "RuntimeException"),
    EXCEPTION("java.lang.NumberFormatException", "IllegalArgumentException"),
    EXCEPTION("java.lang.ClassCastException", "RuntimeException"),
    EXCEPTION("java.lang.UnsupportedOperationException", "RuntimeException"),
    EXCEPTION("java.lang.NegativeArraySizeException", "RuntimeException"),
    EXCEPTION("java.lang.ArrayStoreException", "RuntimeException"),
    EXCEPTION("java.lang.InterruptedException", "Exception"),
    EXCEPTION("java.lang.SecurityException", "RuntimeException"),
    EXCEPTION("java.lang.CloneNotSupportedException", "Exception"),
    EXCEPTION("java.lang.ReflectiveOperationException", "Exception"),
    EXCEPTION("java.lang.ClassNotFoundException", "ReflectiveOperationException"),
    EXCEPTION("java.lang.IllegalAccessException", "ReflectiveOperationException"),
    EXCEPTION("java.lang.InstantiationException", "ReflectiveOperationException"),
    EXCEPTION("java.lang.NoSuchFieldException", "ReflectiveOperationException"),
    EXCEPTION("java.lang.NoSuchMethodException", "ReflectiveOperationException"),
    EXCEPTION("java.lang.IllegalMonitorStateException", "RuntimeException"),
    EXCEPTION("java.lang.IllegalThreadStateException", "IllegalArgumentException"),
    EXCEPTION("java.util.ConcurrentModificationException", "RuntimeException"),
    EXCEPTION("java.util.NoSuchElementException", "RuntimeException"),
    EXCEPTION("java.util.EmptyStackException", "RuntimeException"),
    EXCEPTION("java.util.InputMismatchException", "NoSuchElementException"),
    {"java.util.MissingResourceException", "RuntimeException", "Something that a language hasn't got.", {}},
    EXCEPTION("java.util.TooManyListenersException", "Exception"),
    EXCEPTION("java.time.DateTimeException", "RuntimeException"),
    {"java.time.format.DateTimeParseException", "DateTimeException", "A text that is no date or time.", {}},
    {"java.time.temporal.UnsupportedTemporalTypeException",
     "DateTimeException",
     "A field or unit that a value doesn't have.",
     {}},
    {"java.time.zone.ZoneRulesException", "DateTimeException", "A time zone that isn't known.", {}},
    {"java.text.ParseException", "Exception", "A text that doesn't fit a format.", {}},
};
#undef EXCEPTION

}  // namespace

std::span<const ClassRow> lang_exception_family() { return kRows; }

}  // namespace sluice::painless::api
