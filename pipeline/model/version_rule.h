#pragma once

#include "pipeline/model/document.h"

namespace sluice::pipeline {

/// The version types in the terms of who writes documents.
template <typename T>
struct VersionTerms {
  T internal;
  T external;
  T external_gte;
};

/// How a document's version is compared: as those of the run are, unless a script or a pipeline said otherwise.
template <typename T>
T version_type_of(const Document& document, const VersionTerms<T>& terms, T of_run) {
  switch (document.version_rule) {
    case VersionRule::kOfRun:
      break;
    case VersionRule::kInternal:
      return terms.internal;
    case VersionRule::kExternal:
      return terms.external;
    case VersionRule::kExternalGte:
      return terms.external_gte;
  }
  return document.overwrites() ? terms.internal : of_run;
}

}  // namespace sluice::pipeline
