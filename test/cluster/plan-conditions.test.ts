import { applied } from '../../review/plan/verdict';
import type { Manifest } from '../support/app';
import { NEWEST } from './harness/plane';
import { VerdictServer } from './harness/verdicts/server';

let server: VerdictServer;
beforeAll(async () => {
  server = await VerdictServer.start(NEWEST);
}, 300_000);
afterAll(() => server?.stop());

const named = (apiVersion: string, kind: string, name: string, rest: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'default' },
  ...rest,
});

/** The verdict of the plan, what it leaves to the cluster, and the fields that the server refuses; '' where it takes all. */
async function asked(original: Manifest, edited: Manifest) {
  const { verdict, condition = '' } = applied(original, edited, NEWEST);
  const [outcome] = await server.outcomes([{ original, edited, edit: '' }]);
  return { verdict, condition, refused: outcome!.refused?.join() ?? 'taken', message: outcome!.message };
}

describe('a claim grows', () => {
  const claim = (name: string, storage: string, storageClassName: string) =>
    named('v1', 'PersistentVolumeClaim', name, {
      spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage } } },
    });

  test('when it is bound and its class allows it', async () => {
    const original = claim('grows', '1Gi', 'fast');
    await server.apply([original]);
    const answer = await asked(original, claim('grows', '2Gi', 'fast'));
    expect(answer).toMatchObject({ verdict: 'depends', refused: 'taken' });
    expect(answer.condition).toBe(
      'the claim has to be bound, and its StorageClass to allow growth (allowVolumeExpansion)',
    );
  });

  test('not when its class does not', async () => {
    const original = claim('stays', '1Gi', 'fixed');
    await server.apply([original]);
    const answer = await asked(original, claim('stays', '2Gi', 'fixed'));
    expect(answer).toMatchObject({ verdict: 'depends', refused: '' });
    expect(answer.message).toContain('the storageclass that provisions the pvc must support resize');
  });

  test('not before it is bound', async () => {
    const original = claim('waits', '1Gi', 'fast');
    await server.apply([original]);
    await server.setStatus(original, { phase: 'Pending', capacity: null });
    expect(await asked(original, claim('waits', '2Gi', 'fast'))).toMatchObject({ verdict: 'depends', refused: 'spec' });
  });
});

describe('a class is named for a claim that had none', () => {
  const claim = (spec: object) =>
    named('v1', 'PersistentVolumeClaim', 'classless', {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
    });

  test('while it has none in the cluster either', async () => {
    await server.apply([claim({})]);
    const answer = await asked(claim({}), claim({ storageClassName: 'fast' }));
    expect(answer).toMatchObject({ verdict: 'depends', refused: 'taken' });
    expect(answer.condition).toBe('the claim must not have got the default StorageClass of the cluster');
  });

  test('not when the cluster gave it another one', async () => {
    await server.patch(claim({}), { spec: { storageClassName: 'slow' } });
    expect(await asked(claim({}), claim({ storageClassName: 'fast' }))).toMatchObject({ refused: 'spec' });
  });
});

describe('a suspended Job is placed elsewhere', () => {
  const job = (nodeSelector: object) =>
    named('batch/v1', 'Job', 'suspended', {
      spec: {
        suspend: true,
        template: { spec: { restartPolicy: 'Never', nodeSelector, containers: [{ name: 'app', image: 'web:1' }] } },
      },
    });

  test('before it starts', async () => {
    await server.apply([job({})]);
    const answer = await asked(job({}), job({ one: 'a' }));
    expect(answer).toMatchObject({ verdict: 'depends', refused: 'taken' });
    expect(answer.condition).toBe('the Job must not have started, or be suspended again with no pod left');
  });

  test('not while it has a pod', async () => {
    await server.setStatus(job({}), { active: 1, startTime: '2026-01-02T03:04:05Z' });
    expect(await asked(job({}), job({ one: 'a' }))).toMatchObject({
      verdict: 'depends',
      refused: 'spec.template',
    });
  });
});

describe('a version of a definition goes', () => {
  const schema = { openAPIV3Schema: { type: 'object' } };
  const version = (name: string, storage: boolean) => ({ name, served: true, storage, schema });
  const definition = (...versions: object[]): Manifest => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'cars.example.com' },
    spec: { group: 'example.com', names: { plural: 'cars', kind: 'Car' }, scope: 'Namespaced', versions },
  });
  const both = definition(version('v1', true), version('v1beta1', false));
  const one = definition(version('v1', true));

  test('while no object was stored in it', async () => {
    await server.apply([both]);
    const answer = await asked(both, one);
    expect(answer).toMatchObject({ verdict: 'depends', refused: 'taken' });
    expect(answer.condition).toBe('no object may be stored in v1beta1 (status.storedVersions)');
  });

  test('not afterwards', async () => {
    await server.setStatus(both, { storedVersions: ['v1beta1', 'v1'] });
    expect(await asked(both, one)).toMatchObject({ verdict: 'depends', refused: 'status.storedVersions[0]' });
  });
});

describe('a Service names the address that it got', () => {
  const service = (clusterIP?: string) =>
    named('v1', 'Service', 'addressed', { spec: { ports: [{ port: 80 }], ...(clusterIP ? { clusterIP } : {}) } });

  test('when it is that one, and not another', async () => {
    await server.apply([service()]);
    const { clusterIP } = (await server.live(service())).spec;
    expect(await asked(service(), service(clusterIP))).toMatchObject({ verdict: 'depends', refused: 'taken' });
    expect(await asked(service(), service('10.100.99.99'))).toMatchObject({
      verdict: 'depends',
      condition: 'the cluster has to have given the Service this very address, since it cannot change',
      refused: 'spec.clusterIPs[0]',
    });
  });
});
