// Writes docs/problems.md.
import { writeFileSync } from 'node:fs';
import { problemsPage } from '../helpers/pages/problems-page.ts';

writeFileSync('docs/problems.md', problemsPage());
