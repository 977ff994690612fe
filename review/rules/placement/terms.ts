import type { Toleration, TopologySpreadConstraint } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

const NONE: readonly never[] = [];

/** Tolerations and spread constraints that the API server refuses. */
export const rule: Rule = {
  id: 'placement/terms',
  title: 'tolerations and spread constraints are well formed',
  severity: 'error',
  why: 'The API server refuses the object: Exists has no value, an empty key is for Exists only, seconds are for NoExecute, and a spread constraint has a topologyKey and a maxSkew of at least 1.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  tolerations: [{ key: gpu, operator: Exists, value: 'true' }]
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  tolerations: [{ key: gpu, operator: Exists }, { operator: Exists, effect: NoExecute, tolerationSeconds: 60 }]
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
`,
  check: checkSuspects(
    suspectPods(
      ({ spec }) =>
        spec.tolerations?.every(isPlain) === false || spec.topologySpreadConstraints?.every(isUsual) === false,
    ),
    (pod, report) => {
      const { tolerations = NONE, topologySpreadConstraints: spreads = NONE } = pod.spec;
      const found = new Places(report, pod);
      const add = (field: string, what: string, fix: string) =>
        found.add(what, { message: `${what} in ${title(pod)}`, fix, field: `${podSpecField(pod)}.${field}` });
      for (const [
        i,
        { key = '', operator = 'Equal', value = '', effect = '', tolerationSeconds },
      ] of tolerations.entries()) {
        if (key === '' && operator !== 'Exists') {
          add(
            `tolerations[${i}].operator`,
            'a toleration without a key must have operator Exists',
            "write operator: 'Exists', or the key of the taint",
          );
        } else if (operator === 'Exists' && value !== '') {
          add(
            `tolerations[${i}].value`,
            `the toleration of '${key}' has operator Exists and a value`,
            "delete the value, or write operator: 'Equal'",
          );
        }
        if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
          add(
            `tolerations[${i}].effect`,
            'a toleration with tolerationSeconds must have effect NoExecute',
            "write effect: 'NoExecute', or delete tolerationSeconds",
          );
        }
      }
      spreads.forEach(({ topologyKey, maxSkew, whenUnsatisfiable, minDomains }, i) => {
        const field = `topologySpreadConstraints[${i}]`;
        if (topologyKey === '') {
          add(`${field}.topologyKey`, 'a spread constraint has no topologyKey', "write 'topology.kubernetes.io/zone'");
        }
        if (maxSkew < 1 || maxSkew % 1 !== 0) {
          add(`${field}.maxSkew`, `maxSkew must be an integer of at least 1, but is ${maxSkew}`, 'write maxSkew: 1');
        }
        if (minDomains !== undefined && whenUnsatisfiable === 'ScheduleAnyway') {
          add(`${field}.minDomains`, 'minDomains is for DoNotSchedule only', 'delete it');
        }
        const isSame = (one: TopologySpreadConstraint, j: number) =>
          j < i && one.topologyKey === topologyKey && one.whenUnsatisfiable === whenUnsatisfiable;
        if (i > 0 && spreads.some(isSame)) {
          add(
            field,
            `two spread constraints have topologyKey '${topologyKey}' and whenUnsatisfiable '${whenUnsatisfiable}'`,
            'delete one of them',
          );
        }
      });
      found.finish();
    },
  ),
};

/** Whether there is nothing to look at more closely. */
const isPlain = ({ key, operator, value, tolerationSeconds }: Toleration): boolean =>
  Boolean(key) && !(operator === 'Exists' && value) && tolerationSeconds === undefined;

const isUsual = (one: TopologySpreadConstraint, i: number, all: readonly TopologySpreadConstraint[]): boolean =>
  one.topologyKey !== '' &&
  one.maxSkew === 1 &&
  one.minDomains === undefined &&
  !all.some(({ topologyKey }, j) => j < i && topologyKey === one.topologyKey);
