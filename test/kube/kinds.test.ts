import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { KubeObject } from '../../charts/core/kube-object';
import type { AnyObject } from '../../imports/kubernetes';
import { isClusterScoped } from '../../kube/kinds';
import { CRDS, CRDS_PRESENT } from '../golden/custom-resources';
import { newTenant } from '../support/app';

/** Kinds of which the folder of definitions has none. */
const OTHERS: readonly (readonly [apiVersion: string, ...kinds: string[]])[] = [
  ['appmesh.k8s.aws/v1beta2', 'Mesh'],
  ['application-networking.k8s.aws/v1alpha1', 'ServiceNetwork'],
  ['cilium.io/v2', 'CiliumClusterwideNetworkPolicy'],
  ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy', 'GlobalNetworkSet', 'IPPool'],
  ['groupsnapshot.storage.k8s.io/v1beta1', 'VolumeGroupSnapshotClass', 'VolumeGroupSnapshotContent'],
  ['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'],
  ['projectcalico.org/v3', 'GlobalNetworkPolicy', 'GlobalNetworkSet', 'IPPool'],
  ['storage.k8s.io/v1', 'StorageClass', 'VolumeAttributesClass'],
];

test.each(OTHERS.flatMap(([apiVersion, ...kinds]) => kinds.map((kind) => [apiVersion, kind] as const)))(
  '%s %s has no namespace',
  (apiVersion, kind) => {
    expect(isClusterScoped(apiVersion, kind)).toBe(true);
  },
);

test('a kind of the same name in another group, or of another group, has one', () => {
  expect(isClusterScoped('networking.k8s.io/v1', 'NetworkPolicy')).toBe(false);
  expect(isClusterScoped('networking.k8s.aws/v1alpha1', 'ApplicationNetworkPolicy')).toBe(false);
  expect(isClusterScoped('appmesh.k8s.aws/v1beta2', 'VirtualNode')).toBe(false);
  expect(isClusterScoped('constructor/v1', 'Namespace')).toBe(false);
});

test.each(['networking.k8s.aws/v1alpha1', 'policy.networking.k8s.io/v1alpha2'])(
  'a ClusterNetworkPolicy of %s in a tenant gets none',
  (apiVersion) => {
    const policy = { apiVersion, kind: 'ClusterNetworkPolicy', metadata: { name: 'quarantine' } } as AnyObject;
    expect(new KubeObject(newTenant(), 'policy', policy).toJson().metadata).not.toHaveProperty('namespace');
  },
);

if (CRDS_PRESENT) {
  const definitions = fs
    .readdirSync(CRDS)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(fs.readFileSync(path.join(CRDS, file), 'utf8')))
    .map((document) => document.toJSON())
    .filter((definition) => definition?.kind === 'CustomResourceDefinition')
    .map(({ spec }) => spec as { group: string; scope: string; names: { kind: string } });

  test('all kinds of the definitions have a namespace where their definition says so', () => {
    expect(definitions.length).toBeGreaterThan(70);
    const wrong = definitions.filter(
      ({ group, scope, names }) => isClusterScoped(`${group}/v1`, names.kind) !== (scope === 'Cluster'),
    );
    expect(wrong.map(({ group, names }) => `${group}/${names.kind}`)).toEqual([]);
  });
} else {
  test.skip('all kinds of the definitions: the folder is absent', () => {});
}
