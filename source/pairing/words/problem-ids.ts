import type { sections } from './problem-sections/all-sections.ts';

/** Each problem that pxpair reports, by the name of its section. Stable across releases: scripts and searches hold on to them. */
export type ProblemId = keyof typeof sections;

/** Ids as they were spelled before: who ignores one of these goes on doing so. */
const formerIds: Readonly<Record<string, ProblemId>> = {
	'licence-ending': 'license-ending',
	'licence-without-dr': 'license-without-dr',
	'storage-class-unknown': 'store-option-unsupported',
};

export const isNamedBy = (id: ProblemId, names: readonly string[]): boolean =>
	names.some(name => name === id || formerIds[name] === id);
