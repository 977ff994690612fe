import { Env, type k8s } from 'cdk8s-eks-patterns';
import { appOf, job, newTenant, podOf, scaledJob, scheduled, synth } from '../support/app';
import { findingsOf } from '../support/findings';

type Self = { readonly leader: string; readonly hosts: readonly string[]; readonly jobName: string };
const leader = ({ leader }: Self) => leader;
const variables = (made: ReturnType<typeof job>): readonly k8s.EnvVar[] => podOf(made).spec.containers[0].env ?? [];
const mesh = { port: { master: 29500 } };

describe('pods of a Job that call each other', () => {
  test('are indexed, run at once, and have host names below a headless Service', () => {
    const made = job({ completions: 4, mesh });
    expect(made.job.toJson().spec).toMatchObject({ completionMode: 'Indexed', completions: 4, parallelism: 4 });
    expect(podOf(made).spec.subdomain).toBe('job-mesh');
    expect(made.service!.toJson()).toMatchObject({
      metadata: { name: 'job-mesh' },
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: { 'app.kubernetes.io/name': 'job' },
        ports: [{ name: 'master', port: 29500 }],
      },
    });
  });

  test('have the name of the leader in a variable, which the kubelet expands: the hash does not depend on itself', () => {
    const made = job({
      completions: 2,
      mesh,
      env: { MASTER_ADDR: leader, HOSTS: ({ hosts }: Self) => hosts.join(',') },
    });
    const domain = 'job-mesh.shop.svc.cluster.local';
    expect(variables(made)).toEqual([
      { name: 'JOB_NAME', valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-name']" } } },
      { name: 'MASTER_ADDR', value: `$(JOB_NAME)-0.${domain}` },
      { name: 'HOSTS', value: `$(JOB_NAME)-0.${domain},$(JOB_NAME)-1.${domain}` },
    ]);
    expect(made.job.name).toMatch(/^job-[0-9a-f]{10}$/);
  });

  test.each<[object, object[]]>([
    [mesh, [{ port: 29500, protocol: 'TCP' }]],
    [{ ...mesh, anyPort: true }, [{ port: 1, endPort: 65_535, protocol: 'TCP' }]],
  ])('reach each other with %j, both ways', (given, ports) => {
    const { spec } = job({ completions: 2, mesh: given }).networkPolicy!.toJson();
    const own = [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'job' } } }];
    expect(spec!.ingress).toEqual([{ from: own, ports }]);
    expect(spec!.egress).toContainEqual({ to: own, ports });
  });

  test('also where a schedule or events start them', () => {
    const props = { completions: 2, mesh, env: { MASTER_ADDR: leader } };
    expect([scheduled(props).service!.name, scaledJob(props).service!.name]).toEqual(['nightly-mesh', 'encoder-mesh']);
  });

  test('pass the review without a finding', () => {
    const shop = newTenant();
    job({ completions: 2, mesh, env: { MASTER_ADDR: leader, RANK: Env.jobIndex() } }, shop);
    scheduled({ completions: 2, mesh, env: { MASTER_ADDR: leader } }, shop);
    scaledJob({ completions: 2, mesh, env: { MASTER_ADDR: leader } }, shop);
    const { warnings } = synth(appOf(shop));
    expect(warnings.filter((one) => /job|nightly|encoder/.test(one))).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['completions', { mesh }],
    ['parallelism', { completions: 4, parallelism: 2, mesh }],
    ['mesh.port', { completions: 4, mesh: {} }],
    ['mesh.ports', { completions: 4, mesh: { ports: 1 } }],
    ['mesh.anyPort', { completions: 4, mesh: { port: 1, anyPort: 'yes' } }],
    ['mesh', { completions: 4, env: { A: leader } }],
    ['files', { completions: 4, mesh, files: { '/etc/a': leader } }],
  ])('%s of %j is refused', (field, props) => {
    expect(findingsOf(() => job(props))).toMatchObject([{ field }]);
  });
});

describe('an elastic Job', () => {
  test('keeps its name when the number of pods changes, and nothing else', () => {
    const named = (props: object) => job({ elastic: true, ...props }).job.name;
    expect(named({ completions: 3 })).toBe(named({ completions: 5 }));
    expect(named({ completions: 3 })).not.toBe(named({ completions: 3, args: ['other'] }));
    expect(job({ completions: 3 }).job.name).not.toBe(job({ completions: 5 }).job.name);
    for (const completions of [1, 3]) {
      const { spec } = job({ elastic: true, completions }).job.toJson();
      expect(spec).toMatchObject({ completionMode: 'Indexed', completions, parallelism: completions });
    }
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['parallelism', { completions: 3, parallelism: 3 }],
    ['successPolicy', { completions: 3, successPolicy: { count: 1 } }],
    ['retries.failedIndexes', { completions: 3, retries: { perIndex: 1, failedIndexes: 1 } }],
    ['sharedStorage', { sharedStorage: { mountPath: '/data', size: '1Gi' } }],
  ])('without %s', (field, props) => {
    expect(findingsOf(() => job({ elastic: true, ...props }))).toMatchObject([{ field }]);
  });
});
