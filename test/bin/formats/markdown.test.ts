import { markdown } from '../../../bin/formats/markdown';
import { CLEAN, REPORT } from '../support';

test('a table, in which a cell cannot end early', () => {
  expect(markdown(REPORT, { color: false })).toMatchInlineSnapshot(`
"**Review of the manifests:** 1 error, 1 warning, 1 advice in 3 objects of 2 files; 1 waived; 1 in the baseline; 1 file without manifests skipped

| severity | where | what | rule |
| --- | --- | --- | --- |
| error | Deployment 'shop/web'<br>\`a b/shop.yaml:12\` | refers to "x" & &lt;y>, 100% of\\|it<br>and more.<br>Write \\\`z\\\`: it exists. | \`references/missing\` |
| warning | Deployment 'shop/web'<br>\`shop.yaml\` | Deployment 'shop/web' is defined twice. | \`objects/duplicate\` |
| advice | \`c.yaml:2\` | vpc: should be set.<br>Set it. | \`X32\` |
"
`);
  expect(markdown(CLEAN, { color: false })).toBe(
    '**Review of the manifests:** 0 errors, 0 warnings, 0 advice in 3 objects of 2 files; 1 file without manifests skipped\n',
  );
});
