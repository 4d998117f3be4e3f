// Writes docs/drills.md.
import { writeFileSync } from 'node:fs';
import { drillsPage } from '../helpers/drills-page.ts';

writeFileSync('docs/drills.md', drillsPage());
