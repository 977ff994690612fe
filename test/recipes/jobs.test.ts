import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'jobs')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, label: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.labels?.['app.kubernetes.io/name'] === label);
const dump = find('CronJob', 'dump').spec;
const transcode = find('Job', 'transcode').spec;

test('a dump is uploaded when it is complete, from the folder that both containers share', () => {
  const { containers, initContainers } = dump.jobTemplate.spec.template.spec;
  expect(initContainers).toHaveLength(1);
  expect(initContainers[0].restartPolicy).toBeUndefined();
  for (const container of [initContainers[0], containers[0]]) {
    expect(container.volumeMounts).toContainEqual({ name: 'shared-dump', mountPath: '/dump' });
  }
  expect(dump.concurrencyPolicy).toBe('Forbid');
});

test('only the container that dumps has the password', () => {
  const { containers, initContainers } = dump.jobTemplate.spec.template.spec;
  const mounts = [...containers, ...initContainers].filter(({ volumeMounts }: Manifest) =>
    volumeMounts.some(({ name }: Manifest) => name === 'secret-database'),
  );
  expect(mounts.map(({ name }: Manifest) => name)).toEqual(['pg-dump']);
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
});

test('each part has its index and its own retries, and the loss of a spot node counts as none', () => {
  expect(transcode).toMatchObject({
    completionMode: 'Indexed',
    completions: 100,
    parallelism: 10,
    backoffLimitPerIndex: 2,
    maxFailedIndexes: 5,
  });
  expect(transcode.backoffLimit).toBeUndefined();
  const actions = transcode.podFailurePolicy.rules.map(({ action }: Manifest) => action);
  expect(actions.sort()).toEqual(['FailIndex', 'FailJob', 'Ignore']);
});

test('the collector runs beside the part, and does not keep the Job from completing', () => {
  const { containers, initContainers } = transcode.template.spec;
  expect(containers.map(({ name }: Manifest) => name)).toEqual(['transcode']);
  expect(initContainers).toMatchObject([{ name: 'collector', restartPolicy: 'Always' }]);
});

test('the dump reaches the database and AWS, and nothing reaches either Job', () => {
  const { egress, ingress } = find('NetworkPolicy', 'dump').spec;
  const ports = egress.flatMap((rule: Manifest) => rule.ports.map(({ port }: Manifest) => port));
  expect([...new Set(ports)].sort()).toEqual([443, 53, 5432, 80]);
  expect([ingress ?? [], find('NetworkPolicy', 'transcode').spec.ingress ?? []]).toEqual([[], []]);
});
