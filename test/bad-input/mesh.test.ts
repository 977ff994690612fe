import { Mesh, PropsError } from 'cdk8s-eks-patterns';
import { newTenant, PATTERNS, privilegedTenant, webProps } from '../support/app';
import { findingsOf } from '../support/findings';
import { judge, type Mistake } from './support';

const because = 'the test says so';

/** Mistakes in what a factory gets, before there is a tenant. */
const options = (
  factory: 'istio' | 'lattice',
  rows: readonly (readonly [mistake: string, options: object, rule: string, field: string])[],
): Mistake[] =>
  rows.map(([mistake, given, problem, fix]) => ({
    mistake: `Mesh.${factory}: ${mistake}`,
    program: () => Mesh[factory](given as never),
    error: PropsError,
    path: `Mesh.${factory}`,
    problem,
    fix,
  }));

describe('options of a mesh', () => {
  const sidecar = (more: object) => ({ mode: 'sidecar', ...more });
  judge(
    options('istio', [
      ['nothing', null as never, 'props/type', ''],
      ['no mode', {}, 'props/required', 'mode'],
      ['an unknown mode', { mode: 'waypoint' }, 'props/unsupported', 'mode'],
      ['an unknown option', sidecar({ tls: 'strict' }), 'props/unknown', 'tls'],
      ['permissive without a reason', sidecar({ mtls: { mode: 'permissive' } }), 'props/required', 'mtls.because'],
      ['mutual TLS off', sidecar({ mtls: { mode: 'disable', because } }), 'props/unsupported', 'mtls.mode'],
      ['permissive as a text', sidecar({ mtls: 'permissive' }), 'props/type', 'mtls'],
      ['open without a reason', sidecar({ authorization: { open: true } }), 'props/required', 'authorization.because'],
      ['not open', sidecar({ authorization: { open: false, because } }), 'props/unsupported', 'authorization.open'],
      ['a reason alone', sidecar({ authorization: { because } }), 'props/required', 'authorization.open'],
      ['a revision with a dot', sidecar({ revision: '1.30' }), 'props/invalid', 'revision'],
      ['a revision of ambient mode', { mode: 'ambient', revision: 'stable' }, 'props/forbidden', 'revision'],
      ['a proxy of ambient mode', { mode: 'ambient', proxy: { cpu: '1' } }, 'props/forbidden', 'proxy'],
      ['an unknown size of a proxy', sidecar({ proxy: { disk: '1Gi' } }), 'props/unknown', 'proxy.disk'],
      ['memory of a proxy in millis', sidecar({ proxy: { memory: '128m' } }), 'props/invalid', 'proxy.memory'],
      ['a limit below the request', sidecar({ proxy: { cpu: '4' } }), 'props/invalid', 'proxy.cpuLimit'],
      ['a namespace in capitals', sidecar({ namespaces: ['Ingress'] }), 'props/invalid', 'namespaces[0]'],
    ]),
  );
  judge(
    options('lattice', [
      ['no ports', { ports: [] }, 'props/required', 'ports'],
      ['a port out of range', { ports: [443, 0] }, 'props/invalid', 'ports[1]'],
      ['an unknown option', { serviceNetwork: 'shop' }, 'props/unknown', 'serviceNetwork'],
    ]),
  );
});

describe('a mesh of a tenant', () => {
  const istio = Mesh.istio({ mode: 'sidecar' });
  const tenantOf = (rows: readonly (readonly [string, object, string, string])[]): Mistake[] =>
    rows.map(([mistake, props, problem, fix]) => ({
      mistake,
      program: () => newTenant(props as never),
      error: PropsError,
      path: 'prod/shop',
      problem,
      fix,
    }));
  judge(
    tenantOf([
      ['as a text', { mesh: 'istio' }, 'props/type', 'mesh'],
      ['as data', { mesh: { mode: 'ambient' } }, 'props/type', 'mesh'],
      [
        'beside its own label',
        { mesh: istio, labels: { 'istio-injection': 'disabled' } },
        'props/forbidden',
        "labels['istio-injection']",
      ],
      [
        'beside the label of another mode',
        { mesh: istio, labels: { 'istio.io/dataplane-mode': 'ambient' } },
        'props/forbidden',
        "labels['istio.io/dataplane-mode']",
      ],
      [
        'with containers smaller than its proxy',
        { mesh: istio, containers: { max: { memory: '512Mi' } } },
        'props/invalid',
        'containers.max.memory',
      ],
      [
        'with fewer CPUs than its proxy',
        { mesh: istio, containers: { max: { cpu: '1' } } },
        'props/invalid',
        'containers.max.cpu',
      ],
    ]),
  );

  test('does not mind labels of others, or room for its proxy', () => {
    const labels = { 'example.com/istio.io': 'x' };
    expect(
      findingsOf(() => newTenant({ mesh: istio, labels, containers: { max: { cpu: '2', memory: '1Gi' } } })),
    ).toEqual([]);
  });
});

describe('what Istio cannot carry', () => {
  const inMesh = (mode: 'sidecar' | 'ambient', props: object) => () =>
    PATTERNS.WebService({ ...props }, newTenant({ mesh: Mesh.istio({ mode }) }));
  const refused = (mistake: string, program: () => unknown, problem: string, fix: string): Mistake => ({
    mistake,
    program,
    error: PropsError,
    path: 'prod/shop/web',
    problem,
    fix,
  });
  judge([
    refused(
      'pods on Fargate',
      inMesh('ambient', { placement: { computeType: 'fargate' } }),
      'props/forbidden',
      'placement.computeType',
    ),
    refused(
      'pods of Windows',
      inMesh('sidecar', { placement: { os: 'windows' }, user: 'image', security: {} }),
      'props/forbidden',
      'placement.os',
    ),
    refused('the user of the proxy', inMesh('sidecar', { user: 1337 }), 'props/forbidden', 'user'),
    refused('a port of the proxy', inMesh('ambient', { port: 15008 }), 'props/forbidden', 'port'),
    refused(
      'a port of the proxy by name',
      inMesh('sidecar', { port: { http: 8080, admin: 15090 } }),
      'props/forbidden',
      'port',
    ),
  ]);
  test('is fine elsewhere', () => {
    expect(findingsOf(() => PATTERNS.WebService({ user: 1337, port: 15008 }))).toEqual([]);
    expect(findingsOf(inMesh('ambient', { user: 1337 }))).toEqual([]);
    expect(findingsOf(() => PATTERNS.WebService({ ...webProps, port: 15008 }, privilegedTenant()))).toEqual([]);
  });
});
