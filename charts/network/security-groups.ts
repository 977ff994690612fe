import { isEc2Id } from '../../eks/ec2-ids';
import { POD_SECURITY_GROUPS } from '../../eks/pod-security-groups';
import { describe } from '../../kube/describe';
import { selectorLabels } from '../../kube/labels';
import { indexPath } from '../../kube/text';
import type { Check } from '../core/check';
import type { ObjectMeta, SecurityGroupPolicy } from '../core/k8s';

/** What of the pods decides whether they can have security groups. */
interface GroupedPods {
  readonly hostNetwork: boolean | undefined;
  readonly os: string | undefined;
}

const FIX = "write 1 to 5 ids: ['sg-0123456789abcdef0']";

export function checkSecurityGroups(check: Check, groups: readonly string[], pods: GroupedPods): void {
  const { most } = POD_SECURITY_GROUPS;
  const prop = 'securityGroups';
  if (groups.length === 0 || groups.length > most) {
    const what = groups.length === 0 ? 'is empty' : `has ${groups.length}`;
    check.fail('invalid', prop, `${prop} must have 1 to ${most} ids, but ${what}`, FIX);
  }
  for (const [i, id] of groups.entries()) {
    const field = indexPath(prop, i);
    if (typeof id !== 'string' || !isEc2Id(id, 'sg')) {
      const rule = typeof id === 'string' ? 'invalid' : 'type';
      check.fail(rule, field, `${field} must be the id of a security group, but is ${describe(id)}`, FIX);
    }
    if (groups.indexOf(id) < i) {
      check.fail('duplicate', field, `${field} is '${id}', which is listed before`, 'list each group once');
    }
  }
  if (pods.hostNetwork) {
    check.fail(
      'forbidden',
      prop,
      `${prop} must be left out with hostNetwork: the pods use the interface of their node`,
      'leave it out, and set the groups of the node group',
    );
  }
  if (pods.os === 'windows') {
    check.fail(
      'unsupported',
      prop,
      `${prop} must be left out for pods on Windows, which cannot have security groups of their own`,
      'leave it out, and set the groups of the node group',
    );
  }
}

/** By the label of the Service, so that the groups are those of the pods that clients call. */
export function securityGroupPolicy(
  metadata: ObjectMeta & { name: string },
  groups: readonly string[],
): SecurityGroupPolicy {
  return {
    apiVersion: `${POD_SECURITY_GROUPS.group}/v1beta1`,
    kind: POD_SECURITY_GROUPS.kind,
    metadata,
    spec: { podSelector: { matchLabels: selectorLabels(metadata.name) }, securityGroups: { groupIds: [...groups] } },
  };
}
