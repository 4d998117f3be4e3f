// Writes docs/drills.md.
import { writeFileSync } from 'node:fs';
import { drillsPage } from '../helpers/pages/drills-page.ts';

writeFileSync('docs/drills.md', drillsPage());
