import { KUBERNETES_VERSIONS } from '../../../eks/versions';
import { isBefore, parseVersion } from '../../../eksctl/rules/version-order';
import type { ClusterConfig } from '../../../eksctl/types';
import { describe } from '../../../kube/describe';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { KarpenterFacts } from '../../core/requirements';
import type { Karpenter, KarpenterNodes } from './karpenter-props';

const NODES: KeyTable<KarpenterNodes> = { architectures: 'texts', capacityTypes: 'texts' };
const KEYS: KeyTable<Karpenter> = { ...NODES, version: 'text', limits: true };
const DEFAULT_LIMITS = { cpu: '1000' };

/** A Karpenter with its defaults. */
export interface ResolvedKarpenter extends KarpenterFacts {
  readonly version: string;
  readonly limits: Record<string, string> | undefined;
}

/** The nodes of an existing cluster's Karpenter. */
export function resolveKarpenterNodes(check: Check, given: KarpenterNodes | undefined): KarpenterFacts | undefined {
  if (given === undefined) {
    return undefined;
  }
  check.keys<KarpenterNodes>('karpenter', given, NODES);
  return nodesOf(check, given);
}

/** The Karpenter of a cluster that is made here. */
export function resolveKarpenter(
  check: Check,
  given: Karpenter | undefined,
  { version: kubernetes, auto }: { readonly version: string; readonly auto: boolean },
): ResolvedKarpenter | undefined {
  if (given === undefined) {
    return undefined;
  }
  check.keys<Karpenter>('karpenter', given, KEYS);
  if (auto) {
    check.fail(
      'forbidden',
      'karpenter',
      'karpenter and autoMode exclude each other: Auto Mode has a Karpenter that AWS runs',
      'leave karpenter out, and write NodePools for other nodes',
    );
  }
  const version = check.text('karpenter.version', given.version);
  const parsed = /^v?(\d+)\.(\d+)\.\d+$/.exec(version);
  if (!parsed) {
    check.fail(
      'invalid',
      'karpenter.version',
      `karpenter.version must be a version of three numbers, but is ${describe(version)}`,
      "write for example '1.8.2'",
    );
  }
  checkSupport(check, version, kubernetes);
  return { ...nodesOf(check, given), version: version.replace(/^v/, ''), limits: resolveLimits(check, given.limits) };
}

/** The subnets of nodes in an existing VPC, which has not the tags of eksctl. */
export function privateSubnets(check: Check, { vpc }: Pick<ClusterConfig, 'vpc'>): string[] {
  const ids = Object.values(vpc?.subnets?.private ?? {}).flatMap((subnet) => subnet?.id ?? []);
  if (ids.length === 0) {
    check.fail(
      'required',
      'config.vpc.subnets.private',
      'config.vpc.subnets.private must have the ids of subnets, in which Karpenter makes its nodes',
      "write private: { 'us-west-2a': { id: 'subnet-...' } }",
    );
  }
  return ids;
}

function checkSupport(check: Check, version: string, kubernetes: string): void {
  const table: Readonly<Record<string, { readonly karpenter: string }>> = KUBERNETES_VERSIONS;
  const oldest = Object.hasOwn(table, kubernetes) ? table[kubernetes]?.karpenter : undefined;
  const own = parseVersion(version.replace(/^v/, ''));
  if (own && oldest !== undefined && isBefore(own, oldest)) {
    check.fail(
      'unsupported',
      'karpenter.version',
      `karpenter.version must be ${oldest} or later for Kubernetes ${kubernetes}, but is ${version}`,
      `write '${oldest}' or a later version`,
    );
  }
}

function nodesOf(check: Check, { architectures = ['amd64'], capacityTypes = ['on-demand'] }: KarpenterNodes) {
  const lists = { architectures: ['amd64', 'arm64'], capacityTypes: ['on-demand', 'spot'] };
  for (const [key, values] of Object.entries({ architectures, capacityTypes })) {
    const field = `karpenter.${key}`;
    const allowed = lists[key as keyof typeof lists];
    if (!Array.isArray(values) || values.length === 0) {
      check.fail(
        Array.isArray(values) ? 'invalid' : 'type',
        field,
        `${field} must be a list that is not empty, but is ${describe(values)}`,
        `write for example ['${allowed[0]}']`,
      );
    }
    for (const [i, value] of values.entries()) {
      check.oneOf(`${field}[${i}]`, value, allowed);
    }
  }
  return { architectures: [...architectures], capacityTypes: [...capacityTypes] };
}

function resolveLimits(check: Check, limits: Karpenter['limits'] = DEFAULT_LIMITS): Record<string, string> | undefined {
  if (limits === 'none') {
    return undefined;
  }
  check.keys('karpenter.limits', limits, { cpu: true, memory: true });
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    check.fail(
      'invalid',
      'karpenter.limits',
      'karpenter.limits must have cpu or memory',
      "write { cpu: '64' }, or 'none'",
    );
  }
  for (const [key, value] of given) {
    check.quantity(`karpenter.limits.${key}`, value, key === 'cpu' ? '64' : '256Gi');
  }
  return Object.fromEntries(given) as Record<string, string>;
}
