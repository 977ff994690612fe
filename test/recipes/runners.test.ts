import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'runners')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const scaled = find('ScaledJob', 'runner').spec;
const job = scaled.jobTargetRef;
const pod = job.template.spec;
const [runner] = pod.containers;
const container = (name: string): Manifest => pod.initContainers.find((one: Manifest) => one.name === name);
const foldersOf = ({ volumeMounts }: Manifest): string[] => volumeMounts.map(({ mountPath }: Manifest) => mountPath);

test('KEDA logs in to GitHub with the key of the App, which its own role may read', () => {
  expect(scaled.triggers).toMatchObject([
    {
      type: 'github-runner',
      metadata: { owner: 'example', labels: 'eks', applicationID: '123456', installationID: '45678901' },
      authenticationRef: { name: 'runner-github-runner' },
    },
  ]);
  const { awsSecretManager } = find('TriggerAuthentication', 'runner-github-runner').spec;
  expect(awsSecretManager.secrets).toEqual([{ parameter: 'appKey', name: 'runners/github', secretKey: 'private_key' }]);
  const config = objects.find((object) => object?.kind === 'ClusterConfig');
  const operator = config.iam.podIdentityAssociations.find(
    (association: Manifest) => association.serviceAccountName === 'keda-operator',
  );
  expect(JSON.stringify(operator.permissionPolicy)).toContain('runners/github');
});

test('a pod is for one job: neither a retry nor a change of the ScaledJob runs or kills one', () => {
  expect(job).toMatchObject({ completions: 1, parallelism: 1, backoffLimit: 0, podReplacementPolicy: 'Failed' });
  expect(scaled.rollout).toEqual({ strategy: 'gradual' });
  expect(scaled.minReplicaCount ?? 0).toBe(0);
});

test('an autoscaler leaves a job alone, and a drain waits an hour for it', () => {
  expect(job.template.metadata.annotations).toMatchObject({
    'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
    'karpenter.sh/do-not-disrupt': 'true',
  });
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(3600);
  const settings = find('ConfigMap', runner.envFrom[0].configMapRef.name).data;
  expect(settings.RUNNER_MANUALLY_TRAP_SIG).toBe('');
});

test('Docker runs before the runner and beside it, with the folders that it mounts at the same paths', () => {
  const docker = container('docker');
  expect(pod.initContainers[0]).toBe(docker);
  expect(docker).toMatchObject({ restartPolicy: 'Always', startupProbe: { exec: { command: ['docker', 'info'] } } });
  for (const shared of ['/runner', '/var/run']) {
    const mount = { mountPath: shared, name: shared === '/runner' ? 'shared-runner' : 'shared-run' };
    expect(docker.volumeMounts).toContainEqual(mount);
    expect(runner.volumeMounts).toContainEqual(mount);
  }
  expect(docker.args).toContain(`--group=${pod.securityContext.runAsGroup}`);
});

test('Docker alone is privileged, and registration alone has the key', () => {
  const all = [...pod.containers, ...pod.initContainers];
  const named = (those: (one: Manifest) => boolean) => all.filter(those).map(({ name }: Manifest) => name);
  expect(named(({ securityContext }) => securityContext.privileged)).toEqual(['docker']);
  expect(named(({ securityContext }) => !securityContext.readOnlyRootFilesystem)).toEqual(['docker']);
  expect(named((one) => foldersOf(one).includes('/run/secrets/github'))).toEqual(['register']);
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
});

test('the runners have nodes of their own, and nothing reaches them', () => {
  expect(pod.nodeSelector).toEqual({ dedicated: 'runners' });
  const { managedNodeGroups } = objects.find((object) => object?.kind === 'ClusterConfig');
  expect(managedNodeGroups.find(({ name }: Manifest) => name === 'runners')).toMatchObject({
    minSize: 0,
    taints: [{ key: 'dedicated', value: 'runners', effect: 'NoSchedule' }],
  });
  const { egress, ingress } = find('NetworkPolicy', 'runner').spec;
  expect(ingress ?? []).toEqual([]);
  const ports = egress.flatMap((rule: Manifest) => rule.ports.map(({ port }: Manifest) => port));
  expect([...new Set(ports)].sort()).toEqual([443, 53, 80]);
});
