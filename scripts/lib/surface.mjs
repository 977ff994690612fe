import { relative, sep } from 'node:path';
import ts from 'typescript';

const HEADER = `# Public surface

Every declaration of the package that a program can see, without comments and without private members. Made by
\`npm run api\`; a change of this file is a change of the public API. The generated types of \`k8s\` are listed by name.
`;

/** The surface report: one section an entry point, then what their declarations name without exporting it. */
export function surfaceReport(root, entries) {
  const program = ts.createProgram(
    entries.map(({ declaration }) => `${root}/${declaration}`),
    // only names are resolved, nothing is checked
    { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, types: [], noLib: true },
  );
  const surface = new Surface(program, root);
  const sections = entries.map(({ specifier, declaration }) => {
    const blocks = surface.exportsOf(program.getSourceFile(`${root}/${declaration}`));
    return section(specifier, blocks);
  });
  const rest = surface.notExported();
  return [HEADER, ...sections, ...(rest.length > 0 ? [section('Not exported', rest)] : [])].join('\n');
}

const section = (title, blocks) => `## ${title}\n\n\`\`\`ts\n${blocks.join('\n')}\n\`\`\`\n`;

class Surface {
  #printer = ts.createPrinter({ removeComments: true });
  #exported = new Set();
  #reached = new Set();
  #checker;
  #root;

  constructor(program, root) {
    this.#checker = program.getTypeChecker();
    this.#root = root;
  }

  exportsOf(source) {
    const exports = this.#checker.getExportsOfModule(this.#checker.getSymbolAtLocation(source)).sort(byName);
    return exports.map((symbol) => {
      const target = this.#target(symbol);
      if (target.flags & ts.SymbolFlags.ValueModule) {
        return this.#namespace(symbol.name, target);
      }
      this.#exported.add(target);
      return this.#print(target, symbol.name);
    });
  }

  /** Types of the package that exported declarations name, and those that these name in turn. */
  notExported() {
    const blocks = new Map();
    // a set takes new members while it is walked
    for (const symbol of this.#reached) {
      if (!this.#exported.has(symbol)) {
        blocks.set(symbol, this.#print(symbol, symbol.name));
      }
    }
    return [...blocks].sort(([a], [b]) => byName(a, b)).map(([, text]) => text);
  }

  #namespace(name, module) {
    const names = this.#checker.getExportsOfModule(module).map((symbol) => symbol.name);
    return `namespace ${name} {\n${names
      .sort()
      .map((member) => `    ${member}`)
      .join('\n')}\n}`;
  }

  #print(symbol, name) {
    const texts = (symbol.declarations ?? []).map((declaration) => {
      this.#follow(declaration);
      const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
      const text = this.#printer.printNode(ts.EmitHint.Unspecified, withoutPrivate(node), node.getSourceFile());
      return text.replace(/^(?:export |declare )+/, '');
    });
    return symbol.name === name ? texts.join('\n') : `${texts.join('\n')}\n// exported as ${name}`;
  }

  #follow(node) {
    if (ts.isIdentifier(node)) {
      const symbol = this.#checker.getSymbolAtLocation(node);
      const target = symbol && this.#target(symbol);
      if (target?.declarations?.some((declaration) => this.#isOwn(declaration))) {
        this.#reached.add(target);
      }
    }
    ts.forEachChild(withoutPrivate(node), (child) => this.#follow(child));
  }

  /** Whether it is declared at the top of a file of ours, the generated types apart. */
  #isOwn(declaration) {
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const file = relative(this.#root, declaration.getSourceFile().fileName).split(sep).join('/');
    return statement.parent?.kind === ts.SyntaxKind.SourceFile && /^lib\/(?!imports\/)/.test(file);
  }

  #target(symbol) {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }
}

const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** A class without its private members; any other node as it is. */
function withoutPrivate(node) {
  if (!ts.isClassDeclaration(node)) {
    return node;
  }
  const members = node.members.filter(
    (member) =>
      !(member.name && ts.isPrivateIdentifier(member.name)) &&
      !ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword),
  );
  const { modifiers, name, typeParameters, heritageClauses } = node;
  return ts.factory.updateClassDeclaration(node, modifiers, name, typeParameters, heritageClauses, members);
}
