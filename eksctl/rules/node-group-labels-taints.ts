import { describe } from '../../kube/describe';
import { isForbiddenNodeLabel } from '../../kube/kubelet-labels';
import { isLabelValue, isQualifiedName } from '../../kube/names';
import { keyPath } from '../../kube/text';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, listOf, type UnvalidatedGroup } from './unvalidated';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
/** Labels that eksctl overwrites. */
const OWN_LABELS = ['alpha.eksctl.io/cluster-name', 'alpha.eksctl.io/nodegroup-name'];

interface Taint {
  readonly field: string;
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** Taints as eksctl reads them; a string of the short form is 'effect' or 'value:effect', and empty otherwise. */
function taintsOf({ group }: Subject): readonly Taint[] {
  const taints = group.taints ?? [];
  if (Array.isArray(taints)) {
    return taints.map((taint, i) => ({
      field: `taints[${i}]`,
      key: taint?.key ?? '',
      value: taint?.value ?? '',
      effect: taint?.effect ?? '',
    }));
  }
  return Object.entries(taints as Readonly<Record<string, string | null>>).map(([key, text]) => {
    const parts = (text ?? '').split(':');
    const [value = '', effect = ''] = parts.length === 1 ? ['', ...parts] : parts.length === 2 ? parts : [];
    return { field: keyPath('taints', key), key, value, effect };
  });
}

/** The labels that eksctl checks; in a managed group, it has overwritten its own labels before. */
function labelsOf({ kind, group }: Subject): readonly (readonly [key: string, value: string])[] {
  return Object.entries(group.labels ?? {})
    .filter(([key]) => !(kind === 'managed' && OWN_LABELS.includes(key)))
    .map(([key, value]) => [key, value ?? ''] as const);
}

/** The labels and taints of nodes. */
export const LABEL_TAINT_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'N9a', enforcedBy: 'eksctl', title: 'the key of a taint is a valid label key' }, (subject) => {
    for (const { field, key } of taintsOf(subject)) {
      if (!isQualifiedName(key)) {
        subject.error(field, `invalid taint key ${describe(key)}`, "write a label key, such as 'dedicated'");
      }
    }
  }),
  groupRule({ id: 'N9b', enforcedBy: 'eksctl', title: 'the value of a taint is a valid label value' }, (subject) => {
    for (const { field, key, value } of taintsOf(subject)) {
      if (!isLabelValue(value)) {
        subject.error(
          field,
          `invalid value ${describe(value)} of the taint '${key}'`,
          "write at most 63 letters, digits, '-', '_' and '.', such as 'gpu'",
        );
      }
    }
  }),
  groupRule(
    { id: 'N9c', enforcedBy: 'eksctl', title: 'the effect of a taint is NoSchedule, PreferNoSchedule or NoExecute' },
    (subject) => {
      for (const { field, key, effect } of taintsOf(subject)) {
        if (!EFFECTS.includes(effect)) {
          const short = !Array.isArray(subject.group.taints);
          subject.error(
            field,
            `unknown effect ${describe(effect)} of the taint '${key}'`,
            short ? `write { '${key}': 'value:NoSchedule' }` : `write one of ${describe(EFFECTS)}`,
          );
        }
      }
    },
  ),
  groupRule({ id: 'N10a', enforcedBy: 'eksctl', title: 'label keys are valid' }, (subject) => {
    for (const [key] of labelsOf(subject)) {
      if (!isQualifiedName(key)) {
        subject.error('labels', `invalid label key ${describe(key)}`, "write for example 'example.com/team'");
      }
    }
  }),
  groupRule({ id: 'N10b', enforcedBy: 'eksctl', title: 'label values are valid' }, (subject) => {
    for (const [key, value] of labelsOf(subject)) {
      if (!isLabelValue(value)) {
        subject.error(
          keyPath('labels', key),
          `invalid label value ${describe(value)}`,
          "write at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit",
        );
      }
    }
  }),
  groupRule({ id: 'N10c', enforcedBy: 'eksctl', title: 'labels are not reserved by Kubernetes' }, (subject) => {
    for (const [key] of labelsOf(subject)) {
      if (isQualifiedName(key) && isForbiddenNodeLabel(key)) {
        subject.error(
          keyPath('labels', key),
          'reserved by Kubernetes: a node with this label cannot join',
          `use another domain, such as 'example.com/${key.slice(key.indexOf('/') + 1)}'`,
        );
      }
    }
  }),
  groupRule(
    {
      id: 'M18',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'the names of cluster and group are valid label values',
    },
    (subject) => checkNames(subject, 'eksctl sets it as a label'),
  ),
  groupRule(
    { id: 'X79', enforcedBy: 'aws', only: 'managed', title: 'a managed group has at most 50 taints' },
    (subject) => {
      const count = taintsOf(subject).length;
      if (count > 50) {
        subject.error('taints', `must have at most 50 taints, but has ${count}`, 'remove some of them');
      }
    },
  ),
  groupRule(
    { id: 'X80', enforcedBy: 'aws', only: 'managed', title: 'labels are not reserved by EKS' },
    ({ group, error }) => {
      for (const key of Object.keys(group.labels ?? {})) {
        if (key.startsWith('eks.amazonaws.com/')) {
          error(
            keyPath('labels', key),
            "the domain 'eks.amazonaws.com' is reserved",
            `use another domain, such as 'example.com/${key.slice(key.indexOf('/') + 1)}'`,
          );
        }
      }
    },
  ),
  groupRule(
    { id: 'X81', enforcedBy: 'aws', title: 'labels that eksctl sets are not overridden' },
    ({ group, config, warning }) => {
      const own = [config.metadata?.name, group.name];
      for (const [i, key] of OWN_LABELS.entries()) {
        const value = group.labels?.[key];
        if (isSet(value) && value !== own[i]) {
          warning(
            keyPath('labels', key),
            `no effect: eksctl overwrites ${describe(value)} with ${describe(own[i] ?? '')}`,
            'remove it',
          );
        }
      }
    },
  ),
];

/** Both names become node labels; eksctl or the nodes set them, depending on the kind of group. */
export function checkNames({ group, config, error }: Subject, why: string): void {
  const names = [
    ['name', group.name, 'group'],
    ['', config.metadata?.name, 'cluster'],
  ] as const;
  for (const [field, name, owner] of names) {
    if (isNonEmptyString(name) && !isLabelValue(name)) {
      error(
        field,
        `the name of the ${owner} must be a valid label value, as ${why}, but is ${describe(name)}`,
        "write at most 63 letters, digits and '-', starting and ending with a letter or digit",
      );
    }
  }
}

interface HardTaint {
  readonly key: unknown;
  readonly effect: unknown;
}

/** The taints that keep pods away from the nodes of a group. Self-managed groups may have them as a map, 'value:effect' by key. */
export function hardTaints({ taints }: UnvalidatedGroup): readonly HardTaint[] {
  const list: readonly HardTaint[] = Array.isArray(taints)
    ? listOf(taints).map(({ key, effect }) => ({ key, effect }))
    : Object.entries(taints ?? {}).map(([key, text]) => ({ key, effect: String(text).split(':').pop() }));
  return list.filter(({ effect }) => effect !== 'PreferNoSchedule');
}
