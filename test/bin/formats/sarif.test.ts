import { sarif } from '../../../bin/formats/sarif';
import { CLEAN, REPORT } from '../support';

const runOf = (report: typeof REPORT) => {
  const log = JSON.parse(sarif(report, { color: false }));
  expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
};
const LEVELS = ['none', 'note', 'warning', 'error'];
const STATES = ['new', 'unchanged', 'updated', 'absent'];

test('each result is as the schema of SARIF 2.1.0 has it', () => {
  const { tool, results } = runOf(REPORT);
  const { rules } = tool.driver;
  expect(new Set(rules.map(({ id }: { id: string }) => id)).size).toBe(rules.length);
  for (const { id, help } of rules) {
    expect(typeof id).toBe('string');
    expect(help.text.length).toBeGreaterThan(3);
  }
  for (const { ruleId, ruleIndex, level, message, locations, partialFingerprints, baselineState } of results) {
    expect(rules[ruleIndex].id).toBe(ruleId);
    expect(LEVELS).toContain(level);
    expect(STATES).toContain(baselineState);
    expect(message.text.length).toBeGreaterThan(3);
    expect(Object.values(partialFingerprints)).toEqual([expect.stringMatching(/^[0-9a-f]{32}:\d+$/)]);
    const [{ physicalLocation }] = locations;
    expect(physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
    // a relative reference
    expect(physicalLocation.artifactLocation.uri).toMatch(/^[^/\s:][^\s:]*$/);
  }
});

test('accepted findings are suppressed, not left out', () => {
  const { results } = runOf(REPORT);
  expect(
    results.map(({ suppressions, baselineState }: Record<string, unknown>) => [suppressions, baselineState]),
  ).toEqual([
    [undefined, 'new'],
    [undefined, 'new'],
    [undefined, 'new'],
    [[{ kind: 'inSource', justification: 'a <reason>' }], 'new'],
    [[{ kind: 'external', justification: 'in the baseline' }], 'unchanged'],
  ]);
});

test('a clean run has results, which are empty: uploads without them fail', () => {
  expect(runOf(CLEAN)).toMatchObject({ results: [], tool: { driver: { rules: [], semanticVersion: '1.2.3' } } });
});

test('a path is encoded', () => {
  expect(runOf(REPORT).results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b/shop.yaml');
});
