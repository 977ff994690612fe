import { callAll } from '../../support/script-module';

const MECHANISM = 'scripts/lib/mutate.mjs';

const SOURCES = [
  {
    file: 'a.ts',
    text: [
      'export class Service {',
      '  render() {',
      "    return { kind: 'Service', ports: [80, 443], headless: true };",
      '  }',
      '}',
      'export function labels(name: string) {',
      "  return { kind: 'Service', path: `x/${name}/y` };",
      '}',
    ].join('\n'),
  },
  {
    file: 'b.ts',
    text: [
      'export const worker = { kind: "Worker", most: 2 /* pods */, headless: true };',
      'const slash = /}/.test(worker.kind) ? worker.most! / 2 / 1 : 1;',
    ].join('\n'),
  },
];

type Mutant = readonly [
  what: string,
  snippet: string,
  replacement: string,
  scope?: { readonly in?: string; readonly beside?: string },
];

/** The file that each mutant changes, and its text afterwards. */
async function mutated(...mutants: readonly Mutant[]): Promise<{ file: string; text: string }[]> {
  return callAll(
    MECHANISM,
    mutants.map((mutant) => ['mutate', SOURCES, mutant]),
  );
}

/** The errors of mutants. */
async function errors(...mutants: readonly Mutant[]): Promise<string[]> {
  const [found] = await callAll(MECHANISM, [['staleMutants', SOURCES, mutants]]);
  return found;
}

test('white space, comments, quotes and trailing commas do not matter', async () => {
  const [spaced, item, last, template] = await mutated(
    ['spaced', "{kind:\n'Worker',most:2,headless:true,}", 'X'],
    ['item', 'most: 2,', 'M,'],
    ['last', 'ports: [80, 443,],', 'P,'],
    ['template', '`x/${ name }/y`', 'T'],
  );
  expect(spaced).toEqual({ file: 'b.ts', text: SOURCES[1]!.text.replace(/\{.*\}(?=;)/, 'X') });
  expect(item).toEqual({ file: 'b.ts', text: SOURCES[1]!.text.replace('most: 2 /* pods */,', 'M,') });
  expect(last).toEqual({ file: 'a.ts', text: SOURCES[0]!.text.replace('ports: [80, 443],', 'P,') });
  expect(template).toEqual({ file: 'a.ts', text: SOURCES[0]!.text.replace('`x/${name}/y`', 'T') });
});

test('whole tokens are compared, and regular expressions are tokens', async () => {
  const [divided] = await mutated(['divided', 'worker.most! / 2 / 1 : 1', 'D']);
  expect(divided!.text).toBe(SOURCES[1]!.text.replace('worker.most! / 2 / 1 : 1', 'D'));
  expect(await errors(['part of a word', 'ost: 2', ''], ['part of a string', "'Work'", ''])).toHaveLength(2);
});

test('an ambiguous snippet is an error that names its candidates', async () => {
  const [error] = await errors(['both', "kind: 'Service'", '']);
  expect(error).toContain('a.ts:3 in Service.render');
  expect(error).toContain('a.ts:7 in labels');
});

test('a snippet that does not occur is an error, as is one that occurs outside of its declaration only', async () => {
  const found = await errors(
    ['missing', 'nothing', ''],
    ['elsewhere', 'most: 2', '', { in: 'labels' }],
    ['alone', 'most: 2', '', { beside: 'ports' }],
  );
  expect(found).toHaveLength(3);
  expect(found[1]).toContain('b.ts:1');
});

test('the declaration around it, or a snippet within the same braces, tells two places apart', async () => {
  const [method, path, plain, beside] = await mutated(
    ['method', "kind: 'Service'", 'K', { in: 'render' }],
    ['path', "kind: 'Service'", 'K', { in: 'Service.render' }],
    ['function', "kind: 'Service'", 'K', { in: 'labels' }],
    ['beside', 'headless: true', 'H', { beside: "kind: 'Worker'" }],
  );
  expect(method!.text.split('\n')[2]).toBe('    return { K, ports: [80, 443], headless: true };');
  expect(path).toEqual(method);
  expect(plain!.text.split('\n')[6]).toBe('  return { K, path: `x/${name}/y` };');
  expect(beside!.text.split('\n')[0]).toContain('H };');
});

test('every mutant matches the library exactly once', async () => {
  const [stale] = await callAll('scripts/mutants/index.mjs', [['stale']]);
  expect(stale).toEqual([]);
}, 60_000);
