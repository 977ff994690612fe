import { Chart } from 'cdk8s';
import { KubeObject } from '../../../charts/core/kube-object';
import { Requirements } from '../../../charts/core/requirements';
import type { AnyObject } from '../../../imports/kubernetes';
import {
  affinity,
  appOf,
  config,
  daemonSet,
  deployment,
  found,
  inZones,
  judge,
  NOTHING,
  statefulSet,
  storageClass,
  WORKERS,
  withDevice,
} from './support';

const LABELLED = config({ managedNodeGroups: [{ ...WORKERS, labels: { disktype: 'ssd' } }] });
const TAINTED = config({
  managedNodeGroups: [{ ...WORKERS, taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] }],
});
const zone = (name: string) => ({ nodeSelector: { 'topology.kubernetes.io/zone': name } });

describe('a node selector on node groups', () => {
  test('of a label that no group has is an error that names both sides and the change', () => {
    expect(found(config(), deployment({ nodeSelector: { disktype: 'ssd' } })).errors).toEqual([
      "shop/Deployment-web: no node of the cluster takes the pods of Deployment 'shop/web': managedNodeGroups[0] 'workers' has no label 'disktype'. " +
        "Give a node group the label (labels: { 'disktype': 'ssd' }), or take 'disktype' out. [placement/unschedulable]",
    ]);
  });

  test('of a label that a group has fits', () => {
    expect(found(LABELLED, deployment({ nodeSelector: { disktype: 'ssd' } }))).toEqual(NOTHING);
  });

  test('of another value of the label is an error that names the value', () => {
    const [error] = found(LABELLED, deployment({ nodeSelector: { disktype: 'hdd' } })).errors;
    expect(error).toContain("managedNodeGroups[0] 'workers' has 'disktype' 'ssd', and they ask for 'hdd'");
  });

  test('of two labels that two groups have, but none has both, is an error', () => {
    const two = config({
      managedNodeGroups: [
        { ...WORKERS, labels: { a: '1' } },
        { ...WORKERS, name: 'others', labels: { b: '1' } },
      ],
    });
    expect(found(two, deployment({ nodeSelector: { a: '1', b: '1' } })).errors).toHaveLength(1);
    expect(found(two, deployment({ nodeSelector: { a: '1' } }))).toEqual(NOTHING);
  });

  test.each([
    ['alpha.eksctl.io/nodegroup-name', 'workers', 'others'],
    ['eks.amazonaws.com/nodegroup', 'workers', 'others'],
    ['eks.amazonaws.com/capacityType', 'ON_DEMAND', 'SPOT'],
    ['kubernetes.io/os', 'linux', 'windows'],
    ['kubernetes.io/arch', 'amd64', 'arm64'],
    ['beta.kubernetes.io/arch', 'amd64', 'arm64'],
    ['node.kubernetes.io/instance-type', 'm5.large', 'm5.xlarge'],
    ['topology.kubernetes.io/zone', 'us-west-2a', 'us-west-2d'],
    ['topology.kubernetes.io/region', 'us-west-2', 'us-east-1'],
  ])('knows the implied label %s: %s fits, %s does not', (key, has, lacks) => {
    expect(found(config(), deployment({ nodeSelector: { [key]: has } }))).toEqual(NOTHING);
    expect(found(config(), deployment({ nodeSelector: { [key]: lacks } })).errors).toEqual([
      expect.stringContaining("managedNodeGroups[0] 'workers'"),
    ]);
  });

  test.each(['eks.amazonaws.com/compute-type', 'karpenter.sh/nodepool', 'eks.amazonaws.com/instance-category'])(
    'of %s, which only nodes of Auto Mode have, is an error',
    (key) => {
      expect(found(config(), deployment({ nodeSelector: { [key]: 'auto' } })).errors).toHaveLength(1);
    },
  );

  test('of a label that a controller may set on a running node fits', () => {
    expect(
      found(config(), deployment({ nodeSelector: { 'feature.node.kubernetes.io/cpu-cpuid.AVX': 'true' } })),
    ).toEqual(NOTHING);
  });

  test('of the capacity type as Karpenter calls it says how managed groups call it', () => {
    const [error] = found(config(), deployment({ nodeSelector: { 'karpenter.sh/capacity-type': 'spot' } })).errors;
    expect(error).toContain("Write 'eks.amazonaws.com/capacityType': 'SPOT'");
  });

  test('of an instance type fits a group whose types only a launch template knows', () => {
    const open = config({ managedNodeGroups: [{ name: 'workers', launchTemplate: { id: 'lt-00000001' } }] });
    expect(found(open, deployment({ nodeSelector: { 'node.kubernetes.io/instance-type': 'm5.xlarge' } }))).toEqual(
      NOTHING,
    );
  });

  test('of a self-managed group, which has neither label of EKS', () => {
    const own = config({ nodeGroups: [WORKERS] });
    expect(found(own, deployment({ nodeSelector: { 'alpha.eksctl.io/nodegroup-name': 'workers' } }))).toEqual(NOTHING);
    expect(found(own, deployment({ nodeSelector: { 'eks.amazonaws.com/nodegroup': 'workers' } })).errors).toEqual([
      expect.stringContaining("nodeGroups[0] 'workers' has no label 'eks.amazonaws.com/nodegroup'"),
    ]);
  });
});

const affinityTerm = (key: string, value: string) => ({ matchExpressions: [{ key, operator: 'In', values: [value] }] });

describe('required node affinity', () => {
  test.each([
    ['In', ['ssd', 'nvme'], ['hdd']],
    ['NotIn', ['hdd'], ['ssd']],
    ['Gt', undefined, ['5']],
  ])('%s is asked as the scheduler does', (operator, fits, lacks) => {
    if (fits) {
      expect(found(LABELLED, deployment(affinity('disktype', operator, ...fits)))).toEqual(NOTHING);
    }
    expect(found(LABELLED, deployment(affinity('disktype', operator, ...lacks))).errors).toHaveLength(1);
  });

  test('Exists and DoesNotExist', () => {
    expect(found(LABELLED, deployment(affinity('disktype', 'Exists')))).toEqual(NOTHING);
    expect(found(LABELLED, deployment(affinity('disktype', 'DoesNotExist'))).errors).toHaveLength(1);
    expect(found(config(), deployment(affinity('disktype', 'DoesNotExist')))).toEqual(NOTHING);
    expect(found(config(), deployment(affinity('disktype', 'Exists'))).errors).toHaveLength(1);
  });

  test('Gt compares numbers', () => {
    const sized = config({ managedNodeGroups: [{ ...WORKERS, labels: { size: '16' } }] });
    expect(found(sized, deployment(affinity('size', 'Gt', '9')))).toEqual(NOTHING);
    expect(found(sized, deployment(affinity('size', 'Gt', '16'))).errors).toHaveLength(1);
    expect(found(sized, deployment(affinity('size', 'Lt', '17')))).toEqual(NOTHING);
  });

  test('of several terms one is enough', () => {
    const terms = (...values: string[]) => ({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: values.map((value) => affinityTerm('disktype', value)),
          },
        },
      },
    });
    expect(found(LABELLED, deployment(terms('hdd', 'ssd')))).toEqual(NOTHING);
    expect(found(LABELLED, deployment(terms('hdd', 'tape'))).errors).toHaveLength(1);
  });

  test('of no term, or of empty ones, matches no node', () => {
    const selector = (...nodeSelectorTerms: object[]) => ({
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
    });
    expect(found(config(), deployment(selector())).errors).toHaveLength(1);
    expect(found(config(), deployment(selector({}))).errors).toHaveLength(1);
    expect(found(LABELLED, deployment(selector({}, affinityTerm('disktype', 'ssd'))))).toEqual(NOTHING);
  });

  test('that is only preferred asks for nothing', () => {
    const preferred = {
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, preference: { matchExpressions: [{ key: 'disktype', operator: 'In', values: ['ssd'] }] } },
          ],
        },
      },
    };
    expect(found(config(), deployment(preferred))).toEqual(NOTHING);
  });
});

describe('taints', () => {
  test('that leave a pod no group are an error that says what to tolerate', () => {
    expect(found(TAINTED, deployment()).errors).toEqual([
      "shop/Deployment-web: no node of the cluster takes the pods of Deployment 'shop/web': managedNodeGroups[0] 'workers' has the taint 'dedicated=db:NoSchedule', which they do not tolerate. " +
        "Tolerate it (tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'db', effect: 'NoSchedule' }]), or leave a node group without a taint. [placement/unschedulable]",
    ]);
  });

  test.each([
    ['the taint itself', { key: 'dedicated', value: 'db', effect: 'NoSchedule' }],
    ['its key', { key: 'dedicated', operator: 'Exists' }],
    ['everything', { operator: 'Exists' }],
  ])('are no matter to pods that tolerate %s', (_what, toleration) => {
    expect(found(TAINTED, deployment({ tolerations: [toleration] }))).toEqual(NOTHING);
  });

  test.each([
    ['another value', { key: 'dedicated', operator: 'Equal', value: 'web' }],
    ['another effect', { key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }],
    ['another key', { key: 'other', operator: 'Exists' }],
  ])('are an error for pods that tolerate %s', (_what, toleration) => {
    expect(found(TAINTED, deployment({ tolerations: [toleration] })).errors).toHaveLength(1);
  });

  test('of one group are no matter where another has none, or where they only prefer', () => {
    const both = config({ managedNodeGroups: [...(TAINTED.managedNodeGroups ?? []), { ...WORKERS, name: 'open' }] });
    expect(found(both, deployment())).toEqual(NOTHING);
    const soft = config({ managedNodeGroups: [{ ...WORKERS, taints: [{ key: 'a', effect: 'PreferNoSchedule' }] }] });
    expect(found(soft, deployment())).toEqual(NOTHING);
  });

  test('in the short form of self-managed groups are read as well', () => {
    const own = config({ nodeGroups: [{ ...WORKERS, taints: { dedicated: 'db:NoSchedule' } }] });
    expect(found(own, deployment()).errors).toEqual([expect.stringContaining("'dedicated=db:NoSchedule'")]);
  });
});

describe('zones', () => {
  test('that the cluster lacks are named with those it has', () => {
    const [error] = found(config(), deployment(zone('us-west-2d'))).errors;
    expect(error).toContain("'topology.kubernetes.io/zone' 'us-west-2a', 'us-west-2b', 'us-west-2c'");
    expect(error).toContain('the cluster has us-west-2a, us-west-2b, us-west-2c');
  });

  test('of the volume that pods claim must be those of a group that takes the pods', () => {
    const onlyA = config({ managedNodeGroups: [{ ...WORKERS, availabilityZones: ['us-west-2a'] }] });
    const claiming = (...zones: string[]) => [
      storageClass('ebs.csi.aws.com', { volumeBindingMode: 'WaitForFirstConsumer', ...inZones(...zones) }),
      statefulSet('files'),
    ];
    expect(found(onlyA, ...claiming('us-west-2a'))).toEqual(NOTHING);
    expect(found(onlyA, ...claiming('us-west-2b')).errors).toEqual([
      expect.stringContaining(
        "shop/StatefulSet-store: no node of the cluster takes the pods of StatefulSet 'shop/store'",
      ),
    ]);
  });

  test('of a region whose zones differ from account to account are not judged', () => {
    const west = { ...config(), metadata: { name: 'prod', region: 'us-west-1', version: '1.35' } };
    expect(found(west, deployment(zone('us-west-1b')))).toEqual(NOTHING);
  });
});

describe('devices', () => {
  const GPU = config({ managedNodeGroups: [WORKERS, { name: 'gpu', instanceType: 'g5.xlarge' }] });

  test.each([
    ['nvidia.com/gpu', 'g5.xlarge', 'm5.large'],
    ['nvidia.com/gpu', 'p5.48xlarge', 'g4ad.xlarge'],
    ['nvidia.com/gpu', 'g4dn.xlarge', 'g6f.large'],
    ['amd.com/gpu', 'g4ad.xlarge', 'g5.xlarge'],
    ['aws.amazon.com/neuron', 'inf2.xlarge', 'g5.xlarge'],
  ])('%s is on %s, and %s does not have it', (resource, has, lacks) => {
    const group = (instanceType: string) => config({ managedNodeGroups: [{ name: 'workers', instanceType }] });
    expect(found(group(has), deployment(withDevice(resource)))).toEqual(NOTHING);
    expect(found(group(lacks), deployment(withDevice(resource))).errors).toEqual([
      expect.stringContaining("managedNodeGroups[0] 'workers' has no type with"),
    ]);
  });

  test('without a group that has them say what group to add', () => {
    const [error] = found(config(), deployment(withDevice('nvidia.com/gpu'))).errors;
    expect(error).toContain("Add a node group such as { name: 'accelerated', instanceType: 'g5.xlarge' }");
    expect(found(GPU, deployment(withDevice('nvidia.com/gpu')))).toEqual(NOTHING);
  });

  test('that nobody here knows are not judged', () => {
    expect(found(config(), deployment(withDevice('example.com/fpga')))).toEqual(NOTHING);
  });
});

describe('what is not told', () => {
  test('a DaemonSet without a node is a warning, since it asks for no pod there', () => {
    const result = found(config(), daemonSet({ nodeSelector: { disktype: 'ssd' } }));
    expect(result.errors).toEqual([]);
    expect(result.warnings).toEqual([expect.stringMatching(/^shop\/DaemonSet-agent: no node .* it runs nowhere\./)]);
    expect(found(LABELLED, daemonSet({ nodeSelector: { disktype: 'ssd' } }))).toEqual(NOTHING);
  });

  test('an architecture that a requirement asks for is told by that alone', () => {
    const arm = deployment({ nodeSelector: { 'kubernetes.io/arch': 'arm64' } });
    const app = appOf(arm);
    expect(judge(app, config()).errors).toHaveLength(1);
    const asking = appOf();
    const object = new KubeObject(new Chart(asking, 'arm'), 'web', arm as unknown as AnyObject);
    Requirements.add(object.node.scope!, Requirements.architecture('arm64', { because: 'the image is' }));
    expect(judge(asking, config())).toEqual(NOTHING);
    // a taint is another matter
    const tainted = config({
      managedNodeGroups: [
        WORKERS,
        { name: 'arm', instanceType: 'm7g.large', taints: [{ key: 'arch', effect: 'NoSchedule' }] },
      ],
    });
    const again = appOf();
    const second = new KubeObject(new Chart(again, 'arm'), 'web', arm as unknown as AnyObject);
    Requirements.add(second.node.scope!, Requirements.architecture('arm64', { because: 'the image is' }));
    expect(judge(again, tainted).errors).toHaveLength(1);
  });

  test('pods whose node or scheduler is chosen are not judged', () => {
    const asks = { nodeSelector: { disktype: 'ssd' } };
    expect(found(config(), deployment({ ...asks, nodeName: 'ip-10-0-0-1' }))).toEqual(NOTHING);
    expect(found(config(), deployment({ ...asks, schedulerName: 'volcano' }))).toEqual(NOTHING);
    expect(found(config(), deployment({ ...asks, schedulerName: 'default-scheduler' })).errors).toHaveLength(1);
  });

  test.each([
    ['hybrid nodes', { managedNodeGroups: [WORKERS], remoteNetworkConfig: {} }],
    ['an own Karpenter', { managedNodeGroups: [WORKERS], karpenter: { version: '1.6.0' } }],
    ['no nodes at all', {}],
  ])('with %s there may be nodes that nobody describes', (_what, parts) => {
    expect(found(config(parts), deployment({ nodeSelector: { disktype: 'ssd' } }))).toEqual(NOTHING);
  });

  test('every kind that makes pods is judged', () => {
    const spec = deployment({ nodeSelector: { disktype: 'ssd' } }).spec.template;
    const of = (apiVersion: string, kind: string, body: object) => ({
      apiVersion,
      kind,
      metadata: { name: 'x', namespace: 'shop' },
      spec: body,
    });
    const kinds = [
      of('batch/v1', 'Job', { template: spec }),
      of('batch/v1', 'CronJob', { schedule: '@daily', jobTemplate: { spec: { template: spec } } }),
      of('apps/v1', 'StatefulSet', { template: spec }),
      of('v1', 'Pod', spec.spec),
    ];
    expect(kinds.map((manifest) => found(config(), manifest).errors.length)).toEqual([1, 1, 1, 1]);
  });

  test('of many groups the first four are named', () => {
    const many = config({ managedNodeGroups: Array.from({ length: 6 }, (_, i) => ({ ...WORKERS, name: `g${i}` })) });
    const [error] = found(many, deployment({ nodeSelector: { disktype: 'ssd' } })).errors;
    expect(error).toContain("managedNodeGroups[3] 'g3'");
    expect(error).not.toContain("'g4'");
    expect(error).toContain('and 2 more');
  });
});
