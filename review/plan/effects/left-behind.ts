import type { LabelSelector } from '../../../imports/kubernetes';
import { isAutoscaler, scaleTargetOf } from '../../../kube/autoscalers';
import { claimsIn } from '../../../kube/claims';
import { type InventoryObject, referenceTo } from '../../../kube/inventory';
import { groupKindOf } from '../../../kube/kinds';
import { asList, asObject } from '../../../kube/loose';
import { podTemplates } from '../../../kube/pod-templates';
import { policyTypesOf } from '../../../kube/reachability/network-policies';
import { workloadKind } from '../../../kube/workload-kinds';
import { selectedPods } from '../../selection';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { countOfOld, podsText } from './counts';
import { leftBehind, movesOfKind, named } from './moves';

type Said = Omit<Effect, 'object'>;

/** What objects go on doing that are no longer in the set, beyond what their kind alone tells. */
export const leftBehindObjects: EffectsOf = (input) =>
  leftBehind(input).flatMap((object): readonly Effect[] =>
    said(input, object).map((effect) => ({ ...effect, object: referenceTo(object) })),
  );

const notice = (kind: Effect['kind'], text: string): Said[] => [{ kind, risk: 'notice', text }];

function said(input: PlanInput, object: InventoryObject): readonly Said[] {
  const { manifest } = object;
  const workload = workloadKind(manifest);
  if (workload || podTemplates(manifest).length > 0) {
    return ofWorkload(input, object);
  }
  if (isAutoscaler(manifest)) {
    return ofAutoscaler(input, object);
  }
  switch (groupKindOf(manifest)) {
    case '/Service':
      return ofService(input, object);
    case 'policy/PodDisruptionBudget':
      return ofBudget(input, object);
    case 'networking.k8s.io/NetworkPolicy':
      return ofPolicy(input, object);
    case 'rbac.authorization.k8s.io/RoleBinding':
    case 'rbac.authorization.k8s.io/ClusterRoleBinding':
      return notice(
        'permission',
        `${named(object)} stays, and still grants ${roleText(object)} to ${subjectsText(object)}`,
      );
    default:
      return [];
  }
}

function ofWorkload(input: PlanInput, object: InventoryObject): readonly Said[] {
  const { kind, spec } = object.manifest;
  const workload = workloadKind(object.manifest);
  if (kind === 'Job') {
    // what has run once does nothing more
    return [];
  }
  if (kind === 'CronJob') {
    return spec?.suspend === true ? [] : notice('job', `${named(object)} stays, and still runs at '${spec?.schedule}'`);
  }
  if (kind === 'ScaledJob') {
    return notice('job', `${named(object)} stays, and KEDA still makes its Jobs`);
  }
  if (!workload || workload.perNode || kind === 'PodTemplate') {
    return kind === 'PodTemplate'
      ? []
      : [{ ...notice('pods', `${named(object)} stays, and its pods go on`)[0]!, pods: { change: 'kept' } }];
  }
  const of = countOfOld(input, object);
  const volumes = claimsIn(object.manifest).length > 0 ? ' with its volumes' : '';
  return of === 0
    ? []
    : [
        {
          kind: 'pods',
          risk: 'notice',
          text: `${named(object)} stays, and ${of === 1 ? 'its pod goes' : `its ${podsText(of)} go`} on${volumes}`,
          pods: { change: 'kept', fewestReady: of, of },
        },
      ];
}

function ofAutoscaler(input: PlanInput, object: InventoryObject): readonly Said[] {
  const target = scaleTargetOf(object.manifest);
  const isTold = movesOfKind(input, target?.kind ?? '').some(
    ({ after, change }) =>
      after.namespace === object.namespace &&
      after.manifest.metadata.name === target?.name &&
      change.new?.manifest.spec?.replicas !== undefined,
  );
  // the workload says itself that both decide
  return target && !isTold
    ? notice('scale', `${named(object)} stays, and still scales ${target.kind} '${object.namespace}/${target.name}'`)
    : [];
}

/** A Service without its own workload in the set sends to whatever has the labels. */
function ofService(input: PlanInput, object: InventoryObject): readonly Said[] {
  const { type, selector } = object.manifest.spec ?? {};
  const balancer =
    type === 'LoadBalancer'
      ? notice('load-balancer', `${named(object)} stays with its load balancer, which costs as before`)
      : [];
  const labels = selector as Readonly<Record<string, string>> | undefined;
  const behind =
    labels && Object.keys(labels).length > 0 ? selectedPods(input.new, { matchLabels: labels }, object.namespace) : [];
  const owners = [...new Set(behind.map(named))];
  return owners.length > 0
    ? [...balancer, ...notice('connection', `${named(object)} stays, and sends to the pods of ${owners.join(' and ')}`)]
    : balancer;
}

function ofPolicy(input: PlanInput, object: InventoryObject): readonly Said[] {
  const types = policyTypesOf(asObject(object.manifest.spec));
  const what = types.length > 1 ? 'what goes in and out' : types[0] === 'Egress' ? 'what goes out' : 'what comes in';
  const pods = selectedText(input, object);
  return pods === undefined ? [] : notice('connection', `${named(object)} stays, and still limits ${what} of ${pods}`);
}

function ofBudget(input: PlanInput, object: InventoryObject): readonly Said[] {
  const pods = selectedText(input, object);
  return pods === undefined
    ? []
    : notice('disruption', `${named(object)} stays, and still limits evictions of ${pods}`);
}

/** The pods of the new set that an object selects; undefined where it selects only what stays behind with it. */
function selectedText({ new: next }: PlanInput, object: InventoryObject): string | undefined {
  const { selector, podSelector } = object.manifest.spec ?? {};
  const labels = (selector ?? podSelector ?? {}) as LabelSelector;
  const owners = [...new Set(selectedPods(next, labels, object.namespace).map(named))];
  if (owners.length === 0) {
    return undefined;
  }
  return owners.length > 2 ? `the pods of ${owners.length} workloads` : `the pods of ${owners.join(' and ')}`;
}

function roleText({ manifest }: InventoryObject): string {
  const { kind, name } = asObject((manifest as { readonly roleRef?: unknown }).roleRef);
  return `${kind} '${name}'`;
}

function subjectsText({ manifest }: InventoryObject): string {
  const subjects = asList((manifest as { readonly subjects?: unknown }).subjects);
  return subjects.map(({ kind, name }) => `${kind} '${name}'`).join(', ') || 'nobody';
}
