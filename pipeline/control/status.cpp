#include "pipeline/control/status.h"

namespace sluice::pipeline {

Counters& Counters::operator+=(const Counters& other) {
  read += other.read;
  created += other.created;
  updated += other.updated;
  deleted += other.deleted;
  noops += other.noops;
  version_conflicts += other.version_conflicts;
  failed += other.failed;
  filtered += other.filtered;
  return *this;
}

}  // namespace sluice::pipeline
