#pragma once

#include <string>
#include <vector>

namespace sluice::stages {

/// Documents with members `a`, `b`, `c`, `x` and `y` in all the ways that matter to who edits them in their text: in
/// any order, with blanks, nested, escaped, twice, as ctx has them, and malformed.
inline const std::vector<std::string>& odd_documents() {
  static const std::vector<std::string> kDocuments = {
      "{}",
      "{ }",
      R"({"a":1})",
      R"({"a":1,"b":2,"c":3})",
      R"({"c":3,"b":2,"a":1})",
      R"({ "a" : 1 , "x" : [ 1 , 2 ] , "b" : { "a" : 5 } })",
      "{\n  \"x\": -0,\n  \"a\": {\"deep\": [1, {\"b\": \"}\"}]},\n  \"y\": 12345678901234567890123\n}",
      R"({"x":null,"b":null,"y":""})",
      R"({"a":"q\"uote\\","b":"Ünïcödé \ud800","c":1e400})",
      R"({"a":1,"a":2,"b":3,"b":4})",
      R"({"\u0061":1,"b":2})",
      R"({"a":1,"op":2})",
      R"({"a.b":1,"a":2,"op":3})",
      R"({"a":null,"b":1})",
      R"({"_id":"7","a":1})",
      R"({"_other":"7","a":1,"owner":2})",
      R"({"":1,"aa":2,"ab":3,"a":4})",
      R"({"a":[],"b":{},"c":[[]]})",
      R"({"a" 1})",
      R"({"a":1,})",
      R"({"a":1 2})",
  };
  return kDocuments;
}

}  // namespace sluice::stages
