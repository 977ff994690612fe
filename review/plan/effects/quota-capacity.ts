import { type InventoryObject, referenceTo } from '../../../kube/inventory';
import { formatBytes, formatCpu, ONE } from '../../../kube/quantity';
import { workloadKind } from '../../../kube/workload-kinds';
import { kubectlName } from '../kubectl';
import type { Effect, EffectsOf, PlanInput, RemedyStep } from '../model';
import { isUpdate, leftBehind, movesOfKind, named } from './moves';
import { quotaCounts } from './quota-counts';
import { type QuotaUse, quotasOf } from './quotas';

/** Whether quotas hold what an apply adds, and old pods beside new ones. */
export const quotaCapacity: EffectsOf = (input) => [
  ...quotasOf(input).uses.flatMap((use) => ofQuota(input, use)),
  ...quotaCounts(input),
];

function ofQuota(input: PlanInput, use: QuotaUse): readonly Effect[] {
  const { quota, limits, before, after } = use;
  const stopped = [...quotasOf(input).stuck].filter(([, one]) => one.quota === quota);
  const object = referenceTo(quota);
  if (stopped.length > 0) {
    const resources = [...new Set(stopped.map(([, { resource }]) => resource))];
    const amounts = resources.map(
      (name) =>
        `of ${name} ${named(quota)} lets through ${text(name, limits.get(name))}, pods before the apply use ${text(name, before.get(name))} and those after it ${text(name, after.get(name))}`,
    );
    return [
      {
        kind: 'capacity',
        risk: 'danger',
        object,
        text: `${amounts.join('; ')}: the rollout of ${titles(stopped.map(([key]) => key))} does not end`,
        remedy: remedyOf(input, quota),
      },
    ];
  }
  const short = [...limits].filter(
    ([name, limit]) => (after.get(name) ?? 0n) > limit && (before.get(name) ?? 0n) <= (before.get(name) ?? limit),
  );
  const moved = movesOfKind(input, 'ResourceQuota').some((move) => move.after.manifest === quota.manifest);
  return moved && short.length > 0
    ? [
        {
          kind: 'capacity',
          risk: 'danger',
          object,
          text: `${named(quota)} is smaller than what runs: of ${short.map(([name, limit]) => `${name} it lets through ${text(name, limit)}, and ${text(name, after.get(name))} are used`).join('; of ')}: a pod that ends is not replaced`,
          because: ['spec.hard'],
        },
      ]
    : [];
}

function text(name: string, amount = 0n): string {
  return name.endsWith('cpu')
    ? formatCpu(amount)
    : /memory|storage/.test(name)
      ? formatBytes(amount)
      : String(amount / ONE);
}

/** "Deployment 'shop/web'" of 'shop/Deployment/web'. */
function titles(keys: readonly string[]): string {
  return keys.map((key) => key.replace(/^([^/]*)\/([^/]*)\/(.*)$/, "$2 '$1/$3'")).join(' and ');
}

/** What is left behind counts against the quota as long as it is there; else smaller steps leave room. */
function remedyOf(input: PlanInput, quota: InventoryObject): readonly RemedyStep[] {
  const left = leftBehind(input).filter(
    ({ manifest, namespace }) => namespace === quota.namespace && workloadKind(manifest) && manifest.kind !== 'Job',
  );
  const shrinks = movesOfKind(input, 'ResourceQuota').some(
    (move) => isUpdate(move) && move.after.manifest === quota.manifest,
  );
  return [
    ...left.map((object) => ({
      text: `${named(object)} counts against the quota: delete it when nobody needs it`,
      command: `kubectl delete ${kubectlName(referenceTo(object))}`,
    })),
    ...(left.length === 0
      ? [
          {
            text: shrinks
              ? 'lower `resources` by half at most, apply, wait for the rollout, and lower them again; or set totals of the quota that hold old and new pods'
              : 'raise the totals of the quota so that they hold old and new pods',
          },
        ]
      : []),
  ];
}
