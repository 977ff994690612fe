/** The characters right before a place, at most so many, as far as they are of a kind. A step back costs one test. */
export function charactersBefore(text: string, at: number, most: number, kind: RegExp): string {
  let start = at;
  while (start > 0 && at - start < most && kind.test(text.charAt(start - 1))) {
    start--;
  }
  return text.slice(start, at);
}
