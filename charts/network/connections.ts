import type { IConstruct } from 'constructs';
import { allOf, appended, entryOf, grown } from '../../kube/collections';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import { AppSlot } from '../core/app-state';
import { Check } from '../core/check';
import { addCheck } from '../core/checks';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../core/k8s';
import { cached } from '../core/render-cache';
import type { DomainRule } from './domains';
import { MetricsPeer } from './metrics-peer';
import { natureOf } from './peer-nature';
import type { Accepting, LateRules, PolicyRule } from './policy';
import { type Connectable, type ConnectionTarget, type Endpoint, podsOf } from './targets';

export type { PolicyRule } from './policy';

const connections = new AppSlot<Map<IConstruct, Connections>>('connections', () => new Map());

/** The endpoint of a construct, if it is a workload of this library. */
export function endpointOf(construct: IConstruct): Endpoint | undefined {
  return connections.of(construct).get(construct)?.owner;
}

/** The workload of this name in a namespace, if it is one of this app. */
export function endpointNamed(construct: IConstruct, namespace: string, name: string): Endpoint | undefined {
  const { root } = construct.node;
  return cached(
    root,
    'endpoints-by-name',
    () => new Map([...connections.of(root).values()].map(({ owner }) => [`${owner.namespace}/${owner.name}`, owner])),
  ).get(`${namespace}/${name}`);
}

/**
 * Reports a Peer that names a workload of this app, which may be created later: the policy of the other end would stay
 * closed.
 */
export function checkForeign(owner: Endpoint, named: Omit<Endpoint, 'construct'>, field: string): void {
  const { construct } = owner;
  addCheck(construct, (report) => {
    const own = endpointNamed(construct, named.namespace, named.name)?.construct;
    if (own) {
      report({
        rule: 'network/own-workload',
        field,
        message: `Peer.workload names '${own.node.path}', a workload of this app, whose policy it does not open`,
        fix: field.startsWith('acceptsFrom')
          ? `write the connection in connectsTo of '${own.node.path}'`
          : 'write the workload, or workload.on(...) for some of its ports',
      });
    }
  });
}

const NONE: readonly never[] = [];
const connectsToField = (i: number): string => indexPath('connectsTo', i);

/** The pods of a workload as a peer, which is made when a policy is: most of a connection is its selectors. */
class PodsRule implements PolicyRule {
  /** @param given the peers, if clients do not connect to the pods */
  constructor(
    readonly pods: Endpoint,
    private readonly seenFrom: string,
    readonly ports: readonly NetworkPolicyPort[],
    private readonly given: readonly NetworkPolicyPeer[],
  ) {}

  get peers(): readonly NetworkPolicyPeer[] {
    return this.given.length > 0 ? this.given : [podsOf(this.pods, this.seenFrom)];
  }
}

/** The connections of a workload. They are declared by the caller, and allowed by the policies of both ends. */
export class Connections implements Accepting {
  private outgoing: readonly (PolicyRule | (() => readonly PolicyRule[]))[] = NONE;
  private incoming: readonly (PolicyRule | LateRules)[] = NONE;
  /** Names outside of the cluster, which a NetworkPolicy cannot have. */
  private domains: readonly DomainRule[] = NONE;

  constructor(readonly owner: Endpoint) {
    connections.of(owner.construct).set(owner.construct, this);
  }

  /** @param fieldOf the prop that a target comes from, for messages */
  to(targets: readonly Connectable[], fieldOf = connectsToField): void {
    if (targets.length === 0) {
      return;
    }
    const check = Check.of(this.owner.construct);
    for (const [i, connectable] of targets.entries()) {
      const field = fieldOf(i);
      if (typeof connectable?.toConnectionTarget !== 'function') {
        check.fail(
          'type',
          field,
          `${field} must be a workload with ports or a Peer, but is ${describe(connectable)}`,
          'write the workload, workload.on(...), or Peer.cidr(...)',
        );
      }
      if (connectable instanceof MetricsPeer) {
        this.outgoing = grown(this.outgoing, connectable.rulesFor(this.owner));
        continue;
      }
      if (isCallerAlone(connectable)) {
        check.fail(
          'forbidden',
          field,
          `${field} must not be Peer.controlPlane(), which calls pods and is not called`,
          "write it in acceptsFrom of the workload that is called; for calls of the Kubernetes API use 'apiAccess'",
        );
      }
      const target = targetOfUser(check, field, connectable);
      const { domain, workload, origin: behind } = natureOf(connectable);
      if (domain !== undefined) {
        this.domains = appended(this.domains, { domain, ports: target.ports });
        continue;
      }
      if (workload) {
        checkForeign(this.owner, workload, field);
      }
      if (behind?.node?.root === this.owner.construct.node.root && endpointOf(behind)) {
        check.fail(
          'forbidden',
          field,
          `${field} must not be Peer.of('${behind.node.path}'), a workload of this app: its policy would not let these pods in`,
          'write the workload, or workload.on(...) for some of its ports',
        );
      }
      if (!target.workload) {
        this.outgoing = grown(this.outgoing, target);
        continue;
      }
      const other = connections.of(target.workload).get(target.workload);
      if (target.workload.node.root !== this.owner.construct.node.root || !other) {
        throw check.error(
          'forbidden',
          field,
          `${field} must be a workload of this app, but '${target.workload.node.path}' is in another one, which creates its network policy`,
          'write Peer.of(...) or Peer.cidr(...) for a destination outside of the app',
        );
      }
      const fresh = this.notCalled(other.owner, target.ports);
      if (fresh.length > 0) {
        const given = target.peers.length > 0 ? target.peers : NONE;
        this.outgoing = grown(this.outgoing, new PodsRule(other.owner, this.owner.namespace, fresh, given));
        other.incoming = grown(other.incoming, new PodsRule(this.owner, other.owner.namespace, fresh, NONE));
      }
    }
  }

  /** Those of the ports of a workload that are not called yet. */
  private notCalled(other: Endpoint, ports: readonly NetworkPolicyPort[]): readonly NetworkPolicyPort[] {
    let fresh = ports.slice();
    for (const rule of this.outgoing) {
      if (rule instanceof PodsRule && rule.pods === other) {
        fresh = fresh.filter((port) => !rule.ports.some((known) => samePort(known, port)));
      }
    }
    return fresh;
  }

  /** Adds targets that can be computed only when the app is complete. */
  toLate(rules: () => readonly PolicyRule[]): void {
    this.outgoing = grown(this.outgoing, rules);
  }

  accept(peers: readonly NetworkPolicyPeer[], ports: readonly NetworkPolicyPort[]): void {
    this.incoming = grown(this.incoming, { peers, ports });
  }

  /** Adds rules that can be computed only when the app is complete. */
  acceptLate(rules: LateRules): void {
    this.incoming = grown(this.incoming, rules);
  }

  get egress(): readonly PolicyRule[] {
    return allOf<PolicyRule, undefined>(this.outgoing, undefined);
  }

  /** @internal */
  get callsDomains(): boolean {
    return this.domains.length > 0;
  }

  /** The names that it connects to, each once. */
  get calledDomains(): readonly DomainRule[] {
    return withoutRepeated(
      this.domains,
      ({ domain }) => domain,
      ({ domain }, ports) => ({ domain, ports }),
    );
  }

  get ingress(): readonly PolicyRule[] {
    const all = this.incoming.flatMap((rule) => (typeof rule === 'function' ? (rule(this.owner) ?? []) : [rule]));
    return areApart(all)
      ? all
      : withoutRepeated(
          all,
          ({ peers }) => JSON.stringify(peers),
          ({ peers }, ports) => ({ peers, ports }),
        );
  }
}

/** Whether no two rules have the same peers, since they have different numbers of them. */
function areApart(rules: readonly PolicyRule[]): boolean {
  return rules.length < 2 || new Set(rules.map(({ peers }) => peers.length)).size === rules.length;
}

/** What a prop opens may be derived from objects once more. */
function withoutRepeated<R extends Pick<PolicyRule, 'ports'>>(
  rules: readonly R[],
  keyOf: (rule: R) => string,
  withPorts: (rule: R, ports: readonly NetworkPolicyPort[]) => R,
): R[] {
  if (rules.length < 2) {
    return [...rules];
  }
  const known = new Map<string, NetworkPolicyPort[]>();
  return rules.flatMap((rule) => {
    const before = entryOf(known, keyOf(rule), () => []);
    const fresh = rule.ports.filter((port) => !before.some((other) => samePort(other, port)));
    before.push(...fresh);
    return fresh.length === rule.ports.length ? [rule] : fresh.length === 0 ? [] : [withPorts(rule, fresh)];
  });
}

/** A user may write a Connectable of another kind. */
export function targetOfUser(check: Check, field: string, connectable: Connectable): ConnectionTarget {
  const target: Partial<ConnectionTarget> | undefined = check.run(field, `toConnectionTarget() of ${field}`, () =>
    connectable.toConnectionTarget(),
  );
  if (!Array.isArray(target?.peers) || !Array.isArray(target.ports)) {
    check.fail(
      'type',
      field,
      `toConnectionTarget() of ${field} must return { peers, ports }, but returns ${describe(target)}`,
      'return both as lists, as of a NetworkPolicy',
    );
  }
  return target as ConnectionTarget;
}

/** A Peer of whom only the complete app says who it is. */
const isCallerAlone = (connectable: object): boolean =>
  (connectable as { readonly peersIn?: unknown }).peersIn !== undefined;

export function samePort(a: NetworkPolicyPort, b: NetworkPolicyPort): boolean {
  return a.port === b.port && (a.protocol ?? 'TCP') === (b.protocol ?? 'TCP');
}
