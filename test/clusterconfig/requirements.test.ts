import { Chart } from 'cdk8s';
import { Cluster } from '../../charts/cluster/cluster';
import { RequirementError } from '../../charts/core/errors';
import { Requirements } from '../../charts/core/requirements';
import {
  AUTO,
  addonNames,
  BASE,
  because,
  both,
  feature,
  GROUP,
  made,
  NODES,
  needs,
  synthesize,
  testApp,
} from './support';

describe('features of node groups', () => {
  test('network-policy switches it on in vpc-cni, as a text', () => {
    const addon = made(NODES, feature('network-policy')).config.addons.find(
      (a: { name: string }) => a.name === 'vpc-cni',
    );
    expect(addon.configurationValues).toBe('{"enableNetworkPolicy":"true"}');
    expect(made(NODES).config.addons[0]).toEqual({ name: 'vpc-cni' });
  });

  test('load-balancer asks for the controller, with its permissions', () => {
    const { config, steps } = made(NODES, feature('load-balancer'));
    expect(config.iam.podIdentityAssociations).toEqual([
      {
        namespace: 'kube-system',
        serviceAccountName: 'aws-load-balancer-controller',
        wellKnownPolicies: { awsLoadBalancerController: true },
      },
    ]);
    expect(steps).toMatch(/Install AWS Load Balancer Controller/);
    expect(made(NODES).steps).not.toMatch(/Load Balancer Controller/);
  });

  test('ebs, pod-identity and metrics are add-ons, each once', () => {
    const names = addonNames(
      made(NODES, feature('ebs'), feature('pod-identity'), feature('metrics'), feature('ebs')).config,
    );
    expect(names.filter((n) => n === 'aws-ebs-csi-driver')).toHaveLength(1);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['eks-pod-identity-agent', 'metrics-server']));
  });

  test('a group that may grow asks for the autoscaler, one of a fixed size does not', () => {
    const grows = made({ ...BASE, nodeGroups: [{ ...GROUP, maxSize: 4 }] });
    expect(grows.config.iam.podIdentityAssociations).toEqual([
      { namespace: 'kube-system', serviceAccountName: 'cluster-autoscaler', wellKnownPolicies: { autoScaler: true } },
    ]);
    expect(grows.steps).toMatch(/Install Cluster Autoscaler/);
    expect(made(NODES).steps).not.toMatch(/Cluster Autoscaler/);
  });

  test('where metrics-server is no add-on, it is installed by hand', () => {
    const china = made({ region: 'cn-north-1', version: '1.35', nodeGroups: [GROUP] }, feature('metrics'));
    expect(addonNames(china.config)).not.toContain('metrics-server');
    expect(china.steps).toMatch(/Install Metrics Server/);
  });
});

describe('features of Auto Mode', () => {
  test('are built in, and list no add-on', () => {
    const all = (['network-policy', 'pod-identity', 'load-balancer', 'ebs', 'metrics'] as const).map(feature);
    const { config, steps, errors } = made(AUTO, ...all);
    expect(errors).toEqual([]);
    expect(addonNames(config)).toEqual(['metrics-server']);
    expect(config.iam.podIdentityAssociations).toEqual([]);
    expect(steps).not.toMatch(/Install /);
  });

  test('a required add-on that Auto Mode brings is met, but cannot be configured', () => {
    expect(made(AUTO, Requirements.addon('aws-ebs-csi-driver', because)).errors).toEqual([]);
    expect(addonNames(made(AUTO, Requirements.addon('aws-ebs-csi-driver', because)).config)).toEqual([
      'metrics-server',
    ]);
    const configured = Requirements.configuredAddon({ name: 'vpc-cni', configuration: { a: 1 } }, because);
    expect(made(AUTO, configured).errors.map((e) => e.message)).toEqual([
      expect.stringMatching(/^shop: add-on 'vpc-cni' is built into Auto Mode.*the test says so/),
    ]);
  });
});

describe('other additions', () => {
  test('an edit changes the ClusterConfig once for equal ids, before customize', () => {
    const edit = needs('edit', {
      kind: 'edit',
      edit: (c) => {
        c.metadata.tags = { ...c.metadata.tags, n: `${c.metadata.tags?.n ?? ''}1` };
      },
    });
    const { config } = both(
      {
        ...NODES,
        customize: {
          clusterConfig: (c) => {
            c.metadata.tags!.n += '2';
          },
        },
      },
      edit,
      edit,
    );
    expect(config.metadata.tags).toEqual({ n: '12' });
  });

  test('a prerequisite of a name is asked for once; two different ones are an error', () => {
    const argo = (command: string) =>
      needs(command, { kind: 'prerequisite', prerequisite: { name: 'Argo CD', commands: [command] } });
    expect(both(NODES, argo('a'), argo('a')).steps.match(/Install Argo CD/g)).toHaveLength(1);
    expect(both(NODES, argo('a'), argo('b')).errors.map((e) => e.message)).toEqual([
      expect.stringMatching(/'cart' and 'shop' require different values of prerequisite 'Argo CD'/),
    ]);
  });

  test.each([
    [
      'kueue.x-k8s.io/v1beta1/LocalQueue',
      /Install Kueue[^#]*helm upgrade --install kueue oci:\/\/registry.k8s.io\/kueue\/charts\/kueue[^#]*--namespace kueue-system/,
    ],
    [
      'keda.sh/v1alpha1/ScaledObject',
      /Install KEDA[^#]*helm upgrade --install keda keda[^#]*--namespace keda --create-namespace/,
    ],
    ['external-secrets.io/v1/ExternalSecret', /Install External Secrets Operator/],
    ['argoproj.io/v1alpha1/Rollout', /Custom resource argoproj\.io\/v1alpha1\/Rollout/],
  ])('the custom resource %s is a step', (resource, step) => {
    expect(made(NODES, Requirements.api(resource, because)).steps).toMatch(step);
  });

  test('custom resources of an EKS add-on install it, those of Auto Mode are there', () => {
    const snapshots = Requirements.api('snapshot.storage.k8s.io/v1/VolumeSnapshot', because);
    expect(addonNames(made(NODES, snapshots).config)).toContain('snapshot-controller');
    const pool = Requirements.api('karpenter.sh/v1/NodePool', because);
    expect(made(AUTO, pool).steps).not.toMatch(/karpenter/);
    expect(made(NODES, pool).steps).toMatch(/Custom resource karpenter\.sh\/v1\/NodePool/);
  });
});

describe('what the cluster lacks', () => {
  test('is an error that names the construct, the reason and the way out, once for equal ids', () => {
    const arm = Requirements.architecture('arm64', because);
    const { errors } = both(NODES, arm, arm);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(RequirementError);
    expect(errors[0]!.message).toMatch(
      /^cart: no node of cluster 'prod' has the architecture arm64 \(needed because the test says so\)/,
    );
  });

  test('zones are those with nodes', () => {
    const three = Requirements.zones(3, because);
    expect(made(NODES, three).errors).toEqual([]);
    expect(made({ ...NODES, availabilityZones: ['us-west-2a', 'us-west-2b'] }, three).errors).toHaveLength(1);
  });

  test('deferred needs are heard', () => {
    const app = testApp();
    const cluster = new Cluster(app, 'prod', NODES);
    Requirements.defer(new Chart(app, 'late'), () => [Requirements.addon('snapshot-controller', because)]);
    expect(addonNames(synthesize(app, cluster).config)).toContain('snapshot-controller');
  });

  test('everything is asked once a synthesis', () => {
    let asked = 0;
    made(NODES, { id: 'x', because: 'y', check: () => ({ status: ++asked ? 'met' : 'unknown' }) });
    expect(asked).toBe(1);
  });
});
