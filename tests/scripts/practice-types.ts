// Writes source/practice/api/schema/types.json.
import { writeFileSync } from 'node:fs';
import { practiceTypes } from '../helpers/pages/practice-types.ts';

writeFileSync('source/practice/api/schema/types.json', practiceTypes());
