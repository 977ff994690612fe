import type {
  Affinity,
  NodeAffinity,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  PodAntiAffinity,
} from '../../../imports/kubernetes';
import { remembered } from '../../../kube/collections';
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
      if (!affinity || isUsual(affinity)) {
        continue;
      }
      const places = new Places(report, object);
      checkAffinity(affinity, (field, message, fix) =>
        places.add(message, {
          message: `${message} in ${title(object)}`,
          fix,
          field: `${podSpecField(object)}.affinity.${field}`,
        }),
      );
      places.finish();
    }
  },
};

/**
 * What most pods have: one requirement of nodes by a label, and preferences for nodes without certain pods. Nothing of it can
 * be wrong.
 */
function isUsual({ nodeAffinity, podAffinity, podAntiAffinity }: Affinity): boolean {
  return (
    podAffinity === undefined &&
    (nodeAffinity === undefined || isUsualOfNodes(nodeAffinity)) &&
    (podAntiAffinity === undefined || isUsualOfPods(podAntiAffinity))
  );
}

function isUsualOfNodes(nodes: NodeAffinity): boolean {
  const terms = nodes[REQUIRED]?.nodeSelectorTerms;
  if (nodes[PREFERRED] !== undefined || terms?.length !== 1) {
    return false;
  }
  const { matchExpressions, matchFields } = terms[0]!;
  if (matchFields !== undefined || matchExpressions?.length !== 1) {
    return false;
  }
  const { key, values } = matchExpressions[0]!;
  return key !== undefined && isKey(key) && values?.length === 1 && isLabelValue(values[0]!);
}

function isUsualOfPods(pods: PodAntiAffinity): boolean {
  if (pods[REQUIRED] !== undefined) {
    return false;
  }
  for (const { weight, podAffinityTerm } of pods[PREFERRED] ?? []) {
    if (!(weight >= 1 && weight <= 100) || podAffinityTerm === undefined) {
      return false;
    }
    const { topologyKey, labelSelector, namespaces, mismatchLabelKeys } = podAffinityTerm as Partial<PodAffinityTerm>;
    if (topologyKey === undefined || !isKey(topologyKey)) {
      return false;
    }
    if (labelSelector === undefined || namespaces !== undefined || mismatchLabelKeys !== undefined) {
      return false;
    }
  }
  return true;
}

// pods name the same few keys
const isKey = remembered(isQualifiedName);

/** A field below the affinity. */
type Add = (field: string, message: string, fix: string) => void;
/** Nearly no field is written. */
type FieldOf = () => string;

function checkAffinity({ nodeAffinity, podAffinity, podAntiAffinity }: Affinity, add: Add): void {
  if (podAffinity) {
    checkPods(podAffinity, 'podAffinity', add);
  }
  if (podAntiAffinity) {
    checkPods(podAntiAffinity, 'podAntiAffinity', add);
  }
  if (nodeAffinity) {
    checkNodes(nodeAffinity, add);
  }
}

function checkPods(pods: PodAffinity | PodAntiAffinity, key: string, add: Add): void {
  pods[REQUIRED]?.forEach((term, i) => {
    checkPodTerm(term, () => indexPath(`${key}.${REQUIRED}`, i), add);
  });
  pods[PREFERRED]?.forEach(({ weight, podAffinityTerm }, i) => {
    const fieldOf = () => indexPath(`${key}.${PREFERRED}`, i);
    checkWeight(weight, fieldOf, add);
    if (podAffinityTerm) {
      checkPodTerm(podAffinityTerm, () => `${fieldOf()}.podAffinityTerm`, add);
    }
  });
}

function checkNodes(nodeAffinity: NodeAffinity, add: Add): void {
  const terms = nodeAffinity[REQUIRED]?.nodeSelectorTerms;
  const field = `nodeAffinity.${REQUIRED}.nodeSelectorTerms`;
  if (terms?.length === 0) {
    add(field, 'a requirement of nodes has no terms', 'write a term, or delete the requirement');
  }
  terms?.forEach((term, i) => {
    checkNodeTerm(term, () => indexPath(field, i), add);
  });
  nodeAffinity[PREFERRED]?.forEach(({ weight, preference }, i) => {
    const fieldOf = () => indexPath(`nodeAffinity.${PREFERRED}`, i);
    checkWeight(weight, fieldOf, add);
    if (preference) {
      checkNodeTerm(preference, () => `${fieldOf()}.preference`, add);
    }
  });
}

function checkWeight(weight: number | undefined, fieldOf: FieldOf, add: Add): void {
  // a missing one is a missing field
  if (weight !== undefined && !(weight >= 1 && weight <= 100)) {
    add(`${fieldOf()}.weight`, `weight must be an integer from 1 to 100, but is ${weight}`, 'write weight: 100');
  }
}

function checkPodTerm(term: Partial<PodAffinityTerm>, fieldOf: FieldOf, add: Add): void {
  const { topologyKey, namespaces, labelSelector, matchLabelKeys = NONE, mismatchLabelKeys = NONE } = term;
  if (topologyKey !== undefined && !isKey(topologyKey)) {
    add(
      `${fieldOf()}.topologyKey`,
      `topologyKey must be the key of a label, but is '${topologyKey}'`,
      "write 'kubernetes.io/hostname' or 'topology.kubernetes.io/zone'",
    );
  }
  for (const name of namespaces ?? NONE) {
    if (!isDnsLabel(name)) {
      add(`${fieldOf()}.namespaces`, `namespaces must be names of namespaces, but has '${name}'`, 'write the names');
    }
  }
  if (matchLabelKeys.length + mismatchLabelKeys.length > 0 && !labelSelector) {
    add(
      `${fieldOf()}.labelSelector`,
      'matchLabelKeys and mismatchLabelKeys need a labelSelector',
      'write the labels of the pods',
    );
  }
  const both =
    mismatchLabelKeys.length === 0 ? undefined : matchLabelKeys.find((key) => mismatchLabelKeys.includes(key));
  if (both !== undefined) {
    add(`${fieldOf()}.matchLabelKeys`, `'${both}' is in matchLabelKeys and mismatchLabelKeys`, 'delete one of them');
  }
}

const NONE: readonly string[] = [];

function checkNodeTerm({ matchExpressions, matchFields }: NodeSelectorTerm, fieldOf: FieldOf, add: Add): void {
  matchExpressions?.forEach(({ key = '', operator, values = NONE }, i) => {
    const at = () => indexPath(`${fieldOf()}.matchExpressions`, i);
    if (!isKey(key)) {
      add(
        `${at()}.key`,
        `the key of a node label must be one, but is '${key}'`,
        'write the key of a label of the nodes',
      );
    }
    const value = operator === 'In' || operator === 'NotIn' ? values.find((one) => !isLabelValue(one)) : undefined;
    if (value !== undefined) {
      add(`${at()}.values`, `the value of a node label must be one, but is '${value}'`, 'write a value of the label');
    }
  });
  matchFields?.forEach(({ key, operator, values = NONE }, i) => {
    if (key !== 'metadata.name' || !(operator === 'In' || operator === 'NotIn') || values.length !== 1) {
      add(
        indexPath(`${fieldOf()}.matchFields`, i),
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
