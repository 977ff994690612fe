import { json } from '../../../bin/formats/json';
import { CLEAN, FINDINGS, REPORT } from '../support';

test('has every finding, with its fingerprint', () => {
  const parsed = JSON.parse(json(REPORT, { color: false }));
  expect(parsed).toMatchObject({
    version: '1.2.3',
    objects: 3,
    files: 2,
    failed: true,
    counts: { error: 1, warning: 1, advice: 1 },
  });
  expect(parsed.findings).toEqual(
    FINDINGS.map((finding) => ({ ...finding, fingerprint: expect.stringMatching(/^[0-9a-f]{32}:1$/) })),
  );
  expect(JSON.parse(json(CLEAN, { color: false }))).toMatchObject({ failed: false, findings: [] });
});
