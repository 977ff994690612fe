import * as fc from 'fast-check';
import { stringify } from 'yaml';
import type { Finding } from '../../eksctl/finding';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import { compared, type Difference, differs, minimised } from './compare';
import { aConfig } from './generator/config';
import { type Judgement, judgeText } from './judge';
import { verdicts } from './oracle';
import { IDS_OF_EKSCTL, isByAws, SHAPE_IDS } from './rule-ids';
import { STRICTER } from './stricter';

/** For other configs, or more: ORACLE_SEED=7 ORACLE_RUNS=10000 npm run test:oracle -- random */
const SEED = Number(process.env.ORACLE_SEED ?? 20261126);
const RUNS = Number(process.env.ORACLE_RUNS ?? 5000);
/** To mend one at a time; the number of all is said. */
const SHOWN = 5;

describe(`${RUNS} random ClusterConfigs of seed ${SEED}`, () => {
  const results = compared(fc.sample(aConfig, { numRuns: RUNS, seed: SEED }));
  const findings = results.flatMap(({ ours }) => ours.findings);

  test('get the same verdict from eksctl and from us', () => {
    const different = results.filter(differs);
    const shown = different.slice(0, SHOWN).map((difference) => described(minimised(difference)));
    expect({ count: different.length, shown: shown.join('\n\n') }).toEqual({ count: 0, shown: '' });
  });

  test('are at the edges: between 35 and 65 in a hundred are accepted', () => {
    const share = results.filter(({ theirs }) => theirs.ok).length / results.length;
    expect(share).toBeGreaterThan(0.35);
    expect(share).toBeLessThan(0.65);
  });

  test('come to nearly every rule of eksctl, and most rules decide some verdict alone', () => {
    const found = new Set(findings.map(({ rule }) => rule));
    const alone = new Set(results.flatMap(({ ours }) => (refusalsOf(ours).size === 1 ? [...refusalsOf(ours)] : [])));
    expect(shareOf(found)).toBeGreaterThan(RUNS < 5000 ? 0.7 : 0.9);
    expect(shareOf(alone)).toBeGreaterThan(RUNS < 5000 ? 0.5 : 0.7);
  });

  test('have an error in ClusterConfig.check whenever one is found here', () => {
    const unlike = results.filter(({ config, ours }) => {
      const checked = ClusterConfig.check(config as unknown as ClusterConfig);
      return checked.some(isError) !== ours.findings.some(isError);
    });
    expect(unlike.map(({ config }) => config)).toEqual([]);
  });

  test('get the same verdict as YAML, with the quotes that a YAML 1.2 writer sets', () => {
    // where a file does not read, the rules that eksctl goes on to are not asked
    const readable = results.filter(({ ours }) => !ours.findings.some(({ rule }) => SHAPE_IDS.has(rule)));
    const files = readable.slice(0, 1000).map(({ config }, i) => ({ file: `${i}`, yaml: stringify(config) }));
    const unlike = verdicts(files).filter(({ ok }, i) => ok === judgeText(files[i]!.yaml).refuses);
    expect(unlike.map(({ file, errors }) => ({ yaml: files[Number(file)]!.yaml, errors }))).toEqual([]);
  });

  test('are refused beyond eksctl by listed rules only', () => {
    const beyond = findings.filter(({ rule, severity }) => severity === 'error' && isByAws(rule));
    expect(beyond.filter(({ rule }) => !Object.hasOwn(STRICTER, rule)).map(({ rule }) => rule)).toEqual([]);
  });
});

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** The ids of the rules of eksctl that refuse. */
function refusalsOf({ findings }: Judgement): ReadonlySet<string> {
  return new Set(findings.filter((finding) => isError(finding) && !isByAws(finding.rule)).map(({ rule }) => rule));
}

function shareOf(ids: ReadonlySet<string>): number {
  return IDS_OF_EKSCTL.filter((id) => ids.has(id)).length / IDS_OF_EKSCTL.length;
}

/** The file, and what both say to it. */
function described({ config, theirs, ours }: Difference): string {
  const said = theirs.errors.map(({ stage, msg }) => `${stage}: ${msg}`);
  const found = ours.findings.map(({ rule, severity, field, message }) => `${rule} ${severity} ${field}: ${message}`);
  return [
    stringify(config),
    `eksctl ${theirs.ok ? 'accepts' : 'refuses'}: ${said.join('; ')}`,
    `we ${ours.refuses ? 'refuse' : 'accept'}: ${found.join('; ')}`,
  ].join('\n');
}
