#include "reindex/exit_status.h"

namespace sluice {

ExitStatus exit_status(const Error& error) {
  switch (error.kind) {
    case ErrorKind::kBadRequest:
    case ErrorKind::kUnsupported:
      return ExitStatus::kBadRequest;
    case ErrorKind::kNotFound:
    case ErrorKind::kUnauthorized:
    case ErrorKind::kNetwork:
    case ErrorKind::kTimeout:
    case ErrorKind::kThrottled:
      return ExitStatus::kBadEndpoint;
    case ErrorKind::kCancelled:
      return ExitStatus::kCancelled;
    case ErrorKind::kTooLarge:
    case ErrorKind::kConflict:
    case ErrorKind::kDocument:
    case ErrorKind::kScript:
    case ErrorKind::kInternal:
      break;
  }
  return ExitStatus::kIncomplete;
}

bool has_read(const pipeline::RunStatus& status) {
  return status.totals.counters.read > 0 || status.totals.bytes_read > 0;
}

ExitStatus exit_status(const pipeline::RunStatus& status) {
  if (status.error) {
    const ExitStatus alone = exit_status(*status.error);
    return has_read(status) && alone != ExitStatus::kCancelled ? ExitStatus::kIncomplete : alone;
  }
  if (status.totals.canceled) return ExitStatus::kCancelled;
  const pipeline::Counters& counters = status.totals.counters;
  const bool clean = status.failures.empty() && counters.failed == 0 && counters.version_conflicts == 0;
  return clean && !status.timed_out ? ExitStatus::kDone : ExitStatus::kIncomplete;
}

}  // namespace sluice
