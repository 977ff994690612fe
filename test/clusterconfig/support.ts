import { type ApiObject, App, Chart } from 'cdk8s';
import { Cluster } from '../../charts/cluster/cluster';
import type { ClusterProps, ExistingClusterProps } from '../../charts/cluster/props';
import { inventoryOf } from '../../charts/core/app-objects';
import { markEksApp } from '../../charts/core/app-state';
import { runChecks } from '../../charts/core/checks';
import { clusterSideOf } from '../../charts/core/cluster-context';
import { errorOf, type PatternError } from '../../charts/core/errors';
import { withRenderCache } from '../../charts/core/render-cache';
import {
  type ClusterAddition,
  type ClusterFeature,
  type Requirement,
  Requirements,
} from '../../charts/core/requirements';
import { textFilesOf } from '../../charts/core/synthesis/output';
import { type Finding, formatFinding } from '../../kube/finding';
import { review } from '../../review/review';
import { refusedBy } from '../support/findings';

export const BASE = { region: 'us-west-2', version: '1.35' } as const;
export const GROUP = { name: 'standard-workers', instanceType: 'm5.large' } as const;
export const NODES: ClusterProps = { ...BASE, nodeGroups: [GROUP] };
export const AUTO: ClusterProps = { ...BASE, autoMode: true };

/** What a synthesis shows of a cluster. */
export interface Result {
  readonly cluster: Cluster;
  readonly errors: readonly PatternError[];
  readonly warnings: readonly string[];
  readonly findings: readonly Finding[];
  // biome-ignore lint/suspicious/noExplicitAny: tests walk into plain JSON
  readonly config: any;
  // biome-ignore lint/suspicious/noExplicitAny: tests walk into plain JSON
  readonly objects: readonly any[];
  readonly steps: string;
}

/** An app that claims to be an EksApp, so that the cluster is tested without the writing of files. */
export function testApp(): App {
  const app = new App();
  markEksApp(app);
  return app;
}

/** A cluster, and the requirements of a chart beside it. */
export function made(props: ClusterProps, ...requirements: Requirement[]): Result {
  const app = testApp();
  const cluster = new Cluster(app, 'prod', props);
  Requirements.add(new Chart(app, 'shop'), ...requirements);
  return synthesize(app, cluster);
}

export function existing(props: ExistingClusterProps, ...requirements: Requirement[]): Result {
  const app = testApp();
  const cluster = Cluster.existing(app, 'prod', props);
  Requirements.add(new Chart(app, 'shop'), ...requirements);
  return synthesize(app, cluster);
}

export function synthesize(app: App, cluster: Cluster): Result {
  return withRenderCache(app, () => {
    const findings = findingsOf(app);
    const config = cluster.clusterConfig?.toJson();
    const objects = (cluster.apiObjects as ApiObject[]).map((object) => object.toJson());
    return {
      cluster,
      errors: findings.filter(({ severity }) => severity === 'error').map(errorOf),
      warnings: findings.filter(({ severity }) => severity === 'warning').map(formatFinding),
      findings,
      config,
      objects,
      steps: textFilesOf(app)
        .map((file) => file.text())
        .join(),
    };
  });
}

/** What the checks and the review of an app find. */
export function findingsOf(app: App): Finding[] {
  const checked = runChecks(app);
  return [...checked, ...review({ inventory: inventoryOf(app), existing: [], cluster: clusterSideOf(app) })];
}

/** A requirement that always yields the same addition. */
export function needs(id: string, addition: ClusterAddition): Requirement {
  return { id, because: 'the test says so', check: () => ({ status: 'provided', addition }) };
}

export const because = { because: 'the test says so' };
export const feature = (name: ClusterFeature) => Requirements.feature(name, because);
export const addonNames = (config: { addons: { name: string }[] }) => config.addons.map((addon) => addon.name);

/** Two charts that each ask for something. */
export function both(props: ClusterProps, first: Requirement, second: Requirement): Result {
  const app = testApp();
  const cluster = new Cluster(app, 'prod', props);
  Requirements.add(new Chart(app, 'cart'), first);
  Requirements.add(new Chart(app, 'shop'), second);
  return synthesize(app, cluster);
}

/** Rule and field of what the constructor refuses. */
export function refused(props: unknown, id = 'prod'): readonly [rule: string, field: string] {
  return refusedBy(() => new Cluster(testApp(), id, props as ClusterProps));
}
