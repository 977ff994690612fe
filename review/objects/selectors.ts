import type { ManifestError } from '../../charts/core/errors';
import type { LabelSelector } from '../../imports/kubernetes';
import { scaleTargetOf } from '../../kube/autoscalers';
import { addTo } from '../../kube/collections';
import { errorAt, namespaceIn, type Placed, selects, title } from '../../kube/objects';
import { podTemplate, workloadKind } from '../../kube/workload-kinds';

/** The pods of a namespace, found by one of their labels, so that the search stays linear. */
class Pods {
  private readonly byLabel = new Map<string, Placed[]>();
  private readonly byNamespace = new Map<string, Placed[]>();

  constructor(all: readonly Placed[]) {
    for (const placed of all) {
      const labels = podTemplate(placed.manifest)?.metadata?.labels;
      if (!labels) {
        continue;
      }
      const namespace = namespaceIn(placed.manifest);
      addTo(this.byNamespace, namespace, placed);
      for (const [key, value] of Object.entries(labels)) {
        addTo(this.byLabel, `${namespace}|${key}=${value}`, placed);
      }
    }
  }

  selectedBy(selector: LabelSelector, namespace: string): Placed[] {
    const lists = Object.entries(selector.matchLabels ?? {}).map(
      ([k, v]) => this.byLabel.get(`${namespace}|${k}=${v}`) ?? [],
    );
    const [shortest] = lists.sort((a, b) => a.length - b.length);
    return (shortest ?? this.byNamespace.get(namespace) ?? []).filter((p) =>
      selects(selector, podTemplate(p.manifest)!.metadata!.labels!),
    );
  }
}

/** Controllers that select each other's pods fight over them; a pod with two budgets or two autoscalers obeys neither. */
export function overlappingSelectors(all: readonly Placed[]): ManifestError[] {
  const errors: ManifestError[] = [];
  const pods = new Pods(all);
  const budgets = new Map<Placed, Placed>();
  const targets = new Map<string, Placed>();
  for (const placed of all) {
    const { kind, spec } = placed.manifest;
    const namespace = namespaceIn(placed.manifest);
    const target = scaleTargetOf(placed.manifest);
    if (workloadKind(placed.manifest)?.selects) {
      for (const other of pods.selectedBy((spec?.selector ?? {}) as LabelSelector, namespace)) {
        if (other !== placed) {
          errors.push(
            errorAt(
              placed,
              `the selector of ${title(placed)} also selects the pods of ${title(other)}`,
              'give the selector a label that only its own pods have',
            ),
          );
        }
      }
    } else if (kind === 'PodDisruptionBudget') {
      for (const workload of pods.selectedBy((spec?.selector ?? {}) as LabelSelector, namespace)) {
        const first = budgets.get(workload);
        if (first) {
          errors.push(
            errorAt(
              placed,
              `${title(placed)} and ${title(first)} both select the pods of ${title(workload)}, which then cannot be evicted at all`,
              'keep one of the two budgets',
            ),
          );
        }
        budgets.set(workload, first ?? placed);
      }
    } else if (target) {
      const key = `${namespace}/${target.kind}/${target.name}`;
      const first = targets.get(key);
      if (first) {
        errors.push(
          errorAt(
            placed,
            `${title(placed)} and ${title(first)} both scale ${target.kind} '${target.name}'`,
            'keep one of the two autoscalers',
          ),
        );
      }
      targets.set(key, first ?? placed);
    }
  }
  return errors;
}
