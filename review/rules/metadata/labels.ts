import type { LabelSelector } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { type InventoryObject, title } from '../../../kube/inventory';
import { metadataFields } from '../../../kube/metadata-fields';
import { isLabelValue, isQualifiedName } from '../../../kube/names';
import type { Manifest } from '../../../kube/objects';
import { podSpecField } from '../../../kube/pod-containers';
import { hasPodTemplate, podTemplates } from '../../../kube/pod-templates';
import { keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { ReportFinding, Rule } from '../../rule';

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
    // objects of a workload have the same labels, and stand together: by key, the value that was valid last
    const valid = new Map<string, string>();
    // and mostly one object of them, which is that of the pods, too
    let known: Labels | undefined;
    const areInvalid = (labels: Labels | undefined) => labels !== known && !areValid(labels, valid);
    for (const object of inventory.objects) {
      const { manifest } = object;
      const { labels } = manifest.metadata;
      let isKnown = labels === undefined || labels === known;
      if (!isKnown && areValid(labels, valid)) {
        known = labels;
        isKnown = true;
      }
      if ((!isKnown || hasOtherLabels(manifest)) && someLabels(manifest, areInvalid)) {
        reportInvalid(object, report);
      }
    }
  },
};

function areValid(labels: Labels | undefined, valid: Map<string, string>): boolean {
  for (const key in labels) {
    const value: unknown = labels[key];
    const before = valid.get(key);
    if (before !== undefined && before === value) {
      continue;
    }
    // the key of a value that was valid is
    if (before === undefined && !isQualifiedName(key)) {
      return false;
    }
    if (typeof value === 'string') {
      if (!isLabelValue(value)) {
        return false;
      }
      valid.set(key, value);
    }
  }
  return true;
}

function reportInvalid(object: InventoryObject, report: ReportFinding): void {
  const found = new Places(report, object);
  someLabels(object.manifest, (labels, at, part) => {
    const field = `${at}${part}`;
    for (const key in labels) {
      const value: unknown = labels[key];
      if (!isQualifiedName(key)) {
        found.add(`key ${key}`, {
          message: `the key of a label of ${title(object)} must be a name of at most 63 letters, digits, '-', '_' and '.', with a DNS name and '/' before it if need be, but is ${describe(key)}`,
          fix: "write a key such as 'example.com/team'",
          field: keyPath(field, key),
        });
      }
      if (typeof value === 'string' && !isLabelValue(value)) {
        found.add(`value ${key}=${value}`, {
          message: `label '${key}' of ${title(object)} must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends, but is ${describe(value)}`,
          fix: 'write a shorter value of these characters, or make it an annotation',
          field: keyPath(field, key),
        });
      }
    }
    return false;
  });
  found.finish();
}

/** Whether an object has labels beside its own, or selects by them. */
const hasOtherLabels = (of: Manifest): boolean => of.kind === 'Service' || hasPodTemplate(of);

/** The field is told in two parts, since it is nearly never written. */
type TestLabels = (labels: Labels | undefined, at: string, key: string) => boolean;

/** Whether one passes of the labels of an object, of its templates, and of what selects by them. */
function someLabels(manifest: Manifest, test: TestLabels): boolean {
  const { apiVersion, kind, metadata, spec } = manifest;
  if (apiVersion === 'v1' && kind === 'Service') {
    return (
      test(metadata.labels, 'metadata', '.labels') || test(spec?.selector as Labels | undefined, 'spec', '.selector')
    );
  }
  const templates = podTemplates(manifest);
  if (templates.length === 0) {
    return test(metadata.labels, 'metadata', '.labels');
  }
  return (
    metadataFields(manifest).some(([field, { labels }]) => test(labels, field, '.labels')) ||
    test((spec?.selector as LabelSelector | undefined)?.matchLabels, 'spec.selector', '.matchLabels') ||
    templates.some((pod) => {
      const labels = pod.template.spec?.nodeSelector;
      return labels !== undefined && test(labels, podSpecField(pod), '.nodeSelector');
    })
  );
}
