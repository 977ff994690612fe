import type { Container } from '../../../imports/kubernetes';
import type { ByName } from '../../../kube/by-name';
import { isCustomWorkload } from '../../../kube/custom-workloads';
import { expandedNames, isKubernetesVariable } from '../../../kube/expansion';
import type { InventoryObject, PodObject } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { indexPath } from '../../../kube/text';
import { configMapsByName } from '../../pod-texts';
import type { Problem, Rule } from '../../rule';

/** '$(NAME)' that the kubelet does not replace, so that the program reads it as it stands. */
export const rule: Rule = {
  id: 'variables/unexpanded',
  title: "$(NAME) names a variable that stands before it in the container's env",
  severity: 'warning',
  why: "The kubelet replaces $(NAME) in env by variables that stand earlier in env, and in command and args by all variables. It replaces nothing in a ConfigMap. Everything else reaches the program as the text '$(NAME)'.",
  source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: web, env: [{ name: URL, value: 'http://$(HOST):80' }, { name: HOST, value: db }] }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: web
      args: ['--url=$(URL)', '$$(NOT_REPLACED)']
      env: [{ name: HOST, value: db }, { name: URL, value: 'http://$(HOST):80' }]
`,
  check: ({ inventory }, report) => {
    const maps = configMapsByName(inventory);
    for (const pod of inventory.pods) {
      for (const { container, field } of podContainers(pod)) {
        const problem = anyRefers(pod, container, maps) ? firstProblem(pod, container, field, maps) : undefined;
        if (problem) {
          report(pod, { ...problem, ...(container.name === undefined ? {} : { container: container.name }) });
        }
      }
    }
  },
};

/** The names of variables; others may be commands of a shell: `$(date)`. */
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const isVariable = (name: string, declared: ReadonlySet<string>): boolean =>
  declared.has(name) || /^[A-Z_][A-Z0-9_]*$/.test(name);

/** Whether a text may refer to a variable, as nearly none does. */
const refers = (text: string | undefined): boolean => text?.includes('$(') === true;

/** Whether a text of a container, or of a ConfigMap that its variables come from, may refer to a variable. */
function anyRefers(
  { namespace }: PodObject,
  { env, envFrom, command, args }: Container,
  maps: ByName<InventoryObject>,
): boolean {
  return (
    env?.some(({ value }) => refers(value)) === true ||
    command?.some(refers) === true ||
    args?.some(refers) === true ||
    envFrom?.some(({ configMapRef }) => {
      const data = configMapRef && dataOf(maps.named(namespace, `${configMapRef.name}`));
      for (const key in data) {
        if (refers(data[key])) {
          return true;
        }
      }
      return false;
    }) === true
  );
}

const dataOf = (map: InventoryObject | undefined): Readonly<Record<string, string>> | undefined =>
  (map?.manifest as { readonly data?: Readonly<Record<string, string>> } | undefined)?.data;

function firstProblem(
  pod: PodObject,
  { env = [], envFrom = [], command = [], args = [] }: Container,
  field: string,
  maps: ByName<InventoryObject>,
): Problem | undefined {
  const declared = new Set(env.map(({ name }) => name));
  // controllers of custom resources add variables: LWS_LEADER_ADDRESS, RAY_IP
  const isGiven = (name: string) =>
    isKubernetesVariable(name) || (isCustomWorkload(pod.manifest) && !declared.has(name));
  const earlier = new Set<string>();
  for (const [i, { name, value }] of env.entries()) {
    for (const other of expandedNames(value ?? '')) {
      if (!earlier.has(other) && !isGiven(other) && NAME.test(other) && isVariable(other, declared)) {
        return {
          field: `${indexPath(`${field}.env`, i)}.value`,
          message: `variable '${name}' refers to $(${other}), which ${declared.has(other) ? (other === name ? 'is itself' : 'stands behind it') : 'is not in env'}, so the program reads the text '$(${other})'`,
          fix:
            declared.has(other) && other !== name
              ? `move '${other}' before '${name}'`
              : `add '${other}' to env before '${name}', or write '$$(${other})' for the text`,
        };
      }
    }
    earlier.add(name);
  }
  let allKnown = true;
  for (const { configMapRef, secretRef, prefix = '' } of envFrom) {
    const map = maps.named(pod.namespace, `${configMapRef?.name}`);
    allKnown &&= secretRef === undefined && map !== undefined;
    const data = dataOf(map) ?? {};
    for (const key of Object.keys(data)) {
      declared.add(`${prefix}${key}`);
    }
    for (const [key, text] of Object.entries(data)) {
      const name = expandedNames(text).find((other) => NAME.test(other) && isVariable(other, declared));
      if (name !== undefined && !text.includes('\n')) {
        return {
          field: `${field}.envFrom`,
          message: `variable '${prefix}${key}' of ConfigMap '${configMapRef?.name}' refers to $(${name}), but the kubelet does not expand values of a ConfigMap, so the program reads the text '$(${name})'`,
          fix: `write '${prefix}${key}' into env, behind '${name}'`,
        };
      }
    }
  }
  for (const [key, words] of Object.entries({ command, args })) {
    for (const [i, text] of allKnown ? words.entries() : []) {
      const name = expandedNames(text).find(
        (other) => !declared.has(other) && !isGiven(other) && /^[A-Z_][A-Z0-9_]*$/.test(other),
      );
      if (name !== undefined) {
        return {
          field: indexPath(`${field}.${key}`, i),
          message: `${key} refers to $(${name}), which is not a variable of the container, so the program reads the text '$(${name})'`,
          fix: `add '${name}' to env, or write '$$(${name})' for the text`,
        };
      }
    }
  }
  return undefined;
}
