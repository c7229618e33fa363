#pragma once

#include <string>

#include "pipeline/base/error.h"

namespace sluice::rest {

/// An error and its causes as Elasticsearch tells them in one line: the names of Java's classes with what they say. The
/// name of a class that nobody knows here is the error's type. Source: ExceptionsHelper.detailedMessage.
std::string java_error_text(const Error& error);

}  // namespace sluice::rest
