import { counterpartIn } from '../../../eks/compute-modes';
import type { IngressClass, Service } from '../../../imports/kubernetes';
import { driversNamed, type NamedDriver } from '../../../kube/csi-drivers';
import { type InventoryObject, title } from '../../../kube/inventory';
import { groupOf } from '../../../kube/kinds';
import type { Manifest } from '../../../kube/objects';
import { namesDriversIn } from '../../claims';
import { objectsOfKinds } from '../../kinds';
import { clusterRule } from '../../rule';

/** A driver, controller or class of the compute mode that the cluster does not have is accepted, and nothing serves it. */
export const rule = clusterRule({
  id: 'compute-mode/served',
  title: "drivers, controllers and load balancer classes are those of the cluster's compute mode",
  severity: 'error',
  why: 'EKS Auto Mode brings its own drivers and load balancer controller, under names of their own. An object with the name of the other mode is accepted, and nothing acts on it: claims stay pending, and load balancers are never made.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/auto-networking.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig: { enabled: true }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: standard }
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig: { enabled: true }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: standard }
provisioner: ebs.csi.eks.amazonaws.com
volumeBindingMode: WaitForFirstConsumer
`,
  check: ({ config }, inventory, report) => {
    const auto = config.autoModeConfig?.enabled === true;
    const namesDrivers = namesDriversIn(inventory);
    const addons = new Set((config.addons ?? []).map(({ name }) => name));
    for (const object of objectsOfKinds(inventory, (kind) => KINDS.has(kind.kind) || namesDrivers(kind))) {
      for (const { what, field, name } of servedBy(object)) {
        const instead = counterpartIn(auto ? 'auto' : 'node-groups', name);
        // the driver may be installed beside Auto Mode, for nodes that are not its own
        if (instead === undefined || (name.startsWith('ebs.') && auto && addons.has('aws-ebs-csi-driver'))) {
          continue;
        }
        report(object, {
          message: `${what} of ${title(object)} is '${name}', which ${
            auto ? 'is for node groups' : 'is for EKS Auto Mode'
          }, but autoModeConfig.enabled is ${auto ? 'true' : 'not true'} in the ClusterConfig`,
          field,
          fix: `write '${instead}'`,
        });
      }
    }
  },
});

/** A name that one of the two compute modes may serve alone. */
type Served = NamedDriver;

const KINDS: ReadonlySet<string> = new Set([
  'IngressClass',
  'Service',
  'GatewayClass',
  'IngressClassParams',
  'TargetGroupBinding',
]);

const NONE: readonly Served[] = [];

const controllerName = (spec: Manifest['spec']): string | undefined =>
  typeof spec?.controllerName === 'string' ? spec.controllerName : undefined;

function served(what: string, field: string, name: string | undefined): readonly Served[] {
  return name === undefined ? NONE : [{ what, field, name }];
}

function servedBy({ manifest }: InventoryObject): readonly Served[] {
  switch (manifest.kind) {
    case 'IngressClass':
      return served('the controller', 'spec.controller', (manifest as unknown as IngressClass).spec?.controller);
    case 'Service':
      return served(
        'the load balancer class',
        'spec.loadBalancerClass',
        (manifest as unknown as Service).spec?.loadBalancerClass,
      );
    case 'GatewayClass':
      return served('the controller', 'spec.controllerName', controllerName(manifest.spec));
    case 'IngressClassParams':
    case 'TargetGroupBinding':
      return served('the API group', 'apiVersion', groupOf(manifest.apiVersion));
    default:
      return driversNamed(manifest);
  }
}
