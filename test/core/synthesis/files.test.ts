import { ApiObject, App, Chart, JsonPatch, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { constructMetadata, layoutFiles, renderFiles } from '../../../charts/core/synthesis/files';
import { orderSynthesis } from '../../../charts/core/synthesis/graph';
import { addTextFile, outputFileOf, setOutputFile, textFilesOf } from '../../../charts/core/synthesis/output';

const { FILE_PER_APP, FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE } = YamlOutputType;
const ALL_TYPES = [FILE_PER_APP, FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE];

function object(scope: Construct, name: string, namespace?: string): ApiObject {
  const metadata = namespace ? { name, namespace } : { name };
  return new ApiObject(scope, `${name}-${namespace ?? ''}`, { apiVersion: 'v1', kind: 'ConfigMap', metadata });
}

/** The names of the objects in each file. */
function layout(app: App, type: YamlOutputType, numericPrefixes = false): Record<string, string[]> {
  const files = layoutFiles(orderSynthesis(app), { type, extension: '.k8s.yaml', numericPrefixes });
  return Object.fromEntries(
    files.map(({ path, documents }) => [path, documents.map((d) => (d as ApiObject).metadata.name ?? '')]),
  );
}

/** A cluster chart with a ClusterConfig in a sub-folder and a tenant inside it. */
function platform(): App {
  const app = new App();
  const cluster = new Chart(app, 'prod');
  setOutputFile(cluster, '_cluster.k8s.yaml');
  const config = new Construct(cluster, 'config');
  setOutputFile(config, 'cluster/prod.yaml');
  object(config, 'prod');
  object(cluster, 'gp3');
  const shop = new Chart(cluster, 'shop');
  setOutputFile(shop, 'shop.k8s.yaml');
  object(shop, 'web');
  const plain = new Chart(app, 'plain');
  object(plain, 'other');
  return app;
}

describe('layoutFiles', () => {
  test('stated files with a file for each chart', () => {
    expect(layout(platform(), FILE_PER_CHART)).toEqual({
      'shop.k8s.yaml': ['web'],
      'cluster/prod.yaml': ['prod'],
      '_cluster.k8s.yaml': ['gp3'],
      'plain.k8s.yaml': ['other'],
    });
  });

  test('only what lies in a sub-folder is kept apart with a file for the app', () => {
    expect(layout(platform(), FILE_PER_APP)).toEqual({
      'app.k8s.yaml': ['gp3', 'web', 'other'],
      'cluster/prod.yaml': ['prod'],
    });
  });

  test('only what lies in a sub-folder is kept apart with a file for each resource', () => {
    expect(layout(platform(), FILE_PER_RESOURCE)).toEqual({
      'ConfigMap.web.k8s.yaml': ['web'],
      'cluster/prod.yaml': ['prod'],
      'ConfigMap.gp3.k8s.yaml': ['gp3'],
      'ConfigMap.other.k8s.yaml': ['other'],
    });
  });

  test('stated files with a folder for each chart', () => {
    expect(layout(platform(), FOLDER_PER_CHART_FILE_PER_RESOURCE)).toEqual({
      'shop.k8s.yaml': ['web'],
      'cluster/prod.yaml': ['prod'],
      '_cluster.k8s.yaml': ['gp3'],
      'plain/ConfigMap.other.k8s.yaml': ['other'],
    });
  });

  test('files are numbered only when asked for, stated ones never', () => {
    expect(Object.keys(layout(platform(), FILE_PER_CHART, true))).toEqual([
      'shop.k8s.yaml',
      'cluster/prod.yaml',
      '_cluster.k8s.yaml',
      '0002-plain.k8s.yaml',
    ]);
    expect(Object.keys(layout(platform(), FOLDER_PER_CHART_FILE_PER_RESOURCE, true))).toContain(
      '0002-plain/ConfigMap.other.k8s.yaml',
    );
  });

  test('a nested chart does not inherit the file of its parent', () => {
    const app = new App();
    const outer = new Chart(app, 'outer');
    setOutputFile(outer, 'outer.yaml');
    const inner = new Chart(outer, 'inner');
    object(inner, 'i');
    expect(Object.values(layout(app, FILE_PER_CHART))).toEqual([['i']]);
    expect(layout(app, FILE_PER_CHART)).not.toHaveProperty(['outer.yaml']);
  });

  test('a chart without objects has an empty file, as in cdk8s, unless its file is stated or its objects moved', () => {
    const app = new App();
    new Chart(app, 'empty');
    setOutputFile(new Chart(app, 'stated'), 'stated.yaml');
    const moved = object(new Chart(app, 'moved'), 'm');
    setOutputFile(moved, 'm.yaml');
    expect(layout(app, FILE_PER_CHART)).toEqual({ 'empty.k8s.yaml': [], 'm.yaml': ['m'] });
  });

  test('two charts with one file are refused by name', () => {
    const app = new App();
    for (const id of ['one', 'two']) {
      const chart = new Chart(app, id);
      object(chart, id);
      setOutputFile(chart, 'same.k8s.yaml');
    }
    for (const type of [FILE_PER_CHART, FOLDER_PER_CHART_FILE_PER_RESOURCE]) {
      expect(() => layout(app, type)).toThrow(/\[one\] and \[two\] would both be written to 'same\.k8s\.yaml'/);
    }
  });

  test("a stated file and another chart's own name collide too", () => {
    const app = new App();
    object(new Chart(app, 'shop'), 'a');
    const other = new Chart(app, 'other');
    object(other, 'b');
    setOutputFile(other, 'shop.k8s.yaml');
    expect(() => layout(app, FILE_PER_CHART)).toThrow(/\[shop\] and \[other\]/);
  });

  test('two constructs of one chart may share a file', () => {
    const app = new App();
    const chart = new Chart(app, 'c');
    for (const name of ['a', 'b']) {
      setOutputFile(object(chart, name), 'cluster/both.yaml');
    }
    expect(layout(app, FILE_PER_CHART)).toEqual({ 'cluster/both.yaml': ['a', 'b'] });
  });

  test('objects of one name in two namespaces, of which cdk8s keeps the last, are refused by name', () => {
    const app = new App();
    const chart = new Chart(app, 'c');
    object(chart, 'web', 'one');
    object(chart, 'web', 'two');
    for (const type of [FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE]) {
      expect(() => layout(app, type)).toThrow(
        /\[c\/web-one\] \(ConfigMap one\/web\) and \[c\/web-two\] \(ConfigMap two\/web\) would both be written to '/,
      );
    }
    expect(layout(app, FILE_PER_CHART)).toEqual({ 'c.k8s.yaml': ['web', 'web'] });
  });

  test('the name of a file for a resource is the one in its manifest', () => {
    const app = new App();
    object(new Chart(app, 'c'), 'before').addJsonPatch(JsonPatch.replace('/metadata/name', 'after:x'));
    expect(layout(app, FILE_PER_RESOURCE)).toEqual({ 'ConfigMap.afterx.k8s.yaml': ['after:x'] });
  });

  test.each(ALL_TYPES)('manifests come from the given function, once for each object (type %s)', (type) => {
    const render = jest.fn((o: ApiObject) => ({ ...o.toJson(), cached: true }));
    const files = layoutFiles(orderSynthesis(platform()), { type, extension: '.yaml', render });
    expect(files.flatMap((file) => file.documents)).toEqual(Array(4).fill(expect.objectContaining({ cached: true })));
    expect(render).toHaveBeenCalledTimes(4);
  });

  test('a chart that makes its own manifests keeps them, in its stated file', () => {
    class Own extends Chart {
      public override toJson(): unknown[] {
        return [{ kind: 'Own', metadata: { name: 'own' } }];
      }
    }
    const app = new App();
    const own = new Own(app, 'own');
    object(own, 'ignored');
    setOutputFile(own, 'own/all.yaml');
    expect(layout(app, FILE_PER_CHART)).toEqual({ 'own/all.yaml': ['own'] });
    expect(layout(app, FILE_PER_APP)).toEqual({ 'own/all.yaml': ['own'] });
  });
});

describe('renderFiles', () => {
  test('adds text files in the order of the constructs, rendered after the manifests', () => {
    const app = platform();
    const calls: string[] = [];
    const chart = app.node.findChild('plain') as Chart;
    addTextFile(chart, 'cluster/b.md', () => `b${calls.push('b')}`);
    addTextFile(app.node.findChild('prod') as Chart, 'cluster/prod.md', () => `a${calls.push('a')}`);
    addTextFile(chart, 'c.txt', () => `c${calls.push('c')}`);
    const layout = layoutFiles(orderSynthesis(app), { type: FILE_PER_APP, extension: '.yaml' });
    expect(calls).toEqual([]);
    const files = renderFiles(layout, textFilesOf(app));
    expect([...files].slice(2)).toEqual([
      ['cluster/prod.md', 'a1'],
      ['cluster/b.md', 'b2'],
      ['c.txt', 'c3'],
    ]);
    expect(files.get('cluster/prod.yaml')).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: prod\n');
  });

  test('a text file cannot replace a manifest or another text file', () => {
    const app = platform();
    const layout = layoutFiles(orderSynthesis(app), { type: FILE_PER_CHART, extension: '.yaml' });
    addTextFile(app.node.findChild('plain') as Chart, 'shop.k8s.yaml', () => '');
    expect(() => renderFiles(layout, textFilesOf(app))).toThrow(/\[prod\/shop\] and \[plain\] .*'shop\.k8s\.yaml'/);
    expect(() => renderFiles([], [...textFilesOf(app), ...textFilesOf(app)])).toThrow(/\[plain\] and \[plain\]/);
  });
});

describe('output files', () => {
  test.each(['', '/etc/x', '../x.yaml', 'a/../b', './a', 'a//b', 'a/', 'a\\b', 'C:/a'])('%p is refused', (path) => {
    const chart = new Chart(new App(), 'c');
    expect(() => setOutputFile(chart, path)).toThrow(/^\[c\] .*path of an output file/);
    expect(() => addTextFile(chart, path, () => '')).toThrow(/^\[c\] /);
    expect(outputFileOf(chart)).toBeUndefined();
  });

  test('the last statement holds', () => {
    const chart = new Chart(new App(), 'c');
    setOutputFile(chart, 'a.yaml');
    setOutputFile(chart, 'b/c.yaml');
    expect(outputFileOf(chart)).toBe('b/c.yaml');
  });
});

test('constructMetadata names the path of each object', () => {
  expect(JSON.parse(constructMetadata(orderSynthesis(platform())))).toEqual({
    version: '1.0.0',
    resources: {
      web: { path: 'prod/shop/web-' },
      prod: { path: 'prod/config/prod-' },
      gp3: { path: 'prod/gp3-' },
      other: { path: 'plain/other-' },
    },
  });
});
