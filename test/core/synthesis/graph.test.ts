import { ApiObject, App, Chart, type ChartProps } from 'cdk8s';
import { Construct, DependencyGroup } from 'constructs';
import { collectValidation, orderSynthesis } from '../../../charts/core/synthesis/graph';
import { countStored } from '../../support/work';

function object(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id } });
}

function chart(scope: Construct, id: string, objects: readonly string[] = [], props: ChartProps = {}): Chart {
  const made = new Chart(scope, id, props);
  for (const name of objects) {
    object(made, name);
  }
  return made;
}

function ids(constructs: readonly Construct[]): string[] {
  return constructs.map((construct) => construct.node.id);
}

describe('orderSynthesis', () => {
  test('keeps the order of the program where nothing depends on anything', () => {
    const app = new App();
    const first = chart(app, 'first', ['z', 'a']);
    chart(app, 'another');
    const plan = orderSynthesis(app);
    expect(ids(plan.charts)).toEqual(['first', 'another']);
    expect(ids(plan.objectsOf(first))).toEqual(['z', 'a']);
    expect(plan.chartsDepend).toBe(false);
  });

  test('puts a chart after those that its objects depend on', () => {
    const app = new App();
    const web = chart(app, 'web', ['w']);
    const store = chart(app, 'store', ['s']);
    web.node.findChild('w').node.addDependency(store.node.findChild('s'));
    const plan = orderSynthesis(app);
    expect(ids(plan.charts)).toEqual(['store', 'web']);
    expect(plan.chartsDepend).toBe(true);
  });

  test('a dependency holds for all objects below both constructs', () => {
    const app = new App();
    const scope = chart(app, 'c');
    const late = new Construct(scope, 'late');
    object(late, 'l1');
    object(late, 'l2');
    const early = new Construct(scope, 'early');
    object(early, 'e1');
    object(early, 'e2');
    late.node.addDependency(new DependencyGroup(early));
    expect(ids(orderSynthesis(app).objectsOf(scope))).toEqual(['e1', 'e2', 'l1', 'l2']);
  });

  test('objects of a nested chart are its own, and it comes first', () => {
    const app = new App();
    const outer = chart(app, 'outer', ['o']);
    const inner = chart(outer, 'inner', ['i']);
    const plan = orderSynthesis(app);
    expect(ids(plan.charts)).toEqual(['inner', 'outer']);
    expect(ids(plan.objectsOf(outer))).toEqual(['o']);
    expect(ids(plan.objectsOf(inner))).toEqual(['i']);
  });

  describe('an object that depends on the construct it is in', () => {
    const make = (link: (v: ApiObject, other: ApiObject, all: Construct) => void): [App, Chart] => {
      const app = new App();
      const scope = chart(app, 'c');
      const all = new Construct(scope, 'all');
      const v = object(all, 'v');
      object(all, 'b');
      v.node.addDependency(all);
      link(v, object(scope, 'other'), all);
      return [app, scope];
    };

    test('is no start of the order if another one depends on it', () => {
      const [app, scope] = make((_, other, all) => other.node.addDependency(object(Chart.of(other), 'd'), all));
      const order = ids(orderSynthesis(app).objectsOf(scope));
      expect(order).toEqual(scope.toJson().map((manifest) => manifest.metadata.name));
      expect(order).toEqual(['d', 'b', 'v', 'other']);
    });

    test('makes a cycle with one that depends on the construct too', () => {
      const link = (v: ApiObject, other: ApiObject, all: Construct): void => {
        const around = new Construct(Chart.of(v), 'around');
        object(around, 'inside').node.addDependency(all);
        v.node.addDependency(around);
        other.node.addDependency(v);
      };
      const message = messageOf(() => make(link)[0].synthYaml());
      expect(message).toMatch(/^Dependency cycle detected: /);
      expect(messageOf(() => orderSynthesis(make(link)[0]))).toBe(message);
    });
  });

  test('leaves the constructs as they are', () => {
    const app = new App();
    const outer = chart(app, 'outer', ['o']);
    const inner = chart(outer, 'inner', ['i']);
    orderSynthesis(app);
    expect(outer.node.dependencies).toEqual([]);
    expect(inner.node.dependencies).toEqual([]);
  });

  test('refuses a construct that depends on itself, which cdk8s loses together with all it depends on', () => {
    const app = new App();
    const scope = chart(app, 'c', ['self', 'other']);
    const self = scope.node.findChild('self');
    self.node.addDependency(new DependencyGroup(scope.node.findChild('other'), self));
    expect(scope.toJson()).toEqual([]);
    expect(() => orderSynthesis(app)).toThrow(/^\[c\/self\] this construct depends on itself/);
  });

  test('a cycle is told in the words of cdk8s', () => {
    const make = (): App => {
      const app = new App();
      const names = ['a', 'b', 'c', 'd'];
      const scope = chart(app, 'x', names);
      names.forEach((name, i) => {
        scope.node.findChild(name).node.addDependency(scope.node.findChild(names[(i + 1) % 4] as string));
      });
      scope.node.findChild('a').node.addDependency(scope.node.findChild('c'));
      return app;
    };
    const message = messageOf(() => make().synthYaml());
    expect(message).toMatch(/^Dependency cycle detected: x\//);
    expect(messageOf(() => orderSynthesis(make()))).toBe(message);
  });

  test('a cycle deep in a graph for which cdk8s would need hours is found at once', () => {
    const app = new App();
    const scope = chart(app, 'x');
    let layer = [object(scope, 'l0'), object(scope, 'r0')];
    const bottom = layer[0];
    for (let i = 1; i <= 60; i++) {
      const next = [object(scope, `l${i}`), object(scope, `r${i}`)];
      for (const upper of next) {
        upper.node.addDependency(...layer);
      }
      layer = next;
    }
    bottom?.node.addDependency(layer[0] as ApiObject);
    const paths = messageOf(() => orderSynthesis(app))
      .replace('Dependency cycle detected: ', '')
      .split(' => ');
    expect(paths).toHaveLength(62);
    expect(paths.at(-1)).toBe(paths[0]);
    // each follows from a dependency that was declared
    for (const [i, path] of paths.slice(0, -1).entries()) {
      const from = scope.node.findChild(path.replace('x/', ''));
      expect(from.node.dependencies.map((d) => d.node.path)).toContain(paths[i + 1]);
    }
  });

  test('a dependency of the app itself fails as in cdk8s', () => {
    const app = new App();
    app.node.addDependency(chart(app, 'c'));
    const message = messageOf(() => app.synthYaml());
    expect(messageOf(() => orderSynthesis(app))).toBe(message);
    expect(message).toContain('cannot find a parent chart');
  });

  test('a chain of charts too long for recursion, and exponential in cdk8s, is sorted', () => {
    const app = new App();
    const charts = Array.from({ length: 8000 }, (_, i) => chart(app, `c${i}`, ['o']));
    charts.forEach((c, i) => {
      if (i > 0) {
        charts[i - 1]?.addDependency(c);
      }
    });
    expect(orderSynthesis(app).charts.map((c) => c.node.id)).toEqual(ids(charts).reverse());
  });

  test('charts that all depend on one big chart are planned without an edge for each pair', () => {
    const app = new App();
    const names = Array.from({ length: 3000 }, (_, i) => `o${i}`);
    const big = chart(app, 'big', names);
    const others = Array.from({ length: 50 }, (_, i) => chart(app, `c${i}`, names.slice(0, 100)));
    for (const other of others) {
      other.addDependency(big);
    }
    const { result, stored } = countStored(() => {
      const plan = orderSynthesis(app);
      return { plan, count: plan.charts.reduce((sum, c) => sum + plan.objectsOf(c).length, 0) };
    });
    const { plan, count } = result;
    expect(count).toBe(8000);
    expect(plan.charts[0]).toBe(big);
    // of 15 million pairs, which take cdk8s minutes
    expect(stored).toBeLessThan(10 * count);
  });
});

describe('collectValidation', () => {
  test('asks each construct once, in the order of the program', () => {
    const app = new App();
    const scope = chart(app, 'c', ['o']);
    const validate = jest.fn(() => ['first', 'second']);
    scope.node.findChild('o').node.addValidation({ validate });
    scope.node.addValidation({ validate: () => ['of the chart'] });
    chart(app, 'd');
    expect(collectValidation(app.node.findAll())).toEqual([
      { path: 'c', message: 'of the chart' },
      { path: 'c/o', message: 'first' },
      { path: 'c/o', message: 'second' },
    ]);
    expect(validate).toHaveBeenCalledTimes(1);
  });
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
