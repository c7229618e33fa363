#pragma once

#include "pipeline/base/json_writer.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

// Sections of `_nodes/stats`, each an object under its name, from what the kernel tells of the machine, of this process
// and of the disk that the store's folder is on. What can't be read is left out. Any thread.

/// `"os"`: load and memory of the machine.
void write_os_stats(JsonWriter& out, std::int64_t now_ms);
/// `"process"`: files, processor time and memory of this process.
void write_process_stats(JsonWriter& out, std::int64_t now_ms);
/// `"fs"`: the disk of the store.
void write_fs_stats(JsonWriter& out, const Services& services, std::int64_t now_ms);

}  // namespace sluice::rest
