import * as fs from 'node:fs';
import * as path from 'node:path';
import { nextRun, useWorkingFolder, wholeTree } from '../app/support';
import { command } from '../bin/support';
import { temporaryFolder } from '../support/app';
import { type Block, changed, FOLDER, PAGES } from './pages';

const MOST_LINES = 150;
const README = fs.readFileSync(path.join(FOLDER, 'README.md'), 'utf8');

const folder = useWorkingFolder();

/**
 * Runs a program, which writes into dist/ of the working directory: its error, and what the CLI of cdk8s shows of it, which keeps
 * the output of console.log for itself.
 */
function run(program: string): { readonly error?: string; readonly printed: string } {
  const file = path.join(temporaryFolder(), 'main.ts');
  fs.writeFileSync(file, program);
  nextRun();
  let said = '';
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  for (const way of ['error', 'warn'] as const) {
    jest.spyOn(console, way).mockImplementation((...texts: unknown[]) => {
      said += `${texts.join(' ')}\n`;
    });
  }
  try {
    require(file);
    return { printed: said };
  } catch (error) {
    const { message } = error as Error;
    return { error: message, printed: `${said}${message}\n` };
  }
}

/** Lines of an excerpt in the parts between '# ...', each without the lines around it. */
const partsOf = (excerpt: string): string[] =>
  `\n${excerpt}`.split(/(?<=\n) *# \.\.\.\n/).map((part) => `\n${part.replace(/^\n/, '')}`);

/** The parts that do not stand in the text one after the other, as whole lines. */
function missingAt(excerpt: string, text: string): string[] {
  let from = 0;
  return partsOf(excerpt).filter((part) => {
    const at = `\n${text}`.indexOf(part, from);
    from = at === -1 ? from : at + part.length - 1;
    return at === -1;
  });
}

/** Likewise, wherever the excerpt begins: the formatter of the pages takes the indentation that all lines share. */
function missing(excerpt: string, text: string): string[] {
  const indents = Array.from({ length: 20 }, (_, count) => excerpt.replace(/^(?=.)/gm, ' '.repeat(count)));
  const all = indents.map((indented) => missingAt(indented, text));
  return all.find((parts) => parts.length === 0) ?? all[0]!;
}

/** A block of YAML begins with the file that it is cut from. */
function checkYaml({ text, line }: Block): void {
  const [, file, excerpt] = /^# (dist\/\S+)\n([\s\S]*)$/.exec(text) ?? [];
  expect({ line, file }).toEqual({ line, file: expect.any(String) });
  expect({ line, missing: missing(excerpt!, fs.readFileSync(path.join(folder.path, file!), 'utf8')) }).toEqual({
    line,
    missing: [],
  });
}

/** A block of a console begins with the command, and goes on with what it prints. */
async function checkConsole({ text, line, program }: Block): Promise<void> {
  const [first, ...said] = text.trimEnd().split('\n');
  const parts = `${said.join('\n')}\n`.split(/^\.\.\.\n/m);
  const [, args] = /^\$ npx cdk8s-eks-patterns (.*)$/.exec(first!) ?? [];
  const printed = args === undefined ? run(program!).printed : (await command(args.split(' '))).out;
  expect(args !== undefined || first === '$ npm run synth').toBe(true);
  const lost = parts.filter((part) => !`\n${printed}`.includes(`\n${part}`));
  expect({ line, lost, printed: lost.length > 0 ? printed : '' }).toEqual({ line, lost: [], printed: '' });
}

test('the index lists every page in its order, and each page leads to the next', () => {
  const listed = [...README.matchAll(/\]\((\d\d-[^)]*)\)/g)].map(([, to]) => to);
  expect(listed).toEqual(PAGES.map(({ name }) => name));
  expect(PAGES.length).toBe(10);
  for (const [i, { name, text }] of PAGES.entries()) {
    const next = PAGES[i + 1]?.name ?? 'README.md';
    expect({ name, next: text.trimEnd().split('\n').at(-1) }).toEqual({
      name,
      next: expect.stringContaining(`](${next})`),
    });
  }
});

describe.each(PAGES.map((page) => [page.name, page] as const))('%s', (_, { text, blocks }) => {
  test('has a program, what to observe, an exercise and its solution, in few lines', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MOST_LINES);
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(expect.arrayContaining(['The program', 'What to observe', 'Exercise']));
    const solution = /<details>\n<summary>Solution<\/summary>\n\n([\s\S]*?)\n<\/details>/.exec(text)?.[1];
    expect(solution).toMatch(/^```/m);
    expect(blocks.map(({ lang }) => lang)).toEqual(expect.arrayContaining(['ts', 'yaml']));
    expect(blocks.filter(({ lang }) => !['ts', 'yaml', 'console', 'sh', 'text'].includes(lang))).toEqual([]);
  });

  test('shows what its programs give', async () => {
    let refused = false;
    for (const [i, block] of blocks.entries()) {
      if (block.lang === 'ts') {
        fs.rmSync(path.join(folder.path, 'dist'), { recursive: true, force: true });
        const { error, printed } = run(block.program!);
        refused = error !== undefined;
        // what is said, errors included, is part of the page, in the block below
        const rest = blocks.slice(i + 1);
        const next = rest.findIndex(({ lang }) => lang === 'ts');
        const isShown = rest
          .slice(0, next === -1 ? undefined : next)
          .some(({ text }) => text.startsWith('$ npm run synth\n'));
        expect({ line: block.line, printed: isShown ? '' : printed }).toEqual({ line: block.line, printed: '' });
        expect(refused || Object.keys(wholeTree(path.join(folder.path, 'dist'))).length > 0).toBe(true);
      } else if (block.lang === 'yaml') {
        checkYaml(block);
      } else if (block.lang === 'console') {
        await checkConsole(block);
      }
    }
  });
});

describe('a change', () => {
  const PROGRAM = "import { A } from 'a';\n\nconst x = new A(app, 'x', 1);\nnew A(x, 'y');\n\napp.synth();\n";

  test('takes the place of what has its name, and what is new goes before what follows it', () => {
    const change = "import { B } from 'a';\n\nconst b = B.of();\nnew A(x, 'y', b);\nnew A(x, 'z');\n";
    expect(changed(PROGRAM, change)).toBe(
      "import { B } from 'a';\nimport { A } from 'a';\n\nconst x = new A(app, 'x', 1);\nconst b = B.of();\nnew A(x, 'y', b);\n\nnew A(x, 'z');\napp.synth();\n",
    );
  });

  test('may drop or give the constant of a construct', () => {
    expect(changed(PROGRAM, "const y = new A(x, 'y');")).toContain("1);\nconst y = new A(x, 'y');\n\napp");
  });
});

test('an excerpt that is not there, or not in this order, is found', () => {
  const text = 'a: 1\nb:\n  c: 2\nd: 3\n';
  expect(missing('b:\n# ...\nd: 3\n', text)).toEqual([]);
  expect(missing('b:\n  c: 2\n', text)).toEqual([]);
  expect(missing('d: 3\n# ...\nb:\n', text)).toEqual(['\nb:\n']);
  expect(missing('c: 2\n', text)).toEqual([]);
  expect(missing('c: 2\nd: 3\n', text)).toEqual(['\nc: 2\nd: 3\n']);
  expect(missing('b:\nd: 3\n', text)).toEqual(['\nb:\nd: 3\n']);
});
