import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'vllm')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const { spec } = find('Deployment', 'llm');
const [server] = spec.template.spec.containers;

test('a pod has a GPU, on a node with a taint that it tolerates', () => {
  expect(server.resources.limits['nvidia.com/gpu']).toBe('1');
  expect(spec.template.spec.nodeSelector).toEqual({ accelerator: 'nvidia-l4' });
  expect(spec.template.spec.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
});

test('it has 20 minutes to start, which no rollout cuts short', () => {
  const { periodSeconds, failureThreshold } = server.startupProbe;
  expect(periodSeconds * failureThreshold).toBe(1200);
  expect(spec.progressDeadlineSeconds).toBeGreaterThan(1200);
});

test('shared memory is in memory, and all that is written has a folder', () => {
  const { volumes } = spec.template.spec;
  const shm = volumes.find(({ name }: Manifest) => name === 'scratch-dev-shm');
  expect(shm.emptyDir).toEqual({ medium: 'Memory', sizeLimit: '4Gi' });
  const folders = server.volumeMounts.map(({ mountPath }: Manifest) => mountPath);
  expect(folders.sort()).toEqual(['/cache', '/dev/shm', '/tmp']);
  expect(server.securityContext.readOnlyRootFilesystem).toBe(true);
});

test('the number of pods follows the requests that Prometheus reads from them', () => {
  const [trigger] = find('ScaledObject', 'llm').spec.triggers;
  expect(trigger.type).toBe('prometheus');
  expect(trigger.metadata.query).toContain('vllm:num_requests_waiting{namespace="inference"}');
  expect(find('PodMonitor', 'llm').spec.podMetricsEndpoints).toMatchObject([{ port: 'http', path: '/metrics' }]);
});

test('only the service that uses it, and Prometheus, call it', () => {
  expect(callersOf(find('NetworkPolicy', 'llm'))).toEqual({ 8000: ['chat/chat', 'monitoring/'] });
});
