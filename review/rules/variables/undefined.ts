import type { InventoryObject } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { indexPath, keyPath } from '../../../kube/text';
import type { Problem, Rule } from '../../rule';

/** What JavaScript makes of a missing value, of a number that is none, and of an object, when they are put into a text. */
const BROKEN = /(?<![\w$])undefined(?![\w(])|\[object \w{1,40}\]|(?<=[:/@.=-])(null|NaN)(?=[:/@.,]|$)|^NaN$/;
/** The same in a reference of an image: 'null' may be a part of its name, not its tag or registry. */
const IN_IMAGE = /(^|[:/@._-])undefined([:/@._-]|$)|^(null|NaN)\/|:(null|NaN)(@|$)|\[object/;
const IN_HOST = /(^|[.-])undefined([.-]|$)|(^|\.)(null|nan|NaN)(\.|$)|\[object/;
const IN_NAME = /(^|[.-])undefined([.-]|$)|\[object/;

/** A value of the program that was missing, and is text now. */
export const rule: Rule = {
  id: 'variables/undefined',
  title: 'no text is made of a value that was missing',
  severity: 'error',
  why: "A template such as `repo/web:${process.env.TAG}` writes 'undefined' where the value is missing. Such an image is not found, such a host gets no traffic, and a program reads the word as a value.",
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: 'repo/web:undefined' }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: 'repo/web:1.4.2', env: [{ name: MODE, value: nullable }] }] }
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.objects) {
      if (mayHoldMissing(object)) {
        const seen = new Set<string>();
        eachName(object, (text, pattern, field) => {
          // a host stands in the rules and in the certificates
          if (typeof text === 'string' && pattern.test(text) && !seen.has(text)) {
            seen.add(text);
            report(object, problem(field(), text));
          }
        });
      }
      const values = (object.manifest as { readonly data?: Readonly<Record<string, unknown>> }).data;
      if (object.manifest.kind === 'ConfigMap') {
        reportFirst(
          broken(
            Object.entries(values ?? {}),
            ([, text]) => text,
            (_, [key]) => keyPath('data', key),
          ),
          (found) => report(object, { ...found, severity: 'warning' }),
        );
      }
    }
    for (const pod of inventory.pods) {
      for (const { container, field } of podContainers(pod)) {
        const at = container.name === undefined ? {} : { container: container.name };
        if (container.image !== undefined && IN_IMAGE.test(container.image)) {
          report(pod, { ...problem(`${field}.image`, container.image), ...at });
        }
        const { env = [], command = [], args = [] } = container;
        const texts = [
          ...broken(
            env,
            ({ value }) => value,
            (i) => `${indexPath(`${field}.env`, i)}.value`,
          ),
          ...broken(
            command,
            (text) => text,
            (i) => indexPath(`${field}.command`, i),
          ),
          ...broken(
            args,
            (text) => text,
            (i) => indexPath(`${field}.args`, i),
          ),
        ];
        reportFirst(texts, (found) => report(pod, { ...found, ...at, severity: 'warning' }));
      }
    }
  },
};

interface Found {
  readonly field: string;
  readonly text: string;
}

/** The items whose text holds a missing value. */
function broken<T>(
  items: readonly T[],
  textOf: (item: T) => unknown,
  fieldOf: (index: number, item: T) => string,
): readonly Found[] {
  return items.flatMap((item, i) => {
    const text = textOf(item);
    return typeof text === 'string' && isBroken(text) ? [{ field: fieldOf(i, item), text }] : [];
  });
}

/** One finding for all texts of a container or a ConfigMap. */
function reportFirst(found: readonly Found[], report: (found: Problem) => void): void {
  const [first] = found;
  if (first) {
    const more = found.length === 1 ? '' : `, and so do ${found.length - 1} others`;
    report(problem(first.field, first.text, more));
  }
}

/** Whether a value of a setting was missing. Files and programs may contain the words. */
function isBroken(text: string): boolean {
  return text.length <= 1000 && !/[\n;?{]|[=!]=/.test(text) && BROKEN.test(text.replaceAll('/dev/null', ''));
}

function problem(field: string, text: string, more = ''): Problem & { readonly field: string } {
  const [word = ''] = /undefined|null|nan|\[object \w{0,40}\]?/i.exec(text) ?? [];
  const shown = text.length > 80 ? `${text.slice(0, 80)}...` : text;
  return {
    field,
    message: `${field} contains '${word}' ('${shown}'), which is what a missing value becomes in a text${more}`,
    fix: 'check the value before it is put into the text, or write what is meant',
  };
}

/** Whether a name is wrong, or there may be hosts: most objects have neither. */
function mayHoldMissing({ manifest: { kind, metadata, spec } }: InventoryObject): boolean {
  const { name, namespace = '' } = metadata;
  return kind === 'Ingress' || spec?.hostnames !== undefined || IN_NAME.test(name) || IN_NAME.test(namespace);
}

/** Calls back for names, namespaces and hosts, each with what makes its field. */
function eachName(
  { manifest }: InventoryObject,
  visit: (text: unknown, pattern: RegExp, fieldOf: () => string) => void,
): void {
  const { kind, metadata, spec } = manifest;
  visit(metadata.name, IN_NAME, () => 'metadata.name');
  visit(metadata.namespace, IN_NAME, () => 'metadata.namespace');
  const {
    rules = [],
    tls = [],
    hostnames,
  } = (spec ?? {}) as {
    readonly rules?: readonly { readonly host?: unknown }[];
    readonly tls?: readonly { readonly hosts?: readonly unknown[] }[];
    readonly hostnames?: readonly unknown[];
  };
  if (kind === 'Ingress') {
    rules.forEach(({ host }, i) => {
      visit(host, IN_HOST, () => `spec.rules[${i}].host`);
    });
    tls.forEach(({ hosts = [] }, i) => {
      hosts.forEach((host, j) => {
        visit(host, IN_HOST, () => `spec.tls[${i}].hosts[${j}]`);
      });
    });
  } else if (Array.isArray(hostnames)) {
    hostnames.forEach((host, i) => {
      visit(host, IN_HOST, () => `spec.hostnames[${i}]`);
    });
  }
}
