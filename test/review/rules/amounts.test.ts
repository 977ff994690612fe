import { container, pod, said } from './pods';

const C = 'spec.containers[0].resources';
const requests = (amounts: string, limits = '') =>
  container(`resources: { requests: { ${amounts} }, limits: { ${limits} } }`);

test.each([
  ["cpu: '250'", '', ['warning quantities/unit requests.cpu']],
  ['cpu: 63', '', []],
  ["cpu: '96', nvidia.com/gpu: 8", 'nvidia.com/gpu: 8', []],
  ['cpu: 100000m', '', ['warning quantities/unit requests.cpu']],
  ["memory: '512'", '', ['warning quantities/unit requests.memory']],
  ['memory: 512m', '', ['warning quantities/unit requests.memory']],
  ['memory: 512k', '', ['warning quantities/unit requests.memory']],
  ['memory: 64Mi', '', []],
  ['memory: 0', '', []],
  ["ephemeral-storage: '1'", '', ['warning quantities/unit requests.ephemeral-storage']],
  ["cpu: '16'", "cpu: '64'", []],
  ['cpu: 100m', "cpu: '250'", ['warning quantities/unit limits.cpu']],
  ['memory: 512Mi', 'memory: 512m', ['error quantities/unit limits.memory']],
  ['memory: 512m', 'memory: 512m', ['error quantities/unit limits.memory']],
  ['cpu: 2', 'cpu: 1', ['error quantities/limits requests.cpu']],
  ['memory: 1Gi', 'memory: 1024Mi', []],
  ['memory: 1Gi', 'memory: 1G', ['error quantities/limits requests.memory']],
  ['nvidia.com/gpu: 1', '', ["error quantities/limits requests['nvidia.com/gpu']"]],
  ['nvidia.com/gpu: 1', 'nvidia.com/gpu: 2', ["error quantities/limits requests['nvidia.com/gpu']"]],
  ['', 'nvidia.com/gpu: 500m', ["error quantities/limits limits['nvidia.com/gpu']"]],
  ['', 'nvidia.com/gpu: 1', []],
  ['gpu: 1', '', ['error quantities/limits requests.gpu']],
  ['hugepages-2Mi: 4Mi, memory: 1Gi', 'hugepages-2Mi: 4Mi', []],
])('requests { %s } and limits { %s }', (amounts, limits, expected) => {
  expect(said(requests(amounts, limits), 'quantities')).toEqual(
    expected.map((text) => text.replace(/ (requests|limits)/, ` ${C}.$1`)),
  );
});

test('the limit of a LimitRange', () => {
  const range =
    '{ apiVersion: v1, kind: LimitRange, metadata: { name: r, namespace: default }, spec: { limits: [{ type: Container, default: { memory: 256Mi } }] } }';
  const found = said(`${range}\n---\n${requests('memory: 512Mi')}`, 'quantities');
  expect(found).toEqual([`error quantities/limits ${C}.requests.memory`]);
  expect(said(`${range}\n---\n${requests('memory: 128Mi')}`, 'quantities')).toEqual([]);
});

test.each([
  [
    'a claim of bytes',
    '{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: a }, spec: { resources: { requests: { storage: 20 } } } }',
    'spec.resources.requests.storage',
  ],
  [
    'a claim template of bytes',
    "{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: a }, spec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: c, image: 'c:1' }] } }, volumeClaimTemplates: [{ metadata: { name: v }, spec: { resources: { requests: { storage: '10' } } } }] } }",
    'spec.volumeClaimTemplates[0].spec.resources.requests.storage',
  ],
  [
    'a size of bytes',
    container('', "volumes: [{ name: v, emptyDir: { sizeLimit: '64' } }]"),
    'spec.volumes[0].emptyDir.sizeLimit',
  ],
])('%s', (_, yaml, field) => {
  expect(said(yaml, 'quantities')).toEqual([`warning quantities/unit ${field}`]);
});

const volume = (emptyDir: string) => `volumes: [{ name: v, emptyDir: { ${emptyDir} } }]`;
const mounted = (limits: string, emptyDir: string) =>
  container(`volumeMounts: [{ name: v, mountPath: /v }], resources: { limits: { ${limits} } }`, volume(emptyDir));
test.each([
  [mounted('ephemeral-storage: 1Gi', 'sizeLimit: 2Gi'), true],
  [mounted('ephemeral-storage: 2Gi', 'sizeLimit: 2Gi'), false],
  [mounted('memory: 1Gi', 'sizeLimit: 2Gi'), false],
  [mounted('memory: 1Gi', 'sizeLimit: 2Gi, medium: Memory'), true],
  [mounted('memory: 4Gi', 'sizeLimit: 2Gi, medium: Memory'), false],
  [mounted('', 'sizeLimit: 2Gi, medium: Memory'), false],
  [
    pod(
      `containers: [{ name: c, image: 'c:1', volumeMounts: [{ name: v, mountPath: /v }], resources: { limits: { memory: 1Gi } } }, { name: d, image: 'd:1', resources: { limits: { memory: 4Gi } } }], ${volume('sizeLimit: 2Gi, medium: Memory')}`,
    ),
    true,
  ],
  [
    pod(
      `containers: [{ name: c, image: 'c:1', resources: { limits: { ephemeral-storage: 1Gi } } }, { name: d, image: 'd:1', resources: { limits: { ephemeral-storage: 1Gi } } }], ${volume('sizeLimit: 2Gi')}`,
    ),
    false,
  ],
])('%s', (yaml, large) => {
  expect(said(yaml, 'volumes')).toEqual(large ? ['warning volumes/size spec.volumes[0].emptyDir.sizeLimit'] : []);
});
