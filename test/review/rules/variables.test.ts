import { Expose, KubeObject } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { loadInventory } from '../../../review/load';
import { review } from '../../../review/review';
import { appOf, newTenant, synth, web } from '../../support/app';
import { findingsOf } from '../../support/findings';

const podOf = (container: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { containers: [{ name: 'web', image: 'a/b:1', ...container }] },
});
const configMap = (data: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'shop' },
  data,
});

/** Field and severity of what the rules of variables find. */
function found(...manifests: readonly object[]): string[] {
  return review({ inventory: loadInventory(manifests.map((value) => ({ value, origin: {} }))) }).flatMap(
    ({ rule, severity, field }) => (rule.startsWith('variables/') ? [`${field} ${severity}`] : []),
  );
}
const C = 'spec.containers[0]';
const env = (value: string, name = 'A') => ({ env: [{ name, value }] });

describe('a missing value in a text', () => {
  test.each(['repo/web:undefined', 'undefined/web:1', 'repo/web:null', 'null/web:1', 'repo/[object Object]:1'])(
    'image %s is refused',
    (image) => {
      expect(found(podOf({ image }))).toEqual([`${C}.image error`]);
    },
  );
  test.each(['repo/null:1', 'repo/dev-null:1', 'repo/nan-lib:2', 'repo/web@sha256:00'])(
    'image %s is right',
    (image) => {
      expect(found(podOf({ image }))).toEqual([]);
    },
  );
  test.each(['http://undefined:80', 'undefined', 'NaN', '[object Object]', 'http://null/x', 'a,undefined', 'v-NaN'])(
    'variable and argument %s are warned about',
    (value) => {
      expect(found(podOf(env(value)))).toEqual([`${C}.env[0].value warning`]);
      expect(found(podOf({ args: [value] }))).toEqual([`${C}.args[0] warning`]);
      expect(found(configMap({ KEY: value }))).toEqual(['data.KEY warning']);
    },
  );
  test.each([
    'null',
    'nullable',
    '/dev/null',
    'x 2>/dev/null',
    'undefinedBehavior',
    'if (a === undefined) {}',
    'a\nundefined',
  ])('variable %j is right', (value) => {
    expect(found(podOf(env(value)))).toEqual([]);
  });
  test.each([
    ['undefined.example.com', 1],
    ['web-undefined.example.com', 1],
    ['null.example.com', 1],
    ['nullable.example.com', 0],
  ])('host %s', (host, errors) => {
    const ingress = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'a' },
      spec: { rules: [{ host }] },
    };
    expect(found(ingress)).toEqual(Array(errors).fill('spec.rules[0].host error'));
  });
  test('names', () => {
    expect(found({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web-undefined' } })).toEqual([
      'metadata.name error',
    ]);
  });
  test('is told once for a container, with the number of the others', () => {
    expect(found(podOf({ args: ['undefined', 'undefined', 'undefined'] }))).toHaveLength(1);
  });
});

describe('a reference that is not expanded', () => {
  test.each<[string, object, string[]]>([
    [
      'to a later variable',
      {
        env: [
          { name: 'A', value: '$(B)' },
          { name: 'B', value: '1' },
        ],
      },
      [`${C}.env[0].value warning`],
    ],
    ['to itself', env('$(A):x'), [`${C}.env[0].value warning`]],
    ['to nothing', env('$(B)'), [`${C}.env[0].value warning`]],
    [
      'to an earlier one',
      {
        env: [
          { name: 'B', value: '1' },
          { name: 'A', value: '$(B)' },
        ],
      },
      [],
    ],
    ['that is escaped', env('$$(B)'), []],
    ['to the API server', env('$(KUBERNETES_SERVICE_HOST)'), []],
    ['to a command of a shell', env('$(date +%s) $(hostname)'), []],
    ['in an argument to nothing', { args: ['--x=$(UNKNOWN)'] }, [`${C}.args[0] warning`]],
    ['in an argument', { ...env('1', 'X'), args: ['--x=$(X)'] }, []],
    ['in an argument where not all are known', { envFrom: [{ secretRef: { name: 's' } }], args: ['$(X)'] }, []],
    ['in a script', { command: ['sh', '-c', 'x=$(cat /f); echo $(nproc)'] }, []],
  ])('%s', (_what, container, expected) => {
    expect(found(podOf(container))).toEqual(expected);
  });

  test('in a ConfigMap, which the kubelet does not expand; arguments may name its keys', () => {
    const pod = podOf({ envFrom: [{ configMapRef: { name: 'c' } }], args: ['$(URL)'] });
    expect(found(pod, configMap({ HOST: 'db', URL: 'http://$(HOST)' }))).toEqual([`${C}.envFrom warning`]);
    expect(found(pod, configMap({ URL: 'http://db' }))).toEqual([]);
  });

  test('in a raw object beside a pattern that does it right', () => {
    const shop = newTenant();
    web({ env: { URL: 'http://$(HOST)', HOST: 'db' } }, shop);
    new KubeObject(shop, 'Raw', podOf(env('$(LATER)')) as never);
    const rules = Testing.findings(shop).filter(({ rule }) => rule.startsWith('variables/'));
    expect(rules.map(({ construct }) => construct)).toEqual(['prod/shop/Raw']);
  });
});

describe('in the props of a pattern a missing value', () => {
  const missing: { readonly tag?: string } = {};
  const rulesOf = (props: Readonly<Record<string, unknown>>) =>
    findingsOf(() => appOf(web(props))).map(({ rule, construct }) => [rule, construct]);

  test('of an image or a host is refused', () => {
    expect(rulesOf({ image: `repo/web:${missing.tag}` })).toEqual([
      ['variables/undefined', 'prod/shop/web/Deployment'],
    ]);
    const expose = Expose.alb({ scheme: 'internal', host: `${missing.tag}.example.com` });
    expect(rulesOf({ expose })).toEqual([['variables/undefined', 'prod/shop/web/Ingress']]);
  });

  test('of a variable is a warning', () => {
    const workload = web({ env: { URL: `http://${missing.tag}:80` } });
    synth(appOf(workload));
    expect(appOf(workload).findings).toContainEqual(
      expect.objectContaining({ rule: 'variables/undefined', severity: 'warning', field: 'data.URL' }),
    );
  });
});
