import { ApiObject } from 'cdk8s';
import { Placement } from 'cdk8s-eks-patterns';
import {
  appOf,
  existingCluster,
  find,
  IMAGE,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  synth,
  web,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const GPU = { deviceClass: 'gpu.nvidia.com' };
const gpus = (props: object = {}, instanceType = 'g5.xlarge') =>
  newCluster(newApp(), {
    nodeGroups: [
      { name: 'workers', instanceType: 'm5.large', minSize: 3 },
      { name: 'gpus', instanceType, minSize: 2 },
    ],
    ...props,
  } as never);
const claiming = (resourceClaims: unknown, more: object = {}, tenant = newTenant({}, gpus())) =>
  web({ resourceClaims, ...more }, tenant);
const template = (resourceClaims: object) =>
  find(synth(appOf(claiming(resourceClaims))).manifests, 'ResourceClaimTemplate');

describe('claims of devices', () => {
  it.each(PATTERN_NAMES)('are taken by %s', (name) => {
    const workload = PATTERNS[name]({ resourceClaims: { gpu: GPU } }, newTenant({}, gpus()));
    const { spec } = podOf(workload);
    expect(spec.resourceClaims).toEqual([
      { name: 'gpu', resourceClaimTemplateName: workload.resourceClaimTemplates.gpu!.name },
    ]);
    expect(spec.containers[0]!.resources!.claims).toEqual([{ name: 'gpu' }]);
  });

  it('write a template, which has a hash in its name since it cannot be changed', () => {
    const { apiVersion, metadata, spec } = template({ gpu: { ...GPU, count: 2, selectors: ['true'] } });
    expect(apiVersion).toBe('resource.k8s.io/v1');
    expect(metadata.name).toMatch(/^web-gpu-[0-9a-f]{10}$/);
    expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false' });
    const selectors = [{ cel: { expression: 'true' } }];
    expect(spec.spec.devices).toEqual({
      requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu.nvidia.com', count: 2, selectors } }],
    });
    expect(template({ gpu: GPU }).metadata.name).not.toBe(metadata.name);
    expect(template({ gpu: GPU }).metadata.name).toBe(template({ gpu: GPU }).metadata.name);
  });

  it('of several classes are allocated together', () => {
    const requests = { gpu: { ...GPU, count: 'all' }, nic: { deviceClass: 'nic.example.com' } };
    const { spec } = template({ both: { requests, matchAttributes: ['resource.kubernetes.io/pcieRoot'] } });
    expect(spec.spec.devices).toEqual({
      requests: [
        { name: 'gpu', exactly: { deviceClassName: 'gpu.nvidia.com', allocationMode: 'All' } },
        { name: 'nic', exactly: { deviceClassName: 'nic.example.com' } },
      ],
      constraints: [{ matchAttribute: 'resource.kubernetes.io/pcieRoot' }],
    });
  });

  it('of objects that exist name them, and a missing one is reported', () => {
    const resourceClaims = { a: { claimName: 'shared' }, b: { templateName: 'mine' } };
    const workload = claiming(resourceClaims);
    expect(podOf(workload).spec.resourceClaims).toEqual([
      { name: 'a', resourceClaimName: 'shared' },
      { name: 'b', resourceClaimTemplateName: 'mine' },
    ]);
    expect(workload.resourceClaimTemplates).toEqual({});
    expect(findingsOf(() => appOf(workload)).map(({ rule }) => rule)).toEqual([
      'references/missing',
      'references/missing',
    ]);
  });

  it('are seen by the containers that are named', () => {
    const sidecars = [{ name: 'server', image: IMAGE, scratch: ['/tmp'] }];
    const { containers, initContainers } = podOf(
      claiming(
        { gpu: { ...GPU, containers: ['main', 'server'] }, own: { ...GPU, containers: ['server'] } },
        { sidecars },
      ),
    ).spec;
    expect(containers[0]!.resources!.claims).toEqual([{ name: 'gpu' }]);
    expect(initContainers![0]!.resources!.claims).toEqual([{ name: 'gpu' }, { name: 'own' }]);
  });

  it('satisfy an accelerator', () => {
    const placement = Placement.gpu();
    expect(podOf(claiming({ gpu: GPU }, { placement })).spec.tolerations).toHaveLength(1);
    expect(refusedBy(() => claiming({ gpu: { deviceClass: 'nic.example.com' } }, { placement }))[1]).toBe(
      'resources.devices',
    );
  });

  it.each([
    ['gpu', 'type', 'resourceClaims'],
    [{ GPU }, 'invalid', 'resourceClaims.GPU'],
    [{ gpu: {} }, 'required', 'resourceClaims.gpu'],
    [{ gpu: 'gpu' }, 'required', 'resourceClaims.gpu'],
    [{ gpu: { ...GPU, claimName: 'a' } }, 'forbidden', 'resourceClaims.gpu'],
    [{ gpu: { ...GPU, countt: 1 } }, 'unknown', 'resourceClaims.gpu.countt'],
    [{ gpu: { ...GPU, count: 0 } }, 'invalid', 'resourceClaims.gpu.count'],
    [{ gpu: { ...GPU, count: 33 } }, 'invalid', 'resourceClaims.gpu.count'],
    [{ gpu: { ...GPU, selectors: 'true' } }, 'type', 'resourceClaims.gpu.selectors'],
    [{ gpu: { ...GPU, selectors: [''] } }, 'type', 'resourceClaims.gpu.selectors[0]'],
    [{ gpu: { deviceClass: 'A B' } }, 'invalid', 'resourceClaims.gpu.deviceClass'],
    [{ gpu: { ...GPU, containers: ['proxy'] } }, 'unsupported', 'resourceClaims.gpu.containers'],
    [{ gpu: { requests: {} } }, 'invalid', 'resourceClaims.gpu.requests'],
    [{ gpu: { requests: { a: {} } } }, 'required', 'resourceClaims.gpu.requests.a.deviceClass'],
    [{ gpu: { requests: { a: GPU }, matchAttributes: ['b'] } }, 'invalid', 'resourceClaims.gpu.matchAttributes'],
    [{ gpu: { templateName: 'A B' } }, 'invalid', 'resourceClaims.gpu.templateName'],
  ])('%j is refused', (claims, rule, field) => {
    expect(refusedBy(() => claiming(claims))).toEqual([`props/${rule}`, field]);
  });

  it.each([
    ['Fargate', { placement: Placement.fargate() }],
    ['Windows', { placement: Placement.windows(), user: undefined }],
  ])('are refused on %s', (_, more) => {
    expect(refusedBy(() => claiming({ gpu: GPU }, more))).toEqual(['props/unsupported', 'resourceClaims']);
  });
});

describe('the cluster', () => {
  const messages = (tenant: ReturnType<typeof newTenant>, claim: object = GPU) =>
    findingsOf(() => appOf(claiming({ gpu: claim }, {}, tenant))).map(({ message }) => message);

  it('serves claims from Kubernetes 1.34 on', () => {
    expect(messages(newTenant({}, gpus({ version: '1.33' }))).join()).toContain('does not serve resource.k8s.io/v1');
    expect(messages(newTenant({}, gpus({ version: '1.34' })))).toEqual([]);
  });

  it('has the devices, and their driver by a step', () => {
    expect(messages(newTenant({}, gpus({}, 'm5.xlarge'))).join()).toContain('GPU');
    const { steps } = synth(appOf(claiming({ gpu: GPU })));
    expect(steps).toContain('helm upgrade --install nvidia-dra-driver-gpu');
    const neuron = { gpu: { deviceClass: 'neuron.aws.com' } };
    const onNeuron = synth(appOf(claiming(neuron, {}, newTenant({}, gpus({}, 'trn1.32xlarge')))));
    expect(onNeuron.steps).toContain(
      'helm upgrade --install neuron-helm-chart oci://public.ecr.aws/neuron/neuron-helm-chart',
    );
    const other = synth(appOf(claiming({ nic: { deviceClass: 'nic.example.com' } })));
    expect(other.steps).toContain('kubectl get deviceclass nic.example.com');
    expect(synth(appOf(claiming({ gpu: GPU }, {}, newTenant({}, existingCluster())))).steps).toContain('nvidia-dra');
  });

  it('in Auto Mode has the driver of NVIDIA from Kubernetes 1.36 on, and none of Neuron', () => {
    const auto = (version: string) => newTenant({}, newAutoCluster(newApp(), { version } as never));
    expect(messages(auto('1.35')).join()).toContain('no driver for claims');
    expect(messages(auto('1.36')).join()).not.toContain('no driver for claims');
    expect(messages(auto('1.36'), { deviceClass: 'neuron.aws.com' }).join()).toContain('does not support the driver');
  });

  it('with Karpenter says from when it makes nodes for claims', () => {
    const { steps } = synth(
      appOf(claiming({ gpu: GPU }, {}, newTenant({}, gpus({ karpenter: { version: '1.15.0' } })))),
    );
    expect(steps).toContain('settings.enableDRA=true');
  });

  it('is asked by rules too: claims on Fargate are an error', () => {
    const tenant = newTenant(
      {},
      newCluster(newApp(), {
        config: { fargateProfiles: [{ name: 'shop', selectors: [{ namespace: 'shop' }] }] },
      } as never),
    );
    new ApiObject(tenant, 'pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpu' }], containers: [{ name: 'a', image: IMAGE }] },
    } as never);
    const found = findingsOf(() => appOf(tenant));
    expect(found.map(({ message }) => message).join()).toContain('resourceClaims');
  });
});
