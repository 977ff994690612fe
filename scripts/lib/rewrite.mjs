import ts from 'typescript';

/**
 * The files of a program, rewritten. `written(path, before)` is the text of a file by its path, after further rewrites that
 * come before the common ones; undefined for a file that is not of the program.
 */
export function rewriter(rootNames, options, rewrites) {
  const program = ts.createProgram({ rootNames, options: { ...options, noEmit: true } });
  const checker = program.getTypeChecker();
  const printer = ts.createPrinter();
  const written = (path, before = []) => {
    const source = program.getSourceFile(path);
    const transformers = [...before, ...rewrites].map((rewrite) => rewrite(checker));
    return source && printer.printFile(ts.transform(source, transformers).transformed[0]);
  };
  return { program, checker, written };
}
