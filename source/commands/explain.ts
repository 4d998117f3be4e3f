import { type Concept, conceptNames, concepts } from '../pairing/words/concepts.ts';
import type { ProblemId } from '../pairing/words/problem-ids.ts';
import { sectionGroups, sections } from '../pairing/words/problem-sections/all-sections.ts';
import { type ExitCode, exitCode } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';

export type ExplainRequest = Readonly<{ subject: Concept | ProblemId | undefined }>;

/** `pxpair explain`: what docs/problems.md says of a problem, and what the words mean. */
export function explainCommand({ out }: Host, { subject }: ExplainRequest): ExitCode {
	linesOf(subject).forEach(printer(out));
	return exitCode.done;
}

function linesOf(subject: ExplainRequest['subject']): readonly string[] {
	if (subject === undefined) {
		return list();
	}
	if (isConcept(subject)) {
		return concepts[subject];
	}
	const { means, found, helps } = sections[subject];
	return [subject, '', means, '', `How it is detected: ${found}`, `What helps: ${helps}`].map(withoutTicks);
}

const isConcept = (subject: Concept | ProblemId): subject is Concept =>
	conceptNames.some(name => name === subject);

const list = (): readonly string[] => [
	'Concepts',
	...conceptNames.map(name => `  ${name}`),
	...Object.entries(sectionGroups).flatMap(([group, ids]) => [
		'',
		group,
		...Object.keys(ids).map(id => `  ${id}`),
	]),
	'',
	'More about one: pxpair explain WORD',
];

/** The same text is a page in Markdown. */
const withoutTicks = (line: string): string => line.replaceAll('`', '');
