import type { VolumeMount } from '../imports/kubernetes';
import type { Inventory, PodObject } from '../kube/inventory';
import { isWindowsPod } from '../kube/os-fields';
import { type PodContainer, podContainers } from '../kube/pod-containers';
import type { ReportFinding, ReviewInput } from './rule';

/** Pods that may break a rule, by a cheap question about each of them that nearly all answer with no. */
export type Suspects =
  | { readonly of: 'pods'; readonly ask: (pod: PodObject, containers: readonly PodContainer[]) => boolean }
  | { readonly of: 'containers'; readonly ask: (one: PodContainer, pod: PodObject) => boolean };

/** The questions of all rules: each pod is looked at once for all of them, while it is at hand. */
const known: Suspects[] = [];

/** Pods of which it holds. */
export function suspectPods(ask: (pod: PodObject, containers: readonly PodContainer[]) => boolean): Suspects {
  return added({ of: 'pods', ask });
}

/** Pods with a container, of whatever role, of which it holds. */
export function suspectContainers(ask: (one: PodContainer, pod: PodObject) => boolean): Suspects {
  return added({ of: 'containers', ask });
}

/** Several rules are about these. */
export const WITH_ENV = suspectContainers(({ container }) => container.env !== undefined);
export const WITH_SUB_PATHS = suspectContainers(({ container }) => container.volumeMounts?.some(hasSubPath) === true);
export const WINDOWS_PODS = suspectPods(({ spec }) => isWindowsPod(spec));

function hasSubPath({ subPath }: VolumeMount): boolean {
  return Boolean(subPath);
}

function added(suspects: Suspects): Suspects {
  known.push(suspects);
  return suspects;
}

/** The check of a rule that looks closer at suspects, in the order of the set. */
export function checkSuspects(
  suspects: Suspects,
  check: (pod: PodObject, report: ReportFinding, input: ReviewInput) => void,
): (input: ReviewInput, report: ReportFinding) => void {
  return (input, report) => {
    for (const pod of suspectsIn(input.inventory, suspects)) {
      check(pod, report, input);
    }
  };
}

/** The suspects of a set, in its order. */
export function suspectsIn(inventory: Inventory, suspects: Suspects): readonly PodObject[] {
  // the question of a rule that was loaded later is asked by itself
  return inventory.view(suspectsOfAll).get(suspects) ?? foundBy([suspects], inventory).get(suspects)!;
}

const suspectsOfAll = (inventory: Inventory) => foundBy(known, inventory);

function foundBy(all: readonly Suspects[], { pods }: Inventory): ReadonlyMap<Suspects, readonly PodObject[]> {
  const found = new Map<Suspects, PodObject[]>();
  for (const suspects of all) {
    found.set(suspects, []);
  }
  const ofPods = all.filter((one) => one.of === 'pods');
  const ofContainers = all.filter((one) => one.of === 'containers');
  for (const pod of pods) {
    const containers = podContainers(pod);
    for (let i = 0; i < ofPods.length; i++) {
      const suspects = ofPods[i]!;
      if (suspects.ask(pod, containers)) {
        found.get(suspects)!.push(pod);
      }
    }
    for (let i = 0; i < containers.length; i++) {
      const container = containers[i]!;
      for (let j = 0; j < ofContainers.length; j++) {
        const suspects = ofContainers[j]!;
        if (suspects.ask(container, pod)) {
          addOnce(found.get(suspects)!, pod);
        }
      }
    }
  }
  return found;
}

/** Adds a pod of which another container may have been found before. */
function addOnce(found: PodObject[], pod: PodObject): void {
  if (found.at(-1) !== pod) {
    found.push(pod);
  }
}
