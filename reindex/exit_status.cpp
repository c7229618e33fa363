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

ExitStatus exit_status(const pipeline::RunStatus& status) {
  if (status.error) return exit_status(*status.error);
  if (status.totals.canceled) return ExitStatus::kCancelled;
  const pipeline::Counters& counters = status.totals.counters;
  const bool clean = status.failures.empty() && counters.failed == 0 && counters.version_conflicts == 0;
  return clean && !status.timed_out ? ExitStatus::kDone : ExitStatus::kIncomplete;
}

}  // namespace sluice
