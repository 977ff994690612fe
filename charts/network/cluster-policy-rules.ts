import { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { selectorLabels } from '../../kube/labels';
import { isDnsLabel, isServiceName } from '../../kube/names';
import { indexPath } from '../../kube/text';
import type { Check } from '../core/check';
import type { ClusterNetworkPolicy } from '../core/k8s';
import { resolvePort } from '../core/ports';
import {
  type ClusterEgressRule,
  type ClusterIngressRule,
  type ClusterNetworkPolicyProps,
  type ClusterPolicyPods,
  type ClusterPolicyRule,
  DOMAIN_KEYS,
  EGRESS_KEYS,
  INGRESS_KEYS,
  type NamespacesExcept,
  PODS_KEYS,
} from './cluster-network-policy-props';
import { checkDomain } from './domains';
import { namespaceNamed } from './targets';

type Spec = ClusterNetworkPolicy['spec'];
type Egress = NonNullable<Spec['egress']>[number];
type Ingress = NonNullable<Spec['ingress']>[number];
/** Pods, as both directions spell them. */
type PodsPeer = Ingress['from'][number];

const NAME = 'kubernetes.io/metadata.name';
const ACTIONS = { accept: 'Accept', deny: 'Deny', pass: 'Pass' } as const;
const MOST = 100;

/** The pods that a policy is for, by their namespaces. */
export function subjectOf(check: Check, given: ClusterNetworkPolicyProps['namespaces']): Spec['subject'] {
  const namespaces = given ?? { except: ['kube-system'] };
  const isList = Array.isArray(namespaces);
  if (!isList) {
    check.keys<NamespacesExcept>('namespaces', namespaces, { except: 'list' });
  }
  const field = isList ? 'namespaces' : 'namespaces.except';
  const listed = (isList ? namespaces : (namespaces as NamespacesExcept).except) ?? [];
  if (listed.length === 0) {
    check.fail('invalid', field, `${field} must not be empty`, "write names of namespaces: ['shop']");
  }
  const values = listed.map((one: string | ClusterPolicyPods, i: number) =>
    namespaceOf(check, indexPath(field, i), typeof one === 'string' ? one : one?.namespace),
  );
  const operator = isList ? 'In' : 'NotIn';
  return { namespaces: { matchExpressions: [{ key: NAME, operator, values: [...new Set(values)].sort() }] } };
}

export function egressRule(check: Check, field: string, rule: ClusterEgressRule, tier: string): Egress {
  check.keys<ClusterEgressRule>(field, rule ?? null, EGRESS_KEYS);
  const to = peersOf(check, `${field}.to`, rule.to, (at, peer): Egress['to'][number] => {
    if (typeof peer === 'string' && peer !== 'all-pods') {
      return { networks: [check.cidr(at, peer)] };
    }
    if (typeof peer === 'object' && peer !== null && 'domain' in peer) {
      check.keys(at, peer, DOMAIN_KEYS);
      checkDomain(check, `${at}.domain`, peer.domain);
      if (rule.action !== 'accept') {
        check.fail(
          'forbidden',
          `${at}.domain`,
          `${at}.domain must be left out of a rule with the action '${rule.action}': nodes let pods out to names, and close all others`,
          "write action: 'accept', or addresses",
        );
      }
      return { domainNames: [peer.domain] };
    }
    return podsOf(check, at, peer);
  });
  return { ...headOf(check, field, rule, tier), to };
}

export function ingressRule(check: Check, field: string, rule: ClusterIngressRule, tier: string): Ingress {
  check.keys<ClusterIngressRule>(field, rule ?? null, INGRESS_KEYS);
  const from = peersOf(check, `${field}.from`, rule.from, (at, peer) => {
    if (typeof peer === 'string' && peer !== 'all-pods') {
      check.fail(
        'unsupported',
        at,
        `${at} must be 'all-pods', a Tenant, a workload or { namespace, name }, but is ${describe(peer)}: policies of the whole cluster know clients by their labels`,
        'write addresses in acceptsFrom of the workload',
      );
    }
    return podsOf(check, at, peer);
  });
  return { ...headOf(check, field, rule, tier), from };
}

function headOf(check: Check, field: string, { action, ports, name }: ClusterPolicyRule, tier: string) {
  check.oneOf(`${field}.action`, action, Object.keys(ACTIONS));
  if (action === 'pass' && tier === 'baseline') {
    check.fail(
      'forbidden',
      `${field}.action`,
      `${field}.action must not be 'pass' in the tier 'baseline', which is the last that is asked`,
      "write 'accept' or 'deny'",
    );
  }
  if (ports && (ports.length === 0 || ports.length > MOST)) {
    const what = `${field}.ports must have 1 to ${MOST} ports, but has ${ports.length}`;
    check.fail('invalid', `${field}.ports`, what, 'leave it out for all ports');
  }
  if (name !== undefined && name.length > MOST) {
    check.fail(
      'invalid',
      `${field}.name`,
      `${field}.name must have at most ${MOST} letters, but has ${name.length}`,
      'shorten it',
    );
  }
  const numbers = ports?.map((port, i) => resolvePort(check, indexPath(`${field}.ports`, i), port));
  return {
    action: ACTIONS[action],
    name,
    ports: numbers?.map(({ port, protocol }) => ({ portNumber: { port, protocol } })),
  };
}

function peersOf<P, R>(check: Check, field: string, peers: readonly P[] | undefined, read: (at: string, peer: P) => R) {
  if (peers === undefined || peers.length === 0) {
    const rule = peers === undefined ? 'required' : 'invalid';
    check.fail(rule, field, `${field} must have at least one entry`, "write 'all-pods' for all pods of the cluster");
  }
  return peers.map((peer, i) => read(indexPath(field, i), peer));
}

function podsOf(check: Check, field: string, peer: 'all-pods' | ClusterPolicyPods): PodsPeer {
  if (peer === 'all-pods') {
    return { namespaces: { matchLabels: {} } };
  }
  // of a construct only these are meant
  if (!Construct.isConstruct(peer)) {
    check.keys(field, peer ?? null, PODS_KEYS);
  }
  const namespaceSelector = namespaceNamed(namespaceOf(check, `${field}.namespace`, peer.namespace));
  if (peer.name === undefined) {
    return { namespaces: namespaceSelector };
  }
  if (!isServiceName(peer.name)) {
    check.fail(
      'invalid',
      `${field}.name`,
      `${field}.name must be the name of a workload, but is ${describe(peer.name)}`,
      'write the id of the workload',
    );
  }
  return { pods: { namespaceSelector, podSelector: { matchLabels: selectorLabels(peer.name) } } };
}

function namespaceOf(check: Check, field: string, name: string | undefined): string {
  if (!isDnsLabel(check.text(field, name))) {
    check.fail(
      'invalid',
      field,
      `${field} must be the name of a namespace, but is '${name}'`,
      "write the id of a Tenant, such as 'shop'",
    );
  }
  return name as string;
}
