let pass: Map<object, unknown> | undefined;

/** Runs one synthesis, during which every object is rendered once for all its readers. */
export function duringPass<T>(run: () => T): T {
  const outer = pass;
  pass = new Map();
  try {
    return run();
  } finally {
    pass = outer;
  }
}

/** Runs within the synthesis that is under way, or as one of its own. */
export function withinPass<T>(run: () => T): T {
  return pass ? run() : duringPass(run);
}

/** The value made by `render`; within a pass the same for every caller. */
export function cachedInPass<T>(key: object, render: () => T): T {
  if (!pass) {
    return render();
  }
  if (!pass.has(key)) {
    pass.set(key, render());
  }
  return pass.get(key) as T;
}
