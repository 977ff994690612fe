/** docs/plan.md shows what the command prints for an edit of the committed retail store. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../app/support';
import { temporaryFolder } from '../support/app';
import { command } from './support';

const DIST = path.join(REPOSITORY, 'dist');
const PAGE = path.join(REPOSITORY, 'docs/plan.md');
const BLOCK = /(?<=\n```text\n)[\s\S]*?(?=```\n)/;

/** The five edits, as texts of files. Each must be found. */
const EDITS: Readonly<Record<string, readonly (readonly [string | RegExp, string])[]>> = {
  'ui.k8s.yaml': [
    ['retail-store-sample-ui:1.6.2', 'retail-store-sample-ui:1.7.0'],
    [/\n---\napiVersion: networking\.k8s\.io\/v1\nkind: Ingress\n[\s\S]*?(?=\n---\n|$)/, ''],
  ],
  'catalog.k8s.yaml': [[/storage: 30Gi/g, 'storage: 50Gi']],
  'checkout.k8s.yaml': [
    [
      '  RETAIL_CHECKOUT_PERSISTENCE_PROVIDER: redis',
      '  RETAIL_CHECKOUT_PERSISTENCE_PROVIDER: redis\n  RETAIL_CHECKOUT_SHIPPING_NAME_PREFIX: EU',
    ],
    ['checkout-env-65d83cedc8', 'checkout-env-9e1f7a4b2c'],
  ],
  'cluster/prod.yaml': [['version: "1.35"', 'version: "1.36"']],
};

function edited(): string {
  const folder = path.join(temporaryFolder(), 'dist');
  fs.cpSync(DIST, folder, { recursive: true });
  for (const [file, edits] of Object.entries(EDITS)) {
    const at = path.join(folder, file);
    const text = edits.reduce(
      (before, [from, to]) => {
        const after = before.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to);
        expect(after).not.toBe(before);
        return after;
      },
      fs.readFileSync(at, 'utf8'),
    );
    fs.writeFileSync(at, text);
  }
  return folder;
}

test('the example of the page is what the command prints', async () => {
  const folder = edited();
  const { code, out } = await command(['plan', '--from', DIST, '--to', folder]);
  expect(code).toBe(3);
  const printed = out.replaceAll(folder, 'dist').replaceAll(DIST, 'main');
  const page = fs.readFileSync(PAGE, 'utf8');
  const wanted = page.replace(BLOCK, () => printed);
  if (process.env.UPDATE_DOCS === '1') {
    fs.writeFileSync(PAGE, wanted);
  } else {
    expect(page).toBe(wanted);
  }
});
