import { Construct, type IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import { Check } from '../core/check';
import type { PolicyRule } from './policy';
import { scrapes } from './scraped';
import type { Connectable, ConnectionTarget, Endpoint } from './targets';

/** The metrics of all workloads below a construct, which are known when the app is complete. */
export class MetricsPeer implements Connectable {
  constructor(private readonly scope: IConstruct) {
    if (!Construct.isConstruct(scope)) {
      new Check('Peer.metrics').fail(
        'type',
        'scope',
        `scope must be the app, a tenant or another construct, but is ${describe(scope)}`,
        'write Peer.metrics(app)',
      );
    }
  }

  rulesFor(owner: Endpoint): () => readonly PolicyRule[] {
    if (owner.construct.node.root !== this.scope.node.root) {
      Check.of(owner.construct).fail(
        'forbidden',
        'connectsTo',
        `the scope of Peer.metrics must be of the same app, but '${this.scope.node.path}' is in another one`,
        'write Peer.metrics(app) with the app of the workload',
      );
    }
    return scrapes(owner, this.scope);
  }

  /** Without a workload that scrapes there are no rules; `connectsTo` asks `rulesFor`. */
  toConnectionTarget(): ConnectionTarget {
    return { peers: [], ports: [] };
  }
}
