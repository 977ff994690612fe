import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../app/support';

const PAGES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: REPOSITORY,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !file.startsWith('docs/api/') && fs.existsSync(path.join(REPOSITORY, file)));

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** The anchors that a page of GitHub has for its headings, and those written as HTML. */
function anchorsOf(text: string): string[] {
  const headings = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm);
  const slugs = [...headings].map(([, heading]) =>
    heading!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...slugs, ...[...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id!)];
}

/** Relative links of a page that lead nowhere. */
function broken(page: string, text: string): string[] {
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [file, anchor] = link.split('#');
      const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file!);
      const location = path.join(REPOSITORY, target);
      if (!fs.existsSync(location)) {
        return true;
      }
      const own = target === page ? text : undefined;
      return anchor !== undefined && !anchorsOf(own ?? fs.readFileSync(location, 'utf8')).includes(anchor);
    })
    .map((link) => `${page}: ${link}`);
}

test('every relative link of the pages leads to a file, and to a heading where it names one', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/README.md']));
  const found = PAGES.flatMap((page) => broken(page, fs.readFileSync(path.join(REPOSITORY, page), 'utf8')));
  expect(found).toEqual([]);
});

test('a broken link would be found', () => {
  const text = '# Some `code`: here\n[a](none.md) [b](#some-code-here) [c](#none) [d](https://x.example) `[e](f)`';
  expect(broken('README.md', text)).toEqual(['README.md: none.md', 'README.md: #none']);
});
