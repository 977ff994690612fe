import * as ts from 'typescript';
import { parse, sourcesIn } from './sources';

interface Member {
  readonly at: string;
  readonly documented: boolean;
}

const documented = (node: ts.Node): boolean => ts.getJSDocCommentsAndTags(node).length > 0;
const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

/** The props of the exported interfaces and object types of a source whose names end with Props. */
function propsOf(file: string, source: ts.SourceFile = parse(file)): Member[] {
  const found: Member[] = [];
  const collect = (owner: string, members: ts.NodeArray<ts.TypeElement>): void => {
    for (const member of members) {
      // `name?: never` only says that another form of the same type has it
      if (ts.isPropertySignature(member) && member.type?.kind !== ts.SyntaxKind.NeverKeyword) {
        found.push({ at: `${file}: ${owner}.${member.name.getText(source)}`, documented: documented(member) });
      }
    }
  };
  const literals = (owner: string, node: ts.Node): void => {
    if (ts.isTypeLiteralNode(node)) {
      collect(owner, node.members);
    }
    ts.forEachChild(node, (child) => literals(owner, child));
  };
  for (const statement of source.statements.filter(isExported)) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text.endsWith('Props')) {
      found.push({ at: `${file}: ${statement.name.text}`, documented: documented(statement) });
      collect(statement.name.text, statement.members);
    } else if (ts.isTypeAliasDeclaration(statement) && statement.name.text.endsWith('Props')) {
      found.push({ at: `${file}: ${statement.name.text}`, documented: documented(statement) });
      literals(statement.name.text, statement.type);
    }
  }
  return found;
}

test('every prop of an exported *Props type has a comment, and so has the type', () => {
  const members = sourcesIn('charts').flatMap((file) => propsOf(file));
  expect(members.length).toBeGreaterThan(80);
  expect(members.filter((member) => !member.documented).map(({ at }) => at)).toEqual([]);
});

test('a prop without a comment would be found', () => {
  const text = `
    /** Props. */
    export interface AProps {
      readonly a: string;
      /** B. */
      readonly b: string;
      readonly c?: never;
    }
    export type BProps = { readonly d: string } | AProps;
    interface PrivateProps { readonly e: string }
    export interface Other { readonly f: string }`;
  const found = propsOf('x.ts', ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2022, true));
  expect(found.filter((member) => !member.documented).map(({ at }) => at)).toEqual([
    'x.ts: AProps.a',
    'x.ts: BProps',
    'x.ts: BProps.d',
  ]);
});
