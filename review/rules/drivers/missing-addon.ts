import { AUTO_MODE_ADDONS, addonOfDriver, addonOfGroup, addonSpec } from '../../../eks/addons';
import { counterpartIn, installedDriver } from '../../../eks/compute-modes';
import { EKS_STORAGE_CLASS } from '../../../eks/storage-drivers';
import { claimsIn, sourceGroup } from '../../../kube/claims';
import { addTo } from '../../../kube/collections';
import { bringsNames, broughtNames, driversNamed, SNAPSHOT_GROUP } from '../../../kube/csi-drivers';
import { type Inventory, type InventoryObject, ofKindsInOrder, title } from '../../../kube/inventory';
import { groupOf } from '../../../kube/kinds';
import type { Rule } from '../../rule';

/** Something that an add-on serves, and where it is named. */
interface Need {
  readonly object: InventoryObject;
  readonly what: string;
  readonly field: string;
  readonly name: string;
  /** What is in a cluster that has it from elsewhere. */
  readonly existing: { readonly kind: string; readonly name: string };
}

/**
 * Drivers and custom resources whose add-on the cluster does not have. Objects of constructs are left out: they require
 * the add-on of their Cluster.
 */
export const rule: Rule = {
  id: 'drivers/missing-addon',
  title: 'the cluster has the add-ons whose drivers and custom resources are used',
  severity: 'warning',
  needs: 'cluster',
  why: 'Without its driver a volume is neither made nor mounted, and pods wait for it. Without its add-on the API server does not know a custom resource.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/storage.html',
  bad: manifests('addons: []'),
  good: manifests('addons: [{ name: aws-efs-csi-driver }]'),
  check: ({ cluster, inventory, existing }, report) => {
    if (!cluster || !inventory.complete) {
      return;
    }
    const { addons = [], autoModeConfig } = cluster.config;
    const auto = autoModeConfig?.enabled === true;
    const listed = new Set(addons.map(({ name }) => name));
    const present = new Set([
      ...ofKindsInOrder(inventory, bringsNames).flatMap(({ manifest }) =>
        broughtNames(manifest.kind, manifest.metadata.name),
      ),
      ...existing.flatMap(({ kind, name }) => broughtNames(kind, name)),
    ]);
    for (const [addon, [first, ...others]] of needsByAddon(inventory, present, auto)) {
      if (!listed.has(addon) && !(auto && AUTO_MODE_ADDONS.has(addon))) {
        const { object, what, field, name, existing } = first!;
        const more = others.length === 0 ? '' : `, as of ${others.length} more`;
        report(object, {
          message: `${what} of ${title(object)} is '${name}'${more}, but the ClusterConfig has no add-on '${addon}'`,
          fix: `add { name: '${addon}' } to addons of the ClusterConfig, or declare that it is installed otherwise: existing: [{ kind: '${existing.kind}', namespace: '', name: '${existing.name}' }]`,
          field,
        });
      }
    }
  },
};

function needsByAddon(inventory: Inventory, present: ReadonlySet<string>, auto: boolean): Map<string, Need[]> {
  const found = new Map<string, Need[]>();
  const classes = new Set(
    inventory.ofKind('StorageClass', 'storage.k8s.io').map(({ manifest }) => manifest.metadata.name),
  );
  for (const object of inventory.objects) {
    const { manifest, origin } = object;
    if (origin.construct !== undefined) {
      continue;
    }
    for (const { what, field, name } of [...driversNamed(manifest), ...ofEksClass(object, classes)]) {
      const driver = installedDriver(name);
      const addon = addonOfDriver(driver);
      // a driver of the other compute mode is a finding of its own
      if (addon !== undefined && !present.has(driver) && !counterpartIn(auto ? 'auto' : 'node-groups', name)) {
        const existing = { kind: 'CSIDriver', name: driver };
        addTo(found, addon, { object, what, field, name, existing });
      }
    }
    for (const { what, field, group, kind } of groupsUsed(object)) {
      const addon = addonOfGroup(group);
      // those of the community are as often installed by their chart
      if (addon !== undefined && addonSpec(addon)?.owner === 'aws' && !present.has(group)) {
        const plural = kind.toLowerCase().replace(/s?$/, (end) => (end === '' ? 's' : 'ses'));
        const existing = { kind: 'CustomResourceDefinition', name: `${plural}.${group}` };
        addTo(found, addon, { object, what, field, name: group, existing });
      }
    }
  }
  return found;
}

/** The group of an object, and of snapshots that its claims are filled from. */
function groupsUsed({ manifest }: InventoryObject) {
  const { apiVersion, kind } = manifest;
  const sources = claimsIn(manifest).flatMap((claim) => {
    const group = sourceGroup(claim);
    const field = `${claim.field}.${claim.spec.dataSourceRef ? 'dataSourceRef' : 'dataSource'}.apiGroup`;
    return group === SNAPSHOT_GROUP ? [{ what: 'the source of a claim', field, group, kind: 'VolumeSnapshot' }] : [];
  });
  return [{ what: 'the API group', field: 'apiVersion', group: groupOf(apiVersion), kind }, ...sources];
}

/** Claims of the class that EKS makes by itself, whose volumes are made by the driver of the add-on. */
function ofEksClass({ manifest }: InventoryObject, classes: ReadonlySet<string>) {
  const { name, provisioner } = EKS_STORAGE_CLASS;
  return classes.has(name)
    ? []
    : claimsIn(manifest)
        .filter(({ spec }) => spec.storageClassName === name)
        .map(({ field }) => ({
          what: `the provisioner of the class '${name}'`,
          field: `${field}.storageClassName`,
          name: provisioner,
        }));
}

function manifests(addons: string): string {
  return `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large }
${addons}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: files }
provisioner: efs.csi.aws.com
parameters: { provisioningMode: efs-ap, fileSystemId: fs-0123456789abcdef0, directoryPerms: '700' }
`;
}
