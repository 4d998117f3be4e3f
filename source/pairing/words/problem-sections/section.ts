import type { ProblemId } from '../problem-ids.ts';

/** What docs/problems.md says of a problem. */
export type Section = Readonly<{ means: string; found: string; helps: string }>;

export type Sections = Readonly<Partial<Record<ProblemId, Section>>>;
