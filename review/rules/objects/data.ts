import { remembered } from '../../../kube/collections';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { keyPath, listed } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';

type Data = Readonly<Record<string, unknown>>;

/** Keys that a type of Secret must have. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

/** Keys and encoding of ConfigMaps and Secrets. */
export const rule: Rule = {
  id: 'objects/data',
  title: 'ConfigMaps and Secrets have valid keys, and encoded data where they must',
  severity: 'error',
  why: 'The API server refuses keys that are not names of files, data of a Secret that is not base64, and Secrets without the keys of their type.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Secret
metadata: { name: web, namespace: default }
data: { mode: 'fast & loose' }
`,
  good: `
apiVersion: v1
kind: Secret
metadata: { name: web, namespace: default }
stringData: { mode: 'fast & loose' }
`,
  check: ({ inventory }, report) => {
    for (const object of [...inventory.ofKind('ConfigMap', ''), ...inventory.ofKind('Secret', '')]) {
      const manifest = object.manifest as unknown as Readonly<Record<string, unknown>>;
      const { kind } = manifest;
      const found = new Places(report, object);
      const encoded = kind === 'Secret' ? 'data' : 'binaryData';
      const other = kind === 'Secret' ? 'stringData' : 'data';
      for (const part of [encoded, other]) {
        const data = manifest[part] as Data | undefined;
        for (const key in data) {
          const value = data[key];
          if (!isKey(key)) {
            found.add(`key ${key}`, {
              message: `a key of ${title(object)} must be at most 253 letters, digits, '-', '_' and '.', but is ${describe(key)}`,
              fix: "write a key such as 'settings.json'",
              field: keyPath(part, key),
            });
          }
          // not the value, which may be secret
          if (part === encoded && typeof value === 'string' && !isBase64(value)) {
            found.add('base64', {
              message: `'${key}' in ${part} of ${title(object)} is not base64`,
              fix: `write it in ${other} as plain text, or encode it`,
              field: keyPath(part, key),
            });
          }
          if (kind === 'ConfigMap' && part === encoded && Object.hasOwn((manifest.data ?? {}) as Data, key)) {
            found.add(`twice ${key}`, {
              message: `'${key}' of ${title(object)} is in both data and binaryData`,
              fix: 'keep one of them',
              field: keyPath(part, key),
            });
          }
        }
      }
      const type = kind === 'Secret' ? String(manifest.type ?? '') : '';
      const missing = Object.hasOwn(REQUIRED, type) ? missingOf(REQUIRED[type]!, manifest) : [];
      if (missing.length > 0) {
        found.add('type', {
          message: `${title(object)} of type '${type}' lacks ${listed(missing)}`,
          fix: `write ${missing.length === 1 ? 'it' : 'them'}, or another type`,
          field: 'data',
        });
      }
      found.finish();
    }
  },
};

function missingOf(required: readonly string[], secret: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = { ...(secret.data as Data | undefined), ...(secret.stringData as Data | undefined) };
  return required.filter((key) => !Object.hasOwn(keys, key));
}

const isKey = remembered(
  (key): boolean => key.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(key) && key !== '.' && !key.startsWith('..'),
);

/** As Go reads it: line feeds are skipped, and the padding is written. */
function isBase64(text: string): boolean {
  const packed = text.replace(/[\r\n]/g, '');
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}
