#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stages/ingest/grok/bank/layout.h"
#include "stages/ingest/grok/pattern_bank.h"

/// The built-in patterns, family by family. Their names, their fields and what is matched are Elasticsearch's, which
/// has them from Logstash's pattern files (Apache-2.0): pipelines rely on them. The expressions are made here, from
/// tables of what a format has in which order, from words and from layouts of its lines, and are compared with a node's
/// by what they match. They replace ones that followed the node's list and were at hand: where a format leaves no
/// choice, slots and text of a line still come in the same order as there.
namespace sluice::ingest::bank {

using Patterns = std::vector<PatternDefinition>;

/// The rows of a mode, in order: expressions, as they are.
Patterns rows(std::span<const Row> rows, EcsMode mode);

/// The rows of a mode, in order: layouts, with `parts` that they may use.
Patterns layouts(std::span<const Row> rows, EcsMode mode, std::span<const Row> parts = {});

/// Adds `more` to `all`.
void append(Patterns& all, Patterns more);

using Family = Patterns (*)(EcsMode mode);

/// In the order in which the node lists them.
std::span<const Family> families();

Patterns amazon(EcsMode mode);
Patterns bacula(EcsMode mode);
Patterns bind(EcsMode mode);
Patterns bro(EcsMode mode);
Patterns exim(EcsMode mode);
Patterns netscreen(EcsMode mode);
Patterns cisco(EcsMode mode);
Patterns linux_firewalls(EcsMode mode);
Patterns words(EcsMode mode);
Patterns network(EcsMode mode);
Patterns paths(EcsMode mode);
Patterns dates(EcsMode mode);
Patterns log_basics(EcsMode mode);
Patterns haproxy(EcsMode mode);
Patterns httpd(EcsMode mode);
Patterns java(EcsMode mode);
Patterns junos(EcsMode mode);
Patterns syslog(EcsMode mode);
Patterns tools(EcsMode mode);
Patterns mongodb(EcsMode mode);
Patterns nagios(EcsMode mode);
Patterns postgresql(EcsMode mode);
Patterns rails(EcsMode mode);
Patterns redis(EcsMode mode);
Patterns ruby(EcsMode mode);
Patterns squid(EcsMode mode);
Patterns zeek(EcsMode mode);

}  // namespace sluice::ingest::bank
