import type { Container } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { formatQuantity, MEBI, ONE, quantityOf } from '../../../kube/quantity';
import { isHardwareResource, isOvercommitted, isResourceName, isStandard } from '../../../kube/resource-names';
import { keyPath } from '../../../kube/text';
import { type DefaultLimits, defaultLimits } from '../../limit-ranges';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** Requests against their limits, and the names of both. */
export const rule: Rule = {
  id: 'quantities/limits',
  title: 'no container requests more than its limit',
  severity: 'error',
  why: 'The API server refuses a request above its limit, a device or huge pages whose request is not the limit, a fraction of a device, and resources that it does not know.',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      resources: { requests: { memory: 2Gi }, limits: { memory: 512Mi } }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      resources: { requests: { memory: 512Mi }, limits: { memory: 0.5Gi, nvidia.com/gpu: 1 } }
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const found = new Places(report, pod);
      const defaults = defaultLimits(inventory, pod.namespace);
      for (const { container, field } of podContainers(pod)) {
        for (const { part, name, what, fix } of problemsOf(container, defaults)) {
          found.add(`${name} ${what}`, {
            message: `container '${container.name}' of ${title(pod)} ${what}`,
            fix,
            field: keyPath(`${field}.resources.${part}`, name),
            container: container.name,
          });
        }
      }
      found.finish();
    }
  },
};

interface ResourceProblem {
  readonly part: 'requests' | 'limits';
  readonly name: string;
  readonly what: string;
  readonly fix: string;
}

function problemsOf({ resources }: Container, defaults: DefaultLimits): readonly ResourceProblem[] {
  if (resources === undefined) {
    return NONE;
  }
  const { requests = {}, limits = {} } = resources;
  const ofThese = ofNames(limits, requests);
  const ofAmounts = ofRequests(limits, requests, defaults);
  return ofThese.length === 0 ? ofAmounts : [...ofThese, ...ofAmounts];
}

type Amounts = NonNullable<NonNullable<Container['resources']>['limits']>;

const NONE: readonly ResourceProblem[] = [];
const PARTS = ['limits', 'requests'] as const;

/** Resources of Kubernetes itself have no names that are wrong. */
function ofNames(limits: Amounts, requests: Amounts): readonly ResourceProblem[] {
  if (areStandard(limits) && areStandard(requests)) {
    return NONE;
  }
  const found: ResourceProblem[] = [];
  const seen = new Set<string>();
  for (const part of PARTS) {
    for (const [name, value] of Object.entries(part === 'limits' ? limits : requests)) {
      const amount = quantityOf(value);
      if (!isResourceName(name) && !seen.has(name)) {
        found.push({
          part,
          name,
          what: `asks for ${describe(name)}, which is not a resource`,
          fix: "write cpu, memory, ephemeral-storage, or a device such as 'nvidia.com/gpu'",
        });
      } else if (isHardwareResource(name) && amount !== undefined && amount % ONE !== 0n && !seen.has(name)) {
        found.push({
          part,
          name,
          what: `asks for ${value} of '${name}', which is given whole`,
          fix: 'write an integer',
        });
      }
      seen.add(name);
    }
  }
  return found;
}

function areStandard(amounts: Amounts): boolean {
  for (const name in amounts) {
    if (!isStandard(name)) {
      return false;
    }
  }
  return true;
}

function ofRequests(limits: Amounts, requests: Amounts, defaults: DefaultLimits): readonly ResourceProblem[] {
  const found: ResourceProblem[] = [];
  for (const name in requests) {
    const value = requests[name]!;
    const request = value === limits[name] ? undefined : quantityOf(value);
    if (request === undefined || !isResourceName(name)) {
      continue;
    }
    const limit = quantityOf(limits[name]);
    const overcommitted = isOvercommitted(name);
    const fallback = defaults.get(name);
    if (limits[name] === undefined && fallback !== undefined) {
      if (request > fallback) {
        const given = formatQuantity(fallback, name === 'cpu' ? 'decimal' : 'binary');
        const what = `requests ${value} of ${name}, and a LimitRange of its namespace limits it to ${given}`;
        found.push({ part: 'requests', name, what, fix: `write a limit of ${name}` });
      }
    } else if (limits[name] === undefined && !overcommitted) {
      const what = `requests '${name}' without a limit of the same amount`;
      found.push({ part: 'requests', name, what, fix: `write ${name}: ${value} in limits` });
    } else if (limit !== undefined && (request > limit || (!overcommitted && request !== limit))) {
      // such a limit has a wrong unit: quantities/unit
      if (name === 'memory' && limit > 0n && limit < MEBI) {
        continue;
      }
      found.push({
        part: 'requests',
        name,
        what: overcommitted
          ? `requests ${value} of ${name}, and its limit is ${limits[name]}`
          : `requests ${value} of '${name}', which must be its limit of ${limits[name]}`,
        fix: overcommitted ? 'raise the limit, or lower the request' : 'write the same amount twice',
      });
    }
  }
  return found;
}
