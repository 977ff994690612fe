import type { k8s } from 'cdk8s-eks-patterns';
import { agent, DIGEST, job, podOf, privilegedTenant, stateful, web } from '../support/app';
import { refusedBy } from '../support/findings';

const raw = { name: 'helper', image: 'helper:1.0' };
const HARDENED = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };

/** How a container is written, as a sidecar and as an init container. */
const written = (own: object, scope?: () => ReturnType<typeof privilegedTenant>): k8s.Container[] =>
  ['sidecars', 'initContainers'].map(
    (prop) => podOf(web({ [prop]: [{ ...raw, ...own }] }, scope?.())).spec.initContainers![0]!,
  );
const each = (own: object, of: (container: k8s.Container) => unknown) => {
  const [sidecar, init] = written(own);
  expect(of(sidecar!)).toEqual(of(init!));
  return of(sidecar!);
};

describe('sidecars and init containers', () => {
  it('sidecars start first and stay; init containers follow in order', () => {
    const { initContainers } = podOf(
      web({
        sidecars: [raw],
        initContainers: [
          { name: 'one', image: 'one:1' },
          { name: 'two', image: 'two:1' },
        ],
      }),
    ).spec;
    expect(initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['helper', 'Always'],
      ['one', undefined],
      ['two', undefined],
    ]);
  });

  it('leave the workload’s own container first', () => {
    expect(podOf(agent({ sidecars: [raw] })).spec.containers.map((c) => c.name)).toEqual(['agent']);
  });

  it('keep what they say', () => {
    const own = {
      imagePullPolicy: 'Never',
      env: [{ name: 'A', value: 'b' }],
      resources: {
        requests: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '2Gi' },
        limits: { cpu: '2', memory: '2Gi' },
      },
      volumeMounts: [{ name: 'scratch-tmp', mountPath: '/x' }],
    };
    for (const container of written(own)) {
      expect(container).toMatchObject({ ...raw, ...own });
    }
  });

  it('do not change the props', () => {
    const own = Object.freeze({ ...raw, securityContext: Object.freeze({ runAsUser: 7 }) });
    podOf(web({ sidecars: Object.freeze([own]) }));
    expect(own).toEqual({ ...raw, securityContext: { runAsUser: 7 } });
  });

  it.each([
    ['nothing', undefined, HARDENED],
    ['a user', { runAsUser: 65534 }, { ...HARDENED, runAsUser: 65534 }],
    ['a writable root', { readOnlyRootFilesystem: false }, { ...HARDENED, readOnlyRootFilesystem: false }],
    [
      'a capability',
      { capabilities: { add: ['NET_BIND_SERVICE'] } },
      { ...HARDENED, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } },
    ],
    ['its own drops', { capabilities: { drop: ['NET_RAW'] } }, { ...HARDENED, capabilities: { drop: ['NET_RAW'] } }],
    // the kubelet starts no root below runAsNonRoot
    ['root', { runAsUser: 0 }, { ...HARDENED, runAsUser: 0, runAsNonRoot: false }],
    ['root that is not', { runAsUser: 0, runAsNonRoot: true }, { ...HARDENED, runAsUser: 0, runAsNonRoot: true }],
    // the API server refuses privileged beside allowPrivilegeEscalation: false
    [
      'privileged',
      { privileged: true },
      { allowPrivilegeEscalation: true, privileged: true, readOnlyRootFilesystem: true },
    ],
  ])('that say %s of their security context get the rest of it', (_what, securityContext, expected) => {
    // as the YAML is written: without what is undefined
    const of = (container: k8s.Container) => JSON.parse(JSON.stringify(container.securityContext));
    for (const container of written({ securityContext }, privilegedTenant)) {
      expect(of(container)).toEqual(expected);
    }
  });

  it.each([
    [
      'nothing',
      undefined,
      { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
      { cpu: '400m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
    ],
    [
      'a CPU request, and want no limit',
      { requests: { cpu: '1' } },
      { cpu: '1', memory: '256Mi', 'ephemeral-storage': '1Gi' },
      { memory: '256Mi', 'ephemeral-storage': '1Gi' },
    ],
    [
      'limits, which Kubernetes takes for the requests',
      { limits: { cpu: '1', memory: '1Gi' } },
      { cpu: '1', memory: '1Gi', 'ephemeral-storage': '1Gi' },
      { cpu: '1', memory: '1Gi', 'ephemeral-storage': '1Gi' },
    ],
    [
      // with the default limit the API server would refuse the pod
      'a request above the default limit',
      { requests: { memory: '1Gi' } },
      { cpu: '100m', memory: '1Gi', 'ephemeral-storage': '1Gi' },
      { cpu: '400m', memory: '1Gi', 'ephemeral-storage': '1Gi' },
    ],
  ])('that say %s of their resources get the rest of them', (_what, resources, requests, limits) => {
    expect(each({ resources }, (container) => container.resources)).toEqual({ requests, limits });
  });

  it('keep devices and claims', () => {
    const resources = { claims: [{ name: 'gpu' }], limits: { 'nvidia.com/gpu': '1' } };
    expect(each({ resources }, (container) => container.resources)).toMatchObject(resources);
  });

  it.each([
    ['a tag', 'helper:1.0', undefined, 'Always'],
    ['a digest', `helper${DIGEST}`, undefined, 'Always'],
    ['a policy of the workload', 'helper:1.0', 'IfNotPresent', 'IfNotPresent'],
  ])('with %s are pulled as the own container', (_what, image, imagePullPolicy, policy) => {
    const { initContainers } = podOf(web({ imagePullPolicy, sidecars: [{ ...raw, image }] })).spec;
    expect(initContainers![0]!.imagePullPolicy).toBe(policy);
  });

  describe('that mount the volume of the pattern', () => {
    const mounted = (mount: object, make: () => Parameters<typeof podOf>[0]) => {
      expect(mount).toBeDefined();
      return podOf(make()).spec.initContainers![0]!.volumeMounts![0];
    };
    const mount = { name: 'data', mountPath: '/restore' };
    const restore = (more: object) => ({ initContainers: [{ ...raw, volumeMounts: [{ ...mount, ...more }] }] });

    it.each([
      ['a member', (more: object) => stateful(restore(more))],
      ['a job', (more: object) => job({ ...restore(more), sharedStorage: { mountPath: '/data', size: '1Gi' } })],
    ])('of %s see the folder of the own container', (_what, make) => {
      expect(mounted({}, () => make({}))).toEqual({ ...mount, subPath: 'data' });
    });

    it.each([
      ['another folder', { subPath: 'old' }],
      ['the root of the volume', { subPath: '' }],
      ['a folder of each pod', { subPathExpr: '$(POD_NAME)' }],
    ])('see %s when they say so', (_what, more) => {
      expect(mounted(more, () => stateful(restore(more)))).toEqual({ ...mount, ...more });
    });

    it('and other volumes see them as a whole', () => {
      const own = { name: 'scratch-tmp', mountPath: '/t' };
      expect(
        podOf(stateful({ sidecars: [{ ...raw, volumeMounts: [own] }] })).spec.initContainers![0]!.volumeMounts,
      ).toEqual([own]);
    });
  });

  describe.each([['sidecars'], ['initContainers']])('of %s', (where) => {
    it.each([
      ['an image that moves', [raw, { ...raw, image: 'helper:latest' }], 'props/invalid', `${where}[1].image`],
      ['no image', [{ name: 'helper' }], 'props/required', `${where}[0].image`],
      ['no name', [{ image: 'helper:1.0' }], 'props/required', `${where}[0].name`],
      ['null', [null], 'props/type', `${where}[0]`],
      ['one container', raw, 'props/type', where],
    ])('%s is refused', (_what, containers, rule, field) => {
      expect(refusedBy(() => web({ [where]: containers }))).toEqual([rule, field]);
    });
  });
});
