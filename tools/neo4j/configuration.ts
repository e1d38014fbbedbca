/**
 * The settings of a Neo4j for one machine: loopback only, Bolt only, no way for a query to read files or reach other
 * hosts, and a store of 3 MB instead of 500.
 */
export function neo4jConfiguration(options: {
  readonly port: number;
  readonly authentication: boolean;
  readonly heapMegabytes: number;
}): string {
  const settings: Readonly<Record<string, string | number | boolean>> = {
    'server.default_listen_address': '127.0.0.1',
    'server.bolt.listen_address': `127.0.0.1:${options.port}`,
    'server.bolt.advertised_address': `127.0.0.1:${options.port}`,
    'server.http.enabled': false,
    'server.https.enabled': false,
    'dbms.security.auth_enabled': options.authentication,
    'dbms.usage_report.enabled': false,
    'server.config.strict_validation.enabled': true,
    'server.memory.pagecache.size': '64m',
    // Without an import folder LOAD CSV reads any file of the machine, whatever the next setting says.
    'server.directories.import': 'import',
    'dbms.security.allow_csv_import_from_file_urls': false,
    'internal.dbms.cypher_ip_blocklist': '0.0.0.0/0,::/0',
    'db.tx_log.preallocate': false,
    'db.tx_log.rotation.retention_policy': 'keep_none',
    // Four seconds to stop instead of twelve.
    'internal.server.bolt.thread_pool_shutdown_wait_time': '1s',
    // A last resort: callers set shorter limits of their own.
    'db.transaction.timeout': '120s',
    'db.memory.transaction.max': `${Math.floor(options.heapMegabytes / 2)}m`,
    'dbms.memory.transaction.total.max': `${Math.floor((options.heapMegabytes * 3) / 4)}m`,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return `${lines.join('\n')}\n`;
}

/** The arguments that start a class of Neo4j's jars. */
export function javaArguments(jars: string, heapMegabytes: number): readonly string[] {
  const opened = ['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent'];
  return [
    '-Xms64m',
    `-Xmx${heapMegabytes}m`,
    '-XX:+UseSerialGC',
    // The quick compiler alone: half the processor time to start.
    '-XX:TieredStopAtLevel=1',
    // A server that ran out of memory answers no more and yet stays; better that it ends.
    '-XX:+ExitOnOutOfMemoryError',
    ...opened.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    '-Djol.skipHotspotSAAttach=true',
    '-cp',
    `${jars}/*`,
  ];
}
