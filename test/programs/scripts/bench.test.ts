import { pathToFileURL } from 'node:url';
import { node, REPOSITORY } from '../../app/support';
import { temporaryFolder } from '../../support/app';

// starting Node takes seconds when every core is busy
jest.setTimeout(60_000);

type Objects = Readonly<Record<string, unknown>>;

/** The lines that the benchmark prints for each pair of expected and actual objects, by key. */
async function differences(...pairs: readonly (readonly [expected: Objects, actual: Objects])[]): Promise<string[][]> {
  const { stdout } = await node(
    [
      '--input-type=module',
      '--eval',
      `import { differences } from ${JSON.stringify(String(pathToFileURL(`${REPOSITORY}/bench/lib/check.mjs`)))};
      const map = (objects) => new Map(Object.entries(objects));
      const pairs = ${JSON.stringify(pairs)};
      console.log(JSON.stringify(pairs.map(([expected, actual]) => differences(map(expected), map(actual)))));`,
    ],
    REPOSITORY,
  );
  return JSON.parse(stdout);
}

test('objects that differ are counted, and the first one is shown by its first field', async () => {
  const ports = (...names: string[]) => ({ spec: { ports: names.map((name) => ({ name })) } });
  const [same, field, missing, extra, shape] = await differences(
    [{ a: ports('http') }, { a: ports('http') }],
    [
      { a: ports('http'), b: ports('http', 'admin'), c: { n: 1 } },
      { a: ports('http'), b: ports('http', 'debug'), c: {} },
    ],
    [{ a: { n: 1 } }, {}],
    [{}, { a: { n: 1 } }],
    [{ a: { n: [] } }, { a: { n: { m: 'x'.repeat(1000) } } }],
  );
  expect(same).toEqual([]);
  expect(field).toEqual([
    '2 of 3 objects differ, the first is b, field spec.ports[1].name',
    '  expected: "admin"',
    '  found:    "debug"',
  ]);
  expect(missing).toEqual(['1 of 1 objects differ, the first is a', '  expected: {"n":1}', '  found:    nothing']);
  expect(extra).toEqual(['1 of 1 objects differ, the first is a', '  expected: nothing', '  found:    {"n":1}']);
  expect(shape?.[0]).toContain('field n');
  expect(shape?.[2]?.length).toBeLessThan(300);
});

test('without helm and without Go, the comparison with helm says in one line what to install, and fails', async () => {
  const { status, output } = await node(['bench/against-helm.mjs'], REPOSITORY, {
    PATH: temporaryFolder(),
    CDK8S_EKS_PATTERNS_CACHE: temporaryFolder(),
    HELM: '',
  });
  expect(output.trimEnd().split('\n')).toEqual([
    'helm: not there, and no Go to build with; install Go 1.26 or later, or name a helm in HELM',
  ]);
  expect(status).toBe(1);
});
