// What the recorded queries can't ask: fields of the type geo_shape, which the node of the recordings has not.

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "stages/parse/structurals.h"
#include "stages/query/query_stage.h"
#include "tests/padded.h"

namespace sluice::stages {
namespace {

using tests::padded;

constexpr std::string_view kMapping =
    R"-({"properties":{"s":{"type":"geo_shape"},"l":{"type":"geo_shape","orientation":"left"}}})-";

/// Whether a document with this value of `s` matches; "error: .." where the query is none.
std::string answer(std::string_view value, std::string_view shape, std::string_view relation = "intersects",
                   std::string_view field = "s") {
  const auto mapping = store::Mapping::parse(kMapping);
  EXPECT_TRUE(mapping.has_value());
  const QueryContext context{.schema = **mapping, .index = "index", .index_uuid = "uuid"};
  const Buffer query = padded(R"-({"geo_shape":{")-" + std::string(field) + R"-(":{"shape":)-" + std::string(shape) +
                              R"-(,"relation":")-" + std::string(relation) + R"-("}}})-");
  const auto compiled = compile_query(query.view(), context);
  if (!compiled) return "error: " + compiled.error().reason;
  const Buffer source = padded("{\"" + std::string(field) + "\":" + std::string(value) + "}");
  Structurals structurals;
  EXPECT_EQ(structurals.build(source.view()), Structurals::Problem::kNone);
  QueryDocument document{.id = "1", .index = "index", .source = source.view()};
  document.set_structurals(structurals);
  return (*compiled)->matches(document).value_or(false) ? "yes" : "no";
}

constexpr std::string_view kSquare = R"-({"type":"polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]})-";
constexpr std::string_view kWithHole = R"-("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 4 6, 6 6, 6 4, 4 4))")-";

TEST(GeoShape, AreasMeetWhatTheyShareAPointWith) {
  EXPECT_EQ(answer(kSquare, R"-("POINT (5 5)")-"), "yes");
  EXPECT_EQ(answer(kSquare, R"-("POINT (11 5)")-"), "no");
  EXPECT_EQ(answer(kSquare, R"-("LINESTRING (-5 5, 15 5)")-"), "yes");
  EXPECT_EQ(answer(kSquare, R"-("LINESTRING (-5 -5, 15 -5)")-"), "no");
  EXPECT_EQ(answer(kSquare, R"-("POLYGON ((5 5, 15 5, 15 15, 5 5))")-"), "yes");
  EXPECT_EQ(answer(kSquare, R"-("BBOX (20, 30, 30, 20)")-"), "no");
  EXPECT_EQ(answer(kSquare, R"-("MULTIPOINT (50 50, 5 5)")-"), "yes");
  EXPECT_EQ(answer(R"-("LINESTRING (0 0, 10 10)")-", R"-("LINESTRING (0 10, 10 0)")-"), "yes");
  EXPECT_EQ(answer(R"-("LINESTRING (0 0, 10 10)")-", R"-("LINESTRING (0 1, 10 11)")-"), "no");
  EXPECT_EQ(answer(R"-("POINT (5 5)")-", R"-("POINT (5 5)")-"), "yes");
}

TEST(GeoShape, NothingIsInAHole) {
  EXPECT_EQ(answer(kWithHole, R"-("POINT (5 5)")-"), "no");
  EXPECT_EQ(answer(kWithHole, R"-("POINT (2 2)")-"), "yes");
  EXPECT_EQ(answer(R"-("POINT (5 5)")-", kWithHole), "no");
  EXPECT_EQ(answer(kWithHole, R"-("BBOX (4.5, 5.5, 5.5, 4.5)")-"), "no");
  EXPECT_EQ(answer(kWithHole, R"-("BBOX (4.5, 5.5, 5.5, 4.5)")-", "disjoint"), "yes");
  EXPECT_EQ(answer(kWithHole, R"-("BBOX (3, 5, 5, 3)")-", "contains"), "no");
}

TEST(GeoShape, WithinIsAllOfTheDocuments) {
  constexpr std::string_view kBox = R"-("BBOX (-1, 11, 11, -1)")-";
  EXPECT_EQ(answer(kSquare, kBox, "within"), "yes");
  EXPECT_EQ(answer(kSquare, R"-("BBOX (1, 11, 11, -1)")-", "within"), "no");
  EXPECT_EQ(answer(R"-("LINESTRING (1 1, 2 2)")-", kBox, "within"), "yes");
  EXPECT_EQ(answer(R"-("LINESTRING (1 1, 20 2)")-", kBox, "within"), "no");
  EXPECT_EQ(answer(R"-(["POINT (1 1)","POINT (20 2)"])-", kBox, "within"), "no");
  EXPECT_EQ(answer(R"-(["POINT (1 1)","POINT (2 2)"])-", kBox, "within"), "yes");
  EXPECT_EQ(answer("null", kBox, "within"), "no");
}

TEST(GeoShape, ContainsIsAllOfTheQuerys) {
  EXPECT_EQ(answer(kSquare, R"-("BBOX (1, 9, 9, 1)")-", "contains"), "yes");
  EXPECT_EQ(answer(kSquare, R"-("BBOX (1, 11, 9, 1)")-", "contains"), "no");
  EXPECT_EQ(answer(kSquare, R"-("MULTIPOINT (1 1, 2 2)")-", "contains"), "yes");
  EXPECT_EQ(answer(kSquare, R"-("MULTIPOINT (1 1, 20 2)")-", "contains"), "no");
  EXPECT_EQ(answer(kSquare, R"-("LINESTRING (1 1, 9 9)")-", "contains"), "yes");
}

TEST(GeoShape, DisjointIsOnlyWhatHasAShape) {
  EXPECT_EQ(answer(kSquare, R"-("POINT (11 5)")-", "disjoint"), "yes");
  EXPECT_EQ(answer(kSquare, R"-("POINT (5 5)")-", "disjoint"), "no");
  EXPECT_EQ(answer("null", R"-("POINT (5 5)")-", "disjoint"), "no");
  EXPECT_EQ(answer("[]", R"-("POINT (5 5)")-", "disjoint"), "no");
}

TEST(GeoShape, ACollectionIsAllOfItsParts) {
  constexpr std::string_view kBoth =
      R"-({"type":"geometrycollection","geometries":[{"type":"point","coordinates":[50,50]},)-"
      R"-({"type":"linestring","coordinates":[[0,0],[10,0]]}]})-";
  EXPECT_EQ(answer(kBoth, R"-("POINT (50 50)")-"), "yes");
  EXPECT_EQ(answer(kBoth, R"-("LINESTRING (5 -5, 5 5)")-"), "yes");
  EXPECT_EQ(answer(kBoth, R"-("BBOX (-1, 11, 1, -1)")-", "within"), "no");
  EXPECT_EQ(answer(kBoth, R"-("BBOX (-1, 60, 60, -1)")-", "within"), "yes");
}

TEST(GeoShape, GoesOverTheDateLine) {
  constexpr std::string_view kEnvelope = R"-({"type":"envelope","coordinates":[[170,10],[-170,-10]]})-";
  constexpr std::string_view kClockwise =
      R"-({"type":"polygon","coordinates":[[[170,-10],[-170,-10],[-170,10],[170,10],[170,-10]]]})-";
  for (const std::string_view shape : {kEnvelope, kClockwise}) {
    EXPECT_EQ(answer(shape, R"-("POINT (175 0)")-"), "yes") << shape;
    EXPECT_EQ(answer(shape, R"-("POINT (-175 0)")-"), "yes") << shape;
    EXPECT_EQ(answer(shape, R"-("POINT (0 0)")-"), "no") << shape;
    EXPECT_EQ(answer(R"-("POINT (-175 0)")-", shape), "yes") << shape;
    EXPECT_EQ(answer(R"-("POINT (0 0)")-", shape), "no") << shape;
  }
}

TEST(GeoShape, TheMappingSaysWhichWayRingsGo) {
  constexpr std::string_view kRing =
      R"-({"type":"polygon","coordinates":[[[170,-10],[-170,-10],[-170,10],[170,10],[170,-10]]]})-";
  EXPECT_EQ(answer(kRing, R"-("POINT (0 0)")-", "intersects", "l"), "yes");
  EXPECT_EQ(answer(kRing, R"-("POINT (175 0)")-", "intersects", "l"), "no");
}

TEST(GeoShape, WhatCrossesItselfHasNoRelation) {
  constexpr std::string_view kBow = R"-("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))")-";
  const std::string found = answer(kBow, R"-("BBOX (1, 9, 9, 1)")-", "contains");
  EXPECT_EQ(found, "no");
}

TEST(GeoShape, RefusesCirclesAndLinesOverTheDateLine) {
  EXPECT_EQ(answer(kSquare, R"-({"type":"circle","coordinates":[1,1],"radius":"1km"})-"),
            "error: circles are not supported by this version of sluice");
  EXPECT_EQ(answer(kSquare, R"-("LINESTRING (170 0, 190 0)")-"),
            "error: lines over the date line are not supported by this version of sluice");
  EXPECT_EQ(answer(kSquare, R"-({"type":"point","coordinates":[2,1]})-"), "yes");
}

TEST(GeoShape, DeepCollectionsEnd) {
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += R"-({"type":"geometrycollection","geometries":[)-";
  deep += R"-({"type":"point","coordinates":[1,1]})-";
  for (int i = 0; i < 200; ++i) deep += "]}";
  EXPECT_TRUE(answer(kSquare, deep).starts_with("error: "));
}

}  // namespace
}  // namespace sluice::stages
