import { rememberedBy } from '../kube/collections';
import { type Inventory, type PodObject, title } from '../kube/inventory';
import {
  levelOf,
  type NamespaceLevel,
  POD_SECURITY_LABEL,
  POD_SECURITY_LEVELS,
  type PodSecurityLevel,
  type PodSecurityMode,
} from '../kube/pod-security/levels';
import { type ControlViolation, podSecurityViolations } from '../kube/pod-security/violations';
import { isPod } from '../kube/pod-templates';
import { namespaceLabels } from './namespaces';
import type { Problem, ReportFinding, ReviewInput, Rule } from './rule';

/** The page that says what each control allows. */
export const POD_SECURITY_STANDARDS = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';

type Levels = Readonly<Partial<Record<PodSecurityMode, NamespaceLevel | undefined>>>;

/** Reports pods that are refused in namespaces that enforce a level. */
export function checkEnforced(level: PodSecurityLevel): Rule['check'] {
  return (input, report) => {
    const levels = levelsOf(input);
    for (const pod of input.inventory.pods) {
      const enforce = levels.get(pod.namespace)?.enforce;
      if (enforce?.level === level) {
        for (const violation of violationsOf(pod, enforce)) {
          const by = `level '${enforce.text}' of namespace '${pod.namespace}'`;
          const refused = isPod(pod.manifest)
            ? `the API server refuses ${title(pod)}`
            : `the API server accepts ${title(pod)} and refuses its pods`;
          report(pod, problemOf(pod, violation, by, refused));
        }
      }
    }
  };
}

/** Reports pods that run, and are against a level of which the namespace warns or which it logs. */
export const checkWarned: Rule['check'] = (input, report) => {
  const levels = levelsOf(input);
  for (const pod of input.inventory.pods) {
    const of = levels.get(pod.namespace);
    // the three labels nearly always ask for the same
    if (of && OUTCOMES.some(([mode]) => isOther(of[mode], of.enforce))) {
      checkOthers(pod, of, report);
    }
  }
};

const OUTCOMES = [
  ['warn', 'the pods run, and kubectl prints a warning at each apply'],
  ['audit', 'the pods run, and the audit log has an entry for each'],
] as const;

function checkOthers(pod: PodObject, levels: Levels, report: ReportFinding): void {
  const { enforce } = levels;
  const said = new Set(enforce ? violationsOf(pod, enforce).map(keyOf) : []);
  for (const [mode, outcome] of OUTCOMES) {
    const level = levels[mode];
    if (level === undefined || !isOther(level, enforce)) {
      continue;
    }
    for (const violation of violationsOf(pod, level)) {
      if (!said.has(keyOf(violation))) {
        said.add(keyOf(violation));
        const by = `level '${level.text}' of label '${POD_SECURITY_LABEL}/${mode}' of namespace '${pod.namespace}'`;
        report(pod, problemOf(pod, violation, by, outcome));
      }
    }
  }
}

/** The levels of every namespace that is known. Three rules ask for them. */
const levelsOf = rememberedBy((input: ReviewInput): ReadonlyMap<string, Levels> => {
  const levels = new Map<string, Levels>();
  for (const [namespace, labels] of namespaceLabels(input)) {
    const of = (mode: PodSecurityMode) => levelOf(labels, mode, input.kubernetesVersion);
    levels.set(namespace, { enforce: of('enforce'), warn: of('warn'), audit: of('audit') });
  }
  return levels;
});

const violationsOf = (pod: PodObject, { level, version }: NamespaceLevel) => podSecurityViolations(pod, level, version);
const keyOf = ({ control, field }: ControlViolation): string => `${control.id} ${field}`;
const isOther = (level: NamespaceLevel | undefined, enforced: NamespaceLevel | undefined): boolean =>
  level !== undefined && !(level.level === enforced?.level && level.version === enforced.version);

function problemOf(pod: PodObject, violation: ControlViolation, by: string, outcome: string): Problem {
  const { field, container, has, lacks } = violation;
  const subject = container === undefined ? 'the pod' : `container '${container}'`;
  const fault = has === undefined ? `has no ${lacks}, which ${by} requires` : `has ${has}, which ${by} does not allow`;
  return {
    message: `${subject} ${fault}: ${outcome}`,
    fix: fixOf(pod, violation),
    field,
    ...(container === undefined ? {} : { container }),
  };
}

function fixOf({ spec }: PodObject, { control, fix, admittedBy }: ControlViolation): string {
  if (control.linuxOnlySince !== undefined && spec.nodeSelector?.['kubernetes.io/os'] === 'windows') {
    return "write os: { name: 'windows' } in the spec of the pods: nothing of the kind is required of pods on Windows";
  }
  return admittedBy === undefined ? fix : `${fix}, or run the pods in a namespace of level '${admittedBy}'`;
}

const LEVELS: readonly (string | undefined)[] = POD_SECURITY_LEVELS;

/** Whether the namespace enforces at least a level, so that the API server refuses pods that break it. */
export function enforces(inventory: Inventory, namespace: string, level: 'baseline' | 'restricted'): boolean {
  const enforced = inventory.view(enforcedLevels).get(namespace);
  return LEVELS.includes(enforced) && LEVELS.indexOf(enforced) <= LEVELS.indexOf(level);
}

const enforcedLevels = (inventory: Inventory): ReadonlyMap<string, string | undefined> =>
  new Map(
    inventory
      .ofKind('Namespace', '')
      .map(({ manifest: { metadata } }) => [metadata.name, metadata.labels?.[`${POD_SECURITY_LABEL}/enforce`]]),
  );
