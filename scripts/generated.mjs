// Makes everything again that is generated and committed, and fails when a file changes, appears or goes: npm run generated
import { fileURLToPath } from 'node:url';
import { regenerate } from './lib/generated.mjs';

const changes = regenerate(fileURLToPath(new URL('..', import.meta.url)));
if (changes.length > 0) {
  console.error('Generated files differ from what is committed; review them and commit them with their cause:');
  console.error(changes.join('\n'));
  process.exit(1);
}
