import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY, wholeTree } from '../app/support';

const EXAMPLE = path.join(REPOSITORY, 'examples/delivery');
const files = Object.entries(wholeTree(EXAMPLE));
/** Pages have an excerpt with less indentation. */
const flat = (text: string): string => text.replaceAll(/^ +/gm, '');
const texts = files.map(([, text]) => flat(text));

/** Code of a page that is of a file: YAML and HCL, and the loop of the script. */
const blocks = ['gitops.md', 'delivery.md'].flatMap((page) => {
  const text = fs.readFileSync(path.join(REPOSITORY, 'docs', page), 'utf8');
  return [...text.matchAll(/```(yaml|hcl|sh)\n([\s\S]*?)```/g)]
    .filter(([, language, code]) => language !== 'sh' || code!.startsWith('for '))
    .map(([, , code]) => [page, code!.split('\n')[0]!.trim(), code!] as const);
});

test('there are blocks', () => {
  expect(blocks.length).toBeGreaterThan(6);
});

test.each(blocks)('%s: its code is of a file of the example: %s', (_page, _line, code) => {
  expect(texts.filter((text) => text.includes(flat(code))).length).toBe(1);
});

test('the pipelines name files that are there', () => {
  const of = (name: string): string => fs.readFileSync(path.join(EXAMPLE, name), 'utf8');
  const buildspecs = [...of('codepipeline/pipeline.yaml').matchAll(/BuildSpec: (.*)/g)].map(([, file]) => file!);
  const scripts = ['github/deploy.yml', 'codepipeline/apply.yml'].map(
    (file) => /sh (\S+\.sh) dist/.exec(of(file))![1]!,
  );
  expect(buildspecs).toEqual(['codepipeline/check.yml', 'codepipeline/apply.yml']);
  for (const file of [...buildspecs, ...scripts]) {
    expect(files.map(([name]) => name)).toContain(file);
  }
});

test('nothing but the manifests themselves is applied: the output has them outside of subfolders', () => {
  const manifests = files.map(([name]) => name).filter((name) => name.startsWith('dist/') && name.endsWith('.yaml'));
  expect(manifests.sort()).toEqual([
    'dist/_cluster.k8s.yaml',
    'dist/cluster/prod.yaml',
    'dist/gitops/regions.k8s.yaml',
    'dist/gitops/shop.k8s.yaml',
    'dist/shop.k8s.yaml',
  ]);
});
