/**
 * Prints OpenAPI object schemas as TypeScript interfaces, in the format of the repository's formatter.
 * Shared by import-kubernetes.mjs and import-crds.mjs.
 */

const LINE_WIDTH = 120;
const FIRST_FIELDS = ['apiVersion', 'kind', 'metadata', 'spec'];

const quote = (value) => (typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value));

const fieldName = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name));

/**
 * The TypeScript type of a schema. `reference` names the type that a `$ref` points to.
 */
export function typeOf(schema, reference) {
  if (schema.$ref) {
    return reference(schema);
  }
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') {
    return 'IntOrString';
  }
  if (schema.enum) {
    return schema.enum.map(quote).join(' | ');
  }
  switch (schema.type) {
    case 'array': {
      const item = typeOf(schema.items, reference);
      return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
    }
    case 'object':
      return `Record<string, ${schema.additionalProperties ? typeOf(schema.additionalProperties, reference) : 'unknown'}>`;
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
      return schema.type;
    default:
      return 'unknown';
  }
}

function fieldSource(name, optional, type) {
  const start = `  ${fieldName(name)}${optional ? '?' : ''}:`;
  if (`${start} ${type};`.length <= LINE_WIDTH || !type.includes(' | ')) {
    return [`${start} ${type};`];
  }
  const array = /^\((.*)\)\[\]$/.exec(type);
  const values = (array ? array[1] : type).split(' | ');
  return array
    ? [`${start} (`, ...values.map((value) => `    | ${value}`), '  )[];']
    : [start, ...values.map((value, index) => `    | ${value}${index === values.length - 1 ? ';' : ''}`)];
}

/**
 * The source of one interface. `fixed` maps a field to a type that stands in place of the schema's; these fields are
 * required.
 */
export function interfaceSource(name, schema, { reference, fixed = {} }) {
  const order = (field) => (FIRST_FIELDS.includes(field) && fixed.kind ? FIRST_FIELDS.indexOf(field) : 9);
  const required = new Set([...(schema.required ?? []), ...Object.keys(fixed)]);
  const fields = Object.keys(schema.properties).sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
  const lines = fields.flatMap((field) =>
    fieldSource(field, !required.has(field), fixed[field] ?? typeOf(schema.properties[field], reference)),
  );
  return [`export interface ${name} {`, ...lines, '}', ''].join('\n');
}

/** The comment at the top of a generated file. */
export function header(...lines) {
  return `${lines.map((line) => `// ${line}`).join('\n')}\n`;
}
