import type { ClusterConfig } from '../../../../eksctl';
import { planCluster } from '../../../../review/plan/cluster/plan-cluster';
import { deployment, setOf } from '../support';
import { BASE, configOf } from './cases/case';

const at = (version: string | undefined, more: Partial<ClusterConfig> = {}) =>
  configOf({ ...more, metadata: { ...BASE.metadata, ...{ version } } as ClusterConfig['metadata'] });

const NO_ADDONS = { addonsConfig: { disableDefaultAddons: true } };

const ids = (old: ClusterConfig, next: ClusterConfig): string[] => planCluster(old, next).steps.map(({ id }) => id);

describe('a version of Kubernetes', () => {
  test('goes up one minor at a time: control plane, add-ons, and nodes once at the end', () => {
    expect(ids(at('1.33'), at('1.35'))).toEqual([
      'upgrade/control-plane/1.34',
      ...['vpc-cni', 'coredns', 'kube-proxy', 'metrics-server'].map((name) => `upgrade/addon/${name}/1.34`),
      'upgrade/control-plane/1.35',
      ...['vpc-cni', 'coredns', 'kube-proxy', 'metrics-server'].map((name) => `upgrade/addon/${name}/1.35`),
      'upgrade/node-group/web/1.35',
    ]);
  });

  test('takes the versions of add-ons from the file where it has all of them', () => {
    const addons = (version: string) => ({ ...NO_ADDONS, addons: [{ name: 'vpc-cni', version }] });
    const { steps } = planCluster(at('1.34', addons('v1.20.1')), at('1.35', addons('v1.21.1')));
    expect(steps.map(({ id, command }) => [id, command])).toContainEqual([
      'upgrade/addons/1.35',
      'eksctl update addon -f cluster.yaml --wait',
    ]);
    expect(steps.filter(({ id }) => id.startsWith('addon/'))).toEqual([]);
  });

  test('waits for the nodes where their kubelets would be four versions older', () => {
    expect(ids(at('1.31', NO_ADDONS), at('1.36', NO_ADDONS))).toEqual([
      'upgrade/control-plane/1.32',
      'upgrade/control-plane/1.33',
      'upgrade/control-plane/1.34',
      'upgrade/node-group/web/1.34',
      'upgrade/control-plane/1.35',
      'upgrade/control-plane/1.36',
      'upgrade/node-group/web/1.36',
    ]);
  });

  test('goes back with nodes and add-ons before the control plane', () => {
    expect(ids(at('1.35'), at('1.34'))).toEqual([
      'roll-back/node-group/web',
      'roll-back/addon/vpc-cni',
      'roll-back/addon/coredns',
      'roll-back/addon/kube-proxy',
      'roll-back/control-plane/1.34',
    ]);
    const own = { managedNodeGroups: [], nodeGroups: [{ name: 'own' }], ...NO_ADDONS };
    expect(ids(at('1.35', own), at('1.34', own))).toEqual([
      'node-group/own/rename',
      'node-group/own-2/create',
      'node-group/own/delete',
      'roll-back/control-plane/1.34',
    ]);
  });

  test('stays where the file no longer has one', () => {
    expect(planCluster(at('1.35'), at(undefined))).toMatchObject({ steps: [], newCluster: [] });
    expect(planCluster(at(undefined), at('1.34'))).toMatchObject({ steps: [], newCluster: [] });
  });

  test('is left to Auto Mode and Karpenter where they make the nodes', () => {
    const auto = { autoModeConfig: { enabled: true as const }, managedNodeGroups: undefined };
    expect(ids(at('1.34', auto), at('1.35', auto)).at(-1)).toBe('upgrade/auto-mode/1.35');
  });

  test('is that of groups that are made anew, so that their nodes are replaced once', () => {
    const groups = [{ name: 'web', instanceType: 'm7i.xlarge', minSize: 2, maxSize: 6 }];
    const all = ids(at('1.34'), at('1.35', { managedNodeGroups: groups }));
    expect(all).not.toContain('upgrade/node-group/web/1.35');
    expect(all.indexOf('upgrade/control-plane/1.35')).toBeLessThan(all.indexOf('node-group/web-2/create'));
  });
});

describe('the order of steps', () => {
  test('a group is made before another one is drained, and permissions come before what needs them', () => {
    const old = configOf({ addons: [] });
    const next = configOf({
      addons: [{ name: 'eks-pod-identity-agent' }, { name: 'aws-ebs-csi-driver' }],
      iam: {
        podIdentityAssociations: [
          { namespace: 'shop', serviceAccountName: 'web', roleARN: 'arn:aws:iam::111122223333:role/a' },
        ],
      },
      managedNodeGroups: [{ name: 'front' }],
    });
    expect(ids(old, next)).toEqual([
      'addon/eks-pod-identity-agent/create',
      'pod-identity/shop/web/create',
      'addon/create',
      'node-group/front/create',
      'node-group/web/delete',
    ]);
  });

  test('a group of the other kind with the same name gets a new name', () => {
    const next = configOf({ managedNodeGroups: [], nodeGroups: [{ name: 'web' }] });
    expect(ids(BASE, next)).toEqual(['node-group/web/rename', 'node-group/web-2/create', 'node-group/web/delete']);
  });
});

describe('a step that drains nodes', () => {
  const budget = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { maxUnavailable: 0, selector: { matchLabels: { app: web } } }
`;
  const inventory = setOf(deployment('web') + budget);
  const blocked = (next: ClusterConfig): string[] =>
    planCluster(BASE, next, { inventory }).steps.flatMap(({ id, blockedBy }) => (blockedBy ? [id] : []));

  test('names the budgets that let no pod go', () => {
    const { steps } = planCluster(BASE, at('1.35'), { inventory });
    expect(steps.at(-1)!.blockedBy).toEqual([
      {
        object: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', namespace: 'shop', name: 'web' },
        text: expect.stringContaining('lets none of its 3 pods be evicted'),
      },
    ]);
  });

  test('is an upgrade, the end of a group, or a new image', () => {
    expect(blocked(at('1.35'))).toEqual(['upgrade/node-group/web/1.35']);
    expect(blocked(configOf({ managedNodeGroups: [] }))).toEqual(['node-group/web/delete']);
    expect(
      blocked(configOf({ managedNodeGroups: [{ ...BASE.managedNodeGroups![0]!, releaseVersion: '1.34.2-20260801' }] })),
    ).toEqual(['node-group/web/image']);
    expect(blocked(configOf({ zonalShiftConfig: { enabled: true } }))).toEqual([]);
  });
});

test('only budgets of pods that may run on the nodes of a group stop its drain', () => {
  const old = configOf({ managedNodeGroups: [{ name: 'web' }, { name: 'gpu', labels: { kind: 'gpu' } }] });
  const pods = deployment('web').replace('    spec:\n', '    spec:\n      nodeSelector: { kind: gpu }\n');
  expect(pods).toContain('nodeSelector');
  const budget =
    '---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: web, namespace: shop }\nspec: { maxUnavailable: 0, selector: { matchLabels: { app: web } } }\n';
  const { steps } = planCluster(old, configOf({ managedNodeGroups: [] }), { inventory: setOf(pods + budget) });
  expect(steps.map(({ id, blockedBy = [] }) => [id, blockedBy.length])).toEqual([
    ['node-group/web/delete', 0],
    ['node-group/gpu/delete', 1],
  ]);
});

test('commands name the file as they are told to', () => {
  const { steps } = planCluster(BASE, at('1.35'), { file: 'dist/my cluster/prod.yaml' });
  expect(steps[0]!.command).toBe("eksctl upgrade cluster -f 'dist/my cluster/prod.yaml' --approve");
});

test('written defaults, another order of keys, and empty lists are no change', () => {
  const next = configOf({
    vpc: { nat: { gateway: 'Single' }, clusterEndpoints: { publicAccess: true, privateAccess: false } },
    addons: [],
    upgradePolicy: { supportType: 'EXTENDED' },
    managedNodeGroups: [
      {
        maxSize: 6,
        desiredCapacity: 2,
        minSize: 2,
        volumeType: 'gp3',
        volumeSize: 80,
        instanceType: 'm7i.large',
        name: 'web',
        tags: {},
      },
    ],
  });
  expect(planCluster(BASE, next)).toEqual({ steps: [], ignored: [], newCluster: [] });
});
