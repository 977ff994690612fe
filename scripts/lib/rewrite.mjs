import ts from 'typescript';

/** A function that writes a file of a program, by its path, rewritten; undefined for a file that is not of the program. */
export function rewriter(rootNames, options, rewrites) {
  const program = ts.createProgram({ rootNames, options: { ...options, noEmit: true } });
  const checker = program.getTypeChecker();
  const printer = ts.createPrinter();
  return (path) => {
    const source = program.getSourceFile(path);
    const transformers = rewrites.map((rewrite) => rewrite(checker));
    return source && printer.printFile(ts.transform(source, transformers).transformed[0]);
  };
}
