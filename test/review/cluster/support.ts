import { type App, Chart } from 'cdk8s';
import { askedIn } from '../../../charts/cluster/app-review';
import { broughtBy, ObjectRequirements } from '../../../charts/cluster/driver-requirements';
import { constructsOf, inventoryOf } from '../../../charts/core/app-objects';
import { KubeObject } from '../../../charts/core/kube-object';
import { withRenderCache } from '../../../charts/core/render-cache';
import type { Requirement } from '../../../charts/core/requirements';
import type { Architecture } from '../../../eks/values';
import type { ClusterConfig } from '../../../eksctl/types';
import type { AnyObject } from '../../../imports/kubernetes';
import { formatFinding } from '../../../kube/finding';
import { clusterSide } from '../../../review/cluster-side';
import { review } from '../../../review/review';
import { testApp } from '../../clusterconfig/support';

// as a team may write them, so of no type
type Loose = Readonly<Record<string, unknown>>;

/** A group of amd64 nodes. */
export const WORKERS = { name: 'workers', instanceType: 'm5.large', minSize: 3 };

/** A ClusterConfig with what is given over it. */
export function config(parts: Loose = { managedNodeGroups: [WORKERS] }): ClusterConfig {
  return {
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: 'prod', region: 'us-west-2', version: '1.35' },
    ...parts,
  } as ClusterConfig;
}

/** Auto Mode with the built-in pools. */
export const autoMode = (parts: Loose = {}): ClusterConfig => config({ autoModeConfig: { enabled: true }, ...parts });

/** What is found, as messages. */
export interface Found {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** The manifests as objects of an app, each at 'shop/<kind>-<name>'. */
export function appOf(...manifests: readonly object[]): App {
  const app = testApp();
  const chart = new Chart(app, 'shop');
  for (const manifest of manifests as AnyObject[]) {
    new KubeObject(chart, `${manifest.kind}-${manifest.metadata.name}`, manifest);
  }
  return app;
}

/** Judges manifests against a ClusterConfig. */
export function found(cluster: ClusterConfig, ...manifests: readonly object[]): Found {
  return judge(appOf(...manifests), cluster);
}

/** Reviews an app against a ClusterConfig, by the rules about both. */
export function judge(app: App, cluster: ClusterConfig, architectures: readonly Architecture[] = []): Found {
  const findings = withRenderCache(app, () => {
    const side = clusterSide(cluster, {
      construct: app.node.tryFindChild('prod')?.node.path ?? 'prod',
      architectures: new Set(architectures),
      ...askedIn(app),
    });
    const inventory = inventoryOf(app);
    const without = new Set(review({ inventory, existing: [], cluster: undefined }).map(formatFinding));
    return review({ inventory, existing: [], cluster: side }).filter((finding) => !without.has(formatFinding(finding)));
  });
  return {
    errors: findings.filter(({ severity }) => severity === 'error').map(formatFinding),
    warnings: findings.filter(({ severity }) => severity === 'warning').map(formatFinding),
  };
}

export const NOTHING: Found = { errors: [], warnings: [] };

/** What a plain manifest requires, beside others of the app. */
export function requirementsOf(manifest: object, ...beside: readonly object[]): Requirement[] {
  const app = appOf(manifest, ...beside);
  const requirements = new ObjectRequirements(broughtBy(app));
  return constructsOf(app).flatMap((construct) => requirements.of(construct));
}

const metadata = (name: string) => ({ name, namespace: 'shop' });

/** A pod template whose pods ask for what is given. */
const template = (spec: Loose, labels: Loose = { app: 'web' }) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'main', image: 'registry.example.com/web:1' }], ...spec },
});

export const deployment = (spec: Loose = {}, labels?: Loose) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata('web'),
  spec: { selector: { matchLabels: { app: 'web' } }, template: template(spec, labels) },
});

export const daemonSet = (spec: Loose = {}) => ({
  ...deployment(spec),
  kind: 'DaemonSet',
  metadata: metadata('agent'),
});

/** Of members with a volume of the class each. */
export const statefulSet = (storageClassName: string | undefined, spec: Loose = {}) => ({
  ...deployment(),
  kind: 'StatefulSet',
  metadata: metadata('store'),
  spec: {
    selector: { matchLabels: { app: 'web' } },
    serviceName: 'store',
    template: template(spec),
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { storageClassName } }],
  },
});

/** A container that asks for devices. */
export const withDevice = (resource: string, image = 'registry.example.com/train:1') => ({
  containers: [{ name: 'main', image, resources: { limits: { [resource]: 1 } } }],
});

export const storageClass = (provisioner: string, parts: Loose = {}) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'files' },
  provisioner,
  ...parts,
});

export const inZones = (...zones: string[]) => ({
  allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: zones }] }],
});

/** A NodePool of Auto Mode in plain Kubernetes spelling. */
export const nodePool = (
  name: string,
  requirements: readonly Loose[],
  template: { labels?: Loose; taints?: readonly Loose[] } = {},
) => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name },
  spec: {
    template: {
      metadata: { labels: template.labels ?? {} },
      spec: {
        nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'default' },
        requirements,
        ...(template.taints ? { taints: template.taints } : {}),
      },
    },
  },
});

/** A required affinity of one condition. */
export const affinity = (key: string, operator: string, ...values: string[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key, operator, ...(values.length > 0 ? { values } : {}) }] }],
      },
    },
  },
});
