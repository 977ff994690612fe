const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const fuzz = require('./jest.fuzz.config.cjs');
const unit = require('./jest.config.cjs');

/**
 * The tests of `npm test` in few batches. Jest loads the library anew for each test file, which takes longer than most
 * of the files do; in a batch its files share one copy. A file alone: `npx jest test/app/waive`.
 */
const BATCHES = 12;

const tests = path.join(__dirname, 'test');
/** Folders and files of the tiers with a configuration of their own. */
const OTHER_TIERS = ['cluster', 'oracle', 'programs'];
const isFuzz = (file) => fuzz.testRegex.some((form) => new RegExp(form).test(`test/${file.split(path.sep).join('/')}`));

/** Relative to test/, without '.ts'. */
const files = fs
  .readdirSync(tests, { recursive: true })
  .filter((file) => file.endsWith('.test.ts') && !OTHER_TIERS.includes(file.split(path.sep)[0]) && !isFuzz(file))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

// not below node_modules, where Jest finds no tests; one for each checkout
const checkout = createHash('sha256').update(`${__dirname} ${BATCHES}`).digest('hex').slice(0, 12);
const folder = path.join(fs.realpathSync(os.tmpdir()), `cdk8s-eks-patterns-batches-${checkout}`);
fs.mkdirSync(folder, { recursive: true });

for (let batch = 0; batch < BATCHES; batch++) {
  // neighbors stay together, as they load the same
  const own = files.filter((_, i) => Math.floor((i * BATCHES) / files.length) === batch);
  const lines = own.map(
    (file) => `describe('${file}', () => { require(${JSON.stringify(path.join(tests, file))}); });\n`,
  );
  const target = path.join(folder, `batch-${batch + 1}.test.ts`);
  // another run of the same checkout may be reading it
  if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== lines.join('')) {
    fs.writeFileSync(target, lines.join(''));
  }
}

module.exports = { ...unit, rootDir: __dirname, roots: [folder], testPathIgnorePatterns: [] };
