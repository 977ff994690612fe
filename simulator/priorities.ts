import type { PodSpec } from '../imports/kubernetes';
import type { Manifest } from '../kube/objects';

interface Priority {
  readonly priority: number;
  readonly preempts: boolean;
}
interface ClassFields {
  readonly value?: number;
  readonly globalDefault?: boolean;
  readonly preemptionPolicy?: string;
}

/** Those of Kubernetes itself. */
const SYSTEM: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** Who goes first, by the PriorityClasses among the manifests. A class that is not among them counts as none. */
export class Priorities {
  private readonly classes: Map<string, Priority>;
  private readonly fallback: Priority;

  constructor(manifests: readonly Manifest[]) {
    const found = manifests
      .filter(({ kind }) => kind === 'PriorityClass')
      .map((manifest) => [manifest.metadata.name, manifest as ClassFields] as const);
    const system = Object.entries(SYSTEM).map(([name, value]) => [name, { value } as ClassFields] as const);
    this.classes = new Map([...system, ...found].map(([name, fields]) => [name, priorityOf(fields)]));
    this.fallback = priorityOf(found.find(([, { globalDefault }]) => globalDefault)?.[1] ?? {});
  }

  of({ priorityClassName, preemptionPolicy }: PodSpec): Priority {
    const priority = this.classes.get(priorityClassName ?? '') ?? this.fallback;
    return preemptionPolicy === 'Never' ? { ...priority, preempts: false } : priority;
  }
}

function priorityOf({ value = 0, preemptionPolicy }: ClassFields): Priority {
  return { priority: value, preempts: preemptionPolicy !== 'Never' };
}
