#pragma once

// ThreadSanitizer's own, which no header of GCC 12 declares.
#ifdef __SANITIZE_THREAD__
extern "C" {
void AnnotateIgnoreReadsBegin(const char* file, int line);
void AnnotateIgnoreReadsEnd(const char* file, int line);
void AnnotateIgnoreWritesBegin(const char* file, int line);
void AnnotateIgnoreWritesEnd(const char* file, int line);
}
#endif

namespace sluice::store {

/// As long as it lives ThreadSanitizer does not look at what this thread reads and writes: around calls of RocksDB that
/// several threads make at once. RocksDB is the distribution's, not built for ThreadSanitizer: what its threads agree
/// on by atomics is not seen. In all other builds it is nothing.
class UnseenByTsan {
 public:
#ifdef __SANITIZE_THREAD__
  UnseenByTsan() {
    AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
  }
  ~UnseenByTsan() {
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
  }
#else
  UnseenByTsan() {}   // NOLINT(modernize-use-equals-default): a variable of it counts as used
  ~UnseenByTsan() {}  // NOLINT(modernize-use-equals-default)
#endif
  UnseenByTsan(const UnseenByTsan&) = delete;
  UnseenByTsan& operator=(const UnseenByTsan&) = delete;
};

}  // namespace sluice::store
