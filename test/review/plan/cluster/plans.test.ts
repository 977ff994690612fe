import * as fs from 'node:fs';
import * as path from 'node:path';
import { ClusterConfig } from '../../../../eksctl';
import type { ClusterStep, NamedField } from '../../../../review/plan/cluster/model';
import { planCluster } from '../../../../review/plan/cluster/plan-cluster';
import { CASES } from './cases';
import { type Case, configOf } from './cases/case';

const FILE = path.join(__dirname, 'plans.txt');

test('the plan of every listed change; UPDATE_PLANS=1 npx jest test/review/plan/cluster/plans writes it, for you to read', () => {
  const plans = CASES.map(planOf).join('\n');
  if (process.env.UPDATE_PLANS === '1') {
    fs.writeFileSync(FILE, plans);
  }
  expect(plans).toBe(fs.readFileSync(FILE, 'utf8'));
});

test('eksctl takes both configs of every listed change', () => {
  const errors = CASES.flatMap(({ name, old, new: next }) =>
    [old, next].flatMap((patch) =>
      ClusterConfig.check(configOf(patch)).flatMap(({ severity, rule, message }) =>
        severity === 'error' ? [`${name}: ${rule} ${message}`] : [],
      ),
    ),
  );
  expect(errors).toEqual([]);
});

function planOf({ name, old, new: next }: Case): string {
  const { steps, ignored, newCluster } = planCluster(configOf(old), configOf(next));
  const named = (title: string) => (found: NamedField) => `  ${title} ${found.field}: ${found.text}`;
  const lines = [...steps.map(step), ...ignored.map(named('ignored')), ...newCluster.map(named('new cluster'))];
  return `${name}\n${lines.map((line) => `${line}\n`).join('')}`;
}

function step({ id, command, text, fields, replaces, minutes, disturbs, risk }: ClusterStep, i: number): string {
  return [
    `  ${i + 1}. ${id} [${risk}]`,
    text,
    ...(command ? [`$ ${command}`] : []),
    ...(replaces ? [`replaces ${replaces}`] : []),
    ...(minutes ? [`${minutes.join(' to ')} minutes`] : []),
    ...(disturbs ? [`disturbs: ${disturbs}`] : []),
    `of ${fields.join(', ')}`,
  ].join('\n     ');
}
