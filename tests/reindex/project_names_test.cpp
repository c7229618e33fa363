// What names and routings mean where projects are linked.
#include "reindex/project_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline/base/json_text.h"

namespace sluice {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string> kLinked{"oh_snap", "project_2"};

Result<ProjectChoice> choose(std::vector<std::string> indices, const std::string& routing = "") {
  RequestSource source;
  source.indices = std::move(indices);
  if (!routing.empty()) source.other.emplace_back("project_routing", json_string(routing));
  return choose_projects(source, kLinked);
}

/// `logs` of the origin, `a:logs` of others, in their order; or the error's reason.
std::vector<std::string> shared(std::vector<std::string> indices, const std::string& routing = "") {
  const auto choice = choose(std::move(indices), routing);
  if (!choice) return {choice.error().reason};
  std::vector<std::string> texts;
  for (const ProjectNames& project : choice->projects) {
    for (const std::string& name : project.indices) {
      texts.push_back(project.alias.empty() ? name : project.alias + ":" + name);
    }
  }
  return texts;
}

TEST(ProjectNames, AreAskedOfEveryProject) {
  EXPECT_THAT(shared({"logs"}), ElementsAre("logs", "oh_snap:logs", "project_2:logs"));
  EXPECT_THAT(shared({"logs-*", "a"}),
              ElementsAre("logs-*", "a", "oh_snap:logs-*", "oh_snap:a", "project_2:logs-*", "project_2:a"));
  EXPECT_THAT(shared({"_all"}), ElementsAre("*", "oh_snap:*", "project_2:*"));
  EXPECT_THAT(shared({}), ElementsAre("*", "oh_snap:*", "project_2:*"));
}

TEST(ProjectNames, WithAProjectAreAskedOfThatAlone) {
  EXPECT_THAT(shared({"project_2:logs"}), ElementsAre("project_2:logs"));
  EXPECT_THAT(shared({"_origin:logs"}), ElementsAre("logs"));
  EXPECT_THAT(shared({"*:logs"}), ElementsAre("logs", "oh_snap:logs", "project_2:logs"));
  EXPECT_THAT(shared({"p*:logs", "other"}), ElementsAre("other", "oh_snap:other", "project_2:logs", "project_2:other"));
  EXPECT_THAT(shared({"_origin:logs", "*_2:logs"}), ElementsAre("logs", "project_2:logs"));
}

TEST(ProjectNames, ColonsOfDatesAndPartsOfIndicesNameNoProject) {
  EXPECT_THAT(shared({"<logs-{now{HH:mm}}>"}, "_alias:_origin"), ElementsAre("<logs-{now{HH:mm}}>"));
  EXPECT_THAT(shared({"logs::failures"}, "_alias:_origin"), ElementsAre("logs::failures"));
  EXPECT_THAT(shared({"oh_snap:<logs-{now/d}>"}), ElementsAre("oh_snap:<logs-{now/d}>"));
}

TEST(ProjectNames, ExclusionsTakeAwayWhereTheyAreAsked) {
  EXPECT_THAT(shared({"logs-*", "-logs-1"}, "_alias:*p*"),
              ElementsAre("oh_snap:logs-*", "oh_snap:-logs-1", "project_2:logs-*", "project_2:-logs-1"));
  EXPECT_THAT(shared({"a*", "-project_2:ab"}), ElementsAre("a*", "oh_snap:a*", "project_2:a*", "project_2:-ab"));
  EXPECT_THAT(shared({"a*", "project_2:-ab"}), ElementsAre("a*", "oh_snap:a*", "project_2:a*", "project_2:-ab"));
  EXPECT_THAT(shared({"a*", "-project_2:*"}), ElementsAre("a*", "oh_snap:a*"));
  EXPECT_THAT(shared({"a*", "-_origin:*", "-o*:_all"}), ElementsAre("project_2:a*"));
  EXPECT_THAT(shared({"-a"}), IsEmpty());
}

TEST(ProjectNames, AProjectTakenAwayNeedsNothing) {
  const auto choice = choose({"logs", "-project_2:*", "-_origin:*"});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->read(), 1U);
  EXPECT_EQ(choice->origin(), nullptr);
  ASSERT_EQ(choice->needed.size(), 1U);
  EXPECT_THAT(choice->needed[0].projects, ElementsAre(1U));
  EXPECT_THAT(choose({"project_2:logs", "-project_2:*"})->needed, IsEmpty());
}

TEST(ProjectNames, WithoutAProjectHaveToBeInOneOfThem) {
  const auto choice = choose({"logs", "logs-*", "oh_snap:x"});
  ASSERT_TRUE(choice);
  ASSERT_EQ(choice->needed.size(), 2U);
  EXPECT_FALSE(choice->needed[0].everywhere);
  EXPECT_THAT(choice->needed[0].projects, ElementsAre(0U, 1U, 2U));
  EXPECT_TRUE(choice->needed[1].everywhere);
  EXPECT_EQ(choice->needed[1].expression, "oh_snap:x");
  EXPECT_EQ(choice->needed[1].name, "x");
  EXPECT_TRUE(choose({"logs"}, "_alias:*")->needed.front().everywhere);
}

TEST(ProjectNames, UnknownProjectsAreErrors) {
  EXPECT_THAT(shared({"project1:logs"}), ElementsAre("No such project: [project1]"));
  EXPECT_THAT(shared({"q*:logs"}), ElementsAre("No such project: [q*]"));
  EXPECT_THAT(shared({":logs"}), ElementsAre("No such project: []"));
  EXPECT_THAT(shared({"-project1:logs"}), ElementsAre("No such project: [project1]"));
  EXPECT_THAT(shared({"_origin:logs"}, "_alias:project_2"),
              ElementsAre("No such project: [_origin] with project routing [_alias:project_2]"));
  EXPECT_THAT(shared({"-oh_snap:-x"}),
              ElementsAre("Cannot apply exclusion for both the project and the index expression [-oh_snap:-x]"));
  const auto none = choose({"logs"}, "_alias:hello");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().status, 404);
  EXPECT_EQ(none.error().type, "no_matching_project_exception");
  EXPECT_EQ(none.error().reason, "no matching project after applying project routing [_alias:hello]");
}

struct Routing {
  std::string text;
  std::vector<std::string> projects;  ///< `_origin` too
};

class ProjectRoutings : public testing::TestWithParam<Routing> {};

TEST_P(ProjectRoutings, Choose) {
  const auto choice = choose({"logs"}, GetParam().text);
  std::vector<std::string> aliases;
  if (choice) {
    for (const ProjectNames& project : choice->projects) {
      aliases.push_back(project.alias.empty() ? std::string(kOriginProject) : project.alias);
    }
  } else {
    EXPECT_EQ(choice.error().status, 404) << choice.error().reason;
  }
  EXPECT_EQ(aliases, GetParam().projects);
}

INSTANTIATE_TEST_SUITE_P(, ProjectRoutings,
                         testing::Values(Routing{"_alias:*", {"_origin", "oh_snap", "project_2"}},
                                         Routing{"_alias:**", {"_origin", "oh_snap", "project_2"}},
                                         Routing{"_alias:_origin", {"_origin"}}, Routing{"_ALIAS:_Origin", {"_origin"}},
                                         Routing{"_alias:p*", {"project_2"}}, Routing{"_alias:*p", {"oh_snap"}},
                                         Routing{"_alias:pro*_2", {"project_2"}}, Routing{"_alias:*sn*", {"oh_snap"}},
                                         Routing{"_alias:oh_SNAP", {"oh_snap"}}, Routing{"_alias:_*", {}},
                                         Routing{"_alias:*in", {}}, Routing{"_alias:_alias", {}}));

struct WrongRouting {
  std::string text;
  std::string reason;
};

class WrongProjectRoutings : public testing::TestWithParam<WrongRouting> {};

TEST_P(WrongProjectRoutings, AreRefused) {
  const Status checked = check_project_routing(GetParam().text);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().status, 400);
  EXPECT_EQ(checked.error().type, "status_exception");
  EXPECT_EQ(checked.error().reason, GetParam().reason);
}

std::string not_one(const std::string& pattern) {
  return "Unsupported project_routing expression [" + pattern +
         "]. Tech Preview only supports project routing via a single project alias or wildcard alias expression";
}

INSTANTIATE_TEST_SUITE_P(
    , WrongProjectRoutings,
    testing::Values(WrongRouting{"hello", "project_routing [hello] must start with the prefix [_alias:]"},
                    WrongRouting{"@named", "project_routing [@named] must start with the prefix [_alias:]"},
                    WrongRouting{"_alias:", "project_routing expression [_alias:] cannot be empty"},
                    WrongRouting{"_region:us",
                                 "Unsupported tag [_region] in project_routing expression [_region:us]. "
                                 "Supported tags [_alias]."},
                    WrongRouting{"_alias :a",
                                 "Unsupported tag [_alias ] in project_routing expression [_alias :a]. "
                                 "Supported tags [_alias]."},
                    WrongRouting{"_alias:*pro*_2", not_one("*pro*_2")}, WrongRouting{"_alias:a*b*", not_one("a*b*")},
                    WrongRouting{"_alias:a*b*c", not_one("a*b*c")}, WrongRouting{"_alias: a", not_one(" a")},
                    WrongRouting{"_alias:_origin OR _alias:*p", not_one("_origin OR _alias:*p")},
                    WrongRouting{"_alias:a?", not_one("a?")}));

}  // namespace
}  // namespace sluice
