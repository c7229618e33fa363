#include <algorithm>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/io/store_documents_fixture.h"

namespace sluice::store {
namespace {

using pipeline::KeyList;
using pipeline::LookupPlan;

/// A source here is its values, with a space behind each: `a bb `. `?` may be any value.
std::vector<std::string> values_of(std::string_view source) {
  std::vector<std::string> values;
  for (std::size_t begin = 0; begin < source.size();) {
    const std::size_t end = std::min(source.find(' ', begin), source.size());
    values.emplace_back(source.substr(begin, end - begin));
    begin = end + 1;
  }
  return values;
}

class Words final : public pipeline::FieldKeys {
 public:
  explicit Words(std::string definition = "words") : definition_(std::move(definition)) {}
  [[nodiscard]] const std::string& definition() const override { return definition_; }
  void append(std::string_view source, KeyList& keys) const override {
    const auto values = values_of(source);
    for (const std::string& value : values) value == "?" ? keys.add_unknown() : keys.add(value + '\0');
    keys.set_values(keys.size());
  }

 private:
  std::string definition_;
};

LookupPlan is(std::string_view value, const pipeline::FieldKeysPtr& field = std::make_shared<const Words>()) {
  std::string key = std::string(value) + '\0';
  std::string end = std::string(value) + '\1';
  return {.kind = LookupPlan::Kind::kField, .field = field, .ranges = {{key, end, true}}};
}
LookupPlan between(std::string low, std::string high) {
  return {.kind = LookupPlan::Kind::kField,
          .field = std::make_shared<const Words>(),
          .ranges = {{std::move(low), std::move(high)}}};
}
LookupPlan both(LookupPlan a, LookupPlan b) {
  return {.kind = LookupPlan::Kind::kAllOf, .parts = {std::move(a), std::move(b)}};
}
LookupPlan either(LookupPlan a, LookupPlan b) {
  return {.kind = LookupPlan::Kind::kOneOf, .parts = {std::move(a), std::move(b)}};
}
LookupPlan ids(std::vector<std::string> ids) { return {.kind = LookupPlan::Kind::kIds, .ids = std::move(ids)}; }

/// Whether a document matches what the plan was made of.
bool matches(const LookupPlan& plan, const StoredDocument& document) {
  switch (plan.kind) {
    case LookupPlan::Kind::kIds:
      return std::ranges::find(plan.ids, document.id) != plan.ids.end();
    case LookupPlan::Kind::kAllOf:
      return std::ranges::all_of(plan.parts, [&](const LookupPlan& part) { return matches(part, document); });
    case LookupPlan::Kind::kOneOf:
      return std::ranges::any_of(plan.parts, [&](const LookupPlan& part) { return matches(part, document); });
    default:
      return std::ranges::any_of(values_of(document.source), [&](const std::string& value) {
        const std::string key = value + '\0';
        return value == "?" || std::ranges::any_of(plan.ranges, [&](const pipeline::KeyRange& range) {
                 return range.begin <= key && (range.end.empty() || key < range.end);
               });
      });
  }
}

class StoreLookups : public StoreTest {
 protected:
  void SetUp() override {
    options_.lookups = LookupMode::kAlways;
    StoreTest::SetUp();
  }
  void use(LookupMode mode) {
    options_.lookups = mode;
    open();
  }

  struct Found {
    std::vector<std::string> hits;
    std::size_t looked_at = 0;
  };
  static Found read(Result<std::unique_ptr<Scan>> scan, const LookupPlan& plan) {
    Found found;
    EXPECT_TRUE(scan);
    for (auto next = (*scan)->next(); next && *next != nullptr; next = (*scan)->next()) {
      ++found.looked_at;
      if (matches(plan, **next)) found.hits.push_back(fmt::format("{}:{}", (*next)->seq_no, (*next)->id));
    }
    return found;
  }
  /// What is found by the plan, after comparing it to what a scan finds.
  static Found found(const View& view, const LookupPlan& plan, const IndexKey& key = index(), std::uint32_t shard = 0,
                     std::int64_t from = 0, std::int64_t to = INT64_MAX) {
    Found by_plan = read(view.candidates(key, shard, from, to, plan), plan);
    EXPECT_EQ(by_plan.hits, read(view.scan(key, shard, from, to), plan).hits);
    return by_plan;
  }
  /// `count` documents, each of which has the value `n` followed by its number modulo `values`.
  void fill(std::size_t count, std::size_t values, std::size_t first = 0) {
    std::vector<std::string> ids;
    std::vector<std::string> sources;
    for (std::size_t i = first; i < first + count; ++i) {
      ids.push_back(std::to_string(i));
      sources.push_back(fmt::format("n{} ", i % values));
    }
    std::vector<Write> writes;
    for (std::size_t i = 0; i < count; ++i) writes.push_back(put(ids[i], sources[i]));
    write(writes);
  }
};

TEST_F(StoreLookups, ReadsOnlyWhatAPlanDoesNotRuleOut) {
  fill(1000, 100);
  const ViewPtr view = documents_->view();
  EXPECT_EQ(found(*view, is("n7")).looked_at, 10);
  EXPECT_EQ(found(*view, is("none")).looked_at, 0);
  EXPECT_EQ(found(*view, both(is("n7"), is("n8"))).looked_at, 0);
  EXPECT_EQ(found(*view, either(is("n7"), is("n8"))).looked_at, 20);
  EXPECT_EQ(found(*view, between("n1", "n2")).looked_at, 110);
  EXPECT_EQ(found(*view, ids({"7", "8", "lost"})).looked_at, 2);
  EXPECT_EQ(found(*view, LookupPlan{}).looked_at, 0);
  EXPECT_EQ(found(*view, is("n7"), index(), 0, 100, 300).looked_at, 2);
  EXPECT_EQ(documents_->lookup_counts().documents, 1000);
}

TEST_F(StoreLookups, ADocumentThatCouldNotBeReadMayBeAnything) {
  write({put("1", "a "), put("2", "b ? "), put("3", "c ")});
  EXPECT_EQ(found(*documents_->view(), is("c")).hits, (std::vector<std::string>{"1:2", "2:3"}));
}

TEST_F(StoreLookups, WhatWasDeletedOrWrittenAnewIsPassedOver) {
  fill(100, 10);
  EXPECT_EQ(found(*documents_->view(), is("n3")).hits.size(), 10);
  write({put("3", "other "), remove("13"), put("4", "n3 "), put("103", "n3 ")});
  EXPECT_EQ(found(*documents_->view(), is("n3")).hits.size(), 10);
  EXPECT_EQ(documents_->lookup_counts().documents, 103);
}

TEST_F(StoreLookups, AnOldPictureShowsWhatIsGoneSince) {
  fill(10, 10);
  const ViewPtr before = documents_->view();
  write({remove("3"), put("4", "n3 ")});
  const ViewPtr between = documents_->view();
  write({remove("4"), put("13", "n3 ")});
  // The index is made from the newest picture, which has none of the older documents any more.
  EXPECT_EQ(found(*documents_->view(), is("n3")).hits, (std::vector<std::string>{"13:13"}));
  EXPECT_EQ(found(*before, is("n3")).hits, (std::vector<std::string>{"3:3"}));
  EXPECT_EQ(found(*between, is("n3")).hits, (std::vector<std::string>{"11:4"}));
  write({remove("13")});
  EXPECT_TRUE(found(*documents_->view(), is("n3")).hits.empty());
  EXPECT_EQ(found(*before, is("n3")).hits.size(), 1);
}

TEST_F(StoreLookups, AnsweredAlikeWhateverIsWrittenInBetween) {
  std::mt19937 random(7);
  std::vector<ViewPtr> views;
  const auto value = [&] { return fmt::format("v{}", random() % 30); };
  for (int round = 0; round < 150; ++round) {
    std::vector<std::string> texts;
    for (int i = 0; i < 40; ++i) {
      texts.push_back(std::to_string(random() % 200));
      texts.push_back(random() % 50 == 0 ? "?" : value() + " " + value());
    }
    std::vector<Write> writes;
    for (std::size_t i = 0; i < texts.size(); i += 2) {
      writes.push_back(random() % 4 == 0 ? remove(texts[i]) : put(texts[i], texts[i + 1]));
    }
    write(writes, index(1, 3));
    if (round % 5 == 0) views.push_back(documents_->view());
    if (views.size() > 6) views.erase(views.begin() + static_cast<std::ptrdiff_t>(random() % views.size()));
    if (round % 40 == 39) {
      views.clear();
      open();
    }
    if (round % 50 == 49) {
      ASSERT_TRUE(documents_->compact(index(1, 3)));
    }
    if (views.empty()) views.push_back(documents_->view());
    const View& view = *views[random() % views.size()];
    for (std::uint32_t shard = 0; shard < 3; ++shard) {
      const auto from = static_cast<std::int64_t>(random() % 100);
      found(view, is(value()), index(1, 3), shard);
      found(view, both(is(value()), is(value())), index(1, 3), shard, from);
      found(view, either(is(value()), ids({"7", "70", "17"})), index(1, 3), shard, from, from + 700);
      found(*documents_->view(), between(value(), value()), index(1, 3), shard);
    }
    if (HasFailure()) return;
  }
}

TEST_F(StoreLookups, IsThereAfterTheNextOpening) {
  fill(30'000, 3000);
  EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 10);
  use(LookupMode::kUse);
  EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 10);
  EXPECT_EQ(documents_->lookup_counts().documents, 0);
  fill(5, 5, 30'000);
  EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 15);  // what is not covered is looked at
}

TEST_F(StoreLookups, IsMadeBesideTheQueriesThatLackIt) {
  use(LookupMode::kAuto);
  fill(20'000, 2000);
  EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 20'000);
  documents_->settle_lookups();
  EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 10);
  // Behind by some documents it is not extended, by many it is.
  fill(9'000, 2000, 20'000);
  EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 9'010);
  documents_->settle_lookups();
  EXPECT_EQ(documents_->lookup_counts().documents, 20'000);
  fill(9'000, 2000, 29'000);
  EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 18'010);
  documents_->settle_lookups();
  EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 19);
}

TEST_F(StoreLookups, IsNotMadeForWhatItIsNoUseFor) {
  use(LookupMode::kAuto);
  fill(20'000, 5);
  EXPECT_EQ(found(*documents_->view(), is("n1")).looked_at, 20'000);  // a fifth of them fits
  EXPECT_EQ(found(*documents_->view(), either(is("none"), is("n1"))).looked_at, 20'000);
  documents_->settle_lookups();
  EXPECT_EQ(documents_->lookup_counts().documents, 0);
}

TEST_F(StoreLookups, MakesNoneWhereItMayNot) {
  for (const LookupMode mode : {LookupMode::kOff, LookupMode::kUse}) {
    use(mode);
    fill(20'000, 2000);
    EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 20'000);
    documents_->settle_lookups();
    EXPECT_EQ(documents_->lookup_counts().documents, 0);
  }
  EXPECT_EQ(found(*documents_->view(), ids({"7"})).looked_at, 1);  // needs none
}

TEST_F(StoreLookups, WhereMostDocumentsFitAllAreReadInTheirOrder) {
  use(LookupMode::kAuto);
  fill(40'000, 2000);
  found(*documents_->view(), is("n7"));
  documents_->settle_lookups();
  const std::uint64_t used = documents_->lookup_counts().used;
  EXPECT_EQ(found(*documents_->view(), between("n1", "n2")).looked_at, 40'000);
  EXPECT_EQ(documents_->lookup_counts().used, used);
}

TEST_F(StoreLookups, AnIndexThatIsMostlyStaleIsMadeAnew) {
  fill(5000, 500);
  const ViewPtr old = documents_->view();
  EXPECT_EQ(found(*old, is("n7")).looked_at, 10);
  for (int round = 0; round < 24; ++round) {
    fill(5000, 500);
    found(*documents_->view(), is("n7"));
  }
  EXPECT_EQ(documents_->lookup_counts().documents, 25 * 5000);
  EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 10);
  EXPECT_EQ(found(*old, is("n7")).hits.size(), 10);
}

TEST_F(StoreLookups, FieldsThatNobodyAsksForMakeRoom) {
  fill(3000, 300);
  for (int field = 0; field < 40; ++field) {
    const auto keys = std::make_shared<const Words>(fmt::format("field {}", field));
    EXPECT_EQ(found(*documents_->view(), is("n7", keys)).looked_at, 10);
  }
  use(LookupMode::kUse);
  const ViewPtr view = documents_->view();
  std::size_t there = 0;
  for (int field = 0; field < 40; ++field) {
    const auto keys = std::make_shared<const Words>(fmt::format("field {}", field));
    const auto facts = view->field_candidates(index(), 0, is("n7", keys));
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->has_value(), field >= 8);
    if (*facts) ++there;
  }
  EXPECT_EQ(there, 32);
}

TEST_F(StoreLookups, GoesWithItsIndex) {
  fill(30'000, 3000);
  EXPECT_EQ(found(*documents_->view(), is("n7")).looked_at, 10);
  ASSERT_TRUE(documents_->drop(index()));
  EXPECT_TRUE(found(*documents_->view(), is("n7")).hits.empty());
  open();  // a number is used again by tests only
  EXPECT_TRUE(found(*documents_->view(), is("n7")).hits.empty());
  EXPECT_EQ(documents_->lookup_counts().found, 0);
}

TEST_F(StoreLookups, TellsWhatItKnowsOfAField) {
  write({put("1", "a b "), put("2", ""), put("3", "a ")});
  const ViewPtr view = documents_->view();
  auto known = view->field_candidates(index(), 0, is("a"));
  ASSERT_TRUE(known && *known);
  EXPECT_EQ((*known)->facts.covered, 3);
  EXPECT_EQ((*known)->facts.documents, 3);
  EXPECT_EQ((*known)->facts.with_value, 2);
  EXPECT_EQ((*known)->facts.values, 3);
}

TEST_F(StoreLookups, QueriesAndWritersGoOnWhileItIsMade) {
  use(LookupMode::kAuto);
  fill(60'000, 6000);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([this, t] {
      for (int i = 0; i < 40; ++i) found(*documents_->view(), is(fmt::format("n{}", i * 3 + t)));
    });
  }
  threads.emplace_back([this] {
    for (std::size_t i = 0; i < 40; ++i) fill(1000, 6000, i * 500);
  });
  threads.clear();
  documents_->settle_lookups();
  EXPECT_LT(found(*documents_->view(), is("n7")).looked_at, 60'000);
}

}  // namespace
}  // namespace sluice::store
