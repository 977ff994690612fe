import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(__dirname, '../..');
const STARTER = 'create-cdk8s-eks-patterns';
const TEMPLATE = `${STARTER}/template`;
const text = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8');
const json = (file: string) => JSON.parse(text(file));

const library = json('package.json');
const starter = json(`${STARTER}/package.json`);
const project = json(`${TEMPLATE}/package.template.json`);

test('the starter has the version of the library, and its project asks for it', () => {
  expect(starter.version).toBe(library.version);
  expect(project.dependencies[library.name]).toBe(`^${library.version}`);
});

test('the starter has the addresses, the licence and the Node.js of the library, and no dependencies', () => {
  const { homepage, bugs, license, engines, author } = library;
  expect(starter).toMatchObject({ homepage, bugs, license, engines, author });
  expect(starter.repository).toEqual({ ...library.repository, directory: STARTER });
  expect(text(`${STARTER}/LICENSE`)).toBe(text('LICENSE'));
  expect(Object.keys(starter).filter((key) => /dependencies/i.test(key))).toEqual([]);
});

test('its project has the ranges of the library for everything else', () => {
  const { [library.name]: _, ...others } = project.dependencies;
  const { cdk8s, constructs } = library.peerDependencies;
  expect(others).toEqual({ cdk8s, constructs });
  const tools = Object.keys(project.devDependencies);
  expect(tools).toEqual(['@types/node', 'cdk8s-cli', 'tsx', 'typescript']);
  expect(project.devDependencies).toEqual(
    Object.fromEntries(tools.map((tool) => [tool, library.devDependencies[tool]])),
  );
});

test('its project is the one of the README', () => {
  const readme = text('README.md');
  expect(readme).toContain(`\`\`\`json\n${text(`${TEMPLATE}/tsconfig.json`)}\`\`\``);
  expect(readme).toContain(`\`\`\`yaml\n${text(`${TEMPLATE}/cdk8s.yaml`)}\`\`\``);
  expect(text(`${TEMPLATE}/gitignore`)).toContain('node_modules/\n.synth/\n');
});
