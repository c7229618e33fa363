#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stages/ingest/grok/regex/cursor.h"
#include "stages/ingest/grok/regex/node.h"

namespace sluice::ingest::regex {

/// Reads what refers to groups, and finds them. The cursor and the tree are the parser's, and outlive it.
class References {
 public:
  References(Cursor& cursor, Tree& tree) : cursor_(cursor), tree_(tree) {}

  /// `\1`, where the cursor stands at the digit: a group, or a character in octal where there are fewer groups and more
  /// digits.
  NodePtr numbered();
  /// `k<name>`, `k<-1>`, `k<name+0>`, `g<name>`, with the cursor at the letter.
  NodePtr named();
  /// What stands up to `close` as the group or the groups of `node`. `call`: of `\g`.
  void refer(Node& node, char close, bool call);
  /// Digits as the group of `node`; false: there are none, or it is 0.
  bool refer_to_number(Node& node);
  /// The name up to `close`, which is taken. Fails where there is none.
  std::string group_name(char close);
  /// Finds the groups of calls and of numbers, once all groups are known.
  void resolve();

 private:
  struct Reference {
    Node* node;
    std::string name;  ///< empty: by number
    std::int64_t number = 0;
  };

  std::int64_t take_number();
  void add_groups(Node& node, const std::string& name);

  Cursor& cursor_;
  Tree& tree_;
  std::vector<Reference> references_;
};

}  // namespace sluice::ingest::regex
