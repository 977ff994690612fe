import { invalidQuantities } from '../../kube/counted-quantities';
import { WORKLOAD_KINDS } from '../../kube/workload-kinds';

const metadata = { name: 'raw', namespace: 'shop' };
const apiVersionOf = (kind: string) => WORKLOAD_KINDS[kind]?.apiVersion ?? 'v1';
const fieldsOf = (kind: string, spec: unknown) =>
  invalidQuantities({ apiVersion: apiVersionOf(kind), kind, metadata, spec } as Parameters<
    typeof invalidQuantities
  >[0]).map(({ field, value }) => `${field} ${JSON.stringify(value)}`);
const asking = (requests: unknown) => ({ containers: [{ name: 'c' }, { name: 'd', resources: { requests } }] });

const INVALID: readonly (readonly [kind: string, spec: unknown, field: string])[] = [
  ['Pod', asking({ cpu: 'many' }), 'spec.containers[1].resources.requests.cpu "many"'],
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'].map((kind): [string, unknown, string] => [
    kind,
    { template: { spec: asking({ 'nvidia.com/gpu': -1 }) } },
    'spec.template.spec.containers[1].resources.requests[nvidia.com/gpu] -1',
  ]),
  [
    'CronJob',
    { jobTemplate: { spec: { template: { spec: asking({ memory: '1GB' }) } } } },
    'spec.jobTemplate.spec.template.spec.containers[1].resources.requests.memory "1GB"',
  ],
  [
    'Pod',
    { containers: [], initContainers: [{ name: 'c', resources: { limits: { cpu: true } } }] },
    'spec.initContainers[0].resources.limits.cpu true',
  ],
  ['Pod', { containers: [], resources: { requests: { cpu: '' } } }, 'spec.resources.requests.cpu ""'],
  ['PersistentVolumeClaim', { resources: { requests: { storage: '20GB' } } }, 'spec.resources.requests.storage "20GB"'],
  [
    'StatefulSet',
    { template: {}, volumeClaimTemplates: [{ spec: { resources: { requests: { storage: [] } } } }] },
    'spec.volumeClaimTemplates[0].spec.resources.requests.storage []',
  ],
  ['LimitRange', { limits: [{ default: { cpu: '1x' } }] }, 'spec.limits[0].default.cpu "1x"'],
  ['LimitRange', { limits: [{ defaultRequest: { cpu: '1x' } }] }, 'spec.limits[0].defaultRequest.cpu "1x"'],
];

it.each(INVALID)('of a %s: %j', (kind, spec, field) => {
  expect(fieldsOf(kind, spec)).toEqual([field]);
});

const VALID: readonly (readonly [kind: string, spec: unknown])[] = [
  ['Pod', asking({ cpu: '.5', memory: 1e9, 'nvidia.com/gpu': 0, 'ephemeral-storage': ' 1Gi ' })],
  ['Pod', asking({ cpu: null, memory: undefined })],
  ['Pod', { containers: [{ name: 'c', resources: null }, null] }],
  ['Pod', undefined],
  ['Deployment', {}],
  ['Deployment', null],
  ['LimitRange', { limits: [null] }],
  ['Other', asking({ cpu: 'many' })],
];

it.each(VALID)('nothing of a %s: %j', (kind, spec) => {
  expect(fieldsOf(kind, spec)).toEqual([]);
});
