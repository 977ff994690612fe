import { profileOf } from '../../../eksctl/fargate-profiles';
import { ended } from '../../support/work';
import {
  config,
  daemonSet,
  deployment,
  found,
  NOTHING,
  statefulSet,
  storageClass,
  WORKERS,
  withDevice,
} from './support';

const profiles = (...selectors: readonly object[]) => [{ name: 'apps', selectors }];
const SHOP = { namespace: 'shop' };
/** Nodes beside a profile that takes the namespace. */
const TAKES = config({ managedNodeGroups: [WORKERS], fargateProfiles: profiles(SHOP) });
const LEAVES = config({ managedNodeGroups: [WORKERS], fargateProfiles: profiles({ namespace: 'other' }) });
const EBS = storageClass('ebs.csi.aws.com', { metadata: { name: 'gp3' } });
const inMain = (container: object) => deployment({ containers: [{ name: 'main', image: 'web:1', ...container }] });

describe('pods that a Fargate profile takes', () => {
  test.each([
    ['a volume on EBS', [EBS, statefulSet('gp3')], "claim 'data' is a volume on EBS"],
    [
      'a volume on EFS that is made when it is claimed',
      [storageClass('efs.csi.aws.com'), statefulSet('files')],
      "claim 'data' provisions its volume on EFS",
    ],
    ['a DaemonSet', [daemonSet()], 'a DaemonSet has no node there'],
    ['a privileged container', [inMain({ securityContext: { privileged: true } })], 'no container is privileged there'],
    ['a hostPath', [deployment({ volumes: [{ name: 'log', hostPath: { path: '/var/log' } }] })], "'hostPath'"],
    ['hostNetwork', [deployment({ hostNetwork: true })], "'hostNetwork'"],
    ['a hostPort', [inMain({ ports: [{ containerPort: 80, hostPort: 80 }] })], "'hostPort'"],
    ['a GPU', [deployment(withDevice('nvidia.com/gpu'))], 'no pod gets an NVIDIA GPU there'],
    [
      'arm64',
      [deployment({ nodeSelector: { 'kubernetes.io/arch': 'arm64' } })],
      "there 'kubernetes.io/arch' is 'amd64', while they ask for 'arm64'",
    ],
  ])('cannot have %s', (_what, manifests, problem) => {
    const { errors } = found(TAKES, ...manifests);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^shop\/\w+-\w+: fargateProfiles\[0\] 'apps' takes the pods of \w+ 'shop\/\w+', and /);
    expect(errors[0]).toContain(problem);
    expect(found(LEAVES, ...manifests).errors.filter((error) => error.includes('fargateProfiles'))).toEqual([]);
  });

  test.each([
    [
      'a volume on EFS that is there already',
      [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolume',
          metadata: { name: 'media' },
          spec: { csi: { driver: 'efs.csi.aws.com' }, claimRef: { name: 'media', namespace: 'shop' } },
        },
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'media', namespace: 'shop' },
          spec: { storageClassName: '' },
        },
        deployment({ volumes: [{ name: 'media', persistentVolumeClaim: { claimName: 'media' } }] }),
      ],
    ],
    ['an emptyDir', [deployment({ volumes: [{ name: 'tmp', emptyDir: {} }] })]],
    ['a label of nodes, which it has or not', [deployment({ nodeSelector: { disktype: 'ssd' } })]],
    ['amd64', [deployment({ nodeSelector: { 'kubernetes.io/arch': 'amd64' } })]],
  ])('may have %s', (_what, manifests) => {
    expect(found(TAKES, ...manifests)).toEqual(NOTHING);
  });

  test('have a claim of the default class on EBS too', () => {
    const standard = {
      ...EBS,
      metadata: { name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    };
    expect(found(TAKES, standard, statefulSet(undefined)).errors).toHaveLength(1);
    expect(found(TAKES, EBS, statefulSet(undefined)).errors).toEqual([]);
  });

  test('are told of every problem', () => {
    const all = deployment({ hostNetwork: true, volumes: [{ name: 'log', hostPath: { path: '/var/log' } }] });
    expect(found(TAKES, all).errors).toHaveLength(2);
  });

  test('get no permissions by pod identity', () => {
    const associated = (namespace: string) => ({
      ...TAKES,
      iam: {
        podIdentityAssociations: [
          { namespace, serviceAccountName: 'web', roleARN: 'arn:aws:iam::111122223333:role/web' },
        ],
      },
    });
    const web = deployment({ serviceAccountName: 'web' });
    expect(found(associated('shop'), web).errors).toEqual([
      expect.stringMatching(/^shop\/Deployment-web: fargateProfiles\[0\] 'apps' .* \[fargate\/pod-identity\]$/),
    ]);
    expect(found(associated('other'), web)).toEqual(NOTHING);
  });
});

describe('a selector of a profile', () => {
  const takes = (selector: object, labels?: Readonly<Record<string, string>>) =>
    found(
      config({ managedNodeGroups: [WORKERS], fargateProfiles: profiles(selector) }),
      deployment({ hostNetwork: true }, labels),
    ).errors.length === 1;

  test.each([
    ['the namespace', { namespace: 'shop' }, true],
    ['another namespace', { namespace: 'shopping' }, false],
    ['a pattern of the namespace', { namespace: 'sh*' }, true],
    ['a pattern of one character', { namespace: 'sho?' }, true],
    ['a pattern that is too short', { namespace: 'sh?' }, false],
    ['a dot, which is no pattern', { namespace: 'sho.' }, false],
    ['labels that the pods have', { namespace: 'shop', labels: { app: 'web' } }, true],
    ['labels of which the pods lack one', { namespace: 'shop', labels: { app: 'web', tier: 'front' } }, false],
    ['no namespace, which eksctl refuses', {}, false],
    ['a label without a value', { namespace: 'shop', labels: { app: undefined } }, false],
  ])('with %s', (_what, selector, expected) => {
    expect(takes(selector)).toBe(expected);
  });
});

describe('where there are Fargate profiles alone', () => {
  const alone = config({ fargateProfiles: profiles(SHOP) });

  test('pods that none selects run nowhere', () => {
    const other = { ...deployment(), metadata: { name: 'web', namespace: 'other' } };
    expect(found(alone, other).errors).toEqual([
      "shop/Deployment-web: the cluster runs pods on Fargate only, and none of its profiles (fargateProfiles[0] 'apps') selects the pods of Deployment 'other/web'. Add the selector { namespace: 'other' } to one of them, or a node group. [placement/unschedulable]",
    ]);
  });

  test('pods that one selects fit', () => {
    expect(found(alone, deployment())).toEqual(NOTHING);
  });
});

describe('wildcards in the selectors of a profile', () => {
  const takes = (pattern: string, namespace: string) =>
    profileOf({ namespace, labels: {} }, config({ fargateProfiles: profiles({ namespace: pattern }) })) !== undefined;

  test.each([
    ['shop', 'shop', true],
    ['shop', 'shop-a', false],
    ['*', '', true],
    ['shop-*', 'shop-a', true],
    ['shop-*', 'shop', false],
    ['*-a', 'a-a-a', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXbYbZ', false],
    ['a*a', 'a', false],
    ['sh?p', 'shop', true],
    ['shop?', 'shop', false],
    ['?*?', 'ab', true],
    ['?*?', 'a', false],
    ['a.c', 'abc', false],
    ['a.c*', 'a.c', true],
  ])("'%s' and the namespace '%s': %s", (pattern, namespace, expected) => {
    expect(takes(pattern, namespace)).toBe(expected);
  });

  test('many stars are no more work than pattern and text ask for', () => {
    expect(ended(() => takes(`${'*a'.repeat(30)}b`, 'a'.repeat(5_000)))).toBe(false);
  });
});
