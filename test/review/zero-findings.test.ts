import * as fs from 'node:fs';
import * as path from 'node:path';
import { isOpen } from '../../kube/finding';
import { loadInventory } from '../../review/load';
import { readManifests } from '../../review/read-manifests';
import { review } from '../../review/review';
import { REPOSITORY } from '../app/support';

/** Made by hand, without a finding of the public linters; no part of the repository. */
const FILE = path.join(REPOSITORY, '..', 'shared', 'data', 'zero-findings.yaml');
const exists = fs.existsSync(FILE);

test(
  exists ? 'a set without findings of the linters has no error and no warning' : `not reviewed: ${FILE} is absent`,
  () => {
    if (!exists) {
      return;
    }
    const { documents, findings } = readManifests(fs.readFileSync(FILE, 'utf8'), 'zero-findings.yaml');
    const inventory = loadInventory(documents, findings);
    expect(inventory.objects.length).toBeGreaterThan(20);
    const found = review({ inventory }).filter((finding) => isOpen(finding) && finding.severity !== 'advice');
    expect(found.map(({ rule, field }) => [rule, field])).toEqual([]);
  },
);
