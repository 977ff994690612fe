import type { LabelSelector } from '../../../imports/kubernetes';
import { remembered } from '../../../kube/collections';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { metadataFields } from '../../../kube/metadata-fields';
import { isLabelValue, isQualifiedName } from '../../../kube/names';
import type { Manifest } from '../../../kube/objects';
import { podSpecField } from '../../../kube/pod-containers';
import { podTemplates } from '../../../kube/pod-templates';
import { keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';

type Labels = Readonly<Record<string, string>>;

/** Keys and values of labels, and of what selects by them. */
export const rule: Rule = {
  id: 'metadata/labels',
  title: 'labels have valid keys and values',
  severity: 'error',
  why: 'The API server refuses the object. Values are at most 63 letters, digits, dashes, underscores and dots, and begin and end with a letter or digit.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: default, labels: { example.com/team: Data & Search } }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: default, labels: { example.com/team: Data_and.Search, empty: '' } }
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.objects) {
      let found: Places | undefined;
      eachLabels(object.manifest, (labels, field) => {
        for (const key in labels) {
          const value: unknown = labels[key];
          if (!isKey(key)) {
            found ??= new Places(report, object);
            found.add(`key ${key}`, {
              message: `the key of a label of ${title(object)} must be a name of at most 63 letters, digits, '-', '_' and '.', with a DNS name and '/' before it if need be, but is ${describe(key)}`,
              fix: "write a key such as 'example.com/team'",
              field: keyPath(field, key),
            });
          }
          if (typeof value === 'string' && !isValue(value)) {
            found ??= new Places(report, object);
            found.add(`value ${key}=${value}`, {
              message: `label '${key}' of ${title(object)} must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends, but is ${describe(value)}`,
              fix: 'write a shorter value of these characters, or make it an annotation',
              field: keyPath(field, key),
            });
          }
        }
      });
      found?.finish();
    }
  },
};

// the same few labels stand on thousands of objects
const isKey = remembered(isQualifiedName);
const isValue = remembered(isLabelValue);

/** Calls back for the labels of an object and of its templates, and for what selects by them. */
function eachLabels(manifest: Manifest, visit: (labels: Labels | undefined, field: string) => void): void {
  const { apiVersion, kind, metadata, spec } = manifest;
  const templates = podTemplates(manifest);
  if (templates.length === 0) {
    visit(metadata.labels, 'metadata.labels');
    if (apiVersion === 'v1' && kind === 'Service') {
      visit(spec?.selector as Labels | undefined, 'spec.selector');
    }
    return;
  }
  for (const [field, { labels }] of metadataFields(manifest)) {
    visit(labels, `${field}.labels`);
  }
  visit((spec?.selector as LabelSelector | undefined)?.matchLabels, 'spec.selector.matchLabels');
  for (const pod of templates) {
    visit(pod.template.spec?.nodeSelector, `${podSpecField(pod)}.nodeSelector`);
  }
}
