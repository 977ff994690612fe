import type { PatternError } from '../../charts/core/errors';
import { ARCH } from '../../eks/node-labels';
import { profileOf } from '../../eksctl/fargate-profiles';
import { errorAt, title } from '../../kube/objects';
import { demandOf } from './demand';
import type { FitFindings, FitInput, FitWarning } from './input';
import { type Demand, type Place, type Refusal, refusalOf } from './place';
import { fixOf, reasonsOf } from './placement-text';
import { clusterZones, placesOf } from './places';
import { type PodObject, podObjects } from './pods';
import { volumeIndex } from './volumes';

/** Pods that no node of the cluster takes. */
export function placementFindings(input: FitInput): FitFindings {
  const places = placesOf(input);
  const errors: PatternError[] = [];
  const warnings: FitWarning[] = [];
  if (!places) {
    return { errors, warnings };
  }
  const zones = clusterZones(input);
  const index = volumeIndex(input.objects);
  for (const pod of podObjects(input.objects).filter(isScheduled)) {
    if (profileOf(pod, input.config)) {
      continue;
    }
    const demand = demandOf(pod, index);
    const refusals = refusalsOf(places, demand);
    if (!refusals || isToldAsRequirement(pod, refusals)) {
      continue;
    }
    const [problem, fix] = places.length === 0 ? noProfile(pod, input) : noPlace(pod, places, refusals, zones);
    if (pod.manifest.kind === 'DaemonSet') {
      warnings.push({ construct: pod.construct, message: `${problem}: it runs nowhere. ${capitalized(fix)}` });
    } else {
      errors.push(errorAt(pod, problem, fix));
    }
  }
  return { errors, warnings };
}

/** Pods of which another scheduler or the user decides where they go are theirs. */
function isScheduled({ spec }: PodObject): boolean {
  return spec.nodeName === undefined && (spec.schedulerName ?? 'default-scheduler') === 'default-scheduler';
}

/** What each place has against the pods, or undefined when one takes them. */
function refusalsOf(places: readonly Place[], demand: Demand): Refusal[] | undefined {
  const refusals: Refusal[] = [];
  for (const place of places) {
    const refusal = refusalOf(place, demand);
    if (!refusal) {
      return undefined;
    }
    refusals.push(refusal);
  }
  return refusals;
}

/** A missing architecture is told by the requirement of whoever asks for it. */
function isToldAsRequirement({ requires }: PodObject, refusals: readonly Refusal[]): boolean {
  const byArchitecture = refusals.every(
    (refusal) =>
      refusal.kind === 'label' && refusal.key === ARCH && requires.has(`architecture/${refusal.asked?.values?.[0]}`),
  );
  return refusals.length > 0 && byArchitecture;
}

function noPlace(
  pod: PodObject,
  places: readonly Place[],
  refusals: readonly Refusal[],
  zones: readonly string[],
): [problem: string, fix: string] {
  return [
    `no node of the cluster takes the pods of ${title(pod)}: ${reasonsOf(places, refusals)}`,
    fixOf(places, refusals, zones),
  ];
}

function noProfile(pod: PodObject, { config }: FitInput): [problem: string, fix: string] {
  const names = (config.fargateProfiles ?? []).map(({ name }, i) => `fargateProfiles[${i}] '${name}'`);
  return [
    `the cluster runs pods on Fargate alone, and none of its profiles (${names.join(', ')}) selects the pods of ${title(pod)}`,
    `add the selector { namespace: '${pod.namespace}' } to one of them, or a node group`,
  ];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
