import { describe } from '../../kube/describe';
import { isForbiddenNodeLabel } from '../../kube/kubelet-labels';
import { isLabelValue, isQualifiedName } from '../../kube/names';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
/** eksctl writes these itself, over what the file says. */
const OWN_LABELS = ['alpha.eksctl.io/cluster-name', 'alpha.eksctl.io/nodegroup-name'];

interface Taint {
  readonly field: string;
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** Taints as eksctl reads them; in the short form a text is 'effect' or 'value:effect', and anything else says nothing. */
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
    return { field: `taints.${key}`, key, value, effect };
  });
}

/** The labels that eksctl looks at; of a managed group it has overwritten its own before. */
function labelsOf({ kind, group }: Subject): readonly (readonly [key: string, value: string])[] {
  return Object.entries(group.labels ?? {})
    .filter(([key]) => !(kind === 'managed' && OWN_LABELS.includes(key)))
    .map(([key, value]) => [key, value ?? ''] as const);
}

/** The labels and taints of nodes. */
export const LABEL_TAINT_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'N9a', enforcedBy: 'eksctl', title: "a taint's key is a label's key" }, (subject) => {
    for (const { field, key } of taintsOf(subject)) {
      if (!isQualifiedName(key)) {
        subject.error(field, `the taint's key is ${describe(key)}`, "write it like a label's key: 'dedicated'");
      }
    }
  }),
  groupRule({ id: 'N9b', enforcedBy: 'eksctl', title: "a taint's value is a label's value" }, (subject) => {
    for (const { field, key, value } of taintsOf(subject)) {
      if (!isLabelValue(value)) {
        subject.error(
          field,
          `the value of the taint '${key}' is ${describe(value)}`,
          "write letters, digits, '-', '_' and '.', at most 63, such as 'gpu'",
        );
      }
    }
  }),
  groupRule({ id: 'N9c', enforcedBy: 'eksctl', title: "a taint's effect is one of three" }, (subject) => {
    for (const { field, key, effect } of taintsOf(subject)) {
      if (!EFFECTS.includes(effect)) {
        const short = !Array.isArray(subject.group.taints);
        subject.error(
          field,
          `the effect of the taint '${key}' is ${describe(effect)}`,
          short ? `write { '${key}': 'value:NoSchedule' }` : `write one of ${describe(EFFECTS)}`,
        );
      }
    }
  }),
  groupRule({ id: 'N10a', enforcedBy: 'eksctl', title: "a label's key has its form" }, (subject) => {
    for (const [key] of labelsOf(subject)) {
      if (!isQualifiedName(key)) {
        subject.error('labels', `the label ${describe(key)} has no valid key`, "write for example 'example.com/team'");
      }
    }
  }),
  groupRule({ id: 'N10b', enforcedBy: 'eksctl', title: "a label's value has its form" }, (subject) => {
    for (const [key, value] of labelsOf(subject)) {
      if (!isLabelValue(value)) {
        subject.error(
          `labels.${key}`,
          `the value is ${describe(value)}`,
          "write letters, digits, '-', '_' and '.', at most 63, beginning and ending with a letter or digit",
        );
      }
    }
  }),
  groupRule({ id: 'N10c', enforcedBy: 'eksctl', title: 'no label that a kubelet may not set' }, (subject) => {
    for (const [key] of labelsOf(subject)) {
      if (isQualifiedName(key) && isForbiddenNodeLabel(key)) {
        subject.error(
          `labels.${key}`,
          'the label is in a domain that belongs to Kubernetes: a node that gives it to itself never joins',
          `write it in a domain of your own: 'example.com/${key.slice(key.indexOf('/') + 1)}'`,
        );
      }
    }
  }),
  groupRule(
    { id: 'M18', enforcedBy: 'eksctl', only: 'managed', title: "the names of cluster and group can be labels' values" },
    (subject) => checkNames(subject, 'eksctl labels the nodes with it'),
  ),
  groupRule({ id: 'X79', enforcedBy: 'aws', only: 'managed', title: 'at most 50 taints' }, (subject) => {
    const count = taintsOf(subject).length;
    if (count > 50) {
      subject.error('taints', `there are ${count} taints; EKS takes 50 a group`, 'keep one that the others imply');
    }
  }),
  groupRule(
    { id: 'X80', enforcedBy: 'aws', only: 'managed', title: 'no label in the domain of EKS' },
    ({ group, error }) => {
      for (const key of Object.keys(group.labels ?? {})) {
        if (key.startsWith('eks.amazonaws.com/')) {
          error(
            `labels.${key}`,
            'EKS refuses labels in its own domain, eks.amazonaws.com',
            `write it in a domain of your own: 'example.com/${key.slice(key.indexOf('/') + 1)}'`,
          );
        }
      }
    },
  ),
  groupRule(
    { id: 'X81', enforcedBy: 'aws', title: "eksctl's own labels are its own" },
    ({ group, config, warning }) => {
      const own = [config.metadata?.name, group.name];
      for (const [i, key] of OWN_LABELS.entries()) {
        const value = group.labels?.[key];
        if (isSet(value) && value !== own[i]) {
          warning(
            `labels.${key}`,
            `the value ${describe(value)} has no effect: eksctl writes ${describe(own[i] ?? '')} over it`,
            'leave it out',
          );
        }
      }
    },
  ),
];

/** Both names become labels of the nodes; who writes them is another one for each kind of group. */
export function checkNames({ group, config, error }: Subject, why: string): void {
  const names = [
    ['name', group.name, 'group'],
    ['', config.metadata?.name, 'cluster'],
  ] as const;
  for (const [field, name, owner] of names) {
    if (isNonEmptyString(name) && !isLabelValue(name)) {
      error(
        field,
        `the name of the ${owner}, ${describe(name)}, can be no label's value, and ${why}`,
        "write letters, digits and '-', at most 63, beginning and ending with a letter or digit",
      );
    }
  }
}
