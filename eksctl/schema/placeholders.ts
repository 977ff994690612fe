import type { AnyKind, StructKind } from './field';
import { CLUSTER_CONFIG } from './shapes';
import { isObject, pathOf } from './words';

/** A value that a template, or a reader of an example, was meant to replace. */
export interface Placeholder {
  readonly path: string;
  /** As it is written: '${CLUSTER_NAME}', '{{ .name }}'. */
  readonly text: string;
  /** Whether its form is that of a variable, which no value has; words such as 'CHANGEME' may be meant. */
  readonly certain: boolean;
}

/** `${NAME}`, `$NAME`, `{{ .name }}`, `<name>`, `<%= name %>`, `@@NAME@@`, `__NAME__`. */
const VARIABLE = /<%.*%>|\$\{[^{}]*\}|\$[A-Za-z_]\w*|\{\{.*\}\}|<[A-Za-z][\w .:/-]*>|@@\w+@@|^__[A-Z][A-Z0-9_]*__$/;

/** 'xxxx', 'CHANGEME', 'REPLACE_ME', 'YOUR-VPC', 'your-cluster'. */
const WORD =
  /x{4,}|(?:^|[^A-Za-z])(?:REPLACE|TODO|FIXME|PLACEHOLDER|YOUR)(?![a-z])|(?:change|replace)[-_ ]?me\b|(?:^|[^a-z])your[-_]/i;

/** Words in capitals where no value has any: a region, a name with '_', the account of an ARN. */
const CAPITALS: Readonly<Record<string, RegExp>> = {
  'metadata.name': /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
  'metadata.region': /^[A-Z][A-Z0-9_-]*$/,
};
const ACCOUNT = /^arn:[\w-]+:[\w-]+:[^:]*:[A-Z][A-Z_]+:/;

/** Texts in which such a form has a meaning: scripts, expressions, templates of EKS, settings of others. */
const FREE: ReadonlySet<string> = new Set([
  'allow',
  'configurationValues',
  'deny',
  'flags',
  'groups',
  'kubernetesGroups',
  'kubernetesUsername',
  'overrideBootstrapCommand',
  'preBootstrapCommands',
  'publicKey',
  'username',
]);

/** Every placeholder of a file, in its order. */
export function placeholdersOf(config: unknown): Placeholder[] {
  const found: Placeholder[] = [];
  if (isObject(config)) {
    visitStruct(config, CLUSTER_CONFIG, '', found);
  }
  return found;
}

function visit(value: unknown, kind: AnyKind, path: string, found: Placeholder[]): void {
  // a template stands wherever a value does; IAM policies have variables of their own: ${aws:username}
  const template = kind.kind === 'json' ? undefined : templateOf(value);
  if (template !== undefined) {
    visitText(template, path, found);
    return;
  }
  switch (kind.kind) {
    case 'struct':
      if (isObject(value)) {
        visitStruct(value, kind, path, found);
      }
      break;
    case 'list':
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) {
          visit(value[i], kind.of, `${path}[${i}]`, found);
        }
      }
      break;
    case 'map':
      for (const [key, item] of isObject(value) ? Object.entries(value) : []) {
        visitText(key, pathOf(path, key), found);
        visit(item, kind.of, pathOf(path, key), found);
      }
      break;
    case 'list-or-map':
      visit(value, Array.isArray(value) ? kind.list : kind.map, path, found);
      break;
    case 'json':
      break;
    default:
      visitText(singleBraces(value) ?? value, path, found);
  }
}

function visitStruct(value: object, { properties }: StructKind, path: string, found: Placeholder[]): void {
  for (const [key, item] of Object.entries(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property && !FREE.has(key)) {
      visit(item, property, pathOf(path, key), found);
    }
  }
}

/** YAML reads `{{ .name }}` as a map in a map: its key is a map with the key '.name'. */
function templateOf(value: unknown): string | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const [[key, item] = ['', undefined], ...more] = Object.entries(value);
  const inner = /^\{\s*(?:\? )?["']?(.*?)["']?\s*(?:: null)?\s*\}$/s.exec(key)?.[1];
  return inner !== undefined && item === null && more.length === 0 ? `{{ ${inner} }}` : undefined;
}

/** The same of `{name}`, where a text or number is needed. */
function singleBraces(value: unknown): string | undefined {
  const [[key, item] = ['', undefined], ...more] = isObject(value) ? Object.entries(value) : [];
  return key !== '' && item === null && more.length === 0 ? `{${key}}` : undefined;
}

function visitText(value: unknown, path: string, found: Placeholder[]): void {
  if (typeof value !== 'string') {
    return;
  }
  // no ARN has such a word
  const certain =
    VARIABLE.test(value) ||
    /^\{[^{}]+\}$/.test(value) ||
    ACCOUNT.test(value) ||
    (value.startsWith('arn:') && WORD.test(value)) ||
    CAPITALS[path]?.test(value) === true;
  if (certain || WORD.test(value)) {
    found.push({ path, text: value, certain });
  }
}
