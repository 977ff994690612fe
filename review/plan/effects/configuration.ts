import type { PodSpec } from '../../../imports/kubernetes';
import { addTo } from '../../../kube/collections';
import { type InventoryObject, referenceTo } from '../../../kube/inventory';
import { containersOf } from '../../../kube/pod-resources';
import { podTemplates } from '../../../kube/pod-templates';
import { workloadKind } from '../../../kube/workload-kinds';
import { kubectlName } from '../kubectl';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { isSame, isUpdate, movesOf, movesOfKind, named, type Update } from './moves';
import { isTemplateChanged } from './template-change';

/** Content that changes under the same name: no pod restarts for it. */
export const configuration: EffectsOf = (input) => {
  const changed = movesOfKind(input, 'ConfigMap', 'Secret').filter(isUpdate).filter(hasOtherContent);
  if (changed.length === 0) {
    return [];
  }
  const users = usersIn(input, new Set(changed.map(({ after }) => after.namespace)));
  return changed.flatMap((update) => effectOf(update, users.get(keyOf(update.after)) ?? []));
};

/** A workload that reads a ConfigMap or a Secret, and how. */
interface User {
  readonly workload: InventoryObject;
  readonly ways: Ways;
}

/** How the pods of a workload get the content. */
interface Ways {
  /** As variables, or as single files that are mounted by `subPath`: only at the start. */
  readonly atStart: boolean;
  /** As files, which the kubelet renews. */
  readonly files: boolean;
}

function effectOf({ after, change }: Update, users: readonly User[]): readonly Effect[] {
  const object = referenceTo(after);
  const because = change.fields.map(({ field }) => field);
  if (users.length === 0) {
    const text = `the content of ${named(after)} changes, and no pod of the set reads it`;
    return [{ kind: 'configuration', risk: 'none', object, text, because }];
  }
  const who = (wanted: (ways: Ways) => boolean) =>
    users.filter(({ ways }) => wanted(ways)).map(({ workload }) => named(workload));
  const [late, soon] = [who(({ atStart }) => atStart), who(({ atStart, files }) => files && !atStart)];
  return [
    ...(late.length > 0
      ? [
          {
            kind: 'configuration' as const,
            risk: 'notice' as const,
            object,
            text: `the content of ${named(after)} changes, and no pod restarts for it: ${several(late)} ${late.length === 1 ? 'reads' : 'read'} it at the next start`,
            because,
            remedy: users.flatMap(({ workload, ways }) => (ways.atStart ? restart(workload) : [])),
          },
        ]
      : []),
    ...(soon.length > 0
      ? [
          {
            kind: 'configuration' as const,
            risk: 'notice' as const,
            object,
            text: `the content of ${named(after)} changes: the files of ${several(soon)} change about a minute later, without a restart`,
            because,
          },
        ]
      : []),
  ];
}

function restart(workload: InventoryObject) {
  return /^(?:Deployment|StatefulSet|DaemonSet)$/.test(workload.manifest.kind)
    ? [
        {
          text: `to restart ${named(workload)} with the new content`,
          command: `kubectl rollout restart ${kubectlName(referenceTo(workload))}`,
        },
      ]
    : [];
}

/** "A, B and 3 more". */
function several(words: readonly string[]): string {
  const more = words.length - 3;
  return more > 0 ? `${words.slice(0, 3).join(', ')} and ${more} more` : words.join(' and ');
}

const CONTENT = ['data', 'binaryData', 'stringData'];

function hasOtherContent({ before, after }: Update): boolean {
  const [was, is] = [before.manifest, after.manifest] as unknown as Readonly<Record<string, unknown>>[];
  return CONTENT.some((field) => !isSame(was![field], is![field]));
}

const keyOf = ({ manifest, namespace }: InventoryObject): string =>
  contentKey(manifest.kind, namespace, manifest.metadata.name);
const contentKey = (kind: string, namespace: string, name: string): string => `${kind} ${namespace}/${name}`;

/** Workloads whose pods stay, by what they read. Jobs have read it already, or read it when they start. */
function usersIn(input: PlanInput, namespaces: ReadonlySet<string>): ReadonlyMap<string, readonly User[]> {
  const restarted = new Set(
    movesOf(input).flatMap((move) => (isUpdate(move) && !isTemplateChanged(move) ? [] : [keyOf(move.after)])),
  );
  const found = new Map<string, User[]>();
  for (const workload of [...namespaces].flatMap((namespace) => input.after.inNamespace(namespace))) {
    if (workloadKind(workload.manifest)?.job || restarted.has(keyOf(workload))) {
      continue;
    }
    for (const { template } of podTemplates(workload.manifest)) {
      for (const { kind, name, ways } of readBy(template.spec)) {
        addTo(found, contentKey(kind, workload.namespace, name), { workload, ways });
      }
    }
  }
  return found;
}

/** What a pod reads. */
interface Content {
  readonly kind: string;
  readonly name: string;
  readonly ways: Ways;
}

function readBy(pod: PodSpec | undefined): readonly Content[] {
  const found = new Map<string, Content>();
  const add = (kind: string, name: string | undefined, way: Partial<Ways>) => {
    if (name) {
      const { atStart, files } = found.get(`${kind} ${name}`)?.ways ?? { atStart: false, files: false };
      const ways = { atStart: atStart || way.atStart === true, files: files || way.files === true };
      found.set(`${kind} ${name}`, { kind, name, ways });
    }
  };
  if (!pod) {
    return [];
  }
  const atStart = { atStart: true };
  const fixed = new Set<string>();
  for (const { env = [], envFrom = [], volumeMounts = [] } of containersOf(pod)) {
    for (const { configMapRef, secretRef } of envFrom) {
      add('ConfigMap', configMapRef?.name, atStart);
      add('Secret', secretRef?.name, atStart);
    }
    for (const { valueFrom } of env) {
      add('ConfigMap', valueFrom?.configMapKeyRef?.name, atStart);
      add('Secret', valueFrom?.secretKeyRef?.name, atStart);
    }
    for (const { name, subPath, subPathExpr } of volumeMounts) {
      if (subPath !== undefined || subPathExpr !== undefined) {
        fixed.add(name);
      }
    }
  }
  for (const { name: volume, configMap, secret, projected } of pod.volumes ?? []) {
    const way = fixed.has(volume) ? atStart : { files: true };
    add('ConfigMap', configMap?.name, way);
    add('Secret', secret?.secretName, way);
    for (const source of projected?.sources ?? []) {
      add('ConfigMap', source.configMap?.name, way);
      add('Secret', source.secret?.name, way);
    }
  }
  return [...found.values()];
}
