/** Tables of the pages that say what becomes of a recommendation or a control, and which test shows it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(__dirname, '../..');
export const text = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8');

const [surface, reviewRules, clusterRules] = ['api/surface', 'rules', 'cluster-rules'].map((page) =>
  text(`docs/${page}.md`),
);
const words = new Set(surface!.match(/[A-Za-z]+/g));

/** How a row says that nothing here does it. */
const BY_OTHERS = ['no', 'AWS', 'yours'];

export interface Claim {
  /** The first cell: what is asked for. */
  readonly subject: string;
  /** The words of the second cell, such as 'default' and 'rule'. */
  readonly here: readonly string[];
  readonly by: string;
  readonly cells: readonly string[];
  /** Code in the third cell. */
  readonly props: readonly string[];
  readonly rules: { readonly review: readonly string[]; readonly cluster: readonly string[] };
  /** Links of the third cell that are not to rules. */
  readonly pages: readonly Link[];
  /** Links of the fourth cell: a title or a line of a test, and the test. */
  readonly proofs: readonly Link[];
}

type Link = readonly [name: string, to: string];

const linksOf = (cell: string): Link[] =>
  [...cell.matchAll(/\[([^\]]*)\]\(([^)]*)\)/g)].map(([, name, to]) => [name!, to!]);
const ids = (cell: string, page: string) => linksOf(cell).flatMap(([id, to]) => (to.startsWith(page) ? [id] : []));

/** The rows of the tables of a page, or of one of its sections, without their heads. */
export function claimsOf(page: string, section?: string): Claim[] {
  const whole = text(page);
  const part =
    section === undefined ? whole : (whole.split(/^## /m).find((one) => one.startsWith(`${section}\n`)) ?? '');
  const lines = part.split('\n');
  return lines
    .filter((line, i) => line.startsWith('| ') && !/^\| -/.test(line) && !/^\| -/.test(lines[i + 1] ?? ''))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()))
    .map((cells) => {
      const [subject, here, by, proof] = cells;
      return {
        subject: subject!,
        here: here!.split(', '),
        by: by!,
        cells,
        props: [...by!.matchAll(/`([^`]+)`/g)].map(([, prop]) => prop!),
        rules: { review: ids(by!, 'rules.md'), cluster: ids(by!, 'cluster-rules.md') },
        pages: linksOf(by!).filter(([, to]) => !/^(cluster-)?rules\.md/.test(to)),
        proofs: linksOf(proof ?? ''),
      };
    });
}

/** A test for each row: it says how, its props and rules exist, and its proofs have what the links say. */
export function testClaims(claims: readonly Claim[], ways: readonly string[]): void {
  describe.each(claims.map((claim) => [claim.subject, claim] as const))('%s', (_, claim) => {
    const { here, by, props, rules, pages, proofs } = claim;

    test('says how, and all of it', () => {
      expect(here).toEqual(ways.filter((way) => here.includes(way)));
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
        const file = to.replace(/^\.\.\//, '');
        return !existsSync(join(REPOSITORY, file)) || !text(file).includes(name);
      });
      expect(wrong).toEqual([]);
      expect(proofs.length > 0 || here.every((way) => BY_OTHERS.includes(way))).toBe(true);
      const tests = proofs.filter(([, to]) => /^\.\.\/test\/.*\.test\.ts$/.test(to));
      expect(tests.length > 0 || !here.includes('default')).toBe(true);
    });
  });
}
