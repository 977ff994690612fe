import { NodeClass } from '../../../charts/cluster/auto-mode/node-class';
import { NodePool } from '../../../charts/cluster/auto-mode/node-pool';
import { Cluster } from '../../../charts/cluster/cluster';
import { AUTO, testApp } from '../support';

export const ROLE = 'arn:aws:iam::111122223333:role/nodes';

/** Loose, so that a test can also give what the compiler refuses. */
type Loose = Readonly<Record<string, unknown>>;

export const autoCluster = (): Cluster => new Cluster(testApp(), 'prod', AUTO);

/** A pool with the least that it takes, and what is given. */
export function pool(props: Loose = {}, cluster = autoCluster(), id = 'batch'): NodePool {
  return new NodePool(cluster, id, { limits: { cpu: '64' }, ...props } as ConstructorParameters<typeof NodePool>[2]);
}

/** A class with the least that it takes, and what is given. */
export function nodeClass(props: Loose = {}, cluster = autoCluster(), id = 'private'): NodeClass {
  return new NodeClass(cluster, id, { role: ROLE, ...props } as ConstructorParameters<typeof NodeClass>[2]);
}
