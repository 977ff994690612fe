import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import { PropsError } from '../../charts/core/errors';
import { KubeObject } from '../../charts/core/kube-object';
import type { AnyObject } from '../../imports/kubernetes';
import { canonical } from '../../kube/canonical';
import { copyPlain } from '../../kube/copy';
import { appOf, newApp, newCluster, newTenant, refusal, synthErrors, web } from '../support/app';
import { refusedBy } from '../support/findings';

type Loose = AnyObject & Record<string, unknown>;
const deployment = (env: unknown): Loose =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { template: { spec: { containers: [{ name: 'main', env: [{}, { name: 'A', value: env }] }] } } },
  }) as unknown as Loose;
const FIELD = 'spec.template.spec.containers[0].env[1].value';

const circle: Record<string, unknown> = {};
circle.self = { list: [circle] };

const UNFIT: readonly [string, unknown][] = [
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['a BigInt', 5n],
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['a Date', new Date(0)],
  ['a Map', new Map([['k', 1]])],
  ['a Set', new Set([1])],
  ['a regular expression', /x/],
  ['an instance of a class', new (class Money {})()],
  ['half of a surrogate pair', '\ud83d'],
];

describe('what no manifest can hold is an error with the paths of construct and field', () => {
  const chart = () => new Chart(newApp(), 'chart');
  const expectRefused = (run: () => unknown, field: string) => {
    expect(run).toThrow(PropsError);
    expect(refusal(run)).toContain(`chart/Object: ${field} `);
  };

  it.each(UNFIT)('%s in a manifest of your own', (_, value) => {
    const object = new KubeObject(chart(), 'Object', deployment(value));
    expectRefused(() => object.toJson(), FIELD);
  });

  it.each(UNFIT)('%s beside a Lazy, and made by one', (_, value) => {
    const lazy = Lazy.any({ produce: () => 'late' });
    const beside = new KubeObject(chart(), 'Object', { ...deployment(value), a: lazy });
    expectRefused(() => beside.toJson(), FIELD);
    const made = new KubeObject(chart(), 'Object', deployment(Lazy.any({ produce: () => value })));
    expectRefused(() => made.toJson(), FIELD);
  });

  it.each(UNFIT)('%s from an edit', (_, value) => {
    const object = new KubeObject(chart(), 'Object', deployment('x')).customize((o) => {
      o['b.c/d'] = [value];
    });
    expectRefused(() => object.toJson(), "['b.c/d'][0]");
  });

  it.each(UNFIT.slice(0, 5))('%s from a json patch', (_, value) => {
    const object = new KubeObject(chart(), 'Object', deployment('x'));
    object.addJsonPatch(JsonPatch.add('/spec/b~1c/0', { a: value }));
    expectRefused(() => object.toJson(), "spec['b/c'][0].a");
  });

  it('an object that contains itself, given or made by an edit', () => {
    expectRefused(() => new KubeObject(chart(), 'Object', deployment(circle)), `${FIELD}.self.list[0]`);
    const object = new KubeObject(chart(), 'Object', deployment('x')).customize((o) => {
      o.data = circle;
    });
    expectRefused(() => object.toJson(), 'data.self.list[0]');
  });

  it.each(UNFIT.slice(0, 4))('%s in an object of plain cdk8s, beside all other errors', (_, value) => {
    const app = newApp();
    const scope = new Chart(app, 'chart');
    new ApiObject(scope, 'Object', { apiVersion: 'v1', kind: 'X', data: { a: [value] } });
    new KubeObject(scope, 'Second', deployment(value));
    expect(synthErrors(app)).toEqual([
      expect.stringContaining('chart/Object: data.a[0] '),
      expect.stringContaining(`chart/Second: ${FIELD} `),
    ]);
  });

  it('what a chart makes itself is named by its object', () => {
    class Own extends Chart {
      override toJson(): unknown[] {
        return [
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'own' } },
          { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'own' }, data: { a: Number.NaN } },
        ];
      }
    }
    const app = newApp();
    new Own(app, 'chart');
    expect(() => app.synthYaml()).toThrow(/Thing 'own': data\.a is NaN/);
  });

  it('in the configuration of an add-on', () => {
    const addons = [{ name: 'coredns', configuration: { replicas: { min: Number.NaN } } }];
    expect(refusal(() => newCluster(newApp(), { addons }))).toContain('addons[0].configuration.replicas.min is NaN');
  });

  it('in variables and in props of patterns', () => {
    for (const rate of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(refusedBy(() => web({ env: { RATE: rate } }))).toEqual(['props/invalid', 'env.RATE']);
    }
    for (const value of [circle, 5n, [5n], new Map()]) {
      expect(() => web({ env: { A: value } })).toThrow(PropsError);
      expect(() => web({ args: [value] })).toThrow(PropsError);
      expect(() => web({ files: { '/etc/a': value } })).toThrow(PropsError);
      expect(() => web({ replicas: value })).toThrow(PropsError);
    }
  });
});

describe('the key __proto__ is a key like others', () => {
  const parsed = JSON.parse('{"a": 1, "__proto__": {"x": "y"}}') as Record<string, unknown>;

  it('in copies', () => {
    for (const copy of [copyPlain(parsed), canonical(parsed)]) {
      expect(JSON.stringify(copy)).toContain('"__proto__":{"x":"y"}');
      expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    }
  });

  it('in a manifest, an edit and the output', () => {
    const app = newApp();
    const object = new KubeObject(new Chart(app, 'chart'), 'Object', {
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: { name: 'own' },
      data: parsed,
    });
    object.customize((o) => {
      (o as Record<string, unknown>).more = JSON.parse('{"__proto__": "z"}');
    });
    expect(app.synthYaml()).toContain('data:\n  __proto__:\n    x: "y"\n  a: 1\nmore:\n  __proto__: z\n');
  });

  it('in variables', () => {
    const tenant = newTenant();
    const workload = web({ env: JSON.parse('{"__proto__": "x", "A": "1"}') }, tenant);
    expect(Object.entries(workload.configMap!.toJson().data!)).toEqual([
      ['A', '1'],
      ['__proto__', 'x'],
    ]);
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });
});

it('plain objects of another realm are plain', () => {
  const { runInNewContext } = require('node:vm') as typeof import('node:vm');
  const foreign: unknown = runInNewContext('({ b: [1], a: {} })');
  expect(JSON.stringify(canonical(foreign))).toBe('{"a":{},"b":[1]}');
  expect(copyPlain(foreign)).not.toBe(foreign);
});
