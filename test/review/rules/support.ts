import { Testing } from 'cdk8s-eks-patterns/testing';
import type { Construct } from 'constructs';
import { stringifyDocuments } from '../../../charts/core/synthesis/yaml';
import { parseClusterConfig } from '../../../eksctl/schema/parse';
import type { Finding } from '../../../kube/finding';
import { clusterSide } from '../../../review/cluster-side';
import { loadInventory } from '../../../review/load';
import { readManifests } from '../../../review/read-manifests';
import { review } from '../../../review/review';
import type { ExistingObject } from '../../../review/rule';

/** The objects of manifests as YAML, and the ClusterConfig among them. */
export function setOf(yaml: string) {
  const { documents, clusterConfigs, findings } = readManifests(yaml, 'manifests.yaml');
  expect(findings).toEqual([]);
  const [config] = clusterConfigs;
  return {
    inventory: loadInventory(documents),
    config: config && parseClusterConfig(stringifyDocuments([config.value])),
  };
}

/** The findings of manifests as YAML; a ClusterConfig among them is the cluster. */
export function findingsIn(yaml: string, existing: readonly ExistingObject[] = []): readonly Finding[] {
  const { inventory, config } = setOf(yaml);
  return review({ inventory, existing, ...(config ? { cluster: clusterSide(config) } : {}) });
}

/** Severity and field of each finding of a rule: ['warning spec.selector']. */
export function of(rule: string, yaml: string, existing?: readonly ExistingObject[]): readonly string[] {
  return findingsIn(yaml, existing).flatMap((finding) =>
    finding.rule === rule ? [`${finding.severity} ${finding.field ?? ''}`.trim()] : [],
  );
}

/** Documents of one set. */
export const set = (...documents: readonly string[]): string => documents.join('\n---\n');

export const namespace = (name = 'shop', labels = '{}'): string =>
  `{ apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: ${labels} } }`;

/** A controller with one container, in namespace 'shop'; `spec` and `pod` are YAML of flow style. */
export function workload({
  kind = 'Deployment',
  name = 'web',
  labels = `{ app: ${name} }`,
  spec = 'replicas: 2',
  pod = '',
  container = '',
  image = 'a/b:1',
  ns = 'shop',
}: {
  readonly kind?: string;
  readonly name?: string;
  readonly labels?: string;
  readonly spec?: string;
  readonly pod?: string;
  readonly container?: string;
  readonly image?: string;
  readonly ns?: string;
} = {}): string {
  const template = `template: { metadata: { labels: ${labels} }, spec: { ${pod}${pod && ', '}containers: [{ name: main, image: '${image}', ports: [{ name: http, containerPort: 8080 }]${container && `, ${container}`} }] } }`;
  return `{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: ${name}, namespace: ${ns} }, spec: { ${spec}${spec && ', '}selector: { matchLabels: ${labels} }, ${template} } }`;
}

export function service(spec: string, name = 'web', ns = 'shop', labels = '{}'): string {
  return `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${ns}, labels: ${labels} }, spec: { ${spec} } }`;
}

export function budget(spec: string, selector = 'selector: { matchLabels: { app: web } }', ns = 'shop'): string {
  return `{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: budget, namespace: ${ns} }, spec: { ${spec}${spec && selector && ', '}${selector} } }`;
}

export function policy(spec: string, ns = 'shop'): string {
  return `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: policy, namespace: ${ns} }, spec: { ${spec} } }`;
}

export function autoscaler(spec: string, target = 'kind: Deployment, name: web', name = 'scaler'): string {
  return `{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: ${name}, namespace: shop }, spec: { scaleTargetRef: { ${target} }, ${spec} } }`;
}

export function scaledObject(spec: string, target = 'name: web'): string {
  return `{ apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: { name: scaler, namespace: shop }, spec: { scaleTargetRef: { ${target} }, ${spec} } }`;
}

/** Rule, severity and field of what a topic of rules finds in an app: 'services/', 'autoscalers/'. */
export function foundInApp(construct: Construct, topic: string): readonly (readonly [string, string, string?])[] {
  return Testing.findings(construct)
    .filter(({ rule }) => rule.startsWith(topic))
    .map(({ rule, severity, field }) => [rule, severity, field]);
}
