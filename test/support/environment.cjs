/**
 * The environment of Node, for test files that share what is compiled. Jest gives each test file its own copy of every
 * module, and compiles all their text for each copy: a third of the time of all tests. A vm.Script is compiled once a
 * worker, with the functions that have been called, and run for each test file.
 */
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const compileFunction = vm.compileFunction;
/** By file, with its text, since a test may write a module and load it. */
const compiled = new Map();

/** What vm.compileFunction returns, for the options that jest gives. */
function compileOnce(text, parameters, { filename, parsingContext }) {
  const head = `(function (${parameters.join(', ')}) {`;
  const known = compiled.get(filename);
  if (known?.text === text && known.head === head) {
    return known.script.runInContext(parsingContext);
  }
  // positions in the file stay what they are; a comment in the last line must not hide the end
  const script = new vm.Script(`${head}${text}\n})`, { filename, columnOffset: -head.length });
  compiled.set(filename, { text, head, script });
  return script.runInContext(parsingContext);
}

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    // coverage counts by the positions of a compiled function, and import() needs the callback that a script has not
    const shared = !config.globalConfig.collectCoverage && !process.execArgv.includes('--experimental-vm-modules');
    vm.compileFunction = shared ? compileOnce : compileFunction;
  }
};
