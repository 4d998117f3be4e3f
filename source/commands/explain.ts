import { conceptNames, concepts } from '../pairing/words/concepts.ts';
import { didYouMean } from '../pairing/words/did-you-mean.ts';
import { sectionGroups, sections } from '../pairing/words/problem-sections/all-sections.ts';
import { wrap } from '../plain/page.ts';
import { type ExitCode, exitCode } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';

/** What can be explained. */
export const subjects: readonly string[] = [...conceptNames, ...Object.keys(sections)];

/** `pxpair explain`: what docs/problems.md says of a problem, and what the words mean. */
export function explainCommand(
	{ out, err, page }: Host,
	{ subject }: Readonly<{ subject: string | undefined }>,
): ExitCode {
	const name = subject?.toLowerCase().replaceAll(' ', '-');
	const lines = name === undefined ? list() : linesOf(name);
	if (!lines) {
		const near = didYouMean(name ?? '', subjects);
		[`pxpair: there is no problem or concept "${subject}"${near}`, '  → See pxpair help explain.'].forEach(
			printer(err),
		);
		return exitCode.badInput;
	}
	lines.flatMap(line => wrap(line, page, 2)).forEach(printer(out));
	return exitCode.done;
}

function linesOf(name: string): readonly string[] | undefined {
	const concept = conceptNames.find(known => known === name);
	const [, section] = Object.entries(sections).find(([id]) => id === name) ?? [];
	if (concept || !section) {
		return concept && concepts[concept];
	}
	const { means, found, helps } = section;
	return [name, '', means, '', `How it is detected: ${found}`, `What helps: ${helps}`].map(withoutTicks);
}

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
