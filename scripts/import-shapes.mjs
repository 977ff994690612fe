// Writes kube/shapes/generated.ts, the JSON types of manifests at run time, from the interfaces in imports/:
//   node scripts/import-shapes.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { header } from './lib/typescript.mjs';

const IMPORTS = new URL('../imports/', import.meta.url);
const TARGET = new URL('../kube/shapes/generated.ts', import.meta.url);

/** Types that the imports share by name. */
const NAMED = { IntOrString: 'x', Quantity: 'x', NamedMeta: 'ObjectMeta' };

const declarations = new Map();
for (const file of readdirSync(IMPORTS)
  .filter((name) => name.endsWith('.ts'))
  .sort()) {
  const text = readFileSync(new URL(file, IMPORTS), 'utf8');
  for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true).statements) {
    if (ts.isInterfaceDeclaration(statement)) {
      const name = statement.name.text;
      if (declarations.has(name)) {
        throw new Error(`${file}: a second interface ${name}`);
      }
      declarations.set(name, statement);
    }
  }
}

const uses = new Map();

/** The structs that a type names. */
function countUses(node) {
  if (ts.isTypeReferenceNode(node)) {
    const name = NAMED[node.typeName.text] ?? node.typeName.text;
    uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  ts.forEachChild(node, countUses);
}
for (const declaration of declarations.values()) {
  declaration.members.forEach(countUses);
}

function literalOf(member) {
  return member?.type && ts.isLiteralTypeNode(member.type) ? member.type.literal.text : undefined;
}

const membersOf = ({ members }) => new Map(members.map((member) => [member.name.text, member]));

/** 'apps/v1/Deployment' of an interface that is a kind. */
function rootOf(declaration) {
  const members = membersOf(declaration);
  const [apiVersion, kind] = ['apiVersion', 'kind'].map((name) => literalOf(members.get(name)));
  return apiVersion && kind && members.has('metadata') ? `${apiVersion}/${kind}` : undefined;
}

/** Undefined for what may be anything, and for what no rule reads: the schemas of CustomResourceDefinitions. */
function shapeOf(type) {
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      return 's';
    case ts.SyntaxKind.NumberKeyword:
      return 'n';
    case ts.SyntaxKind.BooleanKeyword:
      return 'b';
    case ts.SyntaxKind.LiteralType:
      return ts.isStringLiteral(type.literal) ? valuesOf([type.literal.text]) : undefined;
    case ts.SyntaxKind.ParenthesizedType:
      return shapeOf(type.type);
    case ts.SyntaxKind.UnionType: {
      if (type.types.every((each) => ts.isLiteralTypeNode(each) && ts.isStringLiteral(each.literal))) {
        return valuesOf(type.types.map(({ literal }) => literal.text));
      }
      const shapes = new Set(type.types.map(shapeOf));
      return shapes.size === 1 ? [...shapes][0] : undefined;
    }
    case ts.SyntaxKind.ArrayType:
      return `[${shapeOf(type.elementType) ?? 'u'}`;
    case ts.SyntaxKind.TypeReference:
      return referenceOf(type);
    default:
      return undefined;
  }
}

/** A string of which the values are known. */
function valuesOf(values) {
  if (values.some((value) => /[[%{}:,|()]/.test(value))) {
    throw new Error(`values that cannot be written: ${values}`);
  }
  return `s(${values.join('|')})`;
}

function referenceOf({ typeName: { text: name }, typeArguments = [] }) {
  switch (name) {
    case 'Embedded':
      return shapeOf(typeArguments[0]);
    case 'Record':
      return `%${shapeOf(typeArguments[1]) ?? 'u'}`;
    case 'JSONSchemaProps':
      return undefined;
    default:
      return NAMED[name] === 'x' ? 'x' : structOf(NAMED[name] ?? name);
  }
}

/** A struct that is used once is written where it is used. */
function structOf(name) {
  const declaration = declarations.get(name);
  if (!declaration) {
    throw new Error(`no interface ${name}`);
  }
  const root = rootOf(declaration);
  if (root || uses.get(name) > 1) {
    needed.set(root ?? name, declaration);
    return root ?? name;
  }
  return fieldsOf(declaration);
}

function fieldsOf(declaration) {
  const head = rootOf(declaration) ? ['apiVersion', 'kind'] : [];
  const fields = [...membersOf(declaration)]
    .filter(([name]) => !head.includes(name))
    .map(([name, { type, questionToken }]) => `${name}${questionToken ? '' : '!'}:${shapeOf(type) ?? 'u'}`);
  return `{${fields.join(',')}}`;
}

const needed = new Map([['ObjectMeta', declarations.get('ObjectMeta')]]);
for (const [name, declaration] of declarations) {
  if (rootOf(declaration)) {
    structOf(name);
  }
}
const structs = new Map();
// the map grows while it is read
for (const [name, declaration] of needed) {
  structs.set(name, fieldsOf(declaration));
}

const lines = [...structs]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, text]) => `  ${/\W/.test(name) ? `'${name}'` : name}: '${text}',`);

/** The text of the generated file. */
export const shapesSource = () => `${header(
  'Generated by scripts/import-shapes.mjs from the interfaces in imports/. Do not edit.',
  's string, with its values where these are known, n number, b boolean, x string or number, u anything, [ list of, % map of, {} struct, ! required, else a name below.',
)}
/** The fields of each kind, by apiVersion and kind, and of each struct that is used more than once. */
export const SHAPES: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(TARGET, shapesSource());
}
