import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { metadataFields } from '../../../kube/metadata-fields';
import { isQualifiedName } from '../../../kube/names';
import { hasPodTemplate } from '../../../kube/pod-templates';
import { keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** Keys of annotations. */
export const rule: Rule = {
  id: 'metadata/annotations',
  title: 'annotations have valid keys',
  severity: 'error',
  why: 'The API server refuses the object: a key is a name of at most 63 characters, with a DNS name and one slash before it if need be.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: default, annotations: { example.com/team/contact: data@example.com } }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: default, annotations: { example.com/team.contact: data@example.com } }
`,
  check: ({ inventory }, report) => {
    const valid = new Set<string>();
    for (const object of inventory.objects) {
      if (isKnown(object.manifest.metadata.annotations, valid) && !hasPodTemplate(object.manifest)) {
        continue;
      }
      let found: Places | undefined;
      for (const [field, { annotations }] of metadataFields(object.manifest)) {
        for (const key in annotations) {
          if (valid.has(key)) {
            continue;
          }
          // unlike those of labels they may be in capitals everywhere
          if (isQualifiedName(key.toLowerCase())) {
            valid.add(key);
            continue;
          }
          found ??= new Places(report, object);
          found.add(key, {
            message: `the key of an annotation of ${title(object)} must be a name of at most 63 letters, digits, '-', '_' and '.', with a DNS name and '/' before it if need be, but is ${describe(key)}`,
            fix: "write a key such as 'example.com/contact'",
            field: keyPath(`${field}.annotations`, key),
          });
        }
      }
      found?.finish();
    }
  },
};

function isKnown(annotations: Readonly<Record<string, string>> | undefined, valid: ReadonlySet<string>): boolean {
  for (const key in annotations) {
    if (!valid.has(key)) {
      return false;
    }
  }
  return true;
}
