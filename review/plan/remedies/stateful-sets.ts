import type { StatefulSetSpec } from '../../../imports/kubernetes';
import type { ObjectReference } from '../../../kube/finding';
import { amountOf } from '../../../kube/quantity';
import { kubectlName, kubectlPatch } from '../kubectl';
import type { Change, RemedyStep } from '../model';
import { changedWithin, type Remedy } from './remedy';

const kinds = ['apps/StatefulSet'];
const TEMPLATES = 'spec.volumeClaimTemplates';
const SIZE = /^spec\.volumeClaimTemplates\[(\d+)\]\.spec\.resources\.requests\.storage$/;

/** Claims that only grow: the members keep running. */
const growth: Remedy = {
  kinds,
  fits: (change) => {
    const changed = changedWithin(change, TEMPLATES);
    return (
      changed.length > 0 && changed.every(({ field, from, to }) => SIZE.test(field) && amountOf(to) > amountOf(from))
    );
  },
  steps: (change, apply) => [
    ...withoutItsPods(change, apply),
    ...changedWithin(change, TEMPLATES).flatMap(({ field, to }) => {
      const template = specOf(change).volumeClaimTemplates?.[Number(SIZE.exec(field)![1])]?.metadata?.name ?? '';
      return membersOf(change).map((member) => ({
        text: `Grow the volume of ${member}. EBS allows another change of it after six hours.`,
        command: kubectlPatch(coreObject(change.object, 'PersistentVolumeClaim', `${template}-${member}`), {
          spec: { resources: { requests: { storage: to } } },
        }),
      }));
    }),
  ],
};

/** Another selector: a set takes over no pod that it does not select, so each member is made again. */
const selector: Remedy = {
  kinds,
  fits: (change) => changedWithin(change, 'spec.selector').length > 0,
  steps: (change, apply) => [
    ...withoutItsPods(change, apply),
    ...membersOf(change).flatMap((member, i) => [
      {
        text: `Delete ${member}: the new set makes it again, on its volume.`,
        command: `kubectl delete ${kubectlName(coreObject(change.object, 'Pod', member))}`,
      },
      {
        text: `Wait until ${member} is ready before the next one.`,
        command: `kubectl wait ${kubectlName(change.object)} --for=jsonpath={.status.readyReplicas}=${i + 1} --timeout=15m`,
      },
    ]),
  ],
};

/** Another Service, whose name is in the address of each member. */
const serviceName: Remedy = {
  kinds,
  fits: (change) => changedWithin(change, 'spec.serviceName').length > 0,
  steps: (change, apply) => [
    ...withoutItsPods(change, apply),
    {
      text: 'Restart the members, which get their new addresses; clients need these too.',
      command: `kubectl rollout restart ${kubectlName(change.object)}`,
    },
  ],
};

/** Other templates of claims: members that exist keep their volumes. */
const templates: Remedy = {
  kinds,
  fits: (change) => changedWithin(change, TEMPLATES).length > 0,
  steps: (change, apply) => [
    ...withoutItsPods(change, apply),
    {
      text: 'Volumes that exist stay as they are, under the names of the old templates; new members get theirs by the new ones. To move a member, copy its data, then delete its claim and its pod.',
    },
  ],
};

const any: Remedy = { kinds, fits: () => true, steps: withoutItsPods };

/** In the order in which they are tried. */
export const STATEFUL_SETS: readonly Remedy[] = [growth, selector, serviceName, templates, any];

function withoutItsPods({ object }: Change, apply: string): readonly RemedyStep[] {
  return [
    {
      text: 'Delete the set without its pods, which keep running.',
      command: `kubectl delete ${kubectlName(object)} --cascade=orphan`,
    },
    { text: 'Apply: the new set takes over the pods that it selects.', command: apply },
  ];
}

function specOf({ new: next }: Change): Partial<StatefulSetSpec> {
  return (next?.manifest.spec ?? {}) as Partial<StatefulSetSpec>;
}

/** The members that run now. */
function membersOf({ old, object }: Change): string[] {
  const { replicas, ordinals } = (old?.manifest.spec ?? {}) as Partial<StatefulSetSpec>;
  const first = ordinals?.start ?? 0;
  return Array.from({ length: replicas ?? 1 }, (_, i) => `${object.name}-${first + i}`);
}

function coreObject({ namespace }: ObjectReference, kind: string, name: string): ObjectReference {
  return { apiVersion: 'v1', kind, ...(namespace === undefined ? {} : { namespace }), name };
}
