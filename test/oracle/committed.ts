import * as fs from 'node:fs';
import * as path from 'node:path';

const REPOSITORY = path.resolve(__dirname, '../..');

/** The ClusterConfigs that are committed: that of main.ts and those of the examples. */
export function committed(): { file: string; yaml: string }[] {
  const examples = fs.readdirSync(path.join(REPOSITORY, 'examples')).map((name) => path.join('examples', name));
  const folders = ['.', ...examples].map((folder) => path.join(folder, 'dist/cluster'));
  return folders
    .filter((folder) => fs.existsSync(path.join(REPOSITORY, folder)))
    .flatMap((folder) => fs.readdirSync(path.join(REPOSITORY, folder)).map((name) => path.join(folder, name)))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ file, yaml: fs.readFileSync(path.join(REPOSITORY, file), 'utf8') }));
}
