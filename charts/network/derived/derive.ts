import type { IConstruct } from 'constructs';
import { ALB_PREFIX } from '../../../eks/load-balancer-annotations';
import { clusterOf } from '../../core/cluster-context';
import { serviceOf } from '../expose/exposed-services';
import type { Accepting, LateRules } from '../policy';
import type { Caller } from './calls';
import { derivedCalls } from './index';
import { type DerivedTarget, targetsOf } from './reached';
import { rulesFor } from './rules';

/** Opens the policy of a workload for who calls it by what objects of the app name. */
export function acceptDerived(connections: Accepting, target: DerivedTarget): void {
  const { owner } = target;
  targetsOf(owner.construct).set(owner.construct, target);
  connections.acceptLate(derivedRules);
}

/** One function for all workloads, each of which keeps it. */
const derivedRules: LateRules = ({ construct }) => rulesFor(callsOf(construct), clusterOf(construct));

/** Whether an object of the app makes the pods of a workload targets of a load balancer. */
export function isBalanced(construct: IConstruct): boolean {
  return callsOf(construct).some(({ call }) => isPodTarget(call.caller));
}

/** Whether an object of the app makes pods of a namespace targets of a load balancer. */
export function isNamespaceBalanced(construct: IConstruct, namespace: string): boolean {
  return derivedCalls(construct).balanced.has(namespace);
}

/** What the Service of a workload says to an Ingress that does not say how long its targets drain. */
export function derivedAnnotations(construct: IConstruct): Readonly<Record<string, string>> {
  const service = serviceOf(construct);
  const isSilent = callsOf(construct).some(
    ({ call }) => call.saysDrain === false && isPodTarget(call.caller) && call.service === service?.name,
  );
  return service && isSilent
    ? {
        [`${ALB_PREFIX}target-group-attributes`]: `deregistration_delay.timeout_seconds=${service.deregistrationDelay}`,
      }
    : {};
}

const isPodTarget = (caller: Caller): boolean => caller.by === 'load-balancer' && caller.targetsPods;

const callsOf = (construct: IConstruct) => derivedCalls(construct).byWorkload.get(construct) ?? [];
