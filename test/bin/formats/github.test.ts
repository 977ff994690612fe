import { github } from '../../../bin/formats/github';
import { CLEAN, REPORT } from '../support';

test('one command a finding, escaped; accepted ones are left out', () => {
  expect(github(REPORT, { color: false }).trimEnd().split('\n')).toEqual([
    '::error file=a b/shop.yaml,line=12,title=references/missing::Deployment \'shop/web\': refers to "x" & <y>, 100%25 of|it%0Aand more. Write `z`: it exists.',
    "::warning file=shop.yaml,title=objects/duplicate::Deployment 'shop/web' is defined twice.",
    '::notice file=c.yaml,line=2,title=X32::vpc: should be set. Set it.',
    expect.stringMatching(/^1 error, 1 warning, 1 advice in/),
  ]);
  expect(github(CLEAN, { color: false })).not.toContain('::');
});

test('properties are escaped further', () => {
  const [finding] = REPORT.findings;
  const report = { ...REPORT, findings: [{ ...finding!, file: { path: 'a,b:c%.yaml' } }] };
  expect(github(report, { color: false })).toContain('file=a%2Cb%3Ac%25.yaml,title=');
});
