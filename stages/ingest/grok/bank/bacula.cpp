#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

namespace {

constexpr auto kWords = std::to_array<Row>({
    {"BACULA_TIMESTAMP", "{MONTHDAY}-{MONTH} {HOUR}:{MINUTE}", In::kClassic},
    {"BACULA_TIMESTAMP", "{MONTHDAY}-{MONTH}{[-{YEAR}|]} {HOUR}:{MINUTE}", In::kEcs},
    {"BACULA_HOST", "`[0-9A-Za-z-]+`", In::kClassic},
    {"BACULA_HOST", "{HOSTNAME}", In::kEcs},
    {"BACULA_VOLUME", "{USER}"},
    {"BACULA_DEVICE", "{USER}"},
    {"BACULA_DEVICEPATH", "{UNIXPATH}"},
    {"BACULA_CAPACITY", "{INT}`{1,3}`{[,{INT}{INT}{INT}]}`*`"},
    {"BACULA_VERSION", "{USER}"},
    {"BACULA_JOB", "{USER}"},
});

/// What several messages tell.
constexpr auto kParts = std::to_array<Row>({
    {"volume", "{BACULA_VOLUME:volume|bacula.volume.name}"},
    {"device", "{BACULA_DEVICE:device|bacula.volume.device}"},
    {"its path", "({BACULA_DEVICEPATH:|bacula.volume.path})"},
    {"client", "{BACULA_HOST:client|bacula.client.name}"},
    {"job", "{BACULA_JOB:job|bacula.job.name}"},
    {"then", "{MONTHDAY}-{MONTH}-{YEAR} {HOUR}:{MINUTE}", In::kClassic},
    {"then", "{BACULA_TIMESTAMP:bacula.timestamp}", In::kEcs},
    {"why", "ERR={GREEDYDATA:berror|error.message}"},
    // A name of its own in the classic mode, on which the order of a line's fields depends.
    {"why not", "ERR={<berror>{GREEDYDATA}>}", In::kClassic},
    {"why not", "ERR={GREEDYDATA:error.message}", In::kEcs},
    {"fatal", "Fatal error:", In::kClassic},
    {"fatal", "Fatal `[Ee]`rror:", In::kEcs},
    {"peer", "{[Client: {client}|Storage daemon]} on"},
    {"address", "{HOSTNAME}:{POSINT}", In::kClassic},
    {"address", "{IPORHOST:client.address}:{POSINT:client.port:int}", In::kEcs},
});

/// The messages, in the order of their names in the bank.
constexpr auto kMessages = std::to_array<Row>({
    {"MAX_CAPACITY",
     "User defined maximum volume capacity {BACULA_CAPACITY:|bacula.volume.max_capacity} exceeded on device"
     R"( "{device}" {its path}{end})"},
    {"END_VOLUME", R"(End of medium on Volume "{volume}" Bytes={BACULA_CAPACITY:|bacula.volume.bytes})"
                   " Blocks={BACULA_CAPACITY:|bacula.volume.blocks} at {then}."},
    {"NEW_VOLUME", R"(Created new Volume "{volume}" in catalog.)"},
    {"NEW_LABEL", R"(Labeled new Volume "{volume}" on {file}device "{device}" {its path}.)"},
    {"WROTE_LABEL", R"(Wrote label to prelabeled Volume "{volume}" on device "{BACULA_DEVICE:|bacula.volume.device}")"
                    " {its path}"},
    {"NEW_MOUNT", R"(New volume "{volume}" mounted on device "{device}" {its path} at {then}.)"},
    {"NOOPEN", R"(\s*Cannot open {DATA}: {why})"},
    {"NOOPENDIR", R"(\s*Could not open directory {DATA}: {why})", In::kClassic},
    {"NOOPENDIR", R"(\s*Could not open directory `"?`{DATA:file.path}`"?`: {why})", In::kEcs},
    {"NOSTAT", R"(\s*Could not stat {DATA:|file.path}: {why})"},
    {"NOJOBS", R"(There are no more Jobs associated with Volume "{volume}". Marking it purged.)"},
    {"ALL_RECORDS_PRUNED", R"({before}All records pruned from Volume "{volume}"; marking it "Purged")"},
    {"BEGIN_PRUNE_JOBS", "Begin pruning Jobs older than {INT} month {INT} days ."},
    {"BEGIN_PRUNE_FILES", "Begin pruning Files."},
    {"PRUNED_JOBS", "Pruned {INT} Job`s*` for client {client} from catalog."},
    {"PRUNED_FILES", "Pruned Files from {INT} Job`s*` for client {client} from catalog."},
    {"ENDPRUNE", "End auto prune."},
    {"STARTJOB", "Start Backup JobId {INT}, Job={job}"},
    {"STARTRESTORE", "Start Restore Job {job}"},
    {"USEDEVICE", R"(Using Device "{device}")"},
    {"DIFF_FS", "{indent}{UNIXPATH} is a different filesystem. Will not descend from {UNIXPATH} into it."},
    {"JOBEND",
     "Job write elapsed time = {DATA:elapsed|bacula.job.elapsed_time}, Transfer rate = {NUMBER} `[GKM]?`"
     " Bytes/second"},
    {"NOPRUNE_JOBS", "No Jobs found to prune."},
    {"NOPRUNE_FILES", "No Files found to prune."},
    {"VOLUME_PREVWRITTEN", R"(Volume "{volume}" previously written, moving to end of data.)", In::kClassic},
    {"VOLUME_PREVWRITTEN", R"(Volume `"?`{volume}`"?` previously written, moving to end of data.)", In::kEcs},
    {"READYAPPEND", R"(Ready to append to end of Volume "{volume}" size={INT:|bacula.volume.size:long})"},
    {"CANCELLING", "Cancelling duplicate JobId={INT:|bacula.job.other_id}."},
    {"MARKCANCEL", "JobId {INT:|bacula.job.id}, Job {job} marked to be canceled."},
    {"CLIENT_RBJ",
     R"(shell command: run ClientRunBeforeJob "{GREEDYDATA:runjob|bacula.job.client_run_before_command}")"},
    {"VSS", "{[Generate |]}VSS {[Writer|]}"},
    {"MAXSTART", "{fatal} Job canceled because max start delay time exceeded."},
    {"DUPLICATE", "{fatal} JobId {INT:duplicate|bacula.job.other_id} already running. Duplicate job not allowed."},
    {"NOJOBSTAT", "{fatal} No Job status returned from FD."},
    {"FATAL_CONN", "{fatal} bsock.c:133 Unable to connect to {peer} {address}. {why not}"},
    {"NO_CONNECT", "Warning: bsock.c:127 Could not connect to {peer} {address}. {why not}"},
    {"NO_AUTH", "Fatal error: Unable to authenticate with File daemon at {DATA}. Possible causes:", In::kClassic},
    {"NO_AUTH",
     "Fatal error: Unable to authenticate with File daemon at"
     R"( `"?`{IPORHOST:client.address}{[:{POSINT:client.port:int}|]}`"?`. Possible causes:)",
     In::kEcs},
    {"NOSUIT", "No prior or suitable Full backup found in catalog. Doing FULL backup."},
    {"NOPRIOR", "No prior Full backup Job record found."},
    {"JOB", "{[Error: |]}Bacula {BACULA_HOST} {BACULA_VERSION} ({BACULA_VERSION}):"},
});

/// What the common schema's patterns let a message have besides.
constexpr auto kTolerances = std::to_array<Row>({
    {"end", "", In::kClassic},
    {"end", "`.?`", In::kEcs},
    {"file", "", In::kClassic},
    {"file", "{[file |]}", In::kEcs},
    {"before", "", In::kClassic},
    {"before", "`.*?`", In::kEcs},
    {"indent", R"(\s+)", In::kClassic},
    {"indent", R"(\s*)", In::kEcs},
});

}  // namespace

Patterns bacula(EcsMode mode) {
  std::vector<Row> parts(kParts.begin(), kParts.end());
  parts.insert(parts.end(), kTolerances.begin(), kTolerances.end());
  Patterns all = layouts(kWords, mode);
  std::string line =
      "{BACULA_TIMESTAMP:bts|timestamp} {BACULA_HOST:hostname|host.hostname}{[ JobId {INT:jobid|bacula.job.id}|]}`:?` "
      "{[";
  for (PatternDefinition& message : layouts(kMessages, mode, parts)) {
    message.name.insert(0, "BACULA_LOG_");
    // A line tells of a job before it tells of no prior one.
    if (message.name != "BACULA_LOG_NOPRIOR") line += "{" + message.name + "}|";
    all.push_back(std::move(message));
  }
  line += "{BACULA_LOG_NOPRIOR}]}";
  const bool ecs = mode == EcsMode::kV1;
  all.push_back({ecs ? "BACULA_LOG" : "BACULA_LOGLINE", layout(line, mode)});
  if (ecs) all.push_back({"BACULA_LOGLINE", "%{BACULA_LOG}"});
  return all;
}

}  // namespace sluice::ingest::bank
