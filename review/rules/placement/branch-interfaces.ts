import { hasBranchInterfaces } from '../../../eks/instance-specs';
import { POD_SECURITY_GROUPS } from '../../../eks/pod-security-groups';
import { profileOf } from '../../../eksctl/fargate-profiles';
import { title } from '../../../kube/inventory';
import { labelSelectorOf } from '../../../kube/label-selectors';
import { listed } from '../../../kube/text';
import { makesNodes } from '../../cluster-side';
import { clusterRule } from '../../rule';
import { SelectablePods } from '../../selection';

/** Security groups of pods on nodes that cannot give them. */
export const rule = clusterRule({
  id: 'placement/branch-interfaces',
  title: 'node groups have instance types for security groups of pods',
  severity: 'warning',
  why: 'A pod with security groups of its own gets a branch network interface, and asks for one as a resource of the node. Types of the t family and those of the Xen hypervisor have none, so that the pod stays pending.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html',
  bad: manifests('t3.large'),
  good: manifests('m5.large'),
  check: (cluster, inventory, report) => {
    const types = [...new Set(cluster.groups.flatMap(({ instanceTypes }) => instanceTypes))];
    const isUnknown = cluster.groups.some(({ instanceTypes }) => instanceTypes.length === 0);
    // a node that is made for the pods has a type that they can use
    const onDemand = cluster.config.autoModeConfig?.enabled === true || makesNodes(cluster, inventory);
    if (types.length === 0 || isUnknown || onDemand || types.some(hasBranchInterfaces)) {
      return;
    }
    for (const object of inventory.ofKind(POD_SECURITY_GROUPS.kind, POD_SECURITY_GROUPS.group)) {
      const selector = labelSelectorOf(object.manifest.spec?.podSelector);
      const pods = selector ? SelectablePods.of(inventory).selectedBy(selector, object.namespace) : [];
      if (pods.some(({ namespace, labels }) => !profileOf({ namespace, labels }, cluster.config))) {
        report(object, {
          message: `${title(object)} gives pods security groups, and no node group has an instance type with branch network interfaces (${listed(types)})`,
          fix: 'add a node group of another type, such as m5.large',
          field: 'spec.podSelector',
        });
      }
    }
  },
});

function manifests(type: string): string {
  return `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups: [{ name: workers, instanceType: ${type} }]
addons:
  - { name: vpc-cni, configurationValues: '{"env":{"ENABLE_POD_ENI":"true"}}' }
---
apiVersion: vpcresources.k8s.aws/v1beta1
kind: SecurityGroupPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, securityGroups: { groupIds: [sg-0123456789abcdef0] } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: 'example.com/web:1.4' }] }
`;
}
