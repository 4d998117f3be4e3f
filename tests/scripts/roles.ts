// Writes docs/roles/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { watcher, watchingRoles } from '../helpers/pages/watching-roles.ts';

mkdirSync('docs/roles', { recursive: true });
for (const [file, text] of Object.entries(watchingRoles(watcher))) {
	writeFileSync(`docs/roles/${file}`, text);
}
