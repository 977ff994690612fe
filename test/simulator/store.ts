import * as fs from 'node:fs';
import * as path from 'node:path';
import { Cluster, type EksApp, type NodeGroup } from 'cdk8s-eks-patterns';
import { parseAllDocuments } from 'yaml';
import { releasesIn } from '../../charts/cluster/app-review';
import { retailStore } from '../../examples/retail-store/store';
import { capacity } from '../../simulator/capacity';
import type { CapacityReport } from '../../simulator/report';
import { newApp } from '../support/app';

/** The node group of main.ts. */
export const SHOWCASE = {
  name: 'standard-workers',
  instanceType: 'm5.large',
  minSize: 3,
  desiredCapacity: 3,
  maxSize: 6,
} as const satisfies NodeGroup;
/** That of the EKS Workshop's first cluster. */
export const FIRST_CLUSTER = {
  name: 'standard-workers',
  instanceType: 't3.medium',
  minSize: 1,
  desiredCapacity: 3,
  maxSize: 4,
} as const satisfies NodeGroup;

/** The retail store on a cluster with this group, as main.ts makes it. */
export function storeOn(group: NodeGroup): EksApp {
  const app = newApp();
  retailStore(new Cluster(app, 'prod', { region: 'us-west-2', version: '1.35', nodeGroups: [group] }));
  return app;
}

// biome-ignore lint/suspicious/noExplicitAny: plain YAML
const read = (file: string): any[] =>
  parseAllDocuments(fs.readFileSync(file, 'utf8')).flatMap((document) => document.toJS() ?? []);

/** The report on what a program wrote. */
export function reportOn(folder: string): CapacityReport {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const [config] = read(path.join(folder, 'cluster', 'prod.yaml'));
  const releases = releasesIn(fs.readFileSync(path.join(folder, 'cluster', 'prod.md'), 'utf8'));
  const manifests = files.sort().flatMap((name) => read(path.join(folder, name)));
  return capacity({ cluster: 'prod', config, manifests, releases });
}
