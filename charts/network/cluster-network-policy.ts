import { Construct } from 'constructs';
import { MANAGED_BY } from '../../kube/labels';
import { isSubdomain } from '../../kube/names';
import { indexPath } from '../../kube/text';
import { Check } from '../core/check';
import { applyCustomize } from '../core/customize';
import type { ClusterNetworkPolicy as Manifest } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { type ClusterNetworkPolicyProps, POLICY_KEYS } from './cluster-network-policy-props';
import { egressRule, ingressRule, subjectOf } from './cluster-policy-rules';

/**
 * Rules of the network for the pods of many namespaces, by those who run the cluster: of the tier 'admin' before the
 * network policies of tenants, which cannot override them, or of the tier 'baseline' after them. Its name is the id. Held
 * by EKS Auto Mode, and on node groups by version 1.21.1 of the VPC CNI and later, on Linux nodes; the cluster needs
 * nothing else for it.
 *
 * @example
 * new ClusterNetworkPolicy(cluster, 'no-instance-metadata', {
 *   priority: 10,
 *   egress: [{ action: 'deny', to: ['169.254.169.254/32'] }],
 * });
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
 */
export class ClusterNetworkPolicy extends Construct {
  /** The ClusterNetworkPolicy object. */
  readonly policy: KubeObject<Manifest>;

  constructor(scope: Construct, id: string, props: ClusterNetworkPolicyProps) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<ClusterNetworkPolicyProps>('props', props ?? null, POLICY_KEYS);
    if (!isSubdomain(id)) {
      check.fail(
        'invalid',
        '',
        `the id must be lowercase letters, digits, '-' and '.', but is '${id}'`,
        "write for example 'no-instance-metadata'",
      );
    }
    const spec = specOf(check, props);
    this.policy = new KubeObject<Manifest>(this, 'Policy', {
      apiVersion: 'networking.k8s.aws/v1alpha1',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: id, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } },
      spec,
    });
    applyCustomize(check, props.customize, { policy: this.policy });
  }
}

function specOf(check: Check, props: ClusterNetworkPolicyProps): Manifest['spec'] {
  const { priority, tier = 'admin', egress = [], ingress = [], namespaces } = props;
  check.oneOf('tier', tier, ['admin', 'baseline']);
  if (priority === undefined) {
    check.fail('required', 'priority', 'priority is required', 'write a number from 0 to 1000; the lowest comes first');
  }
  check.integer('priority', priority, 0, 1000);
  const rules = { egress, ingress };
  if (egress.length + ingress.length === 0) {
    check.fail('required', 'egress', 'egress or ingress must have a rule', "write { action: 'deny', to: [...] }");
  }
  for (const [field, list] of Object.entries(rules)) {
    if (list.length > 100) {
      const what = `${field} must have at most 100 rules, but has ${list.length}`;
      check.fail('invalid', field, what, 'write several policies');
    }
  }
  return {
    tier: tier === 'admin' ? 'Admin' : 'Baseline',
    priority,
    subject: subjectOf(check, namespaces),
    ...(egress.length > 0 && { egress: egress.map((one, i) => egressRule(check, indexPath('egress', i), one, tier)) }),
    ...(ingress.length > 0 && {
      ingress: ingress.map((one, i) => ingressRule(check, indexPath('ingress', i), one, tier)),
    }),
  };
}
