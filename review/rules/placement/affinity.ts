import type { Affinity, NodeSelectorTerm, PodAffinityTerm } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { isDnsLabel, isLabelValue, isQualifiedName } from '../../../kube/names';
import { podSpecField } from '../../../kube/pod-containers';
import { indexPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Affinities that the API server refuses. */
export const rule: Rule = {
  id: 'placement/affinity',
  title: 'affinities are well formed',
  severity: 'error',
  why: 'The API server refuses the object: a term of pods has a topologyKey, a preference a weight from 1 to 100, and a requirement of nodes at least one term.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity',
  refusedBy: 'api-server',
  bad: pod("''"),
  good: pod('kubernetes.io/hostname'),
  check: ({ inventory }, report) => {
    for (const object of inventory.pods) {
      const { affinity } = object.spec;
      if (!affinity) {
        continue;
      }
      const at = `${podSpecField(object)}.affinity`;
      const places = new Places(report, object);
      checkAffinity(affinity, at, (field, message, fix) =>
        places.add(message, { message: `${message} in ${title(object)}`, fix, field }),
      );
      places.finish();
    }
  },
};

type Add = (field: string, message: string, fix: string) => void;

function checkAffinity(
  { nodeAffinity = {}, podAffinity = {}, podAntiAffinity = {} }: Affinity,
  at: string,
  add: Add,
): void {
  for (const [key, pods] of Object.entries({ podAffinity, podAntiAffinity })) {
    pods[REQUIRED]?.forEach((term, i) => {
      checkPodTerm(term, indexPath(`${at}.${key}.${REQUIRED}`, i), add);
    });
    pods[PREFERRED]?.forEach(({ weight, podAffinityTerm = {} }, i) => {
      const field = indexPath(`${at}.${key}.${PREFERRED}`, i);
      checkWeight(weight, field, add);
      checkPodTerm(podAffinityTerm, `${field}.podAffinityTerm`, add);
    });
  }
  const { nodeSelectorTerms: terms } = nodeAffinity[REQUIRED] ?? {};
  const field = `${at}.nodeAffinity.${REQUIRED}.nodeSelectorTerms`;
  if (terms?.length === 0) {
    add(field, 'a requirement of nodes has no terms', 'write a term, or delete the requirement');
  }
  terms?.forEach((term, i) => {
    checkNodeTerm(term, indexPath(field, i), add);
  });
  nodeAffinity[PREFERRED]?.forEach(({ weight, preference = {} }, i) => {
    const preferred = indexPath(`${at}.nodeAffinity.${PREFERRED}`, i);
    checkWeight(weight, preferred, add);
    checkNodeTerm(preference, `${preferred}.preference`, add);
  });
}

function checkWeight(weight: number | undefined, field: string, add: Add): void {
  // a missing one is a missing field
  if (weight !== undefined && !(weight >= 1 && weight <= 100)) {
    add(`${field}.weight`, `weight must be an integer from 1 to 100, but is ${weight}`, 'write weight: 100');
  }
}

function checkPodTerm(term: Partial<PodAffinityTerm>, field: string, add: Add): void {
  const { topologyKey, namespaces = [], labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  if (topologyKey !== undefined && !isQualifiedName(topologyKey)) {
    add(
      `${field}.topologyKey`,
      `topologyKey must be the key of a label, but is '${topologyKey}'`,
      "write 'kubernetes.io/hostname' or 'topology.kubernetes.io/zone'",
    );
  }
  for (const name of namespaces.filter((one) => !isDnsLabel(one))) {
    add(`${field}.namespaces`, `namespaces must be names of namespaces, but has '${name}'`, 'write the names');
  }
  const keys = [...matchLabelKeys, ...mismatchLabelKeys];
  if (keys.length > 0 && !labelSelector) {
    add(
      `${field}.labelSelector`,
      'matchLabelKeys and mismatchLabelKeys need a labelSelector',
      'write the labels of the pods',
    );
  }
  const both = matchLabelKeys.find((key) => mismatchLabelKeys.includes(key));
  if (both !== undefined) {
    add(`${field}.matchLabelKeys`, `'${both}' is in matchLabelKeys and mismatchLabelKeys`, 'delete one of them');
  }
}

function checkNodeTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, field: string, add: Add): void {
  matchExpressions.forEach(({ key = '', operator, values = [] }, i) => {
    const at = indexPath(`${field}.matchExpressions`, i);
    if (!isQualifiedName(key)) {
      add(`${at}.key`, `the key of a node label must be one, but is '${key}'`, 'write the key of a label of the nodes');
    }
    const value = operator === 'In' || operator === 'NotIn' ? values.find((one) => !isLabelValue(one)) : undefined;
    if (value !== undefined) {
      add(`${at}.values`, `the value of a node label must be one, but is '${value}'`, 'write a value of the label');
    }
  });
  matchFields.forEach(({ key, operator, values = [] }, i) => {
    const at = indexPath(`${field}.matchFields`, i);
    if (key !== 'metadata.name' || !(operator === 'In' || operator === 'NotIn') || values.length !== 1) {
      add(
        at,
        'matchFields must compare metadata.name with one name, by operator In or NotIn',
        'write one term for each name',
      );
    }
  });
}

function pod(topologyKey: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default, labels: { app: web } }
spec:
  affinity:
    podAntiAffinity:
      ${REQUIRED}: [{ topologyKey: ${topologyKey}, labelSelector: { matchLabels: { app: web } } }]
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
`;
}
