// What a write's version does. Every expectation here is what Elasticsearch 9.4.3 answered to the same requests.
#include <string>
#include <vector>

#include "tests/io/store_documents_fixture.h"

namespace sluice::store {
namespace {

class Versions : public StoreTest {
 protected:
  /// `created 1 0`: result, version, _seq_no; or the reason of the conflict.
  std::string outcome(const Write& one) {
    static constexpr const char* kNames[] = {"created", "updated", "deleted", "not_found"};
    const Written written = write_one(one);
    if (written.error) return written.error->reason;
    return std::string(kNames[static_cast<int>(written.result)]) + " " + std::to_string(written.version) + " " +
           std::to_string(written.seq_no);
  }
};

TEST_F(Versions, CountFromOne) {
  EXPECT_EQ(outcome(put("1")), "created 1 0");
  EXPECT_EQ(outcome(put("1")), "updated 2 1");
  EXPECT_EQ(outcome(put("2")), "created 1 2");
}

TEST_F(Versions, GoOnAfterADelete) {
  EXPECT_EQ(outcome(put("1")), "created 1 0");
  EXPECT_EQ(outcome(remove("1")), "deleted 2 1");
  EXPECT_EQ(outcome(remove("1")), "not_found 3 2");
  EXPECT_EQ(outcome(put("1")), "created 4 3");
}

TEST_F(Versions, ADeleteOfNothingLeavesAVersion) {
  EXPECT_EQ(outcome(remove("gone")), "not_found 1 0");
  EXPECT_EQ(outcome(remove("gone")), "not_found 2 1");
  EXPECT_EQ(outcome(put("gone")), "created 3 2");
}

TEST_F(Versions, CreateWantsNothingThere) {
  EXPECT_EQ(outcome(create("1")), "created 1 0");
  EXPECT_EQ(outcome(create("1")), "[1]: version conflict, document already exists (current version [1])");
  EXPECT_EQ(outcome(remove("1")), "deleted 2 1");
  EXPECT_EQ(outcome(create("1")), "created 3 2");
}

TEST_F(Versions, SeqNoAndPrimaryTerm) {
  write({put("1"), put("1")});
  EXPECT_EQ(outcome(expecting(put("1"), 0)),
            "[1]: version conflict, required seqNo [0], primary term [1]. current document has seqNo [1] and primary "
            "term [1]");
  EXPECT_EQ(outcome(expecting(put("1"), 1, 2)),
            "[1]: version conflict, required seqNo [1], primary term [2]. current document has seqNo [1] and primary "
            "term [1]");
  EXPECT_EQ(outcome(expecting(put("1"), 1)), "updated 3 2");
  EXPECT_EQ(outcome(expecting(remove("1"), 1)),
            "[1]: version conflict, required seqNo [1], primary term [1]. current document has seqNo [2] and primary "
            "term [1]");
  EXPECT_EQ(outcome(expecting(remove("1"), 2)), "deleted 4 3");
}

TEST_F(Versions, SeqNoOfATombstoneIsNoDocument) {
  const std::string none = "[1]: version conflict, required seqNo [1], primary term [1]. but no document was found";
  EXPECT_EQ(outcome(expecting(put("1"), 1)), none);
  EXPECT_EQ(outcome(expecting(remove("1"), 1)), none);
  EXPECT_EQ(outcome(put("1")), "created 1 0");
  EXPECT_EQ(outcome(remove("1")), "deleted 2 1");
  EXPECT_EQ(outcome(expecting(put("1"), 1)), none);
  EXPECT_EQ(outcome(expecting(remove("1"), 1)), none);
}

TEST_F(Versions, External) {
  const auto higher_or_equal = [](int current, int given) {
    return "[e]: version conflict, current version [" + std::to_string(current) +
           "] is higher or equal to the one provided [" + std::to_string(given) + "]";
  };
  EXPECT_EQ(outcome(external(put("e"), 5)), "created 5 0");
  EXPECT_EQ(outcome(external(put("e"), 5)), higher_or_equal(5, 5));
  EXPECT_EQ(outcome(external(put("e"), 4)), higher_or_equal(5, 4));
  EXPECT_EQ(outcome(external(remove("e"), 5)), higher_or_equal(5, 5));
  EXPECT_EQ(outcome(external(remove("e"), 7)), "deleted 7 1");
  EXPECT_EQ(outcome(external(put("e"), 7)), higher_or_equal(7, 7));
  EXPECT_EQ(outcome(create("e")), "created 8 2");
  EXPECT_EQ(outcome(external(remove("x"), 12)), "not_found 12 3");
  EXPECT_EQ(outcome(external(put("z"), 0)), "created 0 4");
  EXPECT_EQ(outcome(put("z")), "updated 1 5");
}

TEST_F(Versions, ExternalGte) {
  const auto gte = Versioning::kExternalGte;
  EXPECT_EQ(outcome(external(put("e"), 5, gte)), "created 5 0");
  EXPECT_EQ(outcome(external(put("e"), 5, gte)), "updated 5 1");
  EXPECT_EQ(outcome(external(put("e"), 4, gte)),
            "[e]: version conflict, current version [5] is higher than the one provided [4]");
  EXPECT_EQ(outcome(external(remove("e"), 5, gte)), "deleted 5 2");
  EXPECT_EQ(outcome(external(remove("e"), 10, gte)), "not_found 10 3");
  EXPECT_EQ(outcome(external(put("e"), 10, gte)), "created 10 4");
}

TEST_F(Versions, AGivenInternalVersion) {
  write({put("1"), put("1")});
  EXPECT_EQ(outcome(external(put("1"), 1, Versioning::kInternal)),
            "[1]: version conflict, current version [2] is different than the one provided [1]");
  EXPECT_EQ(outcome(external(put("2"), 1, Versioning::kInternal)),
            "[2]: version conflict, document does not exist (expected version [1])");
  EXPECT_EQ(outcome(external(put("1"), 2, Versioning::kInternal)), "updated 3 2");
}

TEST_F(Versions, AConflictIsTheDocumentsOwn) {
  const auto outcomes = write({create("1", "first"), create("1", "second"), put("2", "third")});
  EXPECT_FALSE(outcomes[0].error);
  ASSERT_TRUE(outcomes[1].error);
  EXPECT_FALSE(outcomes[2].error);
  EXPECT_EQ(outcomes[2].seq_no, 1) << "a conflict takes no number";
  EXPECT_EQ(source_of("1"), "first");
  EXPECT_EQ(outcomes[1].error->status, 409);
  EXPECT_EQ(outcomes[1].error->kind, ErrorKind::kConflict);
  EXPECT_EQ(
      outcomes[1].error->envelope(),
      R"~({"error":{"root_cause":[{"type":"version_conflict_engine_exception","reason":"[1]: version conflict, )~"
      R"~(document already exists (current version [1])","index_uuid":"DhI0n3uFSem1","shard":"0","index":"books"}],)~"
      R"~("type":"version_conflict_engine_exception","reason":"[1]: version conflict, document already exists )~"
      R"~((current version [1])","index_uuid":"DhI0n3uFSem1","shard":"0","index":"books"},"status":409})~");
}

TEST_F(Versions, LaterWritesOfACallSeeEarlierOnes) {
  const auto outcomes =
      write({put("1", "a"), put("1", "b"), remove("1"), create("1", "c"), expecting(put("1", "d"), 3)});
  std::vector<std::int64_t> versions;
  for (const Written& written : outcomes) {
    EXPECT_FALSE(written.error) << written.error->reason;
    versions.push_back(written.version);
  }
  EXPECT_EQ(versions, (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
  EXPECT_EQ(source_of("1"), "d");
  const ShardFacts facts = counted_facts();
  EXPECT_EQ(facts.documents, 1U);
  EXPECT_EQ(facts.deleted, 3U);
  EXPECT_EQ(facts.max_seq_no, 4);
}

class ForgetfulVersions : public Versions {
 protected:
  ForgetfulVersions() { options_.forget_deletes_after = std::chrono::milliseconds(-1); }  // at once
};

TEST_F(ForgetfulVersions, BeginAnewWhenTheTombstoneIsForgotten) {
  EXPECT_EQ(outcome(external(put("1"), 9)), "created 9 0");
  EXPECT_EQ(outcome(external(remove("1"), 10)), "deleted 10 1");
  EXPECT_EQ(outcome(external(put("1"), 3)), "created 3 2");
  EXPECT_EQ(outcome(remove("1")), "deleted 4 3");
  ASSERT_TRUE(documents_->compact(index()));
  EXPECT_EQ(outcome(put("1")), "created 1 4");
}

TEST_F(Versions, ThePrimaryTermGrowsWithEachOpening) {
  EXPECT_EQ(write_one(put("1")).primary_term, 1);
  open();
  EXPECT_EQ(write_one(put("2")).primary_term, 2);
  EXPECT_EQ(write_one(put("1"), index(7)).primary_term, 1) << "an index that was made later counts from there";
  open();
  EXPECT_EQ(outcome(expecting(put("2"), 1, 1)),
            "[2]: version conflict, required seqNo [1], primary term [1]. current document has seqNo [1] and primary "
            "term [2]");
  const Written written = write_one(expecting(put("2"), 1, 2));
  EXPECT_FALSE(written.error);
  EXPECT_EQ(written.primary_term, 3);
  EXPECT_EQ(write_one(put("1"), index(7)).primary_term, 2);
}

}  // namespace
}  // namespace sluice::store
