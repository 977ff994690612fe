import { imageName } from './images';
import type { PodObject } from './inventory';

/** Stores whose members elect a leader by a majority of all of them. */
const ELECTING =
  'cockroach cockroachdb consul elasticsearch etcd galera kafka mariadb-galera mongo mongodb nats opensearch rabbitmq redpanda vault zookeeper'.split(
    ' ',
  );
/** Stores that copy, shard or spread their data without one. */
const COPYING =
  'cassandra clickhouse clickhouse-server dragonfly dynamodb-local elasticmq keydb localstack mariadb memcached minio mysql pgvector postgis postgres postgresql prometheus redis redis-stack scylla timescaledb valkey vmstorage'.split(
    ' ',
  );
const STORES: ReadonlyMap<string, boolean> = new Map([
  ...ELECTING.map((name) => [name, true] as const),
  ...COPYING.map((name) => [name, false] as const),
]);

/**
 * Whether pods keep data, by the names of their images, and whether their members elect a leader by a majority; undefined
 * for what is not known.
 */
export function dataStoreOf({ spec }: PodObject): { readonly elects: boolean } | undefined {
  for (const { image = '' } of spec.containers ?? []) {
    const name = imageName(image);
    const elects = STORES.get(name.slice(name.lastIndexOf('/') + 1));
    if (elects !== undefined) {
      return { elects };
    }
  }
  return undefined;
}
