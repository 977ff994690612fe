import { text } from '../../../bin/formats/text';
import { CLEAN, REPORT } from '../support';

test('place, severity, object, sentence and rule; then the field and the fix; what is waived; the counts', () => {
  expect(text(REPORT, { color: false })).toMatchInlineSnapshot(`
"a b/shop.yaml:12: error: Deployment 'shop/web': refers to "x" & <y>, 100% of|it\\nand more. [references/missing]
  at spec.template.spec.containers[0].image, container 'web'
  Write \`z\`: it exists.
shop.yaml: warning: Deployment 'shop/web' is defined twice. [objects/duplicate]
c.yaml:2: advice: vpc: should be set. [X32]
  Set it.
waived until 2027-03-31: Deployment 'shop/web' [zones/foreign]: a <reason>
1 error, 1 warning, 1 advice in 3 objects of 2 files; 1 waived; 1 in the baseline; 1 file without manifests skipped
"
`);
  expect(text(CLEAN, { color: false })).toBe(
    '0 errors, 0 warnings, 0 advice in 3 objects of 2 files; 1 file without manifests skipped\n',
  );
});

test('colours change nothing but colours', () => {
  const colored = text(REPORT, { color: true });
  expect(colored).toContain('\u001b[31merror:\u001b[0m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(text(REPORT, { color: false }));
});
