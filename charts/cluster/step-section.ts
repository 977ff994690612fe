/** A numbered part of the steps. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly string[];
}

export function shell(command: string): string {
  return `\`\`\`sh\n${command}\n\`\`\``;
}
