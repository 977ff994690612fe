import type { PatternError } from '../../charts/core/errors';
import { ARCH } from '../../eks/node-labels';
import { profileOf } from '../../eksctl/fargate-profiles';
import { errorAt, title } from '../../kube/objects';
import { explainUnschedulable, suggestFix } from '../../simulator/node-templates/explain-unschedulable';
import type { Mismatch, NodeTemplate } from '../../simulator/node-templates/node-template';
import { clusterZones, nodeTemplatesOf } from '../../simulator/node-templates/of-cluster';
import {
  mismatchOf,
  type SchedulingConstraints,
  schedulingConstraints,
} from '../../simulator/node-templates/scheduling-constraints';
import type { FitFindings, FitInput, FitWarning } from './input';
import { type PodObject, podObjects } from './pods';
import { claimedVolumes, volumeIndex } from './volumes';

/** Pods that no node of the cluster takes. */
export function placementFindings(input: FitInput): FitFindings {
  const templates = nodeTemplatesOf(input);
  const errors: PatternError[] = [];
  const warnings: FitWarning[] = [];
  if (!templates) {
    return { errors, warnings };
  }
  const zones = clusterZones(input);
  const index = volumeIndex(input.objects);
  for (const pod of podObjects(input.objects).filter(isScheduled)) {
    if (profileOf(pod, input.config)) {
      continue;
    }
    const constraints = schedulingConstraints(pod.spec, claimedVolumes(pod, index));
    const mismatches = mismatchesOf(templates, constraints);
    if (!mismatches || isToldAsRequirement(pod, mismatches)) {
      continue;
    }
    const [problem, fix] = templates.length === 0 ? noProfile(pod, input) : noPlace(pod, templates, mismatches, zones);
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

/** What each template has against the pods, or undefined when one takes them. */
function mismatchesOf(templates: readonly NodeTemplate[], constraints: SchedulingConstraints): Mismatch[] | undefined {
  const mismatches: Mismatch[] = [];
  for (const template of templates) {
    const mismatch = mismatchOf(template, constraints);
    if (!mismatch) {
      return undefined;
    }
    mismatches.push(mismatch);
  }
  return mismatches;
}

/** A missing architecture is told by the requirement of whoever asks for it. */
function isToldAsRequirement({ requires }: PodObject, mismatches: readonly Mismatch[]): boolean {
  const byArchitecture = mismatches.every(
    (mismatch) =>
      mismatch.kind === 'label' && mismatch.key === ARCH && requires.has(`architecture/${mismatch.asked?.values?.[0]}`),
  );
  return mismatches.length > 0 && byArchitecture;
}

function noPlace(
  pod: PodObject,
  templates: readonly NodeTemplate[],
  mismatches: readonly Mismatch[],
  zones: readonly string[],
): [problem: string, fix: string] {
  return [
    `no node of the cluster takes the pods of ${title(pod)}: ${explainUnschedulable(templates, mismatches)}`,
    suggestFix(templates, mismatches, zones),
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
