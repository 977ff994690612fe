import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(__dirname, '../..');
const text = (file: string) => readFileSync(join(REPOSITORY, file), 'utf8');
/** How many recommendations the guide has, as of the date that the page names. */
const RECOMMENDATIONS = 156;
const WAYS = ['default', 'option', 'rule', 'page', 'no'];

const [surface, reviewRules, clusterRules] = ['api/surface', 'rules', 'cluster-rules'].map((page) =>
  text(`docs/${page}.md`),
);
const words = new Set(surface!.match(/[A-Za-z]+/g));
const linksOf = (cell: string) => [...cell.matchAll(/\[([^\]]*)\]\(([^)]*)\)/g)].map(([, name, to]) => [name!, to!]);
const ids = (cell: string, page: string) => linksOf(cell).flatMap(([id, to]) => (to!.startsWith(page) ? [id!] : []));

const rows = text('docs/best-practices.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (recommendation|-)/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()))
  .map((cells) => {
    const [recommendation, here, by, proof] = cells;
    const props = [...by!.matchAll(/`([^`]+)`/g)].map(([, prop]) => prop!);
    const rules = { review: ids(by!, 'rules.md'), cluster: ids(by!, 'cluster-rules.md') };
    const pages = linksOf(by!).filter(([, to]) => !/^(cluster-)?rules\.md/.test(to!));
    const proofs = linksOf(proof!);
    return { recommendation: recommendation!, here: here!.split(', '), cells, by: by!, props, rules, pages, proofs };
  });

test('every recommendation has one row', () => {
  expect(rows.length).toBe(RECOMMENDATIONS);
  expect(new Set(rows.map(({ recommendation }) => recommendation)).size).toBe(RECOMMENDATIONS);
  expect(rows.filter(({ cells }) => cells.length !== 4)).toEqual([]);
});

describe.each(rows.map((row) => [row.recommendation, row] as const))('%s', (_, row) => {
  const { here, by, props, rules, pages, proofs } = row;

  test('says how, and all of it', () => {
    expect(here).toEqual(WAYS.filter((way) => here.includes(way)));
    expect(here.includes('no') ? here : ['no']).toEqual(['no']);
    expect(by.length).toBeGreaterThan(3);
    expect(props.length > 0 || !here.includes('option')).toBe(true);
    expect(rules.review.length + rules.cluster.length > 0).toBe(here.includes('rule'));
    expect(pages.length > 0 || !here.includes('page')).toBe(true);
  });

  test('its props and rules exist', () => {
    const names = props.flatMap((prop) => prop.match(/[A-Za-z]{3,}/g) ?? []);
    expect(names.filter((name) => !words.has(name))).toEqual([]);
    expect(rules.review.filter((id) => !reviewRules!.includes(`\n### ${id}\n`))).toEqual([]);
    expect(rules.cluster.filter((id) => !clusterRules!.includes(`\n- **${id}** `))).toEqual([]);
  });

  test('its proofs have what the links say', () => {
    const wrong = proofs.filter(([name, to]) => {
      const file = to!.replace(/^\.\.\//, '');
      return !existsSync(join(REPOSITORY, file)) || !text(file).includes(name!);
    });
    expect(wrong).toEqual([]);
    expect(proofs.length > 0 || here.includes('no')).toBe(true);
    const tests = proofs.filter(([, to]) => /^\.\.\/test\/.*\.test\.ts$/.test(to!));
    expect(tests.length > 0 || !here.includes('default')).toBe(true);
  });
});
