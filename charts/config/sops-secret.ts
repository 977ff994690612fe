import * as fs from 'node:fs';
import type { Construct } from 'constructs';
import { asObject, isObject } from '../../kube/loose';
import { listed } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import { loadYaml } from '../../kube/yaml';
import type { Check } from '../core/check';
import type { Requirement } from '../core/requirements';
import { step } from './secret-steps';

/** The manifest of a Secret that SOPS encrypts, committed beside the program. */
export interface SopsProps<K extends string> {
  /**
   * The path of the file, from the folder in which the program runs: 'secrets/db.enc.yaml'. It holds one Secret whose name is
   * the id, in the namespace of the tenant. One that is not encrypted is refused.
   */
  readonly file: string;
  /** The keys that workloads use; each has to be in the file. */
  readonly keys: readonly K[];
}

const PROPS: KeyTable<SopsProps<string>> = { file: 'text', keys: 'texts' };
const ENCRYPTED = /^ENC\[[A-Z0-9_]+,data:/;

export function checkSops(check: Check, props: SopsProps<string>): void {
  check.keys<SopsProps<string>>('props', props ?? null, PROPS);
  check.text('file', props.file);
  if (props.keys === undefined) {
    check.fail('required', 'keys', 'keys is required', "write keys: ['password']");
  }
}

/** Refuses a file that is no encrypted Secret with this name and these keys. */
export function checkSopsFile(
  check: Check,
  { file, keys }: SopsProps<string>,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): void {
  const fail = (what: string, fix: string): never => check.fail('invalid', 'file', `'${file}' ${what}`, fix);
  if (!fs.existsSync(file)) {
    fail('does not exist', 'write the path from the folder in which the program runs');
  }
  const document: unknown = check.run('file', `reading '${file}'`, () =>
    loadYaml().parse(fs.readFileSync(file, 'utf8')),
  );
  const { kind, metadata, data, stringData, sops } = asObject(document);
  const values = { ...asObject(data), ...asObject(stringData) };
  if (kind !== 'Secret') {
    fail('must be a Secret', 'write the manifest of one Secret, encrypted by SOPS');
  }
  const readable = Object.entries(values).filter(([, value]) => typeof value !== 'string' || !ENCRYPTED.test(value));
  if (!isObject(sops) || readable.length > 0) {
    const what = readable.length > 0 ? `: ${listed(readable.map(([key]) => key))} can be read` : '';
    fail(`must be encrypted${what}`, `run: sops encrypt --in-place --encrypted-regex '^(data|stringData)$' ${file}`);
  }
  const own = asObject(metadata);
  if (own.name !== name || own.namespace !== namespace) {
    fail(
      `must have the name '${name}' and the namespace '${namespace}', but has '${own.name}' and '${own.namespace}'`,
      'correct the metadata of the file, or the id',
    );
  }
  const missing = keys.filter((key) => !Object.hasOwn(values, key));
  if (missing.length > 0) {
    fail(`must have ${listed(missing)}, but has ${listed(Object.keys(values))}`, 'add the key to the file');
  }
}

/** How the Secret gets into the cluster. */
export const sopsStep = (secret: Construct, file: string, namespace: string, name: string): Requirement =>
  step(
    secret,
    `Secret ${namespace}/${name}`,
    'Encrypted by SOPS in the repository. Flux decrypts it where its Kustomization says so, and then this step is not needed.',
    [`sops decrypt ${file} | kubectl apply -f -`],
  );
