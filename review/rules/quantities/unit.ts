import type { Container } from '../../../imports/kubernetes';
import { type ObjectsOfKind, ofKindsInOrder, title } from '../../../kube/inventory';
import { podContainers, podSpecField } from '../../../kube/pod-containers';
import { formatBytes, MEBI, ONE, quantityOf } from '../../../kube/quantity';
import { isHardwareResource } from '../../../kube/resource-names';
import { keyPath } from '../../../kube/text';
import { workloadKind } from '../../../kube/workload-kinds';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** More cores are on few instances, which are rented for what needs a device. */
const MANY_CORES = 64n * ONE;
/** Less memory has no program. */
const LEAST_BYTES = MEBI;
/** Less storage has no volume. */
const LEAST_STORAGE = 10n * MEBI;

/** Amounts whose unit is almost certainly wrong. */
export const rule: Rule = {
  id: 'quantities/unit',
  title: 'amounts have the unit that is meant',
  severity: 'warning',
  why: "A CPU amount without a unit is in cores, a memory amount in bytes, and 'm' is a thousandth of either: such a pod fits on no node, or its container cannot start.",
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-units-in-kubernetes',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      resources: { requests: { cpu: '250', memory: 512m } }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      resources: { requests: { cpu: 250m, memory: 512Mi } }
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const found = new Places(report, pod);
      for (const { container, field } of podContainers(pod)) {
        if (container.resources === undefined) {
          continue;
        }
        const { resources } = container;
        for (const part of PARTS) {
          const amounts = resources[part];
          for (const name in amounts) {
            const value = amounts[name];
            const wrong = wrongUnit(name, value, resources);
            if (wrong && !(part === 'limits' && isBurst(name, value, resources.requests?.[name]))) {
              found.add(`${name} ${value}`, {
                // no program starts with so little
                ...(part === 'limits' && name === 'memory' ? { severity: 'error' } : {}),
                message: `container '${container.name}' of ${title(pod)} asks for ${wrong.what}`,
                fix: wrong.fix,
                field: keyPath(`${field}.resources.${part}`, name),
                container: container.name,
              });
            }
          }
        }
      }
      const volumes = pod.spec.volumes ?? NO_VOLUMES;
      for (let i = 0; i < volumes.length; i++) {
        const { name, emptyDir } = volumes[i]!;
        const wrong = emptyDir?.sizeLimit === undefined ? undefined : wrongUnit('memory', emptyDir.sizeLimit);
        if (wrong) {
          found.add(`size ${emptyDir?.sizeLimit}`, {
            message: `volume '${name}' of ${title(pod)} is limited to ${wrong.what}`,
            fix: wrong.fix,
            field: `${podSpecField(pod)}.volumes[${i}].emptyDir.sizeLimit`,
          });
        }
      }
      found.finish();
    }
    for (const object of ofKindsInOrder(inventory, asksForStorage)) {
      const { kind, spec = {} } = object.manifest;
      const claims =
        kind === 'PersistentVolumeClaim'
          ? [['spec', spec] as const]
          : (workloadKind(object.manifest)?.claims?.(spec) ?? []).map(
              (claim, i) => [`spec.volumeClaimTemplates[${i}].spec`, claim.spec ?? {}] as const,
            );
      for (const [field, claim] of claims) {
        const { storage } = ((claim as { resources?: { requests?: Record<string, unknown> } }).resources?.requests ??
          {}) as {
          readonly storage?: unknown;
        };
        const wrong = storage === undefined ? undefined : wrongUnit('storage', storage);
        if (wrong) {
          report(object, {
            message: `a claim of ${title(object)} asks for ${wrong.what}`,
            fix: wrong.fix,
            field: `${field}.resources.requests.storage`,
          });
        }
      }
    }
  },
};

/** What a pod may use beside its request, in the same unit. */
const BURST = 8n;

/** Whether a limit of CPU is a small multiple of a request that has its unit. */
function isBurst(name: string, limit: unknown, request: unknown): boolean {
  const [most, least] = [quantityOf(limit), quantityOf(request)];
  return (
    name === 'cpu' &&
    most !== undefined &&
    least !== undefined &&
    most <= least * BURST &&
    wrongUnit(name, request) === undefined
  );
}

type Resources = NonNullable<Container['resources']>;

const PARTS = ['limits', 'requests'] as const;
const NO_VOLUMES: readonly never[] = [];

/** Whether a kind claims volumes: by itself, or by templates. */
const asksForStorage = (of: Pick<ObjectsOfKind, 'apiVersion' | 'kind'>): boolean =>
  of.kind === 'PersistentVolumeClaim' || workloadKind(of)?.claims !== undefined;

const IN_BYTES = ['memory', 'ephemeral-storage', 'storage'];

interface WrongUnit {
  readonly what: string;
  readonly fix: string;
}

/** @param of the container, where there is one: many cores are on instances that are rented for a device */
function wrongUnit(name: string, value: unknown, of?: Resources): WrongUnit | undefined {
  const amount = quantityOf(value);
  if (amount === undefined || amount <= 0n) {
    return undefined;
  }
  const least = name === 'storage' ? LEAST_STORAGE : LEAST_BYTES;
  if (name === 'cpu' ? amount < MANY_CORES || hasDevice(of) : amount >= least || !IN_BYTES.includes(name)) {
    return undefined;
  }
  const text = String(value).trim();
  const digits = /^\d+/.exec(text)?.[0] ?? '1';
  if (name === 'cpu') {
    return { what: `${amount / ONE} cores, by cpu: '${text}'`, fix: `write '${digits}m' for thousandths of a core` };
  }
  const bytes =
    amount < ONE ? 'less than a byte' : amount < 1024n * ONE ? `${amount / ONE} bytes` : formatBytes(amount);
  const unit = name === 'memory' || /m$/.test(text) ? 'Mi' : 'Gi';
  return { what: `${bytes} of ${name}, by '${text}'`, fix: `write '${digits}${unit}'` };
}

function hasDevice({ requests = {}, limits = {} }: Resources = {}): boolean {
  return Object.keys(requests).some(isHardwareResource) || Object.keys(limits).some(isHardwareResource);
}
