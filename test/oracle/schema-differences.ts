import { KINDS } from '../../eksctl/schema/definitions';
import type { AnyKind } from '../../eksctl/schema/kind';

/** What is compared of a JSON schema. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly additionalProperties?: unknown;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string;
}

/** What eksctl's schema and our tables say of the definitions, properties and their JSON types, where it is not the same. */
export function schemaDifferences(schema: JsonSchema): string[] {
  const theirs = definitionsOf(schema);
  return [
    ...difference('definition', '', [...theirs.keys()], [...KINDS.keys()]),
    ...[...theirs.entries()].flatMap(([name, definition]) => {
      const ours = KINDS.get(name);
      const properties = ours?.kind === 'struct' ? ours.properties : {};
      const given = propertiesOf(schema, definition);
      return ours === undefined
        ? []
        : [
            ...difference('property', `${name}.`, Object.keys(given), Object.keys(properties)),
            ...Object.keys(given).flatMap((key) =>
              typeDifference(schema, `${name}.${key}`, given[key]!, properties[key]),
            ),
          ];
    }),
  ];
}

/** How much is compared. */
export function schemaSize(schema: JsonSchema): { definitions: number; properties: number } {
  const definitions = [...definitionsOf(schema).values()];
  const properties = definitions.map((definition) => Object.keys(definition.properties ?? {}).length);
  return { definitions: definitions.length, properties: properties.reduce((sum, count) => sum + count, 0) };
}

/** Without the types of other Go packages ('k8s.io|api|core|v1.TaintEffect'): texts, which eksctl's own definitions refer to. */
function definitionsOf(schema: JsonSchema): ReadonlyMap<string, JsonSchema> {
  return new Map(Object.entries(schema.definitions ?? {}).filter(([name]) => !name.includes('|')));
}

/**
 * An identity provider has the properties of one of the kinds beside its own. (Read to the letter, the schema lets none
 * pass: it allows no other property than `type` and asks for those of OIDCIdentityProvider.)
 */
function propertiesOf(schema: JsonSchema, definition: JsonSchema): Readonly<Record<string, JsonSchema>> {
  const inherited = (definition.oneOf ?? []).map((part) => target(schema, part).properties);
  return Object.assign({}, definition.properties, ...inherited);
}

function target(schema: JsonSchema, part: JsonSchema): JsonSchema {
  const name = part.$ref?.replace('#/definitions/', '');
  return name === undefined ? part : (schema.definitions?.[name] ?? {});
}

function difference(what: string, prefix: string, theirs: readonly string[], ours: readonly string[]): string[] {
  return [
    ...theirs.filter((name) => !ours.includes(name)).map((name) => `${what} ${prefix}${name} is missing here`),
    ...ours.filter((name) => !theirs.includes(name)).map((name) => `${what} ${prefix}${name} is unknown to eksctl`),
  ];
}

function typeDifference(schema: JsonSchema, at: string, theirs: JsonSchema, ours: AnyKind | undefined): string[] {
  const [wanted, found] = [typeOf(schema, theirs), ours && typeOfKind(ours)];
  return found === undefined || wanted === found ? [] : [`${at} is ${wanted} to eksctl, and ${found} here`];
}

/** 'string', 'array of Addon', 'map of string', or a definition's name. */
function typeOf(schema: JsonSchema, part: JsonSchema): string {
  const name = part.$ref?.replace('#/definitions/', '');
  if (name !== undefined) {
    return name.includes('|') ? 'string' : name;
  }
  if (part.type === 'array') {
    return `array of ${typeOf(schema, part.items ?? {})}`;
  }
  return part.type === 'object' ? `map of ${typeOf(schema, part.additionalProperties as JsonSchema)}` : `${part.type}`;
}

function typeOfKind(kind: AnyKind): string {
  if ('name' in kind && kind.name !== undefined) {
    return kind.name;
  }
  switch (kind.kind) {
    case 'list':
      return `array of ${typeOfKind(kind.of)}`;
    case 'map':
      return `map of ${typeOfKind(kind.of)}`;
    case 'truth':
      return 'boolean';
    case 'integer':
    case 'number':
      return kind.kind;
    default:
      return 'string';
  }
}
