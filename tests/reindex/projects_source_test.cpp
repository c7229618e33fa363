// Several projects read as one source, in turns.
#include "reindex/projects_source.h"

#include <chrono>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sluice {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// What a project is asked, and what it has.
struct Shelf {
  std::vector<std::string> names{};
  std::uint32_t slices = 1;
  int pages = 0;  ///< of each slice, of one document each
  std::optional<std::uint64_t> total{};
  std::optional<Error> broken{};
  std::vector<std::string> read{};
  std::vector<Nanoseconds> waits{};
  bool aborted = false;
  int closed = 0;
};

class ShelfSource final : public pipeline::Source {
 public:
  explicit ShelfSource(Shelf& shelf) : shelf_(shelf) {}
  [[nodiscard]] std::string name() const override { return "shelf"; }
  void open(pipeline::Callback<pipeline::SourceFacts> done) override {
    pipeline::SourceFacts facts;
    facts.slices = shelf_.slices;
    done(facts);
  }
  [[nodiscard]] std::size_t page_estimate(std::uint32_t, std::uint32_t) const override { return 7; }
  void fetch(pipeline::PageRequest request, pipeline::Page page, pipeline::Callback<pipeline::Page> done) override {
    if (shelf_.broken) return done(std::unexpected(*shelf_.broken));
    shelf_.waits.push_back(request.extra_keep_alive);
    page.begin = request.cursor;
    done(std::move(page));
  }
  void abort() override { shelf_.aborted = true; }
  void close(pipeline::Done done) override {
    ++shelf_.closed;
    done({});
  }

 private:
  Shelf& shelf_;
};

class ShelfProject final : public Project {
 public:
  explicit ShelfProject(Shelf& shelf) : shelf_(shelf) {}
  Result<bool> has(const std::string& name) override {
    if (shelf_.broken) return std::unexpected(*shelf_.broken);
    return std::ranges::find(shelf_.names, name) != shelf_.names.end();
  }
  Result<Found> look(const std::vector<std::string>& indices) override {
    shelf_.read = indices;
    return Found{.anything = shelf_.pages > 0, .documents = shelf_.total};
  }
  Result<std::unique_ptr<pipeline::Source>> source(const std::vector<std::string>&) override {
    return std::make_unique<ShelfSource>(shelf_);
  }
  void abort() override { shelf_.aborted = true; }

 private:
  Shelf& shelf_;
};

class ProjectsSources : public testing::Test {
 protected:
  Result<pipeline::SourceFacts> open(std::vector<std::string> indices) {
    RequestSource request;
    request.indices = std::move(indices);
    auto choice = choose_projects(request, {"p1"});
    if (!choice) return std::unexpected(std::move(choice.error()));
    ProjectsSourceOptions options;
    options.choice = std::move(*choice);
    options.projects.push_back(std::make_unique<ShelfProject>(origin_));
    options.projects.push_back(std::make_unique<ShelfProject>(p1_));
    source_ = std::make_unique<ProjectsSource>(std::move(options));
    Result<pipeline::SourceFacts> opened;
    source_->open([&](Result<pipeline::SourceFacts> facts) { opened = std::move(facts); });
    return opened;
  }

  /// Reads a page as the graph and parse do; `pages` is how many the project has. False: that was the last.
  bool page(std::uint32_t slice, const Shelf& of) {
    pipeline::PageRequest request;
    request.slice = slice;
    request.cursor = cursor_;
    request.extra_keep_alive = std::chrono::seconds(3);
    batch_.reset();
    batch_.slice = slice;
    source_->fetch(std::move(request), {}, [this](Result<pipeline::Page> page) {
      if (page) {
        batch_.page = std::move(*page);
      } else {
        batch_.error = std::move(page.error());
      }
    });
    if (batch_.error) return false;
    batch_.documents.resize(1);
    batch_.documents.front().index = "\"logs\"";
    batch_.facts.next.offset = batch_.page.begin.offset + 1;
    if (batch_.page.begin.offset == 0) batch_.facts.total = of.total;
    batch_.facts.end = batch_.facts.next.offset == static_cast<std::uint64_t>(of.pages);
    source_->parsed(batch_);
    cursor_ = batch_.facts.next;
    return !batch_.facts.end;
  }

  Shelf origin_{.names = {"logs"}, .pages = 2};
  Shelf p1_{.names = {"logs"}, .pages = 3, .total = 3};
  pipeline::Batch batch_;
  pipeline::Cursor cursor_;
  std::unique_ptr<ProjectsSource> source_;
};

TEST_F(ProjectsSources, TakeTurnsUntilAllHaveEnded) {
  ASSERT_TRUE(open({"logs"}));
  EXPECT_EQ(source_->name(), "_origin [logs], p1 [logs]");
  EXPECT_TRUE(page(0, origin_));
  EXPECT_EQ(batch_.documents.front().index, "\"logs\"");
  EXPECT_EQ(batch_.facts.total, 4U);  // what was read of one, and what was counted of the other
  EXPECT_TRUE(page(0, p1_));
  EXPECT_EQ(batch_.documents.front().index, "\"p1:logs\"");
  EXPECT_TRUE(page(0, origin_));
  EXPECT_EQ(batch_.facts.total, 5U);
  EXPECT_TRUE(page(0, p1_));
  EXPECT_FALSE(page(0, p1_));
  EXPECT_EQ(batch_.facts.total, 5U);
  // A context has to last through the other project's page too, while there is one.
  EXPECT_THAT(origin_.waits, ElementsAre(std::chrono::seconds(6), std::chrono::seconds(6)));
  EXPECT_THAT(p1_.waits, ElementsAre(std::chrono::seconds(6), std::chrono::seconds(3), std::chrono::seconds(3)));
}

TEST_F(ProjectsSources, HaveAsManySlicesAsTheOneWithMost) {
  p1_.slices = 3;
  const auto facts = open({"logs"});
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->slices, 3U);
  EXPECT_EQ(facts->plan, "");
  EXPECT_TRUE(page(2, p1_));
  EXPECT_EQ(batch_.documents.front().index, "\"p1:logs\"");
}

TEST_F(ProjectsSources, AskEachOnlyForWhatItHas) {
  origin_.names = {"a"};
  p1_.names = {"logs", "a"};
  ASSERT_TRUE(open({"logs", "a", "x*"}));
  EXPECT_THAT(origin_.read, ElementsAre("a", "x*"));
  EXPECT_THAT(p1_.read, ElementsAre("logs", "a", "x*"));
  const auto missing = open({"p1:none"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().reason, "no such index [p1:none]");
}

TEST_F(ProjectsSources, WithNothingToReadEndAtOnce) {
  origin_.pages = p1_.pages = 0;
  const auto facts = open({"x*"});
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->slices, 1U);
  bool last = false;
  source_->fetch({}, {}, [&](Result<pipeline::Page> page) { last = page && page->last; });
  EXPECT_TRUE(last);
}

TEST_F(ProjectsSources, ErrorsNameTheProject) {
  p1_.broken = Error(ErrorKind::kUnauthorized, 401, "security_exception", "no");
  const auto refused = open({"logs"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 401);
  EXPECT_EQ(refused.error().reason, "linked project [p1]: no");
  p1_.broken.reset();
  ASSERT_TRUE(open({"logs"}));
  EXPECT_TRUE(page(0, origin_));
  p1_.broken = Error(ErrorKind::kNetwork, 500, "connect_exception", "gone");
  EXPECT_FALSE(page(0, p1_));
  EXPECT_THAT(batch_.error->reason, HasSubstr("linked project [p1]: gone"));
}

TEST_F(ProjectsSources, EndTogether) {
  ASSERT_TRUE(open({"logs"}));
  source_->abort();
  EXPECT_TRUE(origin_.aborted && p1_.aborted);
  bool closed = false;
  source_->close([&](const Status& status) { closed = status.has_value(); });
  EXPECT_TRUE(closed);
  EXPECT_EQ(origin_.closed + p1_.closed, 2);
}

}  // namespace
}  // namespace sluice
