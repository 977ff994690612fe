import { junit } from '../../../bin/formats/junit';
import { CLEAN, REPORT } from '../support';

test('a case for each finding: failed, passed, or skipped', () => {
  expect(junit(REPORT, { color: false })).toMatchInlineSnapshot(`
"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cdk8s-eks-patterns" tests="5" failures="1" errors="0" skipped="2">
  <testsuite name="cdk8s-eks-patterns" tests="5" failures="1" errors="0" skipped="2">
    <testcase classname="references/missing" name="Deployment 'shop/web'" file="a b/shop.yaml" line="12"><failure type="error" message="Deployment 'shop/web': refers to &quot;x&quot; &amp; &lt;y&gt;, 100% of|it&#10;and more.">a b/shop.yaml:12 (spec.template.spec.containers[0].image): error: Deployment 'shop/web': refers to &quot;x&quot; &amp; &lt;y&gt;, 100% of|it&#10;and more. Write \`z\`: it exists. [references/missing]</failure></testcase>
    <testcase classname="objects/duplicate" name="Deployment 'shop/web'" file="shop.yaml"><system-out>shop.yaml: warning: Deployment 'shop/web' is defined twice. [objects/duplicate]</system-out></testcase>
    <testcase classname="X32" name="c.yaml:2" file="c.yaml" line="2"><system-out>c.yaml:2 (vpc): advice: vpc: should be set. Set it. [X32]</system-out></testcase>
    <testcase classname="zones/foreign" name="Deployment 'shop/web'" file="shop.yaml" line="3"><skipped message="waived: a &lt;reason&gt;"/></testcase>
    <testcase classname="zones/foreign" name="Deployment 'shop/web'" file="shop.yaml" line="3"><skipped message="in the baseline"/></testcase>
  </testsuite>
</testsuites>
"
`);
});

test('without findings one case passes: CI systems refuse a report without any', () => {
  expect(junit(CLEAN, { color: false })).toMatch(
    /tests="1" failures="0"[\s\S]*<testcase classname="review" name="no findings"\/>/,
  );
});

test('what fails depends on --fail-on', () => {
  expect(junit({ ...REPORT, failOn: 'advice' }, { color: false })).toContain('failures="3"');
});

test('control characters, which XML cannot have, are replaced', () => {
  const [finding] = REPORT.findings;
  const report = { ...REPORT, findings: [{ ...finding!, message: 'a\u0000\u001bb' }] };
  expect(junit(report, { color: false })).toContain('a\uFFFD\uFFFDb');
});
