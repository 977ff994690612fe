import type { InventoryObject, PodObject } from '../../../kube/inventory';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import { indexPath, keyPath } from '../../../kube/text';
import type { Problem, ReportFinding, Rule } from '../../rule';

/** What JavaScript makes of a missing value, of a number that is none, and of an object, when they are put into a text. */
const BROKEN = /(?<![\w$])undefined(?![\w(])|\[object \w{1,40}\]|(?<=[:/@.=-])(null|NaN)(?=[:/@.,]|$)|^NaN$/;
/** The same in a reference of an image: 'null' may be a part of its name, not its tag or registry. */
const IN_IMAGE = /(^|[:/@._-])undefined([:/@._-]|$)|^(null|NaN)\/|:(null|NaN)(@|$)|\[object/;
const IN_HOST = /(^|[.-])undefined([.-]|$)|(^|\.)(null|nan|NaN)(\.|$)|\[object/;
const IN_NAME = /(^|[.-])undefined([.-]|$)|\[object/;

/** What each of these has: a search for it alone takes a part of the time, and nearly no text has one. */
const ANY = /undefined|null|NaN|\[object/;

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
    // objects of a workload have its name, and stand together
    let rightName: string | undefined;
    let rightNamespace: string | undefined;
    for (const object of inventory.objects) {
      const { kind, metadata, spec } = object.manifest;
      const { name, namespace } = metadata;
      const isWrong =
        (name !== rightName && IN_NAME.test(name)) ||
        (namespace !== undefined && namespace !== rightNamespace && IN_NAME.test(namespace));
      if (!isWrong) {
        rightName = name;
        rightNamespace = namespace;
      }
      if (isWrong || kind === 'Ingress' || spec?.hostnames !== undefined) {
        checkNames(object, report);
      }
      if (kind === 'ConfigMap') {
        checkMap(object, report);
      }
    }
    for (const pod of inventory.pods) {
      for (const placed of podContainers(pod)) {
        checkContainer(pod, placed, report);
      }
    }
  },
};

/** Reports names and hosts that were missing. */
function checkNames(object: InventoryObject, report: ReportFinding): void {
  let seen: Set<string> | undefined;
  eachName(object, (text, pattern, field) => {
    // a host stands in the rules and in the certificates
    if (typeof text === 'string' && pattern.test(text) && !seen?.has(text)) {
      seen ??= new Set();
      seen.add(text);
      report(object, problem(field(), text));
    }
  });
}

function checkMap(object: InventoryObject, report: ReportFinding): void {
  const { data } = object.manifest as { readonly data?: Readonly<Record<string, unknown>> };
  let found: Found[] | undefined;
  for (const key in data) {
    const text = data[key];
    if (isBroken(text)) {
      found ??= [];
      found.push({ field: keyPath('data', key), text });
    }
  }
  if (found) {
    report(object, { ...ofFirst(found), severity: 'warning' });
  }
}

function checkContainer(pod: PodObject, { container, field }: PodContainer, report: ReportFinding): void {
  const { image, env, command, args } = container;
  const at = () => (container.name === undefined ? {} : { container: container.name });
  if (image !== undefined && ANY.test(image) && IN_IMAGE.test(image)) {
    report(pod, { ...problem(`${field}.image`, image), ...at() });
  }
  if (env?.some(isBrokenVariable) || command?.some(isBroken) || args?.some(isBroken)) {
    const texts = [
      ...broken(
        env?.map(({ value }) => value),
        (i) => `${indexPath(`${field}.env`, i)}.value`,
      ),
      ...broken(command, (i) => indexPath(`${field}.command`, i)),
      ...broken(args, (i) => indexPath(`${field}.args`, i)),
    ];
    report(pod, { ...ofFirst(texts), ...at(), severity: 'warning' });
  }
}

interface Found {
  readonly field: string;
  readonly text: string;
}

/** The texts that hold a missing value. */
function broken(texts: readonly unknown[] | undefined, fieldOf: (index: number) => string): readonly Found[] {
  return (texts ?? []).flatMap((text, i) => (isBroken(text) ? [{ field: fieldOf(i), text }] : []));
}

/** One finding for all texts of a container or a ConfigMap. */
function ofFirst(found: readonly Found[]): Problem {
  const { field, text } = found[0]!;
  return problem(field, text, found.length === 1 ? '' : `, and so do ${found.length - 1} others`);
}

const isBrokenVariable = ({ value }: { readonly value?: unknown }): boolean => isBroken(value);

/** Whether a value of a setting was missing. Files and programs may contain the words. */
function isBroken(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    text.length <= 1000 &&
    ANY.test(text) &&
    BROKEN.test(text.includes('/dev/null') ? text.replaceAll('/dev/null', '') : text) &&
    !/[\n;?{]|[=!]=/.test(text)
  );
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
