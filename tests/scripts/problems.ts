// Writes docs/problems.md.
import { writeFileSync } from 'node:fs';
import { problemsPage } from '../helpers/problems-page.ts';

writeFileSync('docs/problems.md', problemsPage());
