/** The types of the public API, as docs/api/surface.md declares them, in a form by which values can be walked. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { REPOSITORY } from '../../app/support';

/** A part of a type that a user writes. */
export type Shape =
  | { readonly kind: 'any' }
  /** 'string', 'number', 'boolean', 'function' */
  | { readonly kind: 'typeof'; readonly name: string }
  | { readonly kind: 'literal'; readonly option: string; readonly value: unknown }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }
  | { readonly kind: 'record'; readonly fields: readonly Field[] }
  | { readonly kind: 'either' | 'both'; readonly of: readonly Shape[] }
  /** An instance of a class, by its static factories. */
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'named'; readonly name: string };

export interface Field {
  /** 'Rollout.maxSurge' */
  readonly option: string;
  readonly name: string;
  readonly shape: Shape;
}

/** A static method that makes a value: 'Probe.http'. */
export interface Factory {
  readonly name: string;
  readonly option: string;
  readonly parameters: readonly Shape[];
}

type Declared = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration;

const ANY: Shape = { kind: 'any' };
/** Not walked: types that say nothing of their values, and what users need not write. */
const OPAQUE: ReadonlySet<string> = new Set(['Customize', 'Requirement', 'Waive', 'Json']);
const TRANSPARENT: ReadonlySet<string> = new Set(['Readonly', 'NoInfer', 'Partial']);
const KEYWORDS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.StringKeyword, 'string'],
  [ts.SyntaxKind.NumberKeyword, 'number'],
  [ts.SyntaxKind.BooleanKeyword, 'boolean'],
  [ts.SyntaxKind.FunctionType, 'function'],
]);

export class TypeShapes {
  private readonly declared = new Map<string, Declared[]>();
  private readonly shapes = new Map<string, Shape>();

  constructor() {
    const surface = fs.readFileSync(path.join(REPOSITORY, 'docs/api/surface.md'), 'utf8');
    const text = surface.split('## cdk8s-eks-patterns\n')[1]!.split('```ts\n')[1]!.split('\n```')[0]!;
    for (const statement of ts.createSourceFile('surface.ts', text, ts.ScriptTarget.Latest, true).statements) {
      if (
        ts.isInterfaceDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement) ||
        ts.isClassDeclaration(statement)
      ) {
        const name = statement.name!.text;
        this.declared.set(name, [...(this.declared.get(name) ?? []), statement]);
      }
    }
  }

  /** What a name stands for. */
  named(name: string): Shape {
    const known = this.shapes.get(name);
    if (known) {
      return known;
    }
    const [first] = this.declared.get(name) ?? [];
    const shape = OPAQUE.has(name) || !first ? ANY : this.ofDeclared(first, name);
    this.shapes.set(name, shape);
    return shape;
  }

  factories(name: string): readonly Factory[] {
    return (this.declared.get(name) ?? []).filter(ts.isClassDeclaration).flatMap(({ members }) =>
      members
        .filter(ts.isMethodDeclaration)
        .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword))
        .map((method) => {
          const option = `${name}.${method.name.getText()}`;
          const parameters = method.parameters.map(({ type, name: own }) =>
            this.ofNode(type, `${option}(${own.getText()})`),
          );
          return { name: method.name.getText(), option, parameters };
        }),
    );
  }

  private ofDeclared(declared: Declared, name: string): Shape {
    if (ts.isTypeAliasDeclaration(declared)) {
      return this.ofNode(declared.type, name);
    }
    if (ts.isInterfaceDeclaration(declared)) {
      return this.ofMembers(declared, name);
    }
    return this.factories(name).length > 0 && !declared.modifiers?.some(isAbstract)
      ? { kind: 'class', name }
      : isPlain(declared)
        ? this.ofMembers(declared, name)
        : ANY;
  }

  private ofMembers(node: ts.InterfaceDeclaration | ts.TypeLiteralNode | ts.ClassDeclaration, id: string): Shape {
    const [index] = node.members.filter(ts.isIndexSignatureDeclaration);
    if (index) {
      return { kind: 'map', of: this.ofNode(index.type, id) };
    }
    if (node.members.some(ts.isMethodSignature)) {
      return ANY;
    }
    const own = node.members.flatMap((member): Field[] => {
      const { name, type } = member as ts.PropertySignature;
      const isProperty = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member);
      return !isProperty || type?.kind === ts.SyntaxKind.NeverKeyword
        ? []
        : [
            {
              option: `${id}.${name.getText()}`,
              name: name.getText(),
              shape: this.ofNode(type, `${id}.${name.getText()}`),
            },
          ];
    });
    const bases = ts.isTypeLiteralNode(node) ? [] : (node.heritageClauses ?? []).flatMap(({ types }) => types);
    const inherited = bases.flatMap(({ expression }) => {
      const shape = this.named(expression.getText());
      return shape.kind === 'record' ? shape.fields : [];
    });
    const names = new Set(own.map(({ name }) => name));
    return { kind: 'record', fields: [...own, ...inherited.filter(({ name }) => !names.has(name))] };
  }

  private ofNode(node: ts.TypeNode | undefined, id: string): Shape {
    if (!node) {
      return ANY;
    }
    const keyword = KEYWORDS.get(node.kind);
    if (keyword !== undefined) {
      return { kind: 'typeof', name: keyword };
    }
    if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) {
      return this.ofNode(node.type, id);
    }
    if (ts.isArrayTypeNode(node)) {
      return { kind: 'list', of: this.ofNode(node.elementType, id) };
    }
    if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node)) {
      const of = node.types.map((one) => this.ofNode(one, id));
      return { kind: ts.isUnionTypeNode(node) ? 'either' : 'both', of };
    }
    if (ts.isTypeLiteralNode(node)) {
      return this.ofMembers(node, id);
    }
    if (ts.isMappedTypeNode(node)) {
      return { kind: 'map', of: this.ofNode(node.type, id) };
    }
    if (ts.isLiteralTypeNode(node)) {
      const text = node.literal.getText().replace(/'/g, '');
      const isText = ts.isStringLiteral(node.literal);
      return { kind: 'literal', option: `${id}=${text}`, value: isText ? text : JSON.parse(text) };
    }
    return ts.isTypeReferenceNode(node) ? this.ofReference(node, id) : ANY;
  }

  private ofReference({ typeName, typeArguments = [] as never }: ts.TypeReferenceNode, id: string): Shape {
    const name = typeName.getText();
    if (TRANSPARENT.has(name)) {
      return this.ofNode(typeArguments[0], id);
    }
    if (name === 'Record') {
      return { kind: 'map', of: this.ofNode(typeArguments[1], id) };
    }
    return this.declared.has(name) ? { kind: 'named', name } : ANY;
  }
}

const isAbstract = ({ kind }: ts.ModifierLike): boolean => kind === ts.SyntaxKind.AbstractKeyword;
/** A class of which users write the parts. */
const isPlain = ({ name }: ts.ClassDeclaration): boolean => name?.text === 'Placement';
