import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { type EksApp, type Hardening, harden, KubeObject, type k8s } from 'cdk8s-eks-patterns';
import * as plus from 'cdk8s-plus-28';
import { newCluster, newTenant, podOf, privilegedTenant, synth, web } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const IMAGE = 'example.com/legacy:1.2.0';
const plain = (scope: Chart, spec: object = {}) =>
  new ApiObject(scope, 'legacy', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'legacy' },
    spec: {
      selector: { matchLabels: { app: 'legacy' } },
      template: {
        metadata: { labels: { app: 'legacy' } },
        spec: {
          containers: [{ name: 'main', image: IMAGE }],
          initContainers: [{ name: 'first', image: IMAGE }],
          ...spec,
        },
      },
    },
  } as never);
const specOf = (object: ApiObject): k8s.PodSpec => object.toJson().spec.template.spec;
const hardened = (spec?: object, props: Hardening = { user: 1000 }) => specOf(harden(plain(newTenant(), spec), props));

describe('a plain object', () => {
  it('gets the security of a pattern', () => {
    const own = podOf(web({ user: 1000 })).spec;
    const spec = hardened();
    expect(spec.securityContext).toEqual(own.securityContext);
    for (const container of [...spec.containers, ...spec.initContainers!]) {
      expect(container.securityContext).toEqual(own.containers[0].securityContext);
      expect(container.volumeMounts).toEqual([{ name: 'scratch-tmp', mountPath: '/tmp' }]);
    }
    expect(spec.volumes).toEqual([{ name: 'scratch-tmp', emptyDir: { sizeLimit: '64Mi' } }]);
    expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  it('keeps what it says itself, by field', () => {
    const spec = hardened({
      automountServiceAccountToken: true,
      securityContext: { runAsUser: 70, fsGroupChangePolicy: 'Always' },
      containers: [
        {
          name: 'main',
          image: IMAGE,
          securityContext: { readOnlyRootFilesystem: false, capabilities: { add: ['NET_BIND_SERVICE'] } },
          volumeMounts: [{ name: 'data', mountPath: '/tmp' }],
        },
      ],
      volumes: [{ name: 'data', emptyDir: {} }],
    });
    expect(spec.automountServiceAccountToken).toBe(true);
    expect(spec.securityContext).toMatchObject({ runAsUser: 70, runAsNonRoot: true, fsGroupChangePolicy: 'Always' });
    expect(spec.containers[0]!.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: false,
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    });
    expect(spec.containers[0]!.volumeMounts).toEqual([{ name: 'data', mountPath: '/tmp' }]);
  });

  it('is the same when it is hardened, or rendered, twice', () => {
    const object = harden(plain(newTenant()), { user: 1000 });
    const once = JSON.stringify(object.toJson());
    expect(JSON.stringify(object.toJson())).toBe(once);
    expect(JSON.stringify(harden(object, { user: 1000 }).toJson())).toBe(once);
  });

  it('has the reasons of exceptions as annotations of its pods', () => {
    const object = harden(plain(newTenant()), {
      user: 1000,
      security: { writableRoot: { because: 'it unpacks itself' } },
    });
    expect(specOf(object).containers[0]!.securityContext!.readOnlyRootFilesystem).toBe(false);
    expect(Object.values(object.toJson().spec.template.metadata.annotations)).toEqual(['it unpacks itself']);
  });

  it('takes user and security of its tenant', () => {
    const spec = specOf(harden(plain(newTenant({ defaults: { user: 4711 } }))));
    expect(spec.securityContext!.runAsUser).toBe(4711);
  });

  it('passes the review of a restricted namespace that it does not pass alone', () => {
    const errors = (secure: boolean) => {
      const cluster = newCluster();
      const object = plain(newTenant({}, cluster));
      if (secure) {
        harden(object, { user: 1000 });
      }
      return findingsOf(() => cluster.node.root as EksApp).map(({ rule }) => rule);
    };
    expect(errors(false)).toContain('pod-security/restricted');
    expect(errors(true)).not.toContain('pod-security/restricted');
  });

  it('may be a KubeObject, or stand in a plain app', () => {
    const chart = new Chart(new App({ outdir: Testing.app().outdir }), 'plain', { namespace: 'x' });
    harden(plain(chart), { user: 1000 });
    expect(Testing.synth(chart)[0].spec.template.spec.securityContext.runAsUser).toBe(1000);
    const own = new KubeObject(newTenant(), 'pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'pod' },
      spec: { containers: [{ name: 'main', image: IMAGE }] },
    });
    expect(harden(own, { user: 1000 }).toJson().spec!.securityContext!.runAsUser).toBe(1000);
  });
});

describe('a Deployment of cdk8s-plus', () => {
  it('is hardened where it says nothing', () => {
    const tenant = newTenant();
    const made = new plus.Deployment(tenant, 'legacy', {
      metadata: { name: 'legacy' },
      containers: [{ image: IMAGE, portNumber: 8080, securityContext: { user: 70 } }],
    });
    harden(made, { user: 1000 });
    const { manifests } = synth(tenant.node.root as EksApp);
    const { spec } = manifests.find((m) => m.kind === 'Deployment' && m.metadata.name === 'legacy')!.spec.template;
    expect(spec.securityContext).toMatchObject({ runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } });
    expect(spec.containers[0].securityContext).toMatchObject({ runAsUser: 70, capabilities: { drop: ['ALL'] } });
    expect(spec.containers[0].volumeMounts).toEqual([{ name: 'scratch-tmp', mountPath: '/tmp' }]);
  });
});

it.each([
  ['nothing', () => harden(undefined as never), 'props/type', 'object'],
  ['a ConfigMap', () => harden(new plus.ConfigMap(newTenant(), 'c')), 'props/unsupported', ''],
  ['no user', () => harden(plain(newTenant())), 'props/required', 'user'],
  ['an unknown key', () => harden(plain(newTenant()), { usr: 1 } as never), 'props/unknown', 'usr'],
  ['a root user', () => harden(plain(newTenant()), { user: 0 } as never), undefined, 'user'],
  [
    'what its namespace forbids',
    () => harden(plain(newTenant()), { user: 1000, security: { privileged: { because: 'x' } } }),
    undefined,
    'security.privileged',
  ],
] as const)('%s is refused', (_what, program, rule, field) => {
  const found = refusedBy(program);
  expect(found[1]).toBe(field);
  expect(found[0]).toBe(rule ?? found[0]);
});

it('may be privileged where the namespace is', () => {
  const spec = specOf(harden(plain(privilegedTenant()), { user: 1000, security: { privileged: { because: 'x' } } }));
  expect(spec.containers[0]!.securityContext).toMatchObject({ privileged: true, allowPrivilegeEscalation: true });
});
