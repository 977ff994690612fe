const COUNTS_FOR_GROWTH = [1000, 5000];

const cell = (result, key, limit) =>
  result === null
    ? ''
    : result === undefined
      ? key === 'cpu'
        ? `> ${limit}`
        : ''
      : result[key].toFixed(key === 'cpu' ? 2 : 0);

/** One table for each number of services: `results` by variant name and number; undefined means over the limit. */
export function tables(results, counts, limit) {
  const names = [...results.keys()];
  const ours = results.get(names[0]);
  return counts
    .map((count) => {
      const rows = names
        .filter((name) => results.get(name).has(count))
        .map((name) => {
          const result = results.get(name).get(count);
          const ratio = result ? `${(result.cpu / ours.get(count).cpu).toFixed(2)} x` : '';
          return [name, cell(result, 'cpu', limit), ratio, cell(result, 'memory', limit), cell(result, 'wall', limit)];
        });
      return `${count} services\n\n${markdown(['', 'CPU s', 'CPU / ours', 'peak MiB', 'wall s'], rows)}`;
    })
    .join('\n\n');
}

/** The power with which the second of two numbers grows with the first, of two such pairs. */
export const exponent = ([small, a], [large, b]) => Math.log(b / a) / Math.log(large / small);

/** CPU time grows with the number of services to this power. */
export function growth(results) {
  const [small, large] = COUNTS_FOR_GROWTH;
  const rows = [...results].map(([name, byCount]) => {
    const [a, b] = [byCount.get(small), byCount.get(large)];
    return [name, a && b ? exponent([small, a.cpu], [large, b.cpu]).toFixed(2) : ''];
  });
  return `growth from ${small} to ${large} services\n\n${markdown(['', 'exponent'], rows)}`;
}

/** A table of Markdown: the first column is text, the others are numbers. */
export function markdown(head, rows) {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (row) =>
    `| ${row.map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
