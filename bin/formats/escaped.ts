/** Text without meaning for Markdown and HTML, on one line. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replace(/\r?\n/g, '<br>');
}
