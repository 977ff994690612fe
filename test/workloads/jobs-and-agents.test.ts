import { Cron } from 'cdk8s';
import { BatchJob, Probe } from 'cdk8s-eks-patterns';
import {
  agent,
  appOf,
  containerOf,
  job,
  jobProps,
  newTenant,
  podOf,
  privilegedTenant,
  scheduled,
  synth,
  worker,
} from '../support/app';
import { refusedBy } from '../support/findings';

describe('a batch job', () => {
  const name = (props: object, tenant = newTenant()) => job({ ...props }, tenant).job.toJson().metadata.name;

  const rename = (j: BatchJobManifest) => void Object.assign(j.spec.template.spec, { hostname: 'x' });

  test('has a hash of its content in its name', () => {
    expect(name({})).toMatch(/^job-[0-9a-f]{10}$/);
    expect(name({})).toBe(name({}));
  });

  test.each([
    ['an argument', { args: ['--once'] }],
    ['the image', { image: 'shop/job:2' }],
    ['a variable', { env: { A: 1 } }],
    ['the number of retries', { retries: 1 }],
    ['an edit of the pod', { customize: { job: rename } }],
  ])('runs again when %s changes', (_what, props) => {
    expect(name(props)).not.toBe(name({}));
  });

  test('is an instance of its own, which is no part of its hash', () => {
    const { metadata, spec } = job().job.toJson();
    const instance = 'app.kubernetes.io/instance';
    expect([metadata.labels![instance], spec.template.metadata.labels[instance]]).toEqual([
      metadata.name,
      metadata.name,
    ]);
    const own = job({ labels: { [instance]: 'blue' } }).job.toJson();
    expect([own.metadata.labels![instance], own.spec.template.metadata.labels[instance]]).toEqual(['blue', 'blue']);
  });

  test('runs no second time when only its own labels and annotations change', () => {
    const labels = (j: BatchJobManifest) => void Object.assign(j.metadata.labels!, { tier: 'a' });
    expect(name({ customize: { job: labels } })).toBe(name({}));
    const patched = job();
    patched.job.metadata.addAnnotation('who', 'me');
    expect(patched.job.toJson().metadata.annotations).toEqual({ who: 'me' });
    expect(patched.job.toJson().metadata.name).toBe(name({}));
  });

  test('has a name with the hash, and the id without it', () => {
    const run = job({ args: ['--once'] });
    expect(run.job.name).toBe(run.job.toJson().metadata.name);
    expect(run.name).toBe('job');
  });

  test('is kept, retries three times, and is left alone while it works', () => {
    const { spec } = job().job.toJson();
    expect(spec).toMatchObject({ backoffLimit: 3, completions: 1, parallelism: 1 });
    const { ttlSecondsAfterFinished, activeDeadlineSeconds, completionMode } = spec;
    expect([ttlSecondsAfterFinished, activeDeadlineSeconds, completionMode]).toEqual([undefined, undefined, undefined]);
    expect(spec.template.spec.restartPolicy).toBe('Never');
    expect(spec.template.metadata.annotations).toMatchObject({
      'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
      'karpenter.sh/do-not-disrupt': 'true',
    });
    expect(spec.template.spec).toMatchObject({ priorityClassName: 'workload-batch' });
    expect(spec.template.spec.topologySpreadConstraints).toBeUndefined();
  });

  test('takes all of its fields', () => {
    const props = { deadline: '15m', retries: 0, parallelism: 2, completions: 4, keepFor: '1d' };
    expect(job(props).job.toJson().spec).toMatchObject({
      activeDeadlineSeconds: 900,
      backoffLimit: 0,
      completionMode: 'Indexed',
      completions: 4,
      parallelism: 2,
      ttlSecondsAfterFinished: 86400,
    });
  });

  test('shares a volume with its other runs', () => {
    const run = job({ sharedStorage: { mountPath: '/data', size: '5Gi', name: 'cache' } });
    expect(run.claim!.toJson()).toMatchObject({
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'job-cache', namespace: 'shop' },
      spec: { storageClassName: 'gp3-retain', resources: { requests: { storage: '5Gi' } } },
    });
    expect(podOf(run).spec.volumes).toContainEqual({
      name: 'cache',
      persistentVolumeClaim: { claimName: 'job-cache' },
    });
    expect(containerOf(run).volumeMounts).toContainEqual({ name: 'cache', mountPath: '/data', subPath: 'cache' });
    expect(job().claim).toBeUndefined();
    expect(run).toBeInstanceOf(BatchJob);
  });
});
type BatchJobManifest = ReturnType<BatchJob['job']['toJson']>;

describe('a scheduled job', () => {
  test('runs late rather than not at all, one at a time, in UTC', () => {
    expect(scheduled().cronJob.toJson().spec).toMatchObject({
      schedule: '0 3 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
    });
  });

  test('takes all of its fields, and a Cron of cdk8s', () => {
    const props = {
      schedule: Cron.weekly(),
      timeZone: 'Europe/Berlin',
      overlap: 'Replace',
      startingDeadline: '10m',
      deadline: 60,
      sharedStorage: { mountPath: '/data', size: '1Gi' },
    };
    const nightly = scheduled(props);
    expect(nightly.cronJob.toJson().spec).toMatchObject({
      schedule: '0 0 * * 0',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Replace',
      startingDeadlineSeconds: 600,
      jobTemplate: { spec: { activeDeadlineSeconds: 60, backoffLimit: 3 } },
    });
    expect(nightly.claim!.name).toBe('nightly-data');
  });

  test.each(['@daily', '*/15 8-18 * * MON-FRI', '0 0 1,15 JAN-JUN/2 ?', '  5 4  * * 0 '])('takes %s', (schedule) => {
    const { spec } = scheduled({ schedule }).cronJob.toJson();
    expect(spec.schedule).toBe(schedule.trim().replace(/\s+/g, ' '));
  });

  test('labels its jobs and their pods, and keeps its name when its content changes', () => {
    const nightly = scheduled({ args: ['x'] });
    const { metadata, spec } = nightly.cronJob.toJson();
    expect(metadata.name).toBe('nightly');
    expect(spec.jobTemplate.metadata!.labels).toMatchObject({ 'app.kubernetes.io/name': 'nightly' });
    expect(podOf(nightly).spec).toMatchObject({ restartPolicy: 'Never', priorityClassName: 'workload-batch' });
  });
});

describe('a node agent', () => {
  test('runs on every node, tolerates every taint, and is updated a tenth at a time', () => {
    const logs = agent();
    expect(logs.daemonSet.toJson().spec).toMatchObject({
      minReadySeconds: 10,
      revisionHistoryLimit: 3,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'agent' } },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
    });
    const { tolerations, priorityClassName, topologySpreadConstraints, affinity } = podOf(logs).spec;
    expect(tolerations).toEqual([{ operator: 'Exists' }]);
    expect(priorityClassName).toBe('workload-agent');
    expect([topologySpreadConstraints, affinity!.podAntiAffinity]).toEqual([undefined, undefined]);
    expect(agent({ maxUnavailable: 2 }).daemonSet.toJson().spec.updateStrategy!.rollingUpdate).toEqual({
      maxUnavailable: 2,
    });
  });

  test('tolerates only the given taints, if there are any', () => {
    const one = { key: 'dedicated', operator: 'Exists' };
    expect(podOf(agent({ placement: { tolerations: [one] } })).spec.tolerations).toEqual([one]);
    expect(podOf(agent({ placement: { tolerations: [] } })).spec.tolerations).toBeUndefined();
  });

  test('reads folders of the node in a privileged tenant, and nothing else of it', () => {
    const hostPaths = ['/var/log', { path: '/run/containerd', mountPath: '/containerd', readOnly: false }];
    const logs = agent({ hostPaths }, privilegedTenant());
    const { volumes, hostNetwork } = podOf(logs).spec;
    expect(volumes).toEqual(
      expect.arrayContaining([
        { name: 'host-var-log', hostPath: { path: '/var/log', type: 'Directory' } },
        { name: 'host-run-containerd', hostPath: { path: '/run/containerd', type: 'Directory' } },
      ]),
    );
    expect(containerOf(logs).volumeMounts).toEqual(
      expect.arrayContaining([
        { name: 'host-var-log', mountPath: '/var/log', readOnly: true },
        { name: 'host-run-containerd', mountPath: '/containerd', readOnly: undefined },
      ]),
    );
    expect(hostNetwork).toBeUndefined();
  });

  test("takes the node's network for a reason, and still finds the cluster's names", () => {
    const because = 'it watches the node';
    const { metadata, spec } = podOf(agent({ hostNetwork: { because } }, privilegedTenant()));
    expect(spec).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
    expect(metadata.annotations).toMatchObject({ 'cdk8s-eks-patterns.io/host-network-because': because });
  });
});

describe.each([
  ['a worker', worker],
  ['a node agent', agent],
])('the probes of %s', (_what, make) => {
  const container = (props: object) => containerOf(make({ ...props }));
  const liveness = Probe.http('/livez', { port: 9000 });

  test('declare their ports, each once and beside that of the metrics', () => {
    const ports = (props: object) => container(props).ports?.map(({ name, containerPort }) => [name, containerPort]);
    expect(ports({ probes: { liveness } })).toEqual([['probe-9000', 9000]]);
    expect(ports({ probes: { liveness }, metrics: { port: 9000 } })).toEqual([['metrics', 9000]]);
    const probes = { liveness, readiness: Probe.grpc({ port: 9001 }), startup: Probe.tcp(9002) };
    expect(ports({ probes, metrics: { port: 9090 } })).toEqual([
      ['metrics', 9090],
      ['probe-9000', 9000],
      ['probe-9001', 9001],
      ['probe-9002', 9002],
    ]);
    expect(ports({ probes: { liveness: Probe.exec(['true']) } })).toBeUndefined();
  });

  test('may have readiness, for which a rollout waits', () => {
    const readiness = Probe.exec(['/app/connected']);
    expect(container({ probes: { liveness, readiness } }).readinessProbe).toMatchObject({
      exec: { command: ['/app/connected'] },
    });
    expect(container({ probes: { liveness } })).not.toHaveProperty('readinessProbe');
  });

  test('must differ, as those of services', () => {
    const probes = { liveness, readiness: liveness };
    expect(refusedBy(() => make({ probes }))).toEqual(['props/duplicate', 'probes.liveness']);
  });
});

test('a job that does not change is the same object at every synthesis', () => {
  const shop = newTenant();
  new BatchJob(shop, 'once', { ...jobProps });
  const app = appOf(shop);
  expect(synth(app).files['shop.k8s.yaml']).toBe(synth(app).files['shop.k8s.yaml']);
});
