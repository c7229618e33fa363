// Loops and calls on ints and doubles: the machine of Painless against Lua 5.4's interpreter, the same programs in
// both. `checks` of a line is the program's result, so that a pair that differs is seen.
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>
#include <lua.hpp>

#include "stages/painless/script.h"

namespace {

using sluice::painless::Value;

/// A program in both languages. It ends with a number.
struct Pair {
  const char* painless;
  const char* lua;
};

constexpr Pair kFibonacci = {
    "int fib(int n) { if (n < 2) { return n } return fib(n - 1) + fib(n - 2) } return fib(24)",
    "local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end return fib(24)"};

constexpr Pair kDivisors = {
    "int gcd(int a, int b) { while (b != 0) { int t = a % b; a = b; b = t } return a }"
    "int sum = 0; for (int i = 1; i <= 200; ++i) { for (int j = 1; j <= 100; ++j) { sum += gcd(i, j) } } return sum",
    "local function gcd(a, b) while b ~= 0 do local t = a % b; a = b; b = t end return a end "
    "local sum = 0; for i = 1, 200 do for j = 1, 100 do sum = sum + gcd(i, j) end end return sum"};

constexpr Pair kMandelbrot = {
    "int inside(double cr, double ci) { double r = 0; double i = 0; int n = 0;"
    "  while (n < 100 && r * r + i * i < 4.0) { double t = r * r - i * i + cr; i = 2.0 * r * i + ci; r = t; n++ }"
    "  return n }"
    "int sum = 0; for (int y = 0; y < 60; ++y) { for (int x = 0; x < 60; ++x) {"
    "  sum += inside(x / 30.0 - 1.5, y / 30.0 - 1.0) } } return sum",
    "local function inside(cr, ci) local r, i, n = 0.0, 0.0, 0 "
    "  while n < 100 and r * r + i * i < 4.0 do local t = r * r - i * i + cr; i = 2.0 * r * i + ci; r = t; n = n + 1 "
    "end "
    "  return n end "
    "local sum = 0; for y = 0, 59 do for x = 0, 59 do "
    "  sum = sum + inside(x / 30.0 - 1.5, y / 30.0 - 1.0) end end return sum"};

constexpr Pair kSquares = {"long sum = 0; for (long i = 0; i < 300000; ++i) { sum += i * i % 7 } return sum",
                           "local sum = 0; for i = 0, 299999 do sum = sum + i * i % 7 end return sum"};

constexpr Pair kSeries = {
    "double term(int k) { return 1.0 / (2.0 * k + 1.0) }"
    "double sum = 0; for (int k = 0; k < 200000; ++k) { if (k % 2 == 0) { sum += term(k) } else { sum -= term(k) } }"
    "return 4.0 * sum",
    "local function term(k) return 1.0 / (2.0 * k + 1.0) end "
    "local sum = 0.0; for k = 0, 199999 do if k % 2 == 0 then sum = sum + term(k) else sum = sum - term(k) end end "
    "return 4.0 * sum"};

void painless(benchmark::State& state, const Pair& pair) {
  auto script = sluice::painless::compile(pair.painless, sluice::painless::test_context());
  if (!script) throw std::runtime_error(script.error().caused_by->reason);
  sluice::painless::Machine machine((*script)->program);
  double result = 0;
  for (auto _ : state) {
    machine.reset();
    const Value arguments[] = {Value::null()};
    const Value value = machine.run(arguments);
    if (value.is_error()) throw std::runtime_error("the program failed");
    result = value.as_double();
  }
  state.counters["checks"] = result;
}

void lua(benchmark::State& state, const Pair& pair) {
  lua_State* machine = luaL_newstate();
  if (luaL_loadstring(machine, pair.lua) != LUA_OK) throw std::runtime_error(lua_tostring(machine, -1));
  double result = 0;
  for (auto _ : state) {
    lua_pushvalue(machine, -1);
    if (lua_pcall(machine, 0, 1, 0) != LUA_OK) throw std::runtime_error(lua_tostring(machine, -1));
    result = lua_tonumber(machine, -1);
    lua_pop(machine, 1);
  }
  state.counters["checks"] = result;
  lua_close(machine);
}

#define PAIR(name, pair)                   \
  BENCHMARK_CAPTURE(painless, name, pair); \
  BENCHMARK_CAPTURE(lua, name, pair)

PAIR(fibonacci, kFibonacci);
PAIR(divisors, kDivisors);
PAIR(mandelbrot, kMandelbrot);
PAIR(squares, kSquares);
PAIR(series, kSeries);

}  // namespace

BENCHMARK_MAIN();
