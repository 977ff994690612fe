import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLUSTER_RULES } from '../../../eksctl/rules/cluster-rules';
import { NODE_GROUP_RULES } from '../../../eksctl/rules/node-group-rules';
import { SHAPE_RULES } from '../../../eksctl/schema/shape-findings';
import { REPOSITORY } from '../../app/support';

const PAGE = path.join(REPOSITORY, 'docs', 'cluster-rules.md');
const BLOCK = /(<!-- rules -->\n)[\s\S]*?(<!-- end -->)/;
const FAMILIES = {
  L: 'As the file is loaded',
  D: 'As defaults are filled in',
  A: 'Over the cluster',
  B: 'Over every node group',
  N: 'Over self-managed node groups, and what managed ones share with them',
  M: 'Over managed node groups',
  C: 'Late: when eksctl renders CloudFormation, after it has talked to AWS',
  X: 'Never by eksctl',
} as const;

const rules = [...SHAPE_RULES, ...CLUSTER_RULES, ...NODE_GROUP_RULES];

test('the page lists every rule; UPDATE_DOCS=1 npx jest test/eksctl/rules/page writes it', () => {
  const page = fs.readFileSync(PAGE, 'utf8');
  const sections = Object.entries(FAMILIES).map(([family, title]) => {
    const items = rules
      .filter(({ id }) => id.startsWith(family))
      .sort((a, b) => Number.parseInt(a.id.slice(1), 10) - Number.parseInt(b.id.slice(1), 10) || (a.id < b.id ? -1 : 1))
      .map(
        ({ id, enforcedBy, title }) =>
          `- **${id}** ${title}${enforcedBy === 'eksctl' || family === 'X' ? '' : ' (AWS)'}`,
      );
    return `## ${title}\n\n${[...new Set(items)].join('\n')}\n`;
  });
  const wanted = page.replace(BLOCK, (_, begin: string, end: string) => `${begin}\n${sections.join('\n')}\n${end}`);
  if (process.env.UPDATE_DOCS === '1') {
    fs.writeFileSync(PAGE, wanted);
  }
  expect(fs.readFileSync(PAGE, 'utf8')).toBe(wanted);
  expect(page).toMatch(BLOCK);
});

test('every rule is of a family that the page has', () => {
  expect(rules.filter(({ id }) => !(id[0]! in FAMILIES)).map(({ id }) => id)).toEqual([]);
});
