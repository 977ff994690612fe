/** Sets of objects and a rule of its own, for tests of the engine. */
import type { Finding } from '../../kube/finding';
import { loadInventory } from '../../review/load';
import { readManifests } from '../../review/read-manifests';
import { review } from '../../review/review';
import type { CustomRule } from '../../review/rule';
import type { ReviewSettings } from '../../review/settle';

/** Reports every object with the label 'bad'. */
export const RULE: CustomRule = {
  id: 'own/bad',
  title: 'No object is bad.',
  severity: 'error',
  check: ({ inventory: { objects } }, report) => {
    for (const object of objects.filter(({ manifest }) => manifest.metadata.labels?.bad === 'yes')) {
      report(object, { message: 'the object is bad', fix: 'make it good', field: 'metadata.labels.bad' });
    }
  },
};

/** The findings about manifests in YAML. */
export function reviewed(
  yaml: string,
  settings: ReviewSettings = {},
  rules: readonly CustomRule[] = [RULE],
): Finding[] {
  return review({ inventory: loadInventory(readManifests(yaml, 'a.yaml').documents), ...settings }, rules);
}

/** A ConfigMap with the label and annotations. */
export function badMap(annotations: Readonly<Record<string, string>> = {}, name = 'a', namespace = 'shop'): string {
  const metadata = { name, namespace, labels: { bad: 'yes' }, annotations };
  return `---\n${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata })}\n`;
}
